"""The live preview asked of the desk: numbers, marks, reasons, open questions; tables needed."""

from __future__ import annotations

import json

import pytest

from cstrain.datasets import dataset_names
from cstrain.desk import reply, tables_needed
from cstrain.drawing.view import exercise_view
from cstrain.library.exercises import exercise, exercise_ids
from cstrain.progress.store import Store
from cstrain.session import Session

FCR = {"same": "issue", "window": "week", "bound": "in", "eligible": "until", "level": "every"}


def preview(name, field, choices, part="", language="en"):
    asked = {"exercise": f"n04/{name}", "field": field, "choices": choices, "part": part}
    found = reply({"do": "preview", "language": language, **asked})
    json.dumps(found)
    return found


def marks(found):
    return {one["cells"][0]: one["mark"] for one in found["rows"]}


def test_number_rows_and_reasons_of_first_contact_resolution():
    found = preview("first_contact_resolution", "fcr", FCR)
    assert found["do"] == "preview"
    assert found["open"] == []
    assert found["values"] == [{"group": "", "number": "0.7143, that is 71.43%", "sum": "5 ÷ 7"}]
    told = marks(found)
    assert {one for one, mark in told.items() if mark == "below"} == {"T01", "T02"}
    assert {one for one, mark in told.items() if mark == "out"} == {"T06", "T08", "T09"}
    reasons = {one["why"] for one in found["rows"] if one["mark"] == "out"}
    assert reasons == {"too close to the end of the data: nobody can know yet"}
    assert {one["why"] for one in found["rows"] if one["mark"] != "out"} == {""}
    assert [one["text"] for one in found["counts"]] == [
        "above and below: 5",
        "below only: 2",
        "left out: 3",
    ]


def test_a_choice_moves_rows_and_number():
    found = preview("first_contact_resolution", "fcr", {**FCR, "eligible": "all"})
    assert found["values"][0]["sum"] == "8 ÷ 10"
    assert "out" not in marks(found).values()


def test_words_and_codes_follow_the_language():
    found = preview("first_contact_resolution", "fcr", FCR, language="zh")
    assert found["columns"] == ["工单", "客户", "事由", "联系时刻"]
    assert found["rows"][0]["cells"][2:] == ["尺寸", "10-01 09:00"]
    assert found["values"][0]["number"] == "0.7143，即71.43%"


def test_open_questions_are_named_and_nothing_is_computed():
    found = preview(
        "first_contact_resolution", "fcr", {"same": "issue", "window": "week", "bound": "in"}
    )
    assert found["open"] == [
        "Which contacts may stand below the line?",
        "Every contact, or only the first of a chain?",
    ]
    assert "values" not in found
    assert len(preview("first_contact_resolution", "fcr", {})["open"]) == 5
    assert len(preview("first_contact_resolution", "fcr", {"same": "nonsense"})["open"]) == 5
    assert len(preview("first_contact_resolution", "fcr", ["same"])["open"]) == 5


def test_numbers_that_rows_add_are_shown():
    found = preview("interval_kpis", "aht", {"above": "answered_aht", "below": "answered"})
    assert found["values"][0] == {"group": "", "number": "256.75 s", "sum": "41,080 ÷ 160"}
    assert found["adds"] == ["Adds above", "Adds below"]
    assert found["rows"][0]["adds"] == ["8,640", "36"]
    assert found["rows"][0]["cells"][0] == "09:00"  # all on one day
    assert found["mark"] == ""  # every row counts


def test_groups_have_a_number_each():
    choices = {"above": "solved", "below": "contacts", "by": "site", "how": "pooled"}
    found = preview("simpson", "rates", choices)
    assert [(one["group"], one["sum"]) for one in found["values"]] == [
        ("S1", "800 ÷ 1,000"),
        ("S2", "700 ÷ 1,000"),
    ]


def test_a_long_table_is_counted_and_every_kind_of_row_is_listed():
    choices = {
        "exact": "keep_one", "ids": "keep_latest", "negative": "drop", "tests": "drop",
        "scores": "blank", "open": "leave", "dates": "reread",
    }  # fmt: skip
    found = preview("clean_tickets", "plan", choices)
    assert len(found["rows"]) <= 20
    assert found["values"][0] == {"group": "rows left", "number": "276", "sum": ""}
    assert found["rest"].startswith("The table has 300 rows")
    assert [one["text"] for one in found["counts"]] == [
        "kept: 265",
        "kept, changed: 11",
        "dropped: 24",
    ]
    faults = {one["cells"][0] for one in found["rows"]}
    assert len(faults) == 8  # seven kinds, and none


