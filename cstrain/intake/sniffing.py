"""What a file really is: told by its content, whatever its name says."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cstrain.intake.errors import IntakeError

_PIECE: Final = 1 << 20
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_WEB: Final = re.compile(rb"\s*(?:<!doctype html|<html|<table|<meta|<head|<\?xml)", re.IGNORECASE)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What is left of Chinese that was once read with the wrong encoding and saved again.
LOST: Final = ("\ufffd", "\u951f\u65a4\u62f7")


def kind_of(path: Path) -> str:
    """Return xlsx, parquet or text; anything else is refused with a sentence."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(_ZIP):
        return "xlsx"
    if start.startswith(_OLE):
        raise IntakeError("encrypted" if _ole_encrypted(path) else "old_excel")
    if start.startswith(b"PAR1"):
        return "parquet"
    if _WEB.match(start.removeprefix(codecs.BOM_UTF8)):
        raise IntakeError("web_page")
    if start.lstrip()[:1] in {b"{", b"["} or start.startswith((b"%PDF", b"PK", b"\x89PNG")):
        raise IntakeError("not_a_table")
    return "text"


def encoding_of(path: Path) -> str:
    """Return the encoding in which the whole file can be read, or refuse, naming the line.

    UTF-8 is tried first, for texts of other encodings practically never pass as UTF-8; then
    GB18030, which holds all of GBK and GB 2312; then Windows-1252 for western texts, in which
    accented letters stand alone.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
    encoding = marked or (_wide(start) if 0 in start else "utf-8")
    line = _first_bad_line(path, encoding)
    if line is None:
        return encoding
    if encoding == "utf-8":
        if _western(path) and _first_bad_line(path, "cp1252") is None:
            return "cp1252"
        if _first_bad_line(path, "gb18030") is None:
            return "gb18030"
    raise IntakeError("wrong_encoding", line=line)


def _wide(start: bytes) -> str:
    """Return the UTF-16 of a text without a mark: its ASCII has a zero in every second byte."""
    first, second = start[::2].count(0), start[1::2].count(0)
    if max(first, second) < len(start) / 20 or max(first, second) < 4 * min(first, second):
        raise IntakeError("not_a_table")
    return "utf-16-be" if first > second else "utf-16-le"


def _first_bad_line(path: Path, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    for piece, last in _pieces(path):
        try:
            text = decoder.decode(piece, final=last)
        except UnicodeDecodeError as error:
            return line + error.object[: error.start].count(b"\n")
        line += text.count("\n")
    return None


def _western(path: Path) -> bool:
    """Say whether bytes beyond ASCII stand alone, as accented letters do between plain ones."""
    alone = pairs = 0
    for piece, _ in _pieces(path):
        for found in re.finditer(rb"[\x80-\xff]+", piece):
            if len(found[0]) == 1:
                alone += 1
            else:
                pairs += 1
        if alone + pairs > 1000:
            break
    return alone > 10 * pairs


def _pieces(path: Path) -> Iterator[tuple[bytes, bool]]:
    with path.open("rb") as file:
        piece = file.read(_PIECE)
        while piece:
            following = file.read(_PIECE)
            yield piece, not following
            piece = following


def _ole_encrypted(path: Path) -> bool:
    """Say whether the directory of an OLE file names an encrypted package."""
    tail = b""
    for piece, _ in _pieces(path):
        if _ENCRYPTED in tail + piece:
            return True
        tail = piece[-len(_ENCRYPTED) :]
    return False
