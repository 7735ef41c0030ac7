"""Sentences and clauses of a folded text, as stretches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

# A full stop ends a sentence when a blank or the end follows and no abbreviation stands before it.
_SENTENCE_END: Final = re.compile(
    r"[。!?;\n]+|(?<!\bno)(?<!\bfl)(?<!\bvs)(?<!\bapprox)(?<!\bmr)(?<!\be\.g)(?<!\bi\.e)\.(?=\s|"
    r"$)|\.(?=[\u3400-\u9fff])"
)
_CLAUSE_END: Final = re.compile(r"[,;:()。!?\n]|(?<=\D)\.(?=\s|$)|\s[-—]+\s|—+| [•|] ")
Stretch = tuple[int, int]


def sentences(text: str) -> tuple[Stretch, ...]:
    """Return the sentences of a folded text; the mark that ends one belongs to it."""
    return tuple(_pieces(text, _SENTENCE_END))


def clauses(text: str) -> tuple[Stretch, ...]:
    """Return the clauses of a folded text; a comma inside a number parts nothing."""
    return tuple(_pieces(text, _CLAUSE_END))


def _pieces(text: str, mark: re.Pattern[str]) -> Iterator[Stretch]:
    start = 0
    for match in mark.finditer(text):
        at = match.start()
        inside = text[at] == "," and at + 1 < len(text) and text[at - 1 : at].isdigit()
        if inside and text[at + 1].isdigit():
            continue
        if text[start : match.end()].strip():
            yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def holding(stretches: tuple[Stretch, ...], place: int) -> Stretch:
    """Return the stretch that holds the place, an empty one at the place when none does."""
    for start, end in stretches:
        if start <= place < end:
            return start, end
    return place, place
