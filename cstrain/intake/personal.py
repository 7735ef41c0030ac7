"""What personal data look like: phones, id numbers, e-mail, bank cards, plates, names.

A text is looked at through a twin of the same length in which every way to write a digit is that
digit; what is found there is replaced in the text.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from cstrain.intake.vocabulary import signs

_HIDDEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MOBILE: Final = (
    r"(?<!\d)(?:(?:\+|00)?86[- ]?|0)?"
    r"1[3-9]\d(?:[- .\u00b7]?\d{4}[- .\u00b7]?\d{4}|[- .]?\d{3}[- .]?\d{5}|\d[- .]\d{3}[- .]\d{4}"
    r"|[- .]?\d{5}[- .]?\d{3})(?!\d)"
)
_LANDLINE: Final = (
    r"(?<![\d.])(?:(?:\+|00)86[- ]?|0)"
    r"(?:10|2\d|[3-9]\d{2})(?:[- ]|(?=[2-9]\d{6,7}(?!\d)))[2-9]\d{2,3}[- ]?\d{4}(?!\d)"
    r"|[(]0(?:10|2\d|[3-9]\d{2})[)][- ]?[2-9]\d{2,3}[- ]?\d{4}(?!\d)"
)
_FOREIGN: Final = r"(?<![\w+])\+[1-9]\d{0,2}[- .(]{0,2}\d(?:[- .()]{0,2}\d){6,12}(?!\d)"
# Not 400 and 800: those are hotlines of companies.
_NORTH_AMERICA: Final = (
    r"(?<![\d.-])(?![48]00)(?:[(][2-9]\d{2}[)] ?|[2-9]\d{2}[-.])[2-9]\d{2}[-.]\d{4}(?![\d-])"
)
_EMAIL: Final = r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_ID_18: Final = r"(?<!\d)[1-9]\d{16}[\dXx](?![\dA-Za-z])"
_ID_15: Final = r"(?<!\d)[1-9]\d{14}(?!\d)"
_CARD: Final = r"(?<!\d)[3-6]\d{3}(?:[- ]?\d{4}){2,3}(?:[- ]?\d{1,4})?(?!\d)"
# Sums of the 17 digits with these weights, modulo 11, give the check digit: GB 11643-1999.
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"
# First two digits of an id number: provinces (GB/T 2260), Taiwan, Hong Kong, Macau.
_REGIONS: Final = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_CARD_STARTS: Final = ("62", "60", "4", "51", "52", "53", "54", "55", "34", "37", "35")


@dataclass(frozen=True)
class Spot:
    """A place in a text that holds personal data of a kind; `value` is the same for the same."""

    start: int
    end: int
    kind: str
    value: str


def without_hidden(text: str) -> str:
    """Return the text without characters that cannot be seen, which may hide a number."""
    return text if text.isascii() else _HIDDEN.sub("", text)


def twin(text: str) -> str:
    r"""Return a text of the same length with all digits, brackets and dashes in ASCII.

    >>> twin("\\uff11\\uff13\\uff18")
    '138'
    """
    if text.isascii():
        return text
    return text.translate(_table()) if _plain_enough(text) else "".join(map(_as_ascii, text))


def spots(text: str) -> Iterator[Spot]:
    """Yield what looks personal in a text without hidden characters, none overlapping another."""
    seen = twin(text)
    if not _suspect().search(seen):
        return
    taken = bytearray(len(seen))
    for kind, pattern, test in _patterns():
        # A name may hold a character that is also a digit.
        for found in pattern.finditer(text if kind == "name" else seen):
            part = found.lastindex or 0
            start, end = found.span(part)
            if any(taken[start:end]) or not test(found[part]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            yield Spot(start, end, kind, _same(kind, found[part]))


def whole_kind(text: str) -> tuple[str, str] | None:
    """Return kind and value of a cell that is nothing but one piece of personal data.

    >>> whole_kind("138 1234 5678")
    ('phone', '13812345678')
    """
    found = list(spots(text))
    if len(found) != 1:
        return None
    only = found[0]
    rest = text[: only.start] + text[only.end :]
    return None if rest.strip(" \t+()-.,;:") else (only.kind, only.value)


def is_id_number(text: str) -> bool:
    """Say whether 18 or 15 digits are a mainland id number: region, birthday, check digit.

    >>> is_id_number("11010519491231002X"), is_id_number("110105194912310021")
    (True, False)
    """
    text = text.upper()
    if text[:2] not in _REGIONS:
        return False
    birthday = text[6:14] if len(text) == 18 else f"19{text[6:12]}"
    try:
        born = dt.date(int(birthday[:4]), int(birthday[4:6]), int(birthday[6:]))
    except ValueError:
        return False
    if not 1900 <= born.year <= 2099:
        return False
    if len(text) == 15:
        return True
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return _CHECK[total % 11] == text[17]


def is_card(text: str) -> bool:
    """Say whether digits are the number of a bank card: length, first digits, Luhn's check."""
    digits = re.sub(r"\D", "", text)
    if not 15 <= len(digits) <= 19 or not digits.startswith(_CARD_STARTS):
        return False
    if len(digits) == 15 and not digits.startswith(("34", "37")):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + place % 2)
        total += number - 9 * (number > 9)
    return total % 10 == 0


