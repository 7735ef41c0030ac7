"""The appraisal scorecard: indicators to points, points to a total, a value to its grade."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from cstrain.errors import UnknownNameError
from cstrain.stats.arguments import cell, missing, number, weights
from cstrain.stats.errors import StatsError


@dataclass(frozen=True)
class Indicator:
    """A line of the card: weight, actual value and the three values that earn the anchor points.

    Lower is better when `excellent` lies below `target`. The actual value may be missing.
    """

    code: str
    weight: float
    actual: float | None
    target: float
    excellent: float
    minimum: float


@dataclass(frozen=True)
class Scale:
    """The points of the anchors, and the floor and the cap of a score."""

    minimum: float = 60
    target: float = 100
    excellent: float = 120
    floor: float = 0
    cap: float = 120


@dataclass(frozen=True)
class Scorecard:
    """The score of every indicator, their weighted total, and the weight that was there."""

    scores: Mapping[str, float | None]
    total: float | None
    weight_present: float


COURSE: Final = Scale()


def indicator_score(one: Indicator, scale: Scale = COURSE) -> float | None:
    """Return the points of an indicator, None without an actual value.

    Linear from minimum to target and from target to excellent; below the minimum the first line
    goes on, above excellent the second; then floor and cap.

    >>> indicator_score(Indicator("AHT", 0.15, 310, target=330, excellent=290, minimum=420))
    110.0
    """
    values = {
        name: number(f"{one.code}, {name}", getattr(one, name))
        for name in ("minimum", "target", "excellent")
    }
    minimum, target, excellent = values.values()
    if not (minimum < target < excellent or minimum > target > excellent):
        found = f"{minimum:g}, {target:g}, {excellent:g}"
        place = f"{one.code}, minimum, target, excellent"
        raise StatsError(place, found=found, allowed="three in order")
    actual = cell(f"{one.code}, actual", one.actual)
    if actual is None:
        return None
    better = (actual - target) * (excellent - target) >= 0
    end, points = (excellent, scale.excellent) if better else (minimum, scale.minimum)
    # the minimum lies on the other side of the target, so that both lines begin there
    score = scale.target + (points - scale.target) * (actual - target) / (end - target)
    return min(max(score, scale.floor), scale.cap)


def scorecard(indicators: Iterable[Indicator], scale: Scale = COURSE) -> Scorecard:
    """Return all scores and their total, the sum of weight x score.

    The weights have to add up to 1. An indicator without an actual value is left out, the
    other weights are scaled up to 1, and `weight_present` says how much was there.

    >>> card = scorecard([
    ...     Indicator("FCR", 0.6, 0.85, target=0.80, excellent=0.90, minimum=0.70),
    ...     Indicator("QA", 0.4, None, target=90, excellent=97, minimum=80),
    ... ])
    >>> round(card.total, 6), card.weight_present
    (110.0, 0.6)
    """
    lines = list(indicators)
    shares = weights("weights", _by_code(lines))
    scores = {one.code: indicator_score(one, scale) for one in lines}
    total, present = weighted_mean(scores, shares)
    return Scorecard(scores, total, present)


def weighted_mean(
    scores: Mapping[str, float | None], shares: Mapping[str, float]
) -> tuple[float | None, float]:
    """Return the mean of the known scores by weight, and the weight of those known."""
    there = {name: one for name, one in scores.items() if one is not None}
    present = math.fsum(shares[name] for name in there)
    if not present:
        return None, 0.0
    return math.fsum(shares[name] * one for name, one in there.items()) / present, present


def grade(
    value: float | None,
    bounds: Mapping[str, float],
    *,
    rest: str = "D",
    good: Literal["up", "down"] = "up",
) -> str | None:
    """Return the grade of a value: the first whose bound it reaches, else `rest`.

    The bounds stand from the best grade down and belong to the better grade; nothing is rounded
    before. good="down": lower is better, bounds are upper ones. A missing value has no grade.

    >>> bands = {"A": 90, "B": 80, "C": 60}
    >>> grade(90, bands), grade(89.999, bands), grade(59, bands), grade(None, bands)
    ('A', 'B', 'D', None)
    """
    if good not in {"up", "down"}:
        raise UnknownNameError("direction", good, ("up", "down"))
    side = 1 if good == "up" else -1
    limits = {name: side * number(f"bounds[{name}]", one) for name, one in bounds.items()}
    if sorted(set(limits.values()), reverse=True) != list(limits.values()) or rest in limits:
        allowed = "grades from the best down"
        raise StatsError("bounds", found=[*bounds.items()], allowed=allowed)
    if missing(value):
        return None
    reached = side * number("value", value)
    return next((name for name, limit in limits.items() if reached >= limit), rest)


def _by_code(lines: Iterable[Indicator]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in lines:
        if one.code in found:
            raise StatsError("indicators", found=f"{one.code} twice", allowed="each once")
        found[one.code] = one.weight
    return found
