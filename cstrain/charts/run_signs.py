"""What a run chart tells besides its line: the median, shifts and trends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

# Perla, Provost and Murray, BMJ Quality & Safety 20 (2011): a shift is six or more points in a
# row on one side of the median, a trend five or more all rising or all falling.
SHIFT: Final = 6
TREND: Final = 5
Points = Sequence[float | None]


@dataclass(frozen=True)
class Run:
    """Points in a row that are more than chance: the first and last place, which way, how many."""

    first: int
    last: int
    up: bool
    length: int


@dataclass(frozen=True)
class RunSigns:
    """The median of the points and the runs among them."""

    median: float | None
    shifts: tuple[Run, ...]
    trends: tuple[Run, ...]


def run_signs(points: Points) -> RunSigns:
    """Return the median, the shifts and the trends; missing points are left out.

    A point on the median neither makes nor breaks a shift, nor does a repeated value a trend.

    >>> signs = run_signs([5, 5, 4, 5, 4, 5, 7, 8, 9, 9, 10, 11])
    >>> signs.median, [(one.first, one.last) for one in signs.shifts + signs.trends]
    (6.0, [(0, 5), (6, 11), (4, 11)])
    """
    there = [(place, one) for place, one in enumerate(points) if one is not None]
    if not there:
        return RunSigns(None, (), ())
    middle = float(median(one for _, one in there))
    sides = [(place, one > middle) for place, one in there if one != middle]
    shifts = [one for one in _runs(sides) if one.length >= SHIFT]
    return RunSigns(middle, tuple(shifts), tuple(_trends(there)))


def _runs(sides: Sequence[tuple[int, bool]]) -> list[Run]:
    runs: list[Run] = []
    for place, up in sides:
        if runs and runs[-1].up == up:
            runs[-1] = Run(runs[-1].first, place, up, runs[-1].length + 1)
        else:
            runs.append(Run(place, place, up, 1))
    return runs


def _trends(there: Sequence[tuple[int, float]]) -> list[Run]:
    changed = [there[0]]
    for place, value in there[1:]:
        if value != changed[-1][1]:
            changed.append((place, value))
    steps = [(place, value > before) for (_, before), (place, value) in pairwise(changed)]
    starts = {place: before for (before, _), (place, _) in pairwise(changed)}
    found = _runs(steps)
    return [
        Run(starts[one.first], one.last, one.up, one.length + 1)
        for one in found
        if one.length + 1 >= TREND
    ]
