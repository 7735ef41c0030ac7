"""Columns of a frame, cleaned to one form for each kind of value, whatever engine holds them.

Imported when a frame is handed in and not before: it needs Narwhals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias, cast

import narwhals as nw

from cstrain.kpi.errors import KpiError
from cstrain.kpi.kinds import SHOWN, Kind

Frame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"

_DTYPES: Final[Mapping[Kind, Any]] = {
    "flag": nw.Boolean(),
    "number": nw.Float64(),
    "text": nw.String(),
    "time": nw.Datetime("us"),
}
# Any Python object can be cast to these kinds, whatever it means, and None becomes something.
_SAMPLES: Final[Mapping[Kind, Any]] = {"flag": True, "text": ""}
_TEXTS: Final = (nw.String, nw.Categorical, nw.Enum)
_TIMES: Final = (nw.Date, nw.Datetime)


def opened(table: Any) -> Frame:
    """Return the table as Narwhals sees it; what Narwhals does not know is an error."""
    try:
        frame = cast("Frame", nw.from_native(table))
    except TypeError as error:
        allowed = "a list of rows, or a frame of pandas, Polars, DuckDB, PyArrow, Spark"
        raise KpiError("table", found=type(table).__name__, allowed=allowed) from error
    # PyArrow's tables have neither windows nor grouped quantiles; pandas reads them as they are.
    if frame.implementation.is_pyarrow() and isinstance(frame, nw.DataFrame):
        return cast("Frame", nw.from_native(frame.to_pandas()))
    return frame


def without_objects(frame: Frame, names: Sequence[str]) -> Frame:
    """Return a pandas frame whose named columns of Python objects have got real types."""
    if isinstance(frame, nw.LazyFrame):
        return frame
    objects = [one for one in names if frame.schema[one] == nw.Object]
    if not objects:
        return frame
    converted = nw.maybe_convert_dtypes(frame.select(objects))
    return frame.with_columns(*(converted.get_column(one) for one in objects))


def kinds_in(frame: Frame, names: Sequence[str], label: str) -> dict[str, Kind]:
    """Return the kind of each column; "any" for one that says nothing of its values."""
    schema = frame.collect_schema()
    kinds = {one: _kind(schema[one], f"{label}, {one}") for one in names}
    # To pandas a column with nothing in it is one of texts.
    return {
        one: "any" if kind == "text" and _empty(frame, one) else kind for one, kind in kinds.items()
    }


def _empty(frame: Frame, name: str) -> bool:
    if isinstance(frame, nw.LazyFrame) or len(frame) == 0:
        return False
    column = frame.get_column(name)
    return column.head(1).null_count() == 1 and column.null_count() == len(column)


def _kind(dtype: Any, place: str) -> Kind:
    if isinstance(dtype, nw.Datetime) and dtype.time_zone is not None:
        found = f"times of {dtype.time_zone}"
        raise KpiError(place, found=found, allowed="local times without a zone")
    if dtype == nw.Boolean:
        return "flag"
    if dtype.is_numeric():
        return "number"
    if isinstance(dtype, _TEXTS):
        return "text"
    return "time" if isinstance(dtype, _TIMES) else "any"


def clean(frame: Frame, name: str, kind: Kind, label: str) -> nw.Expr:
    """Return the column as that kind; missing and infinite values are null."""
    dtype, column = frame.collect_schema()[name], nw.col(name)
    actual = _kind(dtype, f"{label}, {name}")
    if kind not in {"any", actual} and (actual == "any" or _empty(frame, name)):
        return _without_type(frame, name, kind, label)
    if kind not in {"any", actual} and {kind, actual} != {"flag", "number"}:
        raise KpiError(f"{label}, {name}", found=SHOWN[actual], allowed=SHOWN[kind])
    if actual == "flag" and kind == "number":
        return column.cast(nw.Int64)
    if actual == "number":
        number = _number(column, dtype)
        return number if kind != "flag" else nw.when(number.is_in([0, 1])).then(number == 1)
    if isinstance(dtype, (nw.Categorical, nw.Enum)):
        return nw.when(~column.is_null()).then(column.cast(nw.String))
    return column.cast(nw.Datetime("us")) if isinstance(dtype, nw.Date) else column


def _number(column: nw.Expr, dtype: Any) -> nw.Expr:
    if dtype.is_float():
        number = column if dtype == nw.Float64 else column.cast(nw.Float64)
        return nw.when(number.is_finite()).then(number)
    return column if dtype.is_integer() else column.cast(nw.Float64)


def _without_type(frame: Frame, name: str, kind: Kind, label: str) -> nw.Expr:
    """Return a column that tells no type, as that kind, or say that it holds something else."""
    dtype, column = _DTYPES[kind], nw.col(name)
    if isinstance(frame, nw.LazyFrame):
        return column.cast(dtype)
    if kind not in _SAMPLES:
        try:
            frame.get_column(name).cast(dtype)
        except (TypeError, ValueError) as error:
            raise KpiError(f"{label}, {name}", found="mixed values", allowed=SHOWN[kind]) from error
        return column.cast(dtype)
    if _empty(frame, name):
        return nw.when(~column.is_null()).then(nw.lit(_SAMPLES[kind], dtype))
    raise KpiError(f"{label}, {name}", found="mixed values", allowed=SHOWN[kind])


def grouping(frame: Frame, name: str) -> nw.Expr:
    """Return a column to group by: a number that is none is missing."""
    dtype = frame.collect_schema()[name]
    return nw.col(name).fill_nan(None) if dtype.is_float() else nw.col(name)


def period_start(time: nw.Expr, period: str) -> nw.Expr:
    """Return the midnight at which the time's day, week (from Monday), month ... begins."""
    if period == "week":
        day = time.dt.truncate("1d")
        start = day
        for weekday in range(2, 8):
            monday = day.dt.offset_by(f"-{weekday - 1}d")
            start = nw.when(time.dt.weekday() == weekday).then(monday).otherwise(start)
        return start
    every = {"day": "1d", "month": "1mo", "quarter": "1q", "year": "1y"}
    return time.dt.truncate(every[period])
