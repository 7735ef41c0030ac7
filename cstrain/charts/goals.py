"""Pictures of goals: progress with milestones, the stretch gauge, the reviews, the tree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from cstrain.charts.picture import Drawing, Picture, entry, labels
from cstrain.charts.style import FOG, GREY, INDIGO, ROSE, TEAL, WINE, figure
from cstrain.drawing.goal_tree import tree_svg
from cstrain.goals.stretch import FULL, HARD, LOW, stretch_reading
from cstrain.language import as_language

_GAUGE: Final = (-0.5, 2.2)  # wrong way and star have no end; the gauge stops here
_ZONES: Final = ("wrong_way", "low", "peach", "hard", "star")
_PAINT: Final = (FOG, "#B8C4CC", TEAL, ROSE, WINE)


def progress_chart(picture: str, language: str) -> Picture:
    """Return the way of a figure: baseline, milestones, what happened, and the fog between.

    The fog is the time in which nothing told the team how far it had come.
    """
    chosen = as_language(language)
    about, said = entry("progress", picture), labels(chosen)
    raw, unit = about.raw, str(about.raw["unit"])
    start, target = _points([raw["start"], raw["target"]])
    drawn, axes = figure()
    if "fog" in raw:
        first, last = (date.fromisoformat(day) for day in raw["fog"])
        axes.axvspan(first, last, color=FOG, label=said["fog"])
    level = f"{said['baseline']} {start[1]:g}{unit}"
    axes.axhline(start[1], color=GREY, linestyle=":", label=level)
    level = f"{said['target']} {target[1]:g}{unit}"
    axes.axhline(target[1], color=TEAL, linestyle="--", label=level)
    if raw["milestones"]:
        plan = _columns([start, *_points(raw["milestones"]), target])
        axes.plot(*plan, color=INDIGO, marker="D", linewidth=1.2, label=said["milestone"])
    axes.plot(*_columns(_points(raw["actual"])), color=WINE, marker="o", label=said["actual"])
    axes.set_title(about.text("name")[chosen], loc="left")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}{unit}")
    _finish_days(axes)
    return Picture(drawn, about.text("alt")[chosen])


def stretch_gauge(picture: str, language: str) -> Picture:
    """Return the scale of the stretch ratio with the zones, and where each target lies on it."""
    chosen = as_language(language)
    about, said = entry("stretch", picture), labels(chosen)
    unit = about.text("unit")[chosen]
    drawn, axes = figure(8.0, 2.4)
    edges = [_GAUGE[0], 0.0, LOW, FULL, HARD, _GAUGE[1]]
    for place, (name, colour) in enumerate(zip(_ZONES, _PAINT, strict=True)):
        left, right = edges[place], edges[place + 1]
        axes.barh(0, right - left, left=left, height=0.5, color=colour, edgecolor="white")
        raised = 0.0 if name != "low" else -0.45  # the narrow zone has its name below
        ink = "white" if colour in {TEAL, WINE} else "black"
        axes.text((left + right) / 2, raised, said[name], ha="center", va="center", color=ink)
    for target in about.raw["targets"]:
        history, direction = about.raw["history"], about.raw["direction"]
        ratio = stretch_reading(history, target, direction).ratio or 0.0
        axes.plot([ratio], [0.36], marker="v", markersize=10, color="black")
        axes.text(ratio, 0.52, f"{target:g}{unit}\n{ratio:.2f}", ha="center", va="bottom")
    axes.set(yticks=[], xlim=_GAUGE, ylim=(-0.6, 1.15), xlabel=said["stretch_ratio"])
    axes.set_xticks(edges[1:-1])
    axes.spines["left"].set_visible(False)
    axes.set_title(about.text("name")[chosen], loc="left")
    return Picture(drawn, about.text("alt")[chosen])


def review_gantt(picture: str, language: str) -> Picture:
    """Return the time line of a goal: its span, its milestones, its reviews, its deadline."""
    chosen = as_language(language)
    about, said = entry("reviews", picture), labels(chosen)
    raw, unit = about.raw, about.text("unit")[chosen]
    start, deadline = _points([raw["start"], raw["deadline"]])
    reviews = [date.fromisoformat(day) for day in raw["reviews"]]
    milestones = _points(raw["milestones"])
    drawn, axes = figure(8.0, 2.6)
    axes.barh(1, (deadline[0] - start[0]).days, left=start[0], height=0.28, color=FOG)
    days = [day for day, _ in milestones]
    axes.plot(days, [1] * len(days), "D", color=INDIGO, label=said["milestone"])
    for day, value in [start, *milestones, deadline]:
        axes.annotate(
            f"{value:g}{unit}", (day, 1), (0, 11), textcoords="offset points", ha="center"
        )
    axes.plot([deadline[0]], [1], "s", color=WINE, label=said["deadline"])
    axes.plot(reviews, [0] * len(reviews), "o", color=TEAL, label=said["review"])
    for day in reviews:
        label = f"{day.month}-{day.day}"
        axes.annotate(label, (day, 0), (0, -16), textcoords="offset points", ha="center")
    axes.set(yticks=[], ylim=(-0.6, 1.6))
    axes.spines["left"].set_visible(False)
    axes.set_title(about.text("name")[chosen], loc="left")
    _finish_days(axes)
    return Picture(drawn, about.text("alt")[chosen])


def goal_tree(picture: str, language: str) -> Drawing:
    """Return a goal tree with its three kinds of trouble marked and said."""
    chosen = as_language(language)
    about, said = entry("tree", picture), labels(chosen)
    goals = [{**one.raw, "label": one.text("label")[chosen]} for one in about.children("goals")]
    marks = {key: text[chosen] for key, text in about.texts("marks").items()}
    alt = about.text("alt")[chosen]
    svg = tree_svg(goals, said, marks, title=about.text("name")[chosen], description=alt)
    return Drawing(svg, alt)


def _points(raw: Sequence[Any]) -> list[tuple[date, float]]:
    return [(date.fromisoformat(str(day)), float(value)) for day, value in raw]


def _columns(points: Sequence[tuple[date, float]]) -> tuple[list[date], list[float]]:
    return [day for day, _ in points], [value for _, value in points]


def _finish_days(axes: Any) -> None:
    import matplotlib.dates  # noqa: PLC0415 - only once a chart is drawn

    dates: Any = matplotlib.dates  # Matplotlib's date classes carry no types

    axes.xaxis.set_major_locator(dates.AutoDateLocator(maxticks=7))
    axes.xaxis.set_major_formatter(dates.DateFormatter("%Y-%m-%d"))
    axes.tick_params(axis="x", labelsize=8)
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
