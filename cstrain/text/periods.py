"""Named periods around today: this or the next week, month, quarter, term, year or season."""

from __future__ import annotations

from datetime import date

from cstrain.text.calendar import SEASONS, Period, add_months, month_period, months_period, week_of


def season_period(unit: str, today: date) -> Period | None:
    """Return the season of this year, or the next one when it is over."""
    first, last = SEASONS.get(unit, (12, 2))
    start = today.year - 1 if unit == "winter" and today.month <= 2 else today.year
    period = months_period(start, first, last)
    if period and period.last <= today:
        period = months_period(start + 1, first, last)
    return period


def unit_period(unit: str, today: date, *, later: bool) -> Period | None:
    """Return the week, month, quarter, term or year around today, or the one after."""
    if unit == "week":
        return week_of(today, int(later))
    if unit == "month":
        start = add_months(today.replace(day=1), int(later))
        return month_period(start.year, start.month)
    if unit == "quarter":
        start = add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * int(later))
        return months_period(start.year, start.month, start.month + 2)
    if unit in ("semester", "term"):
        start = add_months(today, 5 * int(later))
        return Period(start, add_months(start, 4))
    return months_period(today.year + int(later), 1, 12)
