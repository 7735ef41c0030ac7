"""Data as people have them, as rows: plain sequences, mappings, frames, results of `kpi`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from cstrain.charts.errors import ChartError
from cstrain.charts.labels import absent
from cstrain.errors import UnknownNameError
from cstrain.kpi.value import Value

LARGEST: Final = 1e15  # beyond it no two neighbouring whole numbers can be told apart
Columns = Sequence[str] | None
Row = tuple[Any, ...]
_ALLOWED: Final = "pairs, a mapping, or a frame with columns"


def rows_of(place: str, data: Any, columns: Columns, width: int) -> list[Row]:
    """Return the data as rows of so many cells.

    A frame gives the named columns, or its first ones; a mapping or a series gives key and
    value; plain numbers are counted from 1.

    >>> rows_of("points", {"July": 0.04}, None, 2), rows_of("points", [0.04, 0.05], None, 2)
    ([('July', 0.04)], [(1, 0.04), (2, 0.05)])
    """
    if columns is not None and not _are_names(columns, width):
        raise ChartError("columns", found=repr(columns), allowed=f"{width} names of columns")
    if hasattr(data, "collect"):
        data = data.collect()  # a lazy frame: its columns are not asked for before
    if hasattr(data, "columns"):
        return _of_frame(data, columns, width)
    if hasattr(data, "items"):
        listed = [row for key, value in data.items() for row in _flat(_row(key), value)]
    elif isinstance(data, (str, bytes)) or not isinstance(data, Iterable):
        raise ChartError(place, found=_short(data), allowed=_ALLOWED)
    else:
        listed = list(_each(data, columns, width))
    for index, row in enumerate(listed):
        if len(row) != width:
            raise ChartError(
                f"{place}[{index}]", found=_short(row), allowed=f"a row of {width} cells"
            )
    return listed


def _of_frame(data: Any, columns: Columns, width: int) -> list[Row]:
    """Return the rows of a frame of pandas, Polars or PyArrow, or of a DuckDB relation."""
    found = getattr(data, "column_names", None) or list(data.columns)
    known = {str(one): one for one in found}
    names = _names(list(known), columns, width)
    if hasattr(data, "fetchall"):
        places = [list(known).index(one) for one in names]
        return [tuple(row[place] for place in places) for row in data.fetchall()]
    return list(zip(*(_column(data[known[one]], one) for one in names), strict=True))


def _column(cells: Any, name: str) -> list[Any]:
    if hasattr(cells, "columns"):
        raise ChartError("columns", found=f"two named {name!r}", allowed="different names")
    return list(cells.to_pylist() if hasattr(cells, "to_pylist") else cells)


def _are_names(columns: Any, width: int) -> bool:
    return isinstance(columns, (tuple, list)) and len(columns) == width


def _names(known: Sequence[str], columns: Columns, width: int) -> Sequence[str]:
    names = columns or known[:width]
    for one in names:
        if one not in known:
            raise UnknownNameError("column", one, known)
    if len(names) < width:
        raise ChartError("columns", found=f"{len(names)}", allowed=f"at least {width}")
    return names


def _each(data: Iterable[Any], columns: Columns, width: int) -> Iterator[Row]:
    for place, one in enumerate(data, start=1):
        if isinstance(one, Value):
            yield _of_value(one, width)
        elif isinstance(one, Mapping):
            names = _names([str(key) for key in one], columns, width)
            yield tuple(one[name] for name in names)
        elif isinstance(one, (tuple, list)) or (hasattr(one, "ndim") and one.ndim):
            yield tuple(one)
        else:
            yield (place, one)


def _of_value(found: Value, width: int) -> Row:
    """Return a result of `kpi`: its group, then the value or what stands above and below."""
    group = tuple(found.group.values())
    if width == 2:
        return (_joined(group), found.value)
    labels = group if len(group) == width - 2 else (_joined(group),)
    return (*labels, found.numerator or 0, found.denominator or 0)


def _joined(group: Row) -> Any:
    return group[0] if len(group) == 1 else " · ".join(str(one) for one in group)


def _flat(before: Row, value: Any) -> Iterator[Row]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat((*before, *_row(key)), inner)
    else:
        yield (*before, *_row(value))


def _row(value: Any) -> Row:
    return tuple(value) if isinstance(value, (tuple, list)) else (value,)


def value_of(place: str, value: Any) -> float | None:
    """Return a value that can be drawn, None for a missing one.

    >>> value_of("points[0]", 0.5), value_of("points[1]", float("nan"))
    (0.5, None)
    """
    if absent(value):
        return None
    if not isinstance(value, (str, bytes)):
        try:
            found = float(value)
        except (TypeError, ValueError, OverflowError):
            found = math.inf
        if abs(found) <= LARGEST:
            return found
    raise ChartError(place, found=_short(value), allowed="a finite number")


def count_of(place: str, value: Any, *, whole: bool = False) -> float:
    """Return a count: a number from 0; a missing one is 0.

    >>> count_of("stages[0]", 120)
    120.0
    """
    found = value_of(place, value) or 0.0
    if found < 0 or (whole and not found.is_integer()):
        kind = "a whole number" if whole else "a number"
        raise ChartError(place, found=_short(value), allowed=f"{kind} from 0")
    return found


def _short(value: object, most: int = 40) -> str:
    text = repr(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"
