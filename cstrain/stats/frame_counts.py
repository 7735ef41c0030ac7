"""The frame side of `compare`: how often each combination of cells occurs, counted in one pass.

Imported when a frame is handed in and not before: it needs Narwhals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import narwhals as nw
from narwhals.dtypes import NumericType

from cstrain.errors import UnknownNameError
from cstrain.stats.errors import StatsError

Frame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"
_N: Final = "__n"
_NEUTRAL: Final = ((NumericType, 0), (nw.String, ""), (nw.Boolean, False))


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
    if not all(isinstance(one, str) for one in columns):
        frame = _without_objects(frame)
    names = [f"__{place}" for place in range(len(columns))]
    cells = [_column(frame, one).alias(name) for one, name in zip(columns, names, strict=True)]
    counted = frame.select(*cells).group_by(*names).agg(nw.len().alias(_N))
    for *cells_of_row, count in _collected(counted).select(*names, _N).rows():
        yield tuple(cells_of_row), int(count)


class _Columns:
    """Stands for a row when a function is asked for a condition of whole columns.

    The function sees a neutral value where a cell is missing, since engines differ in what they
    make of missing values in conditions; what it says of such a row does not count.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame, self.schema = frame, frame.collect_schema()
        self.missing: list[nw.Expr] = []
        self.nothing: nw.Expr | None = None

    def __getitem__(self, name: str) -> nw.Expr:
        column, dtype = named(self.schema, name), self.schema[name]
        if isinstance(dtype, (nw.Categorical, nw.Enum)):
            column, dtype = column.cast(nw.String), nw.String()
        missing = column.is_null()
        if dtype.is_float():
            missing |= column.is_nan()
        if dtype == nw.String:
            missing |= column.str.strip_chars() == ""
        self.missing.append(missing)
        if _holds_nothing(self.frame, name):
            self.nothing = nw.col(name)
        neutral = next((one for kind, one in _NEUTRAL if isinstance(dtype, kind)), None)
        return column if neutral is None else column.fill_null(neutral)

    def get(self, name: str) -> nw.Expr:
        return self[name]


def named(schema: Mapping[str, Any], name: str) -> nw.Expr:
    """Return a column; an unknown name is answered with the nearest one."""
    if name not in schema:
        raise UnknownNameError("column", name, schema)
    return nw.col(name)


def _column(frame: Frame, selector: str | Callable[[Any], Any]) -> nw.Expr:
    if isinstance(selector, str):
        return named(frame.collect_schema(), selector)
    columns = _Columns(frame)
    found = selector(columns)
    if columns.nothing is not None:  # a column without cells has no type to compare with
        return columns.nothing
    made = found if isinstance(found, nw.Expr) else nw.lit(found)
    for one in columns.missing:
        made = nw.when(~one).then(made)
    return made


def _holds_nothing(frame: Frame, name: str) -> bool:
    if isinstance(frame, nw.LazyFrame):
        return False
    column = frame.get_column(name)
    return column.null_count() == len(column)


def _without_objects(frame: Frame) -> Frame:
    """Return a frame whose columns of Python objects have got real types, where they can."""
    if isinstance(frame, nw.LazyFrame):
        return frame
    objects = [name for name, dtype in frame.schema.items() if dtype == nw.Object]
    if not objects:
        return frame
    converted = nw.maybe_convert_dtypes(frame.select(objects))
    return frame.with_columns(*(converted.get_column(one) for one in objects))


def _collected(frame: Frame) -> nw.DataFrame[Any]:
    if isinstance(frame, nw.DataFrame):
        return frame
    # Polars collects by itself; for all others pandas is there, PyArrow need not be.
    return frame.collect() if frame.implementation.is_polars() else frame.collect("pandas")
