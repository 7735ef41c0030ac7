"""The whole course: its lessons in order, written or still to come, and the projects they serve."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cstrain.language import Text
from cstrain.library.lessons import Lesson, lessons
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.table_reader import TableReader


@dataclass(frozen=True)
class Project:
    """One of the projects of customer service that lessons serve."""

    id: str
    name: Text


@dataclass(frozen=True)
class Planned:
    """One lesson of the course; `short` says whether it belongs to the short path.

    `lesson` is the lesson itself, None while it is still to come.
    """

    number: int
    title: Text
    minutes: int
    projects: tuple[str, ...]
    short: bool
    goal: Text
    lesson: Lesson | None

    @property
    def label(self) -> str:
        """Return how the lesson is called everywhere.

        >>> course()[2].label
        'N03'
        """
        return f"N{self.number:02}"


@cache
def _file() -> TableReader:
    path = CONTENT / "course.toml"
    return TableReader(shown_name(path), read_toml(path))


@cache
def projects() -> tuple[Project, ...]:
    """Return the projects in order; the last one is the layer that carries the others."""
    return tuple(
        Project(one.string("id"), one.text("name")) for one in _file().children("projects")
    )


@cache
def course() -> tuple[Planned, ...]:
    """Return every lesson of the course in order."""
    written = {one.number: one for one in lessons().values()}
    known = [one.id for one in projects()]
    return tuple(_planned(one, known, written) for one in _file().children("lessons"))


def _planned(reader: TableReader, known: list[str], written: dict[int, Lesson]) -> Planned:
    number, title, minutes = reader.whole("number"), reader.text("title"), reader.whole("minutes")
    served = reader.strings("projects")
    for one in served:
        if one not in known:
            raise reader.wrong_value("projects", one, f"one of {', '.join(known)}")
    lesson = written.get(number)
    if lesson and (lesson.title, lesson.minutes) != (title, minutes):
        found = f"{title.en}, {minutes} minutes"
        allowed = f"{lesson.title.en}, {lesson.minutes} minutes, as in lessons.toml"
        raise reader.wrong_value("title", found, allowed)
    short, goal = reader.flag("short", default=False), reader.text("goal")
    reader.finish()
    return Planned(number, title, minutes, served, short, goal, lesson)
