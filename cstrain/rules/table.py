"""The table of rules: a new rule is a function, a line here, and its messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cstrain.rules.base import Rule
from cstrain.rules.dashboard import dashboard
from cstrain.rules.goal_card import goal_card_letter
from cstrain.rules.goal_text import (
    has_time_limit,
    how_is_new,
    names_object,
    no_vague_words,
    number_with_unit,
)
from cstrain.rules.kpi_cells import right_cells
from cstrain.rules.milestones import (
    milestone_count,
    milestone_dates,
    milestone_figure,
    milestone_monotone,
    milestone_target,
)
from cstrain.rules.plain import choice_equals, number_close, order_equals, pairs_equal, set_equals
from cstrain.rules.results import same_results
from cstrain.rules.sets import sets_match
from cstrain.rules.stretch import stretch_base, stretch_best, stretch_ratios, stretch_zones
from cstrain.rules.tickets import cleaned_right

RULES: Final[Mapping[str, Rule]] = {
    "choice_equals": choice_equals,
    "cleaned_right": cleaned_right,
    "dashboard": dashboard,
    "goal_card_letter": goal_card_letter,
    "has_time_limit": has_time_limit,
    "how_is_new": how_is_new,
    "milestone_count": milestone_count,
    "milestone_dates": milestone_dates,
    "milestone_figure": milestone_figure,
    "milestone_monotone": milestone_monotone,
    "milestone_target": milestone_target,
    "names_object": names_object,
    "no_vague_words": no_vague_words,
    "number_close": number_close,
    "number_with_unit": number_with_unit,
    "order_equals": order_equals,
    "pairs_equal": pairs_equal,
    "right_cells": right_cells,
    "same_results": same_results,
    "set_equals": set_equals,
    "sets_match": sets_match,
    "stretch_base": stretch_base,
    "stretch_best": stretch_best,
    "stretch_ratios": stretch_ratios,
    "stretch_zones": stretch_zones,
}
