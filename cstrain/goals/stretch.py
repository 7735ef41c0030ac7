"""How far a target stretches beyond what the team has already shown: ratio and zone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from cstrain.errors import UnknownNameError

Direction = Literal["up", "down"]
Zone = Literal["wrong_way", "low", "peach", "hard", "star", "no_benchmark"]
Best = Literal["single", "mean3", "mean"]
Above = Literal["target_base", "best_target", "target_best"]
Below = Literal["best_base", "target_base", "base"]
Bounds = Literal["both_in", "lower_in", "upper_in", "both_out"]
Flat = Literal["peers", "zero", "none"]

DIRECTIONS: Final[tuple[Direction, ...]] = ("up", "down")
ZONES: Final[tuple[Zone, ...]] = ("wrong_way", "low", "peach", "hard", "star", "no_benchmark")
LOW: Final = 0.2  # below a fifth of the way to the best the step means little
FULL: Final = 1.0  # as good as the best that the team has shown
HARD: Final = 1.5  # beyond half as much again nobody has seen it
FLAT: Final = 1e-9  # best and base closer than this: the history shows no way up
DECIMALS: Final = 6  # r is rounded before the zone is read, so that 1.0 is 1.0


@dataclass(frozen=True)
class Definition:
    """What the words base, best, ratio and zone mean; the defaults are the course's definition.

    `base_periods` and `best_window` count periods from the end of the history. `bounds` says
    whether the peach zone contains its own ends; `flat` what stands for best when it equals base.
    """

    base_periods: int = 3
    best: Best = "mean3"
    best_window: int = 12
    above: Above = "target_base"
    below: Below = "best_base"
    bounds: Bounds = "both_in"
    flat: Flat = "peers"


@dataclass(frozen=True)
class StretchReading:
    """Base and best of a history, the ratio of a target (None without a benchmark), its zone."""

    base: float | None
    best: float | None
    ratio: float | None
    zone: Zone


COURSE: Final = Definition()


def stretch_reading(
    history: Iterable[float],
    target: float,
    direction: Direction,
    peers: Iterable[float] | None = None,
    definition: Definition = COURSE,
) -> StretchReading:
    """Return base, best, ratio and zone of a target; the history stands oldest first.

    >>> csat = [86.0, 85.2, 84.8, 86.5, 85.9, 87.1, 86.2, 85.5, 86.8, 84.9, 85.3, 85.7]
    >>> reading = stretch_reading(csat, 86.2, "up")
    >>> round(reading.base, 2), round(reading.best, 2), reading.ratio, reading.zone
    (85.3, 86.5, 0.75, 'peach')
    """
    if direction not in DIRECTIONS:
        raise UnknownNameError("direction", direction, DIRECTIONS)
    values = [float(one) for one in history]
    if not values or not all(math.isfinite(one) for one in (*values, target)):
        return StretchReading(None, None, None, "no_benchmark")
    base = _mean(values[-definition.base_periods :])
    best = best_of(values, direction, definition)
    if abs(best - base) < FLAT:
        if definition.flat == "zero":
            return StretchReading(base, best, 0.0, zone_of(0.0, definition.bounds))
        found = _peer_best(base, direction, peers) if definition.flat == "peers" else None
        if found is None:
            return StretchReading(base, best, None, "no_benchmark")
        best = found
    ratio = _ratio(base, best, float(target), definition)
    if ratio is None:
        return StretchReading(base, best, None, "no_benchmark")
    return StretchReading(base, best, ratio, zone_of(ratio, definition.bounds))


def stretch(
    history: Iterable[float],
    target: float,
    direction: Direction,
    peers: Iterable[float] | None = None,
) -> tuple[float | None, Zone]:
    """Return (r, zone) of a target: r = (target - base) / (best - base), rounded to 6 decimals.

    >>> stretch([10, 10, 10, 13, 13, 13, 10, 10, 10], 13, "up")
    (1.0, 'peach')
    >>> stretch([5, 5, 5], 6, "up")
    (None, 'no_benchmark')
    """
    reading = stretch_reading(history, target, direction, peers)
    return reading.ratio, reading.zone


def best_of(
    history: Sequence[float], direction: Direction, definition: Definition = COURSE
) -> float:
    """Return the best single period, moving average of 3, or the mean, in the last periods."""
    recent = history[-definition.best_window :]
    if definition.best == "mean":
        return _mean(recent)
    width = 1 if definition.best == "single" else min(3, len(recent))
    means = [_mean(recent[end - width : end]) for end in range(width, len(recent) + 1)]
    return max(means) if direction == "up" else min(means)


def zone_of(ratio: float, bounds: Bounds = "both_in") -> Zone:
    """Return the zone of a ratio.

    >>> [zone_of(r) for r in (-0.1, 0.1, 0.2, 1.0, 1.5, 1.6)]
    ['wrong_way', 'low', 'peach', 'peach', 'hard', 'star']
    """
    if ratio < 0:
        return "wrong_way"
    if ratio < LOW or (ratio == LOW and bounds in {"upper_in", "both_out"}):
        return "low"
    if ratio < FULL or (ratio == FULL and bounds in {"both_in", "upper_in"}):
        return "peach"
    return "hard" if ratio <= HARD else "star"


def quantile(values: Iterable[float], share: float) -> float:
    """Return the linear quantile (type 7, as spreadsheets and pandas have it).

    >>> quantile([1, 2, 3, 4], 0.75)
    3.25
    """
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _peer_best(base: float, direction: Direction, peers: Iterable[float] | None) -> float | None:
    known = [float(one) for one in (() if peers is None else peers) if math.isfinite(float(one))]
    if not known:
        return None
    best = quantile(known, 0.75 if direction == "up" else 0.25)
    gain = best - base if direction == "up" else base - best
    return best if gain > FLAT else None


def _ratio(base: float, best: float, target: float, definition: Definition) -> float | None:
    above = {
        "target_base": target - base,
        "best_target": best - target,
        "target_best": target - best,
    }[definition.above]
    below = {"best_base": best - base, "target_base": target - base, "base": base}[definition.below]
    if abs(below) < FLAT:
        return None
    ratio = round(above / below, DECIMALS) + 0.0  # plus zero turns -0.0 into 0.0
    return ratio if math.isfinite(ratio) else None


def _mean(values: Sequence[float]) -> float:
    try:
        return math.fsum(values) / len(values)
    except OverflowError:  # values near the largest float; the ratio is then not finite
        return math.inf
