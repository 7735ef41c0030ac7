"""The Pareto chart: counts by size with their cumulative share, and the few that reach 80%."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final

from cstrain.charts.canvas import PAPER, SMALL, blank, legend, name_marks, note, picture, sheet
from cstrain.charts.labels import names_of, shortened
from cstrain.charts.measure import Measure, Speech, number, percent, speech
from cstrain.charts.picture import Picture
from cstrain.charts.readings import Columns, count_of, rows_of
from cstrain.charts.style import FOG, GREY, INDIGO, WINE, look
from cstrain.language import Text

ENOUGH: Final = 0.8
_MOST: Final = 14  # bars; of more categories the smallest are put together
Bar = tuple[str, float]


def pareto(
    counts: Any, columns: Columns = None, *, about: str | Text | Measure = "", language: str
) -> Picture:
    """Return counts from the largest on, with the cumulative share and the mark at 80%.

    `counts` are pairs of category and count, a mapping, a frame, or a plain list of categories,
    which are counted.

    >>> reasons = {"size": 152, "colour": 48, "late": 37, "torn": 31, "smell": 22, "other": 10}
    >>> pareto(reasons, about="reviews", language="en")
    ... # doctest: +ELLIPSIS
    reviews: total 300; the largest is size: 152, 50.7%; the first 4 of 6 categories reach 80% ...
    """
    say = speech(about, language)
    bars = _bars(counts, columns)
    total = sum(count for _, count in bars)
    if not total:
        return blank(say, "pareto")
    vital = vital_few([count for _, count in bars])
    with look():
        rows = _shown(bars, say)
        drawn, axes = sheet(1.65 + 0.32 * len(rows), say)
        full = len(rows) if len(rows) == len(bars) else len(rows) - 1
        _draw(axes, rows, total, min(vital, full), say)
        _finish(axes, rows, total, say)
        legend(drawn, axes)
        return picture(drawn, _alt(bars, total, vital, say))


def vital_few(counts: Sequence[float]) -> int:
    """Return how many of the counts, from the largest on, it takes to reach 80%.

    >>> vital_few([152, 48, 37, 31, 22, 10])
    4
    """
    needed, reached = ENOUGH * sum(counts), 0.0
    for place, count in enumerate(sorted(counts, reverse=True), start=1):
        reached += count
        if reached >= needed * (1 - 1e-12):
            return place
    return len(counts)


def _bars(counts: Any, columns: Columns) -> list[Bar]:
    if _is_plain_list(counts):
        counts = Counter(counts)
    rows = rows_of("counts", counts, columns, 2)
    names = names_of([label for label, _ in rows])
    sums: dict[str, float] = {}
    for index, (name, (_, count)) in enumerate(zip(names, rows, strict=True)):
        sums[name] = sums.get(name, 0.0) + count_of(f"counts[{index}], {name}", count)
    return sorted(sums.items(), key=lambda bar: (-bar[1], bar[0]))


def _is_plain_list(counts: Any) -> bool:
    """Say whether these are categories to be counted: a list or a column of texts."""
    plain = isinstance(counts, Iterable) and not isinstance(counts, (str, bytes, Mapping))
    if not plain or hasattr(counts, "columns"):
        return False
    listed = list(counts)
    return bool(listed) and all(isinstance(one, str) for one in listed)


def _shown(bars: Sequence[Bar], say: Speech) -> list[Bar]:
    if len(bars) <= _MOST:
        return list(bars)
    rest = bars[_MOST - 1 :]
    name = say.word("others", count=number(len(rest)))
    return [*bars[: _MOST - 1], (name, sum(count for _, count in rest))]


def _draw(axes: Any, rows: Sequence[Bar], total: float, vital: int, say: Speech) -> None:
    counts = [count for _, count in rows]
    ends = list(accumulate(counts))
    few = {"color": INDIGO, "label": say.word("vital")}
    many = {"color": FOG, "edgecolor": GREY, "hatch": "////", "label": say.word("rest")}
    axes.barh(range(vital), counts[:vital], height=0.62, **few)
    if vital < len(rows):
        axes.barh(range(vital, len(rows)), counts[vital:], height=0.62, **many)
    axes.axvline(ENOUGH * total, color=WINE, linestyle="--", linewidth=1.2, zorder=1.5)
    dots = {"marker": "o", "markersize": 7, "markeredgecolor": "white", "linewidth": 1.4}
    axes.plot(ends, range(len(ends)), color=WINE, label=say.word("cumulative"), **dots)
    beside = {"xytext": (9, 0), "textcoords": "offset points", "va": "center", "bbox": PAPER}
    for row, end in enumerate(ends):
        told = f"{percent(end / total)}%"
        axes.annotate(told, (end, row), fontsize=SMALL, color=WINE, zorder=1.8, **beside)


def _finish(axes: Any, rows: Sequence[Bar], total: float, say: Speech) -> None:
    names = [f"{shortened(name, 24)}  {number(count)}" for name, count in rows]
    name_marks(axes.yaxis, range(len(rows)), names)
    axes.set(ylim=(len(rows) - 0.4, -0.6), xlim=(0, 1.12 * total))
    shares = [0, 0.2, 0.4, 0.6, ENOUGH, 1]
    name_marks(axes.xaxis, [one * total for one in shares], [f"{100 * one:g}%" for one in shares])
    note(axes, say.word("total", total=say.value(total)))


def _alt(bars: Sequence[Bar], total: float, vital: int, say: Speech) -> str:
    name, largest = bars[0]
    reached = sum(count for _, count in bars[:vital])
    first = {
        "name": say.named(name),
        "count": number(largest),
        "share": f"{percent(largest / total)}%",
    }
    few = {"count": number(vital), "of": number(len(bars)), "share": f"{percent(reached / total)}%"}
    told = [
        say.word("total", total=say.value(total)),
        say.word("pareto_first", **first),
        say.word("pareto_vital", **few),
    ]
    return say.alt("pareto", told)
