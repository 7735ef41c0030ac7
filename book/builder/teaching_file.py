"""What the files in book/teaching say: agendas of workshops, and the plan for learning alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from builder.places import BOOK
from cstrain.language import Text
from cstrain.library.course import Planned, course
from cstrain.library.toml_file import read_toml
from cstrain.table_reader import TableReader

FOLDER: Final = BOOK / "teaching"
_MINUTES: Final = 60


@dataclass(frozen=True)
class Step:
    """One step of a day; `short` are its minutes when time runs short, None for a break."""

    title: Text
    minutes: int
    short: int | None
    lesson: Planned | None
    sections: str
    questions: tuple[int, ...]
    what: Text | None
    instead: Text | None
    drop: Text | None
    wrong: Text | None


@dataclass(frozen=True)
class Agenda:
    """A workshop: its page, what it needs, and the days with their start and steps."""

    page: str
    title: Text
    lead: Text
    room: Text
    bring: Text
    days: tuple[tuple[str, tuple[Step, ...]], ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps of all days."""
        return tuple(step for _, steps in self.days for step in steps)


@cache
def agendas() -> tuple[Agenda, ...]:
    """Return the agendas; a mistake in the file names the key."""
    return tuple(_agenda(one) for one in teaching("agendas").children("agendas"))


def teaching(name: str) -> TableReader:
    """Return a file of the folder, to read."""
    return TableReader(f"teaching/{name}.toml", read_toml(FOLDER / f"{name}.toml"))


def clock(start: str, minutes: int) -> str:
    """Return the time so many minutes after the start.

    >>> clock("09:00", 95)
    '10:35'
    """
    hour, minute = map(int, start.split(":"))
    whole = hour * _MINUTES + minute + minutes
    return f"{whole // _MINUTES:02}:{whole % _MINUTES:02}"


def planned(number: int, reader: TableReader, key: str) -> Planned:
    """Return the lesson of the course with this number."""
    found = next((one for one in course() if one.number == number), None)
    if found is None:
        raise reader.wrong_value(key, str(number), f"a number from 1 to {len(course())}")
    return found


def _agenda(reader: TableReader) -> Agenda:
    made = Agenda(
        page=reader.string("page"),
        title=reader.text("title"),
        lead=reader.text("lead"),
        room=reader.text("room"),
        bring=reader.text("bring"),
        days=tuple(
            (day.string("start"), tuple(_step(one) for one in day.children("steps")))
            for day in reader.children("days")
        ),
    )
    reader.finish()
    return made


def _step(reader: TableReader) -> Step:
    lesson = None
    if reader.has("lesson"):
        labels = [one.label.lower() for one in course()]
        name = reader.one_of("lesson", labels)
        lesson = course()[labels.index(name)]
    questions = tuple(int(one) for one in reader.raw.get("questions", ()))
    made = Step(
        title=reader.text("title"),
        minutes=reader.whole("minutes"),
        short=reader.whole("short") if reader.has("short") else None,
        lesson=lesson,
        sections=reader.string("sections") if reader.has("sections") else "",
        questions=questions,
        what=reader.optional_text("what"),
        instead=reader.optional_text("instead"),
        drop=reader.optional_text("drop"),
        wrong=reader.optional_text("wrong"),
    )
    if lesson and lesson.lesson is None and made.instead is None:
        raise reader.wrong("instead", "what to do while the lesson is to come, zh and en")
    if lesson and lesson.lesson and max(questions, default=0) > len(lesson.lesson.exercises):
        allowed = f"numbers up to {len(lesson.lesson.exercises)}"
        raise reader.wrong_value("questions", str(questions), allowed)
    return made
