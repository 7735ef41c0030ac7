"""A company's own tables at hand: the data sets taken in, and files opened for this session.

A file that is opened stays in the memory of the kernel or of the page's worker, and nowhere else.
The same code runs in JupyterLab and, without pandas, inside a book page.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Final

from cstrain.causes.own_cells import Kind, kind_of, shown_cell
from cstrain.datasets import dataset_names
from cstrain.datasets import table as shipped
from cstrain.datasets.index import Table, forget
from cstrain.datasets.places import MINE
from cstrain.datasets.reading import lines_of
from cstrain.errors import CstrainError
from cstrain.model import Fact

MOST_COLUMNS: Final = 200
MOST_CHARACTERS: Final = 8_000_000  # of a file that is opened: messages to a kernel end at 10 MB
_MOST_FILES: Final = 6  # kept open; the oldest goes
_MOST_CELL: Final = 300
_SEPARATORS: Final = ",\t;|"
_LOOKED_AT: Final = 30  # lines, to find the separator
_KINDS: Final[Mapping[str, Kind]] = {
    "int": "number", "float": "number", "date": "time", "time": "time",
}  # fmt: skip


class OwnDataError(CstrainError):
    """Own data that cannot be used: a code of messages/effect_own.toml, and its facts."""

    def __init__(self, code: str, **facts: Fact) -> None:
        self.code: Final = code
        self.facts: Final = facts
        super().__init__(code)


@dataclass(frozen=True)
class OwnTable:
    """A table: its name, what each of its columns holds, how many rows it has."""

    name: str
    columns: Mapping[str, Kind]
    rows: int


@dataclass
class _Opened:
    """A file's columns of cells; its serial tells it from an earlier file of the same name."""

    about: OwnTable
    cells: Mapping[str, Sequence[str]]
    serial: int = field(default_factory=count().__next__)


_FILES: dict[str, _Opened] = {}


def own_tables() -> tuple[OwnTable, ...]:
    r"""Return all tables at hand; the index of the data sets is read anew.

    >>> open_text("calls.csv", "site,late\nS1,yes\n").columns
    {'site': 'text', 'late': 'text'}
    >>> close_files()
    """
    forget()
    try:
        taken = [_table_of(shipped(one)) for one in dataset_names() if one.startswith(f"{MINE}.")]
    except CstrainError:  # an index that somebody edited: the files are still there
        taken = []
    return (*taken, *(one.about for one in reversed(_FILES.values())))


def close_files() -> None:
    """Forget the files that were opened."""
    _FILES.clear()


def open_text(name: str, text: str) -> OwnTable:
    """Take the text of a CSV file as a table for this session; OwnDataError says why not."""
    if len(text) > MOST_CHARACTERS:
        raise OwnDataError("file_large", most=MOST_CHARACTERS // 1_000_000)
    if text.startswith("PK\x03\x04"):
        raise OwnDataError("file_workbook")
    clean = text.removeprefix("\ufeff").replace("\x00", "")
    separator = _separator(clean)
    try:
        rows = list(csv.reader(io.StringIO(clean, newline=""), delimiter=separator))
    except csv.Error as error:
        raise OwnDataError("file_broken") from error
    filled = [one for one in rows if any(map(str.strip, one))]
    if len(filled) < 2:
        raise OwnDataError("file_empty")
    header = _header(filled[0])
    if not 2 <= len(header) <= MOST_COLUMNS:
        raise OwnDataError("file_columns", count=len(header), most=MOST_COLUMNS)
    body = [_fitted(one, len(header)) for one in filled[1:]]
    columns = dict(zip(header, map(list, zip(*body, strict=True)), strict=True))
    kinds = {key: kind_of(set(cells)) for key, cells in columns.items()}
    made = _Opened(OwnTable(name[:_MOST_CELL] or "CSV", kinds, len(body)), columns)
    _FILES.pop(made.about.name, None)
    _FILES[made.about.name] = made
    while len(_FILES) > _MOST_FILES:
        del _FILES[next(iter(_FILES))]
    return made.about


def own_table(name: str) -> OwnTable:
    """Return a table at hand; OwnDataError when it is not."""
    if name in _FILES:
        return _FILES[name].about
    return _table_of(_taken_in(name))


def counts_of(name: str, columns: Sequence[str]) -> Counter[tuple[str, ...]]:
    """Return how often each combination of cells of these columns occurs in a table."""
    known = own_table(name).columns
    missing = next((one for one in columns if one not in known), None)
    if missing is not None:
        raise OwnDataError("column_gone", words=missing, words_table=name)
    if name in _FILES:
        return _counted_file(name, _FILES[name].serial, tuple(columns))
    try:
        file = shipped(name).file
        return _counted(name, f"{file} {file.stat().st_mtime_ns}", tuple(columns))
    except (CstrainError, OSError) as error:
        raise OwnDataError("table_broken", words=name) from error


@lru_cache(maxsize=8)
def _counted(name: str, _stamp: str, columns: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    about = shipped(name)
    places = [[one.name for one in about.columns].index(column) for column in columns]
    with closing(lines_of(about)) as lines:
        return Counter(tuple(cells[place] for place in places) for cells in lines)


@lru_cache(maxsize=8)
def _counted_file(name: str, _serial: int, columns: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    cells = _FILES[name].cells
    return Counter(zip(*(cells[one] for one in columns), strict=True))


def _taken_in(name: str) -> Table:
    try:
        return shipped(name if name.startswith(f"{MINE}.") else "")
    except CstrainError as error:
        raise OwnDataError("table_gone", words=name) from error


def _table_of(about: Table) -> OwnTable:
    kinds = {one.name: _KINDS.get(one.kind, "text") for one in about.columns}
    return OwnTable(about.name, kinds, about.rows)


def _separator(text: str) -> str:
    """Return what cuts most of the first lines into as many parts as the first one."""
    lines = [one for one in text[:100_000].splitlines() if one.strip()][:_LOOKED_AT]
    if not lines:
        raise OwnDataError("file_empty")

    def merit(separator: str) -> tuple[int, int]:
        widths = [len(one) for one in csv.reader(lines, delimiter=separator) if one]
        wide = max(widths, key=lambda width: (width > 1, widths.count(width)))
        return (widths.count(wide), wide) if wide > 1 else (0, 0)

    try:
        return max(_SEPARATORS, key=merit)
    except csv.Error as error:
        raise OwnDataError("file_broken") from error


def _header(cells: Sequence[str]) -> list[str]:
    """Return names of columns, all different and none blank."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = own = shown_cell(cell)[:_MOST_CELL] or f"#{place}"
        number = 2
        while name in names:
            name, number = f"{own} ({number})", number + 1
        names.append(name)
    return names


def _fitted(cells: Sequence[str], width: int) -> Iterator[str]:
    for place in range(width):
        yield cells[place][:_MOST_CELL] if place < len(cells) else ""
