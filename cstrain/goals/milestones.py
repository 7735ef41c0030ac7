"""Milestones between a baseline and a target: inside the period, in step, not beyond."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

Point = tuple[date, float]
LEAST: Final = 3  # fewer marks leave a stretch of the way without a shore in sight


@dataclass(frozen=True)
class Plan:
    """A way from a baseline to a target, with dated marks; marks may stand in any order."""

    start: date
    deadline: date
    baseline: float
    target: float
    marks: tuple[Point, ...]

    @property
    def rises(self) -> bool:
        """Say whether the target lies above the baseline."""
        return self.target > self.baseline


def inside(plan: Plan) -> tuple[Point, ...]:
    """Return the marks dated strictly between start and deadline."""
    return tuple(one for one in plan.marks if plan.start < one[0] < plan.deadline)


def steps_back(plan: Plan) -> tuple[Point, ...]:
    """Return the marks that do not come strictly nearer to the target than the one before.

    The marks are read in the order of their dates, starting from the baseline; two marks of the
    same day cannot both be strictly ahead.
    """
    ordered = sorted(plan.marks)
    values = [plan.baseline, *(value for _, value in ordered)]
    sign = 1 if plan.rises else -1
    days = [plan.start, *(day for day, _ in ordered)]
    return tuple(
        mark
        for mark, (before, value), (last, day) in zip(
            ordered, pairwise(values), pairwise(days), strict=True
        )
        if sign * (value - before) <= 0 or (day == last and mark is not ordered[0])
    )


def beyond(plan: Plan) -> tuple[Point, ...]:
    """Return the marks whose value lies beyond the target."""
    sign = 1 if plan.rises else -1
    return tuple(one for one in plan.marks if sign * (one[1] - plan.target) > 0)


def is_steady(plan: Plan) -> bool:
    """Say whether there are enough marks, all inside, strictly in step and none beyond.

    >>> day = lambda month: date(2026, month, 1)
    >>> marks = ((day(2), 85.5), (day(3), 85.8), (day(4), 86.0))
    >>> is_steady(Plan(day(1), day(6), 85.3, 86.2, marks))
    True
    """
    enough = len(plan.marks) >= LEAST and len(inside(plan)) == len(plan.marks)
    return enough and not steps_back(plan) and not beyond(plan)


def gaps(start: date, reviews: Sequence[date], deadline: date) -> tuple[int, ...]:
    """Return the days between start, the sorted reviews and the deadline.

    >>> gaps(date(2026, 1, 1), [date(2026, 1, 31)], date(2026, 3, 1))
    (30, 29)
    """
    days = [start, *sorted(reviews), deadline]
    return tuple((later - earlier).days for earlier, later in pairwise(days))
