"""A number as people type it; reading it is the rules' business, so the typed text is kept."""

from __future__ import annotations

from typing import Any, Final

from cstrain.html import escape
from cstrain.shapes.base import Params, Unreadable, View, line
from cstrain.table_reader import TableReader

LONGEST: Final = 60  # no sensible number is longer; a pasted page is not a number


def load(reader: TableReader) -> Params:
    """Return the unit that stands behind the box, if any."""
    return {"unit": reader.optional_text("unit")}


def parse(value: Any, params: Params) -> str | None:  # noqa: ARG001 - one signature for all shapes
    """Return what was typed, trimmed; None when blank. A bool is no number."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise Unreadable("no_number", words=str(value)[:LONGEST])
    typed = str(value).strip()
    if len(typed) > LONGEST:
        raise Unreadable("no_number", words=typed[:LONGEST])
    return typed or None


def sheet(view: View) -> str:
    """Return a line to write on, and the unit."""
    return f"{line()} {escape(view.get('unit') or '')}"


def shown(value: Any, view: View) -> str:
    """Return the number with its unit."""
    return f"{escape(value)} {escape(view.get('unit') or '')}".strip()
