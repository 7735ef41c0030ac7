"""A date as people type it; the rules read it."""

from __future__ import annotations

from cstrain.shapes import number
from cstrain.shapes.base import Params
from cstrain.table_reader import TableReader


def load(reader: TableReader) -> Params:  # noqa: ARG001 - one signature for all shapes
    """Return no parameters: a date has none."""
    return {}


parse = number.parse
sheet = number.sheet
shown = number.shown
