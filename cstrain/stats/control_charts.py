"""Control charts: p, u and c for counts, XmR and EWMA for measurements."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cstrain.stats.arguments import cells, mean, missing, number, share, whole
from cstrain.stats.errors import StatsError
from cstrain.stats.run_rules import LIMITS_ONLY, WESTERN_ELECTRIC, RunRule, broken_rules

# Constants of the range of two values, as tables have them (ASTM Manual MNL 7; Montgomery).
D2: Final = 1.128  # mean of the range, in sigmas
D3: Final = 0.8525  # standard deviation of the range, in sigmas


@dataclass(frozen=True)
class Point:
    """A point of a chart with its limits and the codes of the rules that it breaks.

    The value is None where nothing was measured, the limits where nothing can be said of it.
    """

    value: float | None
    lower: float | None
    upper: float | None
    signals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A control chart: the centre line and the points in order; None without data."""

    kind: str
    centre: float | None
    points: tuple[Point, ...]

    @property
    def signals(self) -> tuple[tuple[int, str], ...]:
        """The broken rules as (place, code), places counted from 0."""
        listed = enumerate(self.points)
        return tuple((place, code) for place, point in listed for code in point.signals)


@dataclass(frozen=True)
class Xmr:
    """The two charts of individual values and of their moving ranges."""

    individuals: Chart
    moving_ranges: Chart


@dataclass(frozen=True)
class Limits:
    """How a chart is drawn: limits at so many sigmas, which rules signal, from which points.

    `base`: centre and limits come from so many first points, None: from all of them.
    """

    sigmas: float = 3
    rules: Sequence[RunRule] = WESTERN_ELECTRIC
    base: int | None = None


DEFAULT: Final = Limits()


def p_chart(events: Iterable[Any], n: Any, limits: Limits = DEFAULT) -> Chart:
    """Return the chart of a share, say of defects among those checked.

    centre p = all events / all checked, limits p ± sigmas sqrt(p (1 - p) / n) of each point, not
    below 0 or above 1 (NIST/SEMATECH 6.3.3.2). `n` is one number or one for each point; a point
    with n = 0 or a missing count is empty.

    >>> chart = p_chart([9, 7, 11, 25], 150)
    >>> round(chart.centre, 4), round(chart.points[0].upper, 4), chart.signals
    (0.0867, 0.1556, ((3, 'WE1'),))
    """
    counted = _counts(events, n)
    for place, (count, size) in enumerate(counted):
        if count > size:
            raise StatsError(f"events[{place}]", found=f"{count:g}", allowed=f"at most n, {size:g}")
    p = _ratio(counted, limits)
    return _rates("p", counted, p, limits, lambda n: math.sqrt((p or 0) * (1 - (p or 0)) / n))


def u_chart(events: Iterable[Any], units: Any, limits: Limits = DEFAULT) -> Chart:
    """Return the chart of events per unit, say complaints per 1,000 orders.

    centre u = all events / all units, limits u ± sigmas sqrt(u / units) of each point, not below
    0 (NIST/SEMATECH 6.3.3.1). `units` is one number or one for each point.

    >>> chart = u_chart([8, 12, 10], [2, 4, 4])
    >>> chart.centre, round(chart.points[0].upper, 2), round(chart.points[1].upper, 2)
    (3.0, 6.67, 5.6)
    """
    counted = _counts(events, units)
    u = _ratio(counted, limits)
    return _rates("u", counted, u, limits, lambda n: math.sqrt((u or 0) / n))


def c_chart(events: Iterable[Any], limits: Limits = DEFAULT) -> Chart:
    """Return the chart of counts from equal units: centre c, limits c ± sigmas sqrt(c).

    >>> chart = c_chart([14, 18, 16])
    >>> chart.centre, chart.points[0].lower, chart.points[0].upper
    (16.0, 4.0, 28.0)
    """
    chart = u_chart(events, 1, limits)
    return Chart("c", chart.centre, chart.points)


def xmr_chart(values: Iterable[Any], limits: Limits = DEFAULT) -> Xmr:
    """Return the charts of individual values and of moving ranges.

    mR = |x - the value before|, sigma = mean mR / 1.128; limits of x at mean ± 3 sigma, of mR
    at most 3.267 mean mR (NIST/SEMATECH 6.3.2.2). A missing value leaves no range on either
    side. On the ranges only the limit signals, since neighbours share a value.

    >>> chart = xmr_chart([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    >>> x = chart.individuals
    >>> round(x.centre, 2), round(x.points[0].lower, 4), round(x.points[0].upper, 4)
    (50.81, 45.8159, 55.8041)
    """
    read = cells("values", values)
    ranges = _moving_ranges(read)
    width = _mean(ranges, limits)
    sigma = None if width is None else width / D2
    spread = None if sigma is None else D3 * sigma
    by_limit = Limits(limits.sigmas, LIMITS_ONLY, limits.base)
    centre = _mean(read, limits)
    drawn = _chart("X", read, centre, [sigma] * len(read), limits)
    moving = _chart("mR", ranges, width, [spread] * len(read), by_limit)
    return Xmr(drawn, _cut(moving, 0.0, math.inf))


