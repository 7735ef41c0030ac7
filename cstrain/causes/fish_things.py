"""The words of a cause that carry meaning, and the senses by which other words mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from cstrain.errors import ContentError
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.text.cause_words import HAN_STOP, NUMBERS, STOP, Said
from cstrain.text.likeness import stem

_PATH: Final = CONTENT / "lexicon" / "fish_same.toml"
_LIGHT: Final = "light"  # the list of words that nearly every cause could have
_BROAD: Final = "k_"  # how the lists begin that a cause has been read with, broader than senses
_TOKEN: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|[\u3400-\u9fff]+|\d+(?:[.,:]\d+)*")
_LONGEST: Final = 8  # characters of a Chinese word
_HEAD: Final = 5  # letters by which the forms of a word are known
_OF_NUMBER: Final = 0.6
_OF_LIGHT: Final = 0.5
_OF_CHARACTER: Final = 0.7

_Place = tuple[str, int, int]  # a word, its beginning and its end


class Thing(NamedTuple):
    """A word that carries meaning; what else is known by the same key is more or less the same.

    `itself` is its stem, `senses` are the lists of words that say the same, `near` the broader
    lists and the characters it is made of.
    """

    weight: float
    itself: str
    senses: tuple[str, ...]
    near: tuple[str, ...]


@dataclass(frozen=True)
class _Words:
    """The thesaurus: Chinese words, with their lengths by the first character, and English stems.

    An English phrase stands under its first two stems, with those that follow.
    """

    han: Mapping[str, tuple[str, ...]]
    sizes: Mapping[str, tuple[int, ...]]
    stems: Mapping[str, tuple[str, ...]]
    phrases: Mapping[tuple[str, ...], tuple[tuple[tuple[str, ...], str], ...]]
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
    marks = _Marks(english)
    for start, end, tag in _english(english, words):
        marks.add(start, end, tag)
    for run in han:
        for start, end, tag in _han(run, words):
            marks.add_han(start, end, tag)
    for tag, hits in said.hits.items():
        if tag.startswith(_BROAD):
            for hit in hits:
                add = marks.add if text[hit.start].isascii() else marks.add_han
                add(hit.start, hit.end, tag)
    done: dict[str, Thing] = {}
    for place in (*english, *(one for run in han for one in _cut(run, marks.words))):
        thing = _thing(place, marks, words)
        if thing is not None:
            done.setdefault(thing.itself, thing)
    return tuple(done.values())


class _Marks:
    """The lists that each place of a text stands in, and how long the word is that stands there."""

    def __init__(self, english: Sequence[_Place]) -> None:
        self.starts = [start for _, start, _ in english]
        self.at: dict[int, list[tuple[str, int]]] = {}
        self.words: set[tuple[int, int]] = set()  # the Chinese ones

    def add(self, begin: int, end: int, tag: str) -> None:
        """Mark the English words of a stretch by their beginnings."""
        for start in self.starts:
            if begin <= start < end:
                self.at.setdefault(start, []).append((tag, end - begin))

    def add_han(self, begin: int, end: int, tag: str) -> None:
        """Mark every Chinese character of a stretch."""
        self.words.add((begin, end))
        for start in range(begin, end):
            self.at.setdefault(start, []).append((tag, end - begin))

    def of(self, places: Iterable[int], least: int) -> dict[str, None]:
        """Return the lists of some places, each once, short words left out."""
        at = self.at
        return {tag: None for one in places if one in at for tag, size in at[one] if size >= least}


def stem_of(word: str) -> str:
    """Return an English word without its endings."""
    return stem(stem(word))


def _thing(place: _Place, marks: _Marks, words: _Words) -> Thing | None:
    word, begin, end = place
    han = not word.isascii()
    # A sense of one character is not that of the word it stands in.
    tags = marks.of(range(begin, end), 2 if len(word) > 1 else 1) if han else marks.of((begin,), 1)
    mine = tuple([tag for tag in tags if not tag.startswith(_BROAD)])
    near = [tag for tag in tags if tag.startswith(_BROAD)]
    if word[0].isdigit() or word in NUMBERS:
        number = f"n:{NUMBERS.get(word, word)}"
        return Thing(_OF_NUMBER, number, mine, ())
    small = word in (HAN_STOP if han else STOP)
    if small and not mine and not near:
        return None
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
    return Thing(weight, itself, mine, tuple(near))


def _english(places: Sequence[_Place], words: _Words) -> Iterator[tuple[int, int, str]]:
    stems = [stem_of(one[0]) for one in places]
    for index, (first, (_, start, end)) in enumerate(zip(stems, places, strict=True)):
        for tag in words.stems.get(first, ()):
            yield start, end, tag
        for rest, tag in words.phrases.get((first, *stems[index + 1 : index + 2]), ()):
            last = index + 1 + len(rest)
            if tuple(stems[index + 2 : last + 1]) == rest:
                yield start, places[last][2], tag


def _han(run: _Place, words: _Words) -> Iterator[tuple[int, int, str]]:
    text, start, _ = run
    for index, sign in enumerate(text):
        for size in words.sizes.get(sign, ()):
            for tag in words.han.get(text[index : index + size], ()):
                yield start + index, start + index + size, tag


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
    stems: dict[str, list[str]] = {}
    phrases: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
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
                found = tuple([stem_of(one) for one in _TOKEN.findall(word)])
                if len(found) > 1:
                    phrases.setdefault(found[:2], []).append((found[2:], tag))
                else:
                    stems.setdefault(found[0], []).append(tag)
            else:
                han.setdefault(word, []).append(tag)
    sizes: dict[str, set[int]] = {}
    for word in han:
        sizes.setdefault(word[0], set()).add(len(word))
    return _Words(
        {word: tuple(tags) for word, tags in han.items()},
        {sign: tuple(sorted(many)) for sign, many in sizes.items()},
        {word: tuple(tags) for word, tags in stems.items()},
        {begin: tuple(many) for begin, many in phrases.items()},
        light,
    )
