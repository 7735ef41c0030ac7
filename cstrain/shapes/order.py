"""Things in an order."""

from __future__ import annotations

from typing import Any

from cstrain.shapes.base import Params, Unreadable, View, box, keys, label_of, load_named
from cstrain.table_reader import TableReader


def load(reader: TableReader) -> Params:
    """Return the things to be ordered."""
    return {"items": load_named(reader, "items")}


def parse(value: Any, params: Params) -> list[str] | None:
    """Return the keys in the learner's order; every thing must be there exactly once."""
    if value in (None, []):
        return None
    if not isinstance(value, (list, tuple)):
        raise Unreadable("wrong_form")
    given = [one for one in value if isinstance(one, str)]
    if sorted(given) != sorted(keys(params["items"])):
        raise Unreadable("not_every_item_once")
    return given


def sheet(view: View) -> str:
    """Return the things with a box for their place."""
    return "".join(box(label_of(view["items"], key)) for key in keys(view["items"]))


def shown(value: Any, view: View) -> str:
    """Return the things as a numbered list."""
    return (
        "<ol>"
        + "".join(f"<li>{label_of(view['items'], one)}</li>" for one in value or [])
        + "</ol>"
    )
