"""One way to write everything: folded text that still knows where each character came from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from cstrain.library.toml_file import CONTENT, read_toml

# A goal is a few sentences; what stands behind this many characters is not read.
MOST_CHARACTERS: Final = 2000
_FIXED: Final = {
    "\n": "\n", "\r": "\n", "\t": " ", "\u2028": "\n", "\u2029": "\n",
    "\uff0c": ", ", "\uff1b": "; ", "\uff1a": ": ", "\u2044": "/", "\u2212": "-", "\u2013": "-",
    "\u2012": "-", "\u2010": "-", "\u2011": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"',
    "\u201d": '"', "\u300c": '"', "\u300d": '"', "\u2266": "\u2264", "\u2267": "\u2265",
    "\u21d2": "\u2192", "\u279c": "\u2192", "\u2794": "\u2192", "\u27f6": "\u2192",
    "\u27a1": "\u2192", "\u2197": "\u2192", "\u2198": "\u2192", "\u21e8": "\u2192",
    "\u2191": "\u2191", "\u2193": "\u2193", "\u301c": "~", "\u2981": "\u2022", "\u25cf": "\u2022",
    "\u25aa": "\u2022", "\u00b7": "\u2022", "\u30fb": "\u2022",
}  # fmt: skip
_DROPPED: Final = {"Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me"}
_BLANKED: Final = {"So", "Zs", "Sk"}


@dataclass(frozen=True)
class Span:
    """A stretch of the learner's own text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Folded:
    """Text in lower case, half width and simplified characters; `at` leads back to the original."""

    raw: str
    text: str
    at: tuple[int, ...]
    cut: bool = False

    def span(self, start: int, end: int) -> Span:
        """Return the original words behind a stretch of the folded text."""
        while start < end and self.text[start] in " \n,.;:":
            start += 1
        while end > start and self.text[end - 1] in " \n,;:":
            end -= 1
        if start >= end:
            return Span(0, 0, "")
        first, last = self.at[start], self.at[end - 1] + 1
        return Span(first, last, self.raw[first:last])


@lru_cache(maxsize=512)
def fold(raw: str) -> Folded:
    """Return the text folded; what is longer than the limit is cut.

    >>> fold("ＦＣＲ达到９０％").text
    'fcr\u8fbe\u523090%'
    """
    pieces: list[str] = []
    at: list[int] = []
    for index, char in enumerate(raw[:MOST_CHARACTERS]):
        piece = _fold_one(char)
        pieces.append(piece)
        at.extend([index] * len(piece))
    return Folded(raw, "".join(pieces), tuple(at), cut=len(raw) > MOST_CHARACTERS)


@lru_cache(maxsize=8192)
def _fold_one(char: str) -> str:
    if char in _FIXED:
        return _FIXED[char]
    kind = unicodedata.category(char)
    if kind in _DROPPED:
        return ""
    if kind in _BLANKED:
        return " "
    table = _traditional()
    plain = unicodedata.normalize("NFKC", char).lower()
    return "".join(_FIXED.get(one, table.get(one, one)) for one in plain)


@cache
def _traditional() -> dict[str, str]:
    raw = read_toml(CONTENT / "lexicon" / "traditional.toml")
    return dict(zip(raw["traditional"], raw["simplified"], strict=True))
