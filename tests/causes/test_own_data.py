"""A cause before a company's own data: files, data sets taken in, cuts, strata, every refusal."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrain.causes import Fishbone, WhyTree, check_fishbone, export_text, merge, read_export
from cstrain.causes.effects import badge
from cstrain.causes.mends import Mender
from cstrain.causes.own_cells import day_of, number_of
from cstrain.causes.own_effects import own_effect, values_of
from cstrain.causes.own_tables import OwnDataError, close_files, open_text, own_tables
from cstrain.causes.own_test import OwnTest, Pick, read_own_test
from cstrain.datasets import load_dataset
from cstrain.drawing.effect_own import file_said, own_badge, tables_said, values_said
from cstrain.intake import finish, open_file
from cstrain.intake.mapping import ColumnMapping, Options
from cstrain.language import LANGUAGES
from cstrain.library.words import messages
from cstrain.stats.comparing_frames import compare

# Two sites; by hand: S1 30/100 against 10/100, S2 60/100 against 40/100.
# Raw 90/200 against 50/200 = 1.8; Mantel and Haenszel (30·100/200 + 60·100/200) / (10·100/200 +
# 40·100/200) = 45 / 25 = 1.8.
CELLS = {("S1", "1"): (30, 100), ("S1", "0"): (10, 100), ("S2", "1"): (60, 100),
         ("S2", "0"): (40, 100)}  # fmt: skip
LATE, BAD = Pick("late", "is", "1"), Pick("bad", "is", "yes")


@pytest.fixture(autouse=True)
def no_files():
    yield
    close_files()


def lines(cells=CELLS, head="site,late,bad"):
    made = [head]
    for (site, late), (events, n) in cells.items():
        made += [f"{site},{late},{'yes' if at < events else 'no'}" for at in range(n)]
    return "\n".join(made)


def opened(text=None, name="t.csv"):
    return open_text(name, lines() if text is None else text)


def refused(test):
    with pytest.raises(OwnDataError) as caught:
        own_effect(test)
    told = messages()["effect_own"][caught.value.code]
    assert all(told[one] for one in LANGUAGES)
    for language in LANGUAGES:
        shown = own_badge(test, language)
        assert shown["open"]
        assert shown["verdict"] == "untested"
        assert "<script" not in shown["told"]
    return caught.value.code


def test_the_effect_by_hand():
    opened()
    found = own_effect(OwnTest("t.csv", LATE, BAD, ("site",))).found
    assert found.ratio.estimate == pytest.approx(1.8)
    assert found.stratified_ratio.estimate == pytest.approx(1.8)
    assert (found.strata_used, found.excluded, found.verdict) == (2, 0, "supported")


def test_it_is_what_compare_says():
    opened()
    rows = list(csv.DictReader(io.StringIO(lines())))
    want = compare(rows, ("late", "1"), ("bad", "yes"), "site")
    assert own_effect(OwnTest("t.csv", LATE, BAD, ("site",))).found == want


@pytest.mark.parametrize(
    ("outcome", "events"),
    [
        (Pick("wait", "from", "30"), 3),
        (Pick("wait", "upto", "30"), 2),
        (Pick("wait", "is", "30.0"), 1),
        (Pick("day", "from", "2025-07-02"), 2),
        (Pick("day", "upto", "2025/7/2"), 3),
    ],
)
def test_numbers_and_days_are_cut(outcome, events):
    text = "late,wait,day\n" + "\n".join(
        ["1,10,2025-07-01 23:59", "0,30,2025/7/1", "1,1_".replace("_", "00") + ",2025-07-02",
         '0,"1,200",2025年7月3日', "1,,"]
    )  # fmt: skip
    about = opened(text)
    assert about.columns == {"late": "number", "wait": "number", "day": "time"}
    found = own_effect(OwnTest("t.csv", LATE, outcome)).found
    assert found.exposed.events + found.unexposed.events == events
    assert found.excluded == 1


def test_strata_of_a_time_are_months_and_one_sided_ones_are_told():
    body = [f"{late},{bad},2025-0{month}-11" for month in (7, 8) for late in "10"
            for bad in ("yes", "no", "no")]  # fmt: skip
    opened("late,bad,day\n" + "\n".join([*body, "1,yes,2025-09-01"]))
    found = own_effect(OwnTest("t.csv", LATE, BAD, ("day",)))
    assert [name for name, _ in found.cells] == ["2025-07", "2025-08", "2025-09"]
    assert [code for code, _ in found.notes] == ["strata_skipped", "few_events"]
    shown = own_badge(found.test, "en")
    assert "2 strata were used; 1 more have one side only" in shown["html"]


def test_two_strata_at_once():
    opened(
        "a,b,late,bad\n" + "\n".join(f"{n % 2},{n % 3},{n % 5 % 2},{n % 7 % 2}" for n in range(420))
    )
    found = own_effect(OwnTest("t.csv", LATE, Pick("bad", "is", "1"), ("a", "b")))
    assert len(found.cells) == 6


REFUSED = [
    (OwnTest("gone.csv", LATE, BAD), "table_gone"),
    (OwnTest("mine.gone", LATE, BAD), "table_gone"),
    (OwnTest("A.orders", LATE, BAD), "table_gone"),
    (OwnTest("t.csv", Pick("<script>", "is", "1"), BAD), "column_gone"),
    (OwnTest("t.csv", LATE, LATE), "same_column"),
    (OwnTest("t.csv", LATE, BAD, ("bad",)), "same_column"),
    (OwnTest("t.csv", Pick("none", "is", "1"), BAD), "column_empty"),
    (OwnTest("t.csv", LATE, BAD, ("none",)), "column_empty"),
    (OwnTest("t.csv", Pick("one", "is", "x"), BAD), "all_exposed"),
    (OwnTest("t.csv", Pick("one", "is", "<script>"), BAD), "none_exposed"),
    (OwnTest("t.csv", LATE, Pick("one", "is", "y")), "never_happens"),
    (OwnTest("t.csv", LATE, Pick("one", "is", "x")), "always_happens"),
    (OwnTest("t.csv", LATE, BAD, ("id",)), "strata_many"),
    (OwnTest("t.csv", Pick("late", "from", "<b>"), BAD), "no_number"),
    (OwnTest("t.csv", LATE, Pick("day", "from", "yesterday")), "no_day"),
    (OwnTest("t.csv", LATE, BAD, ("same",)), "strata_one_sided"),
    (OwnTest("t.csv", Pick("half", "is", "1"), Pick("other", "is", "1")), "no_rows"),
]


@pytest.mark.parametrize(("test", "code"), REFUSED, ids=[one[1] for one in REFUSED])
def test_what_cannot_be_tested_is_a_sentence(test, code):
    body = [
        f"{n},{n % 2},{'yes' if n % 3 else 'no'},,x,2025-07-0{n % 9 + 1},{n % 2},"
        f"{'1' if n < 50 else ''},{'' if n < 50 else '1'}"
        for n in range(100)
    ]
    opened("id,late,bad,none,one,day,same,half,other\n" + "\n".join(body))
    assert refused(test) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file_empty"),
        ("\n \n", "file_empty"),
        ("a,b\n", "file_empty"),
        ("a\n1\n2", "file_columns"),
        (",".join(map(str, range(201))) + "\n" + ",".join("1" * 201), "file_columns"),
        ("PK\x03\x04rest", "file_workbook"),
        ("a,b\n" + "x" * 200_000 + ",1", "file_broken"),
        ("a,b\n" * 2_000_001, "file_large"),
    ],
)
def test_a_file_that_is_not_taken_is_a_sentence(text, code):
    with pytest.raises(OwnDataError) as caught:
        opened(text)
    assert caught.value.code == code
    for language in LANGUAGES:
        assert file_said("t.csv", text, language)["told"][0]


def test_two_hundred_columns_and_markup_in_their_names():
    names = ["<script>alert(1)</script>", "", "same", "same", *(f"c{n}" for n in range(196))]
    body = [",".join(str(n * (at + 1) // 7 % 3) for at in range(200)) for n in range(60)]
    told = file_said("<img src=x>.csv", ",".join(names) + "\n" + "\n".join(body), "en")
    assert "<img" not in told["told"][0]
    keys = [one["key"] for one in told["tables"][0]["columns"]]
    assert keys[:5] == [names[0], "#2", "same", "same (2)", "c0"]
    test = OwnTest("<img src=x>.csv", Pick(names[0], "is", "1"), Pick("c0", "is", "1"), ("#2",))
    shown = own_badge(test, "zh")
    assert not shown["open"]
    assert "<script" not in shown["html"]
    assert "<img" not in shown["html"]


def test_values_to_choose_from():
    opened("a,b\n" + "\n".join(f"v{n % 150},{n % 4 or ''}" for n in range(600)))
    many, few = values_of("t.csv", "a"), values_of("t.csv", "b")
    assert (len(many.values), many.more, many.blank) == (100, 50, 0)
    assert (sorted(few.values), few.ends, few.blank) == (["1", "2", "3"], ("1", "3"), 150)
    assert values_said("t.csv", "b", "en")["span"] == "from 1 to 3"
    assert values_said("t.csv", "c", "en")["values"] is None


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_separator_quotes_and_short_rows(separator):
    text = f'\ufeff"a"{separator}"b c"\r\n1{separator}"x{separator}\ny"\r\n2\r\n'
    about = opened(text)
    assert list(about.columns) == ["a", "b c"]
    assert values_of("t.csv", "b c").blank == 1


def test_only_the_last_files_are_kept_open():
    for n in range(9):
        opened(name=f"{n}.csv")
    assert [one.name for one in own_tables()] == [f"{n}.csv" for n in range(8, 2, -1)]


def test_a_file_of_the_same_name_is_read_anew():
    opened()
    test = OwnTest("t.csv", LATE, BAD)
    assert own_effect(test).found.ratio.estimate == pytest.approx(1.8)
    opened(lines({("S1", "1"): (10, 100), ("S1", "0"): (10, 100)}))
    assert own_effect(test).found.ratio.estimate == pytest.approx(1.0)


# --- data taken in ----------------------------------------------------------------------------


def test_a_data_set_taken_in_says_the_same_as_compare(tmp_path, monkeypatch):
    monkeypatch.setenv("CSTRAIN_DATA", str(tmp_path / "own"))
    rows = ["ticket_id,opened_at,site,channel,transferred"]
    rows += [
        f"T{n},2025-07-{n % 28 + 1:02d} 09:00:00,S{n % 2},{'chat' if n % 3 else 'phone'},"
        f"{'yes' if n * 7 % 11 < (5 if n % 3 else 3) else 'no'}"
        for n in range(400)
    ]
    file = tmp_path / "calls.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    source = open_file(file)
    finish(source, ColumnMapping(dict(chosen_of(source)), Options()), "en")
    (table,) = [one for one in tables_said("en")["tables"] if one["key"].startswith("mine.")]
    frame = load_dataset(table["key"])
    columns = {one["key"] for one in table["columns"]}
    assert columns == set(frame.columns)
    test = OwnTest(
        table["key"], Pick("channel", "is", "chat"), Pick("transferred", "is", "true"), ("team",)
    )
    found = own_effect(test)
    assert found.found == compare(frame, ("channel", "chat"), "transferred", "team")
    (tmp_path / "own" / "mine" / f"{table['key'][5:]}.csv").write_text("broken", encoding="utf-8")
    os.utime(tmp_path / "own" / "mine" / f"{table['key'][5:]}.csv", ns=(1, 1))
    assert refused(test) == "table_broken"


def chosen_of(source):
    return {key: guess.header for key, guess in source.guesses.taken.items()}.items()


# --- kept in the models -----------------------------------------------------------------------


def own_of(found=None):
    opened()
    test = OwnTest("t.csv", LATE, BAD, ("site",))
    plain = {**test.as_plain(), "result": found or own_effect(test).result.as_plain()}
    return read_own_test(plain, Mender())


def fishbone_of(own):
    cause = {
        "id": "c1",
        "category": "people",
        "text": "Late starts",
        "test": {"own": own.as_plain()},
    }
    whys = {"c1": [{"id": "n1", "text": "No roster", "own": own.as_plain()}]}
    return Fishbone.from_plain({"causes": [cause], "whys": whys})[0]


def test_it_is_exported_and_imported_the_same():
    own = own_of()
    fishbone = fishbone_of(own)
    read = read_export(export_text(fishbone))
    assert (read.model, read.mends) == (fishbone, ())
    assert read.model.causes[0].test.own == own
    tree = WhyTree.from_plain({"problem": "p", "nodes": [{"text": "a", "own": own.as_plain()}]})[0]
    assert read_export(export_text(tree)).model == tree
    assert merge([fishbone, Fishbone()]).fishbone.whys["c1"][0].own == own


def test_without_the_data_it_says_when_and_with_what():
    own = own_of()
    live = own_badge(own, "en")
    assert live["result"] == own.result.as_plain()
    close_files()
    kept = own_badge(own, "en")
    assert "result" not in kept
    assert [kept[key] for key in ("verdict", "open", "text")] == ["supported", False, live["text"]]
    assert own.result.day in kept["html"]
    assert "t.csv" in kept["html"]
    never = OwnTest(own.table, own.exposure, own.outcome)
    assert own_badge(never, "en")["open"]


def test_a_verdict_is_never_taken_from_a_file():
    claimed = {
        "day": "2025-01-01",
        "ratio": 1.0,
        "low": 0.9,
        "high": 1.1,
        "n": 9,
        "verdict": "supported",
    }
    own = own_of(claimed)
    close_files()
    assert own_badge(own, "en")["verdict"] == "rejected"
    wild = {"day": "x" * 99, "ratio": float("nan"), "low": 5, "high": 1, "n": -4}
    assert own_of(wild).result.as_plain() == {
        "day": "x" * 10, "ratio": None, "low": None, "high": None, "n": 0,
    }  # fmt: skip


def test_points_count_own_data_only_where_there_is_no_case():
    own = own_of()
    less = {"day": "2025-01-01", "ratio": 1.0, "low": 0.9, "high": 1.1, "n": 900}
    causes = [
        {"id": key, "category": "people", "text": text, "test": {"own": one.as_plain()}}
        for key, text, one in (
            ("a", "Late starts", own),
            ("b", "New agents", replace(own_of(less), exposure=Pick("new", "is", "1"))),
        )
    ]
    assert check_fishbone({"causes": causes}).part("verdicts").share == 1
    assert check_fishbone({"causes": causes}, "A").part("verdicts").share == 0
    assert badge("A", {"own": own.as_plain()})["problem"] == "open"


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["table", "exposure", "outcome", "strata", "result", "column", "how", "value", "day",
             "ratio", "low", "high", "n", "own"]
        ), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=150)
@given(ANY)
def test_anything_at_all_is_read_as_a_test(found):
    own = read_own_test(found, Mender())
    if own is not None:
        plain = own.as_plain()
        json.dumps(plain, allow_nan=False)
        assert read_own_test(plain, Mender()) == own
        assert own_badge(own, "zh")["verdict"] in ("supported", "rejected", "untested")


@settings(max_examples=150)
@given(st.text(alphabet='a1,;"\n\r\t |-.%年0', max_size=60))
def test_any_text_is_a_table_or_refused(text):
    try:
        about = open_text("x.csv", text)
    except OwnDataError:
        return
    for column in about.columns:
        values_of("x.csv", column)
    columns = list(about.columns)
    own_badge(OwnTest("x.csv", Pick(columns[0], "is", "1"), Pick(columns[1], "from", "0")), "en")


@given(st.text(max_size=12))
def test_any_cell_is_a_number_a_day_or_neither(cell):
    assert number_of(cell) is None or isinstance(number_of(cell), float)
    day_of(cell)
