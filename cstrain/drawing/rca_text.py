"""Text that has to fit: how wide words are, lines that fit a width, what is too long shortened.

SVG neither wraps nor measures, and no font is at hand where pictures are made, so widths are
those of a wide common font: Chinese fills its square, Latin letters about half of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# Lone surrogates and non-characters may not stand in XML at all; the others hide or reorder.
_UNWANTED: Final = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2069\ufdd0-\ufdef\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_MARKS: Final = 0.15  # above or below a letter, no width of their own: a heap of them still ends
_EMS: Final = {
    **dict.fromkeys("ijl.,:;'|!", 0.33),
    **dict.fromkeys(' ()[]{}"`ft/\\-rI', 0.42),
    **dict.fromkeys("mwMW@%&", 0.98),
    **dict.fromkeys("ABCDGHKNOQRUVXY", 0.76),
}
_WIDTHS: dict[str, float] = dict(_EMS)
_MOST: Final = 400  # characters that are looked at: no picture shows more of one text


@dataclass(frozen=True)
class Fitted:
    """Lines that fit; `whole` is all of the words where the lines had to leave some out."""

    lines: tuple[str, ...]
    whole: str = ""


def clean(text: object) -> str:
    r"""Return the words with single blanks, without what hides, reorders, or may not be in XML.

    >>> clean(" two\n\x00 lines ")
    'two lines'
    """
    return " ".join(_UNWANTED.sub("", str(text)).split())


def ems(text: str) -> float:
    """Return how wide words are, in widths of a Chinese character."""
    total = 0.0
    for one in text:
        known = _WIDTHS.get(one)
        total += _measure(one) if known is None else known
    return total


def fit(text: object, width: float, size: float, most: int) -> Fitted:
    """Return the words in at most so many lines of a width, ended by "…" where there are more.

    >>> fit("nobody owns the list of codes", 90, 12, 2)
    Fitted(lines=('nobody owns', 'the list of…'), whole='nobody owns the list of codes')
    """
    words = clean(text)
    room = max(width / size, 1.5)
    lines: list[str] = []
    for line in _lines(words[:_MOST], room):
        lines.append(line)
        if len(lines) > most:
            break
    if len(lines) <= most and len(words) <= _MOST:
        return Fitted(tuple(lines))
    kept = lines[:most]
    kept[-1] = _shortened(kept[-1], room)
    return Fitted(tuple(kept), words)


def _measure(one: str) -> float:
    kind = unicodedata.category(one)
    if kind in ("Mn", "Me"):
        width = _MARKS
    elif unicodedata.east_asian_width(one) in "WFA":
        width = 1.0
    else:
        width = 0.85 if kind == "Lu" and ord(one) > 0x7F else 0.62
    if ord(one) > 0xFFFF:
        width = max(width, 1.4)  # pictures, which are wider than their square
    if len(_WIDTHS) < 20_000:
        _WIDTHS[one] = width
    return width


def _pieces(words: str) -> Iterator[str]:
    """Split before every place where a line may end."""
    start = 0
    for place in range(1, len(words)):
        if _may_break(words[place - 1], words[place]):
            yield words[start:place]
            start = place
    if words:
        yield words[start:]


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return True
    if ord(before) < 0x2E80 and ord(after) < 0x2E80:
        return False
    # No line of Chinese begins with a closing mark or ends with an opening one.
    return unicodedata.category(after) not in ("Pe", "Pf", "Po", "Mn", "Zs") and (
        unicodedata.category(before) not in ("Ps", "Pi")
    )


def _lines(words: str, room: float) -> Iterator[str]:
    line, used = "", 0.0
    for piece in _pieces(words):
        if line and used + ems(piece.rstrip()) > room:
            yield line.rstrip()
            line, used = "", 0.0
        *full, rest = _cut(piece, room)
        yield from full
        line += rest
        used += ems(rest)
    if line.strip():
        yield line.rstrip()


def _cut(piece: str, room: float) -> list[str]:
    """Return a piece whole, or cut where it is longer than a line."""
    if ems(piece.rstrip()) <= room:
        return [piece]
    parts, used = [""], 0.0
    for one in piece:
        width = ems(one)
        if parts[-1] and used + width > room:
            parts.append("")
            used = 0.0
        parts[-1] += one
        used += width
    return parts


def _shortened(line: str, room: float) -> str:
    while line and ems(line) + 1 > room:
        line = line[:-1]
    return line.rstrip(" ,.;:") + "…"
