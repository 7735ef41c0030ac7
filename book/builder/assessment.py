"""Assessment variants: exercises of which a published book holds neither the task nor the key."""

from __future__ import annotations

from collections.abc import Iterator

from cstrain.errors import ContentError
from cstrain.library.exercises import exercise, exercise_ids
from cstrain.library.lessons import Lesson, lessons
from cstrain.model import ASSESSMENT


def variants(lesson: Lesson) -> tuple[str, ...]:
    """Return the ids of a lesson's assessment variants."""
    return tuple(one for one in exercise_ids(lesson.id) if exercise(one).use == ASSESSMENT)


def withheld() -> tuple[str, ...]:
    """Return the content files, seen from the folder of all packages, that no archive may hold."""
    return tuple(f"cstrain/content/exercises/{one}.toml" for one in _checked())


def _checked() -> Iterator[str]:
    listed = {name: one for one in lessons().values() for name in one.exercises}
    for name in exercise_ids():
        if exercise(name).use != ASSESSMENT:
            continue
        if name in listed:
            key = f"{listed[name].id}.exercises"
            allowed = "exercises for practice; a lesson's page would publish this one"
            raise ContentError("lessons.toml", key, found=name, allowed=allowed)
        yield name
