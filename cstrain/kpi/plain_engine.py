"""Computes a KPI on plain rows with the standard library alone, as it runs in a browser."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cstrain.kpi.cells import (
    Row,
    actual_kind,
    cleaned,
    is_missing,
    period_start,
)
from cstrain.kpi.errors import KpiError
from cstrain.kpi.kinds import kind_of_value
from cstrain.kpi.nodes import Column, Latest, Neighbour, Node, PerUnit, is_condition, walk
from cstrain.kpi.plain_formula import reader
from cstrain.kpi.plan import Asked, Plan
from cstrain.kpi.value import RowPart, Value, Why

Key = tuple[Any, ...]


@dataclass(frozen=True)
class _Table:
    """Columns as lists, and for every row its group and how many rows of the table it is."""

    cells: Mapping[Node, Sequence[Any]]
    keys: Sequence[Key]
    weights: Sequence[int]  # rows of the table in this row
    counting: Sequence[int]  # those of them that may count


def compute(rows: Sequence[Row], plan: Plan, asked: Asked) -> list[Value]:
    """Return the KPI of every group, sorted, missing keys last; of all rows without groups."""
    table = _read(rows, plan, asked)
    if plan.unit_keys:
        table = _units(table, plan)
    groups: dict[Key, list[int]] = defaultdict(list)
    for place, key in enumerate(table.keys):
        groups[key].append(place)
    if not groups and not (asked.by or asked.period):
        groups[()] = []
    names = [*asked.by, *(["period"] if asked.period else [])]
    summed = _Summed(plan, table)
    return [
        summed.value(groups[key], dict(zip(names, key, strict=True)))
        for key in sorted(groups, key=_in_order)
    ]


def parts(rows: Sequence[Row], plan: Plan, asked: Asked) -> list[RowPart]:
    """Return row by row what it adds to the KPI; rows put together to units have no such parts."""
    if plan.unit_keys:
        allowed = "a KPI of single rows"
        raise KpiError(plan.label, found="rows put together to units", allowed=allowed)
    summed = _Summed(plan, _read(rows, plan, asked))
    return [RowPart(*summed.part(place)) for place in range(len(rows))]


def quantile(values: Sequence[float], q: float) -> float:
    """Return the quantile by linear interpolation between the sorted values (type 7).

    >>> quantile([4, 1, 2, 3], 0.5)
    2.5
    """
    ordered = sorted(values)
    place = (len(ordered) - 1) * q
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


class _Summed:
    """The formulas of a plan over a table, ready to be added up for any rows."""

    def __init__(self, plan: Plan, table: _Table) -> None:
        self.plan, self.table = plan, table
        self.rows = reader(plan.rows, table.cells)
        self.below = reader(plan.below, table.cells)
        self.above = reader(plan.measured, table.cells)
        self.above_holds = is_condition(plan.measured)
        self.below_holds = is_condition(plan.below)

    def value(self, places: Iterable[int], group: Mapping[str, Any]) -> Value:
        """Return what the rows at these places come to."""
        above, below, rows, counted = [], [], 0, 0
        for place in places:
            rows += self.table.weights[place]
            one, other, why = self.part(place)
            if why:
                continue
            counted += self.table.counting[place]
            above.append(one)
            below.append(other)
        return _STATISTICS[self.plan.definition.statistic](
            self, above, below, (rows, rows - counted, group)
        )

    def part(self, place: int) -> tuple[Any, Any, Why]:
        """Return what a row adds above and below the line, or why it does not count."""
        if not (self.table.counting[place] and self.rows(place)):
            return None, None, "rows"
        one, other = self.above(place), self.below(place)
        if one is None or other is None:
            return one, other, "missing"
        return one, other, "below" if self.below_holds and not other else ""

    def ratio(self, above: list[Any], below: list[Any], rest: Any) -> Value:
        """Return the ratio of the sums."""
        numerator = sum(above) if self.above_holds else math.fsum(above)
        denominator = sum(below) if self.below_holds else math.fsum(below)
        value = self.plan.definition.scale * numerator / denominator if denominator else None
        return Value(numerator, denominator, value, *rest)

    def count(self, above: list[Any], _: list[Any], rest: Any) -> Value:
        """Return how many rows the condition holds in, or the sum of a number."""
        total = sum(above) if self.above_holds else math.fsum(above)
        return Value(total, None, self.plan.definition.scale * total, *rest)

    def quantile(self, values: list[Any], _: list[Any], rest: Any) -> Value:
        """Return the quantile of the values."""
        value = self.plan.definition.scale * quantile(values, self.plan.q) if values else None
        return Value(None, len(values), value, *rest)

    def max(self, values: list[Any], _: list[Any], rest: Any) -> Value:
        """Return the largest value."""
        value = self.plan.definition.scale * max(values) if values else None
        return Value(None, len(values), value, *rest)


_STATISTICS: Final[dict[str, Callable[..., Value]]] = {
    "ratio": _Summed.ratio,
    "count": _Summed.count,
    "quantile": _Summed.quantile,
    "max": _Summed.max,
}


def _read(rows: Sequence[Row], plan: Plan, asked: Asked) -> _Table:
    """Return the columns the plan needs, cleaned, with what it derives from other rows."""
    actual = {name: actual_kind(rows, name, f"{plan.label}, {name}") for name in plan.needed()}
    kinds = plan.kinds(actual)
    cells: dict[Node, Sequence[Any]] = {
        Column(name): cleaned(rows, name, kinds.get(name, "any"), plan.label)
        for name in plan.needed()
    }
    for part in dict.fromkeys(plan.parts()):
        if isinstance(part, Latest):
            times = [one for name in part.columns for one in cells[Column(name)] if one is not None]
            cells[part] = [max(times, default=None)] * len(rows)
        elif isinstance(part, Neighbour):
            cells[part] = _neighbours(part, cells)
    keys = [
        tuple(None if is_missing(row.get(one)) else row[one] for one in asked.by) for row in rows
    ]
    if asked.period and asked.at:
        dates = cleaned(rows, asked.at, "time", "period")
        starts = [period_start(one, asked.period) for one in dates]
        keys = [(*key, start) for key, start in zip(keys, starts, strict=True)]
    return _Table(cells, keys, [1] * len(rows), [1] * len(rows))


def _neighbours(part: Neighbour, cells: Mapping[Node, Sequence[Any]]) -> list[Any]:
    """Return for every row the strictly later (earlier) time with the same keys; None: none."""
    times = cells[Column(part.time)]
    keys = list(zip(*(cells[Column(one)] for one in part.keys), strict=True))
    whole = [time is not None and None not in key for time, key in zip(times, keys, strict=True)]
    by_key: dict[Key, list[Any]] = defaultdict(list)
    for time, key, good in zip(times, keys, whole, strict=True):
        if good:
            by_key[key].append(time)
    for listed in by_key.values():
        listed.sort()
    found: list[Any] = [None] * len(times)
    for place, good in enumerate(whole):
        if not good:
            continue
        listed = by_key[keys[place]]
        if part.later:
            index = bisect_right(listed, times[place])
            found[place] = listed[index] if index < len(listed) else None
        else:
            index = bisect_left(listed, times[place])
            found[place] = listed[index - 1] if index else None
    return found


def _units(table: _Table, plan: Plan) -> _Table:
    """Return the table with one row a unit; a unit whose keys are missing cannot count."""
    may_count = reader(plan.unit_rows, table.cells)
    own = list(zip(*(table.cells[Column(one)] for one in plan.unit_keys), strict=True))
    units: dict[tuple[Key, Key], list[int]] = defaultdict(list)
    for place, key in enumerate(table.keys):
        units[key, own[place]].append(place)
    used = [
        [place for place in places if None not in unit and may_count(place)]
        for (_, unit), places in units.items()
    ]
    aggregates = {
        part for node in plan.formulas for part in walk(node) if isinstance(part, PerUnit)
    }
    return _Table(
        cells={one: [_aggregate(one, table, places) for places in used] for one in aggregates},
        keys=[key for key, _ in units],
        weights=[len(places) for places in units.values()],
        counting=[len(places) for places in used],
    )


def _aggregate(part: PerUnit, table: _Table, places: Sequence[int]) -> Any:
    if part.of is None:
        return len(places)
    value = reader(part.of, table.cells)
    known = [one for one in map(value, places) if one is not None]
    if part.function == "sum":
        return math.fsum(known)
    if part.function == "distinct":
        return len(set(known))
    return {"min": min, "max": max}[part.function](known, default=None)


def _in_order(key: Key) -> tuple[Any, ...]:
    return tuple((one is None, "" if one is None else kind_of_value(one), one) for one in key)
