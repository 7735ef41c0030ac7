"""Control charts: p, u, c, XmR and EWMA, with the points that are more than chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal

from cstrain.charts.canvas import (
    SMALL,
    WIDTH,
    NamedLine,
    blank,
    head,
    legend,
    name_lines,
    period_axis,
    picture,
    value_axis,
)
from cstrain.charts.errors import ChartError
from cstrain.charts.labels import names_of, shortened
from cstrain.charts.measure import Measure, Speech, share_speech, speech
from cstrain.charts.over_time import said_name
from cstrain.charts.picture import Picture
from cstrain.charts.readings import Columns, count_of, rows_of, value_of
from cstrain.charts.style import GREY, INDIGO, ROSE, TEAL, WINE, look, panels
from cstrain.errors import UnknownNameError
from cstrain.language import Text
from cstrain.stats.control_charts import (
    DEFAULT,
    Chart,
    Limits,
    Point,
    Xmr,
    c_chart,
    ewma_chart,
    p_chart,
    u_chart,
    xmr_chart,
)

Kind = Literal["p", "u", "c", "xmr", "ewma"]
_SHARES: Final[dict[str, Callable[..., Chart]]] = {"p": p_chart, "u": u_chart}
_KINDS: Final = ("p", "u", "c", "xmr", "ewma")
_OUTSIDE: Final = frozenset({"WE1", "N1"})
_MANY: Final = 60


def control_chart(
    data: Any,
    columns: Columns = None,
    *,
    kind: Kind = "p",
    about: str | Text | Measure = "",
    limits: Limits = DEFAULT,
    language: str,
) -> Picture:
    """Return a control chart: centre line, limits, and the points that break a rule, marked.

    `kind` p and u take label, events and n of each point; c, xmr and ewma take label and value.
    A `Chart` or `Xmr` of cstrain.stats.control_charts is drawn as it is.

    >>> weeks = [("W1", 9, 150), ("W2", 7, 150), ("W3", 11, 150), ("W4", 25, 150)]
    >>> control_chart(weeks, about="defects", language="en")
    defects: centre 8.7%; limits 1.8% to 15.6%; outside the limits: W4 (16.7%).
    """
    if not isinstance(limits, Limits):
        raise ChartError("limits", found=repr(limits), allowed="Limits")
    say = speech(about, language)
    names, charts, single = _charts(data, columns, kind, limits)
    if charts[0].kind == "p":
        say = share_speech(about, language)
    if all(point.value is None for point in charts[0].points):
        return blank(say, "control_chart")
    with look():
        tall = len(charts) > 1
        drawn, every = panels((WIDTH, 5.2 if tall else 3.9), len(charts), 1, [2, 1][: len(charts)])
        head(drawn, say.title)
        _draw_single(every[0], single, say)
        for place, (axes, chart) in enumerate(zip(every, charts, strict=True)):
            _draw(axes, chart, names, say)
            name_lines(axes, _lines(chart, say), 1.0 if place else 2.4)
            if tall:
                axes.set_title(say.word(f"panel_{chart.kind}"), loc="left", fontsize=SMALL)
        legend(drawn, every[0], columns=2)
        return picture(drawn, _alt(charts, names, say))


def _charts(
    data: Any, columns: Columns, kind: str, limits: Limits
) -> tuple[list[str], list[Chart], Sequence[float | None]]:
    """Return the names of the points, the charts, and for EWMA the single values."""
    if isinstance(data, (Chart, Xmr)):
        charts = [data] if isinstance(data, Chart) else [data.individuals, data.moving_ranges]
        return [str(one + 1) for one in range(len(charts[0].points))], charts, ()
    if kind not in _KINDS:
        raise UnknownNameError("kind of control chart", kind, _KINDS)
    rows = rows_of("data", data, columns, 3 if kind in _SHARES else 2)
    names = names_of([row[0] for row in rows])
    values = [value_of(f"data[{index}]", row[1]) for index, row in enumerate(rows)]
    if kind in _SHARES:
        sizes = [count_of(f"data[{index}]", row[2]) for index, row in enumerate(rows)]
        return names, [_SHARES[kind](values, sizes, limits)], ()
    if kind == "xmr":
        both = xmr_chart(values, limits)
        return names, [both.individuals, both.moving_ranges], ()
    if kind == "ewma":
        return names, [ewma_chart(values, sigmas=limits.sigmas)], values
    return names, [c_chart(values, limits)], ()


def _draw_single(axes: Any, values: Sequence[float | None], say: Speech) -> None:
    there = [(place, one) for place, one in enumerate(values) if one is not None]
    if there:
        axes.plot(*zip(*there, strict=True), "x", color=GREY, label=say.word("single_values"))


def _draw(axes: Any, chart: Chart, names: Sequence[str], say: Speech) -> None:
    points = chart.points
    marker = "o" if len(points) <= _MANY else ""
    axes.plot(_heights(points, "value"), color=INDIGO, marker=marker, markersize=4.5, zorder=3)
    if chart.centre is not None:
        axes.axhline(chart.centre, color=GREY, linewidth=1.2, zorder=1)
    edges = [-0.5, *(place + 0.5 for place in range(len(points)))]
    for side in ("lower", "upper"):
        steps = _heights(points, side)
        if not any(steps):
            continue  # a range has no lower limit but 0
        axes.stairs(steps, edges, baseline=None, color=ROSE, linestyle="--", linewidth=1.3)
    for outside, style, label in ((True, _SQUARE, "outside"), (False, _DIAMOND, "run_rule")):
        marked = [
            (place, one.value)
            for place, one in enumerate(points)
            if one.signals and bool(_OUTSIDE & set(one.signals)) == outside
        ]
        if marked:
            axes.plot(*zip(*marked, strict=True), label=say.word(label), zorder=4, **style)
    axes.margins(y=0.12)
    value_axis(axes.yaxis, say.tick, 5)
    period_axis(axes, [shortened(one, 14) for one in names])


_SQUARE: Final = {"linestyle": "", "marker": "s", "markersize": 9, "color": WINE}
_DIAMOND: Final = {
    "linestyle": "",
    "marker": "D",
    "markersize": 9,
    "markerfacecolor": "none",
    "markeredgecolor": TEAL,
}


def _heights(points: Sequence[Point], name: str) -> list[float]:
    found = [getattr(one, name) for one in points]
    return [float("nan") if one is None else one for one in found]


def _last_limits(chart: Chart) -> tuple[float, float] | None:
    for point in reversed(chart.points):
        if point.lower is not None and point.upper is not None:
            return point.lower, point.upper
    return None


def _lines(chart: Chart, say: Speech) -> list[NamedLine]:
    lines: list[NamedLine] = []
    if chart.centre is not None:
        lines.append((chart.centre, say.word("centre", value=say.value(chart.centre)), GREY))
    ends = _last_limits(chart)
    if ends and chart.kind != "mR":
        lines.append((ends[0], say.word("lower_limit", value=say.value(ends[0])), WINE))
    if ends:
        lines.append((ends[1], say.word("upper_limit", value=say.value(ends[1])), WINE))
    return lines


def _alt(charts: Sequence[Chart], names: Sequence[str], say: Speech) -> str:
    sentences = []
    for chart in charts:
        centre, limits = chart.centre, _said_limits(chart, say)
        said = "" if centre is None else say.word("centre", value=say.value(centre))
        if len(charts) > 1:
            said = say.word("signal", rule=say.word(f"panel_{chart.kind}"), points=said)
        sentences.append([said, limits, *_said_signals(chart, names, say)])
    return say.alt("control_chart", *sentences)


def _said_limits(chart: Chart, say: Speech) -> str:
    ends = _last_limits(chart)
    if ends is None:
        return say.word("no_limits")
    every = {(one.lower, one.upper) for one in chart.points if one.lower is not None}
    key = "limits" if len(every) == 1 else "last_limits"
    return say.word(key, lower=say.value(ends[0]), upper=say.value(ends[1]))


def _said_signals(chart: Chart, names: Sequence[str], say: Speech) -> list[str]:
    by_code: dict[str, list[str]] = {}
    for place, code in chart.signals:
        value = chart.points[place].value or 0.0
        named = say.word("point", name=said_name(names[place], say), value=say.value(value))
        by_code.setdefault(code, []).append(named)
    if not by_code:
        return [say.word("all_inside")]
    return [
        say.word("signal", rule=say.word(f"rule_{code}"), points=say.listed(points))
        for code, points in sorted(by_code.items())
    ]
