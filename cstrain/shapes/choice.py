"""One option out of several."""

from __future__ import annotations

from typing import Any

from cstrain.shapes.base import Params, Unreadable, View, box, keys, label_of, load_named
from cstrain.table_reader import TableReader


def load(reader: TableReader) -> Params:
    """Return the options."""
    return {"options": load_named(reader, "options")}


def parse(value: Any, params: Params) -> str | None:
    """Return the chosen key, None when nothing is chosen."""
    if value is None or value == "":
        return None
    if not isinstance(value, str) or value not in keys(params["options"]):
        raise Unreadable("unknown_option", words=str(value)[:60])
    return value


def sheet(view: View) -> str:
    """Return the options with a box each."""
    return "".join(box(label_of(view["options"], key)) for key in keys(view["options"]))


def shown(value: Any, view: View) -> str:
    """Return the label of the chosen option."""
    return label_of(view["options"], value)
