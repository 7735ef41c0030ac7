"""Reads tables from text files: CSV with any usual separator, in any usual encoding."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from cstrain.intake.errors import IntakeError
from cstrain.intake.layout import HEAD, TableBuilder, header_place, is_blank
from cstrain.intake.raw_table import Note, RawTable
from cstrain.intake.sniffing import LOST, encoding_of

Progress = Callable[[float], None]

SEPARATORS: Final = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}
_NAMES: Final = {"utf-8-sig": "UTF-8", "gb18030": "GBK (GB18030)", "cp1252": "Windows-1252"}
_EVERY: Final = 50_000  # rows between two reports of progress
_LINES: Final = 1_000  # lines in a row; more come of a quotation mark that is never closed
_CELL: Final = 1_000_000  # characters; a longer one is a quotation mark that is never closed


def read_text(path: Path, progress: Progress) -> RawTable:
    """Return the table in a text file; the decisions about it stand in its notes."""
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as file:
        separator, skipped = _separator(list(islice(file, HEAD)))
    size = path.stat().st_size or 1
    csv.field_size_limit(_CELL)
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding, newline="") as file:
        for _ in range(skipped):
            next(file)
        numbered = _numbered(file, separator, skipped + 1)
        table = _built(numbered, lambda: progress(min(1.0, raw.tell() / size)))
    table.notes[:0] = [
        Note("encoding", {"encoding": _NAMES.get(encoding, encoding.upper())}),
        Note("separator", {"separator": separator}),
    ]
    return table


def _numbered(file: Iterable[str], separator: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with their numbers, counted as a spreadsheet counts them."""
    record: list[str] = []  # the lines of the row that is being read
    kept = record.append

    def lines() -> Iterator[str]:
        for line in file:
            kept(line)
            yield line

    row, last = first, ""
    try:
        for cells in csv.reader(lines(), delimiter=separator):
            if len(record) > _LINES:
                raise IntakeError("open_quote", line=row)
            yield row, cells
            row += 1
            last = "".join(record) if len(record) > 1 or '"' in record[0] else ""
            record.clear()
    except csv.Error as error:
        raise IntakeError("open_quote", line=row) from error
    if last and _left_open(last, separator):
        raise IntakeError("open_quote", line=max(first, row - 1))


def _left_open(record: str, separator: str) -> bool:
    """Say whether a quotation mark is still open where the file ends."""
    try:
        list(csv.reader([record], delimiter=separator, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _built(numbered: Iterator[tuple[int, list[str]]], tell: Callable[[], None]) -> RawTable:
    head = list(islice(numbered, HEAD))
    if not any(not is_blank(one) for _, cells in head for one in cells):
        raise IntakeError("empty")
    place = header_place([cells for _, cells in head])
    header = head[place][1]
    if any(mark in one for one in header for mark in LOST):
        raise IntakeError("lost_characters")
    while is_blank(header[-1]) and all(len(cells) < len(header) for _, cells in head[place + 1 :]):
        header = header[:-1]
    builder = TableBuilder(head[place][0], header, ragged=True)
    for row, cells in head[place + 1 :]:
        builder.add(row, cells)
    for row, cells in numbered:
        builder.add(row, cells)
        if not row % _EVERY:
            tell()
    table = builder.finish()
    above = sum(not all(map(is_blank, cells)) for _, cells in head[:place])
    if above:
        table.notes.append(Note("rows_above", {"row": head[place][0], "count": above}))
    return table


def _separator(lines: list[str]) -> tuple[str, int]:
    """Return the separator that cuts most lines into equally many cells, and lines to skip."""
    if not any(map(str.strip, lines)):
        raise IntakeError("empty")
    first = lines[0].strip().strip('"').casefold() if lines else ""
    if first.startswith("sep=") and len(first) <= 5:  # Excel's own way to name the separator
        return (first[4:] or "\t"), 1
    best, found = (0.0, 0), ""
    for separator in SEPARATORS:
        widths = Counter(len(one) for one in csv.reader(lines, delimiter=separator) if one)
        width, times = max(widths.items(), key=lambda one: (one[0] > 1, one[1], one[0]))
        if width > 1 and (times / sum(widths.values()), width) > best:
            best, found = (times / sum(widths.values()), width), separator
    if not found:
        raise IntakeError("no_columns")
    return found, 0
