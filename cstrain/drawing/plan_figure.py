"""A milestone plan as a figure: the learner's points, the baseline and the target line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cstrain.drawing import svg
from cstrain.goals.amounts import on_scale
from cstrain.html import escape
from cstrain.language import Language
from cstrain.library.words import words
from cstrain.model import Exercise
from cstrain.text.dates import parse_date

_SIZE: Final = (640, 300)
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 616, 34, 250
_Point = tuple[date, float]


@dataclass(frozen=True)
class _Scale:
    """Turns (day, value) into pixels."""

    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return _LEFT + share * (_RIGHT - _LEFT)

    def y(self, value: float) -> float:
        return _BOTTOM - (value - self.low) / (self.high - self.low) * (_BOTTOM - _TOP)


def plan_figure(exercise: Exercise, answer: Mapping[str, Any], language: Language) -> str | None:
    """Return the plan as SVG, None while no row can be read as a date and a value.

    `exercise.drawing` gives the field of the rows, start and target as [ISO date, value], unit.
    """
    about = exercise.drawing
    start, target = _fixed(about["start"]), _fixed(about["target"])
    unit = str(about.get("unit", ""))
    points = _points(answer.get(about["field"]), start[0], unit)
    if not points:
        return None
    said = words("figures", language)
    scale = _scale([start, target, *points])
    ends = [_ends(start, scale, f"{said['baseline']} {start[1]:g}{unit}", "baseline")]
    ends.append(_ends(target, scale, f"{said['target']} {target[1]:g}{unit}", "target"))
    listed = "; ".join(f"{day.isoformat()} {value:g}{unit}" for day, value in points)
    return svg.figure(
        [*ends, *_axis(scale, start[0], target[0]), *_plan(start, points, scale)],
        size=_SIZE,
        title=said["plan_title"],
        description=f"{said['plan_points']} {listed}",
    )


def _fixed(raw: Sequence[Any]) -> _Point:
    return date.fromisoformat(str(raw[0])), float(raw[1])


def _points(rows: Any, today: date, unit: str) -> list[_Point]:
    points: list[_Point] = []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, Mapping):
            day = parse_date(str(row.get("date", "")), today)
            value = on_scale(row.get("value"), unit)
            if day and value is not None:
                points.append((day, value))
    return sorted(points)


def _scale(points: Sequence[_Point]) -> _Scale:
    days, values = [day for day, _ in points], [value for _, value in points]
    room = (max(values) - min(values)) * 0.15 or 1.0
    return _Scale(min(days), max(days), min(values) - room, max(values) + room)


def _ends(point: _Point, scale: _Scale, label: str, paint: str) -> str:
    y = scale.y(point[1])
    rule = svg.line((_LEFT, y), (_RIGHT, y), paint)
    # A plan leaves the baseline on the left and meets the target on the right: the labels stand
    # on the free sides.
    if paint == "baseline":
        return rule + svg.text(_RIGHT, y - 6, label, anchor="end")
    return rule + svg.text(_LEFT + 4, y - 6, label)


def _axis(scale: _Scale, start: date, end: date) -> list[str]:
    floor = svg.line((_LEFT, _BOTTOM), (_RIGHT, _BOTTOM), "axis")
    marks = [(start, "start"), (end, "end" if end == scale.last else "middle")]
    days = (
        svg.line((scale.x(day), _BOTTOM), (scale.x(day), _BOTTOM + 5), "axis")
        + svg.text(scale.x(day), _BOTTOM + 34, day.isoformat(), anchor=anchor)
        for day, anchor in marks
    )
    return [floor, *days]


def _plan(start: _Point, points: Sequence[_Point], scale: _Scale) -> list[str]:
    placed = [(scale.x(day), scale.y(value)) for day, value in [start, *points]]
    dots = [svg.dot(x, y, "point") for x, y in placed[1:]]
    values = [
        svg.text(x, y + 20, escape(f"{value:g}"), anchor="middle")
        + svg.text(x, _BOTTOM + 17, f"{day.month}-{day.day}", anchor="middle")
        for (x, y), (day, value) in zip(placed[1:], points, strict=True)
    ]
    return [svg.polyline(placed, "plan"), *dots, *values]
