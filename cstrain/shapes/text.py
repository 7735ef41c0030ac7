"""Free text."""

from __future__ import annotations

from typing import Any, Final

from cstrain.html import escape
from cstrain.shapes.base import Params, Unreadable, View, line
from cstrain.table_reader import TableReader

# A page of print has about 3,000 characters: ten pages are no longer an answer to one question,
# and every rule's work stays bounded.
LONGEST: Final = 30_000


def load(reader: TableReader) -> Params:
    """Return the number of lines of the box, the placeholder and the length it counts up to."""
    return {
        "lines": reader.whole("lines", 2),
        "placeholder": reader.optional_text("placeholder"),
        "max": reader.whole("max", 2000),
    }


def parse(value: Any, params: Params) -> str | None:  # noqa: ARG001 - one signature for all shapes
    """Return the text, trimmed; None when blank."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise Unreadable("wrong_form")
    if len(value) > LONGEST:
        raise Unreadable("too_long", length=len(value), most=LONGEST)
    return value.replace("\x00", "").strip() or None


def sheet(view: View) -> str:
    """Return as many lines to write on as the box has."""
    return line() * int(view["lines"])


def shown(value: Any, view: View) -> str:  # noqa: ARG001 - one signature for all shapes
    """Return the text as it was written."""
    return f'<span class="cstrain-words">{escape(value)}</span>'
