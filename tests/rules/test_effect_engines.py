"""The engines of causes before the data: definitions on small tables, tests of a case, the rule."""

from __future__ import annotations

import json
import math
import xml.etree.ElementTree as ET
from collections import defaultdict

import pytest

from cstrain.causes.effects import effect_of
from cstrain.checking import check
from cstrain.code_running import code_answer, run_answer
from cstrain.desk import reply
from cstrain.drawing.effect_view import effect_view, misses_said
from cstrain.errors import ContentError, UnknownNameError
from cstrain.language import LANGUAGES
from cstrain.library.cause_questions import asked_of
from cstrain.library.cause_tests import cause_tests_of
from cstrain.library.exercises import exercise
from cstrain.rules.effect_variants import FIGURES, figures
from cstrain.rules.engine import case_args
from cstrain.rules.engines import ENGINES
from cstrain.stats.effects import Stratum
from cstrain.stats.groups import Group
from cstrain.wording import say

TEST_CAUSE, VERIFY = "n05/test_cause", "n06/verify_causes"
RIGHT = {
    "risk": "exposed_rows",
    "ratio": "exposed_first",
    "combine": "mh",
    "one_sided": "skip",
    "nothing": "null",
    "verdict": "ruled_out",
}
HOTEL = [
    Stratum(Group(60, 150), Group(12, 50)),
    Stratum(Group(12, 50), Group(14, 150)),
]


# --- the definition, worked by hand ---------------------------------------------------------
# Sums of the hotel: a n0/N = 60·50/200 + 12·150/200 = 15 + 9; c n1/N = 12·150/200 + 14·50/200
# = 9 + 3.5. Raw: 72/200 = .36 against 26/200 = .13.

BY_HAND = [
    ({}, {"risk_exposed": 0.36, "risk_unexposed": 0.13, "difference": 0.23}),
    ({}, {"ratio": 36 / 13, "stratified_ratio": 24 / 12.5}),
    ({"combine": "pooled"}, {"stratified_ratio": 36 / 13}),
    ({"combine": "mean"}, {"stratified_ratio": (0.4 / 0.24 + 0.24 / (14 / 150)) / 2}),
    ({"ratio": "unexposed_first"}, {"ratio": 13 / 36, "stratified_ratio": 12.5 / 24}),
    ({"ratio": "unexposed_first"}, {"difference": -0.23}),
    ({"risk": "all_rows"}, {"risk_exposed": 72 / 400, "risk_unexposed": 26 / 400}),
    ({"risk": "all_events"}, {"risk_exposed": 72 / 98, "risk_unexposed": 26 / 98}),
]


@pytest.mark.parametrize(("choices", "wanted"), BY_HAND)
def test_figures_by_hand(choices, wanted):
    found = figures(HOTEL, choices)
    assert {key: found[key] for key in wanted} == pytest.approx(wanted)


def test_too_few_rows_are_untested_and_not_rejected():
    few = [Stratum(Group(9, 25), Group(5, 25))]
    found = figures(few, {})
    assert [round(found[key], 1) for key in ("stratified_ratio", "low", "high")] == [1.8, 0.7, 4.6]
    assert found["verdict"] == "untested"
    assert figures(few, {"verdict": "includes_one"})["verdict"] == "rejected"
    assert figures(few, {"verdict": "estimate"})["verdict"] == "supported"


def test_a_stratum_with_one_side_is_skipped():
    sided = [*HOTEL, Stratum(Group(0, 0), Group(40, 60))]
    found = figures(sided, {})
    assert found["stratified_ratio"] == pytest.approx(1.92)
    assert found["risk_unexposed"] == pytest.approx(66 / 260)
    assert figures(sided, {"one_sided": "no_result"})["stratified_ratio"] is None


def test_nothing_to_divide_gives_nothing():
    none = [Stratum(Group(0, 40), Group(0, 60))]
    found = figures(none, {})
    assert found["risk_exposed"] == found["difference"] == 0
    assert [found[key] for key in ("ratio", "stratified_ratio", "low", "high")] == [None] * 4
    assert found["verdict"] == "untested"
    assert figures(none, {"nothing": "zero"})["stratified_ratio"] == 0
    assert figures(none, {"nothing": "one"})["ratio"] == 1
    empty = figures([Stratum(Group(0, 0), Group(0, 0))], {"risk": "all_events"})
    assert empty["risk_exposed"] is None


def test_every_choice_on_offer_runs_on_every_case():
    field = exercise(TEST_CAUSE).field("definition")
    for case in field.params["cases"]:
        args = case_args(field.params, case)
        for question in field.params["questions"]:
            for option in question["options"]:
                found = figures_of(args, {**RIGHT, question["key"]: option["key"]})
                assert list(found) == list(FIGURES)
                json.dumps(found)


