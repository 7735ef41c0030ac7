"""Which causes of a fishbone say the same thing: the signs of a pair, and the groups it makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cstrain.causes.fish_near import near
from cstrain.causes.fish_things import read_things
from cstrain.causes.likeness import dice, plain
from cstrain.text.cause_words import Said

_CLEAR: Final = 0.8  # log odds from which a cause may be in two pairs
_FRAME: Final = 0.4  # share of words in which two sentences are built alike
_GROUPS: Final = ("i_", "k_")


@dataclass(frozen=True)
class Pair:
    """Two causes by their places, the signs of what they have in common, and amounts of it."""

    first: int
    second: int
    signs: frozenset[str]
    amounts: tuple[float, ...]


def pairs(causes: Sequence[Said]) -> list[Pair]:
    """Return the pairs that have enough in common to be weighed."""
    done = []
    for one in near([read_things(cause) for cause in causes]):
        first, second = causes[one.first], causes[one.second]
        amounts = (*one.amounts, dice(first.text, second.text))
        done.append(Pair(one.first, one.second, frozenset(_of_both(first, second)), amounts))
    return done


def nearest(weighed: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Return the pairs of which both causes have none that is surer, and the clear ones.

    >>> nearest({(0, 1): 0.9, (1, 2): 0.2, (3, 4): 0.1})
    [(0, 1), (3, 4)]
    """
    best: dict[int, float] = {}
    for pair, weight in weighed.items():
        for place in pair:
            best[place] = max(weight, best.get(place, weight))
    return [
        pair
        for pair, weight in weighed.items()
        if weight >= _CLEAR or all(weight >= best[place] for place in pair)
    ]


def groups(same: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the groups that pairs of the same make, each in order.

    >>> groups([(4, 1), (1, 2), (7, 8)])
    [[1, 2, 4], [7, 8]]
    """
    home: dict[int, list[int]] = {}
    for first, second in same:
        one, other = home.setdefault(first, [first]), home.setdefault(second, [second])
        if one is not other:
            one.extend(other)
            home.update(dict.fromkeys(other, one))
    found = {id(one): sorted(one) for one in home.values()}
    return sorted(found.values())


def repeated(causes: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of causes that stand there twice in the same words."""
    seen: dict[str, int] = {}
    for place, one in enumerate(causes):
        if one.keys:
            first = seen.setdefault(plain(one.text), place)
            if first != place:
                yield first, place


def _of_both(one: Said, other: Said) -> Iterator[str]:
    if one.numbers and other.numbers:
        equal = one.numbers & other.numbers
        yield f"numbers:{'equal' if equal else 'differ'}"
        if equal and any(len(number) > 1 for number in equal):
            yield "numbers:long"
    elif one.numbers or other.numbers:
        yield "numbers:one_side"
    yield f"denies:{one.denies + other.denies}"
    yield from _frame(one.row, other.row)
    if _of_two_things(one, other):
        yield "two_things"


def _frame(one: tuple[str, ...], other: tuple[str, ...]) -> Iterator[str]:
    least = min(len(one), len(other))
    begin, end = _equal_ends(one, other)
    yield from (f"begin>={edge}" for edge in (1, 2, 3, 4, 6) if begin >= edge)
    yield from (f"end>={edge}" for edge in (1, 2, 3, 4) if end >= edge)
    yield from (f"frame>={edge}" for edge in (0.3, 0.5, 0.7) if (begin + end) >= edge * least)


def _equal_ends(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[int, int]:
    """Return how many words two texts begin with alike, and how many of the others end alike."""
    least = min(len(one), len(other))
    begin = 0
    while begin < least and one[begin] == other[begin]:
        begin += 1
    end = 0
    while end < least - begin and one[-1 - end] == other[-1 - end]:
        end += 1
    return begin, end


def _of_two_things(one: Said, other: Said) -> bool:
    """Say whether it is the same sentence about two things ("no split by reason", "by hour")."""
    begin, end = _equal_ends(one.row, other.row)
    if begin + end < _FRAME * min(len(one.row), len(other.row)):
        return False
    mine = set(one.row[begin : len(one.row) - end])
    its = set(other.row[begin : len(other.row) - end])
    if not mine or not its or mine & its:
        return False
    return not any(
        key in other.hits and not _words_of(one, key) & _words_of(other, key)
        for key in one.hits
        if key.startswith(_GROUPS)
    )


def _words_of(said: Said, tag: str) -> frozenset[str]:
    return frozenset(said.text[hit.start : hit.end] for hit in said.hits[tag])
