"""The figure that an exercise draws from its answer, where its file names one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from cstrain.drawing.dashboard_figure import dashboard_figure
from cstrain.drawing.plan_figure import plan_figure
from cstrain.language import Language
from cstrain.model import Exercise

FIGURES: Final[Mapping[str, Callable[[Exercise, Mapping[str, Any], Language], str | None]]] = {
    "dashboard": dashboard_figure,
    "plan": plan_figure,
}


def figure_of(exercise: Exercise, answer: Any, language: Language) -> str | None:
    """Return the answer's figure as SVG, None where the exercise or the answer has none."""
    if not exercise.drawing or not isinstance(answer, Mapping):
        return None
    return FIGURES[exercise.drawing["figure"]](exercise, answer, language)
