"""How near the causes of a fishbone are to each other, word against word, and how far others are.

Two causes are the same when the words that each has for itself have a counterpart in the other,
and when no other cause of the fishbone is as near: what all of them speak of says little.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from operator import mul
from typing import Final, NamedTuple

from cstrain.causes.fish_things import Thing

AMOUNTS: Final = (
    "mean", "less", "more", "lone_more", "lone_less", "left_more", "left_less", "shared",
    "only_theirs", "over_best", "over_both", "spread", "lengths", "length",
)  # fmt: skip
_ITSELF, _SENSE, _NEAR = 1.0, 0.95, 0.45
_LEAST: Final = 0.08  # share of two causes that has a counterpart, before the pair is weighed
_LEAST_RARE: Final = 0.15
_KNOWN: Final = 0.5
_MOST_LEFT: Final = 3  # words without a counterpart that are counted


class Word(NamedTuple):
    """A word of a cause, what it weighs among these causes, and in which causes it is known.

    Each level of likeness has the causes in which it is known that well as the bits of a number.
    """

    weight: float
    known: tuple[tuple[float, int], ...]

    def in_cause(self, place: int) -> float:
        """Return how well it is known in a cause, 0 to 1."""
        return next((level for level, homes in self.known if homes >> place & 1), 0.0)


class Near(NamedTuple):
    """Two causes by their places and what there is to say of their nearness, as in `AMOUNTS`."""

    first: int
    second: int
    amounts: tuple[float, ...]


def near(causes: Sequence[Sequence[Thing]]) -> list[Near]:
    """Return the pairs of causes that have enough in common to be weighed."""
    words = _words(causes)
    shares, amounts = _shares(words)
    rows = _means(shares)
    tops = [_top(row) for row in rows]
    done = []
    for first, second in _chosen(rows, tops):
        told = (
            *_of_shares(rows[first][second], shares[first][second], shares[second][first]),
            *_of_left(words, first, second),
            (amounts[first][second] + amounts[second][first]) / 2,
            _only_theirs(words, first, second),
            *_of_others(rows[first][second], tops[first], tops[second]),
            *_of_lengths(len(words[first]) + 1, len(words[second]) + 1),
        )
        done.append(Near(first, second, tuple([round(one, 4) for one in told])))
    return done


def _chosen(rows: Sequence[Sequence[float]], tops: Sequence[_Top]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of which each is among the three that are nearest to the other."""
    thirds = [max(_LEAST, one.third) for one in tops]
    for first, row in enumerate(rows):
        least = thirds[first]
        for second in range(first + 1, len(row)):
            if row[second] >= least and row[second] >= thirds[second]:
                yield first, second


def _words(causes: Sequence[Sequence[Thing]]) -> list[list[Word]]:
    homes: dict[str, int] = {}
    for place, things in enumerate(causes):
        bit = 1 << place
        for one in things:
            for key in (one.itself, *one.senses, *one.near):
                homes[key] = homes.get(key, 0) | bit
    most = math.log(len(causes) + 1)
    rows = []
    for place, things in enumerate(causes):
        row = []
        for one in things:
            known = tuple(_known(one, homes, 1 << place))
            amount = sum([level * many.bit_count() for level, many in known])
            rare = max(_LEAST_RARE, 1 - math.log(1 + amount) / most)
            row.append(Word(one.weight * rare, known))
        rows.append(row)
    return rows


def _known(one: Thing, homes: Mapping[str, int], own: int) -> Iterator[tuple[float, int]]:
    seen = own
    for level, keys in (
        (_ITSELF, (one.itself,)),
        (_SENSE, one.senses),
        (_NEAR, one.near),
    ):
        many = 0
        for key in keys:
            many |= homes[key]
        many &= ~seen
        if many:
            seen |= many
            yield level, many


def _shares(words: Sequence[Sequence[Word]]) -> tuple[list[list[float]], list[list[float]]]:
    """Return how much of a cause is known in each other one, as a share and as an amount."""
    shares, amounts = [], []
    for row in words:
        found = [0.0] * len(words)
        for weight, known in row:
            for level, many in known:
                worth, rest = weight * level, many
                while rest:
                    low = rest & -rest
                    found[low.bit_length() - 1] += worth
                    rest ^= low
        whole = max(sum([one.weight for one in row]), 0.5)
        amounts.append(found)
        shares.append([one / whole for one in found])
    return shares, amounts


def _means(shares: Sequence[Sequence[float]]) -> list[list[float]]:
    columns = zip(*shares, strict=True)
    return [
        [(one + other) / 2 for one, other in zip(row, column, strict=True)]
        for row, column in zip(shares, columns, strict=True)
    ]


class _Top(NamedTuple):
    best: float
    next_best: float
    third: float
    mean: float
    square: float


def _top(row: Sequence[float]) -> _Top:
    best, next_best, third, *_ = (*sorted(row, reverse=True), 0.0, 0.0, 0.0)
    many = max(1, len(row) - 1)
    return _Top(best, next_best, third, sum(row) / many, sum(map(mul, row, row)) / many)


def _of_shares(mean: float, one: float, other: float) -> tuple[float, ...]:
    return mean, min(one, other), max(one, other)


def _of_left(words: Sequence[Sequence[Word]], first: int, second: int) -> tuple[float, ...]:
    one, other = _left(words[first], second), _left(words[second], first)
    return (
        max(one[0], other[0]),
        min(one[0], other[0]),
        max(sum(one), sum(other)),
        min(sum(one), sum(other)),
    )


def _left(row: Sequence[Word], place: int) -> list[float]:
    """Return what the heaviest words without a counterpart in a cause weigh."""
    left = sorted([one.weight * (1 - one.in_cause(place)) for one in row], reverse=True)
    return [*left, 0.0][:_MOST_LEFT]


def _only_theirs(words: Sequence[Sequence[Word]], first: int, second: int) -> float:
    """Return what the words weigh that these two causes have and no other one."""
    return (_exclusive(words[first], second) + _exclusive(words[second], first)) / 2


def _exclusive(row: Sequence[Word], place: int) -> float:
    wanted, total = 1 << place, 0.0
    for weight, known in row:
        homes, worth = 0, 0.0
        for level, many in known:
            if level >= _KNOWN:
                homes |= many
                worth = worth or level
        if homes == wanted:
            total += weight * worth
    return total


def _of_others(mean: float, one: _Top, other: _Top) -> tuple[float, ...]:
    """Return by how much two causes are nearer than either is to any third."""
    beside = [top.next_best if mean >= top.best else top.best for top in (one, other)]
    middle = (one.mean + other.mean) / 2
    square = (one.square + other.square) / 2
    spread = math.sqrt(max(0.0, square - middle * middle))
    return mean - max(beside), mean - sum(beside) / 2, (mean - middle) / (spread + 0.05)


def _of_lengths(one: int, other: int) -> tuple[float, ...]:
    return abs(math.log(one / other)), math.log(min(one, other))
