"""What one level of a chain of whys says: its words, masked numbers, tags and ideas."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from cstrain.errors import ContentError
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.text.lexicon import HAN, Hit, Lexicon, make_lexicon
from cstrain.text.likeness import stem
from cstrain.text.marked import Marked
from cstrain.text.normalise import Folded, fold

IDEA: Final = "i_"  # how the broad lists of words that mean the same begin
SENSES: Final = ("g_", "k_")  # and how the finer ones do
_FILES: Final = ("cause_kinds", "cause_concepts", "same_words")
_MOST: Final = 400  # a level is a sentence; what stands behind this many characters is not weighed
_LEAD: Final = re.compile(
    r"(?:[\s\-*•>#.]+|(?:why\s*)?\(?\d{1,2}\s*[.、):,]\s*|why\s*\d*\s*[?:]\s*|第[一二三四五六七八九十\d]层?[、:.]?\s*|"
    r"原因[一二三四五六七八九十\d]?\s*:\s*|level\s*\d+\s*[:.]\s*)+"
)
_BECAUSE: Final = re.compile(
    r"(?:this is |that is |that's |it is |是|主要是|那是|都是)?"
    r"(?:because(?: of)?|cos|coz|bc|b/c|due to|since|as|owing to|由于|因为|原因是|原因在于)"
    r"(?![a-z])[\s,:]*"
)
_SO: Final = re.compile(
    r"(?:and )?(?:so(?! that| many| much| few)|hence|therefore|thus|as a result|consequently|"
    r"which (?:means|is why|brings|leads|makes)|that (?:is|'s) why|that makes|this means|"
    r"(?:this|that|it) leads to|leading to|with the result that|in other words|"
    r"所以|因此|于是|从而|导致|结果(?:就是)?|总之|也就是说|反正|这样一来|这就|以致)(?![a-z])[\s,:]*"
)
# Nearly every level speaks of these: to share them says little.
_COMMON: Final = frozenset({"i_customer", "i_staff", "i_time"})
_COMMON_WEIGHT: Final = 0.5
_LIGHT_WEIGHT: Final = 0.5
_HEAD: Final = 5  # letters by which the forms of a word are known
_PIECE: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|[\u3400-\u9fff]|\d+(?:[.,:]\d+)*|[^\sa-z\d]")
_INNER: Final = re.compile(
    r"\b(?:because|due to|owing to|and therefore|and so|which in turn)\b|"
    r"因为|由于|所以|因此|从而导致|又因"
)
# What turns the word behind it round: the last words of English, the last characters of Chinese.
_NOT_BEFORE: Final = re.compile(
    r"(?:\b(?:not|no|never|without|nobody|none|hardly|lacks?|cannot|fails? to|too \w+ to)|n't)"
    r"(?: \w+){0,2} ?$|[不没未无非](?:[有能够会再是太被]|人|法)?$"
)
_STOP: Final = frozenset(
    re.split(
        " ",
        "the a an of to in on at for per by from and or with within is are be been was were "
        "will our we their its it this that than all each every may must as more any do does so "
        "if when who what how them they he she you your us i my me has have had which there "
        "into out up about still also because since then therefore hence thus means not no can "
        "cannot can't only would could should get gets",
    )
)
_HAN_STOP: Final = frozenset(
    "的了是在和与及就也都还而且所以因为于从到被把给由对这那个一不没有要会能让使得着过里上下中地吧嘛呢啊"
)


@dataclass(frozen=True)
class Piece:
    """A word of English or a character of Chinese that carries meaning.

    `head` is the beginning its other forms share, `senses` and `light` the finer lists it stands
    in; `size` is how much of the level it is, `weight` what it counts when levels are compared.
    """

    key: str
    pairs: tuple[str, ...]
    head: str
    ideas: frozenset[str]
    senses: frozenset[str]
    light: frozenset[str]
    weight: float
    size: float
    han: bool

    @property
    def general(self) -> bool:
        """Say whether it is a word that many levels could have."""
        return bool(self.senses or self.light)


@dataclass(frozen=True, eq=False)
class Level(Marked):
    """A level folded and taken apart; `opening` says whether it begins with because or so."""

    folded: Folded
    start: int
    opening: str
    hits: Mapping[str, tuple[Hit, ...]]
    pieces: tuple[Piece, ...]
    keys: frozenset[str]
    pairs: frozenset[str]
    heads: frozenset[str]
    ideas: frozenset[str]
    senses: frozenset[str]
    light: frozenset[str]

    @property
    def text(self) -> str:
        """Return the folded text behind bullets and openings."""
        return self.folded.text[self.start : self.start + _MOST]

    def joins_two(self) -> bool:
        """Say whether it holds a reason and its own reason in one line."""
        found = _INNER.search(self.text)
        return found is not None and 6 < found.start() < len(self.text) - 6


@lru_cache(maxsize=1024)
def read_level(raw: str) -> Level:
    """Return a level taken apart."""
    folded = fold(raw)
    start, opening = _begin(folded.text)
    text = folded.text[start : start + _MOST]
    hits = _words().lexicon.scan(text)
    pieces = tuple(_pieces(text, hits))
    return Level(
        folded=folded,
        start=start,
        opening=opening,
        hits=hits,
        pieces=pieces,
        keys=frozenset(one.key for one in pieces),
        pairs=frozenset(pair for one in pieces for pair in one.pairs),
        ideas=frozenset(tag for tag in hits if tag.startswith(IDEA)),
        heads=frozenset(one.head for one in pieces if one.head),
        senses=frozenset(tag for one in pieces for tag in one.senses),
        light=frozenset(tag for one in pieces for tag in one.light),
    )


def opposite(sense: str) -> str:
    """Return the list of the words that mean the opposite, nothing when there is none."""
    return _words().opposite.get(sense, "")


def masked(level: Level) -> list[str]:
    """Return words, characters and marks in order, every number as the same sign."""
    return ["<n>" if one[0].isdigit() else one for one in _PIECE.findall(level.text)]


def _begin(text: str) -> tuple[int, str]:
    found = _LEAD.match(text)
    start = found.end() if found else 0
    for name, pattern in (("because", _BECAUSE), ("so", _SO)):
        opened = pattern.match(text, start)
        if opened:
            return opened.end(), name
    return start, ""


def _pieces(text: str, hits: Mapping[str, tuple[Hit, ...]]) -> Iterator[Piece]:
    found = list(_PIECE.finditer(text))
    for match, told in zip(found, _told([one.start() for one in found], text, hits), strict=True):
        word, (ideas, senses, light) = match.group(), told
        size = _COMMON_WEIGHT if ideas & _COMMON else 1.0
        han, key = HAN.match(word) is not None, word
        pairs: tuple[str, ...] = ()
        if han:
            if word in _HAN_STOP and not ideas:
                continue
            pairs, size = _around(text, match.start()), 0.5 * size
        elif word[0].isdigit():
            size = 0.7
        elif word.isascii() and word[0].isalpha() and (word not in _STOP or ideas):
            key = stem(word)
        else:
            continue
        head = key[:_HEAD] if len(key) >= _HEAD and key.isalpha() else ""
        weight = size * (_LIGHT_WEIGHT if light and not senses else 1.0)
        yield Piece(key, pairs, head, ideas, senses, light, weight, size, han)


_Told = tuple[frozenset[str], frozenset[str], frozenset[str]]
_NONE: Final[_Told] = (frozenset(), frozenset(), frozenset())


def _told(starts: list[int], text: str, hits: Mapping[str, tuple[Hit, ...]]) -> Iterator[_Told]:
    """Yield for every place the broad lists, the finer and the light ones that it stands in."""
    found: dict[int, tuple[set[str], set[str], set[str]]] = {}
    for kind, tag, hit in _meaning(text, hits):
        place = bisect_left(starts, hit.start)
        while place < len(starts) and starts[place] < hit.end:
            found.setdefault(place, (set(), set(), set()))[kind].add(tag)
            place += 1
    for place in range(len(starts)):
        sets = found.get(place)
        yield (frozenset(sets[0]), frozenset(sets[1]), frozenset(sets[2])) if sets else _NONE


def _meaning(text: str, hits: Mapping[str, tuple[Hit, ...]]) -> Iterator[tuple[int, str, Hit]]:
    """Yield the hits of lists of meaning, "not on time" under late instead of on time."""
    words = _words()
    for tag, many in hits.items():
        if tag.startswith(IDEA):
            yield from ((0, tag, hit) for hit in many)
        elif tag.startswith(SENSES):
            kind, other = 2 if tag in words.light else 1, words.opposite.get(tag)
            for hit in many:
                turned = other and _NOT_BEFORE.search(text[max(0, hit.start - 24) : hit.start])
                yield kind, other if other and turned else tag, hit


def _around(text: str, place: int) -> tuple[str, ...]:
    pairs = (text[max(0, place - 1) : place + 1], text[place : place + 2])
    return tuple(
        one
        for one in pairs
        if len(one) == 2 and all(HAN.match(sign) and sign not in _HAN_STOP for sign in one)
    )


@dataclass(frozen=True)
class _Words:
    lexicon: Lexicon
    opposite: Mapping[str, str]
    light: frozenset[str]


@cache
def _words() -> _Words:
    found: dict[str, tuple[str, ...]] = {}
    opposite: dict[str, str] = {}
    light: set[str] = set()
    for name in _FILES:
        path = CONTENT / "lexicon" / f"{name}.toml"
        for tag, raw in read_toml(path).items():
            words = [*raw.get("zh", ()), *raw.get("en", ())] if isinstance(raw, Mapping) else []
            if not words or not all(isinstance(one, str) and one for one in words) or tag in found:
                allowed = "a name used once, with zh and en, each a list of words"
                raise ContentError(shown_name(path), tag, found=raw, allowed=allowed)
            found[tag] = tuple(words)
            if "opposite" in raw:
                opposite[tag] = str(raw["opposite"])
                opposite.setdefault(opposite[tag], tag)
            if raw.get("light"):
                light.add(tag)
    return _Words(make_lexicon(found), opposite, frozenset(light))
