"""The effect test: risk by exposure, raw and within strata, and what the data say of it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from cstrain.stats.errors import StatsError
from cstrain.stats.groups import Group, group
from cstrain.stats.intervals import UNKNOWN, Interval, newcombe

Verdict = Literal["supported", "rejected", "untested"]

Z: Final = 1.96  # of a 95 % interval, as the course's definition has it
SUPPORT: Final = 1.3  # a ratio from here, with an interval above 1, supports a cause
REJECT: Final = 1.25  # a ratio up to here, with an interval below RULED_OUT, rejects it
RULED_OUT: Final = 1.6
_DECIMALS: Final = 9  # a ratio of exactly 1.3 is 1.3, whatever floats make of it


class Stratum(NamedTuple):
    """The exposed and the unexposed of one stratum; a pair of pairs will do."""

    exposed: Group
    unexposed: Group


@dataclass(frozen=True)
class Effect:
    """What an exposure goes with: risks over all rows, and the ratio within strata.

    `difference` and `ratio` compare the exposed with the unexposed over all rows, the verdict
    rests on `stratified_ratio` alone. `excluded` counts rows in which the exposure, the outcome
    or the stratum is missing. None where the data cannot tell.
    """

    exposed: Group
    unexposed: Group
    difference: Interval
    ratio: Interval
    stratified_ratio: Interval
    strata_used: int
    strata_skipped: int
    excluded: int
    verdict: Verdict


def effect(strata: Iterable[Stratum], *, excluded: int = 0) -> Effect:
    """Return the effect from counts; a stratum is ((events, n) exposed, (events, n) unexposed).

    >>> found = effect([((30, 100), (10, 100))])
    >>> round(found.ratio.estimate, 3), round(found.ratio.low, 3), round(found.ratio.high, 3)
    (3.0, 1.551, 5.803)
    >>> found.verdict
    'supported'
    """
    read = [_stratum(place, one) for place, one in enumerate(strata)]
    exposed = _together(one.exposed for one in read)
    unexposed = _together(one.unexposed for one in read)
    usable = [one for one in read if one.exposed.n and one.unexposed.n]
    stratified = risk_ratio(usable)
    return Effect(
        exposed=exposed,
        unexposed=unexposed,
        difference=newcombe(exposed, unexposed),
        ratio=risk_ratio([Stratum(exposed, unexposed)]),
        stratified_ratio=stratified,
        strata_used=len(usable),
        strata_skipped=len(read) - len(usable),
        excluded=excluded,
        verdict=verdict(stratified),
    )


def risk_ratio(strata: Iterable[Stratum]) -> Interval:
    """Return the ratio of Mantel and Haenszel (1959) with Greenland and Robins' (1985) interval.

    Per stratum a of n1 exposed and c of n0 unexposed have the outcome, N = n1 + n0:
    ratio = sum(a n0 / N) / sum(c n1 / N), standard error of its logarithm
    sqrt(sum(((a + c) n1 n0 - a c N) / N^2) / (sum(a n0 / N) sum(c n1 / N))).
    Strata without exposed or without unexposed are skipped. The result is unknown when a sum
    is 0, and so is the interval when the outcome does not vary (everybody has it).
    """
    tops, bottoms, spreads = [], [], []
    for (a, n1), (c, n0) in strata:
        if n1 and n0:
            n = n1 + n0
            tops.append(a * n0 / n)
            bottoms.append(c * n1 / n)
            spreads.append(((a + c) * n1 * n0 - a * c * n) / n**2)
    top, bottom, spread = math.fsum(tops), math.fsum(bottoms), math.fsum(spreads)
    if not top or not bottom:
        return UNKNOWN
    ratio, error = top / bottom, math.sqrt(spread / (top * bottom))
    if not error:
        return Interval(ratio, None, None)
    return Interval(ratio, ratio * math.exp(-Z * error), ratio * math.exp(Z * error))


def verdict(ratio: Interval) -> Verdict:
    """Return what the data say; an interval that merely includes 1 rejects nothing.

    >>> verdict(Interval(1.8, 0.7, 4.6)), verdict(Interval(1.1, 0.9, 1.3))
    ('untested', 'rejected')
    """
    if ratio.estimate is None or ratio.low is None or ratio.high is None:
        return "untested"
    estimate = round(ratio.estimate, _DECIMALS)
    if estimate >= SUPPORT and ratio.low > 1:
        return "supported"
    if estimate <= REJECT and ratio.high < RULED_OUT:
        return "rejected"
    return "untested"


def _stratum(place: int, found: Any) -> Stratum:
    if not isinstance(found, tuple) or len(found) != 2:
        allowed = "a pair: exposed, unexposed"
        raise StatsError(f"strata[{place}]", found=repr(found), allowed=allowed)
    names = (f"strata[{place}], exposed", f"strata[{place}], unexposed")
    return Stratum(group(names[0], found[0]), group(names[1], found[1]))


def _together(groups: Iterable[Group]) -> Group:
    listed = list(groups)
    return Group(sum(one.events for one in listed), sum(one.n for one in listed))
