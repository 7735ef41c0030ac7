"""The engines behind builders and code answers: they run a definition on a case.

An engine knows its questions with the allowed options, the right ones, what a learner's function
is called with on a case, and when two results are the same. Each lesson's engines stand in a
module of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cstrain.rules.engine import Choices, Difference, Engine, plain_value
from cstrain.rules.engines_clean import CLEAN_ENGINES
from cstrain.rules.engines_goals import GOAL_ENGINES
from cstrain.rules.engines_kpi import KPI_ENGINES

__all__ = ["ENGINES", "Choices", "Difference", "Engine", "plain_value"]

ENGINES: Final[Mapping[str, Engine]] = {**GOAL_ENGINES, **KPI_ENGINES, **CLEAN_ENGINES}
