"""Results of `kpi` as a table: what is shown, from rows and frames, in both languages."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import datetime

import pandas as pd
import pytest

from cstrain import lesson
from cstrain.charts import kpi_table
from cstrain.kpi import kpi
from cstrain.language import LANGUAGES

day = datetime.fromisoformat
CALLS = [
    {"answered": True, "rings": 2, "team": "<b>A</b>", "at": day("2025-06-03")},
    {"answered": True, "rings": 5, "team": "<b>A</b>", "at": day("2025-07-01")},
    {"answered": False, "rings": 6, "team": "B", "at": day("2025-07-02")},
    {"answered": None, "rings": 1, "team": "B", "at": day("2025-07-02")},
]


def cells(table, tag="td"):
    tree = ET.fromstring(table._repr_html_())  # noqa: S314 - our own HTML, which is XML too
    return ["".join(one.itertext()) for one in tree.iter(tag)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_sides_of_the_line_the_result_and_what_was_left_out(language):
    table = kpi_table("RING", kpi("RING", CALLS), language=language)
    assert cells(table) == ["1", "3", "33.3%", "4", "1"]
    left_out = {"zh": "没算进去1行", "en": "rows left out: 1"}[language]
    assert repr(table).endswith(left_out)
    assert "1 ÷ 3 = 33.3%" in repr(table)
    assert "RING" in cells(table, "caption")[0]


def test_rows_and_a_frame_give_the_same_table():
    plain = kpi_table("RING", kpi("RING", CALLS, period="month"), language="en")
    frame = kpi_table("RING", kpi("RING", pd.DataFrame(CALLS), period="month"), language="en")
    assert plain._repr_html_() == frame._repr_html_()
    assert cells(plain, "th")[-2:] == ["2025-06", "2025-07"]
    assert repr(plain).startswith("three-ring answer rate (RING) · 2025-06: 1 ÷ 1 = 100.0%")


def test_groups_are_named_and_escaped():
    table = kpi_table("RING", kpi("RING", CALLS, by="team"), language="en")
    assert cells(table, "th")[-2:] == ["<b>A</b>", "B"]
    assert cells(table, "th")[0] == "team"


def test_nothing_to_divide_by_is_a_dash_and_a_median_has_nothing_above_the_line():
    assert repr(kpi_table("RING", kpi("RING", []), language="en")).endswith(
        "0 ÷ 0 = –; rows left out: 0"
    )
    returns = [{"received_at": day("2025-06-03"), "refunded_at": day("2025-06-05")}]
    found = kpi_table("RFT", kpi("RFT", returns), language="zh")
    assert repr(found) == "退款时长（RFT）：2天；没算进去0行"
    assert cells(found) == ["–", "1", "2天", "1", "0"]


def test_a_lesson_computes_and_shows_in_its_language():
    assert repr(lesson("n03", "en").kpi("RING", CALLS, base="answered")) == (
        "three-ring answer rate (RING): 1 ÷ 2 = 50.0%; rows left out: 2"
    )


def test_several_kpis_stand_below_each_other_each_in_its_own_unit():
    row = {"offered": 10, "answered": 8, "aht_s": 250, "staffed": 2, "at": day("2025-07-02")}
    table = lesson("n03", "en").kpi(["ANS", "AHT"], [row], form="intervals")
    assert repr(table).splitlines() == [
        "answer rate (ANS): 8 ÷ 10 = 80.0%; rows left out: 0",
        "average handling time (AHT): 2,000 ÷ 8 = 250 s; rows left out: 0",
    ]
    assert cells(table, "th")[0] == "KPI"
    assert cells(table, "caption") == []


def test_every_way_to_define_a_kpi_gives_its_own_line():
    table = lesson("n03", "zh").choices("RING", "base", CALLS)
    assert [line.partition(" = ")[2].partition("；")[0] for line in repr(table).splitlines()] == [
        "33.3%",
        "50.0%",
    ]
    assert cells(table, "th")[0] == "口径"
