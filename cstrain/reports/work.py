"""A learner's work: the checked attempts by exercise, and the best of each, checked anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cstrain.language import Language
from cstrain.library.lessons import COURSE, Lesson, lesson, lessons
from cstrain.model import Answer, Exercise, Report
from cstrain.scoring import best


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for: of which scope, in which language, for whom, on which day.

    `offset_minutes` is how far the learner's clock is ahead of UTC.
    """

    scope: str
    language: Language
    on: str
    name: str = ""
    offset_minutes: int = 0


@dataclass(frozen=True)
class Attempt:
    """A checked answer and its time (UTC, as in a record)."""

    answer: Answer
    at: str


Attempts = Mapping[str, Sequence[Attempt]]


@dataclass(frozen=True)
class Done:
    """An exercise with its best attempt; `best` is None where nothing was checked."""

    exercise: Exercise
    best: Attempt | None
    report: Report | None
    attempts: int

    @property
    def points(self) -> float:
        """Return the points of the best attempt."""
        return self.report.points if self.report else 0.0


@dataclass(frozen=True)
class LessonDone:
    """A lesson with what was done of it."""

    lesson: Lesson
    exercises: tuple[Done, ...]

    @property
    def points(self) -> float:
        """Return the points, as the lesson's score has them."""
        return round(sum(one.points for one in self.exercises), 2)

    @property
    def of(self) -> float:
        """Return the points that can be reached."""
        return sum(one.exercise.points for one in self.exercises)

    @property
    def begun(self) -> bool:
        """Say whether any exercise was checked."""
        return any(one.best for one in self.exercises)


def lessons_in(scope: str) -> tuple[Lesson, ...]:
    """Return the lessons of a scope: "course" for all of them, or a lesson's id.

    >>> [one.id for one in lessons_in("n04")]
    ['n04']
    """
    return tuple(lessons().values()) if scope == COURSE else (lesson(scope),)


def attempts_of(records: Iterable[Mapping[str, Any]]) -> dict[str, list[Attempt]]:
    """Return the checked attempts of records that `read_record` has let through, oldest first."""
    found: dict[str, list[Attempt]] = {}
    for one in sorted(records, key=lambda each: (each["at"], each["id"])):
        if one["kind"] == "check":
            found.setdefault(one["exercise"], []).append(Attempt(one["answer"], one["at"]))
    return found


def done_in(
    scope: str, attempts: Attempts, language: Language, counts: Mapping[str, int] | None = None
) -> tuple[LessonDone, ...]:
    """Return the lessons of a scope with the best attempt of every exercise.

    `counts` says how many attempts there were where not all were handed over.
    """
    told = counts or {}

    def one_done(exercise: Exercise) -> Done:
        mine = attempts.get(exercise.id, ())
        found = best(exercise.id, [one.answer for one in mine], language)
        if found is None:
            return Done(exercise, None, None, 0)
        latest = next(one for one in reversed(mine) if one.answer == found.answer)
        return Done(exercise, latest, found.report, max(len(mine), told.get(exercise.id, 0)))

    return tuple(
        LessonDone(one, tuple(map(one_done, one.all_exercises()))) for one in lessons_in(scope)
    )


def strangers(attempts: Attempts) -> int:
    """Return how many exercises are not known to this version of the workbook."""
    known = {name for one in lessons().values() for name in one.exercises}
    return len([one for one in attempts if one not in known])
