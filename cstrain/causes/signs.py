"""The signs by which a level of a chain is weighed; each is a name, its weight is learnt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cstrain.causes.contrast import Compared, before, compare, contrasts
from cstrain.text.levels import IDEA, SENSES, Level, masked, opposite
from cstrain.text.quantities import lengths, parts, same_length, same_part
from cstrain.text.restating import new_weights, word_for_word

_FIRST: Final = 3  # a word that begins before this place opens the level ("we should")
_PEOPLE: Final = ("staff", "customer")
_SAID: Final = (
    "trait", "nobody_cares", "human_error", "hedge", "paper", "omitted", "made", "outside", "felt",
)  # fmt: skip
_MARKS: Final = (
    ("?", "asks"), ("!", "calls"), ("..", "dots"), (",", "comma"), ('"', "quote"),
)  # fmt: skip
_SHARES: Final = (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_AMOUNTS: Final = (0.5, 1, 1.5, 2, 3, 4, 5)
_RATIOS: Final = (0.5, 0.75, 1, 1.25, 1.5, 2)
_CAUSAL: Final = ("paper", "made", "omitted")  # words that a new cause often brings


@dataclass(frozen=True)
class Seen:
    """The signs of a level: of its own words, of its place, and against the levels before it."""

    words: frozenset[str]
    place: frozenset[str]
    against: frozenset[str]
    nearest: int  # the number of the level it is most like, 0 for the problem
    near: Compared  # with that one


def signs(levels: Sequence[Level]) -> list[Seen]:
    """Return the signs of every level of a chain; the first of the levels is the problem."""
    likeness = compare(levels)
    places = range(1, len(levels))
    news = [new_weights(levels[place], [levels[one] for one in before(place)]) for place in places]
    stands = contrasts(levels, likeness, [named + general for named, general in news])
    done: list[Seen] = []
    for place in places:
        found = {one: likeness[place, one] for one in before(place)}
        nearest = max(found, key=lambda one: found[one].mixed)
        against = {
            *_against(levels, place, found, nearest),
            *_fresh(levels[place], levels[nearest], news[place - 1], found[nearest]),
            *_counted_alike(levels, place),
            *stands[place - 1],
        }
        where = frozenset(_place(place - 1, len(levels) - 1))
        words = words_of(levels[place])
        done.append(Seen(words, where, frozenset(against), nearest, found[nearest]))
    return done


@lru_cache(maxsize=1024)
def words_of(level_read: Level) -> frozenset[str]:
    """Return the signs of a level's own words."""
    row = ["^", *masked(level_read), "$"]
    seen = set(_grams(row))
    tags = [tag for tag in level_read.hits if not tag.startswith((IDEA, *SENSES))]
    seen.update(f"t:{tag}" for tag in tags)
    seen.update(f"f:{tag}" for tag in tags if level_read.hits[tag][0].start <= _FIRST)
    for who in _PEOPLE:
        if level_read.has(who):
            first = level_read.hits[who][0].start
            seen.add(f"begins:{who}" if first <= 4 else f"later:{who}")
            seen.update(f"x:{who}|{tag}" for tag in _SAID if level_read.has(tag))
    seen.update(f"x:paper|{tag}" for tag in _SAID if tag in tags and "paper" in tags)
    seen.update(f"s:{one}" for one in level_read.senses | level_read.light)
    seen.add(f"o:{level_read.opening}")
    seen.update(_form(level_read, tags))
    return frozenset(seen)


def _grams(row: list[str]) -> Iterator[str]:
    for size in (1, 2, 3):
        for place in range(len(row) - size + 1):
            yield f"{size}:{' '.join(row[place : place + size])}"


def _form(level: Level, tags: list[str]) -> Iterator[str]:
    text = level.text
    size = sum(one.size for one in level.pieces)
    yield from (f"size>={edge}" for edge in (1, 2, 3, 4, 6, 8, 11) if size >= edge)
    number = any(one.isdigit() for one in text)
    if number:
        yield "digit"
    for mark, name in _MARKS:
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


