"""The list of lessons: title, minutes, the order of the exercises, the bands of the score."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from cstrain.errors import UnknownNameError
from cstrain.language import Text
from cstrain.library.exercises import exercise, exercise_ids
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.model import Exercise
from cstrain.table_reader import TableReader

COURSE: Final = "course"  # in place of a lesson's id: all of them


@dataclass(frozen=True)
class Band:
    """A band of the lesson score: from how many points of 100, and its name."""

    key: str
    least: float
    name: Text


@dataclass(frozen=True)
class Lesson:
    """One lesson; `page` is the file name of its source, without the ending."""

    id: str
    number: int
    page: str
    title: Text
    minutes: int
    exercises: tuple[str, ...]

    def all_exercises(self) -> tuple[Exercise, ...]:
        """Return the lesson's exercises in order."""
        return tuple(exercise(one) for one in self.exercises)


@cache
def _file() -> TableReader:
    path = CONTENT / "lessons.toml"
    return TableReader(shown_name(path), read_toml(path))


@cache
def lessons() -> dict[str, Lesson]:
    """Return all lessons by id."""
    made: dict[str, Lesson] = {}
    for reader in _file().children("lessons"):
        one = _lesson(reader)
        if one.id in made:
            raise reader.wrong("id", "an id that no other lesson has")
        made[one.id] = one
    return made


def lesson(lesson_id: str) -> Lesson:
    """Return the lesson; an unknown id is answered with the nearest one."""
    known = lessons()
    if lesson_id not in known:
        raise UnknownNameError("lesson", lesson_id, known)
    return known[lesson_id]


@cache
def bands() -> tuple[Band, ...]:
    """Return the bands, the highest first."""
    made = [
        Band(one.string("key"), one.number("least", least=0, most=100), one.text("name"))
        for one in _file().children("bands")
    ]
    return tuple(sorted(made, key=lambda band: -band.least))


def _lesson(reader: TableReader) -> Lesson:
    lesson_id = reader.string("id")
    names = reader.strings("exercises")
    for name in names:
        if f"{lesson_id}/{name}" not in exercise_ids(lesson_id):
            known = [one.split("/")[1] for one in exercise_ids(lesson_id)]
            raise reader.wrong_value("exercises", name, f"one of {', '.join(known)}")
    return Lesson(
        id=lesson_id,
        number=reader.whole("number"),
        page=reader.string("page"),
        title=reader.text("title"),
        minutes=reader.whole("minutes"),
        exercises=tuple(f"{lesson_id}/{name}" for name in names),
    )
