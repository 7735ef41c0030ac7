"""Cells of plain rows: what is missing, and one form for each kind of value."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from cstrain.kpi.errors import KpiError
from cstrain.kpi.formula import moment
from cstrain.kpi.kinds import Kind, kind_of_value

Row = Mapping[str, Any]


def headers(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the names of all columns; a row may lack some, which are missing there."""
    return tuple(dict.fromkeys(name for row in rows for name in row))


def is_missing(cell: Any) -> bool:
    """Say whether a cell is None, NaN, NaT or NA.

    >>> is_missing(None), is_missing(float("nan")), is_missing(0), is_missing("")
    (True, True, False, False)
    """
    if cell is None or type(cell).__name__ == "NAType":
        return True
    return bool(cell != cell)  # noqa: PLR0124 - what differs from itself is no value


def actual_kind(rows: Sequence[Row], column: str, place: str) -> Kind:
    """Return the kind of the column's first value that is there, "any" when there is none."""
    cells = (row.get(column) for row in rows)
    first = next((one for one in cells if not is_missing(one)), None)
    try:
        return "any" if first is None else kind_of_value(first)
    except KpiError as error:
        raise KpiError(place, found=error.found, allowed=error.allowed) from error


def cleaned(rows: Sequence[Row], column: str, kind: Kind, place: str) -> list[Any]:
    """Return the column's cells as that kind; missing and infinite ones are None."""
    made = []
    for row in rows:
        cell = row.get(column)
        try:
            made.append(None if is_missing(cell) else _AS[kind](cell))
        except (TypeError, ValueError, KpiError) as error:
            found = f"{cell!r}"[:60]
            raise KpiError(f"{place}, {column}", found=found, allowed=_ALLOWED[kind]) from error
    return made


def _number(cell: Any) -> float | None:
    if isinstance(cell, str):
        raise TypeError(cell)
    try:
        exact = cell if isinstance(cell, int) else float(cell)
        return exact if math.isfinite(exact) else None
    except OverflowError:
        return None


def _flag(cell: Any) -> bool | None:
    if kind_of_value(cell) == "flag":
        return bool(cell)
    number = _number(cell)
    return None if number not in {0, 1} else number == 1


def _text(cell: Any) -> str:
    if not isinstance(cell, str):
        raise TypeError(cell)
    return cell


def _time(cell: Any) -> dt.datetime:
    if isinstance(cell, str):
        raise TypeError(cell)
    return moment(cell)


def _any(cell: Any) -> Any:
    return _AS[kind_of_value(cell)](cell)


_AS: Final[dict[Kind, Callable[[Any], Any]]] = {
    "number": _number,
    "flag": _flag,
    "text": _text,
    "time": _time,
    "any": _any,
}
_ALLOWED: Final[dict[Kind, str]] = {
    "number": "a number",
    "flag": "true or false",
    "text": "a text",
    "time": "a date or a time without zone",
    "any": "a number, a text, true or false, a time",
}


def period_start(time: dt.datetime | None, period: str) -> dt.datetime | None:
    """Return the midnight at which the time's day, week (from Monday), month ... begins.

    >>> period_start(dt.datetime(2025, 12, 31, 18), "quarter")
    datetime.datetime(2025, 10, 1, 0, 0)
    """
    if time is None:
        return None
    day = dt.datetime(time.year, time.month, time.day)  # noqa: DTZ001 - local, by design
    if period == "week":
        return day - dt.timedelta(days=day.weekday())
    if period == "month":
        return day.replace(day=1)
    if period == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1) if period == "year" else day
