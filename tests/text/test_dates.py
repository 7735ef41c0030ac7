"""Dates: one typed date, deadlines of a sentence, holidays against the almanac."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrain.text.calendar import add_months, easter, holiday_date, months_until
from cstrain.text.dates import deadline_in, parse_date

TODAY = date(2026, 11, 23)  # a Monday
TYPED = [
    ("2027-03-31", date(2027, 3, 31)),
    ("2027/3/31", date(2027, 3, 31)),
    ("2027年3月31日", date(2027, 3, 31)),
    ("２０２７年３月３１日", date(2027, 3, 31)),
    ("31 March 2027", date(2027, 3, 31)),
    ("Mar 31, 2027", date(2027, 3, 31)),
    ("31.3.2027", date(2027, 3, 31)),
    ("Q3 2027", date(2027, 9, 30)),
    ("2027年第三季度", date(2027, 9, 30)),
    ("2024-02-29", date(2024, 2, 29)),
]


@pytest.mark.parametrize(("text", "day"), TYPED, ids=[t[0] for t in TYPED])
def test_typed(text, day):
    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-30",
        "2027-02-29",
        "13/13/2027",
        "next year",
        "明年",
        "soon",
        "每月5日",
        "2027",
        "12345",
        "3 days",
    ],
)
def test_no_date(text):
    assert parse_date(text, TODAY) is None


DEADLINES = [
    ("2027年3月31日前", date(2027, 3, 31)),
    ("3月31日前", date(2027, 3, 31)),
    ("到明年五月上旬为止", date(2027, 5, 10)),
    ("2027年第二季度结束前", date(2027, 6, 30)),
    ("年底前", date(2026, 12, 31)),
    ("下个月", date(2026, 12, 31)),
    ("半年内", date(2027, 5, 23)),
    ("一年半内", date(2028, 5, 23)),
    ("未来两周", date(2026, 12, 7)),
    ("春节前", date(2027, 2, 6)),
    ("明年元宵节前", date(2027, 2, 20)),
    ("中秋前", date(2027, 9, 15)),
    ("从5月1日起", date(2027, 5, 1)),
    ("by the end of June 2027", date(2027, 6, 30)),
    ("before 15 January", date(2027, 1, 15)),
    ("by next Friday", date(2026, 12, 4)),
    ("six months from now", date(2027, 5, 23)),
    ("within 90 days", date(2027, 2, 21)),
    ("by mid-December", date(2026, 12, 20)),
    ("in the first half of 2027", date(2027, 6, 30)),
    ("by Thanksgiving", date(2026, 11, 26)),
    ("by Easter", date(2027, 3, 28)),
    ("by 8/31", date(2027, 8, 31)),
    ("next spring", date(2027, 5, 31)),
]


@pytest.mark.parametrize(("text", "day"), DEADLINES, ids=[t[0] for t in DEADLINES])
def test_deadline(text, day):
    found = deadline_in(text, TODAY)
    assert found is not None
    assert (found.day, found.words.text in text) == (day, True)


@pytest.mark.parametrize(
    "text",
    [
        "每天",
        "each month",
        "daily",
        "24小时内",
        "3个工作日内",
        "within 24 hours",
        "soon",
        "尽快",
        "2026年第三季度",
        "last year",
        "去年",
        "近三个月",
        "the 7-day repeat rate",
        "we may call",
        "on Fridays",
    ],
)
def test_no_deadline(text):
    assert deadline_in(text, TODAY) is None


# Dates as printed in the official calendars of these years.
ALMANAC = [
    ("spring_festival", 2026, date(2026, 2, 17)),
    ("spring_festival", 2028, date(2028, 1, 26)),
    ("spring_festival_eve", 2027, date(2027, 2, 5)),
    ("dragon_boat", 2026, date(2026, 6, 19)),
    ("mid_autumn", 2025, date(2025, 10, 6)),
    ("thanksgiving", 2027, date(2027, 11, 25)),
    ("us_labor_day", 2026, date(2026, 9, 7)),
    ("memorial_day", 2026, date(2026, 5, 25)),
    ("good_friday", 2026, date(2026, 4, 3)),
]


@pytest.mark.parametrize(("key", "year", "day"), ALMANAC, ids=[f"{a[0]}-{a[1]}" for a in ALMANAC])
def test_holidays(key, year, day):
    assert holiday_date(key, year) == day


@pytest.mark.parametrize(
    ("year", "month", "number"),
    [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2030, 4, 21), (2038, 4, 25)],
)
def test_easter(year, month, number):
    assert easter(year) == date(year, month, number)


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 40))
def test_months_are_counted_up(start, months):
    end = add_months(start, months)
    assert months_until(start, end) == months
    assert months_until(start, end + timedelta(days=1)) >= months


@settings(deadline=None)
@given(st.text(max_size=40), st.dates(date(2001, 1, 1), date(2150, 1, 1)))
def test_any_text(text, today):
    parse_date(text, today)
    found = deadline_in(text, today)
    assert found is None or (found.day >= today and found.words.text in text)
