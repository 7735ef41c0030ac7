"""Cards into groups: one group per card, or (many) a set of groups per card."""

from __future__ import annotations

from typing import Any

from cstrain.shapes.base import (
    Params,
    Unreadable,
    View,
    as_table,
    box,
    keys,
    label_of,
    load_named,
)
from cstrain.table_reader import TableReader


def load(reader: TableReader) -> Params:
    """Return cards, groups, whether a card may have many groups, and the explicit none group."""
    groups = load_named(reader, "groups")
    many = reader.flag("many", default=False)
    none = reader.one_of("none", keys(groups)) if reader.has("none") else None
    return {"cards": load_named(reader, "cards"), "groups": groups, "many": many, "none": none}


def parse(value: Any, params: Params) -> dict[str, Any] | None:
    """Return the groups of every touched card; untouched and unknown cards are left out."""
    if value is None:
        return None
    table = as_table(value)
    known = keys(params["groups"])
    done: dict[str, Any] = {}
    for card in keys(params["cards"]):
        given = table.get(card)
        if given in (None, "", []):
            continue
        groups = given if isinstance(given, (list, tuple)) else [given]
        if any(one not in known for one in groups):
            raise Unreadable("unknown_option", words=str(given)[:60])
        chosen = [key for key in known if key in groups]
        if not params["many"] and len(chosen) != 1:
            raise Unreadable("one_group_only", words=", ".join(chosen))
        done[card] = chosen if params["many"] else chosen[0]
    return done or None


def sheet(view: View) -> str:
    """Return a table: a card a row, a box for each group."""
    boxes = "".join(box(label_of(view["groups"], key)) for key in keys(view["groups"]))
    rows = "".join(
        f'<tr><th scope="row">{label_of(view["cards"], key)}</th><td>{boxes}</td></tr>'
        for key in keys(view["cards"])
    )
    return f'<table class="sheet-table"><tbody>{rows}</tbody></table>'


def shown(value: Any, view: View) -> str:
    """Return a table: a card a row, its groups beside it."""
    rows = "".join(
        f'<tr><th scope="row">{label_of(view["cards"], card)}</th>'
        f"<td>{_groups(given, view)}</td></tr>"
        for card, given in (value or {}).items()
    )
    return f'<table class="sheet-table"><tbody>{rows}</tbody></table>'


def _groups(given: Any, view: View) -> str:
    groups = given if isinstance(given, (list, tuple)) else [given]
    return ", ".join(label_of(view["groups"], one) for one in groups)
