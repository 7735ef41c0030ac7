"""The run chart: a KPI over time with its median, its target, its shifts and trends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cstrain.charts.canvas import (
    NamedLine,
    blank,
    legend,
    name_lines,
    period_axis,
    picture,
    sheet,
    value_axis,
)
from cstrain.charts.labels import names_of, shortened
from cstrain.charts.measure import Measure, Speech, number, speech
from cstrain.charts.picture import Picture
from cstrain.charts.readings import Columns, rows_of, value_of
from cstrain.charts.run_signs import SHIFT, TREND, Run, RunSigns, run_signs
from cstrain.charts.style import FOG, GREY, INDIGO, ROSE, TEAL, WINE, look
from cstrain.charts.targets import Aim, Target, aim_of
from cstrain.language import Text

_HEIGHT: Final = 3.7
_AXES: Final = 2.6  # inches of it that are left to the axes
_MANY: Final = 60  # with more points there is no room for a marker at each


@dataclass(frozen=True)
class Series:
    """Points in order: the name of each period, and its value or None."""

    names: tuple[str, ...]
    values: tuple[float | None, ...]

    @property
    def there(self) -> list[tuple[int, float]]:
        """The places and values that are not missing."""
        return [(place, one) for place, one in enumerate(self.values) if one is not None]


def series_of(place: str, data: Any, columns: Columns) -> Series:
    """Return data as a series of named values."""
    rows = rows_of(place, data, columns, 2)
    values = [value_of(f"{place}[{index}]", one) for index, (_, one) in enumerate(rows)]
    return Series(tuple(names_of([label for label, _ in rows])), tuple(values))


def run_chart(
    points: Any,
    columns: Columns = None,
    *,
    about: str | Text | Measure = "",
    target: Target = None,
    language: str,
) -> Picture:
    """Return a KPI over time: median, target, missed targets, shifts and trends.

    `points` are values in order, pairs of label and value, a mapping, a frame (`columns` names
    the label's and the value's), or what `kpi` returned. `about` is a KPI code, which brings
    name, unit and direction along, or a `Measure`, or a title.

    >>> run_chart({"2025-07": 0.04, "2025-08": 0.06}, about="NEG", target=0.05, language="en")
    ... # doctest: +ELLIPSIS
    negative review rate (NEG): rises from 4.0% (2025-07) to 6.0% (2025-08); median 5.0%; ...
    """
    say = speech(about, language)
    series, aim = series_of("points", points, columns), aim_of(target, say)
    if not series.there:
        return blank(say, "run_chart")
    signs = run_signs(series.values)
    with look():
        drawn, axes = sheet(_HEIGHT, say)
        _draw_runs(axes, series, signs, say)
        draw_series(axes, series, aim)
        _draw_missed(axes, series, aim, say)
        lines = _lines(axes, series, signs, aim, say)
        _finish(axes, series, say)
        name_lines(axes, lines, _AXES)
        legend(drawn, axes, columns=1)
        return picture(drawn, _alt(series, signs, aim, say))


def draw_series(axes: Any, series: Series, aim: Aim) -> None:
    """Draw the line of a series, broken where a value is missing, and its target."""
    heights = [float("nan") if one is None else one for one in series.values]
    marker = "o" if len(heights) <= _MANY else ""
    axes.plot(range(len(heights)), heights, color=INDIGO, marker=marker, markersize=5, zorder=3)
    for line in aim.lines:
        axes.axhline(line, color=TEAL, linestyle="--", linewidth=1.4, zorder=2)


def said_name(name: str, say: Speech) -> str:
    """Return the name of a period as it is said; a place that was only counted says so."""
    return say.word("nth", n=name) if name.isdecimal() and len(name) < 4 else say.named(name)


def way_of(series: Series, say: Speech) -> str:
    """Return the clause about the way from the first value to the last."""
    there = series.there
    (first, start), (last, end) = there[0], there[-1]
    facts = {
        "from": say.value(start),
        "start": said_name(series.names[first], say),
        "to": say.value(end),
        "end": said_name(series.names[last], say),
    }
    if len(there) == 1:
        return say.word("single", **facts)
    key = "rises" if end > start else "falls" if end < start else "level"
    return say.word(key, **facts)


def _draw_runs(axes: Any, series: Series, signs: RunSigns, say: Speech) -> None:
    for index, run in enumerate(signs.shifts):
        within = [one for place, one in series.there if run.first <= place <= run.last]
        far = max(within) if run.up else min(within)
        label = say.word("shift", count=SHIFT) if not index else None
        span = (run.first - 0.4, run.last + 0.4)
        axes.fill_between(span, signs.median, far, color=FOG, linewidth=0, zorder=0, label=label)
    for index, run in enumerate(signs.trends):
        path = [(place, one) for place, one in series.there if run.first <= place <= run.last]
        label = say.word("trend", count=TREND) if not index else None
        places, values = zip(*path, strict=True)
        axes.plot(places, values, color=ROSE, linewidth=6, alpha=0.45, zorder=1, label=label)


def _draw_missed(axes: Any, series: Series, aim: Aim, say: Speech) -> None:
    missed = [(place, one) for place, one in series.there if aim.judged and aim.missed(one)]
    if missed and len(series.values) <= _MANY:
        places, values = zip(*missed, strict=True)
        ring = {"markersize": 10, "markerfacecolor": "none", "markeredgecolor": WINE}
        axes.plot(places, values, "s", label=say.word("missed"), zorder=4, **ring)


def _lines(axes: Any, series: Series, signs: RunSigns, aim: Aim, say: Speech) -> list[NamedLine]:
    named: list[NamedLine] = []
    if signs.median is not None and len(series.there) > 1:
        axes.axhline(signs.median, color=GREY, linestyle=":", linewidth=1.4, zorder=2)
        named.append((signs.median, say.word("median", value=say.value(signs.median)), GREY))
    if aim.lines:
        named.append((sum(aim.lines) / len(aim.lines), aim.label(say), TEAL))
    return named


def _finish(axes: Any, series: Series, say: Speech) -> None:
    axes.margins(y=0.12)
    value_axis(axes.yaxis, say.tick)
    period_axis(axes, [shortened(one, 14) for one in series.names])


def _alt(series: Series, signs: RunSigns, aim: Aim, say: Speech) -> str:
    there = [value for _, value in series.there]
    empty = len(series.values) - len(there)
    way = [
        way_of(series, say),
        say.word("median", value=say.value(signs.median or 0.0)) if len(there) > 1 else "",
        aim.said(there, say),
        say.word("gap", count=number(empty)) if empty else "",
    ]
    runs = [*_said("shift", signs.shifts, series, say), *_said("trend", signs.trends, series, say)]
    return say.alt("run_chart", way, *([one] for one in runs))


def _said(kind: str, runs: Sequence[Run], series: Series, say: Speech) -> list[str]:
    return [
        say.word(
            f"{kind}_{'up' if one.up else 'down'}",
            start=said_name(series.names[one.first], say),
            end=said_name(series.names[one.last], say),
            count=one.length,
        )
        for one in runs
    ]
