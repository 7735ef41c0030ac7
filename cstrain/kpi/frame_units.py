"""Rows of a frame put together to units first, such as the orders of a customer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, cast

import narwhals as nw

from cstrain.kpi.folding import folded
from cstrain.kpi.frame_columns import Frame
from cstrain.kpi.frame_formula import expression
from cstrain.kpi.frame_table import FlatPlan, FlatTable
from cstrain.kpi.nodes import All, Column, Compare, Const, Known, Node, PerUnit, rebuilt, walk

UNIT_ROWS: Final = "__unit_rows"  # rows of the table in the unit
UNIT_USED: Final = "__unit_used"  # those of them that may count
_COUNT: Final = PerUnit("count", None)


def units(table: FlatTable, plan: FlatPlan) -> tuple[Frame, FlatPlan]:
    """Return one row a unit and group, and the plan over those rows.

    A unit whose keys are missing, or none of whose rows may count, does not count itself.
    """
    parts = {part for node in _formulas(plan) for part in walk(node) if isinstance(part, PerUnit)}
    names = {_COUNT: UNIT_USED}
    for place, part in enumerate(sorted(parts - {_COUNT}, key=repr)):
        names[part] = f"__unit{place}"
    whole = (Known(Column(one), wanted=True) for one in plan.unit_keys)
    used = expression(folded(All((plan.unit_rows, *whole))))
    keys = [*table.keys, *plan.unit_keys]
    values = [nw.when(used).then(_value(part)).alias(name) for part, name in names.items()]
    totals = [total for part, name in names.items() for total in _totals(part, name)]
    grouped = cast("Any", table.frame).select(*keys, *values).group_by(*keys)
    frame = grouped.agg(*totals, nw.len().alias(UNIT_ROWS))
    distinct = [_without_null(name) for part, name in names.items() if part.function == "distinct"]
    frame = frame.with_columns(*distinct) if distinct else frame

    def change(node: Node) -> Node:
        return Column(names[node]) if isinstance(node, PerUnit) else node

    rows, measured, below = (rebuilt(one, change) for one in _formulas(plan))
    counts = Compare(">", Column(UNIT_USED), Const(0))
    return frame, replace(plan, rows=folded(All((counts, rows))), measured=measured, below=below)


def _formulas(plan: FlatPlan) -> tuple[Node, Node, Node]:
    return plan.rows, plan.measured, plan.below


def _value(part: PerUnit) -> nw.Expr:
    return nw.lit(1) if part.of is None else expression(part.of)


def _totals(part: PerUnit, name: str) -> Iterator[nw.Expr]:
    value = nw.col(name)
    if part.function == "distinct":
        yield value.n_unique().alias(name)
        yield value.count().alias(f"{name}_known")
    else:
        yield getattr(value, part.function)().alias(name)


def _without_null(name: str) -> nw.Expr:
    """Return the number of different values without null, which the engines count as one."""
    gaps = nw.when(nw.col(f"{name}_known") < nw.col(UNIT_ROWS)).then(1).otherwise(0)
    return (nw.col(name).cast(nw.Int64) - gaps).alias(name)
