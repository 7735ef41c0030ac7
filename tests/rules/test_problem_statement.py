"""Rules for the statement of a case's problem, against the figures of the shipped tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstrain import kpi, load_dataset
from cstrain.checking import check
from cstrain.library.exercises import exercise
from cstrain.rules.base import Asked
from cstrain.rules.problem_statement import problem_only

PROBLEM = "n05/problem_statement"


def finding(criterion, **answer):
    report = check(PROBLEM, answer, "en")
    return next(one for one in report.findings if one.criterion == criterion)


def params(criterion):
    return next(one.params for one in exercise(PROBLEM).criteria if one.key == criterion)


def test_the_key_of_mianmai_is_what_the_tables_say():
    both = load_dataset("A.reviews").merge(load_dataset("A.orders"), on="order_id")
    bad, since = both["stars"] <= 3, both["order_day"] >= "2025-09-15"
    assert params("size")["values"]["A"][0] == pytest.approx(bad[since].mean(), abs=1e-4)
    assert params("versus")["values"]["A"][0] == pytest.approx(bad[~since].mean(), abs=1e-4)
    after = bad[since].groupby(both["category"]).mean()
    assert [round(100 * after[one], 1) for one in ("BED", "CUR", "STO", "FUR")] == [
        16.3,
        9.3,
        4.2,
        4.3,
    ]


def test_the_key_of_chengwan_is_what_the_tables_say():
    bills = load_dataset("B.bills").groupby("quarter")[["paid_cny", "billed_cny"]].sum()
    rates = (bills["paid_cny"] / bills["billed_cny"]).round(4).tolist()
    assert rates == [0.884, 0.839, 0.8171, 0.8111]
    assert params("size")["values"]["B"] == rates[:1:-1]


def test_the_key_of_tuohe_is_what_the_tables_say():
    keys = ["customer_id", "product", "reason"]
    contacts = load_dataset("C.contacts")
    rates = {
        code: kpi(code, contacts, keys=keys, end="2025-10-01", period="month")["value"].tolist()
        for code in ("FCRI", "FCR")
    }
    july = [rates["FCRI"][3], rates["FCR"][3]]
    assert params("size")["values"]["C"] == pytest.approx(july, abs=1e-4)
    assert params("versus")["values"]["C"] == pytest.approx(rates["FCRI"][:1], abs=1e-3)


@pytest.mark.parametrize(
    ("case", "typed", "code"),
    [
        ("A", "9.4%", "right"),
        ("A", "0.094", "right"),
        ("A", "8.6", "right"),
        ("A", "12%", "wrong"),
        ("A", "3.6%", "other_figure"),
        ("B", "81%", "right"),
        ("B", "88%", "other_figure"),
        ("B", "72%", "wrong"),
        ("C", "0.73", "right"),
        ("C", "76%", "right"),
        ("C", "0.84", "other_figure"),
        ("A", "a lot", "no_number"),
    ],
)
def test_size_is_within_a_tenth_of_the_data(case, typed, code):
    assert finding("size", case=case, now=typed).code == code


@pytest.mark.parametrize(
    ("case", "typed", "code"),
    [
        ("A", "2025-09-15", "right"),
        ("A", "2025-09-08", "right"),
        ("A", "2025-09-07", "wrong"),
        ("A", "9月中旬", "right"),
        ("A", "mid-September", "right"),
        ("A", "September 2025", "wrong"),
        ("B", "2025年第二季度", "right"),
        ("B", "Q3 2025", "wrong"),
        ("C", "1 July", "right"),
        ("C", "6月1日", "right"),
        ("C", "2025-08-01", "wrong"),
        ("A", "lately", "no_day"),
    ],
)
def test_the_day_is_within_a_week_of_the_data(case, typed, code):
    assert finding("since", case=case, since=typed).code == code


def test_a_place_counts_for_the_chosen_case_alone():
    assert finding("where", case="A", where_a="textiles").code == "right"
    assert finding("where", case="A", where_a="all").code == "wrong"
    assert finding("where", case="B", where_a="textiles").code == "open"
    assert finding("where", where_a="textiles").code == "no_case"


def test_without_a_case_nothing_is_held_against_data():
    for key, field in (("object", "object"), ("metric", "metric"), ("size", "now")):
        typed = {"object": "negative reviews", "metric": "NEG", "now": "9%"}[field]
        assert finding(key, **{field: typed}).code == "no_case"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("床品订单的中差评由3.6%升到9.4%", "only_problem"),
        ("没交的账单一季比一季多", "only_problem"),
        ("客户要打两次电话才能解决", "only_problem"),
        ("Since April more bills stay unpaid", "only_problem"),
        ("Customers have to call twice", "only_problem"),
        ("由于便签代替了报修单，收缴率下降", "cause"),
        ("Owners do not pay because repairs fail", "cause"),
        ("Too many bad reviews caused by the new carrier", "cause"),
        ("要加强培训，把差评降下来", "remedy"),
        ("We need to train the agents", "remedy"),
        ("新员工太懒，差评变多", "blame"),
        ("x", "too_short"),
    ],
)
def test_a_problem_holds_neither_cause_nor_remedy(text, code):
    assert ruled(text).code == code


def ruled(text):
    return problem_only(Asked({"object": text}, ("object",), {}, None, None, "zh"))


@given(st.text(max_size=200), st.text(max_size=60), st.sampled_from("ABC"))
def test_any_text_gives_points_within_bounds(text, figure, case):
    answer = {"case": case, "object": text, "now": figure, "since": figure, "versus": figure}
    assert 0 <= check(PROBLEM, answer, "zh").points <= 10
