"""A frame made ready for adding up: cleaned columns, keys, and plans that name only those."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import narwhals as nw

from cstrain.kpi.definition import Statistic
from cstrain.kpi.frame_columns import (
    Frame,
    clean,
    grouping,
    kinds_in,
    period_start,
    without_objects,
)
from cstrain.kpi.frame_neighbours import Wanted, with_neighbours
from cstrain.kpi.kinds import Kind
from cstrain.kpi.nodes import (
    TRUE,
    Column,
    Latest,
    Neighbour,
    Node,
    rebuilt,
)
from cstrain.kpi.plan import Asked, Plan


@dataclass(frozen=True)
class FlatPlan:
    """A plan whose formulas name only columns of the frame that was made ready."""

    statistic: Statistic
    scale: float
    q: float
    rows: Node
    measured: Node
    below: Node
    unit_keys: tuple[str, ...] = ()
    unit_rows: Node = TRUE

    @property
    def by_unit(self) -> bool:
        """Say whether the rows are units, such as customers, each of several rows."""
        return bool(self.unit_keys)


@dataclass(frozen=True)
class FlatTable:
    """The frame that was made ready, the names of its keys, and the plans in their order."""

    frame: Frame
    keys: tuple[str, ...]
    plans: tuple[FlatPlan, ...]


def flat_table(frame: Frame, plans: Sequence[Plan], asked: Asked) -> FlatTable:
    """Return the frame with its keys, its cleaned columns and what other rows add to them."""
    needed = dict.fromkeys(name for plan in plans for name in plan.needed())
    if asked.period and asked.at:
        needed[asked.at] = None
    frame = without_objects(frame, list(needed))
    made = _Made()
    flat = tuple(
        made.flat(plan, plan.kinds(kinds_in(frame, plan.needed(), plan.label))) for plan in plans
    )
    if not made.columns and not asked.by:  # rows without columns could not be counted
        made.column(frame.collect_schema().names()[0], "any", "KPI")
    names = tuple(f"__key{place}" for place in range(len(asked.by) + bool(asked.period)))
    dates = made.column(asked.at, "time", "period") if asked.period and asked.at else None
    frame = frame.select(
        *(grouping(frame, one).alias(name) for one, name in zip(asked.by, names, strict=False)),
        *(clean(frame, *use, made.labels[name]).alias(name) for use, name in made.columns.items()),
    )
    latest = [_latest(frame, *one) for one in made.latest.items()]
    frame = with_neighbours(frame, [Wanted(name, *one) for one, name in made.near.items()])
    for one in latest:
        frame = _beside(frame, one)
    if asked.period and dates:  # last, for what is sorted on the way should be narrow
        frame = frame.with_columns(period_start(nw.col(dates), asked.period).alias(names[-1]))
    return FlatTable(frame, names, flat)


@dataclass
class _Made:
    """The columns that are made, one for each use, however many plans share it."""

    columns: dict[tuple[str, Kind], str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)  # column -> the KPI that asked for it
    latest: dict[tuple[str, ...], str] = field(default_factory=dict)
    near: dict[tuple[bool, tuple[str, ...], str], str] = field(default_factory=dict)

    def column(self, name: str, kind: Kind, label: str) -> str:
        """Return the name of the column that is made for this use."""
        made = _named(self.columns, (name, kind), "column")
        self.labels.setdefault(made, label)
        return made

    def flat(self, plan: Plan, kinds: Mapping[str, Kind]) -> FlatPlan:
        """Return the plan with the names of the columns that are made for it."""

        def column(name: str) -> str:
            return self.column(name, kinds.get(name, "any"), plan.label)

        def change(node: Node) -> Node:
            match node:
                case Column(name):
                    return Column(column(name))
                case Latest(columns):
                    return Column(_named(self.latest, tuple(map(column, columns)), "latest"))
                case Neighbour(later, keys, time):
                    use = (later, tuple(map(column, keys)), column(time))
                    return Column(_named(self.near, use, "near"))
            return node

        return FlatPlan(
            plan.definition.statistic,
            plan.definition.scale,
            plan.q,
            rows=rebuilt(plan.rows, change),
            measured=rebuilt(plan.measured, change),
            below=rebuilt(plan.below, change),
            unit_keys=tuple(map(column, plan.unit_keys)),
            unit_rows=rebuilt(plan.unit_rows, change),
        )


def _named(names: dict[Any, str], use: Any, kind: str) -> str:
    return names.setdefault(use, f"__{kind}{len(names)}")


def _latest(frame: Frame, columns: tuple[str, ...], name: str) -> Frame:
    """Return a frame of one cell, the latest time of all these columns."""
    tops = frame.select(*(nw.col(one).max() for one in columns))
    top = nw.max_horizontal(*columns) if len(columns) > 1 else nw.col(*columns)
    return tops.select(top.alias(name))


def _beside(frame: Frame, cell: Frame) -> Frame:
    """Return the frame with the one cell repeated in every row."""
    if isinstance(frame, nw.LazyFrame):
        return frame.join(cast("Any", cell), how="cross")
    name, value = cell.columns[0], cast("Any", cell).item()
    missing = cast("Any", cell).get_column(name).null_count() == 1
    literal = nw.lit(None, nw.Datetime("us")) if missing else nw.lit(value)
    return frame.with_columns(literal.alias(name))
