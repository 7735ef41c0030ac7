"""The table of rules: a new rule is a function, a line here, and its messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from cstrain.named import Named, in_module
from cstrain.rules.base import Rule

# In which module of this room the function of each rule stands.
MODULES: Final[Mapping[str, str]] = {
    "cause_effects": "cause_check",
    "choice_equals": "plain",
    "choice_of_case": "problem_statement",
    "cleaned_right": "tickets",
    "cumulative_shares": "paretos",
    "dashboard": "dashboard",
    "day_of_case": "problem_statement",
    "figure_of_case": "problem_statement",
    "fishbone_part": "rca_parts",
    "goal_card_letter": "goal_card",
    "has_time_limit": "goal_text",
    "how_is_new": "goal_text",
    "links_chosen": "links",
    "milestone_count": "milestones",
    "milestone_dates": "milestones",
    "milestone_figure": "milestones",
    "milestone_monotone": "milestones",
    "milestone_target": "milestones",
    "names_object": "goal_text",
    "no_vague_words": "goal_text",
    "number_close": "plain",
    "number_with_unit": "goal_text",
    "order_equals": "plain",
    "order_pairs": "orders",
    "pairs_equal": "plain",
    "problem_only": "problem_statement",
    "right_cells": "kpi_cells",
    "same_results": "results",
    "set_equals": "plain",
    "sets_match": "sets",
    "solutions_distinct": "solutions",
    "solutions_spread": "solutions",
    "stretch_base": "stretch",
    "stretch_best": "stretch",
    "stretch_ratios": "stretch",
    "stretch_zones": "stretch",
    "whys_part": "rca_parts",
    "words_of_case": "problem_statement",
}


def _rule(name: str) -> Rule:
    return cast("Rule", in_module(f"cstrain.rules.{MODULES[name]}", name))


RULES: Final[Mapping[str, Rule]] = Named(MODULES, _rule)
