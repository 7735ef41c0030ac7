"""What personal data look like: phones, id numbers, e-mail, bank cards, plates, names.

A text is looked at through a twin of the same length in which every way to write a digit is that
digit; what is found there is replaced in the text.
"""

from __future__ import annotations

import datetime as dt
import re
import string
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
_FOLDED: Final = f"()+-._@{string.digits}{string.ascii_letters}"
_WHOLE: Final = re.compile(r"\s*[+(\d][\dXx ()+.\-]{8,}\s*")  # ASCII that may be one whole number
_DIGITS: Final = re.compile(r"[^\D0-9]")  # digits of other scripts
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
    return _HIDDEN.sub("", text) if not text.isascii() and _HIDDEN.search(text) else text


def twin(text: str) -> str:
    r"""Return a text of the same length with all digits, brackets and dashes in ASCII.

    >>> twin("\\uff11\\uff13\\uff18")
    '138'
    """
    if text.isascii() or not _foldable().search(text):
        return text
    return "".join(map(_as_ascii, text)) if _DIGITS.search(text) else text.translate(_table())


def may_be_personal(text: str) -> bool:
    """Say whether it is worth looking for spots; most texts are let go here at little cost."""
    figures = _figures().search(text)
    while figures:
        if _telling(figures[0]):
            return True
        figures = _figures().search(text, figures.end())
    if "@" in text or "\uff20" in text:
        return True
    return any(clue.search(text) for clue in _clues())


def spots(text: str) -> Iterator[Spot]:
    """Yield what looks personal in a text without hidden characters, none overlapping another."""
    if not may_be_personal(text):
        return
    seen = twin(text)
    taken = bytearray(len(seen))
    for one in _patterns():
        # A name may hold a character that is also a digit.
        where = text if one.kind == "name" else seen
        if not one.clue.search(where):
            continue
        for found in one.pattern.finditer(where):
            part = found.lastindex or 0
            start, end = found.span(part)
            if any(taken[start:end]) or not one.test(found[part]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            yield Spot(start, end, one.kind, _same(one.kind, found[part]))


def whole_kind(text: str) -> tuple[str, str] | None:
    """Return kind and value of a cell that is nothing but one piece of personal data.

    >>> whole_kind("138 1234 5678")
    ('phone', '13812345678')
    """
    if text.isascii() and not _WHOLE.fullmatch(text) and "@" not in text:
        return None
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


class _Pattern:
    """What one kind looks like, a clue without which it is not there, and a last test."""

    def __init__(
        self, kind: str, pattern: str, clue: re.Pattern[str], test: Callable[[str], bool] = _always
    ) -> None:
        self.kind, self.pattern, self.clue, self.test = kind, re.compile(pattern), clue, test


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """Return the patterns in the order of looking; what is found first stays."""
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
        rf"(?:{labels})\s*[:=\uff1a]\s*"
        r"((?:[\u4e00-\u9fff\u00b7]{2,4}|[A-Z]\w+(?: [A-Z]\w+)?))"
    )
    english = r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? ([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
    in_plate, in_name, in_title = _clues()
    return (
        _Pattern("email", _EMAIL, re.compile("@")),
        _Pattern("id_number", _ID_18, re.compile(r"\d{17}"), is_id_number),
        _Pattern("card", _CARD, re.compile(r"\d{4}[- ]?\d{4}[- ]?\d{4}[- ]?\d{3}"), is_card),
        _Pattern("id_number", _ID_15, re.compile(r"\d{15}"), is_id_number),
        _Pattern("phone", _MOBILE, re.compile(r"1[3-9]\d")),
        _Pattern("phone", _LANDLINE, re.compile(r"0\d\d|86")),
        _Pattern("phone", _FOREIGN, re.compile(r"\+[1-9]")),
        _Pattern("phone", _NORTH_AMERICA, re.compile(r"[2-9]\d\d[-.)]")),
        _Pattern("plate", plate, in_plate, _is_plate),
        _Pattern("name", label, in_name),
        _Pattern("name", name, in_name),
        _Pattern("name", english, in_title),
    )


@cache
def _figures() -> re.Pattern[str]:
    """Return a pattern of ten digits in a row, or of fewer with something between them."""
    table = _table()
    words = "".join(chr(one) for one, sign in table.items() if sign.isdigit())
    others = "".join(chr(one) for one, sign in table.items() if sign in "+-. ()")
    digit, between = rf"[\d{re.escape(words)}]", rf"[-+. (){re.escape(others)}\u00b7]"
    return re.compile(rf"{digit}(?:{digit}{{9,}}|{digit}*{between}{{1,2}}{digit}{{2}})")


def _telling(figures: str) -> bool:
    """Say whether digits may be a personal number.

    Digits alone are only so in certain lengths: 10 to 12 phones, 13 with the country's 86, from
    15 on id numbers, cards, phones with 0086.
    """
    size = len(figures)
    if size == 13 and figures.isascii() and figures.isdigit():
        return figures[:2] == "86"
    return not (size == 14 and figures.isascii() and figures.isdigit()) and size < 24


@cache
def _clues() -> tuple[re.Pattern[str], ...]:
    """Return what a plate and a name cannot be without; each begins with one of few characters."""
    said = signs()
    words = [*said.strings("titles"), *said.strings("labels")]
    first, second = ("".join(sorted({one[at] for one in words})) for at in (0, 1))
    return (
        re.compile(rf"[{said.string('provinces')}][A-Za-z\uff21-\uff5a]"),
        re.compile(rf"[{first}][{second}]"),
        re.compile("[DM][irs]"),
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
    # Of the full-width signs those that numbers and addresses are written with: not the comma.
    table |= {ord(one) + 0xFEE0: one for one in _FOLDED}
    table |= {ord(one): "-" for one in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc"}
    return table | {0x3000: " ", 0xA0: " ", 0x2009: " ", 0x202F: " "}


@cache
def _foldable() -> re.Pattern[str]:
    """Return a pattern of everything that has an ASCII twin."""
    known = "".join(re.escape(chr(one)) for one in _table())
    return re.compile(rf"[{known}]|{_DIGITS.pattern}")


def _as_ascii(sign: str) -> str:
    known = _table().get(ord(sign))
    if known is not None:
        return known
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)
