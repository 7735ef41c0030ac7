"""Word lists of the lexicon files, and one pass that finds all of their words in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple

from cstrain.errors import ContentError
from cstrain.library.toml_file import CONTENT, read_toml, shown_name

TOKEN: Final = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LISTS: Final = ("grammar", "targets", "service", "topics", "kinds", "means", "vague")
_LONGEST: Final = 14  # letters of a beginning that stands for all endings
_GAP: Final = frozenset({" ", "-", "/", " - ", "  ", "'", "' "})


class Hit(NamedTuple):
    """A word of a list, found in a folded text."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True)
class Lexicon:
    """Word lists made ready for one pass; an English word ending in * stands for all endings."""

    han: Mapping[str, tuple[tuple[str, str], ...]]
    exact: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    prefix: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    sizes: Mapping[str, tuple[int, ...]]  # of the prefixes, by the two letters they begin with

    def scan(self, text: str) -> dict[str, tuple[Hit, ...]]:
        """Return the hits by list, in order of place; the longest word of a list wins."""
        found: dict[str, list[Hit]] = {}
        for hit in self._all(text):
            mine = found.setdefault(hit.tag, [])
            if not mine or hit.end > mine[-1].end:
                mine.append(hit)
        return {tag: tuple(hits) for tag, hits in found.items()}

    def _all(self, text: str) -> Iterator[Hit]:
        for index, char in enumerate(text):
            for word, tag in self.han.get(char, ()):
                if text.startswith(word, index):
                    yield Hit(index, index + len(word), tag)
        tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text)]
        for index, (token, start, _) in enumerate(tokens):
            for words, tag in self._starting(token):
                end = _match(words, tokens, index, text)
                if end:
                    yield Hit(start, end, tag)

    def _starting(self, token: str) -> Iterator[tuple[tuple[str, ...], str]]:
        yield from self.exact.get(token, ())
        if token.endswith("'s"):
            yield from self.exact.get(token[:-2], ())
        for size in self.sizes.get(token[:2], ()):
            if size <= len(token):
                yield from self.prefix.get(token[:size], ())


def _match(
    words: tuple[str, ...], tokens: list[tuple[str, int, int]], index: int, text: str
) -> int:
    if index + len(words) > len(tokens):
        return 0
    for step in range(1, len(words)):
        token, start, _ = tokens[index + step]
        word = words[step]
        same = token.startswith(word[:-1]) if word.endswith("*") else token == word
        if not same or text[tokens[index + step - 1][2] : start] not in _GAP:
            return 0
    return tokens[index + len(words) - 1][2]


@dataclass
class _Build:
    han: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    exact: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    prefix: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)

    def add(self, word: str, tag: str) -> None:
        if HAN.search(word) or not TOKEN.search(word):
            self.han.setdefault(word[0], []).append((word, tag))
            return
        parts = tuple(re.findall(r"[a-z0-9]+(?:'[a-z]+)?\*?", word))
        if not parts:
            return
        first = parts[0]
        home, key = (self.prefix, first[:-1]) if first.endswith("*") else (self.exact, first)
        home.setdefault(key, []).append((parts, tag))

    def done(self) -> Lexicon:
        sizes: dict[str, set[int]] = {}
        for begin in self.prefix:
            if 2 <= len(begin) <= _LONGEST:
                sizes.setdefault(begin[:2], set()).add(len(begin))
        return Lexicon(
            {k: tuple(sorted(v, key=lambda p: -len(p[0]))) for k, v in self.han.items()},
            {k: tuple(sorted(v, key=lambda p: -len(p[0]))) for k, v in self.exact.items()},
            {k: tuple(sorted(v, key=lambda p: -len(p[0]))) for k, v in self.prefix.items()},
            {k: tuple(sorted(v)) for k, v in sizes.items()},
        )


@cache
def lists() -> Mapping[str, tuple[str, ...]]:
    """Return every word list of the lexicon by its name, both languages together."""
    found: dict[str, tuple[str, ...]] = {}
    for name in _LISTS:
        path = CONTENT / "lexicon" / f"{name}.toml"
        for tag, raw in read_toml(path).items():
            if tag in found:
                raise ContentError(shown_name(path), tag, found=tag, allowed="a name used once")
            found[tag] = _words(shown_name(path), tag, raw)
    return found


@cache
def lexicon() -> Lexicon:
    """Return the lexicon made from all word lists."""
    return make_lexicon(lists())


def make_lexicon(words: Mapping[str, Iterable[str]]) -> Lexicon:
    """Return a lexicon over the given lists."""
    build = _Build()
    for tag, many in words.items():
        for word in many:
            build.add(word.lower(), tag)
    return build.done()


def _words(file: str, tag: str, raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, Mapping) or not {"zh", "en"} <= set(raw):
        raise ContentError(file, tag, found=raw, allowed="zh and en, each a list of words")
    words = [*raw["zh"], *raw["en"]]
    if not all(isinstance(word, str) and word for word in words):
        raise ContentError(file, tag, found=words, allowed="words, none of them empty")
    return tuple(words)
