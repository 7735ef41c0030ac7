"""Random draws for the seeded recipes, the same on every machine and Python version.

Only `random.Random.random` is promised to give the same numbers in every Python version, so
all other draws are built from it here. Give every table a stream of its own,
`Draws(f"{seed}/orders")`: then a change in one table does not shift the others.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Draws:
    """A stream of draws from a seed."""

    def __init__(self, seed: str | int) -> None:
        self._draw = random.Random(seed).random  # noqa: S311 - invented data, not a secret

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """Return a number from low to below high."""
        return low + (high - low) * self._draw()

    def chance(self, share: float) -> bool:
        """Return true with the given probability."""
        return self._draw() < share

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int((high - low + 1) * self._draw())

    def one_of(self, items: Sequence[Item]) -> Item:
        """Return one item, all alike."""
        return items[int(len(items) * self._draw())]

    def weighted(self, items: Sequence[Item], weights: Sequence[float]) -> Item:
        """Return one item, each in proportion to its weight; for few items."""
        left = sum(weights) * self._draw()
        for item, weight in zip(items, weights, strict=True):
            left -= weight
            if left < 0:
                return item
        return items[-1]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """Return the items in random order."""
        mixed = list(items)
        for place in range(len(mixed) - 1, 0, -1):
            other = int((place + 1) * self._draw())
            mixed[place], mixed[other] = mixed[other], mixed[place]
        return mixed

    def normal(self, mean: float = 0.0, sd: float = 1.0) -> float:
        """Return a normally distributed number (Box and Muller, one of the pair)."""
        radius = math.sqrt(-2.0 * math.log(1.0 - self._draw()))
        return mean + sd * radius * math.cos(math.tau * self._draw())

    def lognormal(self, median: float, sigma: float) -> float:
        """Return a positive number whose logarithm is normal around that of the median."""
        return median * math.exp(self.normal(0.0, sigma))

    def gamma(self, shape: int, scale: float) -> float:
        """Return a gamma number of whole shape: a sum of so many exponential waits."""
        return -scale * sum(math.log(1.0 - self._draw()) for _ in range(shape))

    def poisson(self, mean: float) -> int:
        """Return a Poisson number (Knuth); for means up to some hundreds."""
        limit, product, count = math.exp(-mean), self._draw(), 0
        while product > limit:
            product *= self._draw()
            count += 1
        return count

    def binomial(self, trials: int, share: float) -> int:
        """Return how many of the trials come out true."""
        return sum(self._draw() < share for _ in range(trials))


def clip(value: float, low: float, high: float) -> float:
    """Return the value, not below low and not above high."""
    return max(low, min(high, value))


def score(value: float, low: int = 1, high: int = 5) -> int:
    """Return the nearest whole mark of a scale; halves go up."""
    return int(clip(math.floor(value + 0.5), low, high))
