"""How like two short texts are: common ideas, word stems and pairs of Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cstrain.text.lexicon import TOKEN, Hit, lexicon
from cstrain.text.normalise import fold

_HAN_RUN: Final = re.compile(r"[\u3400-\u9fff]{2,}")
_GENERIC_WEIGHT: Final = 0.3
# Words that stand in most names of metrics and say nothing about the matter.
_STOP: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "per",
        "by",
        "from",
        "and",
        "or",
        "with",
        "within",
        "average",
        "avg",
        "mean",
        "median",
        "rate",
        "share",
        "ratio",
        "number",
        "month",
        "monthly",
        "months",
        "week",
        "weekly",
        "day",
        "days",
        "daily",
        "year",
        "hour",
        "hours",
        "minute",
        "minutes",
        "second",
        "seconds",
        "time",
        "times",
        "s",
        "h",
        "min",
        "is",
        "are",
        "be",
        "been",
        "was",
        "will",
        "shall",
        "should",
        "our",
        "we",
        "their",
        "its",
        "it",
        "this",
        "that",
        "than",
        "all",
        "each",
        "every",
        "raise",
        "reduce",
        "improve",
        "increase",
        "cut",
        "lower",
        "shorten",
        "keep",
        "level",
        "score",
        "percentage",
        "percent",
        "out",
        "into",
        "up",
        "down",
        "not",
        "no",
        "may",
        "must",
        "as",
        "more",
        "less",
        "any",
        "new",
        "get",
        "make",
        "take",
        "do",
        "so",
        "if",
        "when",
        "who",
        "what",
        "how",
        "them",
        "they",
        "he",
        "she",
        "you",
        "your",
        "us",
    ]
)
_HAN_STOP: Final = re.compile(
    "平均|月均|日均|周均|人均|比率|比例|时间|时长|每月|每周|每天|每日|次数|数量|提高|提升|降低|减少|缩短|增加|"
    "改善|新增|自行|任何|私自|保证|确保|以及|因为|通过|进行|我们|部门|公司|团队|目标|工作|不得|不能|可以|今年|本年|全年|内的|率|的|与|和|及|或|由|从|到|"
    "在|把|将"
)
_ENDINGS: Final = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "ness",
    "ies",
    "ied",
    "ers",
    "er",
    "ed",
    "es",
    "s",
    "al",
    "ly",
    "y",
    "e",
)


@dataclass(frozen=True)
class Features:
    """What a text is about: ideas of the lexicon, stems of English words, pairs of characters."""

    ideas: frozenset[str]
    stems: frozenset[str]
    pairs: frozenset[str]
    weak: frozenset[str] = frozenset()


@lru_cache(maxsize=2048)
def stem(word: str) -> str:
    """Return an English word without its ending.

    >>> stem("complaints") == stem("complaint")
    True
    """
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=4096)
def stems_of(text: str) -> frozenset[str]:
    """Return the stems of the words that carry meaning."""
    words = (match.group() for match in TOKEN.finditer(text))
    return frozenset(stem(w) for w in words if w not in _STOP and not w[0].isdigit() and len(w) > 1)


@lru_cache(maxsize=4096)
def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring Chinese characters, words of no meaning left out."""
    kept = _HAN_STOP.sub(" ", text)
    return frozenset(run[i : i + 2] for run in _HAN_RUN.findall(kept) for i in range(len(run) - 1))


@lru_cache(maxsize=2048)
def features(text: str) -> Features:
    """Return the features of a text (it is folded first)."""
    folded = fold(text).text
    hits = lexicon().scan(folded)
    light = [hit for tag, many in hits.items() if tag.startswith("g_") for hit in many]
    words = " ".join(folded[hit.start : hit.end] for hit in light)
    weak = stems_of(words) | frozenset(
        w[i : i + 2] for w in words.split() for i in range(len(w) - 1)
    )
    return Features(ideas_of(hits), stems_of(folded), pairs_of(folded), weak)


def ideas_of(hits: Mapping[str, Sequence[Hit]]) -> frozenset[str]:
    """Return the ideas among the hits; one inside the longer word of another is left out."""
    own = [hit for tag, many in hits.items() if tag.startswith(("c_", "g_")) for hit in many]
    return frozenset(hit.tag for hit in own if not any(_inside(hit, other) for other in own))


def _inside(hit: Hit, other: Hit) -> bool:
    longer = other.end - other.start > hit.end - hit.start
    return longer and other.start <= hit.start and hit.end <= other.end


def idea_share(wanted: Iterable[str], found: frozenset[str]) -> float:
    """Return which share of the ideas is found; generic ideas weigh less."""
    weights = {one: _GENERIC_WEIGHT if one.startswith("g_") else 1.0 for one in wanted}
    total = sum(weights.values())
    return sum(w for one, w in weights.items() if one in found) / total if total else 0.0


def part_found(wanted: frozenset[str], found: frozenset[str], weak: frozenset[str]) -> float:
    """Return which share of the wanted stems or pairs is found; the weak ones weigh less."""
    weights = {one: _GENERIC_WEIGHT if one in weak else 1.0 for one in wanted}
    total = sum(weights.values())
    if total < 1:
        return 0.0
    return sum(weight for one, weight in weights.items() if one in found) / total
