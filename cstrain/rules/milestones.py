"""The rules for a plan of milestones, typed as rows of date and value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cstrain.goals.amounts import on_scale
from cstrain.goals.milestones import LEAST, Plan, Point, beyond, inside, steps_back
from cstrain.model import Item
from cstrain.rules.base import Asked, Ruling
from cstrain.text.dates import parse_date


@dataclass(frozen=True)
class _Row:
    """One typed row: what stands in it, and the point it means when it can be read."""

    key: str
    words: str
    day: date | None
    value: float | None

    @property
    def point(self) -> Point | None:
        """Return the point, None while date or value is missing."""
        return None if self.day is None or self.value is None else (self.day, self.value)

    def item(self, fault: str = "") -> Item:
        """Return the finding on this row; without a fault it is fine."""
        facts = {"label": self.key, "words": self.words}
        return Item(self.key, "failed" if fault else "passed", fault or "mark_right", facts)


def milestone_count(asked: Asked) -> Ruling:
    """Give a share for each readable mark up to `least` (3); two marks on one day are one."""
    least = int(asked.params.get("least", LEAST))
    _, rows = _read(asked)
    count = len({row.day for row in rows if row.point})
    facts = {"count": count, "least": least}
    odd = tuple(row.item(_unread(row)) for row in rows if not row.point)
    code = "count_right" if count >= least else "count_few"
    return Ruling(min(count, least) / least, code, facts, odd)


def milestone_monotone(asked: Asked) -> Ruling:
    """Pass when at least two marks come strictly nearer to the target, one after the other."""
    plan, rows = _read(asked)
    if len(plan.marks) < 2:
        return Ruling(0.0, "monotone_few", {"count": len(plan.marks)})
    items = _faulty(rows, steps_back(plan), "mark_back")
    return Ruling(0.0 if items else 1.0, "monotone_not" if items else "monotone_right", {}, items)


def milestone_dates(asked: Asked) -> Ruling:
    """Give the share of marks dated strictly between start and deadline."""
    plan, rows = _read(asked)
    outside = [mark for mark in plan.marks if mark not in inside(plan)]
    return _share(plan, _faulty(rows, outside, "mark_outside"), "dates")


def milestone_target(asked: Asked) -> Ruling:
    """Give the share of marks that do not lie beyond the target."""
    plan, rows = _read(asked)
    return _share(plan, _faulty(rows, beyond(plan), "mark_beyond"), "target")


def milestone_figure(asked: Asked) -> Ruling:
    """Give the share of rows that can be drawn; baseline and target line are always drawn."""
    plan, rows = _read(asked)
    odd = tuple(row.item(_unread(row)) for row in rows if not row.point)
    facts = {"count": len(plan.marks), "all": len(rows)}
    code = "figure_part" if odd else "figure_right"
    return Ruling(len(plan.marks) / len(rows) if rows else 0.0, code, facts, odd)


def _share(plan: Plan, faulty: tuple[Item, ...], name: str) -> Ruling:
    if not plan.marks:
        return Ruling(0.0, "no_marks")
    facts = {"count": len(faulty), "all": len(plan.marks)}
    share = max(0.0, 1 - len(faulty) / len(plan.marks))
    return Ruling(share, f"{name}_not" if faulty else f"{name}_right", facts, faulty)


def _faulty(rows: Sequence[_Row], marks: Sequence[Point], code: str) -> tuple[Item, ...]:
    bad = set(marks)
    return tuple(row.item(code) for row in rows if row.point in bad)


def _unread(row: _Row) -> str:
    if row.day is None:
        return "mark_no_day"
    return "mark_no_value"


def _read(asked: Asked) -> tuple[Plan, list[_Row]]:
    about = asked.params
    start, deadline = _day(about["start"]), _day(about["deadline"])
    unit = str(about.get("unit", "%"))
    rows = [_row(place, one, start, unit) for place, one in enumerate(asked.value or (), start=1)]
    marks = tuple(row.point for row in rows if row.point)
    ends = float(about["baseline"]), float(about["target"])
    return Plan(start, deadline, *ends, marks), rows


def _row(place: int, typed: Mapping[str, Any], today: date, unit: str) -> _Row:
    day, value = (str(typed.get(key) or "").strip() for key in ("date", "value"))
    words = " · ".join(one for one in (day, value) if one)
    found = parse_date(day, today) if day else None
    return _Row(str(place), words, found, on_scale(value, unit))


def _day(fixed: Any) -> date:
    return fixed if isinstance(fixed, date) else date.fromisoformat(str(fixed))
