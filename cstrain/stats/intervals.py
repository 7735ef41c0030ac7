"""Confidence intervals: of a proportion, a difference of two, a mean, a net promoter score."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cstrain.stats.arguments import known, mean, missing, variance
from cstrain.stats.distributions import t_quantile, z_of
from cstrain.stats.groups import Group, group


@dataclass(frozen=True)
class Interval:
    """An estimate and the interval around it; None where the data cannot tell.

    Where nothing varies (all values equal, all customers promoters) the usual formulas give an
    interval of no width, however few the values are: here it is None.
    """

    estimate: float | None
    low: float | None
    high: float | None


UNKNOWN = Interval(None, None, None)


@dataclass(frozen=True)
class NetPromoterScore:
    """Promoters (9, 10), passives (7, 8) and detractors (0 to 6); the score in points.

    `excluded` counts answers that are missing or no whole number from 0 to 10.
    """

    promoters: int
    passives: int
    detractors: int
    excluded: int
    score: Interval


def wilson(events: int, n: int, *, confidence: float = 0.95) -> Interval:
    """Return a proportion with the score interval of Wilson (1927).

    (p + z^2/2n ± z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n).

    >>> found = wilson(42, 60)
    >>> found.estimate, round(found.low, 3), round(found.high, 3)
    (0.7, 0.575, 0.801)
    """
    counted, z = group("proportion", (events, n)), z_of(confidence)
    if not counted.n:
        return UNKNOWN
    p, square = counted.events / counted.n, z * z / counted.n
    middle = p + square / 2
    reach = math.sqrt(z * z * p * (1 - p) / counted.n + square * square / 4)
    low = (middle - reach) / (1 + square) if counted.events else 0.0
    high = (middle + reach) / (1 + square) if counted.others else 1.0
    return Interval(p, max(0.0, low), min(1.0, high))


def newcombe(first: Group, second: Group, *, confidence: float = 0.95) -> Interval:
    """Return the difference of two proportions, first - second, with its interval.

    Hybrid score interval, method 10 of Newcombe (1998): the two Wilson limits are combined by
    their distances from the proportions. A group is a pair: events, n.

    >>> found = newcombe((56, 70), (48, 80))
    >>> round(found.estimate, 4), round(found.low, 4), round(found.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    one = _limits(group("first", first), confidence)
    other = _limits(group("second", second), confidence)
    if one is None or other is None:
        return UNKNOWN
    (p, low, high), (p_2, low_2, high_2) = one, other
    difference = p - p_2
    down, up = math.hypot(p - low, high_2 - p_2), math.hypot(high - p, p_2 - low_2)
    return Interval(difference, max(-1.0, difference - down), min(1.0, difference + up))


def mean_interval(values: Iterable[Any], *, confidence: float = 0.95) -> Interval:
    """Return a mean with Student's t interval: mean ± t(n - 1) s / sqrt(n).

    Missing values are left out; of a single value, or of equal ones, the interval is unknown.

    >>> found = mean_interval([5, 5, 4, 3, 5, 2, 4, 5, 1, 4])
    >>> found.estimate, round(found.low, 3), round(found.high, 3)
    (3.8, 2.8, 4.8)
    """
    z_of(confidence)  # the sentence about a wrong confidence
    read = known("values", values)
    middle, spread = mean(read), variance(read)
    if middle is None or not spread:
        return Interval(middle, None, None)
    t = t_quantile((1 + confidence) / 2, len(read) - 1)
    reach = t * math.sqrt(spread / len(read))
    return Interval(middle, middle - reach, middle + reach)


def net_promoter_score(scores: Iterable[Any], *, confidence: float = 0.95) -> NetPromoterScore:
    """Return the net promoter score of answers from 0 to 10, in points, with its interval.

    score = 100 (P - D), variance of P - D = (P + D - (P - D)^2) / n, interval by the normal
    distribution, cut at ±100, unknown when all answers are of one kind.

    >>> found = net_promoter_score([10, 9, 9, 8, 7, 6, 10, 3, 8, 9, 5, 10])
    >>> found.score.estimate, round(found.score.low, 1), round(found.score.high, 1)
    (25.0, -21.9, 71.9)
    """
    z, asked = z_of(confidence), list(scores)
    valid = [one for one in asked if not missing(one) and _is_score(one)]
    promoters, detractors = sum(one >= 9 for one in valid), sum(one <= 6 for one in valid)
    n = len(valid)
    counts = (promoters, n - promoters - detractors, detractors, len(asked) - n)
    if not n:
        return NetPromoterScore(*counts, UNKNOWN)
    net = (promoters - detractors) / n
    # P + D - (P - D)^2 in whole numbers: floats could fall below 0
    spread = n * (promoters + detractors) - (promoters - detractors) ** 2
    if not spread:
        return NetPromoterScore(*counts, Interval(100 * net, None, None))
    reach = z * math.sqrt(spread / n) / n
    low, high = max(-1.0, net - reach), min(1.0, net + reach)
    return NetPromoterScore(*counts, Interval(100 * net, 100 * low, 100 * high))


def _is_score(answer: Any) -> bool:
    return answer in range(11) and not isinstance(answer, bool)


def _limits(counted: Group, confidence: float) -> tuple[float, float, float] | None:
    found = wilson(*counted, confidence=confidence)
    if found.estimate is None or found.low is None or found.high is None:
        return None
    return found.estimate, found.low, found.high
