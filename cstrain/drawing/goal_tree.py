"""A goal tree as SVG: a column per level, a box per goal, a line to its parent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from cstrain.drawing import svg
from cstrain.goals.metrics import METRICS
from cstrain.language import Language
from cstrain.library.words import words

_LEVELS: Final = ("company", "department", "team", "person")
_BOX: Final = (150, 46)
_COLUMN, _ROW, _TOP = 200, 62, 50
_ARROWS: Final = {"up": "↑", "down": "↓"}
Goal = Mapping[str, Any]


def goal_tree(goals: Sequence[Goal], language: Language) -> str:
    """Return the tree; goals have goal_id, level, parent_id, metric, direction and deadline.

    A goal whose parent is missing gets a dashed box and is said to have none.
    """
    said = words("figures", language)
    places = _places(goals)
    known = {str(one["goal_id"]) for one in goals}
    width = _COLUMN * len(_LEVELS)
    height = _TOP + _ROW * max(1, len(goals) - _inner(goals))
    heads = [
        svg.text(column * _COLUMN + _BOX[0] / 2 + 8, 24, said[f"level_{level}"], anchor="middle")
        for column, level in enumerate(_LEVELS)
    ]
    joins = [
        _join(places[str(one["parent_id"])], places[str(one["goal_id"])])
        for one in goals
        if str(one.get("parent_id") or "") in known
    ]
    boxes = [_goal(one, places, known, said["no_parent"], language) for one in goals]
    names = ", ".join(str(one["goal_id"]) for one in goals)
    return svg.figure(
        [*heads, *joins, *boxes],
        size=(width, height + 10),
        title=said["tree_title"],
        description=names,
    )


def _inner(goals: Sequence[Goal]) -> int:
    parents = {str(one.get("parent_id") or "") for one in goals}
    return sum(str(one["goal_id"]) in parents for one in goals)


def _places(goals: Sequence[Goal]) -> dict[str, tuple[float, float]]:
    """Put leaves below each other and every parent at the middle of its children."""
    known = {str(one["goal_id"]) for one in goals}
    children: dict[str, list[Goal]] = {}
    for one in goals:
        parent = str(one.get("parent_id") or "")
        children.setdefault(parent if parent in known else "", []).append(one)
    places: dict[str, tuple[float, float]] = {}
    row = 0.0

    def place(goal: Goal) -> float:
        nonlocal row
        name = str(goal["goal_id"])
        below = [place(child) for child in children.get(name, [])]
        y = sum(below) / len(below) if below else row
        row += 0 if below else 1
        places[name] = (_LEVELS.index(str(goal["level"])) * _COLUMN + 8, _TOP + y * _ROW)
        return y

    for top in children.get("", []):
        place(top)
    return places


def _join(parent: tuple[float, float], child: tuple[float, float]) -> str:
    start = (parent[0] + _BOX[0], parent[1] + _BOX[1] / 2)
    end = (child[0], child[1] + _BOX[1] / 2)
    middle = (start[0] + end[0]) / 2
    return svg.polyline([start, (middle, start[1]), (middle, end[1]), end], "join")


def _goal(
    goal: Goal,
    places: Mapping[str, tuple[float, float]],
    known: set[str],
    none: str,
    language: Language,
) -> str:
    x, y = places[str(goal["goal_id"])]
    metric = METRICS[str(goal["metric"])].name[language]
    arrow = _ARROWS.get(str(goal["direction"]), "")
    orphan = goal["level"] != "company" and str(goal.get("parent_id") or "") not in known
    lines = svg.text(x + 8, y + 19, f"{goal['goal_id']} {metric} {arrow}")
    lines += svg.text(x + 8, y + 37, none if orphan else goal["deadline"], size=11)
    return svg.box(x, y, _BOX, "orphan" if orphan else "goal") + lines
