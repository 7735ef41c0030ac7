"""What a cause on a fishbone says: its words in order, what kinds of words stand in it, its keys.

A key is what two texts can have in common: the stem of a word, a pair of Chinese characters, a
number (in digits or in words), a group of words that mean nearly the same.
"""

from __future__ import annotations

import re
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

_FILES: Final = ("cause_kinds", "cause_concepts", "fish_words", "same_words")
_GROUPS: Final = ("i_", "k_")  # how the lists of words that mean nearly the same begin
_OF_LEVELS: Final = "g_"  # groups that only the levels of a chain of whys are compared by
_MOST: Final = 200  # a cause is a line; what stands behind this many characters is not weighed
_LEAD: Final = re.compile(r"(?:[\s\-*•>#.]+|\(?\d{1,2}\s*[.、):]\s+)+")
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|[\u3400-\u9fff]|\d+(?:[.,:]\d+)*|[^\sa-z\d]")
STOP: Final = frozenset(
    re.split(
        " ",
        "the a an of to in on at for per by from and or with within is are be been was were will "
        "our we their its it this that than must as do does so if when who what how them they he "
        "she you your us i my me has have had which there into out about also because since then "
        "can would could should get gets s t too very",
    )
)
HAN_STOP: Final = frozenset(
    "的了是在和与及就也都还而且所以因为于从到被把给由对这那个要会能让使得着过里上下中地吧嘛呢啊"
)
# Pairs of characters that stand in every second cause and say nothing about what it is about.
_HAN_LIGHT: Final = frozenset(
    re.split(
        " ",
        "没有 没人 只有 一个 一人 两个 不能 不会 不到 不了 不知 无人 有人 才能 就一 还没 都没 自己 "
        "经常 只能 需要 必须 以后 之后 以前 之前 时候 一次 没法 不同 很多 太多 太少 不够 不足 不是 "
        "不用 多少 什么 怎么 这个 那个",
    )
)
_NOT: Final = re.compile(
    r"\b(?:no|not|never|without|nobody|none|nothing|cannot|w/o|lacks?|missing|hardly)\b|n't\b|"
    r"\b(?:cant|dont|doesnt|isnt|arent|wasnt|hasnt|didnt)\b|[没未不缺]|无(?![感线纸忧障人])|无人(?!机)"
)
# A state is told, not asked for: a finite verb, or the small words that stand for one in Chinese.
_STANDS: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|cannot|can't|can|may|comes|goes|gets|takes|"
    r"needs|stays|stay|lasts|shows|opens|leaves|covers|lies|lie|must|only)\b|n't\b|^\S+ \S+ed\b|"
    r"[没未不只仅才还老被了是要得经常靠按]|一次|超过|以后|之后|当天|那天|年前|[天周月年](?:才|只)"
)
NUMBERS: Final[Mapping[str, str]] = {
    "one": "1", "single": "1", "two": "2", "both": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11",
    "twelve": "12", "twenty": "20", "half": "1/2", "third": "1/3",
    "一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7",
    "八": "8", "九": "9", "十": "10", "半": "1/2",
}  # fmt: skip
# What stands behind these belongs to a clause of its own ("send a text when the hole is filled").
_WHEN: Final = re.compile(r"(?<=\w{3} )(?:when|while|so that|until|if|before|because|as soon as)\b")


@dataclass(frozen=True, eq=False)
class Said(Marked):
    """A text taken apart; `row` has its words in order, every number as the same sign."""

    folded: Folded
    start: int
    text: str
    row: tuple[str, ...]
    hits: Mapping[str, tuple[Hit, ...]]
    keys: frozenset[str]
    numbers: frozenset[str]
    denies: bool
    stands: bool

    def whole(self) -> str:
        """Return all of the writer's words that were read."""
        return self.folded.span(self.start, self.start + len(self.text)).text


@lru_cache(maxsize=2048)
def read_cause(raw: str) -> Said:
    """Return a cause, or a head, taken apart."""
    folded = fold(raw[: 2 * _MOST])
    found = _LEAD.match(folded.text)
    start = found.end() if found else 0
    text = folded.text[start : start + _MOST]
    hits = _lexicon().scan(text)
    words = _WORD.findall(text)
    numbers = frozenset(_numbers(words))
    keys = {tag for tag in hits if tag.startswith(_GROUPS)}
    keys.update(_keys(words))
    keys.update(f"n:{one}" for one in numbers)
    return Said(
        folded=folded,
        start=start,
        text=text,
        row=tuple("<n>" if one[0].isdigit() else one for one in words),
        hits=hits,
        keys=frozenset(keys),
        numbers=numbers,
        denies=_NOT.search(text) is not None,
        stands=_STANDS.search(_WHEN.split(text, maxsplit=1)[0], 2) is not None,
    )


def _numbers(words: list[str]) -> Iterator[str]:
    for one in words:
        if one[0].isdigit():
            yield one
        elif one in NUMBERS:
            yield NUMBERS[one]


def _keys(words: list[str]) -> Iterator[str]:
    before = ""
    for one in words:
        if HAN.match(one):
            if before and before + one not in _HAN_LIGHT:
                yield before + one
            before = "" if one in HAN_STOP else one
            continue
        before = ""
        if one[0].isascii() and one[0].isalpha() and one not in STOP and one not in NUMBERS:
            yield stem(stem(one))  # "saturdays" and "saturday" lose one ending each


@cache
def _lexicon() -> Lexicon:
    found: dict[str, tuple[str, ...]] = {}
    for name in _FILES:
        path = CONTENT / "lexicon" / f"{name}.toml"
        for tag, raw in read_toml(path).items():
            if tag.startswith(_OF_LEVELS):
                continue
            words = [*raw.get("zh", ()), *raw.get("en", ())] if isinstance(raw, Mapping) else []
            if not words or not all(isinstance(one, str) and one for one in words) or tag in found:
                allowed = "a name used once, with zh and en, each a list of words"
                raise ContentError(shown_name(path), tag, found=raw, allowed=allowed)
            found[tag] = tuple(words)
    return make_lexicon(found)
