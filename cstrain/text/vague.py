"""Vague and blaming words in a learner's text, by the rules of the course."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from cstrain.library.toml_file import CONTENT, read_toml
from cstrain.text.clauses import Stretch, clauses, holding
from cstrain.text.dates import times_in
from cstrain.text.lexicon import Hit, Lexicon, lists, make_lexicon
from cstrain.text.normalise import Folded, Span, fold
from cstrain.text.numbers import Number, numbers_in

_VAGUE: Final = ("vague_always", "vague_without_number", "vague_near_number")
_BLAME: Final = ("blame_plain", "blame_with_person", "blame_person")
_NEAR: Final = 2  # characters between a number and a word that is next to it
_ANY_DAY: Final = date(2026, 1, 1)  # dates are only found here, never judged against today


def vague_hits(text: str) -> tuple[Span, ...]:
    """Return the vague words of a text; a number with a unit in the clause redeems some of them.

    >>> [hit.text for hit in vague_hits("Improve CSAT from 82% to 87% as soon as possible")]
    ['as soon as possible']
    """
    folded = fold(text)
    hits = _lexicon().scan(folded.text)
    free = hits.get("vague_free", ())
    parts = clauses(folded.text)
    numbers = _measures(folded.text)
    found = [
        hit
        for tag in _VAGUE
        for hit in hits.get(tag, ())
        if not _inside(hit, free) and _counts(hit, numbers, parts)
    ]
    return _spans(folded, found)


def blame_hits(text: str) -> tuple[Span, ...]:
    """Return the words that blame a person or a group.

    >>> blame_hits("The report never reaches the warehouse")
    ()
    """
    folded = fold(text)
    hits = _lexicon().scan(folded.text)
    parts = clauses(folded.text)
    people = hits.get("blame_person", ())
    found = list(hits.get("blame_plain", ()))
    for hit in hits.get("blame_with_person", ()):
        start, _ = holding(parts, hit.start)
        if any(start <= one.start and one.end <= hit.start for one in people):
            found.append(hit)
    return _spans(folded, found)


def _counts(hit: Hit, numbers: Sequence[Number], parts: tuple[Stretch, ...]) -> bool:
    if hit.tag == "vague_always":
        return True
    if hit.tag == "vague_near_number":
        return any(
            0 <= number.start - hit.end <= _NEAR or 0 <= hit.start - number.end <= _NEAR
            for number in numbers
        )
    start, end = holding(parts, hit.start)
    return not any(start <= number.start < end for number in numbers)


def _measures(text: str) -> list[Number]:
    """Return the numbers that are no part of a date."""
    days = [t for t in times_in(text, _ANY_DAY) if t.kind in ("date", "past")]
    return [
        number
        for number in numbers_in(text)
        if not any(t.start <= number.start < t.end for t in days)
    ]


def _inside(hit: Hit, free: Sequence[Hit]) -> bool:
    return any(
        one.start <= hit.start and hit.end <= one.end and one.end - one.start > hit.end - hit.start
        for one in free
    )


def _spans(folded: Folded, hits: list[Hit]) -> tuple[Span, ...]:
    """Return the hits in order of place; of overlapping ones the longest."""
    taken: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        if all(hit.end <= one.start or hit.start >= one.end for one in taken):
            taken.append(hit)
    ordered = sorted(taken, key=lambda h: h.start)
    return tuple(folded.span(hit.start, hit.end) for hit in ordered)


@cache
def _lexicon() -> Lexicon:
    tags = (*_VAGUE, *_BLAME, "vague_free")
    words = {tag: lists()[tag] for tag in tags}
    words["vague_free"] = (*words["vague_free"], *_metric_names())
    return make_lexicon(words)


def _metric_names() -> tuple[str, ...]:
    """Return the names in the KPI dictionary: a vague word inside one is no vague word."""
    path = CONTENT / "metrics.toml"
    return tuple(_names(read_toml(path))) if path.exists() else ()


def _names(raw: Any) -> list[str]:
    if isinstance(raw, dict):
        own = [raw[key] for key in ("zh", "en") if isinstance(raw.get(key), str)]
        return own + [name for value in raw.values() for name in _names(value)]
    return []
