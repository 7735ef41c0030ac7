"""The definition of the effect test, and the ways in which it is often got wrong.

Without choices it is the definition of the course: risks within the groups, the ratio of Mantel
and Haenszel within strata, no result where nothing can be compared, a verdict that does not call
"too few rows" a rejection. Each choice changes one of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any, Final

from cstrain.stats.effects import SUPPORT, Stratum, effect, risk_ratio, verdict
from cstrain.stats.groups import Group
from cstrain.stats.intervals import UNKNOWN, Interval

# What a learner's function returns, in this order.
FIGURES: Final = (
    "risk_exposed",
    "risk_unexposed",
    "difference",
    "ratio",
    "stratified_ratio",
    "low",
    "high",
    "verdict",
)
_NO_RESULT: Final[Mapping[str, float]] = {"zero": 0.0, "one": 1.0}


def figures(strata: Sequence[Stratum], choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the figures of a comparison as the choices define it.

    >>> one = Stratum(Group(30, 100), Group(10, 100))
    >>> found = figures([one], {})
    >>> found["risk_exposed"], round(found["stratified_ratio"], 3), found["verdict"]
    (0.3, 3.0, 'supported')
    >>> figures([one], {"ratio": "unexposed_first"})["difference"]
    -0.2
    """
    whole = effect(strata)
    exposed, unexposed = _risks(whole.exposed, whole.unexposed, choices)
    turned = choices.get("ratio") == "unexposed_first"
    raw = _turned(_known(whole.ratio, choices), turned=turned)
    within = _turned(_known(_combined(strata, choices), choices), turned=turned)
    gap = None if exposed is None or unexposed is None else exposed - unexposed
    return {
        "risk_exposed": exposed,
        "risk_unexposed": unexposed,
        "difference": -gap if gap is not None and turned else gap,
        "ratio": raw.estimate,
        "stratified_ratio": within.estimate,
        "low": within.low,
        "high": within.high,
        "verdict": _verdict(within, choices),
    }


def _risks(
    exposed: Group, unexposed: Group, choices: Mapping[str, str]
) -> tuple[float | None, float | None]:
    rows, events = exposed.n + unexposed.n, exposed.events + unexposed.events
    below = {"all_rows": (rows, rows), "all_events": (events, events)}
    n1, n0 = below.get(choices.get("risk", ""), (exposed.n, unexposed.n))
    return (exposed.events / n1 if n1 else None, unexposed.events / n0 if n0 else None)


def _combined(strata: Sequence[Stratum], choices: Mapping[str, str]) -> Interval:
    usable = [one for one in strata if one.exposed.n and one.unexposed.n]
    if choices.get("one_sided") == "no_result" and len(usable) < len(strata):
        return UNKNOWN
    if choices.get("combine") == "pooled":
        return effect(strata).ratio
    found = risk_ratio(usable)
    if choices.get("combine") != "mean" or found.estimate is None:
        return found
    single = [risk_ratio([one]).estimate for one in usable]
    mean = fmean(one for one in single if one is not None) if any(single) else None
    return UNKNOWN if mean is None else _scaled(found, mean / found.estimate)


def _scaled(found: Interval, by: float) -> Interval:
    """Return an interval around another estimate, as wide as it was on the scale of ratios."""
    parts = (found.estimate, found.low, found.high)
    return Interval(*(None if one is None else one * by for one in parts))


def _known(found: Interval, choices: Mapping[str, str]) -> Interval:
    """Return a ratio, or what somebody puts where there is none."""
    instead = _NO_RESULT.get(choices.get("nothing", ""))
    return found if found.estimate is not None or instead is None else Interval(instead, None, None)


def _turned(found: Interval, *, turned: bool) -> Interval:
    if not turned or not found.estimate:
        return found
    low = 1 / found.high if found.high else None
    high = 1 / found.low if found.low else None
    return Interval(1 / found.estimate, low, high)


def _verdict(found: Interval, choices: Mapping[str, str]) -> str:
    rule = choices.get("verdict")
    if rule == "estimate" and found.estimate is not None:
        return "supported" if found.estimate >= SUPPORT else "rejected"
    if rule == "includes_one" and found.low is not None and found.high is not None:
        return "rejected" if found.low <= 1 <= found.high else verdict(found)
    return verdict(found)
