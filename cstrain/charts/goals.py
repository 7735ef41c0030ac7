"""Pictures of goals: progress with milestones, the stretch gauge, the review calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from cstrain.charts.style import FOG, GREY, INDIGO, ROSE, TEAL, WINE, figure
from cstrain.errors import UnknownNameError
from cstrain.goals.stretch import ZONE_BOUNDS
from cstrain.language import as_language
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.library.words import words
from cstrain.table_reader import TableReader

_GAUGE_END: Final = 2.0  # the star zone has no end; the gauge stops here and says so


@cache
def _pictures(kind: str) -> TableReader:
    path = CONTENT / "pictures.toml"
    return TableReader(shown_name(path), read_toml(path)).child(kind)


def _picture(kind: str, name: str) -> TableReader:
    all_of_kind = _pictures(kind)
    if name not in all_of_kind.raw:
        raise UnknownNameError(f"picture of kind {kind}", name, all_of_kind.raw)
    return all_of_kind.child(name)


def progress_chart(picture: str, language: str) -> Any:
    """Return the chart of a plan: baseline, milestones, what happened, and the fog between.

    The fog band marks the stretch of time in which nothing told the team how far it had come.
    """
    chosen = as_language(language)
    about, said = _picture("progress", picture), words("figures", chosen)
    raw, unit = about.raw, str(about.raw.get("unit", ""))
    start, target = _points([raw["start"], raw["target"]])
    plan = [start, *_points(raw.get("milestones", []))]
    drawn, axes = figure()
    if "fog" in raw:
        first, last = (date.fromisoformat(str(day)) for day in raw["fog"])
        axes.axvspan(first, last, color=FOG, label=said["fog"])
    axes.axhline(
        start[1], color=GREY, linestyle=":", label=f"{said['baseline']} {start[1]:g}{unit}"
    )
    label = f"{said['target']} {target[1]:g}{unit}"
    axes.axhline(target[1], color=TEAL, linestyle="--", label=label)
    axes.plot(*_columns(plan), color=INDIGO, marker="D", label=said["milestones"])
    if raw.get("actual"):
        axes.plot(*_columns(_points(raw["actual"])), color=WINE, marker="o", label=said["actual"])
    axes.set_title(about.text("title")[chosen], loc="left")
    axes.set_ylabel(about.text("name")[chosen] + (f" ({unit})" if unit else ""))
    _month_axis(axes)
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return drawn


def stretch_gauge(ratio: float, language: str) -> Any:
    """Return the gauge of a stretch ratio: which zone it lies in, with the zone's name on it."""
    said = words("figures", as_language(language))
    drawn, axes = figure(8.0, 1.9)
    edges = [0.0, *ZONE_BOUNDS, _GAUGE_END]
    colours = [FOG, TEAL, ROSE, WINE]
    for name, left, right, colour in zip(
        ("low", "peach", "hard", "star"), edges, edges[1:], colours, strict=False
    ):
        axes.barh(0, right - left, left=left, height=0.6, color=colour, edgecolor="white")
        inked = "black" if colour in {FOG, ROSE} else "white"
        axes.text(
            (left + right) / 2, 0, said[f"zone_{name}"], ha="center", va="center", color=inked
        )
    shown = min(max(ratio, 0.0), _GAUGE_END)
    axes.plot([shown], [0.48], marker="v", markersize=12, color="black")
    axes.text(shown, 0.66, f"{said['stretch']} {ratio:.2f}", ha="center")
    axes.set(yticks=[], xlim=(0, _GAUGE_END), ylim=(-0.4, 0.95))
    axes.set_xticks(edges)
    axes.spines["left"].set_visible(False)
    return drawn


def review_gantt(picture: str, language: str) -> Any:
    """Return the calendar of a goal: its span, its milestones and the reviews in between."""
    chosen = as_language(language)
    about, said = _picture("gantt", picture), words("figures", chosen)
    lanes = about.children("lanes")
    drawn, axes = figure(8.0, 0.9 + 0.55 * len(lanes))
    for row, lane in enumerate(lanes):
        first, last = (date.fromisoformat(str(day)) for day in lane.raw["span"])
        axes.barh(row, (last - first).days, left=first, height=0.34, color=TEAL)
        reviews = [date.fromisoformat(str(day)) for day in lane.raw.get("reviews", [])]
        label = said["review"] if row == 0 else None
        axes.plot(reviews, [row] * len(reviews), "D", color=INDIGO, linestyle="", label=label)
        axes.plot([last], [row], "s", color=WINE, label=said["deadline"] if row == 0 else None)
    axes.set_yticks(range(len(lanes)), [lane.text("name")[chosen] for lane in lanes])
    axes.invert_yaxis()
    axes.set_title(about.text("title")[chosen], loc="left")
    _month_axis(axes)
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return drawn


def _points(raw: Sequence[Any]) -> list[tuple[date, float]]:
    return [(date.fromisoformat(str(day)), float(value)) for day, value in raw]


def _columns(points: Sequence[tuple[date, float]]) -> tuple[list[date], list[float]]:
    return [day for day, _ in points], [value for _, value in points]


def _month_axis(axes: Any) -> None:
    from matplotlib import dates  # noqa: PLC0415 - only once a chart is drawn

    first, last = (dates.num2date(one).date() for one in axes.get_xlim())
    if last - first < timedelta(days=3):  # hours matter then, months say nothing
        axes.xaxis.set_major_formatter(dates.DateFormatter("%m-%d %H:%M"))
        return
    locator = dates.AutoDateLocator(maxticks=7)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates.DateFormatter("%Y-%m-%d"))
    axes.tick_params(axis="x", labelsize=8)


def labels_of(raw: Mapping[str, Any]) -> list[str]:
    """Return every string inside a picture's table, for the test that the font has them all."""
    found: list[str] = []
    for one in raw.values():
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, Mapping):
            found.extend(labels_of(one))
        elif isinstance(one, list):
            found.extend(labels_of({str(place): inner for place, inner in enumerate(one)}))
    return found
