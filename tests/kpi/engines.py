"""The same rows on every engine, and every engine's result as plain rows again."""

from __future__ import annotations

import datetime as dt
import math

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa

from cstrain.kpi import Value, kpi, kpi_report


def _arrow(rows):
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: pa.array([row.get(name) for row in rows]) for name in names})


def _arrow_pandas(rows):
    return _arrow(rows).to_pandas(types_mapper=pd.ArrowDtype)


MAKERS = {
    "rows": list,
    "pandas": pd.DataFrame,
    "pandas-nullable": lambda rows: pd.DataFrame(rows).convert_dtypes(),
    "pandas-arrow": _arrow_pandas,
    "polars": lambda rows: pl.from_arrow(_arrow(rows)),
    "polars-lazy": lambda rows: pl.from_arrow(_arrow(rows)).lazy(),
    "duckdb": lambda rows: duckdb.from_arrow(_arrow(rows)),
    "pyarrow": _arrow,
}


def plain(result):
    """Return a result as a list of dicts: missing is None, times are datetimes."""
    if isinstance(result, list):
        return [
            {**one.group, **{name: getattr(one, name) for name in FIELDS}}
            if isinstance(one, Value)
            else one
            for one in result
        ]
    frame = nw.from_native(result)
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    return [{name: _cell(cell) for name, cell in row.items()} for row in frame.rows(named=True)]


FIELDS = ("numerator", "denominator", "value", "rows", "excluded")


def _cell(cell):
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return None
    if isinstance(cell, float) and math.isnan(cell):
        return None
    return cell.to_pydatetime() if isinstance(cell, pd.Timestamp) else cell


def on(engine, rows, code, **asked):
    """Return a KPI of the rows on an engine, as plain rows."""
    return plain(kpi(code, MAKERS[engine](rows), **asked))


def report_on(engine, rows, codes, **asked):
    """Return a report of the rows on an engine, as plain rows."""
    return plain(kpi_report(MAKERS[engine](rows), codes, **asked))


def day(text):
    """Return a time from its ISO text."""
    return dt.datetime.fromisoformat(text)
