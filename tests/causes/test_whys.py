"""The judge of five whys: cases, odd input, messages."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrain.causes.whys import KINDS, LABELS, REASONS, judge_whys
from cstrain.judging import judge_lines
from cstrain.library.words import messages
from cstrain.text.levels import read_level

PROBLEM = {
    "zh": "周末退房排队平均要等30分钟",
    "en": "Guests queue for 30 minutes at check-out on Sundays",
}
GOOD = {
    "zh": [
        "周末只有一个窗口办退房",
        "排班表按工作日的退房量编制",
        "排班员看不到分日的退房数据",
        "报表权限没有开放给排班岗位",
        "岗位设立流程里没有权限核对这一项",
    ],
    "en": [
        "Only one desk handles departures",
        "The roster is drawn up from weekday figures",
        "The scheduler has no access to figures per day",
        "Access to the report was set up for the sales role only",
        "The form for new roles has no field for access rights",
    ],
}

# id, language, last level, kind of it
LAST = (
    ("trait", "zh", "前台的人都太懒了", "blame"),
    ("trait", "en", "The receptionists are lazy and careless", "blame"),
    ("customers", "zh", "现在的客人素质低,不讲理", "blame"),
    ("customers", "en", "Guests these days are impatient and rude", "blame"),
    ("human_error", "en", "human error, somebody was not paying attention", "blame"),
    ("empty", "zh", "无", "placeholder"),
    ("empty", "en", "n/a", "placeholder"),
    ("dots", "en", "...", "placeholder"),
    ("nothing", "zh", "", "placeholder"),
    ("boilerplate", "zh", "管理有待进一步加强", "boilerplate"),
    ("question", "zh", "为什么会这样?不清楚", "question"),
    ("question", "en", "not sure, maybe ask the IT?", "question"),
    ("proposal", "zh", "应该加强培训", "proposal"),
    ("proposal", "en", "We should hire more receptionists", "proposal"),
    ("wish", "zh", "希望领导能够重视", "wish"),
    ("problem_again", "zh", "所以周末退房要排队等很久", "restates_problem"),
    ("problem_again", "en", "So guests queue for half an hour at check-out", "restates_problem"),
    ("process", "zh", "排班办法没有规定谁每年复核一次", "cause"),
    ("process", "en", "The rule for rosters has no owner and no review date", "cause"),
)


@pytest.mark.parametrize(("name", "language", "last", "kind"), LAST, ids=lambda one: str(one)[:24])
def test_what_a_level_is(name, language, last, kind):
    found = judge_whys(PROBLEM[language], [*GOOD[language], last])
    level = found.levels[-1]
    assert level.kind == kind
    assert level.evidence in last
    assert found.depth_ok.value
    assert found.blame.value == (kind == "blame")
    assert found.circular.value == (kind == "restates_problem")
    assert found.root_actionable.value == (kind == "cause")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_good_chain_is_good(language):
    found = judge_whys(PROBLEM[language], GOOD[language])
    assert found.labels() == {
        "depth_ok": 1, "blame": 0, "circular": 0, "root_actionable": 1, "links": [1] * 5,
    }  # fmt: skip
    assert found.root_actionable.evidence in GOOD[language][-1]


def test_four_levels_are_too_few_and_a_circle_names_the_level():
    assert judge_whys(PROBLEM["en"], GOOD["en"][:4]).depth_ok.reason == "too_few_levels"
    chain = [*GOOD["en"][:3], "So there is only one desk that handles departures"]
    found = judge_whys(PROBLEM["en"], chain)
    assert found.circular.reason == "back_to_level"
    assert found.circular.facts["to"] == found.levels[3].circle_to == 1


# problem, levels, where the last of them leads back to (0 the problem)
SAID_AGAIN = (
    (PROBLEM["en"], ("Only one desk handles departures",
                     "There is just a single desk for people who leave"), 1),
    (PROBLEM["zh"], ("周末只有一个窗口办退房", "办退房的窗口就那么一个"), 1),
    ("Trains arrive late", ("The trains do not arrive on time",), 0),
    ("Parcels arrive late at the shop", ("The van leaves the depot at noon",
                                         "Deliveries do not reach the shop on time"), 0),
)  # fmt: skip


@pytest.mark.parametrize(("problem", "whys", "to"), SAID_AGAIN, ids=range(len(SAID_AGAIN)))
def test_saying_it_again_in_other_words_is_a_circle(problem, whys, to):
    last = judge_whys(problem, whys).levels[-1]
    assert last.kind == ("restates_level" if to else "restates_problem")
    assert (last.circle_to or 0) == to


def test_not_on_time_means_late():
    for text in ("not on time", "未按时"):
        assert "g_begin_late" in read_level(text).senses
    assert "g_begin_late" not in read_level("on time").senses


def test_naming_people_neutrally_is_no_blame():
    found = judge_whys(PROBLEM["en"], ["Zoe and Wu were reading different versions of the roster"])
    assert not found.blame.value


def test_two_levels_in_one_line_are_seen():
    found = judge_whys(
        PROBLEM["en"], ["Only one desk is open because the roster counts weekdays only"]
    )
    assert found.levels[0].two_levels_in_one


ODD = (
    "",
    "   ",
    "\x00",
    "😀😀",
    "?" * 5000,
    "慢" * 5000,
    "so " * 1700,
    "1" * 5000,
    "\ud800",
    "。。。",
)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_judged(text):
    found = judge_whys(text, [text, None, text])
    assert len(found.levels) == 3
    assert not found.root_actionable.value


def test_no_level_and_two_hundred_levels():
    assert judge_whys("x", []).root_actionable.reason == "no_level"
    found = judge_whys(
        PROBLEM["en"], [f"{one} number {n}" for n in range(40) for one in GOOD["en"]]
    )
    assert len(found.labels()["links"]) == 200


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=80), st.lists(st.none() | st.text(max_size=60), max_size=7))
def test_any_text_gets_reasons_and_evidence(problem, whys):
    found = judge_whys(problem, whys)
    for name in LABELS:
        verdict = getattr(found, name)
        assert verdict.reason in REASONS[name]
        assert all(1 <= number <= len(whys) for number in verdict.levels)
    for text, level in zip(whys, found.levels, strict=True):
        assert level.kind in KINDS
        assert level.reason in REASONS["links"]
        assert level.evidence in (text or "")
        assert level.circle_to is None or 1 <= level.circle_to < level.number


def test_every_reason_has_its_sentence():
    told = messages()["five_whys"]
    wanted = {
        f"{'link' if label == 'links' else label}_{reason.replace('.', '_')}"
        for label, reasons in REASONS.items()
        for reason in reasons
    }
    assert set(told) == wanted | {"level_two_in_one"}


def test_verdicts_bring_what_their_sentences_ask_for():
    chains = [[], GOOD["en"], [*GOOD["en"][:4], "n/a"], [*GOOD["en"], PROBLEM["en"]]]
    chains += [[*GOOD[language], last] for _, language, last, _ in LAST]
    for chain in chains:
        found = judge_whys(PROBLEM["en"], chain)
        for name in LABELS:
            verdict = getattr(found, name)
            text = messages()["five_whys"][f"{name}_{verdict.reason.replace('.', '_')}"]
            for said in (text.zh, text.en):
                assert said.format(**verdict.facts)


def test_lines_are_recognised_and_bad_ones_refused():
    chain = {"id": "a", "problem": PROBLEM["en"], "whys": GOOD["en"]}
    lines = [
        {**chain, "task": "five_whys"},
        chain,
        {**chain, "task": "poetry"},
        {**chain, "problem": None},
        {**chain, "whys": "one"},
        {**chain, "whys": ["one", 2]},
        {**chain, "whys": ["one", None]},
        {"id": "b", "text": None, "context": {}},
    ]
    answers = [json.loads(one) for one in judge_lines(json.dumps(line) for line in lines)]
    assert answers[0] == answers[1]
    assert set(answers[0]) == {"id", "labels", "evidence", "reasons"}
    assert [("error" in one) for one in answers] == [0, 0, 1, 1, 1, 1, 0, 1]
    assert "whys[1]" in answers[5]["error"]


@pytest.mark.parametrize(
    ("problem", "level"),
    [
        ("Patients wait 9 days for an appointment, the standard is 3",
         "Patients wait 9 days for an appointment instead of 3"),
        ("Complaints about late parcels rose 40% in March",
         "More customers complained that their parcels were late"),
        ("Guests complain that check-in takes 20 minutes", "Check-in takes too long"),
        ("客人抱怨入住办理要20分钟", "入住办理太慢"),
        ("三月晚到投诉上升四成", "三月份晚到的投诉多了"),
    ],
)  # fmt: skip
def test_the_problem_once_more_is_told_at_the_first_level(problem, level):
    assert judge_whys(problem, [level]).levels[0].kind == "restates_problem"


@pytest.mark.parametrize(
    ("problem", "level"),
    [
        ("Complaints about late parcels rose 40% in March", "Parcels leave the hub a day late"),
        ("VIP callers wait too long", "VIP calls do not enter the priority queue"),
        ("三月晚到投诉上升四成", "分拨中心比计划晚一天发车"),
        ("客人抱怨入住办理要20分钟", "前台系统要重复录入证件"),
    ],
)
def test_a_cause_in_the_problems_words_is_none(problem, level):
    assert judge_whys(problem, [level]).levels[0].kind == "cause"
