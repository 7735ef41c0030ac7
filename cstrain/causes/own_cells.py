"""Cells of a company's own table: blank, a number, a day, or a text."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

Kind = Literal["text", "number", "time"]

_BLANK: Final = frozenset({"", "-", "–", "—", "na", "n/a", "nan", "none", "null"})
_NUMBER: Final = re.compile(r"[-+]?(\d+(,\d{3})*|\d*)(\.\d+)?([eE][-+]?\d{1,3})?")
_DAY: Final = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})(\D.*)?")


def shown_cell(cell: str) -> str:
    """Return a cell as it is compared and shown: full-width forms and blanks made plain."""
    return unicodedata.normalize("NFKC", cell).strip()


def is_blank(cell: str) -> bool:
    """Say whether nothing is in a cell.

    >>> [is_blank(one) for one in (" ", "N/A", "0")]
    [True, True, False]
    """
    return cell.strip().casefold() in _BLANK


def number_of(cell: str) -> float | None:
    """Return a cell as a number; 12% is 12, as it is read.

    >>> number_of("1,234.5"), number_of("12%"), number_of("C-17"), number_of("")
    (1234.5, 12.0, None, None)
    """
    text = shown_cell(cell).removesuffix("%").rstrip()
    if not text or not _NUMBER.fullmatch(text):
        return None
    try:
        found = float(text.replace(",", ""))
    except ValueError:  # a sign or a point alone
        return None
    return found if math.isfinite(found) else None


def day_of(cell: str) -> date | None:
    """Return the day of a date or time that begins with the year.

    >>> day_of("2025/7/1 09:30"), day_of("2025-13-01"), day_of("7/1/2025")
    (datetime.date(2025, 7, 1), None, None)
    """
    found = _DAY.fullmatch(shown_cell(cell))
    if not found:
        return None
    try:
        return date(*(int(found[place]) for place in (1, 2, 3)))
    except ValueError:
        return None


def kind_of(cells: Iterable[str]) -> Kind:
    """Return what a column holds: numbers or days where every cell that is filled is one.

    >>> kind_of(["1", "", "2"]), kind_of(["2025-07-01"]), kind_of(["1", "one"]), kind_of([""])
    ('number', 'time', 'text', 'text')
    """
    filled = [one for one in cells if not is_blank(one)]
    if filled and all(number_of(one) is not None for one in filled):
        return "number"
    if filled and all(day_of(one) is not None for one in filled):
        return "time"
    return "text"
