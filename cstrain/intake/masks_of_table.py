"""The kept rows as a frame: typed columns, and texts in which nothing personal is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from cstrain.intake.columns import personal_kind
from cstrain.intake.masking import Masker, as_text, is_missing_text
from cstrain.intake.names import are_names
from cstrain.intake.raw_table import Note, RawTable
from cstrain.intake.typed_columns import Typed

_CODE: Final = re.compile(r"[A-Za-z]{1,4}-?\d{1,10}").fullmatch


def masked_columns(
    table: RawTable,
    typed: Mapping[str, Typed],
    kept: Sequence[int],
    masker: Masker,
    progress: Callable[[str, float], None],
) -> tuple[Any, list[Note]]:
    """Return the frame of the kept rows, a column a field, and what is told of the masking."""
    import pandas as pd  # type: ignore[import-untyped] # noqa: PLC0415 - only data need it

    whole = len(kept) == len(table.rows)
    names = _names_beside(table, typed, kept, whole=whole)
    made: dict[str, Any] = {}
    notes: list[Note] = []
    for place, (key, one) in enumerate(typed.items()):
        if one.is_text:
            cells = one.cells if whole else [one.cells[at] for at in kept]
            made[key] = pd.Series(_texts(one, cells, masker, names, notes), dtype="str")
            one.cells = ()
        else:
            made[key] = one.series if whole else one.series.take(kept).reset_index(drop=True)
            one.series = None
        progress("masking", (place + 1) / len(typed))
    notes += [Note("masked", {"kind": kind, "count": n}) for kind, n in masker.counts.items()]
    if any(one.field.kind == "text" for one in typed.values()):
        notes.append(Note("free_text"))
    return pd.DataFrame(made), notes


def _texts(
    one: Typed,
    cells: Sequence[Any],
    masker: Masker,
    names: Sequence[Sequence[str]] | None,
    notes: list[Note],
) -> list[str | None]:
    """Return a masked column of texts; in free texts the names beside them are masked too."""
    what = one.field
    if what.kind == "text" and names is not None:
        return [
            None if is_missing_text(cell) else masker.text(as_text(cell), beside)
            for cell, beside in zip(cells, names, strict=True)
        ]
    if what.kind == "id" and what.mask == "auto":
        # Nearly all record numbers are letters and a few digits, which can be nothing personal.
        odd = [one for one in cells if not (type(one) is str and _CODE(one))]
        known = masker.column(odd, what) if odd else {}
        return [one if type(one) is str and _CODE(one) else known.get(one) for one in cells]
    made = masker.column(cells, what)
    if what.mask == "always":
        notes.append(Note("masked_column", {"field": what.key}))
    elif masker.holds_names(map(as_text, made), what):
        notes.append(Note("masked_names", {"field": what.key}))
    return list(map(made.get, cells))


def _names_beside(
    table: RawTable, typed: Mapping[str, Typed], kept: Sequence[int], *, whole: bool
) -> list[tuple[str, ...]] | None:
    """Return for every kept row the names that stand in its columns of names."""
    if not any(one.field.kind == "text" for one in typed.values()):
        return None
    columns = [
        [as_text(one) if isinstance(one, str) else "" for one in cells]
        for header, cells in zip(table.headers, table.columns, strict=True)
        if personal_kind(header) == "name"
    ]
    columns += [_agents(one) for one in typed.values() if one.field.key == "agent_id"]
    columns = [one for one in columns if any(one)]
    if not columns:
        return None
    rows: Iterable[tuple[str, ...]] = zip(*columns, strict=True)
    listed = list(rows)
    return listed if whole else [listed[at] for at in kept]


def _agents(one: Typed) -> list[str]:
    """Return the agents' names, nothing where they are numbers or codes."""
    texts = [as_text(cell) if isinstance(cell, str) else "" for cell in one.cells]
    return texts if are_names(set(texts), western=True) else []
