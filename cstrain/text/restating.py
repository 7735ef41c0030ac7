"""How much of a level another one says, in the same words or in words that mean the same."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from cstrain.text.levels import Level, Piece

# What it counts when a piece is found not as itself but as ...
_SAME_BEGINNING: Final = 0.85
_SAME_SENSE: Final = 0.86
_SAME_IDEA: Final = 0.75
_SAME_LIGHT: Final = 0.7  # a word of time or amount: these come and go when a thing is said again
_SAME_CHARACTER: Final = 0.55
_KNOWN: Final = 0.5  # from here a piece counts as said before


def coverage(level: Level, other: Level) -> float:
    """Return which share of what a level says stands in the other, 0 to 1."""
    total = sum([one.weight for one in level.pieces])
    if not total:
        return 0.0
    found = zip(level.pieces, _all_known(level, other), strict=True)
    return sum([one.weight * known for one, known in found]) / total


def word_for_word(level: Level, other: Level) -> float:
    """Return which share of a level stands in the other in the same words, 0 to 1."""
    total = sum([one.size for one in level.pieces])
    if not total:
        return 0.0
    return sum([one.size for one in level.pieces if _itself(one, other)]) / total


def new_weights(level: Level, others: Iterable[Level]) -> tuple[float, float]:
    """Return how much of a level none of the others says: things named, and general words.

    Things named are new information; general words may only be other words for the same.
    """
    rows = [_all_known(level, other) for other in others]
    fresh = [
        one for place, one in enumerate(level.pieces) if all(row[place] < _KNOWN for row in rows)
    ]
    return _amount(fresh, named=True), _amount(fresh, named=False)


def _amount(pieces: Iterable[Piece], *, named: bool) -> float:
    return sum([one.size for one in pieces if named != one.general])


@lru_cache(maxsize=2048)
def _all_known(level: Level, other: Level) -> tuple[float, ...]:
    return tuple([_known(one, other) for one in level.pieces])


def _itself(piece: Piece, other: Level) -> bool:
    if piece.han:
        return not other.pairs.isdisjoint(piece.pairs)
    return piece.key in other.keys


def _known(piece: Piece, other: Level) -> float:
    if _itself(piece, other):
        return 1.0
    if not other.senses.isdisjoint(piece.senses):
        return _SAME_SENSE
    if piece.head in other.heads:
        return _SAME_BEGINNING
    if not other.ideas.isdisjoint(piece.ideas):
        return _SAME_IDEA
    if not other.light.isdisjoint(piece.light):
        return _SAME_LIGHT
    return _SAME_CHARACTER if piece.key in other.keys else 0.0
