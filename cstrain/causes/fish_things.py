"""The words of a cause that carry meaning, and the senses by which other words mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from cstrain.errors import ContentError
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.text.cause_words import HAN_STOP, NUMBERS, STOP, Said
from cstrain.text.likeness import stem

_PATH: Final = CONTENT / "lexicon" / "fish_same.toml"
_LIGHT: Final = "light"  # the list of words that nearly every cause could have
_BROAD: Final = ("k_", "i_")  # lists that a cause has been read with: broader than the senses
_TOKEN: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|[\u3400-\u9fff]+|\d+(?:[.,:]\d+)*")
_LONGEST: Final = 8  # characters of a Chinese word
_HEAD: Final = 5  # letters by which the forms of a word are known
_OF_NUMBER: Final = 0.6
_OF_LIGHT: Final = 0.5
_OF_CHARACTER: Final = 0.7

_Spans = list[tuple[int, int, str]]
_Place = tuple[str, int, int]  # a word, its beginning and its end


class Thing(NamedTuple):
    """A word that carries meaning; what else is known by the same key is more or less the same.

    `itself` is its stem, `senses` are the lists of words that say the same, `near` broader lists
    and characters it is made of, `broad` the broadest lists.
    """

    weight: float
    itself: str
    senses: tuple[str, ...]
    near: tuple[str, ...]
    broad: tuple[str, ...]


@dataclass(frozen=True)
class _Words:
    """The thesaurus: Chinese words by their first character, English ones by their first stem."""

    han: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    stems: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    light: frozenset[str]


@lru_cache(maxsize=2048)
def read_things(said: Said) -> tuple[Thing, ...]:
    """Return the words of a cause that carry meaning, each once."""
    words = _words()
    text = said.text
    english: list[_Place] = []
    han: list[_Place] = []
    for found in _TOKEN.finditer(text):
        place = (found.group(), found.start(), found.end())
        (english if place[0].isascii() else han).append(place)
    stems = [(stem_of(word), start, end) for word, start, end in english]
    senses = [*_english(stems, words), *(one for run in han for one in _han(run, words))]
    broad = [
        (hit.start, hit.end, tag)
        for tag, hits in said.hits.items()
        if tag.startswith(_BROAD)
        for hit in hits
    ]
    if han:
        known = {(start, end) for start, end, _ in (*senses, *broad) if end - start > 1}
        places = [*english, *(one for run in han for one in _cut(run, known))]
    else:
        places = english
    done: dict[str, Thing] = {}
    for place in places:
        thing = _thing(place, senses, broad, words)
        if thing is not None:
            done.setdefault(thing.itself, thing)
    return tuple(done.values())


def stem_of(word: str) -> str:
    """Return an English word without its endings."""
    return stem(stem(word))


def _thing(place: _Place, senses: _Spans, broad: _Spans, words: _Words) -> Thing | None:
    word, begin, end = place
    han = not word.isascii()
    whole = 1 if han and len(word) > 1 else 0  # a sense of one character is not that of the word
    mine = tuple(
        dict.fromkeys(tag for a, b, tag in senses if a < end and b > begin and b - a > whole)
    )
    lists = [tag for a, b, tag in broad if a < end and b > begin and b - a > whole]
    if word[0].isdigit() or word in NUMBERS:
        number = f"n:{NUMBERS.get(word, word)}"
        return Thing(_OF_NUMBER, number, mine, (), ())
    small = word in (HAN_STOP if han else STOP)
    if small and not mine and not lists:
        return None
    near = [tag for tag in lists if tag.startswith("k_")]
    itself, weight = word, 1.0
    if han:
        near += [f"c:{one}" for one in word if one not in HAN_STOP]
        weight = _OF_CHARACTER if len(word) == 1 else 1.0
    else:
        itself = stem_of(word)
        if len(itself) >= _HEAD:
            mine = (*mine, f"h:{itself[:_HEAD]}")
    if small or word in words.light:
        weight *= _OF_LIGHT
    return Thing(weight, itself, mine, tuple(near), tuple(t for t in lists if t.startswith("i_")))


def _english(stems: list[_Place], words: _Words) -> Iterator[tuple[int, int, str]]:
    for index, (first, start, end) in enumerate(stems):
        for rest, tag in words.stems.get(first, ()):
            if not rest:
                yield start, end, tag
                continue
            follow = stems[index + 1 : index + 1 + len(rest)]
            if len(follow) == len(rest) and all(
                one[0] == wanted for one, wanted in zip(follow, rest, strict=True)
            ):
                yield start, follow[-1][2], tag


def _han(run: _Place, words: _Words) -> Iterator[tuple[int, int, str]]:
    text, start, _ = run
    for index, sign in enumerate(text):
        for word, tags in words.han.get(sign, ()):
            if text.startswith(word, index):
                for tag in tags:
                    yield start + index, start + index + len(word), tag


def _cut(run: _Place, known: set[tuple[int, int]]) -> Iterator[_Place]:
    """Yield the words of a run of Chinese: the longest that a list knows, or a character."""
    text, start, _ = run
    index = 0
    while index < len(text):
        at = start + index
        most = min(_LONGEST, len(text) - index)
        size = next((one for one in range(most, 1, -1) if (at, at + one) in known), 1)
        yield text[index : index + size], at, at + size
        index += size


@cache
def _words() -> _Words:
    han: dict[str, list[str]] = {}
    stems: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    light: frozenset[str] = frozenset()
    for tag, raw in read_toml(_PATH).items():
        many = [*raw.get("zh", ()), *raw.get("en", ())] if isinstance(raw, Mapping) else []
        if not many or not all(isinstance(one, str) and one for one in many):
            raise ContentError(shown_name(_PATH), tag, found=raw, allowed="zh and en, words")
        if tag == _LIGHT:
            light = frozenset(many)
            continue
        for word in many:
            if word.isascii():
                first, *rest = [stem_of(one) for one in _TOKEN.findall(word)]
                stems.setdefault(first, []).append((tuple(rest), tag))
            else:
                han.setdefault(word, []).append(tag)
    by_sign: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for word, tags in han.items():
        by_sign.setdefault(word[0], []).append((word, tuple(tags)))
    return _Words(
        {sign: tuple(many) for sign, many in by_sign.items()},
        {word: tuple(many) for word, many in stems.items()},
        light,
    )
