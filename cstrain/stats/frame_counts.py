"""The frame side of `compare`: how often each combination of cells occurs, counted in one pass.

Imported when a frame is handed in and not before: it needs Narwhals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import narwhals as nw

from cstrain.errors import UnknownNameError
from cstrain.stats.errors import StatsError

Frame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"
_N = "__n"


def counts_of_frame(
    table: Any, columns: Sequence[str | Callable[[Any], Any]]
) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Return each combination of the columns' cells with the number of its rows.

    A function of the columns gives a cell too: None where a column it looks at is missing.
    """
    try:
        frame: Frame = nw.from_native(table)
    except TypeError as error:
        found = type(table).__name__
        raise StatsError("table", found=found, allowed="a list of rows, or a frame") from error
    names = [f"__{place}" for place in range(len(columns))]
    cells = [_column(frame, one).alias(name) for one, name in zip(columns, names, strict=True)]
    counted = frame.select(*cells).group_by(*names).agg(nw.len().alias(_N))
    for *cells_of_row, count in _collected(counted).select(*names, _N).rows():
        yield tuple(cells_of_row), int(count)


class _Columns:
    """Stands for a row when a function is asked for a condition of whole columns."""

    def __init__(self, frame: Frame) -> None:
        self.schema = frame.collect_schema()
        self.missing: list[nw.Expr] = []

    def __getitem__(self, name: str) -> nw.Expr:
        if name not in self.schema:
            raise UnknownNameError("column", name, self.schema)
        column, dtype = nw.col(name), self.schema[name]
        missing = column.is_null()
        if dtype.is_float():
            missing |= column.is_nan()
        if dtype == nw.String:
            missing |= column.str.strip_chars() == ""
        self.missing.append(missing)
        return column

    def get(self, name: str) -> nw.Expr:
        return self[name]


def _column(frame: Frame, selector: str | Callable[[Any], Any]) -> nw.Expr:
    columns = _Columns(frame)
    if isinstance(selector, str):
        return columns[selector]
    found = selector(columns)
    made = found if isinstance(found, nw.Expr) else nw.lit(found)
    for one in columns.missing:
        made = nw.when(~one).then(made)
    return made


def _collected(frame: Frame) -> nw.DataFrame[Any]:
    if isinstance(frame, nw.DataFrame):
        return frame
    # Polars collects by itself; for all others pandas is there, PyArrow need not be.
    return frame.collect() if frame.implementation.is_polars() else frame.collect("pandas")
