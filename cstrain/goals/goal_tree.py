"""A tree of goals: goals without a parent, children later than it, goals that fight each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any, Final, Literal, cast

LEVELS: Final = ("company", "department", "team", "person")
Row = Mapping[str, Any]
Aim = tuple[str, str]  # metric code and direction
Levels = Literal["below_company", "all", "team_person"]
Parent = Literal["empty_or_missing", "empty"]
Late = Literal["later", "later_or_same"]
Under = Literal["same", "any"]
Guard = Literal["either", "both", "ignored"]
_NEEDY: Final[Mapping[Levels, tuple[str, ...]]] = {
    "below_company": LEVELS[1:],
    "all": LEVELS,
    "team_person": LEVELS[2:],
}


def rows_of(tree: Any) -> list[Row]:
    """Return the rows of a list of mappings or of a frame that knows to_dict("records")."""
    records = tree.to_dict("records") if hasattr(tree, "to_dict") else tree
    return [cast("Row", one) for one in records if isinstance(one, Mapping)]


def orphans(
    tree: Any, *, levels: Levels = "below_company", parent: Parent = "empty_or_missing"
) -> set[str]:
    """Return the ids of goals that need a parent and have none in the tree.

    >>> sorted(orphans([{"goal_id": "G1", "level": "company", "parent_id": ""},
    ...                 {"goal_id": "G2", "level": "team", "parent_id": "G1"},
    ...                 {"goal_id": "G3", "level": "team", "parent_id": "G9"}]))
    ['G3']
    """
    rows = rows_of(tree)
    known = {text_of(row, "goal_id") for row in rows}
    found = set()
    for row in rows:
        above = text_of(row, "parent_id")
        alone = not above or (parent == "empty_or_missing" and above not in known)
        if alone and text_of(row, "level") in _NEEDY[levels]:
            found.add(text_of(row, "goal_id"))
    return found


def late_children(tree: Any, *, late: Late = "later") -> set[str]:
    """Return the ids of goals whose deadline is after their parent's; the same day is fine.

    >>> late_children([{"goal_id": "G1", "parent_id": "", "deadline": "2026-06-30"},
    ...                {"goal_id": "G2", "parent_id": "G1", "deadline": "2026-07-01"}])
    {'G2'}
    """
    rows = rows_of(tree)
    deadlines = {text_of(row, "goal_id"): day_of(row.get("deadline")) for row in rows}
    found = set()
    for row in rows:
        own = day_of(row.get("deadline"))
        above = deadlines.get(text_of(row, "parent_id"))
        if own and above and (own > above or (late == "later_or_same" and own == above)):
            found.add(text_of(row, "goal_id"))
    return found


def conflicts(
    tree: Any,
    pairs: Iterable[Sequence[Sequence[str]]],
    *,
    under: Under = "same",
    guard: Guard = "either",
) -> set[frozenset[str]]:
    """Return the unordered pairs of ids under one parent whose aims pull against each other.

    `pairs` holds pairs of (metric, direction). A guard metric of either goal excuses both.

    >>> tree = [{"goal_id": "A", "parent_id": "G1", "metric": "AHT", "direction": "down"},
    ...         {"goal_id": "B", "parent_id": "G1", "metric": "FCR", "direction": "up"}]
    >>> [sorted(pair) for pair in conflicts(tree, [(("AHT", "down"), ("FCR", "up"))])]
    [['A', 'B']]
    """
    known = {frozenset((aim[0], aim[1]) for aim in pair) for pair in pairs}
    return {
        frozenset((text_of(one, "goal_id"), text_of(other, "goal_id")))
        for one, other in combinations(rows_of(tree), 2)
        if frozenset((aim_of(one), aim_of(other))) in known
        and (under == "any" or _same_parent(one, other))
        and not _excused(one, other, guard)
    }


def aim_of(row: Row) -> Aim:
    """Return metric code and direction of a goal."""
    return text_of(row, "metric"), text_of(row, "direction")


def text_of(row: Row, key: str) -> str:
    """Return a cell as trimmed text; a missing one and the NaN of a frame are empty."""
    value = row.get(key)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return str(value).strip()


def day_of(value: Any) -> date | None:
    """Return a date from a date, a time stamp or ISO text; None for anything else."""
    try:
        text = value if isinstance(value, str) else value.isoformat()
        return date.fromisoformat(text.strip()[:10])
    except (AttributeError, TypeError, ValueError):
        return None


def _same_parent(one: Row, other: Row) -> bool:
    return text_of(one, "parent_id") == text_of(other, "parent_id") != ""


def _excused(one: Row, other: Row, guard: Guard) -> bool:
    if guard == "ignored":
        return False
    guarded = [bool(text_of(row, "guard_metric")) for row in (one, other)]
    return all(guarded) if guard == "both" else any(guarded)
