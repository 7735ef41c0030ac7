"""Shares of groups with Wilson's 95% intervals: which differences are more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cstrain.charts.canvas import (
    PAPER,
    SMALL,
    blank,
    legend,
    name_marks,
    note,
    picture,
    sheet,
    value_axis,
)
from cstrain.charts.errors import ChartError
from cstrain.charts.labels import names_of, shortened
from cstrain.charts.measure import Measure, Speech, number, share_speech
from cstrain.charts.picture import Picture
from cstrain.charts.readings import Columns, count_of, rows_of
from cstrain.charts.style import GREY, INDIGO, TEAL, WINE, look
from cstrain.charts.targets import Aim, Target, aim_of
from cstrain.language import Text
from cstrain.stats.intervals import Interval, wilson

_MOST: Final = 24  # of more groups the highest and the lowest are drawn


@dataclass(frozen=True)
class Share:
    """A group: in how many of n something happened."""

    name: str
    events: int
    n: int

    @property
    def interval(self) -> Interval:
        """The share with its interval, None in an empty group."""
        return wilson(self.events, self.n)

    @property
    def rate(self) -> float:
        """The share, 0 in an empty group."""
        return self.events / self.n if self.n else 0.0


def share_of(place: str, name: str, events: Any, n: Any) -> Share:
    """Return a group, or say which count cannot be."""
    size = count_of(f"{place}, n", n, whole=True)
    found = count_of(f"{place}, events", events, whole=True)
    if found > size:
        allowed = f"at most n, {number(size)}"
        raise ChartError(f"{place}, events", found=number(found), allowed=allowed)
    return Share(name, int(found), int(size))


def intervals(
    groups: Any,
    columns: Columns = None,
    *,
    about: str | Text | Measure = "",
    target: Target = None,
    language: str,
) -> Picture:
    """Return the share of each group with its 95% interval, highest first, n printed.

    `groups` are rows of name, events and n, a frame, or what `kpi` returned. A group whose
    interval does not hold the overall share has another marker.

    >>> intervals([("A", 42, 60), ("B", 7, 10)], about="CSAT", language="en")
    ... # doctest: +ELLIPSIS
    customer satisfaction (CSAT): groups: 2; highest A 70.0% (57.5% to 80.1%, n=60); ...
    """
    say = share_speech(about, language)
    rows = rows_of("groups", groups, columns, 3)
    names = names_of([label for label, _, _ in rows])
    found = [
        share_of(f"groups[{index}]", name, events, n)
        for index, (name, (_, events, n)) in enumerate(zip(names, rows, strict=True))
    ]
    there = sorted((one for one in found if one.n), key=lambda one: (-one.rate, one.name))
    empty = [one for one in found if not one.n]
    if not there:
        return blank(say, "intervals")
    overall = sum(one.events for one in there) / sum(one.n for one in there)
    aim = aim_of(target, say)
    with look():
        drawn = _draw([*there, *empty], overall, aim, say)
        return picture(drawn, _alt(there, empty, overall, aim, say))


def _drawn(groups: Sequence[Share]) -> list[Share | None]:
    """Return the groups that are drawn, None for the gap between the highest and the lowest."""
    if len(groups) <= _MOST:
        return list(groups)
    return [*groups[: _MOST // 2], None, *groups[-(_MOST // 2) :]]


def _draw(groups: Sequence[Share], overall: float, aim: Aim, say: Speech) -> Any:
    drawn_rows = _drawn(groups)
    drawn, axes = sheet(1.5 + 0.3 * len(drawn_rows), say)
    for clear, marker, colour, label in (
        (True, "D", WINE, "clear"),
        (False, "o", INDIGO, "not_clear"),
    ):
        chosen = [
            (row, one)
            for row, one in enumerate(drawn_rows)
            if one is not None and one.n and _clear(one, overall) == clear
        ]
        if chosen:
            _draw_points(axes, chosen, marker, colour, say.word(label))
    axes.axvline(overall, color=GREY, linestyle=":", linewidth=1.4, zorder=1)
    for line in aim.lines:
        axes.axvline(line, color=TEAL, linestyle="--", linewidth=1.4, zorder=1)
    _name_rows(axes, drawn_rows, len(groups), say)
    _name_top(axes, overall, aim, say)
    value_axis(axes.xaxis, say.tick, 5)
    note(axes, say.word("wilson_note"))
    legend(drawn, axes)
    return drawn


def _draw_points(
    axes: Any, chosen: Sequence[tuple[int, Share]], marker: str, colour: str, label: str
) -> None:
    rates = [one.rate for _, one in chosen]
    reach = [
        [rate - (one.interval.low or 0.0) for rate, (_, one) in zip(rates, chosen, strict=True)],
        [(one.interval.high or 0.0) - rate for rate, (_, one) in zip(rates, chosen, strict=True)],
    ]
    axes.errorbar(
        rates,
        [row for row, _ in chosen],
        xerr=reach,
        fmt=marker,
        color=colour,
        markersize=6,
        elinewidth=1.8,
        capsize=3,
        label=label,
        zorder=3,
    )


def _clear(one: Share, overall: float) -> bool:
    low, high = one.interval.low, one.interval.high
    return low is not None and high is not None and not low <= overall <= high


def _name_rows(axes: Any, rows: Sequence[Share | None], every: int, say: Speech) -> None:
    most = 26
    names = ["⋮" if one is None else shortened(one.name, most) for one in rows]
    name_marks(axes.yaxis, range(len(rows)), names)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    for row, one in enumerate(rows):
        told = "" if one is None else say.word("size", n=number(one.n))
        axes.text(1.01, row, told, transform=axes.get_yaxis_transform(), va="center", color=GREY)
        if one is None:
            rest = say.word("not_shown", rest=number(every - len(rows) + 1))
            middle = {"transform": axes.get_yaxis_transform(), "ha": "center", "va": "center"}
            axes.text(0.5, row, rest, color=GREY, bbox=PAPER, **middle)


def _name_top(axes: Any, overall: float, aim: Aim, say: Speech) -> None:
    """Write what the upright lines are above them, on either side when they are near."""
    where = axes.get_xaxis_transform()
    lines = [(overall, say.word("overall", value=say.value(overall)), GREY)]
    if aim.lines:
        lines.append((sum(aim.lines) / len(aim.lines), aim.label(say), TEAL))
    sides = ("center",) if len(lines) == 1 else ("right", "left")
    for (place, label, colour), side in zip(sorted(lines), sides, strict=True):
        axes.text(
            place, 1.01, label, transform=where, ha=side, va="bottom", color=colour
        ).set_fontsize(SMALL)


def _alt(
    there: Sequence[Share], empty: Sequence[Share], overall: float, aim: Aim, say: Speech
) -> str:
    clauses = [
        say.word("groups", count=number(len(there) + len(empty))),
        say.word("highest", one=_said(there[0], say)),
        say.word("lowest", one=_said(there[-1], say)) if len(there) > 1 else "",
        say.word("overall", value=say.value(overall)),
    ]
    clear = sum(_clear(one, overall) for one in there)
    clauses.append(say.word("clear_count", count=number(clear), of=number(len(there))))
    if aim.lines:
        clauses.append(aim.label(say))
    if empty:
        names = say.listed(say.named(one.name) for one in empty)
        clauses.append(say.word("interval_empty", name=names))
    return say.alt("intervals", clauses)


def _said(one: Share, say: Speech) -> str:
    low, high = one.interval.low or 0.0, one.interval.high or 0.0
    facts = {"value": say.value(one.rate), "low": say.value(low), "high": say.value(high)}
    return say.word("interval_one", name=say.named(one.name), n=number(one.n), **facts)
