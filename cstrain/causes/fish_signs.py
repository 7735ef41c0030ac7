"""The signs by which a cause on a fishbone and its head are weighed; their weights are learnt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from cstrain.text.cause_words import Said

# Lists that say what a text does; the others only say what it is about.
_DOING: Final = (
    "ask", "customer", "do", "do_or_thing", "empty", "empty_words", "felt", "grow", "hedge",
    "human_error", "loss", "nobody_cares", "omitted", "outside", "paper", "react", "staff", "state",
    "trait", "aim", "topic", "size", "measure", "lacking_measure", "ought", "because", "so",
    "not_known", "nothing",
)  # fmt: skip
_SAID_OF: Final = (
    "react", "felt", "loss", "grow", "trait", "nobody_cares", "empty", "omitted", "do", "state",
)  # fmt: skip
_ARTICLES: Final = frozenset(
    re.split(
        " ",
        "a an the our your their all each every more new another one two three some better on up "
        "out it them in with to from extra for by down back",
    )
)
_MARKS: Final = (("?", "asks"), ("!", "calls"), (",", "comma"), ('"', "quote"), (":", "colon"))
_EDGES: Final = (1, 2, 3, 4, 5, 6, 8, 10, 14, 18, 24)
_SHARES: Final = (0.15, 0.25, 0.35, 0.5, 0.65, 0.8)


def cause_signs(cause: Said, head: Said, kind: str) -> frozenset[str]:
    """Return all signs of a cause: its own words, its bone, and what it shares with the head."""
    return frozenset({*word_signs(cause), *_against(cause, head), *_bone(cause, kind)})


@lru_cache(maxsize=2048)
def word_signs(said: Said) -> frozenset[str]:
    """Return the signs of the words of a text alone."""
    row = ("^", *said.row, "$")
    seen = set(_grams(row))
    tags = [tag for tag in _DOING if tag in said.hits]
    seen.update(f"t:{tag}" for tag in tags)
    for tag in tags:
        first = said.hits[tag][0]
        if first.start <= 1:
            seen.add(f"f:{tag}")
        if said.hits[tag][-1].end >= len(said.text) - 1:
            seen.add(f"l:{tag}")
        if first.start <= 1 and first.end >= len(said.text) - 1:
            seen.add(f"w:{tag}")
    seen.update(_pairs_of_tags(said, tags))
    seen.update(_form(said))
    seen.update(_opening(said))
    return frozenset(seen)


def head_signs(head: Said) -> frozenset[str]:
    """Return the signs of a head."""
    return word_signs(head)


def shared(one: Said, other: Said) -> tuple[float, float]:
    """Return which share of the keys of each text stands in the other."""
    both = len(one.keys & other.keys)
    return both / (len(one.keys) or 1), both / (len(other.keys) or 1)


def _grams(row: tuple[str, ...]) -> Iterator[str]:
    for place, word in enumerate(row):
        yield f"1:{word}"
        if place:
            yield f"2:{row[place - 1]} {word}"


def _pairs_of_tags(said: Said, tags: list[str]) -> Iterator[str]:
    denies = "no" if said.denies else "yes"
    yield f"denies:{denies}"
    for who in ("customer", "staff"):
        if who in said.hits:
            where = "first" if said.hits[who][0].start <= 4 else "later"
            yield f"who:{who}|{where}"
            for tag in _SAID_OF:
                if tag in said.hits:
                    yield f"x:{who}|{where}|{tag}"
                    yield f"x:{who}|{tag}"
        elif who == "staff":
            yield from (f"x:nobody|{tag}" for tag in _SAID_OF if tag in said.hits)
    yield from (f"x:{tag}|{denies}" for tag in tags if tag in _SAID_OF)


def _form(said: Said) -> Iterator[str]:
    size = len(said.row)
    yield from (f"size>={edge}" for edge in _EDGES if size >= edge)
    if said.numbers:
        yield "digit"
    if "<n>" in said.row:
        yield "number"
    for mark, name in _MARKS:
        if mark in said.text:
            yield f"mark:{name}"
    if not said.keys:
        yield "bare"
    small = size <= 5 and not said.numbers
    tags = [tag for tag in ("paper", "staff", "customer") if tag in said.hits]
    yield from (f"x:small|{tag}" for tag in tags if small)


def _opening(said: Said) -> Iterator[str]:
    """Tell an order ("put up signs") from a state ("put-up signs are missing")."""
    row = said.row
    if not row:
        return
    state = "state" if said.stands else "no_state"
    denies = "denies" if said.denies else "yes"
    yield state
    for tag in ("do", "do_or_thing"):
        if tag not in said.hits:
            continue
        first = said.hits[tag][0]
        if first.start > 0:
            yield f"{tag}|later|{denies}|{state}"
            continue
        for sign in (state, denies, f"{state}|{denies}", *_second(said, first.end, state)):
            yield f"{tag}|{sign}"


def _second(said: Said, end: int, state: str) -> Iterator[str]:
    follows = said.text[end:].split(maxsplit=1)
    second = follows[0].strip(".,;:") if follows else "$"
    if not second.isascii():
        return
    plain = "article" if second in _ARTICLES else "number" if second.isdigit() else "other"
    many = plain == "other" and second.endswith("s")
    yield from (plain, f"{plain}|{state}", "many" if many else "one")


def _bone(cause: Said, kind: str) -> Iterator[str]:
    # The other bones say nothing about it, but many people give what follows a bone of its own.
    if kind in ("result", "suppliers"):
        yield f"bone:{kind}"
        yield from (f"bone:{kind}|{tag}" for tag in ("react", "loss", "grow") if tag in cause.hits)


def _against(cause: Said, head: Said) -> Iterator[str]:
    mine, its = shared(cause, head)
    for name, value in (("mine", mine), ("head", its)):
        yield from (f"c:{name}>={edge}" for edge in _SHARES if value >= edge)
    mine_same = "near" if mine >= 0.35 or its >= 0.35 else "far"
    yield from (f"c:{mine_same}|{tag}" for tag in _SAID_OF if tag in cause.hits)
    yield f"c:{mine_same}|{'denies' if cause.denies else 'yes'}"
    words = frozenset(one for one in cause.keys & head.keys if one[1:2] != "_")
    yield from (f"c:words>={edge}" for edge in (1, 2, 3, 4) if len(words) >= edge)
    groups = len(cause.keys & head.keys) - len(words)
    yield from (f"c:groups>={edge}" for edge in (1, 2, 3, 4) if groups >= edge)
    fresh = len([one for one in cause.keys - head.keys if one[1:2] != "_"])
    yield from (f"c:new>={edge}" for edge in (1, 2, 3, 4, 6, 9) if fresh >= edge)
    yield from (f"h:{tag}" for tag in ("react", "size") if tag in head.hits)


def kind_signs(cause: Said) -> frozenset[str]:
    """Return the signs that tell under which kind of bone a cause belongs."""
    return frozenset({*cause.hits, "denies" if cause.denies else "says"})
