"""Words and signs beside a number that say what it is: to, from, at least, a label, an arrow."""

from __future__ import annotations

from typing import Final

from cstrain.text import cues
from cstrain.text.clauses import Stretch
from cstrain.text.lexicon import Hit
from cstrain.text.numbers import Number
from cstrain.text.reading import Reading
from cstrain.text.zh import HAN_ONLY

_MARKERS: Final = (
    "to_marker", "from_marker", "at_least", "at_most", "by_marker", "change_up", "change_down",
    "change_any", "change_keep",
)  # fmt: skip
_REACH: Final = 22  # how far before a number its marker may stand


def _labels_now(reading: Reading, start: int) -> bool:
    return bool(reading.tagged("from_marker", max(0, start - 12), start))


def is_labelled(reading: Reading, start: int) -> bool:
    """Say whether a label stands right before the number, and not one of the present level."""
    labelled = cues.LABELLED.search(reading.text[max(0, start - 4) : start]) is not None
    return labelled and not _labels_now(reading, start)


def goes_on(reading: Reading, number: Number) -> bool:
    """Say whether "to" and another number follow: then this one is where it starts."""
    for other in reading.numbers:
        if 0 < other.start - number.end <= 14:
            between = reading.text[number.end : other.start]
            if not cues.TO_NEXT.fullmatch(between):
                return False
            bare = between.strip() in cues.BARE_TO
            lead = reading.text[max(0, number.start - 14) : number.start]
            started = cues.STARTED.search(lead)
            return not bare or bool(started) or not cues.UP_TO.search(lead)
    return False


def bound_behind(reading: Reading, number: Number, clause: Stretch) -> str:
    """Return which bound stands right behind the number: at_least, at_most or none."""
    for tag in ("at_least", "at_most"):
        for hit in reading.tagged(tag, number.end, min(len(reading.text), clause[1] + 14)):
            gap = reading.text[number.end : hit.start]
            if len(gap) <= 2 or (len(gap) <= 5 and HAN_ONLY.fullmatch(gap)):
                return tag
    return ""


def bound_length(reading: Reading, number: Number, bound: str) -> int:
    """Return how many characters the bound behind the number takes."""
    if not bound:
        return 0
    hits = [
        h for h in reading.tagged(bound, number.end, number.end + 20) if h.start - number.end <= 2
    ]
    return max((h.end - number.end for h in hits), default=0)


def marker_before(reading: Reading, number: Number, clause: Stretch) -> Hit | None:
    """Return the nearest marker before the number, no other number between them."""
    low = max(clause[0], number.start - _REACH)
    if clause[0] == number.start or not reading.text[clause[0] : number.start].strip(" \"'"):
        low = max(0, clause[0] - 6)  # "target: 90%": the mark of the label ends the clause before
    for other in reading.numbers:
        if low < other.end <= number.start:
            low = other.end
    found = [h for tag in _MARKERS for h in reading.tagged(tag, low, number.start)]
    found = [h for h in found if cues.WEAK_GAP.fullmatch(reading.text, h.end, number.start)]
    return max(found, key=lambda h: (h.end, h.end - h.start, _rank(h)), default=None)


def _rank(hit: Hit) -> int:
    return -_MARKERS.index(hit.tag)
