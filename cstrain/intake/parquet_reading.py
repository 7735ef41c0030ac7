"""Reads a table from a Parquet file; sizes are checked before anything is unpacked."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cstrain.intake.errors import IntakeError
from cstrain.intake.layout import headers_of
from cstrain.intake.limits import COLUMNS, ROWS
from cstrain.intake.raw_table import RawTable


def read_parquet(path: Path, progress: Callable[[float], None]) -> RawTable:
    """Return the table; rows are numbered from 1, for there is no header row."""
    if importlib.util.find_spec("pyarrow") is None:
        raise IntakeError("needs_pyarrow")
    import pyarrow as pa  # noqa: PLC0415 - only Parquet needs it
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with pq.ParquetFile(path) as file:
            about = file.metadata
            if about.num_columns > COLUMNS:
                raise IntakeError("too_many_columns", columns=about.num_columns, most=COLUMNS)
            if about.num_rows > ROWS:
                raise IntakeError("too_many_rows", most=f"{ROWS:,}")
            names, notes = headers_of(file.schema_arrow.names)
            columns: list[list[Any]] = [[] for _ in names]
            for batch in file.iter_batches(batch_size=50_000):
                for column, cells in zip(columns, batch.columns, strict=True):
                    column.extend(_plain(cells))
                progress(len(columns[0]) / max(1, about.num_rows))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise IntakeError("damaged") from error
    if not columns or not columns[0]:
        raise IntakeError("header_only")
    return RawTable(tuple(names), columns, range(1, len(columns[0]) + 1), notes=notes)


def _plain(cells: Any) -> list[Any]:
    """Return Python's values; what no spreadsheet cell can hold becomes a text."""
    found: list[Any] = cells.to_pylist()
    plain = (str, int, float, bool, type(None))
    if all(type(one) in plain or hasattr(one, "isoformat") for one in found):
        return found
    return [one if type(one) in plain or hasattr(one, "isoformat") else str(one) for one in found]
