"""Tests of a difference: two proportions, two means."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cstrain.stats.arguments import known, mean, variance
from cstrain.stats.distributions import normal_two_sided, t_quantile, t_two_sided, z_of
from cstrain.stats.groups import Group, group
from cstrain.stats.intervals import UNKNOWN, Interval

_SAME: Final = 1 + 1e-7  # tables that are as probable, but for rounding


@dataclass(frozen=True)
class ZTest:
    """A standard normal statistic and its two-sided p-value; None where nothing varies."""

    z: float | None
    p_value: float | None


@dataclass(frozen=True)
class WelchTest:
    """The difference of two means with its interval, and Welch's test of it."""

    difference: Interval
    t: float | None
    df: float | None
    p_value: float | None


def two_proportion_test(first: Group, second: Group) -> ZTest:
    """Return the pooled z test of two proportions; z^2 is Pearson's chi-square of the table.

    z = (p1 - p2) / sqrt(p (1 - p) (1/n1 + 1/n2)), p of both groups together. With fewer than
    some 5 expected events or non-events in a group, ask `fisher_exact_test`.

    >>> found = two_proportion_test((56, 70), (48, 80))
    >>> round(found.z, 3), round(found.p_value, 4)
    (2.65, 0.008)
    """
    one, other = group("first", first), group("second", second)
    events, n = one.events + other.events, one.n + other.n
    if not one.n or not other.n or events in {0, n}:
        return ZTest(None, None)
    p = events / n
    error = math.sqrt(p * (1 - p) * (1 / one.n + 1 / other.n))
    z = (one.events / one.n - other.events / other.n) / error
    return ZTest(z, normal_two_sided(z))


def fisher_exact_test(first: Group, second: Group) -> float | None:
    """Return the two-sided p-value of Fisher's exact test; None when a group is empty.

    The sum over all tables with the same margins that are no more probable than this one.

    >>> round(fisher_exact_test((1, 10), (8, 10)), 4)
    0.0055
    """
    one, other = group("first", first), group("second", second)
    if not one.n or not other.n:
        return None
    weights = _hypergeometric(one.n, other.n, one.events + other.events)
    least = weights.get(one.events, 0.0) * _SAME
    rare = math.fsum(weight for weight in weights.values() if weight <= least)
    return min(1.0, rare / math.fsum(weights.values()))


def welch_test(
    first: Iterable[Any], second: Iterable[Any], *, confidence: float = 0.95
) -> WelchTest:
    """Return the difference of two means, first - second, for groups of unequal spread.

    Welch (1947): t = difference / sqrt(s1^2/n1 + s2^2/n2), degrees of freedom by Welch and
    Satterthwaite. Missing values are left out.

    >>> found = welch_test([5, 4, 5, 3, 4], [3, 2, 4, 3, 1])
    >>> round(found.difference.estimate, 2), round(found.t, 3), round(found.df, 2)
    (1.6, 2.53, 7.34)
    """
    z_of(confidence)  # the sentence about a wrong confidence
    one, other = known("first", first), known("second", second)
    middle, middle_2 = mean(one), mean(other)
    if middle is None or middle_2 is None:
        return WelchTest(UNKNOWN, None, None, None)
    difference, spread, spread_2 = middle - middle_2, variance(one), variance(other)
    if spread is None or spread_2 is None or not (spread or spread_2):
        return WelchTest(Interval(difference, None, None), None, None, None)
    parts = (spread / len(one), spread_2 / len(other))
    error = math.sqrt(sum(parts))
    df = satterthwaite(parts, (len(one), len(other)))
    reach = t_quantile((1 + confidence) / 2, df) * error
    found = Interval(difference, difference - reach, difference + reach)
    return WelchTest(found, difference / error, df, t_two_sided(difference / error, df))


def satterthwaite(parts: Sequence[float], sizes: Sequence[int]) -> float:
    """Return the degrees of freedom of a sum of variances s^2/n, after Satterthwaite (1946).

    >>> satterthwaite([0.5, 0.5], [10, 10])
    18.0
    """
    whole = math.fsum(parts)
    return 1 / sum((one / whole) ** 2 / (n - 1) for one, n in zip(parts, sizes, strict=True))


def _hypergeometric(n: int, n_2: int, events: int) -> dict[int, float]:
    """Return how probable each number of events in the first group is, the likeliest being 1."""
    low, high = max(0, events - n_2), min(n, events)
    top = min(high, max(low, (events + 1) * (n + 1) // (n + n_2 + 2)))
    weights = {top: 1.0}
    weight = 1.0
    for k in range(top, high):  # from k to k + 1
        weight *= (n - k) * (events - k) / ((k + 1) * (n_2 - events + k + 1))
        weights[k + 1] = weight
        if not weight:
            break
    weight = 1.0
    for k in range(top, low, -1):  # from k to k - 1
        weight *= k * (n_2 - events + k) / ((n - k + 1) * (events - k + 1))
        weights[k - 1] = weight
        if not weight:
            break
    return weights
