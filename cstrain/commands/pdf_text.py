"""The text of a printed PDF, mended so that what is copied from it is what was written.

Many fonts draw a radical and the ideograph that looks like it by one glyph. A browser that prints
names such a glyph by its lowest character, so that a copied word holds the radical, and no search
finds it; two letters joined in print are copied as one. The tables of a PDF that say which
character a glyph stands for are rewritten, as an update behind the PDF's own end: what stands
before is not touched.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

# Unicode, EquivalentUnifiedIdeograph.txt, for the radicals that NFKC leaves alone.
_RADICALS: Final = """
2e81:5382 2e82:4e5b 2e83:4e5a 2e84:4e59 2e85:4ebb 2e86:5182 2e87:20628 2e88:5200 2e89:5202
2e8a:535c 2e8b:353e 2e8c:5c0f 2e8d:5c0f 2e8e:5140 2e8f:5c23 2e90:5c22 2e91:21bc2 2e92:5df3
2e93:5e7a 2e94:5f51 2e95:5f50 2e96:5fc4 2e97:5fc3 2e98:624c 2e99:6535 2e9b:65e1 2e9c:65e5
2e9d:6708 2e9e:6b7a 2e9f:6bcd 2ea0:6c11 2ea1:6c35 2ea2:6c3a 2ea3:706c 2ea4:722b 2ea5:722b
2ea6:4e2c 2ea7:725b 2ea8:72ad 2ea9:738b 2eaa:24d14 2eab:76ee 2eac:793a 2ead:793b 2eae:25ad7
2eaf:7cf9 2eb0:7e9f 2eb1:7f53 2eb2:7f52 2eb3:34c1 2eb4:5197 2eb5:2626b 2eb6:7f8a 2eb7:2634c
2eb8:2634b 2eb9:8002 2eba:8080 2ebb:807f 2ebc:8089 2ebd:26951 2ebe:8279 2ebf:8279 2ec0:8279
2ec1:864e 2ec2:8864 2ec3:8980 2ec4:897f 2ec5:89c1 2ec6:89d2 2ec7:278b2 2ec8:8ba0 2ec9:8d1d
2eca:27fb7 2ecb:8f66 2ecc:8fb6 2ecd:8fb6 2ece:8fb6 2ecf:9091 2ed0:9485 2ed1:9577 2ed2:9578
2ed3:957f 2ed4:95e8 2ed5:28e0f 2ed6:961d 2ed7:96e8 2ed8:9752 2ed9:97e6 2eda:9875 2edb:98ce
2edc:98de 2edd:98df 2ede:2967f 2edf:98e0 2ee0:9963 2ee1:29810 2ee2:9a6c 2ee3:9aa8 2ee4:9b3c
2ee5:9c7c 2ee6:9e1f 2ee7:5364 2ee8:9ea6 2ee9:9ec4 2eea:9efe 2eeb:6589 2eec:9f50 2eed:6b6f
2eee:9f7f 2eef:7adc 2ef0:9f99 2ef1:9f9c 2ef2:4e80 2ef3:9f9f
"""
# The mark of a range and a door, as they are written in mainland China.
_CHINESE: Final = {0x301C: "\uff5e", 0x2F3E: "\u6237"}
_SAME: Final[Mapping[int, str]] = _CHINESE | {
    int(seen, 16): chr(int(meant, 16))
    for seen, meant in (one.split(":") for one in _RADICALS.split())
}
# Radicals, compatibility ideographs, and ligatures of Latin letters.
_PLAIN: Final = (range(0x2F00, 0x2FE0), range(0xF900, 0xFB00), range(0xFB00, 0xFB07))
_AT_ONCE: Final = 100  # entries of a block of a table, no more are allowed

_TABLE_OF: Final = re.compile(rb"/ToUnicode (\d+) 0 R")
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TRAILER: Final = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref", re.DOTALL)
_STREAM: Final = re.compile(rb"\s*(\d+) 0 obj\s*<<([^>]*)>>\s*stream\r?\n")
_LENGTH: Final = re.compile(rb"/Length (\d+)(?! \d+ R)")
_BLOCK: Final = re.compile(rb"\d+ beginbf(char|range)\n(.*?)endbf(?:char|range)\n", re.DOTALL)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f]+)>")


def mended_text(pdf: bytes) -> bytes:
    """Return the PDF with each glyph named by the characters that are meant.

    A PDF that is built in a way no browser here builds it is left as it is.
    """
    start, trailer = _START.search(pdf), _TRAILER.search(pdf)
    if start is None or trailer is None:
        return pdf
    try:
        changed = dict(_changed_tables(pdf, int(start[1])))
    except (zlib.error, ValueError):
        return pdf
    return _updated(pdf, changed, trailer[1], start[1]) if changed else pdf


def _updated(pdf: bytes, changed: Mapping[int, bytes], trailer: bytes, index: bytes) -> bytes:
    parts, at, places = [b"\n"], len(pdf) + 1, []
    for number, table in changed.items():
        packed = zlib.compress(table, 9)
        head = b"%d 0 obj\n<</Filter /FlateDecode\n/Length %d>> stream\n" % (number, len(packed))
        parts.append(head + packed + b"\nendstream\nendobj\n")
        places.append(b"%d 1\n%010d 00000 n \n" % (number, at))
        at += len(parts[-1])
    ending = b"trailer\n<<%b\n/Prev %b>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, index, at)
    return b"".join([pdf, *parts, b"xref\n", *places, ending])


def meant(text: str) -> str:
    r"""Return the text with look-alikes of ideographs, and joined letters, as they are written.

    >>> meant("\u2f08\u2ed3") == "\u4eba\u957f"
    True
    >>> meant("e\ufb03cient")
    'efficient'
    """
    return "".join(map(_meant, text))


def _meant(char: str) -> str:
    code = ord(char)
    if code in _SAME:
        return _SAME[code]
    plain = any(code in some for some in _PLAIN)
    return unicodedata.normalize("NFKC", char) if plain else char


def _changed_tables(pdf: bytes, index: int) -> Iterator[tuple[int, bytes]]:
    """Return the tables that have to change, with the number of their object."""
    if not pdf.startswith(b"xref", index):
        return
    wanted = {int(one) for one in _TABLE_OF.findall(pdf)}
    for number, place in _places(pdf[index:]):
        found = _STREAM.match(pdf, place) if number in wanted else None
        length = _LENGTH.search(found[2]) if found else None
        if found is None or length is None or int(found[1]) != number:
            continue
        packed = pdf[found.end() : found.end() + int(length[1])]
        table = zlib.decompress(packed) if b"/FlateDecode" in found[2] else packed
        new = _mended(table)
        if new != table:
            yield number, new


def _places(index: bytes) -> Iterator[tuple[int, int]]:
    """Return the number and place of every object that a cross-reference table names."""
    number = left = 0
    for line in index.splitlines()[1:]:
        words = line.split()
        if left and len(words) == len(("place", "generation", "kind")):
            if words[2] == b"n":
                yield number, int(words[0])
            number, left = number + 1, left - 1
        elif len(words) == len(("first", "count")):
            number, left = int(words[0]), int(words[1])
        else:
            return


def _mended(table: bytes) -> bytes:
    entries = dict(_entries(table))
    new = {code: meant(text) for code, text in entries.items()}
    first = _BLOCK.search(table)
    if new == entries or first is None:
        return table
    bare = _BLOCK.sub(b"", table)
    return b"".join([bare[: first.start()], *_blocks(list(new.items())), bare[first.start() :]])


def _entries(table: bytes) -> Iterator[tuple[bytes, str]]:
    """Return what each code stands for."""
    for block in _BLOCK.finditer(table):
        found = [one.decode("ascii") for one in _HEX.findall(block[2])]
        if b"[" in block[2]:
            raise ValueError("a range that lists its characters")  # no browser here writes one
        if block[1] == b"char":
            for code, text in zip(found[::2], found[1::2], strict=True):
                yield code.encode(), _text(text)
            continue
        for low, high, text in zip(found[::3], found[1::3], found[2::3], strict=True):
            first = _text(text)
            for step in range(int(high, 16) - int(low, 16) + 1):
                code = f"{int(low, 16) + step:0{len(low)}X}".encode()
                yield code, first[:-1] + chr(ord(first[-1]) + step)


def _text(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")


def _blocks(entries: list[tuple[bytes, str]]) -> Iterator[bytes]:
    for start in range(0, len(entries), _AT_ONCE):
        some = entries[start : start + _AT_ONCE]
        lines = [
            b"<%b> <%b>\n" % (code, text.encode("utf-16-be").hex().upper().encode())
            for code, text in some
        ]
        yield b"%d beginbfchar\n%bendbfchar\n" % (len(some), b"".join(lines))
