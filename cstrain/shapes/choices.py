"""Any number of options, with an explicit "none of these" where the exercise has one."""

from __future__ import annotations

from typing import Any

from cstrain.shapes import choice
from cstrain.shapes.base import Params, Unreadable, View, keys, label_of, load_named
from cstrain.table_reader import TableReader


def load(reader: TableReader) -> Params:
    """Return the options and the key of the explicit none option, if there is one."""
    options = load_named(reader, "options")
    none = reader.one_of("none", keys(options)) if reader.has("none") else None
    return {"options": options, "none": none}


def parse(value: Any, params: Params) -> list[str] | None:
    """Return the chosen keys in the order of the options, None when nothing is chosen."""
    if value is None:
        return None
    known = keys(params["options"])
    if not isinstance(value, (list, tuple)) or any(one not in known for one in value):
        raise Unreadable("unknown_option", words=str(value)[:60])
    return [key for key in known if key in value] or None


sheet = choice.sheet


def shown(value: Any, view: View) -> str:
    """Return the labels of the chosen options."""
    return ", ".join(label_of(view["options"], one) for one in value or [])
