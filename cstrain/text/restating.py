"""How much of a level was said before, in the same words or in words that mean the same."""

from __future__ import annotations

from collections.abc import Iterable

from cstrain.text.levels import Level, Piece

_SAME_IDEA = 0.8
_SAME_CHARACTER = 0.4


def coverage(level: Level, others: Iterable[Level]) -> float:
    """Return which share of what a level says stands in the others, 0 to 1."""
    return _share(level.pieces, tuple(others))


def new_weight(level: Level, others: Iterable[Level]) -> float:
    """Return how much a level says that the others do not; a word weighs 1, a character .5."""
    many = tuple(others)
    return sum(one.weight * (1 - _known(one, many)) for one in level.pieces)


def _share(pieces: tuple[Piece, ...], others: tuple[Level, ...]) -> float:
    total = sum(one.weight for one in pieces)
    if not total:
        return 0.0
    return sum(one.weight * _known(one, others) for one in pieces) / total


def _known(piece: Piece, others: tuple[Level, ...]) -> float:
    best = 0.0
    for other in others:
        if piece.pairs:
            if not other.pairs.isdisjoint(piece.pairs):
                return 1.0
            if piece.key in other.keys:
                best = max(best, _SAME_CHARACTER)
        elif piece.key in other.keys:
            return 1.0
        if not other.ideas.isdisjoint(piece.ideas):
            best = _SAME_IDEA
    return best
