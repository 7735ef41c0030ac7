"""The engines of lesson N04: tables worked by hand, and what each wrong choice comes to."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from statistics import mean, median

import pytest

from cstrain.checking import check
from cstrain.code_running import code_answer
from cstrain.datasets import typed_rows
from cstrain.library.exercises import exercise, exercise_ids
from cstrain.model import Field
from cstrain.rules.cleaning import TREATMENTS, cleaned, moment
from cstrain.rules.engine import case_args
from cstrain.rules.engines import ENGINES
from cstrain.rules.engines_kpi import label_of
from cstrain.rules.kpi_cells import _period


def field_of(name: str, key: str) -> Field:
    return exercise(f"n04/{name}").field(key)


def model_of(name: str, key: str) -> dict:
    return dict(exercise(f"n04/{name}").model.answers["en"][key]["choices"])


def run(name: str, key: str, case: str, **choices: str):
    """Return what the model answer comes to on a case, with some of its choices changed."""
    field = field_of(name, key)
    (found,) = [one for one in field.params["cases"] if one["key"] == case]
    chosen = {**model_of(name, key), **choices}
    return ENGINES[field.params["engine"]].run(chosen, case_args(field.params, found))


def reference(name: str, key: str, case: str):
    """Return what the definition comes to as it stands, without any choice."""
    field = field_of(name, key)
    (found,) = [one for one in field.params["cases"] if one["key"] == case]
    return ENGINES[field.params["engine"]].run({}, case_args(field.params, found))


# exercise, field, case -> the value worked by hand; None: nothing to divide by
RIGHT = {
    ("interval_kpis", "sl", "seen"): Fraction(126, 175),
    ("interval_kpis", "sl", "evening"): Fraction(65, 105),
    ("interval_kpis", "sl", "silent"): None,
    ("interval_kpis", "abr", "seen"): Fraction(15, 175),
    ("interval_kpis", "abr", "evening"): Fraction(7, 105),
    ("interval_kpis", "abr", "silent"): None,
    ("interval_kpis", "aht", "seen"): Fraction(41080, 160),
    ("interval_kpis", "aht", "evening"): Fraction(18 * 300 + 70 * 240 + 10 * 180, 98),
    ("interval_kpis", "aht", "silent"): None,
    ("interval_kpis", "occ", "seen"): Fraction(41080, 50400),
    ("interval_kpis", "occ", "evening"): Fraction(24000, 25 * 1800),
    ("interval_kpis", "occ", "silent"): Fraction(0),
    ("interval_kpis", "ans", "seen"): Fraction(160, 180),
    ("interval_kpis", "ans", "evening"): Fraction(98, 110),
    ("interval_kpis", "ans", "silent"): None,
    ("first_contact_resolution", "fcr", "seen"): Fraction(5, 7),
    # E01 comes again after exactly 7 days; E02 and E09 are too young; E05 is just old enough
    ("first_contact_resolution", "fcr", "edges"): Fraction(6, 7),
    ("first_contact_resolution", "fcr", "young"): None,
    ("first_contact_resolution", "fcri", "seen"): Fraction(4, 6),
    # C02 and C08 are follow-ups, C11 is too young; C01 and C07 were repeated
    ("first_contact_resolution", "fcri", "chains"): Fraction(6, 8),
    ("survey_and_rings", "csat", "seen"): Fraction(7, 10),
    ("survey_and_rings", "csat", "silent_ones"): Fraction(3, 5),
    ("survey_and_rings", "csm", "seen"): Fraction(38, 10),
    ("survey_and_rings", "csm", "silent_ones"): Fraction(17, 5),
    ("survey_and_rings", "nps", "seen"): Fraction(25),
    ("survey_and_rings", "nps", "silent_ones"): Fraction(100 * (2 - 4), 8),
    ("survey_and_rings", "col", "seen"): Fraction(428400, 500000),
    ("survey_and_rings", "col", "other_estate"): Fraction(330, 450),
    ("survey_and_rings", "ring", "seen"): Fraction(9, 12),
    ("survey_and_rings", "ring", "given_up"): Fraction(3, 6),
}


@pytest.mark.parametrize(("name", "key", "case"), RIGHT)
def test_definition_and_model_answer_agree_with_the_hand(name, key, case):
    expected = RIGHT[name, key, case]
    for found in (reference(name, key, case), run(name, key, case)):
        assert found is None if expected is None else found == pytest.approx(float(expected))


# exercise, field, case, question, wrong option -> what it comes to
WRONG = [
    ("interval_kpis", "sl", "seen", "above", "answered", Fraction(160, 175)),
    ("interval_kpis", "sl", "seen", "above", "offered", Fraction(180, 175)),
    ("interval_kpis", "sl", "seen", "below", "offered", Fraction(126, 180)),
    ("interval_kpis", "sl", "seen", "below", "answered", Fraction(126, 160)),
    ("interval_kpis", "sl", "seen", "how", "mean", (Fraction(30, 39) + Fraction(33, 48) + Fraction(36, 58) + Fraction(27, 30)) / 4),
    ("interval_kpis", "sl", "evening", "how", "mean", (Fraction(15, 19) + Fraction(40, 76) + Fraction(1)) / 3),
    ("interval_kpis", "abr", "seen", "above", "abandoned", Fraction(20, 175)),
    ("interval_kpis", "abr", "seen", "above", "short", Fraction(5, 175)),
    ("interval_kpis", "abr", "seen", "below", "offered", Fraction(15, 180)),
    ("interval_kpis", "abr", "seen", "below", "answered", Fraction(15, 160)),
    ("interval_kpis", "abr", "seen", "how", "mean", (Fraction(3, 39) + Fraction(4, 48) + Fraction(8, 58) + Fraction(0)) / 4),
    ("interval_kpis", "aht", "seen", "above", "aht", Fraction(1000, 160)),
    ("interval_kpis", "aht", "seen", "above", "offered_aht", Fraction(9600 + 13000 + 18000 + 6000, 160)),
    ("interval_kpis", "aht", "seen", "below", "intervals", Fraction(41080, 4)),
    ("interval_kpis", "aht", "seen", "below", "offered", Fraction(41080, 180)),
    ("interval_kpis", "occ", "seen", "above", "offered_aht", Fraction(46600, 50400)),
    ("interval_kpis", "occ", "seen", "below", "hour", Fraction(41080, 100800)),
    ("interval_kpis", "occ", "seen", "below", "aht", Fraction(41080, 1440 + 1820 + 2700 + 1200)),
    ("interval_kpis", "occ", "seen", "how", "mean", (Fraction(8640, 10800) + Fraction(11440, 12600) + Fraction(15000, 16200) + Fraction(6000, 10800)) / 4),
    ("interval_kpis", "ans", "seen", "above", "answered_20s", Fraction(126, 180)),
    ("interval_kpis", "ans", "seen", "below", "less_short", Fraction(160, 175)),
    ("interval_kpis", "ans", "seen", "how", "mean", (Fraction(36, 40) + Fraction(44, 50) + Fraction(50, 60) + Fraction(1)) / 4),
    # K1's three contacts and T02 count as repeated when only the customer must agree
    ("first_contact_resolution", "fcr", "seen", "same", "customer", Fraction(4, 7)),
    ("first_contact_resolution", "fcr", "edges", "same", "customer", Fraction(5, 7)),
    ("first_contact_resolution", "fcr", "edges", "same", "channel", Fraction(1)),
    ("first_contact_resolution", "fcr", "seen", "window", "day", Fraction(1)),
    ("first_contact_resolution", "fcr", "seen", "window", "month", None),
    ("first_contact_resolution", "fcr", "seen", "bound", "out", Fraction(5, 7)),
    ("first_contact_resolution", "fcr", "edges", "bound", "out", Fraction(1)),
    ("first_contact_resolution", "fcr", "seen", "eligible", "all", Fraction(8, 10)),
    ("first_contact_resolution", "fcr", "edges", "eligible", "all", Fraction(8, 9)),
    ("first_contact_resolution", "fcr", "edges", "eligible", "until_out", Fraction(5, 6)),
    ("first_contact_resolution", "fcr", "young", "eligible", "all", Fraction(2, 3)),
    ("first_contact_resolution", "fcr", "seen", "level", "first", Fraction(4, 6)),
    ("first_contact_resolution", "fcri", "seen", "chain", "every", Fraction(5, 7)),
    ("first_contact_resolution", "fcri", "chains", "chain", "every", Fraction(8, 10)),
    ("first_contact_resolution", "fcri", "chains", "chain", "ever", Fraction(5, 7)),
    ("first_contact_resolution", "fcri", "chains", "eligible", "all", Fraction(7, 9)),
    ("first_contact_resolution", "fcri", "chains", "eligible", "until_out", Fraction(5, 7)),
    ("survey_and_rings", "csat", "seen", "above", "top1", Fraction(4, 10)),
    ("survey_and_rings", "csat", "seen", "above", "top3", Fraction(8, 10)),
    ("survey_and_rings", "csat", "silent_ones", "below", "sent", Fraction(3, 8)),
    ("survey_and_rings", "csm", "silent_ones", "what", "zero", Fraction(17, 8)),
    ("survey_and_rings", "csm", "silent_ones", "what", "middle", Fraction(17 + 9, 8)),
    ("survey_and_rings", "csm", "silent_ones", "what", "inner", Fraction(11, 3)),
    ("survey_and_rings", "nps", "seen", "above", "wide", Fraction(100 * (8 - 3), 12)),
    ("survey_and_rings", "nps", "seen", "above", "mild", Fraction(100 * (6 - 2), 12)),
    ("survey_and_rings", "nps", "seen", "above", "only_promoters", Fraction(50)),
    ("survey_and_rings", "nps", "seen", "below", "extremes", Fraction(300, 9)),
    ("survey_and_rings", "col", "seen", "above", "open", Fraction(71600, 500000)),
    ("survey_and_rings", "col", "seen", "below", "paid", Fraction(1)),
    ("survey_and_rings", "col", "seen", "how", "mean", (Fraction(95, 100) + Fraction(93, 100) + Fraction(80, 100)) / 3),
    ("survey_and_rings", "ring", "given_up", "above", "rings", Fraction(4, 6)),
    ("survey_and_rings", "ring", "seen", "above", "answered_2", Fraction(6, 12)),
    ("survey_and_rings", "ring", "seen", "below", "answered", Fraction(9, 11)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "key", "case", "question", "option", "expected"),
    WRONG,
    ids=["-".join(one[1:5]) for one in WRONG],
)
def test_wrong_choice_gives_its_own_number(name, key, case, question, option, expected):
    found = run(name, key, case, **{question: option})
    assert found is None if expected is None else found == pytest.approx(float(expected))


@pytest.mark.parametrize(
    "name", ["interval_kpis", "first_contact_resolution", "survey_and_rings", "simpson"]
)
def test_some_table_tells_every_wrong_choice(name):
    about = exercise(f"n04/{name}")
    for field in about.fields:
        if field.shape != "builder":
            continue
        engine, model = ENGINES[field.params["engine"]], model_of(name, field.key)
        for question in field.params["questions"]:
            for option in question["options"]:
                if option["key"] == model[question["key"]]:
                    continue
                chosen = {**model, question["key"]: option["key"]}
                args = [case_args(field.params, one) for one in field.params["cases"]]
                told = [
                    engine.compare(engine.run(chosen, one), engine.run({}, one), one)
                    for one in args
                ]
                assert any(told), (field.key, question["key"], option["key"])


def test_groups_and_the_turned_order():
    found = {(one["channel"], one["site"]): one["value"] for one in run("simpson", "rates", "seen")}
    assert found == {
        ("phone", "S1"): 0.85,
        ("phone", "S2"): 0.9,
        ("chat", "S1"): 0.6,
        ("chat", "S2"): 0.65,
    }
    totals = {one["site"]: one["value"] for one in run("simpson", "rates", "seen", by="site")}
    assert totals == {"S1": 0.8, "S2": 0.7}


def test_a_definition_that_fits_by_chance_gets_nothing():
    answer = {"csat": {"via": "builder", "choices": {"above": "top2", "below": "sent"}}}
    (found,) = [
        one for one in check("n04/survey_and_rings", answer).findings if one.criterion == "csat"
    ]
    assert (found.code, found.points) == ("gate_hidden", 0)
    assert [one.outcome for one in found.items] == ["passed", "failed"]


def code(name, key, function):
    return {key: code_answer(field_of(name, key), function)}


def points(name, answer, criterion):
    found = check(f"n04/{name}", answer)
    return next(one for one in found.findings if one.criterion == criterion).points


def fcr(rows, end, days=7):
    week = dt.timedelta(days=days)
    eligible = [one for one in rows if one["at"] <= end - week]
    settled = [one for one in eligible if not again(one, rows, week)]
    return len(settled) / len(eligible) if eligible else None


def again(one, rows, week):
    same = [
        two
        for two in rows
        if (two["customer_id"], two["issue"]) == (one["customer_id"], one["issue"])
    ]
    return any(one["at"] < two["at"] <= one["at"] + week for two in same)


def test_a_function_gets_the_points_of_the_choices():
    answer = code("first_contact_resolution", "fcr", fcr)
    assert points("first_contact_resolution", answer, "fcr_seen") == 5
    assert points("first_contact_resolution", answer, "fcr_hidden") == 5
    json.dumps(answer)


def test_a_function_that_divides_by_nothing_loses_only_that_table():
    answer = code(
        "first_contact_resolution", "fcr", lambda rows, end, days=7: fcr(rows, end, days) or 1 / 0
    )
    assert points("first_contact_resolution", answer, "fcr_seen") == 5
    assert points("first_contact_resolution", answer, "fcr_hidden") == 2.5


def test_a_function_may_change_its_rows():
    def spoiling(rows, end, days=7):
        found = fcr(rows, end, days)
        for one in rows:
            one.clear()
        return found

    for _ in range(2):
        assert (
            points(
                "first_contact_resolution",
                code("first_contact_resolution", "fcr", spoiling),
                "fcr_seen",
            )
            == 5
        )


class Sly(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


@pytest.mark.parametrize(
    "result", [True, "0.72", float("nan"), float("inf"), [0.72], {"a": 1}, Sly(0.1), object()]
)
def test_what_is_no_right_number_never_passes(result):
    answer = code("interval_kpis", "sl", lambda _: result)
    assert points("interval_kpis", answer, "sl") == 0


@pytest.mark.parametrize("name", exercise_ids("n04"))
def test_nothing_everywhere_is_still_to_write(name):
    about = exercise(name)
    for field in about.fields:
        if not field.params.get("code"):
            continue
        answer = {field.key: code_answer(field, lambda *_, **__: None)}
        assert check(name, answer).outcome == "not_attempted"


# ---- cleaning


def touched(table, **choices):
    lines = cleaned(
        typed_rows(table), {**{kind: ways[0] for kind, ways in TREATMENTS.items()}, **choices}
    )
    return sum(not one.dropped for one in lines), sum(one.changed for one in lines)


# treatment of one kind of fault -> rows left in kpi_dirty, rows changed; curriculum: 300 - 9 - 6 - 5 - 4
TREATED = [
    ({}, (276, 11)), ({"exact": "leave"}, (285, 11)), ({"exact": "drop_all"}, (267, 11)),
    ({"ids": "keep_first"}, (276, 11)), ({"ids": "leave"}, (282, 11)),
    ({"dates": "drop"}, (268, 3)), ({"dates": "blank"}, (276, 11)), ({"dates": "leave"}, (276, 3)),
    ({"negative": "blank"}, (281, 16)), ({"negative": "leave"}, (281, 11)), ({"tests": "leave"}, (280, 11)),
    ({"scores": "drop"}, (273, 8)), ({"scores": "top"}, (276, 11)), ({"scores": "leave"}, (276, 8)),
    ({"open": "drop"}, (264, 11)), ({"open": "fill"}, (276, 23)),
]  # fmt: skip


@pytest.mark.parametrize(("choices", "expected"), TREATED, ids=[str(one[0]) for one in TREATED])
def test_treatment_of_dirty_tickets(choices, expected):
    assert touched("kpi_dirty", **choices) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年10月3日 14:05", "2025-10-03T14:05:00"),
        ("2025-10-03T14:05:00", "2025-10-03T14:05:00"),
        ("2025-10-03 14:05", "2025-10-03T14:05:00"),
        ("2025年13月3日 14:05", None),
        ("soon", None),
        (None, None),
        (7, None),
    ],
)
def test_moment_of_a_cell(text, expected):
    assert moment(text) == (expected and dt.datetime.fromisoformat(expected))


def clean(rows):
    report = dict.fromkeys(TREATMENTS, 0)
    best = {}
    for one in rows:
        known = best.get(one["ticket_id"])
        report["exact" if known == one else "ids"] += known is not None
        if known is None or one["updated_at"] > known["updated_at"]:
            best[one["ticket_id"]] = one
    left = []
    for one in best.values():
        opened, closed = moment(one["opened_at"]), moment(one["closed_at"])
        report["tests"] += one["agent_id"] == "TEST"
        report["negative"] += bool(closed and closed < opened)
        if one["agent_id"] == "TEST" or (closed and closed < opened):
            continue
        odd = one["csat"] is not None and not 1 <= one["csat"] <= 5
        report["scores"] += odd
        report["open"] += closed is None
        report["dates"] += "T" not in one["opened_at"]
        left.append({**one, "opened_at": opened, "csat": None if odd else one["csat"]})
    return left, report


def test_a_cleaning_function_gets_all_points():
    assert check("n04/clean_tickets", code("clean_tickets", "plan", clean)).points == 15


def test_a_frame_is_as_good_as_rows():
    pd = pytest.importorskip("pandas", reason="pandas is not installed")

    def as_frame(rows):
        left, report = clean(rows)
        frame = pd.DataFrame(left)
        return frame, {kind: frame["csat"].dtype.type(count) for kind, count in report.items()}

    answer = code("clean_tickets", "plan", as_frame)
    assert check("n04/clean_tickets", answer).points == 15
    json.dumps(answer)


@pytest.mark.parametrize(
    ("function", "code_said"),
    [
        (lambda rows: rows, "no_pair"),
        (lambda _: (7, {}), "no_rows"),
        (lambda rows: (rows, 7), "no_report"),
        (lambda rows: (rows, {}), "treated_wrong"),
        (lambda rows: (clean(rows)[0], {}), "not_reported"),
        (lambda rows: (clean(rows)[0], dict.fromkeys(TREATMENTS, True)), "not_reported"),
        (lambda rows: (clean(rows)[0], dict.fromkeys(TREATMENTS, 7)), "count_wrong"),
        (lambda _: 1 / 0, "raised"),
    ],
)
def test_what_is_said_of_a_cleaning_function(function, code_said):
    found = check("n04/clean_tickets", code("clean_tickets", "plan", function)).findings[0]
    assert found.items[0].code == code_said
    assert found.points == 0


def test_cleaning_counts_what_is_chosen_and_waits_for_the_rest():
    answer = {"plan": {"via": "builder", "choices": {"exact": "keep_one", "ids": "keep_first"}}}
    found = {one.criterion: one for one in check("n04/clean_tickets", answer).findings}
    assert found["exact"].points == 1.5
    assert found["ids"].points == 0
    assert (found["rows"].code, found["rows"].facts["open"]) == ("still_open", 5)


# ---- the table of a case


def by_month(rows, column):
    found = {}
    for one in rows:
        found.setdefault(f"{one[column]:%Y-%m}", []).append(one)
    return {month: listed for month, listed in found.items() if month < "2026"}


def kpi_table_a(orders, reviews, returns):
    day_of = {one["order_id"]: one["order_day"] for one in orders}
    reviews = [{**one, "order_day": day_of[one["order_id"]]} for one in reviews]
    sent_back = {one["order_id"] for one in returns}
    found = []

    def put(kpi, months, value):
        found.extend(
            {"kpi": kpi, "period": month, "value": value(listed)}
            for month, listed in months.items()
        )

    put("NEG", by_month(reviews, "order_day"), lambda all_: mean(one["stars"] <= 3 for one in all_))
    bad = [one for one in reviews if one["stars"] <= 3]
    put("REC", by_month(bad, "order_day"), lambda all_: mean(one["revised"] for one in all_))
    put(
        "RET",
        by_month(orders, "order_day"),
        lambda all_: mean(one["order_id"] in sent_back for one in all_),
    )
    received = by_month(returns, "received_at")
    put(
        "RFT",
        received,
        lambda all_: median(
            (one["refunded_at"] - one["received_at"]) / dt.timedelta(days=1) for one in all_
        ),
    )
    put("CHS", received, lambda all_: mean(one["chase_ticket"] for one in all_))
    return found


def test_the_table_of_case_a_against_a_second_hand():
    answer = code("case_kpi_table", "table_a", kpi_table_a)
    assert check("n04/case_kpi_table", answer).points == 20
    assert check("n04/case_kpi_table", {"case": "C", **answer}).findings[0].fields == ("case",)


def test_one_kpi_by_the_wrong_date_costs_its_cells():
    samples = {one.name: one for one in exercise("n04/case_kpi_table").samples}
    answer = json.loads(json.dumps(samples["case_a_whole"].answer))
    answer["table_a"]["choices"]["CHS_period"] = "order"
    finding = check("n04/case_kpi_table", answer).findings[0]
    assert finding.points == 16
    assert finding.fields == ("table_a",)
    assert {one.key: one.outcome for one in finding.items} == {
        "NEG": "passed", "REC": "passed", "RET": "passed", "RFT": "passed", "CHS": "failed",
    }  # fmt: skip


def test_the_better_of_two_tables_counts():
    samples = {one.name: one for one in exercise("n04/case_kpi_table").samples}
    answer = {
        **samples["case_b_half_done"].answer,
        "table_a": samples["case_a_whole"].answer["table_a"],
    }
    assert check("n04/case_kpi_table", answer).points == 20


@pytest.mark.parametrize(
    ("given", "expected"),
    [("2025-07", "2025-07"), ("2025-07-01", "2025-07"), (dt.date(2025, 7, 1), "2025-07"), ("Q3", "3"),
     (3, "3"), (3.0, "3"), ("2025-Q3", "3"), ("2025Q3", "3"), ("July", "July")],
)  # fmt: skip
def test_periods_as_people_write_them(given, expected):
    assert _period(given) == expected


def test_labels_of_periods():
    assert label_of(dt.datetime.fromisoformat("2025-11-01"), "quarter") == "2025-Q4"
    assert label_of(dt.datetime.fromisoformat("2025-11-03"), "day") == "2025-11-03"


# ---- the dashboard

GOOD_ROW = {"kpi": "FCR", "target": "0.8", "unit": "percent", "period": "week", "role": "main"}


def board(*rows):
    answer = {"panels": [{**GOOD_ROW, **one} for one in rows]}
    return {
        one.criterion: (one.points, one.code) for one in check("n04/dashboard", answer).findings
    }


@pytest.mark.parametrize(
    ("rows", "criterion", "expected"),
    [
        ([{}], "count", (0.5, "count_few")),
        ([{}, {}], "count", (0.5, "count_few")),
        (
            [{"kpi": one} for one in ("SL", "ABR", "ASA", "AHT", "OCC", "FRT", "RST")],
            "count",
            (1, "count_many"),
        ),
        ([{"target": "80"}, {"target": "80%"}, {"target": ".8"}], "targets", (2, "targets_right")),
        (
            [{"target": "180"}, {"target": "high"}, {"target": ""}, {}],
            "targets",
            (0.5, "targets_part"),
        ),
        ([{"kpi": "AHT", "unit": "min", "target": "5"}], "units", (1, "units_right")),
        ([{"kpi": "AHT"}], "units", (0, "units_part")),
        ([{"period": ""}, {}], "periods", (0.5, "periods_part")),
        ([{"kpi": "SL"}], "outcome", (0, "outcome_none")),
        ([{"kpi": "FCR"}], "process", (0, "process_none")),
        ([{"kpi": "CLS"}], "process", (0, "process_none")),
        ([{"kpi": "AHT"}, {"role": "guard"}], "guard", (2, "guard_pair")),
        ([{"kpi": "RFC"}, {"kpi": "REC", "role": "guard"}], "guard", (2, "guard_pair")),
        ([{"kpi": "SL"}, {"role": "guard"}], "guard", (2, "guard_general")),
        ([{"role": "guard"}], "guard", (0, "guard_idle")),
        ([{"kpi": "SL"}, {"kpi": "REC", "role": "guard"}], "guard", (0, "guard_idle")),
        ([{"kpi": "AHT"}, {}], "guard", (0, "guard_none")),
    ],
)
def test_sides_of_a_dashboard(rows, criterion, expected):
    assert board(*rows)[criterion] == expected
