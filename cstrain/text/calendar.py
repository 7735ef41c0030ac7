"""Calendar arithmetic and named days, with their dates year by year."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from cstrain.errors import ContentError
from cstrain.library.toml_file import CONTENT, read_toml, shown_name

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
_FILE: Final = CONTENT / "lexicon" / "holidays.toml"
SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}


@dataclass(frozen=True)
class Period:
    """A stretch of days, first and last included."""

    first: date
    last: date


def day(year: int, month: int, number: int) -> date | None:
    """Return the date, None when there is no such day.

    >>> day(2026, 2, 30) is None
    True
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month_days(year: int, month: int) -> int:
    """Return how many days the month has."""
    return calendar.monthrange(year, month)[1]


def month_period(year: int, month: int, first: int = 1, last: int = 31) -> Period | None:
    """Return a month or a part of it; days beyond its end are cut."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    most = month_days(year, month)
    return Period(date(year, month, min(first, most)), date(year, month, min(last, most)))


def months_period(year: int, first: int, last: int) -> Period | None:
    """Return the period from one month to another; a last month below the first is next year's."""
    end_year = year if last >= first else year + 1
    if not FIRST_YEAR <= year <= end_year <= LAST_YEAR:
        return None
    return Period(date(year, first, 1), date(end_year, last, month_days(end_year, last)))


def add_months(start: date, months: int) -> date:
    """Return the same day some months later, or the last day of a shorter month.

    >>> add_months(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    count = start.year * 12 + start.month - 1 + months
    year, month = min(count // 12, LAST_YEAR), count % 12 + 1
    return date(year, month, min(start.day, month_days(year, month)))


def add_days(start: date, days: int) -> date:
    """Return the date some days later, held within the years this module knows."""
    end = start.toordinal() + days
    return date.fromordinal(max(1, min(end, date(LAST_YEAR, 12, 31).toordinal())))


def months_until(start: date, end: date) -> int:
    """Return the whole months needed to reach the date, at least 0.

    >>> months_until(date(2026, 11, 23), date(2027, 2, 28))
    4
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    months += 1 if add_months(start, months) < end else 0
    return max(0, months)


def week_of(some: date, weeks: int = 0) -> Period:
    """Return the week, Monday to Sunday, some weeks after that of the date."""
    monday = add_days(some, 7 * weeks - some.weekday())
    return Period(monday, add_days(monday, 6))


def easter(year: int) -> date:
    """Return Easter Sunday of the year (anonymous Gregorian computus).

    >>> easter(2027)
    datetime.date(2027, 3, 28)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    ell = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month, number = divmod(h + ell - 7 * m + 114, 31)
    return date(year, month, number + 1)


@cache
def holidays() -> Mapping[str, Mapping[str, Any]]:
    """Return the named days as the content file has them."""
    return read_toml(_FILE)


@cache
def holiday_names() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return a pattern of all names of named days, and the key of each name."""
    key_of = {
        name.lower(): key for key, raw in holidays().items() for name in (*raw["zh"], *raw["en"])
    }
    words = sorted(key_of, key=len, reverse=True)
    pattern = "|".join(_bounded(word) for word in words)
    return re.compile(f"(?P<name>{pattern})"), key_of


def _bounded(word: str) -> str:
    left = r"(?<![a-z0-9.])" if word[0].isascii() else ""
    right = r"(?![a-z0-9%]|\.\d)" if word[-1].isascii() else ""
    return left + re.escape(word) + right


def holiday_date(key: str, year: int) -> date | None:
    """Return the first date of a named day in the year, None when it is not known."""
    dates = holiday_dates(key, year)
    return dates[0] if dates else None


@cache
def holiday_dates(key: str, year: int) -> tuple[date, ...]:
    """Return all dates of a named day in the year."""
    raw = holidays()[key]
    if "dates" in raw:
        known = (date.fromisoformat(one) for one in raw["dates"])
        return tuple(one for one in known if one.year == year)
    found = _one_date(key, raw, year)
    return () if found is None else (found,)


def _one_date(key: str, raw: Mapping[str, Any], year: int) -> date | None:
    if "on" in raw:
        month, number = map(int, raw["on"].split("-"))
        return day(year, month, number)
    if "easter" in raw:
        return easter(year) + timedelta(days=raw["easter"])
    if "nth" in raw:
        return _nth(year, *raw["nth"])
    if "after" in raw:
        other, days = raw["after"]
        base = holiday_date(other, year)
        return None if base is None else base + timedelta(days=days)
    allowed = "one of on, dates, nth, easter, after"
    raise ContentError(shown_name(_FILE), key, found=sorted(raw), allowed=allowed)


def _nth(year: int, month: int, weekday: int, which: int) -> date | None:
    days = list(range(1, month_days(year, month) + 1))
    matching = [d for d in days if date(year, month, d).weekday() == weekday]
    return day(year, month, matching[which - 1 if which > 0 else which])


def next_holiday(key: str, today: date) -> date | None:
    """Return the first date of a named day after today."""
    for year in (today.year, today.year + 1):
        for found in holiday_dates(key, year):
            if found > today:
                return found
    return None
