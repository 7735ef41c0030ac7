"""Lengths of time and parts of a whole that a level names, whatever words it puts them in.

"12 days" and "nearly two weeks" are the same length, "28%" and "more than a quarter" the same
part: who says a thing again in other words often rounds its number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from cstrain.text import en, zh

_DAYS: Final[Mapping[str, float]] = {
    "sec": 1 / 86_400, "min": 1 / 1440, "h": 1 / 24, "hour": 1 / 24, "hr": 1 / 24, "day": 1.0,
    "week": 7.0, "fortnight": 14.0, "month": 30.4, "year": 365.0, "yr": 365.0,
    "秒": 1 / 86_400, "分钟": 1 / 1440, "刻钟": 15 / 1440, "小时": 1 / 24, "钟头": 1 / 24,
    "天": 1.0, "日": 1.0, "礼拜": 7.0, "星期": 7.0, "周": 7.0, "月": 30.4, "年": 365.0,
}  # fmt: skip
_PARTS: Final[Mapping[str, float]] = {
    "half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fourth": 1 / 4, "fifth": 1 / 5,
    "sixth": 1 / 6, "seventh": 1 / 7, "eighth": 1 / 8, "ninth": 1 / 9, "tenth": 1 / 10,
    "eleventh": 1 / 11, "twelfth": 1 / 12,
}  # fmt: skip
_WORDS: Final = "|".join(sorted(en.WORDS, key=len, reverse=True))
_EN: Final = rf"\d+(?:\.\d+)?|(?:an?|{_WORDS})(?![a-z])"
_ZH: Final = r"\d+(?:\.\d+)?|[零一二两三四五六七八九十百]+"
_EN_LENGTH: Final = re.compile(
    rf"\b(?:(?P<part>half|three quarters of|quarter of)[ -])?(?P<n>{_EN})?[ -]?"
    r"(?P<half>and a half )?(?P<unit>sec|min|hour|hr|h|day|week|fortnight|month|year|yr)"
    r"(?:ond|ute)?s?\b"
)
_ZH_LENGTH: Final = re.compile(
    rf"(?P<n>半|{_ZH})(?P<about>[多来几])?个?(?P<more>[半多])?"
    r"(?P<unit>秒|分钟|刻钟|小时|钟头|天|日|礼拜|星期|周|月|年)(?!份)"
)
_OF_ONE: Final = {"half": 0.5, "quarter of": 0.25, "three quarters of": 0.75}
_ABOUT: Final = 1.15  # "twenty-some" is a little more than twenty
_MORE: Final[Mapping[str, float]] = {"半": 0.5, "多": 0.3}
_HAN_YEAR: Final = 100  # from here it is the name of a year
_COUNTED: Final = "[个位单副通人件家辆次]"
_HALF: Final = 0.5
_SAME_LENGTH: Final = 0.2  # so much of the longer one two lengths may differ
_SAME_PART: Final = 0.12


def same_length(text: str, other: str) -> bool:
    """Say whether both texts name nearly the same length of time.

    >>> same_length("nearly two weeks", "after 12 days"), same_length("2 days", "2 weeks")
    (True, False)
    """
    there = lengths(other)
    return any(_near(a, b, _SAME_LENGTH) for a in lengths(text) for b in there)


def same_part(text: str, other: str) -> bool:
    """Say whether both texts name nearly the same part of a whole.

    >>> same_part("more than a quarter", "28% of callers")
    True
    """
    there = parts(other)
    return any(_near(a, b, _SAME_PART) for a in parts(text) for b in there)


@lru_cache(maxsize=2048)
def lengths(text: str) -> tuple[float, ...]:
    """Return the lengths of time in a folded text, in days.

    >>> lengths("two weeks, half a day")
    (14.0, 0.5)
    """
    found = [_en_length(match) for match in _EN_LENGTH.finditer(text)]
    found += [_zh_length(match) for match in _ZH_LENGTH.finditer(text)]
    return tuple(one for one in found if one is not None)


@lru_cache(maxsize=2048)
def parts(text: str) -> tuple[float, ...]:
    """Return the parts of a whole in a folded text, each between 0 and 1."""
    return tuple(one for one in _parts(text) if 0 < one < 1)


def _near(one: float, other: float, within: float) -> bool:
    return abs(one - other) <= within * max(one, other)


def _value(words: str) -> float:
    if words[0].isdigit():
        return float(words)
    if words in ("a", "an"):
        return 1.0
    found = en.english_value(words) if words.isascii() else zh.chinese_value(words)
    return float(found or 0)


def _en_length(match: re.Match[str]) -> float | None:
    number, part = match["n"], match["part"]
    if not (number or part):
        return None
    value = (_value(number) if number else 1.0) * _OF_ONE.get(part, 1.0)
    return (value + (_HALF if match["half"] else 0.0)) * _DAYS[match["unit"]]


def _zh_length(match: re.Match[str]) -> float | None:
    value = _HALF if match["n"] == "半" else _value(match["n"])
    if match["unit"] == "年" and value > _HAN_YEAR:
        return None
    value = value * (_ABOUT if match["about"] else 1.0) + _MORE.get(match["more"], 0.0)
    return value * _DAYS[match["unit"]]


def _out_of(match: re.Match[str]) -> float:
    return _value(match["some"]) / max(_value(match["all"]), 1.0)


_Reader = Callable[[re.Match[str]], float]
_READ: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = (
    (
        re.compile(r"(?P<n>\d+(?:\.\d+)?) ?(?:%|percent|per cent)"),
        lambda match: float(match["n"]) / 100,
    ),
    (
        re.compile(
            rf"\b(?P<some>{_EN}) (?:\w+ )?(?:in|out of|of|from) (?:every |the |our )?(?P<all>{_EN})"
        ),
        _out_of,
    ),
    (
        re.compile(r"\b(?P<n>an?|one|two|three)[ -](?P<part>third|quarter|fifth|tenth)s?\b"),
        lambda match: _value(match["n"]) * _PARTS[match["part"]],
    ),
    (
        re.compile(r"\bhalf (?:of |the |our |all |them)|\bevery (?:second|other)\b"),
        lambda _: _HALF,
    ),
    (
        re.compile(rf"\bevery (?P<part>{'|'.join(_PARTS)})\b"),
        lambda match: _PARTS[match["part"]],
    ),
    (
        re.compile(r"(?P<n>[一二三四五六七八九])成(?P<more>[半多])?"),
        lambda match: _value(match["n"]) / 10 + _MORE.get(match["more"], 0.0) / 10,
    ),
    (re.compile(rf"(?P<all>{_ZH})分之(?P<some>{_ZH})"), _out_of),
    (
        re.compile(
            rf"(?P<all>{_ZH}){_COUNTED}?[里中当]?[头中]?就?有(?:差不多|将近)?(?P<some>{_ZH}){_COUNTED}"
        ),
        _out_of,
    ),
    (re.compile(r"(?<![一大])(?:一半|半数|过半|对半)"), lambda _: _HALF),
)  # fmt: skip


def _parts(text: str) -> Iterator[float]:
    for pattern, read in _READ:
        for match in pattern.finditer(text):
            yield read(match)
