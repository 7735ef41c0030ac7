"""Reading a survey of 15 expectations and 15 perceptions, as lesson 7 does.

Cleaning in this order: the first row of a respondent, no straight-liners, the third reliability
item turned round. Nothing is filled in: a dimension's score is the mean of the answered items.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev, variance
from typing import Any, Final

DIMENSIONS: Final = ("TAN", "EMP", "RES", "PRO", "REL")
ITEMS: Final = {name: tuple(f"{name}{place}" for place in (1, 2, 3)) for name in DIMENSIONS}
CELLS: Final = tuple(
    f"{face}_{item}" for face in "EP" for name in DIMENSIONS for item in ITEMS[name]
)
REVERSED: Final = "REL3"
FEWEST_ITEMS: Final = 2


@dataclass(frozen=True)
class Person:
    """A respondent after cleaning: the row, and its answers with the reversed item turned."""

    row: Any
    answers: Mapping[str, int | None]

    def score(self, face: str, dimension: str) -> float | None:
        """Return the mean of a dimension's answered items, nothing with fewer than two."""
        found = [self.answers[f"{face}_{item}"] for item in ITEMS[dimension]]
        known = [one for one in found if one is not None]
        return fmean(known) if len(known) >= FEWEST_ITEMS else None


def clean(rows: Iterable[Any]) -> list[Person]:
    """Return the respondents whose answers count."""
    people, met = [], set()
    for row in rows:
        if row.resp_id in met:
            continue
        met.add(row.resp_id)
        answers = {name: getattr(row, name) for name in CELLS}
        if len({one for one in answers.values() if one is not None}) > 1:
            people.append(Person(row, _turned(answers)))
    return people


def _turned(answers: Mapping[str, int | None]) -> dict[str, int | None]:
    return {
        name: 8 - one if name.endswith(REVERSED) and one is not None else one
        for name, one in answers.items()
    }


def mean(people: Iterable[Person], face: str, dimension: str) -> float:
    """Return the mean expectation (E) or perception (P) of a dimension."""
    found = [one.score(face, dimension) for one in people]
    return fmean(one for one in found if one is not None)


def gap(people: Iterable[Person], dimension: str) -> float:
    """Return the mean of perception less expectation over the persons who have both."""
    pairs = [(one.score("P", dimension), one.score("E", dimension)) for one in people]
    return fmean(p - e for p, e in pairs if p is not None and e is not None)


def alpha(people: Iterable[Person], dimension: str, face: str = "P") -> float:
    """Return Cronbach's alpha of a dimension's three items, complete cases only."""
    names = [f"{face}_{item}" for item in ITEMS[dimension]]
    found = [[one.answers[name] for name in names] for one in people]
    full = [answers for answers in found if None not in answers]
    single = sum(variance(column) for column in zip(*full, strict=True))
    size = len(names)
    return size / (size - 1) * (1 - single / variance(sum(answers) for answers in full))


def drivers(people: Iterable[Person]) -> dict[str, float]:
    """Return the standardised least-squares weights of the perceptions for `overall`."""
    found = [[*(one.score("P", name) for name in DIMENSIONS), one.row.overall] for one in people]
    columns = [
        _standard(column) for column in zip(*(f for f in found if None not in f), strict=True)
    ]
    ties = [
        [fmean(a * b for a, b in zip(x, y, strict=True)) for y in columns] for x in columns[:-1]
    ]
    return dict(zip(DIMENSIONS, _solved(ties), strict=True))


def _standard(column: Sequence[float]) -> list[float]:
    middle, spread = fmean(column), pstdev(column)
    return [(one - middle) / spread for one in column]


def _solved(rows: Sequence[Sequence[float]]) -> list[float]:
    """Return the solution of a system whose last column is the right-hand side (Gauss, Jordan)."""
    left = [list(row) for row in rows]
    for place, pivot in enumerate(left):
        pivot[:] = [one / pivot[place] for one in pivot]
        for row in left:
            if row is not pivot:
                factor = row[place]
                row[:] = [one - factor * own for one, own in zip(row, pivot, strict=True)]
    return [row[-1] for row in left]
