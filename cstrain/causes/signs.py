"""The signs by which a level of a chain is weighed; each is a name, its weight is learnt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cstrain.text.levels import IDEA, Level, masked
from cstrain.text.restating import coverage, new_weight

MOST_COMPARED: Final = 24  # levels before it that a level is compared with
_FIRST: Final = 3  # a word that begins before this place opens the level ("we should")
_PEOPLE: Final = ("staff", "customer")
_SAID: Final = (
    "trait", "nobody_cares", "human_error", "hedge", "paper", "omitted", "made", "outside", "felt",
)  # fmt: skip
_MARKS: Final = (
    ("?", "asks"), ("!", "calls"), ("..", "dots"), (",", "comma"), ('"', "quote"),
)  # fmt: skip
_SHARES: Final = (0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Seen:
    """The signs of a level: of its own words, of its place, and against the levels before it."""

    words: frozenset[str]
    place: frozenset[str]
    against: frozenset[str]
    nearest: int  # the number of the level it is most like, 0 for the problem
    share: float  # how much of it stands there


def signs(levels: Sequence[Level], index: int) -> Seen:
    """Return the signs of a level; the problem is the first of the levels, at 0."""
    level = levels[index]
    nearest, share = _nearest(levels, index)
    return Seen(
        words=words_of(level),
        place=frozenset(_place(index - 1, len(levels) - 1)),
        against=frozenset(_against(levels, index, nearest, share)),
        nearest=nearest,
        share=share,
    )


@lru_cache(maxsize=1024)
def words_of(level_read: Level) -> frozenset[str]:
    """Return the signs of a level's own words."""
    row = ["^", *masked(level_read), "$"]
    seen = set(_grams(row))
    tags = [tag for tag in level_read.hits if not tag.startswith(IDEA)]
    seen.update(f"t:{tag}" for tag in tags)
    seen.update(f"f:{tag}" for tag in tags if level_read.hits[tag][0].start <= _FIRST)
    for who in _PEOPLE:
        if level_read.has(who):
            first = level_read.hits[who][0].start
            seen.add(f"begins:{who}" if first <= 4 else f"later:{who}")
            seen.update(f"x:{who}|{tag}" for tag in _SAID if level_read.has(tag))
    seen.update(f"x:paper|{tag}" for tag in _SAID if tag in tags and "paper" in tags)
    seen.add(f"o:{level_read.opening}")
    seen.update(_form(level_read, tags))
    return frozenset(seen)


def _grams(row: list[str]) -> Iterator[str]:
    for size in (1, 2, 3):
        for place in range(len(row) - size + 1):
            yield f"{size}:{' '.join(row[place : place + size])}"


def _form(level: Level, tags: list[str]) -> Iterator[str]:
    text = level.text
    size = sum(one.weight for one in level.pieces)
    yield from (f"size>={edge}" for edge in (1, 2, 3, 4, 6, 8, 11) if size >= edge)
    number = any(one.isdigit() for one in text)
    if number:
        yield "digit"
    for mark, name in (
        ("?", "asks"),
        ("!", "calls"),
        ("..", "dots"),
        (",", "comma"),
        ('"', "quote"),
    ):
        if mark in text:
            yield f"mark:{name}"
    if not {"paper", "made", "omitted"} & set(tags):
        yield "no_process_word"
    said = {"trait", "nobody_cares", "human_error"} & set(tags)
    if said and "paper" not in tags and not number:
        yield "blame_without_paper"
    if not level.pieces:
        yield "bare"


def _place(index: int, count: int) -> Iterator[str]:
    yield f"at:{min(index, 5)}"
    yield f"of:{min(count, 8)}"
    if index == count - 1:
        yield "last"
        yield f"last_of:{min(count, 8)}"
    if count - index == 2:
        yield "last_but_one"


def _nearest(levels: Sequence[Level], index: int) -> tuple[int, float]:
    level, best = levels[index], (0, 0.0)
    for place in _before(index):
        there = coverage(level, (levels[place],))
        both = 0.7 * there + 0.3 * coverage(levels[place], (level,))
        if both > best[1]:
            best = place, both
    return best


def _before(index: int) -> Iterable[int]:
    return (0, *range(max(1, index - MOST_COMPARED), index))


def _against(levels: Sequence[Level], index: int, nearest: int, share: float) -> Iterator[str]:
    level, problem = levels[index], levels[0]
    so = level.opening or "plain"
    earlier = [levels[place] for place in _before(index) if 0 < place < index - 1]
    shares = {
        "problem": coverage(level, (problem,)),
        "problem_back": coverage(problem, (level,)),
        "last": coverage(level, (levels[index - 1],)) if index > 1 else 0.0,
        "last_back": coverage(levels[index - 1], (level,)) if index > 1 else 0.0,
        "earlier": max((coverage(level, (one,)) for one in earlier), default=0.0),
        "earlier_back": max((coverage(one, (level,)) for one in earlier), default=0.0),
        "all": coverage(level, [levels[place] for place in _before(index)]),
        "nearest": share,
    }
    for name, value in shares.items():
        for edge in _SHARES:
            if value >= edge:
                yield f"c:{name}>={edge}"
                if name in ("nearest", "problem", "earlier", "all"):
                    yield f"c:{name}>={edge}|{so}"
    fresh = new_weight(level, [levels[place] for place in _before(index)])
    yield from (f"new>={edge}" for edge in (0.5, 1, 1.5, 2, 3, 4, 6) if fresh >= edge)
    where = "problem" if nearest == 0 else "last" if nearest == index - 1 else "earlier"
    yield f"near:{where}"
    yield from (f"near:{where}>={edge}" for edge in _SHARES if share >= edge)
    yield from (f"shared:{min(4, len(level.ideas & one.ideas))}" for one in (levels[nearest],))
