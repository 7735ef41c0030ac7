"""A dashboard as laid out: a panel for each KPI with its target line, unit and period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cstrain.datasets import rows as dataset_rows
from cstrain.drawing import svg
from cstrain.goals.metrics import KpiName
from cstrain.language import Language
from cstrain.library.words import words
from cstrain.model import Exercise
from cstrain.rules.dashboard import MOST, Panel, panels_of
from cstrain.wording import shown_number

_SIZE: Final = (300, 156)
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 290, 52, 132
_MONTHS: Final = 12
_ROOM: Final = 2.5  # times the target, where the scale has no end of its own
_TEAM: Final = "T_A"  # of the sample history
_AROUND: Final = (
    '<div style="display:grid;gap:16px;'
    'grid-template-columns:repeat(auto-fit,minmax(min(270px,100%),1fr))">{}</div>'
)


@dataclass(frozen=True)
class _Plot:
    """What one panel shows, in the unit that was chosen."""

    target: float
    history: Sequence[float]
    low: float
    high: float

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return _BOTTOM - min(1.0, max(0.0, share)) * (_BOTTOM - _TOP)


def dashboard_figure(
    exercise: Exercise, answer: Mapping[str, Any], language: Language
) -> str | None:
    """Return the panels whose KPI, target and unit can be read, None while there is none."""
    field = exercise.field(exercise.drawing["field"])
    rows = answer.get(field.key)
    listed = [one for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []
    said = dict(words("figures", language))
    for column in field.params["columns"]:
        for option in column.get("options", ()):
            said[f"{column['key']}_{option['key']}"] = option["label"][language]
    drawn = [
        _panel(one, one.metric, listed[place], said, language)
        for place, one in enumerate(panels_of(listed)[: MOST + 2])
        if one.metric and one.unit and one.target is not None and one.metric.allows(one.target)
    ]
    return _AROUND.format("".join(drawn)) if drawn else None


def _panel(
    panel: Panel, metric: KpiName, row: Mapping[str, Any], said: Mapping[str, str], tongue: Language
) -> str:
    plot = _plot(panel, metric)
    unit = said[f"unit_{row['unit']}"]
    target = f"{said['target']} {_with_unit(plot.target, unit)}"
    period = said.get(f"period_{panel.period}", "")
    kind = said["role_guard"] if panel.guard else said[f"kind_{metric.kind}"]
    name = f"{metric.code} {metric.name[tongue]}"
    good = said[f"good_{metric.good}"]
    about = " · ".join(one for one in (f"({unit})", period, good) if one)
    sample = said["sample"] if plot.history else ""
    return svg.figure(
        [
            *_ground(plot, metric.good),
            *_axis(plot),
            *_line(plot),
            svg.text(4, 16, name, size=14),
            svg.text(_SIZE[0] - 4, 16, kind, anchor="end", size=12),
            svg.text(4, 34, about, size=12),
            svg.text(_RIGHT, _label_y(plot), target, anchor="end", size=12),
            svg.text(_RIGHT, _BOTTOM + 18, sample, anchor="end", size=11),
        ],
        size=_SIZE,
        title=name,
        description=" · ".join(one for one in (target, about, kind, sample) if one),
    )


def _plot(panel: Panel, metric: KpiName) -> _Plot:
    step = metric.unit.size / panel.unit.size if panel.unit else 1.0
    target = (panel.target or 0.0) * step
    history = [value * step for value in _history(metric.code)] if panel.period == "month" else []
    if history:
        values = [*history, target]
        room = (max(values) - min(values)) * 0.2 or 1.0
        return _Plot(
            target, history, max(metric.low * step, min(values) - room), max(values) + room
        )
    roomy = max(_ROOM * target, 1e-9)
    if metric.high is None:
        return _Plot(target, [], min(0.0, target), roomy if target > 0 else 1.0)
    # A small share that shall stay small would lie on the floor of the whole scale.
    top = min(metric.high * step, roomy) if metric.good == "down" else metric.high * step
    return _Plot(target, [], metric.low * step, max(top, target))


def _history(code: str) -> list[float]:
    """Return the last 12 months of the sample team, empty for a KPI without samples."""
    table = dataset_rows("goal_history")
    return [float(one["value"]) for one in table if one["metric"] == code and one["team"] == _TEAM][
        -_MONTHS:
    ]


def _ground(plot: _Plot, good: str) -> list[str]:
    """Return the good side of the target line as a shade; without one good side there is none."""
    y = plot.y(plot.target)
    sides = {"up": (_TOP, y), "down": (y, _BOTTOM)}
    if good not in sides:
        return []
    top, bottom = sides[good]
    return [svg.box(_LEFT, top, (_RIGHT - _LEFT, max(0.0, bottom - top)), "good_side")]


def _axis(plot: _Plot) -> list[str]:
    return [
        svg.line((_LEFT, _TOP), (_LEFT, _BOTTOM), "axis"),
        svg.line((_LEFT, _BOTTOM), (_RIGHT, _BOTTOM), "axis"),
        svg.text(_LEFT - 5, _TOP + 8, shown_number(round(plot.high, 2)), anchor="end", size=11),
        svg.text(_LEFT - 5, _BOTTOM + 2, shown_number(round(plot.low, 2)), anchor="end", size=11),
        svg.line((_LEFT, plot.y(plot.target)), (_RIGHT, plot.y(plot.target)), "target"),
    ]


def _line(plot: _Plot) -> list[str]:
    if not plot.history:
        return []
    step = (_RIGHT - _LEFT) / max(1, len(plot.history) - 1)
    points = [(_LEFT + at * step, plot.y(value)) for at, value in enumerate(plot.history)]
    return [svg.polyline(points, "plan")]


def _label_y(plot: _Plot) -> float:
    """Return where the target's label stands: above its line, below where there is no room."""
    y = plot.y(plot.target)
    return y - 5 if y - 5 > _TOP + 8 else y + 14


def _with_unit(number: float, unit: str) -> str:
    return f"{shown_number(round(number, 4))}{'' if unit == '%' else ' '}{unit}"
