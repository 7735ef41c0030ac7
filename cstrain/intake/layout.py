"""Rows become a table: where the header is, which rows are no records, where a second table begins.

Nothing is dropped silently: every row that is no record is listed with its reason.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from cstrain.intake.errors import IntakeError
from cstrain.intake.limits import COLUMNS, ROWS
from cstrain.intake.raw_table import Cells, LeftOut, Note, RawTable
from cstrain.intake.vocabulary import plain_value, value_words

HEAD: Final = 40  # rows in which the header is looked for
_CHUNK: Final = 20_000
_INTERNED: Final = 50_000  # with more different values a column is mostly different ones
_FIGURES: Final = re.compile(r"[\d\s:/.\-+,%]+")
_DIGIT: Final = re.compile(r"\d")


def is_blank(cell: Any) -> bool:
    """Say whether a cell holds nothing but blanks."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def header_place(head: Sequence[Sequence[Any]]) -> int:
    """Return which of the first rows is the header: the first one that is about as wide as any.

    >>> header_place([["Tickets of July", ""], ["id", "opened"], ["1", "2025-07-01"]])
    1
    """
    filled = [sum(not is_blank(one) for one in cells) for cells in head]
    widest = max(filled, default=0)
    if widest < 2:
        raise IntakeError("no_header")
    place = next(at for at, count in enumerate(filled) if count >= max(2, 0.6 * widest))
    names = [one for one in head[place] if not is_blank(one)]
    figures = sum(not isinstance(one, str) or bool(_FIGURES.fullmatch(one)) for one in names)
    if figures * 2 >= len(names):
        raise IntakeError("no_header")
    return place


def headers_of(cells: Sequence[Any]) -> tuple[list[str], list[Note]]:
    """Return the names of the columns; those without one are called by their place.

    >>> headers_of(["id", "time", "", "time"])[0]
    ['id', 'time', '#3', 'time (2)']
    """
    names, had = [], Counter[str]()
    for place, cell in enumerate(cells, start=1):
        name = f"#{place}" if is_blank(cell) else " ".join(str(cell).split())
        had[name] += 1
        names.append(name if had[name] == 1 else f"{name} ({had[name]})")
    again = sum(count - 1 for count in had.values())
    return names, [Note("same_names", {"count": again})] if again else []


class TableBuilder:
    """Takes the rows below the header one by one; `finish` returns the table."""

    def __init__(self, header_row: int, header: Sequence[Any], *, ragged: bool) -> None:
        if len(header) > COLUMNS:
            raise IntakeError("too_many_columns", columns=len(header), most=COLUMNS)
        self._header = [" ".join(str(one).split()) if one is not None else "" for one in header]
        self._ragged = ragged  # a text file: all cells are texts, a short row is worth telling
        self._first_row, self._width = header_row, len(header)
        self._columns: list[Cells] = [[] for _ in header]
        self._seen: list[dict[Any, Any] | None] = [{} for _ in header]
        self._chunk: list[Sequence[Any]] = []
        self._rows = array("l")
        self._left: list[LeftOut] = []
        self._short: list[int] = []
        self._gap = False
        self._sample: Sequence[Any] | None = None
        self._watched = {*value_words("totals"), self._header[0].casefold()}

    def add(self, row: int, cells: Sequence[Any]) -> None:
        """Take one row with its number in the file."""
        if len(cells) != self._width:
            fitted = self._fitted(row, cells)
            if fitted is None:
                return
            cells = fitted
        first = cells[0]
        # Nearly all rows begin with something and are full: they are let through at once.
        plain = first and (
            type(first) is not str or (first[0] > " " and first.casefold() not in self._watched)
        )
        if self._gap or not plain or cells.count("") + cells.count(None) >= self._width - 1:
            code = self._no_record(row, cells)
            if code:
                self._left.append(LeftOut(row, code))
                return
        self._sample = self._sample or cells
        self._chunk.append(cells)
        self._rows.append(row)
        if len(self._chunk) >= _CHUNK:
            self._flush()

    def finish(self) -> RawTable:
        """Return the table; columns without name and values are none."""
        self._flush()
        used = [
            bool(name) or not all(map(is_blank, cells))
            for name, cells in zip(self._header, self._columns, strict=True)
        ]
        self._not_beside(used)
        names, notes = headers_of(self._header)
        nameless = [at for at, name in enumerate(self._header) if used[at] and not name]
        if nameless:
            notes.append(Note("unnamed", {"count": len(nameless), "name": names[nameless[0]]}))
        return RawTable(
            headers=tuple(one for one, there in zip(names, used, strict=True) if there),
            columns=[one for one, there in zip(self._columns, used, strict=True) if there],
            rows=self._rows,
            left_out=self._left,
            short=self._short,
            notes=notes,
        )

    def _fitted(self, row: int, cells: Sequence[Any]) -> list[Any] | None:
        cells = list(cells)
        if len(cells) > self._width:
            if all(map(is_blank, cells[self._width :])):
                return cells[: self._width]
            self._left.append(LeftOut(row, "too_many_cells"))
            return None
        if self._ragged and len(cells) > 1:
            self._short.append(row)
        return cells + [""] * (self._width - len(cells))

    def _no_record(self, row: int, cells: Sequence[Any]) -> str | None:
        """Return why a row is no record; a second header is a refusal."""
        filled = [one for one in cells if not is_blank(one)]
        if not filled:
            self._gap = bool(self._rows)
            return "blank_row"
        if [" ".join(str(one or "").split()) for one in cells] == self._header:
            self._gap = False
            return "repeated_header"
        if plain_value(str(filled[0])) in value_words("totals"):
            return "total_row"
        if self._gap and self._second_header(cells):
            places = {"first": self._first_row, "last": self._rows[-1], "next": row}
            raise IntakeError("two_tables", **places)
        if len(filled) == 1 and self._width > 2:
            return "lone_cell"
        self._gap = False
        return None

    def _second_header(self, cells: Sequence[Any]) -> bool:
        filled = [(at, one) for at, one in enumerate(cells) if not is_blank(one)]
        texts = all(isinstance(one, str) and not _DIGIT.search(one) for _, one in filled)
        if len(filled) < 2 or not texts or self._sample is None:
            return False
        missing = value_words("missing")
        return any(
            _figure(self._sample[at]) and plain_value(one) not in missing for at, one in filled
        )

    def _not_beside(self, used: Sequence[bool]) -> None:
        for at, there in enumerate(used):
            left = sum(used[:at])
            right = sum(bool(one) for one in self._header[at + 1 :])
            if not there and left >= 2 and right >= 2:
                raise IntakeError("tables_beside", column=at + 1)

    def _flush(self) -> None:
        if not self._chunk:
            return
        if len(self._rows) > ROWS:
            raise IntakeError("too_many_rows", most=f"{ROWS:,}")
        for at, cells in enumerate(zip(*self._chunk, strict=True)):
            seen = self._seen[at]
            if seen is None:
                self._columns[at].extend(cells)
                continue
            # Equal cells become one object: a column of few values then costs next to nothing.
            keys = cells if self._ragged else map(_typed, cells)
            self._columns[at].extend(map(seen.setdefault, keys, cells))
            if len(seen) > _INTERNED:
                self._seen[at] = None
        self._chunk = []


def _figure(cell: Any) -> bool:
    return not isinstance(cell, str) or bool(_DIGIT.search(cell))


def _typed(cell: Any) -> Any:
    """Return a key that keeps 1, 1.0 and True apart."""
    return cell if type(cell) is str else (type(cell), cell)
