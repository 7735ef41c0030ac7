"""Numbers, durations, scores, true and false, closed lists as people write them into cells."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from cstrain.intake.vocabulary import Field, meanings, plain_value, value_words

_NUMBER: Final = re.compile(
    r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:e[+-]?\d{1,3})?", re.ASCII
)
_CLOCK: Final = re.compile(r"(-)?(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:\.(\d{1,6}))?", re.ASCII)
_PARTS: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z\u4e00-\u9fff]+)\s*", re.ASCII)


@dataclass
class Read:
    """What the cells of a column came to: values by cell (None: missing), reasons by cell."""

    known: dict[Any, Any] = field(default_factory=dict)
    bad: dict[Any, str] = field(default_factory=dict)


def read_cells(cells: Iterable[Any], what: Field, factor: float = 1.0) -> Read:
    """Return the values of a column's cells for a field that is no time and no text.

    `factor` turns durations into seconds.

    >>> from cstrain.intake.vocabulary import fields
    >>> read_cells(["90", "1:30", "-5", "soon"], fields()["wait_s"]).bad
    {'-5': 'negative', 'soon': 'unreadable_number'}
    """
    found = Read()
    reader = _READERS[what.kind]
    for cell in sorted(set(cells), key=str):
        value = _ready(cell)
        if isinstance(value, str):
            value = _without_words(value)
        if isinstance(value, _Bad):
            found.bad[cell] = value.code
            continue
        if value is not None:
            value = reader(value, what, factor)
        if isinstance(value, _Bad):
            found.bad[cell] = value.code
        else:
            found.known[cell] = value
    return found


@dataclass(frozen=True)
class _Bad:
    code: str


def _ready(cell: Any) -> Any:
    """Return a text as it is compared, a number that is finite, or what is wrong with it."""
    if isinstance(cell, str):
        return plain_value(cell)
    if isinstance(cell, float) and not math.isfinite(cell):
        return None if math.isnan(cell) else _Bad("not_finite")
    return cell


def _without_words(text: str) -> Any:
    if text in value_words("missing"):
        return None
    if text in value_words("broken"):
        return _Bad("broken_formula")
    return _Bad("not_finite") if text in value_words("endless") else text


def number_in(value: Any) -> float | None:
    """Return the number a text stands for, None when it is none.

    Digits with signs that are used for nothing else: no "1_000", no "1.234,5".

    >>> number_in("1,200.5"), number_in("12,5"), number_in("1_000"), number_in("$ 90")
    (1200.5, None, None, 90.0)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        number = float(value) if abs(value) < 1e300 else math.inf
        return number if math.isfinite(number) else None
    if hasattr(value, "as_tuple"):  # a decimal of Parquet
        value = str(value)
    if not isinstance(value, str):
        return None
    text = _without_money(value.strip())
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text.replace(",", ""))
    return number if math.isfinite(number) else None


def _without_money(text: str) -> str:
    for sign in _money_signs():
        text = text.removeprefix(sign).removesuffix(sign)
    return text.strip()


@cache
def _money_signs() -> tuple[str, ...]:
    """Return the signs of money, the longer ones first."""
    return tuple(sorted(meanings("money"), key=len, reverse=True))


def _bounded(number: float, what: Field) -> Any:
    if what.least is not None and number < what.least:
        scale = what.kind == "score"
        return _Bad("out_of_scale" if scale else "negative" if what.least >= 0 else "too_large")
    if what.most is not None and number > what.most:
        return _Bad("out_of_scale" if what.kind == "score" else "too_large")
    return number


def _number(value: Any, what: Field, _: float) -> Any:
    if isinstance(value, bool):
        return _bounded(float(value), what)
    number = number_in(value)
    return _Bad("unreadable_number") if number is None else _bounded(number, what)


def _seconds(value: Any, what: Field, factor: float) -> Any:
    number = _duration(value, factor)
    if number is None:
        return _Bad("unreadable_number")
    return _Bad("negative") if number < 0 else _bounded(number, what)


def _duration(value: Any, factor: float) -> float | None:
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    if isinstance(value, dt.time):  # how Excel keeps 00:03:20
        return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
    number = number_in(value)
    if number is not None:
        return number * factor
    return _clocked(value) if isinstance(value, str) else None


def _clocked(text: str) -> float | None:
    """Return a duration such as 00:03:20, or one with units."""
    clock = _CLOCK.fullmatch(text)
    if not clock:
        return _worded(text)
    sign, hours, minutes, seconds, fraction = clock.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return (whole + float(f"0.{fraction or 0}")) * (-1 if sign else 1)


def _worded(text: str) -> float | None:
    """Return a duration with units: "3 min 20 s"."""
    units = meanings("units")
    parts = _PARTS.findall(text)
    whole = "".join(f"{number}{unit}" for number, unit in parts)
    if not parts or whole != re.sub(r"\s", "", text):
        return None
    if any(unit not in units for _, unit in parts):
        return None
    return sum(float(number) * float(units[unit]) for number, unit in parts)


def _score(value: Any, what: Field, _: float) -> Any:
    if isinstance(value, str):
        five = meanings("five").get(value)
        if five is not None and what.most == 5:
            return float(five)
    number = number_in(value)
    if number is None:
        return _Bad("unreadable_number")
    if number != int(number):
        return _Bad("not_whole")
    return _bounded(number, what)


def truth_in(value: Any, what: Field) -> bool | None:
    """Return what a cell of a flag says, None when it is neither true nor false."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return {0.0: False, 1.0: True}.get(value)
    text = str(value)
    said = what.words.get(text) or meanings("flag").get(text)
    return None if said is None else said == "true"


def _flag(value: Any, what: Field, _: float) -> Any:
    truth = truth_in(value, what)
    return _Bad("unknown_value") if truth is None else truth


def _count(value: Any, what: Field, factor: float) -> Any:
    """Return a count; words of true and false are kept as such."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and number_in(value) is None:
        return _flag(value, what, factor)
    return _number(value, what, factor)


def _category(value: Any, what: Field, _: float) -> Any:
    known = meanings(what.key)
    text = plain_value(str(value))
    return known.get(text, _Bad("unknown_value"))


_READERS: Final[dict[str, Callable[[Any, Field, float], Any]]] = {
    "number": _number,
    "seconds": _seconds,
    "score": _score,
    "flag": _flag,
    "count": _count,
    "category": _category,
}
