"""A table as it was read: cells untouched, with the row numbers of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Cells = list[Any]  # texts; from workbooks and Parquet also numbers, times, true and false, None


@dataclass(frozen=True)
class Note:
    """Something told about the file as a whole: a code of content/intake/notes.toml."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LeftOut:
    """A row that is no record: its number in the file, and the code of the reason."""

    row: int
    code: str


@dataclass
class RawTable:
    """Headers, one list of cells a column, and where each row stands in the file."""

    headers: tuple[str, ...]
    columns: list[Cells]
    rows: Sequence[int]
    left_out: list[LeftOut] = field(default_factory=list)
    short: list[int] = field(default_factory=list)  # rows with fewer cells than headers
    notes: list[Note] = field(default_factory=list)

    def column(self, header: str) -> Cells:
        """Return the cells under a header."""
        return self.columns[self.headers.index(header)]

    def drop(self, header: str) -> None:
        """Forget the cells of a column that are needed no longer."""
        self.columns[self.headers.index(header)] = []

    @property
    def read(self) -> int:
        """Return how many rows the file has below the header."""
        return len(self.rows) + len(self.left_out)
