"""A cause before the data: table C-0 on the shipped tables, and what tempting choices say."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrain.causes.effects import badge, cause_tests, effect_of
from cstrain.datasets import load_dataset
from cstrain.errors import UnknownNameError
from cstrain.language import LANGUAGES
from cstrain.library.cause_tests import RISK_RATIO, cause_tests_of, stratum_name
from cstrain.stats.comparing_frames import compare

S, R, U = "supported", "rejected", "untested"
# Table C-0 of the curriculum, copied by hand: case, factor, verdict.
TABLE = [
    ("A", "A1", S),
    ("A", "A2", S),
    ("A", "D1", R),
    ("A", "D2", R),
    ("A", "D3", R),
    ("A", "D4", R),
    ("A", "D5", R),
    ("B", "B1", S),
    ("B", "B2", S),
    ("B", "D1", R),
    ("B", "D2", R),
    ("B", "D3", R),
    ("B", "D4", R),
    ("C", "C1", S),
    ("C", "C2", S),
    ("C", "D1", R),
    ("C", "D2", R),
    ("C", "D3", R),
    ("C", "D4", R),
    ("C", "D5", R),
]
# Choices that lead astray, and where: this is what the choice lists are for.
TEMPTING = [
    ("A", "D1", "since_page", "none", S),
    ("A", "D1", "all_reviews", "category", S),
    ("A", "D2", "since_page", "late", S),
    ("A", "D3", "all_reviews", "none", S),
    ("A", "D4", "since_page", "category", S),
    ("A", "A1", "bad_only", "late", U),
    ("A", "A2", "before_batch", "page", U),
    ("A", "D5", "whole_wait", "none", S),
    ("B", "D1", "all_bills", "quarter", S),
    ("B", "D2", "all_bills", "none", S),
    ("B", "B2", "unpaid_only", "old", U),
    ("B", "D4", "all_jobs", "none", S),
    ("C", "D2", "firsts", "none", S),
    ("C", "D1", "firsts", "none", U),
    ("C", "C2", "firsts_before_policy", "e7", R),
    ("C", "C2", "contacts", "e7", R),
    ("C", "C1", "firsts", "e7", U),
    ("C", "D4", "count_all", "none", S),
    ("C", "D5", "all_agents", "none", S),
]


@pytest.mark.parametrize(("case", "factor", "verdict"), TABLE)
def test_every_row_of_the_table_has_its_verdict(case, factor, verdict):
    found = effect_of(case, factor)
    assert found.verdict == verdict == found.test.verdict
    assert found.as_taught


def test_the_table_is_whole():
    assert {(case, one.factor) for case in "ABC" for one in cause_tests_of(case)} == {
        (case, factor) for case, factor, _ in TABLE
    }


@pytest.mark.parametrize(("case", "factor", "rows", "strata", "verdict"), TEMPTING)
def test_another_choice_may_say_something_else(case, factor, rows, strata, verdict):
    found = effect_of(case, factor, rows, strata)
    assert found.verdict == verdict
    assert found.misses
    assert all(one.miss.zh and one.miss.en for one in found.misses)


# --- the counts against pandas on the whole tables -------------------------------------------


@cache
def reviews():
    frame = load_dataset("A.reviews").merge(load_dataset("A.orders"), on="order_id")
    frame["bad"] = frame["stars"] <= 3
    return frame[frame["order_day"] >= "2025-09-15"]


@cache
def returns():
    frame = load_dataset("A.returns").merge(load_dataset("A.orders"), on="order_id")
    return frame[frame["received_at"] >= "2025-09-01"]


@cache
def bills():
    repairs = load_dataset("B.repairs")
    hours = (repairs["completed_at"] - repairs["reported_at"]) / pd.Timedelta(hours=1)
    wrong = repairs[repairs["reopened"] | (hours > 72)]
    own = pd.DataFrame({"unit_id": wrong["unit_id"], "quarter": wrong["reported_at"].dt.quarter})
    units = load_dataset("B.units")
    early = pd.DataFrame({"unit_id": units[units["bad_2024q4"]]["unit_id"], "quarter": 0})
    both = pd.concat([own, own.assign(quarter=own["quarter"] + 1), early.assign(quarter=1)])
    made = load_dataset("B.bills").merge(units, on="unit_id")
    made = made.merge(
        both.drop_duplicates().assign(bad=True), how="left", on=["unit_id", "quarter"]
    )
    made["bad"] = made["bad"].eq(True)  # noqa: FBT003 - a value of the column
    return made.assign(unpaid=made["paid_cny"] == 0, old=made["building"].isin([5, 6]))


@cache
def firsts():
    log = load_dataset("C.contacts").sort_values("at", kind="stable")
    groups = log.groupby(["customer_id", "product", "reason"])["at"]
    week = pd.Timedelta(days=7)
    log["follows"] = groups.diff() <= week
    log["repeated"] = -groups.diff(-1) <= week
    early = (log["error_code"] == "E7") & (log["at"] < "2025-08-11")
    log = log.assign(early=early, from_july=log["at"] >= "2025-07-01")
    log["s2_since"] = (log["site"] == "S2") & log["from_july"]
    known = log["at"] <= pd.Timestamp("2025-10-01") - week
    return log[known & ~log["follows"]]


def direct(case, factor):
    """Return the effect computed from the tables as table C-0 says."""
    if case == "A":
        return direct_a(factor)
    return direct_b(factor) if case == "B" else direct_c(factor)


def direct_a(factor):
    if factor == "A2":
        return compare(returns(), ("warehouse", "W2"), "chase_ticket", "page_version")
    frame = reviews()
    new = load_dataset("A.agents").query("hire_date >= '2025-09-08'")["agent_id"]
    day = frame["order_day"]
    frame = frame.assign(
        new=frame["agent_id"].isin(new),
        rush=day.between("2025-11-01", "2025-11-11") | day.between("2025-12-10", "2025-12-12"),
    )
    exposure, strata = {
        "A1": (("page_version", "v2"), "late"),
        "D1": ("new", "page_version"),
        "D2": (("carrier", "K2"), "page_version"),
        "D3": ("rush", ["page_version", "late"]),
        "D4": (("warehouse", "W2"), "page_version"),
    }[factor]
    return compare(frame, exposure, "bad", strata)


def direct_b(factor):
    if factor == "B1":
        frame = load_dataset("B.repairs")
        return compare(frame, ("coded", False), ("first_trade_ok", False), "channel")
    frame = bills() if factor != "D3" else bills().query("quarter > 1")
    exposure, strata = {
        "B2": ("bad", "old"),
        "D1": (("occupant", "tenant"), "bad"),
        "D2": ("old", "bad"),
        "D3": (("notice", "wechat"), ["bad", "quarter"]),
    }[factor]
    return compare(frame, exposure, "unpaid", strata)


def direct_c(factor):
    frame, causes = firsts(), ["s2_since", "early"]
    new = load_dataset("C.agents").query("hire_date >= '2025-06-01'")["agent_id"]
    frame = frame.assign(new=frame["agent_id"].isin(new), busy=frame["occupancy"] > 0.80)
    if factor == "C2":
        frame = frame[frame["from_july"]]
    if factor == "D2":
        frame = frame[frame["at"] >= "2025-06-15"]
    exposure, strata = {
        "C1": ("early", ["site", "from_july"]),
        "C2": (("site", "S2"), "early"),
        "D1": ("busy", causes),
        "D2": ("new", causes),
        "D3": (("channel", "chat"), causes),
    }[factor]
    return compare(frame, exposure, "repeated", strata)


COUNTED = [(case, factor) for case, factor, _ in TABLE if effect_of(case, factor).how == RISK_RATIO]


@pytest.mark.parametrize(("case", "factor"), COUNTED)
def test_the_counts_are_those_of_the_tables(case, factor):
    found, wanted = effect_of(case, factor), direct(case, factor)
    assert found.found is not None
    assert (found.found.exposed, found.found.unexposed) == (wanted.exposed, wanted.unexposed)
    assert found.deciding.estimate == pytest.approx(wanted.stratified_ratio.estimate, rel=1e-9)
    assert found.deciding.low == pytest.approx(wanted.stratified_ratio.low, rel=1e-9)


def test_finance_and_the_technician_by_medians():
    back = returns()
    days = (back["refunded_at"] - back["inspected_at"]) / pd.Timedelta(days=1)
    middles = days.groupby(back["warehouse"]).median()
    found = effect_of("A", "D5")
    assert found.deciding.estimate == pytest.approx(middles["W2"] - middles["W1"], abs=1e-4)
    assert found.n == len(back)
    jobs = load_dataset("B.repairs").query("first_trade_ok")
    hours = (jobs["completed_at"] - jobs["reported_at"]) / pd.Timedelta(hours=1)
    middles = hours.groupby(jobs["reported_at"] >= "2025-05-01").median()
    assert effect_of("B", "D4").deciding.estimate == pytest.approx(
        middles[True] / middles[False], abs=1e-4
    )


def test_complaints_and_handling_time():
    log = load_dataset("C.contacts")
    complaint = (log["reason"] == "complaint").groupby(log["at"].dt.month).mean()
    found = effect_of("C", "D4")
    assert found.deciding.estimate == pytest.approx(complaint[7] - complaint[4], abs=1e-4)
    months = load_dataset("C.agent_months").merge(load_dataset("C.agents"), on="agent_id")
    means = months[months["site"] == "S1"].groupby("agent_id")[["AHT", "FCR"]].mean()
    found = effect_of("C", "D5")
    assert found.deciding.estimate == pytest.approx(means["AHT"].corr(means["FCR"]), abs=1e-4)
    assert found.n == len(means) == 36


# --- what an editor gets ------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", "ABC")
def test_the_list_of_tests_is_plain_and_tells_no_answers(case, language):
    tests = cause_tests(case, language)
    assert json.loads(json.dumps(tests)) == tests
    for one in tests:
        assert set(one) == {"factor", "name", "exposed", "outcome", "how", "rows", "strata"}
        for each in (*one["rows"], *one["strata"]):
            assert set(each) == {"key", "label"}


@pytest.mark.parametrize("case", "ABC")
def test_every_choice_on_offer_has_a_badge(case):
    for one in cause_tests(case, "en"):
        for rows in one["rows"]:
            for strata in one["strata"]:
                test = {"factor": one["factor"], "rows": rows["key"], "strata": strata["key"]}
                found = badge(case, test)
                assert found["n"] > 0
                assert "problem" not in found
                assert json.loads(json.dumps(found)) == found


def test_every_stratum_has_a_name():
    for case in "ABC":
        for one in cause_tests_of(case):
            for strata in one.strata:
                for stratum, _ in effect_of(case, one.factor, strata=strata.key).cells:
                    for language in LANGUAGES:
                        told = stratum_name(stratum, language)
                        assert "+" not in told
                        assert "_" not in told


def test_a_badge_may_name_its_own_case():
    test = {"case": "C", "factor": "D3", "rows": "firsts", "strata": "causes"}
    assert badge("A", test) == badge("C", test)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.text()
        | st.sampled_from(["A", "D1", "none"]),
        lambda one: (
            st.lists(one, max_size=3)
            | st.dictionaries(st.sampled_from(["case", "factor", "rows", "strata"]), one)
        ),
        max_leaves=8,
    )
)
@settings(max_examples=200, deadline=None)
def test_no_test_however_odd_breaks_a_badge(test):
    found = badge("A", test)
    assert found["verdict"] in {S, R, U}
    assert json.dumps(found)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("Z", "D1"), 'no case "Z"'),
        (("A", "D9"), "D1"),
        ((None, None), "no case"),
        (("A", ["D1"]), "factor of case A"),
        (("A", "D1", "since_pages"), 'Did you mean "since_page"'),
        (("A", "D1", None, "weather"), "Known: category, late, none, page"),
    ],
)
def test_an_unknown_name_is_answered_with_the_known_ones(asked, words):
    with pytest.raises(UnknownNameError, match=words):
        effect_of(*asked)


def test_neither_pandas_nor_large_tables_are_needed():
    code = (
        "import sys\n"
        "from cstrain.causes.effects import badge\n"
        "badge('A', {'factor': 'D1', 'rows': 'since_page', 'strata': 'page'})\n"
        "print(sorted({'pandas', 'narwhals', 'numpy'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
