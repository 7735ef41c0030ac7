"""A workbook looked at from outside: is it safe to unpack, and what the parts of a sheet say."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from cstrain.intake.errors import IntakeError
from cstrain.intake.limits import MB, MEMBERS, RATIO, RATIO_FROM_BYTES, UNPACKED_BYTES

_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_ENCRYPTED: Final = 0x1
_PIECE: Final = 1 << 20
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ />]")
_EMPTY: Final = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f[^>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*"
    rb"</(?:\w+:)?c>"
)
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_HIDDEN: Final = re.compile(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"')


@dataclass(frozen=True)
class Area:
    """A merged area: first and last row, counted from 1, first and last column, from 0."""

    top: int
    bottom: int
    left: int
    right: int

    def __str__(self) -> str:
        return f"{_letters(self.left)}{self.top}:{_letters(self.right)}{self.bottom}"


@dataclass
class SheetFacts:
    """What a sheet's part says beside its values."""

    formulas: int = 0
    empty_formulas: int = 0
    hidden_rows: int = 0
    merged: list[Area] = field(default_factory=list)


def check_package(path: Path) -> None:
    """Refuse what is no workbook, is encrypted, or would unpack too far; nothing is unpacked."""
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
            names = {one.filename for one in members}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise IntakeError("damaged") from error
    if any(one.flag_bits & _ENCRYPTED for one in members):
        raise IntakeError("encrypted")
    if "xl/workbook.bin" in names:
        raise IntakeError("binary_excel")
    if "mimetype" in names and "content.xml" in names:
        raise IntakeError("open_document")
    if _BOOK not in names:
        raise IntakeError("not_a_table")
    unpacked = sum(one.file_size for one in members)
    if unpacked > UNPACKED_BYTES:
        facts = {"size": f"{unpacked / MB:,.0f}", "most": f"{UNPACKED_BYTES / MB:,.0f}"}
        raise IntakeError("unpacks_too_large", **facts)
    tight = any(
        one.file_size > RATIO_FROM_BYTES and one.file_size > RATIO * max(1, one.compress_size)
        for one in members
    )
    if tight or len(members) > MEMBERS:
        raise IntakeError("bomb")


def sheet_facts(path: Path, sheet: str) -> SheetFacts:
    """Return formulas, hidden rows and merged areas of a sheet, without building its cells."""
    found = SheetFacts()
    with zipfile.ZipFile(path) as package:
        part = _part_of(package, sheet)
        if part is None:
            return found
        for piece in _whole_rows(package, part):
            found.formulas += len(_FORMULA.findall(piece))
            found.empty_formulas += len(_EMPTY.findall(piece))
            found.hidden_rows += len(_HIDDEN.findall(piece))
            found.merged += [_area(*one.groups()) for one in _MERGED.finditer(piece)]
    return found


def _part_of(package: zipfile.ZipFile, sheet: str) -> str | None:
    """Return the name of the part that holds a sheet."""
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - only workbooks need it

    relation: Any = None
    for one in fromstring(package.read(_BOOK)).iter():
        if _local(one.tag) == "sheet" and one.get("name") == sheet:
            relation = next((text for key, text in one.items() if _local(key) == "id"), None)
    if relation is None or _RELATIONS not in package.namelist():
        return None
    for one in fromstring(package.read(_RELATIONS)).iter():
        if one.get("Id") == relation:
            target = str(one.get("Target", ""))
            name = target[1:] if target.startswith("/") else str(PurePosixPath("xl", target))
            return name if name in package.namelist() else None
    return None


def _whole_rows(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield a part in pieces that end where a row ends."""
    rest = b""
    with package.open(part) as file:
        while piece := file.read(_PIECE):
            rest += piece
            cut = rest.rfind(b"</row>") + len(b"</row>")
            if cut >= len(b"</row>") and cut > 0:
                yield rest[:cut]
                rest = rest[cut:]
    yield rest


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Area:
    return Area(int(top), int(bottom), _number(left), _number(right))


def _number(letters: bytes) -> int:
    number = 0
    for one in letters:
        number = number * 26 + one - 64
    return number - 1


def _letters(number: int) -> str:
    """Return the name of a column, counted from 0.

    >>> _letters(0), _letters(27)
    ('A', 'AB')
    """
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]
