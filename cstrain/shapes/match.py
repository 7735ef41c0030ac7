"""Pairs: every thing on the left gets one of the things on the right."""

from __future__ import annotations

from typing import Any

from cstrain.shapes.base import Params, Unreadable, View, as_table, keys, label_of, line, load_named
from cstrain.table_reader import TableReader


def load(reader: TableReader) -> Params:
    """Return the two sides."""
    return {"left": load_named(reader, "left"), "right": load_named(reader, "right")}


def parse(value: Any, params: Params) -> dict[str, str] | None:
    """Return the pairs that were made; None when there is none."""
    if value is None:
        return None
    table = as_table(value)
    known = keys(params["right"])
    done: dict[str, str] = {}
    for left in keys(params["left"]):
        given = table.get(left)
        if given in (None, ""):
            continue
        if given not in known:
            raise Unreadable("unknown_option", words=str(given)[:60])
        done[left] = given
    return done or None


def sheet(view: View) -> str:
    """Return the left side with a line each, then the right side to choose from."""
    rows = "".join(
        f'<tr><th scope="row">{label_of(view["left"], key)}</th><td>{line()}</td></tr>'
        for key in keys(view["left"])
    )
    choices = "".join(f"<li>{label_of(view['right'], key)}</li>" for key in keys(view["right"]))
    return f'<table class="sheet-table"><tbody>{rows}</tbody></table><ul>{choices}</ul>'


def shown(value: Any, view: View) -> str:
    """Return the pairs as a table."""
    rows = "".join(
        f'<tr><th scope="row">{label_of(view["left"], left)}</th>'
        f"<td>{label_of(view['right'], right)}</td></tr>"
        for left, right in (value or {}).items()
    )
    return f'<table class="sheet-table"><tbody>{rows}</tbody></table>'
