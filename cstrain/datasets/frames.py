"""A table as a pandas frame."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from cstrain.datasets.index import Column, Table, table
from cstrain.datasets.reading import lines_of, shown, typed_rows
from cstrain.errors import ContentError

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]


def load_dataset(name: str) -> pd.DataFrame:
    """Return a table as a pandas frame, typed as its card says.

    Dates and times are datetimes. A missing value is NaN, or NA among true and false; whole
    numbers with missing values are floats. An unknown name is answered with the nearest one.
    """
    about = table(name)
    with closing(lines_of(about)) as lines:
        next(lines, None)  # complains about a missing file or another header
    try:
        frame = _read(about)
        _complete(about, frame)
    except ValueError as error:
        typed_rows(name)  # names the line and the cell, if one is wrong
        raise ContentError(shown(about), "file", found=str(error), allowed="CSV") from error
    return frame


def _read(about: Table) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - pandas is loaded only when a table is asked for

    frame = pd.read_csv(
        about.file,
        dtype={one.name: _dtype(one) for one in about.columns},
        keep_default_na=False,
        na_values={one.name: [""] for one in about.columns if one.empty != "blank"},
    )
    for one in about.columns:
        if one.kind in {"date", "time"}:
            frame[one.name] = pd.to_datetime(frame[one.name], format="ISO8601")
    return frame


def _complete(about: Table, frame: Any) -> None:
    """Raise ValueError when rows or cells are missing, as in a file that was cut off."""
    full = [one.name for one in about.columns if one.empty != "missing"]
    if len(frame) != about.rows or frame[full].isna().to_numpy().any():
        raise ValueError(len(frame))


def _dtype(column: Column) -> str:
    match column.kind, column.empty:
        case "int", "missing":
            return "float64"
        case "bool", "missing":
            return "boolean"
    return {"int": "int64", "float": "float64", "bool": "bool"}.get(column.kind, "str")