def _is_plate(text: str) -> bool:
    return sum(one.isdigit() for one in text) >= 2


def _always(_: str) -> bool:
    return True


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...]:
    """Return kinds with their patterns in the order of looking; what is found first stays."""
    said = signs()
    provinces, ends = said.string("provinces"), said.string("plate_ends")
    plate = (
        rf"[{provinces}][A-HJ-NP-Za-hj-np-z][- .\u00b7\u2022]?"
        rf"[A-HJ-NP-Za-hj-np-z0-9]{{4,5}}[A-HJ-NP-Za-hj-np-z0-9{ends}](?![A-Za-z0-9])"
    )
    single = re.escape(said.string("surnames"))
    double = "|".join(said.strings("double_surnames"))
    titles, labels = "|".join(said.strings("titles")), "|".join(said.strings("labels"))
    name = rf"(?:{double}|[{single}])[\u4e00-\u9fff]{{0,2}}?(?=\s?(?:{titles}))"
    label = (
        rf"(?:{labels})\s*[:=\uff1a]\s*((?:[\u4e00-\u9fff\u00b7]{{2,4}}|[A-Z]\w+(?: [A-Z]\w+)?))"
    )
    english = r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? ([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
    listed = (
        ("email", _EMAIL, _always),
        ("id_number", _ID_18, is_id_number),
        ("card", _CARD, is_card),
        ("id_number", _ID_15, is_id_number),
        ("phone", _MOBILE, _always),
        ("phone", _LANDLINE, _always),
        ("phone", _FOREIGN, _always),
        ("phone", _NORTH_AMERICA, _always),
        ("plate", plate, _is_plate),
        ("name", label, _always),
        ("name", name, _always),
        ("name", english, _always),
    )
    return tuple((kind, re.compile(pattern), test) for kind, pattern, test in listed)


@cache
def _suspect() -> re.Pattern[str]:
    """Return a pattern without which there is nothing to look for."""
    said = signs()
    titles = "|".join([*said.strings("titles"), *said.strings("labels")])
    return re.compile(
        rf"\d[- .()\u00b7]{{0,2}}\d[- .()\u00b7]{{0,2}}\d[- .()\u00b7]{{0,2}}\d"
        rf"|@|{titles}|[{said.string('provinces')}][A-Za-z]|M[rsi]|Dr"
    )


def _same(kind: str, found: str) -> str:
    """Return what is equal for two ways to write the same."""
    if kind == "phone":
        digits = re.sub(r"\D", "", found)
        for code in ("0086", "86", "0"):
            if digits.startswith(code) and len(digits) - len(code) == 11:
                return digits[len(code) :]
        return digits
    if kind == "name":
        return found.strip()
    return re.sub(r"[- .\u00b7\u2022]", "", found).upper() if kind != "email" else found.casefold()


@cache
def _table() -> dict[int, str]:
    """Return the usual ways to write digits and signs, each as the ASCII one."""
    said = signs()
    table = {ord(one): str(at) for at, one in enumerate(said.string("digits"))}
    table |= {ord(one): digit for one, digit in said.plain("digits_too").items()}
    table |= {0xFF01 + at: chr(0x21 + at) for at in range(94)}
    table |= {ord(one): "-" for one in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc"}
    return table | {0x3000: " ", 0xA0: " ", 0x2009: " ", 0x202F: " "}


def _plain_enough(text: str) -> bool:
    """Say whether all digits are ASCII's or in the table: the others are rare and slow."""
    known = _table()
    return not any(one.isdecimal() and not one.isascii() and ord(one) not in known for one in text)


def _as_ascii(sign: str) -> str:
    known = _table().get(ord(sign))
    if known is not None:
        return known
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)
