"""A small table: fixed rows with headings, or free rows that the learner adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cstrain.html import escape
from cstrain.shapes import rows
from cstrain.shapes.base import Params, View, as_table, keys, label_of, line, load_named
from cstrain.shapes.simple import load_inner, parse_inner
from cstrain.table_reader import TableReader


def load(reader: TableReader) -> Params:
    """Return the columns and either the fixed rows or the least number of free ones."""
    columns = tuple(load_inner(one) for one in reader.children("columns"))
    fixed = load_named(reader, "rows", least=1) if reader.has("rows") else None
    return {
        "columns": columns,
        "rows": fixed,
        "least": reader.whole("least", 3),
        "most": reader.whole("most", 50),
    }


def parse(value: Any, params: Params) -> Any:
    """Return {row: {column: value}} for fixed rows, a list of rows for free ones."""
    if value is None:
        return None
    if params["rows"] is None:
        return rows.parse(value, {"fields": params["columns"]})
    table = as_table(value)
    done = {}
    for key in keys(params["rows"]):
        given = table.get(key)
        row = parse_inner(given, params["columns"]) if isinstance(given, Mapping) else None
        if row:
            done[key] = row
    return done or None


def sheet(view: View) -> str:
    """Return the table with empty cells."""
    if view["rows"] is None:
        return rows.sheet({"fields": view["columns"], "least": view["least"]})
    head = "".join(f'<th scope="col">{escape(one["label"])}</th>' for one in view["columns"])
    cells = f"<td>{line()}</td>" * len(view["columns"])
    body = "".join(
        f'<tr><th scope="row">{label_of(view["rows"], key)}</th>{cells}</tr>'
        for key in keys(view["rows"])
    )
    return (
        f'<table class="sheet-table"><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def shown(value: Any, view: View) -> str:
    """Return the table with the given values."""
    if view["rows"] is None:
        return rows.shown(value, {"fields": view["columns"]})
    head = "".join(f'<th scope="col">{escape(one["label"])}</th>' for one in view["columns"])
    body = "".join(
        f'<tr><th scope="row">{label_of(view["rows"], key)}</th>'
        + "".join(f"<td>{rows.cell((value or {}).get(key), one)}</td>" for one in view["columns"])
        + "</tr>"
        for key in keys(view["rows"])
    )
    return (
        f'<table class="sheet-table"><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )
