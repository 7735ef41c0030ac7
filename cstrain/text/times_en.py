"""Time expressions in English and in digits, resolved against today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from cstrain.text import en
from cstrain.text.calendar import (
    SEASONS,
    Period,
    add_days,
    add_months,
    day,
    month_period,
    months_period,
    week_of,
)
from cstrain.text.periods import season_period, unit_period
from cstrain.text.times import Time, TimeKind, dated, stretch

_PAST: Final = ("last", "previous", "past", "the past", "the last")
_NEXT: Final = ("next", "the coming", "coming", "the following", "following", "the next")
_ENDS: Final = (
    "late",
    "end of",
    "the end of",
    "close of",
    "the close of",
    "end",
    "the last week of",
    "last week of",
)
_STARTS: Final = ("early", "the start of", "the beginning of", "first week of", "the first week of")
_MIDDLES: Final = ("mid", "the middle of")
_FUTURE_LEADS: Final = (
    "within",
    "in",
    "over",
    "during",
    "next",
    "inside",
    "under",
    "in under",
    "in less than",
    "through",
    "throughout",
)
_LABELS: Final = (
    "deadline",
    "timeframe",
    "time frame",
    "timeline",
    "duration",
    "due",
    "when",
    "time",
)
_COUNTS: Final = {
    "a": 1.0,
    "an": 1.0,
    "half a": 0.5,
    "half an": 0.5,
    "a half": 0.5,
    "a couple of": 2.0,
}
_UNITS: Final = {
    "day": (0, 1),
    "calendar day": (0, 1),
    "week": (0, 7),
    "fortnight": (0, 14),
    "month": (1, 0),
    "quarter": (3, 0),
    "year": (12, 0),
}


def english_times(text: str, today: date) -> Iterator[Time]:
    """Yield the time expressions of a folded text; they may overlap."""
    for pattern, resolve in _RESOLVERS:
        for match in pattern.finditer(text):
            found = resolve(match, today)
            if found is not None and found.end > found.start:
                yield found


def _year_of(match: re.Match[str], today: date) -> int | None:
    words = match["y"]
    if words:
        return 2000 + int(words[1:]) if words.startswith("'") else int(words)
    if match["ry"]:
        return today.year + {"next year": 1, "last year": -1, "the year after next": 2}.get(
            match["ry"], 0
        )
    return None


def _date(match: re.Match[str], today: date) -> Time | None:
    month, number = en.MONTH_NUMBER[match["m"]], int(match["d"])
    year = int(match["y3"][-2:]) + 2000 if match["y3"] else _year_of(match, today)
    return _one_day(match, (year, month, number), today)


def _one_day(match: re.Match[str], parts: tuple[int | None, int, int], today: date) -> Time | None:
    year, month, number = parts
    if year is None:
        found = day(today.year, month, number)
        if found is None or found <= today:
            found = day(today.year + 1, month, number)
    else:
        found = day(year, month, number)
    return dated(match.start(), match.end(), Period(found, found), today) if found else None


def _month(match: re.Match[str], today: date) -> Time | None:
    name = match["m"]
    month, year = en.MONTH_NUMBER[name], _year_of(match, today)
    if match["d"]:
        return _one_day(match, (year, month, int(match["d"])), today)
    if (name in ("may", "mar", "march", "sep", "dec") and not _surely_month(match)) or (
        match["next"] == "last "
    ):
        return Time(match.start(), match.end(), "past") if match["next"] == "last " else None
    part = _month_part(match["part"])
    period = month_period(year or today.year, month, *part)
    if year is None and period and period.last <= today:
        period = month_period(today.year + 1, month, *part)
    return dated(match.start(), match.end(), period, today)


def _surely_month(match: re.Match[str]) -> bool:
    if match["part"] or match["next"] or match["y"] or match["ry"]:
        return True
    before = match.string[max(0, match.start() - 14) : match.start()]
    return bool(
        re.search(
            r"\b(?:by|in|before|until|till|of|from|since|to|end|due:?|mid)[ -]$|[-:(] ?$", before
        )
    )


def _month_part(words: str | None) -> tuple[int, int]:
    if not words:
        return (1, 31)
    if words in _ENDS:
        return (21, 31)
    if words in _STARTS:
        return (1, 10)
    if words in _MIDDLES:
        return (11, 20)
    return (1, 15) if words == "the first half of" else (16, 31)


def _quarter(match: re.Match[str], today: date) -> Time | None:
    year = int(match["qy"]) if match["qy"] else _year_of(match, today)
    words = match["qw"]
    if words == "last" and year is None and not match["whole"]:
        return Time(match.start(), match.end(), "past")
    if match["q"] or words:
        number = int(
            match["q"]
            or {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}.get(words, 4)
        )
        first, last = number * 3 - 2, number * 3
    else:
        first, last = (1, 6) if match["h"] == "1" or match["hw"] == "first" else (7, 12)
    if not (match["q"] or match["h"] or year or match["whole"]) and match["hw"]:
        return None  # "the second half" of what?
    if match["part"] in _ENDS or match["end"]:
        first = last
    elif match["part"] in _STARTS:
        last = first
    period = months_period(year or today.year, first, last)
    if year is None and period and period.last <= today:
        period = months_period(today.year + 1, first, last)
    return dated(match.start(), match.end(), period, today)


def _relative(match: re.Match[str], today: date) -> Time | None:
    which, unit, part = match["which"] or "", match["unit"], match["part"] or ""
    ends = part in _ENDS or bool(match["tail"])
    season = unit in (*SEASONS, "winter")
    if which in _PAST:
        return Time(match.start(), match.end(), "past")
    if not (which or ends or part) or (which in ("the", "our") and not (ends or part or season)):
        return _bare_season(match, today) if season else None
    if unit == "fall" and match.string[match.end() : match.end() + 4] in (" in ", " of ", " fro"):
        return None
    period = (
        season_period(unit, today) if season else unit_period(unit, today, later=which in _NEXT)
    )
    if season and which in ("next", "the next") and period and period.first <= today:
        period = Period(add_months(period.first, 12), add_months(period.last, 12))
    if period and ends:
        period = Period(period.last, period.last)
    elif period and part in _STARTS:
        period = Period(period.first, period.first)
    return dated(match.start(), match.end(), period, today)


def _bare_season(match: re.Match[str], today: date) -> Time | None:
    before = match.string[max(0, match.start() - 10) : match.start()]
    if match["unit"] == "fall" or not re.search(r"\b(?:by|before|in|until|of) (?:the )?$", before):
        return None
    return dated(match.start(), match.end(), season_period(match["unit"], today), today)


def _short_end(match: re.Match[str], today: date) -> Time | None:
    unit = {"eoy": "year", "ye": "year", "eom": "month", "eoq": "quarter", "eow": "week"}[
        match["what"]
    ]
    period = unit_period(unit, today, later=False)
    return dated(match.start(), match.end(), period, today)


def _fiscal(match: re.Match[str], today: date) -> Time | None:
    year = int(match["y"][-2:]) + 2000
    return dated(match.start(), match.end(), months_period(year, 1, 12), today)


def _weekday(match: re.Match[str], today: date) -> Time | None:
    which = (match["which"] or "").strip()
    if match["many"] or which in ("every", "each"):
        return Time(match.start(), match.end(), "rhythm")
    if which == "last":
        return Time(match.start(), match.end(), "past")
    one = add_days(week_of(today, int(which == "next")).first, en.WEEKDAY_NUMBER[match["day"]])
    one = one if one > today else add_days(one, 7)
    return Time(match.start(), match.end(), "date", one, one)


def _day_word(match: re.Match[str], today: date) -> Time | None:
    words = match.group().replace("-", " ")
    if words == "yesterday":
        return Time(match.start(), match.end(), "past")
    if words in ("same day", "next day"):
        return Time(match.start(), match.end(), "service")
    if words == "today":
        return None  # mostly "from today's 18%"
    one = add_days(today, {"tomorrow": 1, "the day after tomorrow": 2}.get(words, 0))
    return Time(match.start(), match.end(), "date", one, one)


def _numeric(match: re.Match[str], today: date) -> Time | None:
    if match["y"]:
        month = int(match["m"])
        if not 1 <= month <= 12:
            return None
        if not match["d"]:
            if match["sep"] == ".":
                return None
            return dated(match.start(), match.end(), month_period(int(match["y"]), month), today)
        return _one_day(match, (int(match["y"]), month, int(match["d"])), today)
    a, b = int(match["a"]), int(match["b"])
    year = int(match["y2"][-2:]) + 2000
    number, month = (b, a) if b > 12 >= a else (a, b)  # day first unless that is impossible
    return _one_day(match, (year, month, number), today) if 1 <= month <= 12 else None


def _short_numeric(match: re.Match[str], today: date) -> Time | None:
    return _one_day(match, (None, int(match["m"]), int(match["d"])), today)


def _year(match: re.Match[str], today: date) -> Time | None:
    if match["lead"] in ("from", "since") and int(match["y"]) <= today.year:
        return Time(match.start("y"), match.end(), "past")
    return dated(match.start("y"), match.end(), months_period(int(match["y"]), 1, 12), today)


def _length(match: re.Match[str], today: date) -> Time | None:
    lead, tail = match["lead"] or "", (match["tail"] or "").strip()
    following = (match["next"] or "").strip()
    unit = match["unit"].removesuffix("s") if len(match["unit"]) > 2 else match["unit"]
    if tail in ("ago", "old") or {lead, following} & set(_PAST):
        return Time(match.start(), match.end(), "past")
    if unit.split()[0] in en.SHORT_UNITS:
        kind: TimeKind = "window" if lead in ("for", "after") else "service"
        return Time(match.start(), match.end(), kind) if lead or tail else None
    start = match.start() if lead else match.start("next") if following else match.start("n")
    if not (lead or following or tail) and match["n"] in (*_COUNTS, "the"):
        return None
    if match["hyphen"] == "-":
        return Time(match.start("n"), match.end(), "window")
    count = _count(match["n"], following)
    months, days = _UNITS.get(unit, (0, 0))
    if count is None or not (months or days):
        return None
    found = _future(match, lead or following, tail, stretch(today, count, months, days), today)
    return found.moved(start, match.end()) if found else None


def _count(words: str, following: str) -> float | None:
    if words == "the":
        return 1.0 if following else None
    if words in ("a few", "several"):
        return None
    if words in _COUNTS:
        return _COUNTS[words]
    return float(words) if words[0].isdigit() else en.english_value(words)


def _future(
    match: re.Match[str], lead: str, tail: str, end: date | None, today: date
) -> Time | None:
    future = (
        lead in (*_FUTURE_LEADS, *_LABELS, "coming", "following")
        or (match["next"] or "").strip() in _NEXT
        or tail.startswith("from")
        or tail in ("later", "time")
    )
    small = match["unit"].startswith(("day", "calendar"))
    if lead in ("for", "after", "last") and not future:
        future = not small and not match["unit"].startswith("week")
    if not future or end is None:
        return Time(match.start(), match.end(), "window")
    kind: TimeKind = "days" if small and not match["next"] and lead not in _LABELS else "length"
    return Time(match.start(), match.end(), kind, today, end, marked=True)


def _rhythm(match: re.Match[str], today: date) -> Time | None:  # noqa: ARG001 - one shape for all
    return Time(match.start(), match.end(), "rhythm")


_RESOLVERS: Final = (
    (en.FREQUENCY, _rhythm),
    (en.DATE, _date),
    (en.MONTH, _month),
    (en.QUARTER, _quarter),
    (en.NUMERIC, _numeric),
    (en.SHORT_NUMERIC, _short_numeric),
    (en.SLASH_DAY, _short_numeric),
    (en.YEAR, _year),
    (en.RELATIVE, _relative),
    (en.SHORT_END, _short_end),
    (en.FISCAL, _fiscal),
    (en.WEEKDAY, _weekday),
    (en.DAY_WORD, _day_word),
    (en.DURATION, _length),
)
