"""The figure that an exercise draws from its answer, where its file names one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from cstrain.language import Language
from cstrain.model import Exercise
from cstrain.named import Named, in_module

Figure = Callable[[Exercise, Mapping[str, Any], Language], str | None]

# In which module the function of each figure stands.
MODULES: Final[Mapping[str, str]] = {
    "causes": "cstrain.drawing.causes_figure",
    "dashboard": "cstrain.drawing.dashboard_figure",
    "plan": "cstrain.drawing.plan_figure",
}


def _figure(name: str) -> Figure:
    return cast("Figure", in_module(MODULES[name], f"{name}_figure"))


FIGURES: Final[Mapping[str, Figure]] = Named(MODULES, _figure)


def figure_of(exercise: Exercise, answer: Any, language: Language) -> str | None:
    """Return the answer's figure as SVG, None where the exercise or the answer has none."""
    if not exercise.drawing or not isinstance(answer, Mapping):
        return None
    return FIGURES[exercise.drawing["figure"]](exercise, answer, language)
