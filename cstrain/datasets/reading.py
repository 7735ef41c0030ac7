"""Rows of a table by the standard library: as the file has them, or typed."""

from __future__ import annotations

import csv
from collections.abc import Callable, Generator, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from cstrain.datasets.index import Column, Table, table
from cstrain.errors import ContentError

_READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "text": str,
    "int": int,
    "float": float,
    "bool": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "time": datetime.fromisoformat,
}
_ALLOWED: Final = {
    "text": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "date": "a date, 2025-07-01",
    "time": "a time, 2025-07-01T09:30:00",
}


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table as the file has them: every cell is text, empty ones too.

    >>> rows("goal_tree")[0]["deadline"]
    '2026-12-31'
    """
    about = table(name)
    names = [one.name for one in about.columns]
    return [dict(zip(names, cells, strict=True)) for cells in lines_of(about)]


def typed_rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a table with numbers, true and false, dates and times; None is missing.

    >>> typed_rows("goal_tree")[0]["deadline"]
    datetime.date(2026, 12, 31)
    """
    about = table(name)
    names = [one.name for one in about.columns]
    readers = [_reader(one) for one in about.columns]
    found = []
    for line, cells in enumerate(lines_of(about), start=2):
        try:
            values = [read(cell) for read, cell in zip(readers, cells, strict=True)]
        except (ValueError, KeyError) as error:
            raise _wrong_cell(about, line, cells) from error
        found.append(dict(zip(names, values, strict=True)))
    return found


def lines_of(about: Table) -> Generator[list[str]]:
    """Yield the cells of each row; stop with one sentence when the file is not as described."""
    try:
        with about.file.open(encoding="utf-8-sig", newline="") as file:
            yield from _checked(about, csv.reader(file, strict=True))
    except OSError as error:
        allowed = f"a readable file ({error.strerror or error})"
        raise ContentError(shown(about), "file", found="nothing", allowed=allowed) from error
    except UnicodeDecodeError as error:
        found = error.object[error.start : error.start + 4]
        raise ContentError(shown(about), "file", found=found, allowed="UTF-8 text") from error
    except csv.Error as error:
        raise ContentError(shown(about), "file", found=str(error), allowed="CSV") from error


def shown(about: Table) -> str:
    """Return the file of a table as people see it."""
    return f"datasets/{about.file.parent.name}/{about.file.name}"


def _checked(about: Table, lines: Iterator[list[str]]) -> Iterator[list[str]]:
    names = [one.name for one in about.columns]
    header = next(lines, [])
    if header != names:
        raise _wrong_header(about, header, names)
    count = 0
    for cells in lines:
        count += 1
        if len(cells) != len(names):
            key, allowed = f"line {count + 1}", f"{len(names)} cells"
            raise ContentError(shown(about), key, found=len(cells), allowed=allowed)
        yield cells
    if count != about.rows:
        raise ContentError(shown(about), "rows", found=count, allowed=f"{about.rows}")


def _wrong_header(about: Table, header: list[str], names: list[str]) -> ContentError:
    place = next(
        (at for at, (one, other) in enumerate(zip(header, names, strict=False)) if one != other),
        min(len(header), len(names)),
    )
    found = header[place] if place < len(header) else "nothing"
    allowed = f'"{names[place]}"' if place < len(names) else "nothing more"
    return ContentError(shown(about), f"header, column {place + 1}", found=found, allowed=allowed)


def _reader(column: Column) -> Callable[[str], Any]:
    read = _READ[column.kind]
    match column.empty:
        case "missing":
            return lambda cell: read(cell) if cell else None
        case "blank":
            return read
    return lambda cell: read(cell) if cell else _never()


def _never() -> Any:
    raise ValueError


def _wrong_cell(about: Table, line: int, cells: list[str]) -> ContentError:
    for column, cell in zip(about.columns, cells, strict=True):
        try:
            _reader(column)(cell)
        except (ValueError, KeyError):
            key, allowed = f"line {line}, {column.name}", _ALLOWED[column.kind]
            return ContentError(shown(about), key, found=cell or "nothing", allowed=allowed)
    return ContentError(shown(about), f"line {line}", found=cells, allowed="typed cells")