def ewma_chart(
    values: Iterable[Any],
    *,
    weight: float = 0.2,
    centre: float | None = None,
    sigma: float | None = None,
    sigmas: float = 3,
    exact: bool = True,
) -> Chart:
    """Return the chart of the exponentially weighted moving average.

    z = weight x + (1 - weight) z before, beginning at the centre; limits centre ± sigmas sigma
    sqrt(weight / (2 - weight) (1 - (1 - weight)^(2 t))) for the t-th value; with exact=False
    without the last factor (NIST/SEMATECH 6.3.2.4). The centre is the mean and sigma the mean
    moving range / 1.128 unless given. A missing value leaves z and t as they are.

    >>> chart = ewma_chart([52, 47, 53], weight=0.3, centre=50, sigma=2.0539)
    >>> [round(point.value, 2) for point in chart.points]
    [50.6, 49.52, 50.56]
    """
    read = cells("values", values)
    share("weight", weight, zero=False)
    width = mean(one for one in _moving_ranges(read) if one is not None)
    spread = None if width is None else width / D2
    spread = spread if sigma is None else number("sigma", sigma, least=0)
    middle = mean(one for one in read if one is not None)
    middle = middle if centre is None else number("centre", centre)
    points: list[float | None] = []
    spreads: list[float | None] = []
    smooth, seen = middle or 0.0, 0
    for one in read:
        seen += one is not None
        smooth = smooth if one is None else weight * one + (1 - weight) * smooth
        points.append(None if one is None else smooth)
        settled = 1 - (1 - weight) ** (2 * seen) if exact else 1.0
        factor = math.sqrt(weight / (2 - weight) * settled)
        spreads.append(None if spread is None or one is None else spread * factor)
    return _chart("EWMA", points, middle, spreads, Limits(sigmas, LIMITS_ONLY))


def _counts(events: Iterable[Any], n: Any) -> list[tuple[float, float]]:
    """Return the counts with their bases; (0, 0) stands for an empty point."""
    listed = list(events)
    sizes = list(n) if isinstance(n, Iterable) else [n] * len(listed)
    if len(sizes) != len(listed):
        raise StatsError("n", found=f"{len(sizes)} values", allowed=f"1 or {len(listed)}")
    read = []
    for place, (count, size) in enumerate(zip(listed, sizes, strict=True)):
        if missing(count) or missing(size):
            read.append((0.0, 0.0))
            continue
        base = number(f"n[{place}]", size, least=0)
        read.append((float(whole(f"events[{place}]", count)) if base else 0.0, base))
    return read


def _ratio(counted: Sequence[tuple[float, float]], limits: Limits) -> float | None:
    used = counted[: _base(limits)]
    below = math.fsum(size for _, size in used)
    return math.fsum(count for count, _ in used) / below if below else None


def _mean(values: Sequence[float | None], limits: Limits) -> float | None:
    return mean(one for one in values[: _base(limits)] if one is not None)


def _base(limits: Limits) -> int | None:
    return None if limits.base is None else whole("base", limits.base, least=1)


def _moving_ranges(values: Sequence[float | None]) -> list[float | None]:
    ranges: list[float | None] = [None] * len(values)
    for place in range(1, len(values)):
        before, after = values[place - 1], values[place]
        if before is not None and after is not None:
            ranges[place] = abs(after - before)
    return ranges


def _rates(
    kind: str,
    counted: Sequence[tuple[float, float]],
    centre: float | None,
    limits: Limits,
    spread: Callable[[float], float],
) -> Chart:
    values = [count / n if n else None for count, n in counted]
    spreads = [spread(n) if n else None for _, n in counted]
    chart = _chart(kind, values, centre, spreads, limits)
    return _cut(chart, 0.0, 1.0 if kind == "p" else math.inf)


def _chart(
    kind: str,
    values: Sequence[float | None],
    centre: float | None,
    spreads: Sequence[float | None],
    limits: Limits,
) -> Chart:
    sigmas = number("sigmas", limits.sigmas, above=0)
    distances = [_distance(*pair, centre) for pair in zip(values, spreads, strict=True)]
    signals = broken_rules(distances, limits.rules, sigmas)
    points = []
    for value, spread, codes in zip(values, spreads, signals, strict=True):
        if centre is None or spread is None:
            points.append(Point(value, None, None))
        else:
            reach = sigmas * spread
            points.append(Point(value, centre - reach, centre + reach, codes))
    return Chart(kind, centre, tuple(points))


def _distance(value: float | None, spread: float | None, centre: float | None) -> float | None:
    if value is None or spread is None or centre is None:
        return None
    if spread:
        return (value - centre) / spread
    return math.copysign(math.inf, value - centre) if value != centre else 0.0


def _cut(chart: Chart, low: float, high: float) -> Chart:
    """Return the chart with limits no further out than its values can be."""
    points = tuple(
        Point(
            one.value,
            None if one.lower is None else max(low, one.lower),
            None if one.upper is None else min(high, one.upper),
            one.signals,
        )
        for one in chart.points
    )
    return Chart(chart.kind, chart.centre, points)