def figures_of(args, choices):
    return ENGINES["compare"].run(choices, args)


def test_each_wrong_choice_costs_points():
    field = exercise(TEST_CAUSE).field("definition")
    for question in field.params["questions"]:
        for option in question["options"]:
            choices = {**RIGHT, question["key"]: option["key"]}
            answer = {"definition": {"via": "builder", "choices": choices}}
            points = check(TEST_CAUSE, answer).points
            right = option["key"] == RIGHT[question["key"]]
            assert (points == 15) is right, (question["key"], option["key"], points)


# --- a function of the learner's own --------------------------------------------------------


def by_hand(rows, exposure, outcome, strata=None):
    """What a learner might write with nothing but Python."""
    counts = defaultdict(lambda: [0, 0, 0, 0])
    whole = [0, 0, 0, 0]
    for row in rows:
        at = 0 if row[exposure] else 2
        for cells in (counts[row[strata] if strata else ""], whole):
            cells[at] += row[outcome]
            cells[at + 1] += 1
    top = bottom = spread = 0.0
    for a, n1, c, n0 in counts.values():
        if n1 and n0:
            n = n1 + n0
            top, bottom = top + a * n0 / n, bottom + c * n1 / n
            spread += ((a + c) * n1 * n0 - a * c * n) / n**2
    a, n1, c, n0 = whole
    made = {
        "risk_exposed": a / n1,
        "risk_unexposed": c / n0,
        "difference": a / n1 - c / n0,
        "ratio": a * n0 / (c * n1) if a and c else None,
    }
    made |= dict.fromkeys(("stratified_ratio", "low", "high")) | {"verdict": "untested"}
    if top and bottom:
        ratio, se = top / bottom, math.sqrt(spread / (top * bottom))
        low, high = ratio * math.exp(-1.96 * se), ratio * math.exp(1.96 * se)
        made |= {"stratified_ratio": ratio, "low": low, "high": high}
        if ratio >= 1.3 and low > 1:
            made["verdict"] = "supported"
        elif ratio <= 1.25 and high < 1.6:
            made["verdict"] = "rejected"
    return made


def report_of(function):
    answer = code_answer(exercise(TEST_CAUSE).field("definition"), function)
    return check(TEST_CAUSE, json.loads(json.dumps({"definition": answer})))


def test_a_function_by_hand_gets_all_points():
    assert report_of(by_hand).findings[0].points == 15


def pooled(rows, exposure, outcome, strata=None):
    return by_hand(rows, exposure, outcome)


def test_a_function_that_forgets_the_strata_fails_at_the_table_one_sees():
    finding = report_of(pooled).findings[0]
    assert (finding.points, finding.code) == (0, "gate_wrong")


def careless(rows, exposure, outcome, strata=None):
    found = by_hand(rows, exposure, outcome, strata)
    return {**found, "ratio": found["ratio"] or math.nan}


def test_nan_is_no_result():
    finding = report_of(careless).findings[0]
    assert finding.points == 12
    assert [one.key for one in finding.items if one.outcome == "failed"] == ["no_events"]


ODD = [
    (lambda *_: None, "not_attempted"),
    (lambda *_: 3, "no_record"),
    (lambda *_: {"ratio": 1}, "figures_missing"),
    (lambda *args: {**by_hand(*args), "verdict": "no"}, "other_figure"),
    (lambda *args: {**by_hand(*args), "low": True}, "other_figure"),
    (lambda *args: {**by_hand(*args), "low": "1.2"}, "other_figure"),
    (lambda *_: 1 / 0, "raised"),
]


@pytest.mark.parametrize(("function", "code"), ODD)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_function_returns_is_said(function, code, language):
    answer = {"definition": code_answer(exercise(TEST_CAUSE).field("definition"), function)}
    report = check(TEST_CAUSE, answer, language)
    assert report.findings[0].points == 0
    say(report, language)
    if code == "not_attempted":
        assert report.findings[0].outcome == code
        return
    engine = ENGINES["compare"]
    params = exercise(TEST_CAUSE).field("definition").params
    args = case_args(params, params["cases"][0])
    given = answer["definition"]["results"]["seen"]
    if code == "raised":
        assert "ZeroDivisionError" in given["error"]
    else:
        assert engine.compare(given, engine.run({}, args), args).code == code


def test_the_rows_are_made_anew_for_each_call():
    def spoils(rows, exposure, outcome, strata=None):
        found = by_hand(rows, exposure, outcome, strata)
        rows.clear()
        return found

    assert report_of(spoils).findings[0].points == 15


def test_a_source_is_run_as_it_is_written():
    source = "def compare(rows, exposure, outcome, strata=None):\n    return {'ratio': len(rows)}"
    done = run_answer(exercise(TEST_CAUSE), {"definition": {"via": "code", "source": source}})
    assert done.answer["definition"]["results"]["seen"] == {"ratio": 400}