def _against(
    levels: Sequence[Level], index: int, found: Mapping[int, Compared], nearest: int
) -> Iterator[str]:
    level, best = levels[index], found[nearest]
    where = "problem" if nearest == 0 else "last" if nearest == index - 1 else "earlier"
    yield f"g:where:{where}"
    for name, value in (("m", best.mixed), ("c", best.there), ("k", best.back)):
        yield from (f"g:{name}>={edge}" for edge in _SHARES if value >= edge)
    for edge in _SHARES[::2]:
        if best.mixed >= edge:
            yield f"g:m>={edge}|{where}"
            yield f"g:m>={edge}|{level.opening or 'plain'}"
    places = {"p": (0,), "l": (index - 1,), "e": range(1, index - 1)}
    for name, many in places.items():
        most = max((found[one].mixed for one in many if one in found), default=0.0)
        yield from (f"g:{name}>={edge}" for edge in _SHARES[::2] if most >= edge)
    yield from _in_common(level, levels[nearest])
    yield from (f"g:+{one}" for one in level.senses & levels[nearest].senses)
    yield from (f"g:-{one}" for one in level.senses - levels[nearest].senses)
    alike = word_for_word(level, levels[nearest])
    yield from (f"g:lex>={edge}" for edge in (0.1, 0.3, 0.5, 0.7, 0.9) if alike >= edge)
    yield f"g:lm:{int(alike * 4)}|{int(best.mixed * 6)}"


def _fresh(level: Level, other: Level, new: tuple[float, float], best: Compared) -> Iterator[str]:
    """Tell what is new against the nearest level, and against all of them."""
    named, general = new_weights(level, (other,))
    named_all, general_all = new
    fresh = {"conc": named, "gen": general, "conca": named_all, "gena": general_all}
    for name, value in fresh.items():
        yield from (f"g:{name}>={edge}" for edge in _AMOUNTS if value >= edge)
    tags = [tag for tag in _CAUSAL if level.has(tag) and not other.has(tag)]
    yield from (f"g:new_{tag}" for tag in tags)
    if not tags:
        yield "g:no_new_tag"
    yield f"g:mc:{int(best.mixed * 10)}|{min(3, int(named))}"
    yield f"g:mt:{int(best.mixed * 10)}|{len(tags)}"


def _in_common(level: Level, other: Level) -> Iterator[str]:
    mine, its = (
        {one.key for one in both.pieces if one.key[0].isdigit()} for both in (level, other)
    )
    if mine - its:
        yield "g:newnum"
    if mine & its:
        yield "g:samenum"
    turned = {opposite(one) for one in level.senses - other.senses}
    if (turned & other.senses) - level.senses:
        yield "g:conf"
    same = len(level.senses & other.senses)
    yield from (f"g:same>={edge}" for edge in range(1, 7) if same >= edge)
    ratio = len(level.pieces) / max(1, len(other.pieces))
    yield from (f"g:ratio>={edge}" for edge in _RATIOS if ratio >= edge)


def _counted_alike(levels: Sequence[Level], index: int) -> Iterator[str]:
    """Tell whether a length of time or a part of a whole stands before, in these digits or not."""
    text = levels[index].text
    if not (lengths(text) or parts(text)):
        return
    mine = {one.key for one in levels[index].pieces if one.key[0].isdigit()}
    for place in before(index):
        other = levels[place]
        same = {"length": same_length(text, other.text), "part": same_part(text, other.text)}
        how = "words" if mine.isdisjoint(one.key for one in other.pieces) else "digits"
        for name in (name for name, yes in same.items() if yes):
            yield f"q:{name}"
            yield f"q:{name}|{how}"
            yield f"q:{how}"
            yield f"q:{'level' if place else 'problem'}|{how}"
