"""A goal tree as SVG: a column per level, a box per goal, a line to its parent, its troubles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from cstrain.drawing import svg
from cstrain.goals.goal_tree import conflicts, late_children, orphans
from cstrain.goals.metrics import relations

_LEVELS: Final = ("company", "department", "team", "person")
_BOX: Final = (196, 60)
_COLUMN, _ROW, _TOP = 236, 76, 40
Goal = Mapping[str, Any]
Place = tuple[float, float]


def tree_svg(
    goals: Sequence[Goal],
    levels: Mapping[str, str],
    marks: Mapping[str, str],
    *,
    title: str,
    description: str,
) -> str:
    """Return the tree as SVG.

    Goals have goal_id, level, parent_id, label, metric, direction, guard_metric and deadline;
    `levels` names the levels, `marks` the troubles orphan, late and conflict.
    """
    used = [one for one in _LEVELS if any(goal["level"] == one for goal in goals)]
    places = _places(goals, used)
    heads = [svg.text(column * _COLUMN + 8, 22, levels[level]) for column, level in enumerate(used)]
    joins = [
        _join(places[str(one["parent_id"])], places[str(one["goal_id"])])
        for one in goals
        if one["parent_id"] in places
    ]
    troubles = _troubles(goals, marks)
    boxes = [_goal(one, places, troubles) for one in goals]
    height = int(max(y for _, y in places.values()) + _BOX[1] + 10)
    return svg.figure(
        [*heads, *joins, *boxes],
        size=(_COLUMN * len(used), height),
        title=title,
        description=description,
    )


def _troubles(goals: Sequence[Goal], marks: Mapping[str, str]) -> dict[str, str]:
    rows = [dict(one) for one in goals]
    found = dict.fromkeys(orphans(rows), marks["orphan"])
    found |= dict.fromkeys(late_children(rows), marks["late"])
    for pair in conflicts(rows, relations().conflicts):
        one, other = sorted(pair)
        found |= {one: f"{marks['conflict']} {other}", other: f"{marks['conflict']} {one}"}
    return found


def _places(goals: Sequence[Goal], used: Sequence[str]) -> dict[str, Place]:
    """Put leaves below each other and every parent at the middle of its children."""
    known = {str(one["goal_id"]) for one in goals}
    children: dict[str, list[Goal]] = {}
    for one in goals:
        parent = str(one["parent_id"])
        children.setdefault(parent if parent in known else "", []).append(one)
    places: dict[str, Place] = {}
    row = 0

    def place(goal: Goal) -> float:
        nonlocal row
        name = str(goal["goal_id"])
        below = [place(child) for child in children.get(name, [])]
        middle = sum(below) / len(below) if below else row
        row += not below
        places[name] = (used.index(str(goal["level"])) * _COLUMN + 4, _TOP + middle * _ROW)
        return middle

    for top in children.get("", []):
        place(top)
    return places


def _join(parent: Place, child: Place) -> str:
    start = (parent[0] + _BOX[0], parent[1] + _BOX[1] / 2)
    end = (child[0], child[1] + _BOX[1] / 2)
    middle = (start[0] + end[0]) / 2
    return svg.polyline([start, (middle, start[1]), (middle, end[1]), end], "join")


def _goal(goal: Goal, places: Mapping[str, Place], troubles: Mapping[str, str]) -> str:
    name = str(goal["goal_id"])
    x, y = places[name]
    trouble = troubles.get(name, "")
    parts = [
        svg.box(x, y, _BOX, "trouble" if trouble else "goal"),
        svg.text(x + 8, y + 18, f"{name} {goal['label']}", size=12),
        svg.text(x + 8, y + 35, goal["deadline"], size=11),
    ]
    if trouble:
        parts.append(svg.text(x + 8, y + 52, f"⚠ {trouble}", size=11))
    return "".join(parts)
