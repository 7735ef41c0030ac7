"""Quantiles and tails of the normal and of Student's t distribution."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist
from typing import Final

from cstrain.stats.arguments import number, share

_TINY: Final = 1e-300
_STEPS: Final = 100_000  # the fraction needs about the root of df, a quantile some 20 steps


def normal_quantile(probability: float) -> float:
    """Return z with that probability below it.

    >>> round(normal_quantile(0.975), 6)
    1.959964
    """
    return NormalDist().inv_cdf(share("probability", probability, zero=False, one=False))


def z_of(confidence: float) -> float:
    """Return how many standard errors an interval of that confidence reaches on either side."""
    return -normal_quantile((1 - share("confidence", confidence, zero=False, one=False)) / 2)


def normal_two_sided(z: float) -> float:
    """Return the probability of a standard normal value at least as far from 0 as z."""
    return math.erfc(abs(z) / math.sqrt(2))


def t_two_sided(t: float, df: float) -> float:
    """Return the probability of a value at least as far from 0 as t, with df degrees of freedom.

    P = I_x(df/2, 1/2) with x = df / (df + t^2), the regularised incomplete beta function by its
    continued fraction (Abramowitz and Stegun 26.5.8, 26.7.1).

    >>> round(t_two_sided(2.228, 10), 4)
    0.05
    """
    t, df = number("t", t), number("df", df, above=0)
    if t == 0:
        return 1.0
    a, square = df / 2, t * t
    rest = square / (df + square)
    log_front = -a * math.log1p(square / df) + math.log(rest) / 2 - _log_beta_half(a)
    front = math.exp(log_front)
    if rest > 1.5 / (a + 2.5):
        return min(1.0, front * _fraction(a, 0.5, df / (df + square)) / a)
    return max(0.0, 1 - 2 * front * _fraction(0.5, a, rest))


@lru_cache(maxsize=256)
def t_quantile(probability: float, df: float) -> float:
    """Return t with that probability below it, with df degrees of freedom.

    By Newton's steps from the normal quantile; the tail is convex, so that no step is too long.

    >>> round(t_quantile(0.975, 10), 4)
    2.2281
    """
    share("probability", probability, zero=False, one=False)
    number("df", df, above=0)
    if probability > 0.5:
        return -t_quantile(1 - probability, df)
    tail, t = 2 * probability, -normal_quantile(probability)
    log_scale = -math.log(df) / 2 - _log_beta_half(df / 2)
    for _ in range(_STEPS):
        density = math.exp(log_scale - (df + 1) / 2 * math.log1p(t * t / df))
        step = (t_two_sided(t, df) - tail) / (2 * density)
        t += step
        if abs(step) <= 1e-14 * t:
            break
    return -t


def _log_beta_half(a: float) -> float:
    """Return ln B(a, 1/2); for large a by its series, where the difference loses digits."""
    if a < 50:
        return math.lgamma(a) + math.lgamma(0.5) - math.lgamma(a + 0.5)
    series = 1 / (8 * a) - 1 / (192 * a**3) + 1 / (640 * a**5) - 17 / (14336 * a**7)
    return (math.log(math.pi) - math.log(a)) / 2 + series


def _fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction of the incomplete beta function, by Lentz's method."""
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for part in (even, odd):
            d = 1 / _away_from_zero(1 + part * d)
            c = _away_from_zero(1 + part / c)
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
