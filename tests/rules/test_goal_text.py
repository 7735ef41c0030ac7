"""What the rules of free text and of typed numbers tell about slips that learners make."""

import pytest

from cstrain.checking import check
from cstrain.desk import reply

GOALS = "n03/rewrite_vague_goal"


def found(exercise, criterion, answer, language="en"):
    report = check(exercise, answer, language)
    return next(one for one in report.findings if one.criterion == criterion)


@pytest.mark.parametrize(
    ("goal", "code", "words"),
    [
        ("6月31日前把首次响应时间由48秒降到40秒", "no_such_day", "6月31日"),
        ("到2026年2月30日首次响应时间降到40秒", "no_such_day", "2026年2月30日"),
        ("By 31 June cut first response to 40 s", "no_such_day", "31 June"),
        ("First response at 40 s by September 31st", "no_such_day", "September 31st"),
        ("First response at 40 s by 2026-02-29", "no_such_day", "2026-02-29"),
        ("First response at 40 s by 29 February 2028", "deadline", "by 29 February 2028"),
        ("Going from 48 to 31 may help by 30 June", "deadline", "by 30 June"),
        ("Answer in 40 s", "no_deadline", None),
    ],
)
def test_a_day_that_no_calendar_has_is_told(goal, code, words):
    one = found(GOALS, "g1_time", {"goal_1": goal})
    assert (one.code, one.facts.get("words")) == (code, words)


@pytest.mark.parametrize(
    ("goal", "code", "words"),
    [
        ("到2020年1月1日让差评挽回率达到30%", "figure", "30%"),
        ("By 1 January 2020 the recovery rate is 30%", "figure", "30%"),
        ("2020年1月1日之前差评变少", "no_figure", None),
    ],
)
def test_the_year_of_a_date_is_no_figure(goal, code, words):
    one = found(GOALS, "g2_number", {"goal_2": goal})
    assert (one.code, one.facts.get("words")) == (code, words)


@pytest.mark.parametrize(
    ("goal", "code"),
    [
        ("12345", "no_words"),
        ("asdf", "no_words"),
        ("今年一定把客服管理师证拿下", "vague"),
        ("Definitely pass the exam", "vague"),
        ("2026-09-30前考试考到60分", "clear"),
    ],
)
def test_nonsense_is_not_clear_and_resolve_is_vague(goal, code):
    assert found(GOALS, "g3_vague", {"goal_3": goal}).code == code


def test_a_share_in_a_box_of_percent_is_told():
    assert found("n03/stretch_ratio", "base", {"base": "0.853"}).code == "as_share"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("3", "3和答案对不上。"), ("三", "三读作3，和答案对不上。")],
)
def test_how_a_number_was_read_is_told_only_where_it_differs(typed, said):
    asked = {"do": "check", "language": "zh", "exercise": "n06/pareto", "answer": {"few": typed}}
    finding = reply(asked)["feedback"]["findings"][1]
    text = finding["text"].replace("<q>", "").replace("</q>", "").replace(" ", "")
    assert text == said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("因为新客服不熟悉商品，中差评率上升", "因为"),
        ("Because agents are new, reviews got worse", "Because"),
    ],
)
def test_the_word_that_brings_in_a_cause_is_quoted_and_no_more(text, words):
    answer = {"case": "A", "object": text}
    assert found("n05/problem_statement", "only_problem", answer).facts["words"] == words


def test_a_table_in_sight_that_is_wrong_is_not_said_to_be_right_by_chance():
    answer = {"csat": {"via": "builder", "choices": {"above": "top1", "below": "answered"}}}
    assert found("n04/survey_and_rings", "csat", answer).code == "gate_wrong"
    answer = {"csat": {"via": "builder", "choices": {"above": "top2", "below": "sent"}}}
    assert found("n04/survey_and_rings", "csat", answer).code == "gate_hidden"
