"""Adds up KPIs on any frame that Narwhals knows, in one pass; a lazy frame stays lazy.

The frame becomes narrower step by step: cleaned columns (frame_table), then what each row adds
to each sum, then one row a group. Imported when a frame is handed in and not before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import narwhals as nw

from cstrain.kpi.folding import folded
from cstrain.kpi.frame_columns import Frame
from cstrain.kpi.frame_formula import expression
from cstrain.kpi.frame_table import FlatPlan
from cstrain.kpi.frame_units import UNIT_ROWS, UNIT_USED
from cstrain.kpi.nodes import TRUE, All, Column, Known, Node, is_condition

ROWS: Final = "__rows"
_NOTHING: Final = nw.lit(None, nw.Float64)


@dataclass(frozen=True)
class Names:
    """How the columns of one KPI are called in what `grouped` returns."""

    numerator: str
    denominator: str
    value: str
    excluded: str


def names_of(place: int) -> Names:
    """Return the names for the plan at this place."""
    return Names(*(f"__{one}{place}" for one in ("above", "below", "value", "excluded")))


def grouped(frame: Frame, keys: Sequence[str], plans: Sequence[tuple[int, FlatPlan]]) -> Frame:
    """Return one row a group: the keys, the number of rows, four columns a plan."""
    sums = _Sums()
    made = [one for place, plan in plans for one in _columns(plan, names_of(place), sums)]
    rows = sums.rows(plans[0][1]).alias(ROWS)
    added = frame.select(*keys, *sums.columns()) if keys or sums.added else frame
    totals = [one.alias(name) for name, one in sums.totals.items()]
    together: Any = added.group_by(*keys).agg(*totals) if keys else added.select(*totals)
    return together.select(*keys, rows, *made)  # type: ignore[no-any-return]


@dataclass
class _Sums:
    """What the rows add to: each column once, however many KPIs share it."""

    added: dict[tuple[Node, Node | None, bool], str] = field(default_factory=dict)
    totals: dict[str, nw.Expr] = field(default_factory=dict)

    def total(
        self, function: str, where: Node, value: Node | None, *, exact: bool = False, **how: Any
    ) -> nw.Expr:
        """Return the total of a value (of 1 without one) where the condition holds.

        `exact` leaves a column its own type instead of a float's, which saves memory.
        """
        if where == TRUE and value is None:
            name, made = "__len", nw.len()
        else:
            place = len(self.added)
            add = self.added.setdefault((where, value, exact), f"__add{place}")
            name = "_".join([add, function, *map(str, how.values())])
            name = name.replace(".", "_")  # to Spark a dot leads into a column
            made = getattr(nw.col(add), function)(**how)
        self.totals[name] = made
        return nw.col(name).cast(nw.Int64) if function == "count" else nw.col(name)

    def rows(self, plan: FlatPlan) -> nw.Expr:
        """Return the number of rows of the table."""
        if plan.by_unit:
            return self.total("sum", TRUE, Column(UNIT_ROWS), exact=True)
        return self.total("count", TRUE, None)

    def columns(self) -> Iterator[nw.Expr]:
        """Return the columns to be added up."""
        for (where, value, exact), name in self.added.items():
            what = nw.lit(1) if value is None else expression(value)
            if value is not None and not exact:
                what = what.cast(nw.Float64)
            chosen = what if where == TRUE else nw.when(expression(where)).then(what)
            yield chosen.alias(name)


def _columns(plan: FlatPlan, names: Names, sums: _Sums) -> Iterator[nw.Expr]:
    """Return numerator, denominator, value and excluded rows of a plan."""
    made = _spread(plan, sums) if plan.statistic in {"quantile", "max"} else _ratio(plan, sums)
    scale = plan.scale
    value = made.value.cast(nw.Float64)
    yield made.numerator.alias(names.numerator)
    yield made.denominator.alias(names.denominator)
    yield (value if scale == 1 else value * scale).alias(names.value)
    yield (sums.rows(plan) - made.counted).alias(names.excluded)


@dataclass(frozen=True)
class _Made:
    numerator: nw.Expr
    denominator: nw.Expr
    value: nw.Expr
    counted: nw.Expr  # rows of the table


def _ratio(plan: FlatPlan, sums: _Sums) -> _Made:
    """Return a ratio of sums, or a count, which is a sum without a denominator."""
    measured, below, where = plan.measured, plan.below, _where(plan)
    if is_condition(measured):
        n = sums.total("count", where, None)
        above = sums.total("count", _both(where, measured), None)
    else:
        n = sums.total("count", where, measured)
        above = sums.total("sum", where, measured)
    counted = _counted(plan, sums, where, n)
    if plan.statistic == "count":
        return _Made(above, _NOTHING, above, counted)
    under = n if is_condition(below) else sums.total("sum", where, below)
    value = nw.when(under != 0).then(above.cast(nw.Float64) / under)
    return _Made(above, under, value, counted)


def _spread(plan: FlatPlan, sums: _Sums) -> _Made:
    """Return a quantile or the maximum; its denominator is the number of values."""
    where, measured = _where(plan), plan.measured
    n = sums.total("count", where, measured, exact=True)
    how = {"quantile": plan.q, "interpolation": "linear"} if plan.statistic == "quantile" else {}
    total = sums.total(plan.statistic, where, measured, exact=True, **how)
    # Of nothing at all, pandas makes an object that cannot be cast.
    value = nw.when(n > 0).then(total.fill_null(0).cast(nw.Float64))
    return _Made(_NOTHING, n, value, _counted(plan, sums, where, n))


def _where(plan: FlatPlan) -> Node:
    """Return which rows count; a missing number that is summed leaves itself out."""
    measured, below = plan.measured, plan.below
    where = _both(plan.rows, below if is_condition(below) else Known(below, wanted=True))
    leaves_out = is_condition(measured) or (is_condition(below) and not plan.by_unit)
    return where if leaves_out else _both(where, Known(measured, wanted=True))


def _counted(plan: FlatPlan, sums: _Sums, where: Node, n: nw.Expr) -> nw.Expr:
    return sums.total("sum", where, Column(UNIT_USED), exact=True) if plan.by_unit else n


def _both(one: Node, other: Node) -> Node:
    return folded(All((one, other)))
