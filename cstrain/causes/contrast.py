"""How a level stands out in its own chain, seen against how its other levels are like each other.

A level that says the problem once more is more like the problem than its neighbours are, and what
stands behind it goes on from what stands before it. Each sign is a difference, so that a chain
whose levels all speak of the same things is not taken for a circle.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from cstrain.text.levels import Level
from cstrain.text.restating import coverage

MOST_COMPARED: Final = 24  # levels before it that a level is compared with
_EDGES: Final = (-0.4, -0.3, -0.2, -0.1, -0.05, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_SPREADS: Final = (-0.5, 0, 0.5, 1, 1.5, 2, 2.5)
_RANKS: Final = (0.1, 0.3, 0.5, 0.7, 0.99)
_AMOUNTS: Final = (-4, -2, -1, -0.5, 0, 0.5, 1, 2, 3)
_SIZES: Final = (-1, -0.7, -0.4, -0.2, 0, 0.2, 0.4, 0.7, 1)
_AT_ENDS: Final = ("before", "earlier", "behind", "taken_up", "passed_over")  # 0 where none is
_LEAST_SPREAD: Final = 0.05
_HALF: Final = 0.5
_TINY: Final = 1e-9


@dataclass(frozen=True)
class Compared:
    """How much of a level stands in an earlier one, and of the earlier one in it."""

    there: float
    back: float

    @property
    def mixed(self) -> float:
        """Return both as one number."""
        return 0.6 * self.there + 0.4 * self.back

    @property
    def turned(self) -> float:
        """Return it as it is for the earlier level."""
        return 0.6 * self.back + 0.4 * self.there


Likeness = Mapping[tuple[int, int], Compared]  # by a level and one before it


def before(index: int) -> Sequence[int]:
    """Return the places that a level is compared with: the problem and those last before it."""
    return (0, *range(max(1, index - MOST_COMPARED), index))


def compare(levels: Sequence[Level]) -> Likeness:
    """Return every level, the problem first, compared with those before it."""
    return {
        (index, place): Compared(
            coverage(levels[index], levels[place]), coverage(levels[place], levels[index])
        )
        for index in range(1, len(levels))
        for place in before(index)
    }


def contrasts(
    levels: Sequence[Level], likeness: Likeness, new: Sequence[float]
) -> list[frozenset[str]]:
    """Return the signs of every level behind the problem; `new` is how much of it is new."""
    size = [math.log(1 + len(one.pieces)) for one in levels]
    mean = sum(size[1:]) / max(1, len(size) - 1)
    done: list[frozenset[str]] = []
    chain = _Chain(likeness, len(levels))
    for index in range(1, len(levels)):
        found = [
            *chain.signs(index),
            *_steps("len", size[index] - mean, _SIZES),
            *_steps("ratio", size[index] - size[0], _SIZES),
            *_steps("new", new[index - 1] - _mean_but(new, index - 1), _AMOUNTS),
            *_steps("newest", 1 - _rank(new, index - 1), _RANKS),
        ]
        done.append(frozenset(found))
    return done


class _Chain:
    """How like each other the levels of a chain are, as numbers."""

    def __init__(self, likeness: Likeness, count: int) -> None:
        self._count = count
        self._of = {pair: one.mixed for pair, one in likeness.items()}
        both = [*self._of.values(), *(one.turned for one in likeness.values())]
        self._mean = sum(both) / max(1, len(both))
        spread = sum((one - self._mean) ** 2 for one in both) / max(1, len(both))
        self._unit = math.sqrt(spread) + _LEAST_SPREAD
        self._to_problem = [self._of[index, 0] for index in range(1, count)]

    def signs(self, index: int) -> Iterator[str]:
        """Yield the signs of a level."""
        for name, value in self._differences(index).items():
            yield from _steps(name, value, _EDGES)
        most = max(self._of[index, place] for place in before(index))
        yield from _steps("far", (most - self._mean) / self._unit, _SPREADS)
        yield from _steps("rank", _rank(self._to_problem, index - 1), _RANKS)

    def _differences(self, index: int) -> dict[str, float]:
        of, problem = self._of, self._to_problem
        mine, last = problem[index - 1], of[index, index - 1]
        found = dict.fromkeys(_AT_ENDS, 0.0)
        found |= {"last": mine - last, "mean": mine - _mean_but(problem, index - 1)}
        if index > 1:
            found["before"] = mine - problem[index - 2]
            found["earlier"] = max(of[index, place] for place in before(index)[:-1]) - last
        if index + 1 < self._count:
            found["behind"] = mine - problem[index]
            found["taken_up"] = of[index + 1, index]
            if index > 1:
                found["passed_over"] = of[index + 1, index - 1] - of[index + 1, index]
        return found


def _steps(name: str, value: float, edges: tuple[float, ...]) -> Sequence[str]:
    """Return one sign for every edge that the value reaches."""
    return _named(name, edges)[: bisect_right(edges, value + _TINY)]


@cache
def _named(name: str, edges: tuple[float, ...]) -> tuple[str, ...]:
    return tuple(f"v:{name}>={edge}" for edge in edges)


def _mean_but(values: Sequence[float], place: int) -> float:
    """Return the mean of the others, the value itself when it is alone."""
    others = len(values) - 1
    return (sum(values) - values[place]) / others if others else values[place]


def _rank(values: Sequence[float], place: int) -> float:
    """Return the share of the others that are smaller, a half when there is none."""
    others = len(values) - 1
    return sum(one < values[place] for one in values) / others if others else _HALF
