"""The engines behind builders and code answers: they run a definition on a case.

An engine knows its questions with the allowed options, the right ones, what a learner's function
is called with on a case, and when two results are the same. Each lesson's engines stand in a
module of their own, imported when one of them is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from cstrain.named import Named, in_module
from cstrain.rules.engine import Choices, Difference, Engine, plain_value

__all__ = ["ENGINES", "Choices", "Difference", "Engine", "plain_value"]

# In which table of which module of this room each engine stands.
TABLES: Final[Mapping[str, tuple[str, str]]] = {
    "clean": ("engines_clean", "CLEAN_ENGINES"),
    "compare": ("engines_effect", "EFFECT_ENGINES"),
    "conflicts": ("engines_goals", "GOAL_ENGINES"),
    "effect": ("engines_effect", "EFFECT_ENGINES"),
    "kpi": ("engines_kpi", "KPI_ENGINES"),
    "kpi_table": ("engines_kpi", "KPI_ENGINES"),
    "late_children": ("engines_goals", "GOAL_ENGINES"),
    "orphans": ("engines_goals", "GOAL_ENGINES"),
    "stretch": ("engines_goals", "GOAL_ENGINES"),
}


def _engine(name: str) -> Engine:
    module, table = TABLES[name]
    return cast("Engine", in_module(f"cstrain.rules.{module}", table)[name])


ENGINES: Final[Mapping[str, Engine]] = Named(TABLES, _engine)
