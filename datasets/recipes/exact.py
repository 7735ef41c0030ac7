"""Columns that hit a mean, a spread or a correlation exactly."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import Final

TENTHS: Final = 10


def with_mean(values: Sequence[float], mean: float, steps: int = TENTHS) -> list[float]:
    """Return the values shifted and rounded to 1/steps so that their mean is exactly this.

    What rounding leaves over goes in single steps to the values at the beginning.

    >>> with_mean([1.04, 2.0, 2.9], 2.0)
    [1.1, 2.0, 2.9]
    """
    shift = mean - fmean(values)
    whole = [round(steps * (value + shift)) for value in values]
    left = round(steps * mean * len(values)) - sum(whole)
    for place in range(abs(left)):
        whole[place % len(whole)] += 1 if left > 0 else -1
    return [value / steps for value in whole]


def standard(values: Sequence[float]) -> list[float]:
    """Return the values with mean 0 and variance 1."""
    mean = fmean(values)
    spread = fmean((value - mean) ** 2 for value in values) ** 0.5
    return [(value - mean) / spread for value in values]


def independent(values: Sequence[float], others: Sequence[Sequence[float]]) -> list[float]:
    """Return the values without what they share with the others, in standard units.

    The others are in standard units and share nothing among themselves.
    """
    kept = standard(values)
    for other in others:
        shared = fmean(one * two for one, two in zip(kept, other, strict=True))
        kept = [one - shared * two for one, two in zip(kept, other, strict=True)]
    return standard(kept)
