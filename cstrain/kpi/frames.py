"""The frame side of `kpi` and `kpi_report`: a frame comes in, a frame of the same kind goes out.

Imported when a frame is handed in and not before: it needs Narwhals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import narwhals as nw

from cstrain.kpi.errors import KpiError
from cstrain.kpi.frame_columns import Frame, opened
from cstrain.kpi.frame_engine import ROWS, grouped, names_of
from cstrain.kpi.frame_table import flat_table
from cstrain.kpi.frame_units import units
from cstrain.kpi.nodes import Between
from cstrain.kpi.plan import Asked, Plan


def headers_of(table: Any) -> list[str]:
    """Return the names of a frame's columns."""
    return list(opened(table).collect_schema().names())


def one_kpi(table: Any, plan: Plan, asked: Asked) -> Any:
    """Return one KPI with all that belongs to it, one row a group."""
    made, names = _computed(opened(table), [plan], asked), names_of(0)
    columns = {
        "numerator": names.numerator,
        "denominator": names.denominator,
        "value": names.value,
        "rows": ROWS,
        "excluded": names.excluded,
    }
    return _handed_back(table, made, asked, columns)


def report(table: Any, plans: Sequence[Plan], asked: Asked, *, detail: bool) -> Any:
    """Return the values of many KPIs side by side, one row a group."""
    columns = {"rows": ROWS}
    for place, plan in enumerate(plans):
        columns[plan.label] = names_of(place).value
        if detail:
            columns[f"{plan.label}_n"] = names_of(place).denominator
    return _handed_back(table, _computed(opened(table), plans, asked), asked, columns)


def _computed(frame: Frame, plans: Sequence[Plan], asked: Asked) -> Frame:
    """Return one row a group; KPIs of units are grouped on their own and set beside the others."""
    _without_durations(frame, plans)
    table = flat_table(frame, plans, asked)
    numbered = list(enumerate(table.plans))
    simple = [(place, one) for place, one in numbered if not one.by_unit]
    made = [grouped(table.frame, table.keys, simple)] if simple else []
    for place, one in numbered:
        if one.by_unit:
            frame_of_units, plan = units(table, one)
            made.append(grouped(frame_of_units, table.keys, [(place, plan)]))
    whole = made[0]
    for other in made[1:]:
        whole = _beside(whole, other, table.keys)
    return whole


def _without_durations(frame: Frame, plans: Sequence[Plan]) -> None:
    """Complain about what Narwhals cannot do on Spark: durations as numbers."""
    for plan in plans if frame.implementation.is_pyspark() else ():
        if any(isinstance(part, Between) for part in plan.parts()):
            allowed = "a column of hours or days, or another engine"
            raise KpiError(plan.label, found="a duration on Spark", allowed=allowed)


def _beside(one: Frame, other: Frame, keys: Sequence[str]) -> Frame:
    """Return two results of the same groups side by side; a missing key meets a missing key."""
    joined = [nw.lit(1).alias("__all"), *(text for key in keys for text in _never_null(key))]
    names = ["__all", *(f"{key}{end}" for key in keys for end in ("_there", "_text"))]
    right = cast("Any", other.with_columns(*joined)).drop(*keys, ROWS)
    beside = cast("Any", one.with_columns(*joined)).join(right, on=names, how="inner")
    return beside.drop(*names)  # type: ignore[no-any-return]


def _never_null(key: str) -> Iterator[nw.Expr]:
    there = ~nw.col(key).is_null()
    yield nw.when(there).then(1).otherwise(0).alias(f"{key}_there")
    yield (
        nw.when(there).then(nw.col(key).cast(nw.String)).otherwise(nw.lit("")).alias(f"{key}_text")
    )


def _handed_back(table: Any, made: Frame, asked: Asked, columns: Mapping[str, str]) -> Any:
    """Return the result sorted, under its public names, as the kind of frame that came in."""
    names = [*asked.by, *(["period"] if asked.period else [])]
    keys = [f"__key{place}" for place in range(len(names))]
    if keys:
        made = made.sort(*keys, nulls_last=True)
    public = {**dict(zip(names, keys, strict=True)), **columns}
    made = made.select(*(nw.col(inner).alias(name) for name, inner in public.items()))
    if isinstance(made, nw.DataFrame):
        made = nw.maybe_reset_index(made)  # pandas numbers the rows as they were before sorting
    if isinstance(made, nw.DataFrame) and not isinstance(table, type(made.to_native())):
        return made.to_arrow()  # it came as a table of PyArrow's
    return made.to_native()
