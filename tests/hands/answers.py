"""The answers that the browser tests give: the model answer, and three poor samples.

Both are taken from the exercise files, for every lesson and language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cstrain.language import Language
from cstrain.library.exercises import exercise
from cstrain.library.lessons import lesson

EXERCISES = lesson("n03").exercises


def right(name: str, language: Language) -> Mapping[str, Any]:
    """Return the model answer."""
    return exercise(name).model.answers[language]


def wrong(name: str, language: Language) -> list[Mapping[str, Any]]:
    """Return three different answers of the exercise file that do not get full points."""
    about = exercise(name)
    poor = [
        one.answer
        for one in about.samples
        if one.language in {None, language} and one.points < about.points and by_form(one.answer)
    ]
    return [*poor, _without_one(about.model.answers[language])][:3]


def _without_one(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the answer with the first key of its first field left out."""
    field, value = next(iter(answer.items()))
    return {**answer, field: dict(list(value.items())[1:]) if isinstance(value, Mapping) else ""}


def by_form(answer: Mapping[str, Any]) -> bool:
    """Say whether the answer can be given in the form, without code."""
    values = [one for one in answer.values() if isinstance(one, Mapping)]
    return bool(answer) and all(one.get("via", "builder") == "builder" for one in values)
