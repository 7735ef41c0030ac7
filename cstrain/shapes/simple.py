"""The shapes that can also stand inside a form or a table."""

from __future__ import annotations

from typing import Any, Final, cast

from cstrain.language import Text
from cstrain.shapes import choice, choices, date, match, number, order, sort, text
from cstrain.shapes.base import Shape
from cstrain.table_reader import TableReader

SIMPLE: Final[dict[str, Shape]] = {
    "choice": cast("Shape", choice),
    "choices": cast("Shape", choices),
    "sort": cast("Shape", sort),
    "match": cast("Shape", match),
    "order": cast("Shape", order),
    "number": cast("Shape", number),
    "text": cast("Shape", text),
    "date": cast("Shape", date),
}


def load_inner(reader: TableReader, shapes: dict[str, Shape] = SIMPLE) -> dict[str, Any]:
    """Return one field that stands inside a form or a table: key, shape, labels, parameters."""
    shape = reader.one_of("shape", sorted(shapes))
    label: Text = reader.text("label")
    done = {
        "key": reader.string("key"),
        "shape": shape,
        "label": label,
        "help": reader.optional_text("help"),
        "required": reader.flag("required", default=True),
        **shapes[shape].load(reader),
    }
    reader.finish()
    return done


def parse_inner(
    given: Any, fields: Any, shapes: dict[str, Shape] = SIMPLE
) -> dict[str, Any] | None:
    """Return the values of the inner fields, None for blank ones; None when all are blank."""
    values = {one["key"]: shapes[one["shape"]].parse(given.get(one["key"]), one) for one in fields}
    return values if any(value is not None for value in values.values()) else None