def test_the_parts_of_a_table_are_shown_one_at_a_time():
    choices = {"COL_above": "paid", "COL_below": "billed", "COL_period": "bill"}
    found = preview("case_kpi_table", "table_b", choices, part="COL")
    assert [one["group"] for one in found["values"]] == ["Q1", "Q2", "Q3", "Q4"]
    assert found["values"][0]["number"] == "0.8840, that is 88.4%"
    assert len(preview("case_kpi_table", "table_b", choices, part="RING")["open"]) == 2
    months = {"FTR_above": "once", "FTR_below": "completed", "FTR_period": "completed"}
    found = preview("case_kpi_table", "table_b", months, part="FTR")
    assert [one["group"][:4] for one in found["values"]] == ["2025"] * 12


@pytest.mark.parametrize(
    "asked",
    [
        {"exercise": "n04/interval_kpis", "field": "nothing", "choices": {}},
        {"exercise": "n04/gaming", "field": "stories", "choices": {}},
        {"exercise": "n03/stretch_ratio", "field": "rule", "choices": {}},
        {"exercise": "n04/nothing", "field": "sl", "choices": {}},
        {"exercise": "n04/interval_kpis"},
    ],
)
def test_what_has_no_preview_is_an_error_in_a_sentence(asked):
    found = reply({"do": "preview", "language": "en", **asked})
    assert found["do"] == "error"
    assert found["text"]


def test_a_view_keeps_what_only_the_engine_is_told():
    for one in exercise_ids("n04"):
        view = exercise_view(one, "en")
        text = json.dumps(view)
        assert '"args"' not in text
        assert '"about"' not in text
        assert '"meanings"' not in text
        assert all(
            set(case) == {"key", "visible"}
            for field in view["fields"]
            for case in field.get("cases", ())
        )


def test_the_session_sends_the_serial_number_back(tmp_path, monkeypatch):
    monkeypatch.setenv("CSTRAIN_ANSWERS", str(tmp_path))
    session = Session("n04", "en", Store())
    asked = {"do": "preview", "field": "fcr", "part": "", "choices": FCR, "serial": 7}
    (found,) = session.told("n04/first_contact_resolution", asked)
    assert (found["do"], found["serial"], found["field"]) == ("preview", 7, "fcr")
    assert found["values"]
    (found,) = session.told("n04/first_contact_resolution", {**asked, "field": "nothing"})
    assert (found["do"], found["serial"]) == ("preview", 7)
    assert found["text"]
    assert list(tmp_path.rglob("*.json")) == []  # looking is no attempt


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ({"do": "check", "exercise": "n04/case_kpi_table", "answer": {"case": "B"}}, []),
        (
            {"do": "check", "exercise": "n04/case_kpi_table", "answer": {"table_b": {}}},
            ["B.bills", "B.calls", "B.repairs"],
        ),
        (
            {"do": "preview", "exercise": "n04/case_kpi_table", "field": "table_c"},
            ["C.contacts", "C.intervals"],
        ),
        ({"do": "run", "exercise": "n04/interval_kpis", "answer": {"sl": {}}}, []),
        (
            {
                "do": "score",
                "lesson": "n04",
                "answers": {"n04/case_kpi_table": [{"table_a": {}}, {"case": "A"}]},
            },
            ["A.orders", "A.returns", "A.reviews"],
        ),
        ({"do": "hint", "exercise": "n04/case_kpi_table"}, []),
        ({"do": "check", "exercise": "n04/nothing", "answer": {"table_a": {}}}, []),
        ({"do": "check"}, []),
        ({"do": "score", "answers": None}, []),
        ({}, []),
        (None, []),
        ({"do": "check", "exercise": ["a"], "answer": {"table_a": {}}}, []),
    ],
)
def test_tables_that_a_request_needs(request_, expected):
    assert tables_needed(request_) == expected


def test_the_tables_of_exercises_are_there():
    for one in exercise_ids():
        for field in exercise(one).fields:
            for case in field.params.get("cases", ()):
                assert set(case["tables"]) <= set(dataset_names())
