"""The effect test of the cases: risk ratio by exposure within strata, and its verdict.

Ratio by Mantel and Haenszel, standard error of its logarithm by Greenland and Robins.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

SUPPORTED, REJECTED, UNTESTED = "supported", "rejected", "untested"
# One row of a table: its stratum, whether it was exposed, whether the outcome happened.
Row = tuple[Hashable, bool, bool]


@dataclass(frozen=True)
class Effect:
    """A risk ratio with its 95 % interval, and the verdict; null when it cannot be computed."""

    ratio: float | None
    low: float | None
    high: float | None
    verdict: str


NULL = Effect(None, None, None, UNTESTED)


def effect(rows: Iterable[Row]) -> Effect:
    """Return the effect within strata; strata without exposed or unexposed rows are skipped.

    >>> exposed = [("s", True, place < 30) for place in range(100)]
    >>> unexposed = [("s", False, place < 10) for place in range(100)]
    >>> found = effect(exposed + unexposed)
    >>> round(found.ratio, 3), round(found.low, 3), round(found.high, 3), found.verdict
    (3.0, 1.551, 5.803, 'supported')
    """
    counts = Counter(rows)
    top = bottom = spread = 0.0
    for stratum in dict.fromkeys(row[0] for row in counts):
        a, c = counts[stratum, True, True], counts[stratum, False, True]
        n1, n0 = a + counts[stratum, True, False], c + counts[stratum, False, False]
        if not n1 or not n0:
            continue
        n = n1 + n0
        top += a * n0 / n
        bottom += c * n1 / n
        spread += ((a + c) * n1 * n0 - a * c * n) / n**2
    if not top or not bottom:
        return NULL
    ratio, se = top / bottom, math.sqrt(spread / (top * bottom))
    low, high = ratio * math.exp(-1.96 * se), ratio * math.exp(1.96 * se)
    return Effect(ratio, low, high, verdict(ratio, low, high))


def raw_effect(rows: Iterable[Row]) -> Effect:
    """Return the effect over all rows together, as if there were no strata."""
    return effect((None, exposed, outcome) for _, exposed, outcome in rows)


def verdict(ratio: float, low: float, high: float) -> str:
    """Return what the data say: an interval that merely includes 1 rejects nothing."""
    if ratio >= 1.3 and low > 1:
        return SUPPORTED
    if ratio <= 1.25 and high < 1.6:
        return REJECTED
    return UNTESTED
