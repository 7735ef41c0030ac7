"""What a time expression says: a date or period, a length, a rhythm, a service time, the past."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from cstrain.text.calendar import Period, add_days, add_months

TimeKind = Literal["date", "length", "days", "rhythm", "service", "past", "window"]


@dataclass(frozen=True)
class Time:
    """A time expression in a folded text; `first` and `last` are set when it can be resolved.

    date: a date or period; length: a stretch from today on; days: such a stretch of days, which may
    also be a service time; rhythm: how often; service: time allowed per case; past: before today;
    window: a measuring window such as "7-day".
    """

    start: int
    end: int
    kind: TimeKind
    first: date | None = None
    last: date | None = None
    marked: bool = False
    starts: bool = False

    def moved(self, start: int, end: int) -> Time:
        """Return the same time standing at another place."""
        return replace(self, start=start, end=end)


def dated(start: int, end: int, period: Period | None, today: date) -> Time | None:
    """Return a date or period as a time, past when it ended before tomorrow."""
    if period is None:
        return None
    kind: TimeKind = "date" if period.last > today else "past"
    return Time(start, end, kind, period.first, period.last)


def stretch(today: date, count: float, months: int, days: int) -> date | None:
    """Return the day that lies so many units after today; absurd lengths give None."""
    if not 0 < count <= 1000:
        return None
    if months:
        whole = int(count * months)
        rest = round((count * months - whole) * 30)
        return add_days(add_months(today, whole), rest) if whole <= 600 else None
    return add_days(today, max(1, round(count * days)))
