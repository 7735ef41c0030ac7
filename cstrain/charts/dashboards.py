"""A dashboard: a few KPIs side by side, each with unit, period, target and the latest value."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from cstrain.charts.canvas import SMALL, WIDTH, blank, head, name_marks, picture, value_axis
from cstrain.charts.errors import ChartError
from cstrain.charts.labels import shortened, tidy, width_of
from cstrain.charts.measure import Measure, Speech, speech
from cstrain.charts.over_time import Series, draw_series, series_of, way_of
from cstrain.charts.picture import Picture
from cstrain.charts.readings import Columns
from cstrain.charts.style import GREY, INDIGO, TEAL, WINE, look, panels
from cstrain.charts.targets import Aim, Target, aim_of
from cstrain.errors import UnknownNameError
from cstrain.language import Text, as_language

_MOST: Final = 12
_ROW: Final = 2.15  # inches for a row of panels
_COLUMNS: Final = 2
_HEAD: Final = 31  # halves of an em that the name over a panel may take
_LATEST: Final = 14  # the size of the latest value
GUARD: Final = "◆"
MET: Final = "✓"
MISSED: Final = "✗"


@dataclass(frozen=True)
class Tile:
    """One KPI of a dashboard; what `guard` marks keeps another KPI from being bought dearly.

    `points` and `columns` are as in `run_chart`; `period` says what time they cover where the
    labels do not.
    """

    about: str | Text | Measure
    points: Any
    target: Target = None
    guard: bool = False
    period: str = ""
    columns: Columns = None


@dataclass(frozen=True)
class _Panel:
    """A tile that has been read, with its own way to say numbers."""

    say: Speech
    series: Series
    aim: Aim
    guard: bool
    period: str

    @property
    def latest(self) -> float | None:
        """The last value that is not missing."""
        there = self.series.there
        return there[-1][1] if there else None

    @property
    def missed(self) -> bool:
        """Whether the latest value misses its target."""
        latest = self.latest
        return latest is not None and self.aim.judged and self.aim.missed(latest)


def dashboard(
    items: Iterable[Tile | Mapping[str, Any]], *, title: str | Text = "", language: str
) -> Picture:
    """Return the KPIs as small run charts, two in a row, guard metrics marked.

    Each item is a `Tile`, or a mapping with the same names. Four to six KPIs are plenty; more
    than twelve are refused.

    >>> tiles = [Tile("NEG", [0.04, 0.06], target=0.05), Tile("CSAT", [0.86, 0.88], guard=True)]
    >>> dashboard(tiles, title="November", language="en")
    ... # doctest: +ELLIPSIS
    November: negative review rate (NEG): rises from 4.0% (point 1) to 6.0% (point 2); ...
    """
    chosen = as_language(language)
    say = speech(title, chosen)
    if isinstance(items, (str, Mapping)) or not isinstance(items, Iterable):
        raise ChartError("items", found=type(items).__name__, allowed="a list of Tile")
    tiles = [_tile(index, one) for index, one in enumerate(items)]
    if len(tiles) > _MOST:
        raise ChartError("items", found=f"{len(tiles)} KPIs", allowed=f"at most {_MOST}")
    if not tiles:
        return blank(say, "dashboard")
    read = [_panel(index, one, chosen) for index, one in enumerate(tiles)]
    with look():
        rows = math.ceil(len(read) / _COLUMNS)
        drawn, every = panels((WIDTH, _ROW * rows + 0.4 * bool(say.title)), rows, _COLUMNS)
        drawn.get_layout_engine().set(w_pad=0.08, h_pad=0.1)
        head(drawn, say.title)
        for axes, panel in zip(every, read, strict=False):
            _draw(axes, panel)
        for axes in every[len(read) :]:
            axes.set_axis_off()
        drawn.supxlabel(_signs(read, say), x=0.012, ha="left", fontsize=SMALL, color=GREY)
        return picture(drawn, _alt(read, say))


def _tile(index: int, item: Any) -> Tile:
    if isinstance(item, Tile):
        return item
    if not isinstance(item, Mapping):
        raise ChartError(f"items[{index}]", found=type(item).__name__, allowed="a Tile")
    known = [one.name for one in fields(Tile)]
    for name in item:
        if name not in known:
            raise UnknownNameError(f"name in items[{index}]", name, known)
    for name in ("about", "points"):
        if name not in item:
            raise ChartError(f"items[{index}]", found=f"no {name}", allowed="about and points")
    return Tile(**item)


def _panel(index: int, tile: Tile, language: str) -> _Panel:
    say = speech(tile.about, language)
    series = series_of(f"items[{index}].points", tile.points, tile.columns)
    return _Panel(say, series, aim_of(tile.target, say), bool(tile.guard), tidy(tile.period))


def _draw(axes: Any, panel: _Panel) -> None:
    say, aim, latest = panel.say, panel.aim, panel.latest
    axes.tick_params(labelsize=SMALL - 1)
    _write_head(axes, panel)
    if latest is None:
        axes.set_axis_off()
        middle = {"ha": "center", "va": "center", "transform": axes.transAxes}
        axes.text(0.5, 0.4, say.word("no_data"), color=GREY, fontsize=SMALL, **middle)
        return
    draw_series(axes, panel.series, aim)
    place = panel.series.there[-1][0]
    marker, colour = ("s", WINE) if panel.missed else ("o", INDIGO)
    axes.plot([place], [latest], color=colour, marker=marker, markersize=9, zorder=5)
    axes.margins(y=0.15)
    value_axis(axes.yaxis, _short(say), 3)
    _name_ends(axes, panel.series)
    below = [panel.aim.label(say) if _crowded(panel) else "", shortened(panel.period, 30)]
    told = "\n".join(one for one in below if one)
    axes.set_xlabel(told, fontsize=SMALL - 1, color=GREY)


def _write_head(axes: Any, panel: _Panel) -> None:
    """Write over a panel: guard mark, name and unit; below the latest value and the target."""
    say, latest = panel.say, panel.latest
    name = " ".join(one for one in (say.measure.code, say.name) if one)
    name = shortened(name, _HEAD - width_of(say.unit) - 3 * panel.guard)
    name = say.word("panel_head", name=name, unit=say.unit) if say.unit else name
    _over(axes, 0.0, 24, f"{GUARD} {name}" if panel.guard else name, SMALL)
    if latest is not None:
        colour = WINE if panel.missed else INDIGO
        _over(axes, 0.0, 5, _verdict(panel), _LATEST, color=colour)
    if panel.aim.lines and not _crowded(panel):
        _over(axes, 1.0, 6, panel.aim.label(say), SMALL, color=TEAL, ha="right")


def _verdict(panel: _Panel) -> str:
    """Return the latest value with the sign of its verdict."""
    said = "" if panel.latest is None else panel.say.value(panel.latest)
    return f"{said} {MISSED if panel.missed else MET}" if panel.aim.judged else said


def _crowded(panel: _Panel) -> bool:
    """Say whether there is no room for the target beside the latest value."""
    if not panel.aim.lines:
        return False
    latest, target = width_of(_verdict(panel)), width_of(panel.aim.label(panel.say))
    return _LATEST * latest + SMALL * target > 290  # halves of an em, some 170 points


def _short(say: Speech) -> Callable[[float], str]:
    """Return how the marks of an axis are said: without the unit, long numbers rounded."""

    def said(value: float) -> str:
        full = say.bare(value)
        return full if len(full) <= 8 else f"{value:.2g}"

    return said


def _over(axes: Any, place: float, lift: float, words: str, size: float, **style: Any) -> None:
    axes.annotate(
        words,
        (place, 1),
        (0, lift),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=size,
        **style,
    )


def _signs(read: Sequence[_Panel], say: Speech) -> str:
    """Return what the signs on the panels mean, those that are there."""
    judged = [one for one in read if one.aim.judged and one.latest is not None]
    found = [
        (MET, "met", any(not one.missed for one in judged)),
        (MISSED, "missed", any(one.missed for one in judged)),
        (GUARD, "guard", any(one.guard for one in read)),
    ]
    return "   ".join(f"{sign} {say.word(key)}" for sign, key, there in found if there)


def _name_ends(axes: Any, series: Series) -> None:
    last = len(series.names) - 1
    axes.set_xlim(-0.4, last + 0.4)
    ends = [0, last] if last else [0]
    name_marks(axes.xaxis, ends, [shortened(series.names[one], 10) for one in ends])


def _alt(panels_read: Sequence[_Panel], say: Speech) -> str:
    return say.alt("dashboard", *(_said(one, say) for one in panels_read))


def _said(panel: _Panel, say: Speech) -> list[str]:
    own = panel.say
    name = own.title or say.word("run_chart")
    there = [value for _, value in panel.series.there]
    way = way_of(panel.series, own) if there else say.word("no_data")
    return [
        say.word("panel", name=name, said=way),
        panel.aim.said(there, own) if there else "",
        say.word("guard") if panel.guard else "",
    ]
