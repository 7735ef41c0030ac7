"""Dates and deadlines: one typed date, and all times of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from cstrain.text import en, zh
from cstrain.text.calendar import add_days, day
from cstrain.text.normalise import Span, fold
from cstrain.text.times import Time
from cstrain.text.times_en import english_times
from cstrain.text.times_zh import chinese_times

_EN_LEAD: Final = en.LEADS
_BEFORE_EN: Final = re.compile(r"\b(?:before|ahead of|prior to|until|till)\s*(?:the )?$")
_FROM_EN: Final = re.compile(r"\b(?:from|as of|starting|effective|since|onwards? from)\s*$")
_ONLY: Final = re.compile(r"[\s.,。前止之以到至在于截按]*(?:by|before|on|the|at)?[\s.,。]*")
# A typed month alone or a year alone is a period, its last day is meant; lengths are no date.
_TYPED: Final = ("date", "past")
_OPEN_LENGTH: Final = re.compile(
    r"(?:next|this|last) (?:year|month|week|quarter)|[今明去后]年|[上下本这]个?[月周季]度?"
)

_ISO: Final = re.compile(r"(?<!\d)(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_MONTH_NAMES: Final = "|".join(sorted(en.MONTH_NUMBER, key=len, reverse=True))
# Other numbers beside a month's name need not be a day: "from 48 to 40 may help".
_DAY_AND_NAME: Final = re.compile(
    rf"\b(?P<d>29|30|31)(?:st|th)?(?: of)? (?P<m>{_MONTH_NAMES})\b(?:,? (?P<y>20\d\d)\b)?"
)
_NAME_AND_DAY: Final = re.compile(
    rf"\b(?P<m>{_MONTH_NAMES})\.? (?P<d>29|30|31)(?:st|th)?\b(?!\d)(?:,? (?P<y>20\d\d)\b)?"
)
_LEAP_YEAR: Final = 2028  # without a year, 29 February exists somewhere


@dataclass(frozen=True)
class Deadline:
    """The day by which a goal is to be reached, and the words that say so."""

    day: date
    words: Span
    first: date


def times_in(text: str, today: date) -> tuple[Time, ...]:
    """Return the time expressions of a folded text, with their little words, none overlapping."""
    return _times(text, today)


@lru_cache(maxsize=512)
def _times(text: str, today: date) -> tuple[Time, ...]:
    found = [*chinese_times(text, today), *english_times(text, today)]
    return tuple(_widened(text, one) for one in _longest(found))


def _longest(found: Iterable[Time]) -> list[Time]:
    taken: list[Time] = []
    # The longer expression is the more explicit one; of equal ones the resolver named first.
    for one in sorted(found, key=lambda t: (t.start - t.end, t.start)):
        if all(one.end <= other.start or one.start >= other.end for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda t: t.start)


def _widened(text: str, one: Time) -> Time:
    """Return the time with the words around it that make it a deadline or a start."""
    if one.kind not in ("date", "past", "length", "days"):
        return one
    start, end, last, marked = one.start, one.end, one.last, one.marked
    starts = False
    tail = zh.DEADLINE_TAIL.match(text, end)
    if tail:
        end, marked = tail.end(), True
        starts = tail["mark"] in zh.START_TAIL
        if tail["mark"] in zh.BEFORE_TAIL and not zh.ENDED.search(tail.group()):
            last = _before(text, one)
    lead = zh.DEADLINE_LEAD.search(text[max(0, start - 8) : start])
    if lead:
        start -= len(lead.group())
        marked = True
    behind = text[max(0, start - 24) : start]
    english = _EN_LEAD.search(behind)
    if english:
        start, marked = start - len(behind) + english.start(), True
        if _BEFORE_EN.search(behind):
            last = _before(text, one)
        starts = starts or bool(_FROM_EN.search(behind))
    return replace(one, start=start, end=end, last=last, marked=marked, starts=starts)


def _before(text: str, one: Time) -> date | None:
    """Return the day before a period starts, its last day where the words name an end."""
    if one.kind != "date" or one.first is None or one.last is None:
        return one.last
    words = text[one.start : one.end]
    if one.first == one.last or re.search("[底末旬初]|end|close|late|early|mid", words):
        return one.last
    return add_days(one.first, -1)


def parse_date(text: str, today: date) -> date | None:
    """Return the one date that is typed; a period gives its last day; None for anything else.

    >>> parse_date("Q3 2027", date(2026, 1, 5))
    datetime.date(2027, 9, 30)
    >>> parse_date("2026-02-30", date(2026, 1, 5)) is None
    True
    """
    folded = fold(str(text).strip()[:60]).text.strip()
    if _OPEN_LENGTH.fullmatch(folded):
        return None
    found = [t for t in times_in(folded, today) if t.kind in _TYPED and t.last is not None]
    if len(found) != 1:
        return None
    rest = folded[: found[0].start] + folded[found[0].end :]
    return found[0].last if _ONLY.fullmatch(rest) else None


def deadline_in(text: str, today: date) -> Deadline | None:
    """Return the deadline or bounded period of a sentence, None when none can be resolved."""
    folded = fold(text)
    found = [
        t for t in times_in(folded.text, today) if t.kind in ("date", "length", "days") and t.last
    ]
    found = [t for t in found if t.last and t.last > today]
    if not found:
        return None
    best = next((t for t in found if t.marked), found[0])
    return deadline_of(text, best)


def no_such_day(text: str) -> Span | None:
    """Return the words for a day that no calendar has, None when there are none.

    >>> no_such_day("by 31 June 2026").text
    '31 June 2026'
    """
    folded = fold(text)
    for pattern in (_ISO, zh.MONTH_AND_DAY, _DAY_AND_NAME, _NAME_AND_DAY):
        for found in pattern.finditer(folded.text):
            month = en.MONTH_NUMBER.get(found["m"]) or int(found["m"])
            if day(int(found["y"] or _LEAP_YEAR), month, int(found["d"])) is None:
                return folded.span(found.start(), found.end())
    return None


def deadline_of(text: str, time: Time) -> Deadline | None:
    """Return a resolved time as a deadline with the learner's own words."""
    if time.first is None or time.last is None:
        return None
    end = time.first if time.starts else time.last
    return Deadline(end, fold(text).span(time.start, time.end), time.first)
