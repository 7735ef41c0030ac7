"""Times, numbers, scores and flags as people write them; what is in doubt is not read."""

# ruff: noqa: DTZ001 - local times, by design

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstrain.intake.mapping import Options
from cstrain.intake.numbers_of import number_in, read_cells
from cstrain.intake.times import read_times
from cstrain.intake.typed_columns import Reader, scaled
from cstrain.intake.vocabulary import fields, unit_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE = dt.datetime(2025, 7, 1, 9, 30)


def time_of(cell, zone=SHANGHAI):
    found = read_times([cell], zone)
    return found.bad.get(cell) or found.known[cell]


@pytest.mark.parametrize(
    "cell",
    [
        "2025-07-01 09:30",
        "2025-07-01T09:30:00",
        "2025/7/1 9:30",
        "2025.7.1 9:30:00",
        "2025年7月1日 9:30",
        "2025年7月1日 9时30分",
        "2025年7月1日 上午9点30分",
        "２０２５-07-01 ０９：３０",
        "20250701093000",
        "1-Jul-2025 09:30",
        "Jul 1, 2025 9:30 AM",
        "July 1, 2025 09:30",
        "2025-07-01 09:30:00+08:00",
        "2025-07-01T01:30:00Z",
        "45839.395833333336",
        45839.395833333336,
        "1751333400",
        1751333400000,
        NINE,
        dt.datetime(2025, 7, 1, 1, 30, tzinfo=dt.UTC),
        "  2025-07-01 09:30 ",
    ],
    ids=str,
)
def test_ways_to_write_one_time(cell):
    assert time_of(cell) == NINE


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2025-07-01 下午3:05", dt.datetime(2025, 7, 1, 15, 5)),
        ("2025-07-01 12:05 AM", dt.datetime(2025, 7, 1, 0, 5)),
        ("2025-07-01 中午12:05", dt.datetime(2025, 7, 1, 12, 5)),
        ("20250701", dt.datetime(2025, 7, 1)),
        (dt.date(2025, 7, 1), dt.datetime(2025, 7, 1)),
        ("31/12/2025", dt.datetime(2025, 12, 31)),
        ("12/31/2025", dt.datetime(2025, 12, 31)),
        ("07/07/2025", dt.datetime(2025, 7, 7)),
    ],
)
def test_other_times(cell, expected):
    assert time_of(cell) == expected


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("03/04/2025", "ambiguous_date"),
        ("03/04/25", "ambiguous_date"),
        ("2025-02-30", "unreadable_time"),
        ("2025-13-01", "unreadable_time"),
        ("2025-07-01 24:30", "unreadable_time"),
        ("2025-07-01 9:75", "unreadable_time"),
        ("昨天", "unreadable_time"),
        ("13812345678", "unreadable_time"),
        ("#REF!", "broken_formula"),
        (True, "unreadable_time"),
    ],
)
def test_times_that_are_not_read(cell, reason):
    assert time_of(cell) == reason


@pytest.mark.parametrize("cell", ["", "-", "N/A", "暂无", "NaT", None, float("nan")], ids=str)
def test_missing_times(cell):
    found = read_times([cell], SHANGHAI)
    assert (list(found.known.values()), found.bad) == ([None], {})


def test_the_column_tells_the_order_of_day_and_month():
    found = read_times(["03/04/2025", "13/04/2025"], SHANGHAI)
    assert found.known["03/04/2025"] == dt.datetime(2025, 4, 3)
    assert found.told == {"03/04/2025": "by_evidence"}


def test_contradicting_orders_tell_nothing_but_clear_dates_are_read():
    found = read_times(["03/04/2025", "13/04/2025", "04/13/2025"], SHANGHAI)
    assert found.bad == {"03/04/2025": "ambiguous_date"}
    assert len(found.known) == 2


def test_the_user_may_say_the_order():
    cells = ["03/04/2025"]
    assert read_times(cells, SHANGHAI, day_first=True).known[cells[0]].month == 4
    assert read_times(cells, SHANGHAI, day_first=False).known[cells[0]].month == 3


def test_mixed_zones_come_to_one_and_are_told():
    cells = ["2025-07-01T01:30:00Z", "2025-07-01 09:30:00", "2025-07-01T03:30:00+02:00"]
    found = read_times(cells, SHANGHAI)
    assert set(found.known.values()) == {NINE}
    assert sorted(found.told.values()) == ["no_zone", "zone_moved", "zone_moved"]


