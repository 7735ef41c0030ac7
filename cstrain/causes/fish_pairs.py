"""Which causes of a fishbone say the same thing: the signs of a pair, and the groups it makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from cstrain.causes.likeness import dice, plain
from cstrain.text.cause_words import Said

_LEAST_SHARED: Final = 0.7  # what two causes must have in common before they are weighed
_BASE: Final = {"i": 0.5, "k": 1.0}
# Nearly every cause speaks of people, of too few or of more: to share that says little.
_LIGHT: Final = frozenset(
    (
        "k_people",
        "k_few",
        "k_same",
        "k_idle",
        "k_size_many",
        "k_more",
        "k_less",
        "k_again",
        "i_staff",
        "i_customer",
        "i_few",
        "i_missing",
        "i_time",
        "i_many",
    )
)
_NO_WORD: Final = ("_", ":")  # the second sign of a key that is a group or a number
_FRAME: Final = 0.4  # share of words in which two sentences are built alike
_GROUPS: Final = ("i_", "k_")
_SHORT_OF_PEOPLE: Final = frozenset({"k_people", "k_few"})
_LIGHT_WEIGHT: Final = 0.3
_PAIR_WEIGHT: Final = 0.8  # of two Chinese characters
_SHARES: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75)
_AMOUNTS: Final = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8)


@dataclass(frozen=True)
class Pair:
    """Two causes by their places, and the signs of what they have in common."""

    first: int
    second: int
    signs: frozenset[str]


def pairs(causes: Sequence[Said]) -> list[Pair]:
    """Return the pairs that have enough in common to be weighed."""
    spread = Counter(key for one in causes for key in one.keys)
    weights = {key: _weight(key, count) for key, count in spread.items() if count > 1}
    own = [
        round(sum([weights.get(key) or _weight(key, 1) for key in one.keys]), 6) or 1.0
        for one in causes
    ]
    done = []
    for first, second, amount in _common(causes, weights):
        seen = {
            *_amounts(amount, min(own[first], own[second]), max(own[first], own[second])),
            *_of_both(causes[first], causes[second]),
        }
        done.append(Pair(first, second, frozenset(seen)))
    return done


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


def _weight(key: str, count: int) -> float:
    if key in _LIGHT:
        base = _LIGHT_WEIGHT
    elif key[1:2] == "_":
        base = _BASE.get(key[0], 1.0)
    else:
        base = _PAIR_WEIGHT if len(key) == 2 else 1.0
    return base * min(1.0, 2.0 / count) if count > 1 else base


def _common(
    causes: Sequence[Said], weights: Mapping[str, float]
) -> Iterator[tuple[int, int, float]]:
    keys = [one.keys & weights.keys() for one in causes]
    for first, second in sorted(_of_substance(keys)):
        # Rounded, as the order of a set, and with it the last digit, differs from run to run.
        amount = round(sum([weights[key] for key in keys[first] & keys[second]]), 6)
        if amount >= _LEAST_SHARED and not _of_two_things(causes[first], causes[second]):
            yield first, second, amount


def _of_substance(keys: Sequence[frozenset[str]]) -> set[tuple[int, int]]:
    """Return the pairs that share more than "nobody" or "only one"."""
    homes: dict[str, list[int]] = {}
    for place, mine in enumerate(keys):
        for key in mine:
            if key not in _LIGHT and key[1:2] != ":":
                homes.setdefault(key, []).append(place)
        if mine >= _SHORT_OF_PEOPLE:
            homes.setdefault("", []).append(place)
    return {pair for many in homes.values() for pair in combinations(many, 2)}


def _amounts(amount: float, least: float, most: float) -> Iterator[str]:
    yield from (f"amount>={edge}" for edge in _AMOUNTS if amount >= edge)
    for name, value in (("of_less", amount / least), ("of_more", amount / most)):
        yield from (f"{name}>={edge}" for edge in _SHARES if value >= edge)


def _of_both(one: Said, other: Said) -> Iterator[str]:
    both = one.keys & other.keys
    words = sum(key[1:2] not in _NO_WORD for key in both)
    yield from (f"words>={edge}" for edge in (1, 2, 3, 4, 6) if words >= edge)
    grouped = sum(key.startswith("k_") and key not in _LIGHT for key in both)
    light = len(both & _LIGHT)
    yield from (f"light>={edge}" for edge in (1, 2, 3) if light >= edge)
    yield from (f"grouped>={edge}" for edge in (1, 2, 3, 4, 5, 6) if grouped >= edge)
    if one.numbers and other.numbers:
        equal = one.numbers & other.numbers
        yield f"numbers:{'equal' if equal else 'differ'}"
        if equal and any(len(number) > 1 for number in equal):
            yield "numbers:long"
    elif one.numbers or other.numbers:
        yield "numbers:one_side"
    yield f"denies:{one.denies + other.denies}"
    alike = dice(one.text, other.text)
    yield from (f"dice>={edge}" for edge in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7) if alike >= edge)
    yield from _frame(one.row, other.row)
    yield from _left(one, other, grouped)


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


def _left(one: Said, other: Said, grouped: int) -> Iterator[str]:
    """Say whether what the two do not share word for word means the same in other words."""
    mine, its = frozenset(one.row), frozenset(other.row)
    both = len(mine & its)
    least = min(len(mine), len(its)) or 1
    more = max(len(mine), len(its)) or 1
    alike = "most" if both >= 0.6 * least else "half" if both >= 0.4 * least else "few"
    left = "none" if both == least else "little" if more - both <= 3 else "much"
    synonyms = sum(
        key in other.hits and not _words_of(one, key) & _words_of(other, key)
        for key in one.hits
        if key.startswith("k_")
    )
    yield from (f"synonyms>={edge}" for edge in (1, 2, 3) if synonyms >= edge)
    yield f"left:{alike}|{left}"
    yield f"left:{alike}|{min(synonyms, 2)}"
    yield f"left:{alike}|{left}|{min(synonyms, 2)}"
    yield f"left:{alike}|{min(grouped, 4)}"


def _words_of(said: Said, tag: str) -> frozenset[str]:
    return frozenset(said.text[hit.start : hit.end] for hit in said.hits[tag])
