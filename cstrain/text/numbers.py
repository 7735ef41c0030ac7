"""Numbers in a sentence, in digits and in words, with their units; and a typed number."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from cstrain.text import en, zh
from cstrain.text.normalise import fold
from cstrain.text.units import MONEY_SIGN, UNIT, unit_of

Kind = Literal["plain", "share", "factor"]
_DIGITS: Final = re.compile(
    r"(?<![\w.])[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?![\d_])"
    r"|(?<=[^\x00-\x7f])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d_])"
    r"|(?<=[a-z])(?<![a-z]\d)\d+(?:\.\d+)?(?=%)"
)
_SCALE: Final = re.compile(
    r"\s?(?P<zh>百万|千万|十万|万|亿|千)(?!一)|\s?(?P<en>million|thousand|hundred|billion)\b|(?P<short>k|"
    r"m|bn)(?![a-z])"
)
_MORE: Final = re.compile(r"(?P<half>个半)")
_OUT_OF: Final = re.compile(r"\s?/\s?(?P<of>10{0,2}|5)(?!\d)")


@dataclass(frozen=True)
class Quantity:
    """A typed number; a percentage or a share in words is a share between 0 and 1."""

    value: float
    unit: str
    share: bool


@dataclass(frozen=True)
class Number:
    """A number in a folded text; a share is held in percent, its unit is then "%"."""

    start: int
    end: int
    value: float
    unit: str
    kind: Kind
    words_end: int

    @property
    def is_share(self) -> bool:
        """Say whether it is a percentage or a part of a whole."""
        return self.unit == "%"


def parse_number(text: str) -> Quantity | None:
    """Return the one number a box holds, with its unit; None for anything else.

    >>> parse_number("85.3 %")
    Quantity(value=0.853, unit='%', share=True)
    >>> parse_number("1_000") is None
    True
    """
    folded = fold(str(text).strip()[:80]).text.strip()
    sign = -1.0 if folded.startswith("-") else 1.0
    body = folded.removeprefix("-").removeprefix("+").strip()
    for padding in ("", "个"):
        found = [n for n in numbers_in(body + padding) if n.kind != "factor"]
        if len(found) == 1 and found[0].start == 0 and found[0].end in (len(body), len(body) + 1):
            return _quantity(found[0], sign)
    return None


def _quantity(number: Number, sign: float) -> Quantity | None:
    if not math.isfinite(number.value):
        return None
    if number.is_share:
        return Quantity(sign * round(number.value / 100, 12), "%", share=True)
    return Quantity(sign * number.value, number.unit, share=False)


def numbers_in(text: str) -> tuple[Number, ...]:
    """Return the numbers of a folded text in order of place, none inside another."""
    taken: list[Number] = []
    for number in sorted(_candidates(text), key=lambda n: (n.start, -n.end)):
        if not taken or number.start >= taken[-1].end:
            taken.append(number)
    return tuple(taken)


def _candidates(text: str) -> Iterator[Number]:
    yield from _digits(text)
    yield from _chinese(text)
    yield from _english(text)


def _digits(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        if text[start] == "-" and start and text[start - 1] in "0123456789%":
            start += 1
        value = float(text[start:end].replace(",", ""))
        scale = _SCALE.match(text, end)
        if scale and not (scale["short"] and text[end : end + 4].startswith("min")):
            value *= _scale_value(scale)
            end = scale.end()
        out_of = _OUT_OF.match(text, end)
        if out_of and out_of["of"] == "5" and value > 5:
            out_of = None
        yield _with_unit(text, start, out_of.end() if out_of else end, value)


def _scale_value(match: re.Match[str]) -> float:
    if match["zh"]:
        return zh.MULTIPLIERS[match["zh"]]
    return en.MULTIPLIERS[match["en"] or match["short"]]


def _with_unit(text: str, start: int, end: int, value: float) -> Number:
    money = MONEY_SIGN.search(text[max(0, start - 5) : start])
    if money:
        return Number(start - len(money.group()), end, value, "money", "plain", end)
    unit = UNIT.match(text, end)
    code = unit_of(unit["unit"]) if unit else ""
    if unit and code == "permille":
        return Number(start, unit.end(), value / 10, "%", "share", end)
    if unit and code:
        kind: Kind = "share" if code == "%" else "plain"
        return Number(start, unit.end(), value, code, kind, end)
    return Number(start, end, value, "", "plain", end)


def _share(match: re.Match[str], percent: float) -> Number:
    return Number(match.start(), match.end(), percent, "%", "share", match.end())


def _either(words: str) -> float | None:
    if words[:1].isdigit():
        return float(words) if words.replace(".", "", 1).isdigit() else None
    return zh.chinese_value(words)


def _chinese(text: str) -> Iterator[Number]:
    blocked = [match.span() for match in zh.NOT_NUMBERS.finditer(text)]
    for match in zh.CHINESE_NUMBER.finditer(text):
        plain = match["number"]
        if plain and any(start <= match.start() < end for start, end in blocked):
            continue
        number = _chinese_share(match) if not plain else _counted(text, match)
        if number is not None:
            yield number
    for match in zh.AFTER_COMPARISON.finditer(text):
        value = zh.chinese_value(match["number"])
        if value is not None:
            yield _with_unit(text, match.start("number"), match.end("number"), value)
    for match in zh.FACTOR.finditer(text):
        value = 0.5 if match["halve"] else 2.0 ** zh.DIGITS.get(match["times"] or "一", 1)
        yield Number(match.start(), match.end(), value, "x", "factor", match.end())


def _counted(text: str, match: re.Match[str]) -> Number | None:
    words = match["number"].removesuffix(match["more"] or "")
    value = zh.chinese_value(words)
    if value is None:
        return None
    half = 0.5 if match["more"] == "个半" else 0.0
    return _with_unit(text, match.start("number"), match.end("number"), value + half)


def _chinese_share(match: re.Match[str]) -> Number | None:
    if match["all"]:
        return _share(match, 100.0)
    if match["half"]:
        return _share(match, 50.0)
    for name, size in (("percent", 1.0), ("mille", 0.1), ("bps", 0.01)):
        if match[name]:
            value = _either(match[name])
            return None if value is None else _share(match, value * size)
    if match["below"]:
        below, above = _either(match["below"]), _either(match["above"])
        return _share(match, above / below * 100) if below and above is not None else None
    tenths = _either(match["tenths"]) or 0
    plus = 5.0 if match["plus"] == "半" else (_either(match["plus"]) or 0 if match["plus"] else 0)
    return _share(match, tenths * 10 + plus)


def _english(text: str) -> Iterator[Number]:
    for match in en.ENGLISH_NUMBER.finditer(text):
        number = _english_share(match) if not match["words"] else _worded(text, match)
        if number is not None:
            yield number
    for match in en.FACTOR.finditer(text):
        yield Number(match.start(), match.end(), _factor(match), "x", "factor", match.end())


def _factor(match: re.Match[str]) -> float:
    if match["double"]:
        return 2.0
    if match["triple"]:
        return 3.0
    if match["halve"]:
        return 0.5
    words = match["times"]
    return float(words) if words[0].isdigit() else float(en.WORDS.get(words, 2))


def _worded(text: str, match: re.Match[str]) -> Number | None:
    words = match["words"].removesuffix(match["and_half"] or "")
    value = en.english_value(words)
    if value is None:
        return None
    value += 0.5 if match["and_half"] else 0.0
    number = _with_unit(text, match.start(), match.end(), value)
    # "one" is mostly a pronoun; it counts when a unit follows.
    return None if words in ("one", "zero") and not number.unit else number


def _english_share(match: re.Match[str]) -> Number | None:
    if match["half"]:
        return _share(match, 50.0)
    if match["part"]:
        part = en.part_value(match["some"], match["part"])
        return None if part is None else _share(match, part * 100)
    numbers = [float(w) if w.isdigit() else en.english_value(w) for w in match.group("of", "among")]
    above, below = numbers
    if above is None or not below or above > below:
        return None
    return _share(match, above / below * 100)