# --- tests of a case ------------------------------------------------------------------------


def chosen(**chosen):
    return {"via": "builder", "choices": chosen}


A_RIGHT = {
    "A1_rows": "since_page",
    "A1_strata": "late",
    "A1_verdict": "supported",
    "D1_rows": "since_page",
    "D1_strata": "page",
    "D1_verdict": "rejected",
}
# What is changed in a right answer, and the points of effect and verdict.
CHANGED = [
    ({}, 4, 6),
    ({"D1_strata": "none"}, 3, 6),
    ({"D1_strata": "none", "D1_verdict": "supported"}, 3, 3),
    ({"D1_rows": "all_reviews", "D1_strata": "none"}, 2, 6),
    ({"D1_rows": None}, 2, 3),
    ({"D1_verdict": None}, 4, 3),
    ({"A1_verdict": "untested"}, 4, 3),
    ({"D1_rows": "nonsense"}, 0, 0),
]


@pytest.mark.parametrize(("changed", "effect", "verdict"), CHANGED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_points_of_a_case(changed, effect, verdict, language):
    choices = {key: one for key, one in {**A_RIGHT, **changed}.items() if one}
    report = check(TEST_CAUSE, {"case": "A", "tests_a": chosen(**choices)}, language)
    found = {one.criterion: one.points for one in report.findings}
    assert (found["effect"], found["verdict"]) == (effect, verdict)
    say(report, language)


def test_another_companys_tests_do_not_count():
    report = check(TEST_CAUSE, {"case": "B", "tests_a": chosen(**A_RIGHT)})
    assert report.points == 0
    assert report.findings[1].code == "nothing_yet"
    assert check(TEST_CAUSE, {"tests_a": chosen(**A_RIGHT)}).points == 0


@pytest.mark.parametrize(("language", "words"), [("zh", "按类别分层"), ("en", "Within a category")])
def test_the_reply_says_what_a_choice_misses(language, words):
    choices = {**A_RIGHT, "D1_strata": "category"}
    report = check(TEST_CAUSE, {"case": "A", "tests_a": chosen(**choices)}, language)
    feedback = say(report, language).as_dict()
    effect = next(one for one in feedback["findings"] if one["criterion"] == "effect")
    assert words in next(one["text"] for one in effect["items"] if one["key"] == "D1")


@pytest.mark.parametrize("name", [TEST_CAUSE, VERIFY])
def test_one_cause_stands_and_the_others_fall(name):
    for field in exercise(name).fields:
        if field.params.get("engine") == "effect":
            args = case_args(field.params, field.params["cases"][0])
            found = ENGINES["effect"].run({}, args)
            verdicts = [one["verdict"] for one in found.values()]
            assert verdicts.count("supported") == 1
            assert verdicts.count("rejected") == len(verdicts) - 1


def test_wrong_factors_in_a_file_are_named():
    with pytest.raises(UnknownNameError, match="D9"):
        asked_of("A", ["D9"])
    with pytest.raises(ContentError, match="list of factors"):
        asked_of("A", "D1")


# --- the preview ----------------------------------------------------------------------------


def preview(field, choices, part="", language="en", name=TEST_CAUSE):
    return reply(
        {
            "do": "preview",
            "exercise": name,
            "field": field,
            "part": part,
            "choices": choices,
            "language": language,
        }
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_test_is_shown_before_the_verdict_is_given(language):
    choices = {"D1_rows": "since_page", "D1_strata": "page"}
    found = preview("tests_a", choices, "D1", language)
    assert found["open"] == []
    assert "0.98" in found["head"]
    assert "160/750" in found["html"]
    assert "<svg" in found["html"]
    for told in ("supported", "rejected", "untested", "支持", "没有定论"):
        assert told not in found["html"] + found["head"]
    ET.fromstring(f"<div>{found['html'].replace('<br>', '<br/>')}</div>")  # noqa: S314 - our own


def test_an_open_test_says_what_is_open():
    found = preview("tests_a", {"D1_rows": "since_page"}, "D1")
    assert len(found["open"]) == 1
    assert "verdict" not in found["open"][0]


def test_a_definition_is_shown_as_figures():
    found = preview("definition", RIGHT)
    assert "1.920" in found["html"]
    assert preview("definition", {"risk": "all_rows"})["open"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_effect_can_be_shown(language):
    for case in "ABC":
        for test in cause_tests_of(case):
            for rows in test.rows:
                found = effect_of(case, test.factor, rows.key)
                shown = effect_view(found, language)
                assert ">nan" not in shown
                ET.fromstring(f"<div>{shown.replace('<br>', '<br/>')}</div>")  # noqa: S314 - our own
                assert len(misses_said(found, language)) == len(found.misses)
