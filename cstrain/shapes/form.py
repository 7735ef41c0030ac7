"""A structured form: sections of fields, some of them repeating rows (the goal card)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from cstrain.html import escape
from cstrain.shapes import rows
from cstrain.shapes.base import Params, Shape, View, as_table
from cstrain.shapes.simple import SIMPLE, load_inner, parse_inner
from cstrain.table_reader import TableReader

_INSIDE: Final[dict[str, Shape]] = {**SIMPLE, "rows": cast("Shape", rows)}


def load(reader: TableReader) -> Params:
    """Return the sections; field keys must differ over the whole form."""
    sections = []
    seen: set[str] = set()
    for section in reader.children("sections"):
        fields = []
        for one in section.children("fields"):
            field = load_inner(one, _INSIDE)
            if field["key"] in seen:
                raise one.wrong("key", "a key that no other field of this form has")
            seen.add(field["key"])
            fields.append(field)
        sections.append({"title": section.text("title"), "fields": tuple(fields)})
        section.finish()
    return {"sections": tuple(sections)}


def fields_of(params: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the fields of all sections."""
    for section in params["sections"]:
        yield from section["fields"]


def parse(value: Any, params: Params) -> dict[str, Any] | None:
    """Return the value of every field, None for blank ones; None when the form is empty."""
    if value is None:
        return None
    return parse_inner(as_table(value), list(fields_of(params)), _INSIDE)


def sheet(view: View) -> str:
    """Return the sections with their fields to fill in."""
    return "".join(
        f"<h4>{escape(section['title'])}</h4>"
        + "".join(
            f'<p class="sheet-field"><span class="sheet-label">{escape(one["label"])}</span> '
            f"{_INSIDE[one['shape']].sheet(one)}</p>"
            if one["shape"] != "rows"
            else f'<p class="sheet-label">{escape(one["label"])}</p>{rows.sheet(one)}'
            for one in section["fields"]
        )
        for section in view["sections"]
    )


def shown(value: Any, view: View) -> str:
    """Return the filled fields as a table of two columns."""
    lines = "".join(
        f'<tr><th scope="row">{escape(one["label"])}</th>'
        f"<td>{_INSIDE[one['shape']].shown(value[one['key']], one)}</td></tr>"
        for one in fields_of(view)
        if (value or {}).get(one["key"]) is not None
    )
    return f'<table class="sheet-table"><tbody>{lines}</tbody></table>'
