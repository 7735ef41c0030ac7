"""A repeating group inside a form: as many rows as the learner wants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cstrain.html import escape
from cstrain.shapes.base import Params, Unreadable, View, line
from cstrain.shapes.simple import SIMPLE, load_inner, parse_inner
from cstrain.table_reader import TableReader

MOST: Final = 200  # rows; far above any plan made by hand


def load(reader: TableReader) -> Params:
    """Return the inner fields, the rows shown at first and the text of the add button."""
    return {
        "fields": tuple(load_inner(one) for one in reader.children("fields")),
        "least": reader.whole("least", 1),
        "add": reader.optional_text("add"),
    }


def parse(value: Any, params: Params) -> list[dict[str, Any]] | None:
    """Return the rows that are not blank."""
    if value is None:
        return None
    if not isinstance(value, (list, tuple)):
        raise Unreadable("wrong_form")
    if len(value) > MOST:
        raise Unreadable("too_many_rows", length=len(value), most=MOST)
    if not all(isinstance(one, Mapping) for one in value):
        raise Unreadable("wrong_form")
    rows = (parse_inner(one, params["fields"]) for one in value)
    return [row for row in rows if row] or None


def sheet(view: View) -> str:
    """Return an empty table with the inner fields as columns."""
    head = "".join(f'<th scope="col">{escape(one["label"])}</th>' for one in view["fields"])
    row = f"<tr>{f'<td>{line()}</td>' * len(view['fields'])}</tr>"
    return (
        f'<table class="sheet-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{row * max(3, view['least'])}</tbody></table>"
    )


def shown(value: Any, view: View) -> str:
    """Return the rows as a table."""
    head = "".join(f'<th scope="col">{escape(one["label"])}</th>' for one in view["fields"])
    lines = "".join(
        "<tr>" + "".join(f"<td>{cell(row, one)}</td>" for one in view["fields"]) + "</tr>"
        for row in value or []
    )
    return (
        f'<table class="sheet-table"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'
    )


def cell(row: Any, column: View) -> str:
    """Return one inner value as HTML to read; empty when blank."""
    given = (row or {}).get(column["key"])
    return "" if given is None else SIMPLE[column["shape"]].shown(given, column)
