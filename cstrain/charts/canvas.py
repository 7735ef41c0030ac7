"""The sheet a KPI chart is drawn on: size, title, labels at lines, legend, plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from cstrain.charts.labels import shown_places, wrapped
from cstrain.charts.measure import Speech
from cstrain.charts.picture import Picture
from cstrain.charts.style import GREY, drawable, figure

WIDTH: Final = 6.0  # inches: 10 points are 16 pixels in a text column and 9 on a phone
SMALL: Final = 10
NORMAL: Final = 11
_HEAD: Final = 12
_POINT: Final = 1 / 72  # inches
PAPER: Final = {"facecolor": "white", "edgecolor": "none", "pad": 2}  # under words on a pattern
NamedLine = tuple[float, str, str]  # height, label, colour


def sheet(height: float, say: Speech) -> tuple[Any, Any]:
    """Return a figure with one pair of axes and the chart's title over both."""
    drawn, axes = figure(WIDTH, height)
    head(drawn, say.title)
    axes.tick_params(labelsize=SMALL)
    return drawn, axes


def head(drawn: Any, title: str) -> None:
    """Write the title over the whole width, on two lines at most."""
    if title:
        lines = "\n".join(wrapped(title, 58))
        drawn.suptitle(lines, x=0.012, ha="left", fontsize=_HEAD)


def value_axis(axis: Any, say: Callable[[float], str], most: int = 6) -> None:
    """Mark an axis with a few round values, said as `say` says them."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - only once a chart is drawn

    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(lambda value, _: say(value))


def period_axis(axes: Any, names: Sequence[str], room: float = 310) -> None:
    """Name the places 0, 1, 2 ... along the bottom, as many as there is room for."""
    places = shown_places(names, room, SMALL)
    name_marks(axes.xaxis, places, [names[one] for one in places])
    axes.set_xlim(-0.5, max(len(names) - 0.5, 0.5))


def name_marks(axis: Any, places: Sequence[float], names: Sequence[str]) -> None:
    """Name the places of an axis; `names` may be anybody's words."""
    axis.set_ticks(places, labels=[legible(one) for one in names])


def name_lines(axes: Any, lines: Sequence[NamedLine], height: float) -> None:
    """Write the label of each line beside its right end; labels that would collide move apart.

    `height` is that of the axes in inches.
    """
    low, high = axes.get_ylim()
    gap = 1.35 * SMALL * _POINT / height * (high - low)
    places = spread([one[0] for one in lines], gap, (low, high))
    for place, (_, label, colour) in zip(places, lines, strict=True):
        axes.text(
            1.01, place, label, transform=axes.get_yaxis_transform(), va="center", color=colour
        ).set_fontsize(SMALL)


def spread(places: Sequence[float], gap: float, within: tuple[float, float]) -> list[float]:
    """Return the places moved apart to at least the gap, as near to where they were as may be.

    >>> spread([1.0, 1.1, 5.0], 1.0, (0.0, 10.0))
    [0.55, 1.55, 5.0]
    """
    order = sorted(range(len(places)), key=lambda one: places[one])
    groups: list[tuple[float, list[int]]] = []  # middle, members
    for one in order:
        middle, members = places[one], [one]
        while groups and middle - groups[-1][0] < gap * (len(members) + len(groups[-1][1])) / 2:
            before, others = groups.pop()
            weight = len(others) / (len(others) + len(members))
            middle = before * weight + middle * (1 - weight)
            members = others + members
        groups.append((middle, members))
    moved = [0.0] * len(places)
    for middle, members in groups:
        half = gap * (len(members) - 1) / 2
        start = min(max(middle - half, within[0]), max(within[0], within[1] - 2 * half))
        for step, one in enumerate(members):
            moved[one] = round(start + step * gap, 9)
    return moved


def legend(drawn: Any, axes: Any, columns: int = 2) -> None:
    """Put the legend below the axes, where it hides nothing."""
    handles, names = axes.get_legend_handles_labels()
    if handles:
        drawn.legend(
            handles,
            names,
            loc="outside lower left",
            ncols=columns,
            frameon=False,
            fontsize=SMALL,
            handlelength=1.6,
            columnspacing=1.4,
        )


def note(axes: Any, words: str) -> None:
    """Write a remark under the axes."""
    if words:
        axes.set_xlabel(words, loc="left", fontsize=SMALL, color=GREY)


def picture(drawn: Any, alt: str) -> Picture:
    """Return the finished picture: no label is mathematics, none lacks its glyphs."""
    from matplotlib.text import Text  # noqa: PLC0415 - only once a chart is drawn
    from matplotlib.ticker import FixedLocator  # noqa: PLC0415 - only once a chart is drawn

    for axes in drawn.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            marks = [one for one in axis.get_ticklocs() if low <= one <= high]
            if not isinstance(axis.get_major_locator(), FixedLocator):
                axis.set_major_locator(FixedLocator(marks))
            axis.get_major_ticks(len(axis.get_ticklocs()))  # they are made here, not when drawn
    for text in drawn.findobj(Text):
        text.set_parse_math(False)
        text.set_text(legible(text.get_text()))
    return Picture(drawn, alt)


def legible(text: str) -> str:
    """Return the text with a box for every character that the fonts do not have."""
    known = drawable()
    return "".join(sign if sign == "\n" or ord(sign) in known else "□" for sign in text)


def blank(say: Speech, kind: str) -> Picture:
    """Return the picture of no data: it says so, in the picture and in words."""
    drawn, axes = sheet(1.6, say)
    axes.set_axis_off()
    axes.text(0.5, 0.5, say.word("no_data"), ha="center", va="center", fontsize=NORMAL, color=GREY)
    return picture(drawn, say.alt(kind, [say.word("no_data")]))
