"""The judge: single distinctions with their reasons, evidence, robustness, bad situations."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from smart_situations import PLAIN, SITUATIONS

from cstrain.errors import CstrainError
from cstrain.judging import judge_lines
from cstrain.rules.smart import LETTERS, REASONS, judge
from cstrain.text.situation import Situation

AIR, BANK, RES, INS = (SITUATIONS[name] for name in ("AIR", "BANK", "RES", "INS"))

REASON_CASES = [
    ("deadline", AIR, "T", True, "deadline", "旅客满意度9月30日前达到84%"),
    ("service_time", AIR, "T", False, "service_time_only", "投诉邮件24小时内回复"),
    ("frequency", AIR, "T", False, "frequency_only", "每周旅客满意度达到84%"),
    ("past_date", AIR, "T", False, "past_deadline", "2026年3月31日前旅客满意度达到84%"),
    ("soon", AIR, "T", False, "soon_only", "尽快把旅客满意度提到84%"),
    ("no_deadline", AIR, "T", False, "no_deadline", "Raise passenger satisfaction to 84%."),
    ("start_date", AIR, "T", True, "deadline", "From 1 July passenger satisfaction is at least 83%."),
    ("days_as_deadline", AIR, "T", True, "deadline", "三天内旅客满意度从81%升到82%"),
    ("target", AIR, "M", True, "target", "把旅客满意度从81%提到84%"),
    ("relative_with_base", AIR, "M", True, "target", "旅客满意度提高3个百分点"),
    ("relative_without_base", AIR, "M", False, "no_baseline", "提醒充电宝的次数增加三成"),
    ("head_count", AIR, "M", False, "head_count_only", "我们40名值机员一起改进排队"),
    ("rhythm", AIR, "M", False, "frequency_only", "行李查询组每周抽听20通录音"),
    ("checkable", AIR, "M", True, "checkable_result", "The lounge guide is published by July."),
    ("perfection", AIR, "A", False, "beyond_reach", "年底前旅客满意度达到100%"),
    ("perfection_unlisted", AIR, "A", False, "perfection", "By December zero lost wheelchairs at the gate."),
    ("within_reach", AIR, "A", True, "within_reach", "到10月底旅客满意度达到85%"),
    ("beyond_reach", AIR, "A", False, "beyond_reach", "到7月底旅客满意度达到85%"),
    ("not_better", AIR, "A", False, "not_better", "到10月底旅客满意度不低于81%"),
    ("hire", RES, "A", False, "forbidden_means", "Hire five waiters and bring the wait for a table to 28 minutes by Christmas."),
    ("without_hiring", RES, "A", True, "within_reach", "Without hiring anybody, bring the wait for a table to 28 minutes by Christmas."),
    ("outsourced", INS, "A", False, "forbidden_means", "查勘全部外包，6月底前平均结案周期降到18天"),
    ("past", AIR, "A", False, "past_deadline", "Passenger satisfaction 84% by 31 March 2026."),
    ("off_topic", AIR, "R", False, "off_topic", "本月办公室添置绿植10盆"),
    ("metric", AIR, "R", True, "serves_metric", "缩短值机平均排队时间"),
    ("vague", AIR, "S", False, "vague_object", "让旅客感觉更好"),
    ("question", AIR, "S", False, "not_a_goal.question", "旅客满意度到年底能到85%吗？"),
    ("withdrawn", AIR, "S", False, "not_a_goal.withdrawn", "旅客满意度85%的目标先不定了"),
    ("report", AIR, "S", False, "not_a_goal.past_report", "Last year we raised passenger satisfaction from 78% to 81%."),
    ("claim", AIR, "S", False, "not_a_goal.claim", "Our goal is specific, measurable, attainable and relevant."),
    ("copied", AIR, "S", False, "not_a_goal.copied", "Write a SMART goal about passenger satisfaction with 85% by 2027."),
    ("gibberish", AIR, "S", False, "not_a_goal.gibberish", "asdf qwer zxcv 90% lkjh"),
    ("empty", AIR, "S", False, "not_a_goal.empty", " \n\t "),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "situation", "letter", "met", "reason", "text"),
    REASON_CASES,
    ids=[c[0] for c in REASON_CASES],
)
def test_reason(name, situation, letter, met, reason, text):
    verdict = getattr(judge(text, situation), letter)
    assert (verdict.met, verdict.reason) == (met, reason), name


SAME = [
    ("digits", "12月底前外卖准时率从86%提高到89%"),
    ("full_width", "１２月底前外卖准时率从８６％提高到８９％"),
    ("traditional", "12月底前外賣準時率從86%提高到89%"),
    ("words", "十二月底前外卖准时率从百分之八十六提高到百分之八十九"),
    ("tenths", "12月底前外卖准时率从八成六提高到八成九"),
    ("arrow", "外卖准时率 86%→89%，12月底"),
    ("labels", "指标：外卖准时率\n现状：86%\n目标：89%\n截止：2026-12-31"),
    ("marks", "- **指标**: 外卖准时率\n- **目标**: 从86%到89%\n- **截止**: 12月31日"),
    ("emoji", "🎯12月底前外卖准时率从86%提高到89%💪"),
    ("controls", "\u202e12月底前\x00外卖准时率从86%\u200b提高到89%"),
    ("english", "By the end of December on-time delivery rises from 86% to 89%."),
    ("mixed", "12月底前 on-time delivery rate 86% -> 89%"),
    (
        "english_words",
        "On-time delivery rate up from eighty-six to eighty-nine percent by New Year.",
    ),
]


@pytest.mark.parametrize("text", [t for _, t in SAME], ids=[n for n, _ in SAME])
def test_one_goal_in_many_forms(text):
    assert judge(text, RES).labels() == dict.fromkeys(LETTERS, 1)


HORIZONS = [
    (
        "three months",
        "1 February 2027",
        28,
        True,
    ),  # 9 Oct + 4 months: the 6-month reach of 24 holds
    ("just three", "31 December 2026", 28, True),
    ("too much in three", "31 December 2026", 27, False),
    ("six months", "31 March 2027", 24, True),
    ("beyond twelve", "31 October 2028", 20, True),
]


@pytest.mark.parametrize(("name", "day", "value", "met"), HORIZONS, ids=[h[0] for h in HORIZONS])
def test_reach_grows_with_the_time_left(name, day, value, met):
    verdict = judge(f"Average wait for a table {value} minutes by {day}.", RES).A
    assert verdict.met is met, name
    assert verdict.facts["now"] == 32


def test_evidence_are_the_learners_own_words():
    found = judge("１２月３１日前，外卖准时率由８６％提高到８９％", RES)
    assert found.T.evidence == "１２月３１日前"
    assert found.M.evidence == "由８６％提高到８９％"
    assert found.S.evidence == "外卖准时率"


def test_units_are_converted():
    assert judge("8月底前值机平均排队时间降到780秒", AIR).A.facts["target"] == 13
    assert judge("Average check-in queue 0.2 hours by August.", AIR).A.facts["target"] == 12


JUNK = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "0123456789%.,:;→-~ \n年月日周前内到从由降提少一十百千万半成倍分之个件率满意投诉每的了不零"
        ),
        st.characters(),
    ),
    max_size=60,
)
PIECES = st.lists(
    st.sampled_from(
        [
            " by ",
            " to ",
            " from ",
            "reduce ",
            "complaints ",
            "within ",
            "two ",
            "half ",
            "90% ",
            "zero ",
            "June ",
            "next ",
            "Q3 ",
            "2027-02-30",
            "2027年",
            "春节前",
            "不得",
            "招聘",
            "百分之",
            "三成",
            "投诉",
            "满意度",
            "提高",
            "3个百分点",
            "每周",
            "24小时内",
            "，",
            "。",
        ]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(JUNK, PIECES), name=st.sampled_from(sorted(SITUATIONS)))
def test_any_text_gets_a_judgement(text, name):
    found = judge(text, SITUATIONS[name])
    labels = found.labels()
    assert labels["M"] >= labels["A"]
    if found.not_a_goal:
        assert not any(labels.values())
    for letter in LETTERS:
        verdict = getattr(found, letter)
        assert verdict.reason in REASONS[letter]
        assert verdict.evidence is None or (verdict.evidence and verdict.evidence in text)


FLOODS = [
    "1 ",
    "一",
    "十",
    "2027年",
    "by ",
    "three ",
    "每",
    "a quarter ",
    "->",
    "90% ",
    "from 1 to 2 ",
    "\n",
    "3月31日前",
    "不得",
    "投诉",
    "满意度提升到90%左右,",
    "百分之",
    "half ",
    "twenty-",
    "a",
    "(",
    "1,",
]


@pytest.mark.parametrize("piece", FLOODS)
def test_a_flood_of_text_is_answered_soon(piece):
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    found = judge(text, AIR)
    assert time.process_time() - start < 5  # seconds of work against hours of backtracking
    assert found.S.facts["read"] > 0


def test_a_bad_situation_names_the_key():
    good = PLAIN["AIR"]
    for key, bad in (("today", "2026-02-30"), ("metrics", "none"), ("team_zh", 3)):
        with pytest.raises(CstrainError, match=key):
            Situation.from_dict({**good, key: bad})
    for key, bad in (("now", float("nan")), ("better", "more"), ("reach", {"soon": 3}), ("zh", "")):
        with pytest.raises(CstrainError, match=rf"metrics\[0\].*{key}"):
            Situation.from_dict({**good, "metrics": [{**good["metrics"][0], key: bad}]})


def test_a_metric_without_values_is_no_obstacle():
    metric = {
        "key": "x",
        "zh": "旅客满意度",
        "en": "passenger satisfaction",
        "now": None,
        "unit": "%",
        "better": "up",
        "reach": {},
    }
    situation = Situation.from_dict({**PLAIN["AIR"], "metrics": [metric]})
    assert (
        judge("By July passenger satisfaction reaches 84%.", situation).A.reason
        == "no_known_obstacle"
    )
    assert situation.today == date(2026, 5, 11)


def test_judged_lines_go_on_after_a_bad_one():
    import json  # noqa: PLC0415

    good = json.dumps(
        {"id": "a", "text": "8月底前旅客满意度达到83%", "context": PLAIN["AIR"]}, ensure_ascii=False
    )
    lines = [
        good,
        "{",
        "[]",
        '{"id": "b", "text": 3}',
        '{"id": "c", "text": "x", "context": {}}',
        "",
        good,
    ]
    found = [json.loads(line) for line in judge_lines(lines)]
    assert [one.get("id") for one in found] == ["a", None, None, "b", "c", "a"]
    assert [one["line"] for one in found if "error" in one] == [2, 3, 4, 5]
    assert found[0]["labels"] == dict.fromkeys(LETTERS, 1)
    assert found[0]["evidence"]["T"] == "8月底前"
