"""Reads a table from a sheet of a workbook: values of formulas, merged cells, chosen sheet."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from cstrain.intake.errors import IntakeError
from cstrain.intake.layout import HEAD, TableBuilder, header_place, is_blank
from cstrain.intake.raw_table import Note, RawTable
from cstrain.intake.workbook_parts import Area, SheetFacts, check_package, sheet_facts

_EVERY: Final = 2_000
_MEMBERS_OF_NOTE: Final = 6  # names of sheets that are listed
_UNSAFE: Final = {"EntitiesForbidden", "DTDForbidden", "ExternalReferenceForbidden"}
Numbered = Iterator[tuple[int, list[Any]]]


def read_workbook(path: Path, progress: Callable[[float], None], sheet: str | None) -> RawTable:
    """Return the table of a sheet: the one asked for, or the first visible one with content."""
    check_package(path)
    if not all(map(importlib.util.find_spec, ("openpyxl", "defusedxml"))):
        raise IntakeError("needs_openpyxl")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with path.open("rb") as file:  # by its name alone openpyxl would refuse it
                return _read(file, path, progress, sheet)
    except IntakeError:
        raise
    except MemoryError as error:
        raise IntakeError("no_memory") from error
    except Exception as error:  # a broken workbook makes the parser raise anything at all
        unsafe = {type(error).__name__, type(error.__cause__).__name__} & _UNSAFE
        raise IntakeError("unsafe_xml" if unsafe else "damaged") from error


def _read(
    file: BinaryIO, path: Path, progress: Callable[[float], None], wanted: str | None
) -> RawTable:
    import openpyxl  # noqa: PLC0415 - only workbooks need it

    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        sheets = {one.title: one for one in book.worksheets}
        name = _chosen(sheets, wanted)
        facts = sheet_facts(path, name)
        rows = max(1, sheets[name].max_row or 1)
        table = _built(_numbered(sheets[name]), facts, lambda row: progress(min(1.0, row / rows)))
    finally:
        book.close()
    others = [one for one in sheets if one != name]
    if others:
        listed = ", ".join(others[:_MEMBERS_OF_NOTE]) + (", …" * (len(others) > _MEMBERS_OF_NOTE))
        table.notes.insert(0, Note("sheet", {"sheet": name, "others": listed}))
    table.notes += _notes(facts)
    return table


def _chosen(sheets: dict[str, Any], wanted: str | None) -> str:
    if wanted is not None:
        if wanted not in sheets:
            raise IntakeError("no_sheet", sheet=wanted, known=", ".join(sheets))
        return wanted
    for name, sheet in sheets.items():
        if sheet.sheet_state == "visible" and next(_numbered(sheet), None) is not None:
            return name
    raise IntakeError("no_rows_in_sheets")


def _numbered(sheet: Any) -> Numbered:
    """Yield every row up to the last one with content, with its number."""
    sheet.reset_dimensions()
    blank: list[int] = []
    for row, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if all(map(is_blank, cells)):
            blank.append(row)
            continue
        for one in blank:
            yield one, []
        blank = []
        yield row, list(cells)


def _built(numbered: Numbered, facts: SheetFacts, tell: Callable[[int], None]) -> RawTable:
    head = [(row, _trimmed(cells)) for row, cells in islice(numbered, HEAD)]
    place = header_place([cells for _, cells in head])
    header_row, header = head[place]
    crossing = [
        one for one in facts.merged if one.top <= header_row <= one.bottom and one.top != one.bottom
    ]
    crossing += [one for one in facts.merged if one.top == one.bottom == header_row]
    if crossing:
        raise IntakeError("merged_header", cells=str(crossing[0]))
    width = max(len(cells) for _, cells in head[place:])
    builder = TableBuilder(header_row, header + [None] * (width - len(header)), ragged=False)
    filled = _Filler([one for one in facts.merged if one.top > header_row])
    for row, cells in head[place + 1 :]:
        builder.add(row, filled.row(row, cells))
    for row, cells in numbered:
        builder.add(row, filled.row(row, _trimmed(cells)))
        if not row % _EVERY:
            tell(row)
    table = builder.finish()
    above = sum(bool(cells) for _, cells in head[:place])
    if above:
        table.notes.append(Note("rows_above", {"row": header_row, "count": above}))
    if filled.cells:
        table.notes.append(Note("merged", {"count": len(filled.areas), "cells": filled.cells}))
    return table


class _Filler:
    """Fills the value of an area merged over several rows into its rows below."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self.areas = [one for one in areas if one.bottom > one.top]
        self._waiting = sorted(self.areas, key=lambda one: -one.top)
        self._open: list[tuple[Area, Any]] = []
        self.cells = 0

    def row(self, number: int, cells: list[Any]) -> list[Any]:
        """Return the row with what merged cells above hold for it."""
        for area, value in self._open:
            if area.top < number <= area.bottom and not is_blank(value):
                cells += [None] * (area.left + 1 - len(cells))
                cells[area.left] = value
                self.cells += 1
        self._open = [one for one in self._open if one[0].bottom > number]
        while self._waiting and self._waiting[-1].top <= number:
            area = self._waiting.pop()
            value = cells[area.left] if area.left < len(cells) else None
            self._open.append((area, value))
        return cells


def _trimmed(cells: list[Any]) -> list[Any]:
    while cells and is_blank(cells[-1]):
        cells.pop()
    return cells


def _notes(facts: SheetFacts) -> Iterator[Note]:
    if facts.formulas:
        yield Note("formulas", {"count": facts.formulas})
    if facts.empty_formulas:
        yield Note("formulas_empty", {"count": facts.empty_formulas})
    if facts.hidden_rows:
        yield Note("hidden_rows", {"count": facts.hidden_rows})