@given(st.datetimes(min_value=dt.datetime(2000, 1, 1), max_value=dt.datetime(2099, 1, 1)))
def test_every_iso_time_is_read_back(time):
    time = time.replace(microsecond=0)
    for cell in (str(time), time.isoformat(), time.strftime("%Y/%m/%d %H:%M:%S")):
        assert time_of(cell) == time


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text):
    read_times([text], SHANGHAI)
    for what in fields().values():
        if what.kind not in {"time", "id", "group", "text"}:
            found = read_cells([text], what)
            assert len(found.known) + len(found.bad) == 1


def value_of(cell, key, factor=1.0):
    found = read_cells([cell], fields()[key], factor)
    return found.bad.get(cell, found.known.get(cell))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("90", 90),
        ("1:30", 90),
        ("00:03:20", 200),
        ("3分20秒", 200),
        ("2 min", 120),
        ("1h 5min", 3900),
        ("1,200.5", 1200.5),
        ("９０", 90),
        (dt.time(0, 3, 20), 200),
        (dt.timedelta(seconds=90), 90),
        ("-5", "negative"),
        ("-0:05", "negative"),
        ("999999", "too_large"),
        ("inf", "not_finite"),
        (float("inf"), "not_finite"),
        ("1e999", "unreadable_number"),
        ("1_000", "unreadable_number"),
        ("12,5", "unreadable_number"),
        ("soon", "unreadable_number"),
        ("#DIV/0!", "broken_formula"),
        ("nan", None),
        (float("nan"), None),
        ("暂无", None),
    ],
    ids=str,
)
def test_durations(cell, expected):
    assert value_of(cell, "wait_s") == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("5", 5),
        (5.0, 5),
        ("非常满意", 5),
        ("满意", 4),
        ("Very satisfied", 5),
        ("★★★", 3),
        ("2分", 2),
        ("9", "out_of_scale"),
        ("0", "out_of_scale"),
        ("4.5", "not_whole"),
        ("好吧", "unreadable_number"),
    ],
)
def test_scores(cell, expected):
    assert value_of(cell, "csat") == expected


@pytest.mark.parametrize(
    ("key", "cell", "expected"),
    [
        ("resolved", "是", True),
        ("resolved", "N", False),
        ("resolved", 1, True),
        ("resolved", "已解决", True),
        ("resolved", "大概", "unknown_value"),
        ("on_time", "超时", False),
        ("late", "超时", True),
        ("outcome", "接通", "answered"),
        ("outcome", "漏接", "abandoned"),
        ("outcome", "?", "unknown_value"),
        ("answered", "12", 12),
        ("answered", "是", True),
        ("billed_cny", "¥1,200.00", 1200),
        ("billed_cny", "1200元", 1200),
    ],
)
def test_flags_lists_and_money(key, cell, expected):
    assert value_of(cell, key) == expected


def test_units_in_headers():
    assert [unit_of(one) for one in ("等待（分钟）", "wait_s", "Wait (h)", "等待")] == [
        60,
        1,
        3600,
        None,
    ]
    assert value_of("1.5", "wait_s", 60.0) == 90


def test_a_scale_of_ten_is_told_from_a_few_slips():
    csat = fields()["csat"]
    assert scaled(csat, Options(), ["5"] * 97 + ["9"] * 3).most == 5
    assert scaled(csat, Options(), ["8", "9", "10", "3"] * 20).most == 10
    assert scaled(csat, Options(csat_scale=(0, 100)), ["5"]).most == 100


def test_impossible_times_are_blanked():
    reader = Reader(Options(), {}, dt.date(2025, 7, 2), counts=False)
    cells = ["2025-07-02 23:00", "2025-07-03 00:00", "1970-01-01", ""]
    found = reader.typed(fields()["opened_at"], "x", cells)
    assert {code: [at for at, _ in places] for code, places in found.bad.items()} == {
        "in_future": [1],
        "too_old": [2],
    }
    assert found.series.notna().tolist() == [True, False, False, False]
    later = reader.typed(fields()["due_at"], "x", ["2025-12-31"])
    assert later.bad == {}


def test_numbers_only():
    assert number_in("12") == 12
    flag = True
    assert number_in(flag) is None
    assert number_in("٣") is None
