"""The judge of a fishbone: what each cause is, what says the same, and that nothing breaks it."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstrain.causes import fish_sense
from cstrain.causes.fish import CAUSES, REASONS, judge_cause, judge_fishbone, judge_head
from cstrain.causes.fish_kinds import kind_of_bone
from cstrain.errors import ContentError
from cstrain.judging import judge_lines

HEAD = {
    "zh": "上门安装一次成功率只有64%，去年同期81%",
    "en": "Only 64% of installations work at once",
}
CASES = [
    ("cause", "zh", "安装单上不写墙体材料"),
    ("cause", "zh", "合并班组以后没有人管备件交接"),
    ("cause", "zh", "采购周期要四十五天"),
    ("cause", "zh", "客户约的时段全在下班以后"),
    ("cause", "en", "the order form does not ask for the type of wall"),
    ("cause", "en", "order forms exist in two versions"),
    ("cause", "en", "customers are not asked for a photo of the wall"),
    ("solution", "zh", "给每支安装队配一台水平仪"),
    ("solution", "zh", "把验收照片列为必填项"),
    ("solution", "zh", "建议增加周末班次"),
    ("solution", "en", "order the brackets two days earlier"),
    ("solution", "en", "give every crew a spirit level"),
    ("solution", "en", "we should introduce a photo of the wall"),
    ("symptom", "zh", "客户打电话投诉，要求退货"),
    ("symptom", "zh", "网上的差评越来越多"),
    ("symptom", "en", "customers complain and send the machine back"),
    ("symptom", "en", "more and more bad reviews on the web"),
    ("vague", "zh", "师傅责任心不强"),
    ("vague", "zh", "管理制度有待完善"),
    ("vague", "en", "installers are just lazy"),
    ("vague", "en", "poor management"),
    ("vague", "en", "n/a"),
    ("vague", "zh", "无"),
]


@pytest.mark.parametrize(("kind", "language", "text"), CASES, ids=[one[2] for one in CASES])
def test_what_a_cause_is(kind, language, text):
    found = judge_cause(HEAD[language], text, "process")
    assert found.kind == kind
    assert found.reason in REASONS[kind]
    assert found.evidence in text


@pytest.mark.parametrize(
    ("ok", "head"),
    [
        (True, "退款到账平均要9天，承诺3天"),
        (True, "客户反映预约电话长期打不通"),
        (True, "Parcels keep going to the wrong building"),
        (True, "Complaints rose from 2% to 5% since March"),
        (False, "客服团队"),
        (False, "应该再招十名座席"),
        (False, "年底前把投诉率降到2%以下"),
        (False, "因为新系统不好用"),
        (False, "仓库的人不负责任"),
        (False, ""),
        (False, "Customer satisfaction"),
        (False, "Hire three more dispatchers"),
        (False, "Because the couriers are paid per parcel"),
        (False, "Lazy couriers"),
        (False, "Raise first-contact resolution to 90%"),
    ],
)
def test_a_head_is_a_problem_that_was_seen(ok, head):
    found = judge_head(head)
    assert found.ok is ok
    assert found.reason in REASONS["head"]
    assert found.evidence in head


def test_the_same_in_other_words_is_found_across_bones():
    found = judge_fishbone(
        HEAD["en"],
        [
            ("people", "only one fitter works on Saturdays"),
            ("process", "the route is planned by postcode"),
            ("platform", "the app has no photo of the wall"),
            ("policy", "on Saturdays there is just a single fitter"),
        ],
    )
    assert [one.members for one in found.duplicates] == [(0, 3)]
    assert found.duplicates[0].reason in REASONS["duplicates"]
    assert found.duplicates[0].evidence[0] == "only one fitter works on Saturdays"


def test_the_same_in_other_words_is_found_in_chinese():
    found = judge_fishbone(
        HEAD["zh"],
        [
            ("人", "周六只有一名安装师傅"),
            ("法", "下单时不问墙体材料"),
            ("机", "手持机在地下室没有网"),
            ("法", "星期六安装师傅就一个"),
        ],
    )
    assert [list(one.members) for one in found.duplicates] == [[0, 3]]


def test_one_sentence_about_two_things_is_no_duplicate():
    causes = [
        ("people", "couriers are never told which floor the ward is on"),
        ("people", "couriers are never told which samples are urgent"),
        ("people", "周末没有司机"),
    ]
    assert judge_fishbone("Lab reports are late", causes).duplicates == ()


def test_a_measure_and_a_cause_are_never_the_same():
    causes = [("people", "too few agents at night"), ("people", "hire more agents for the night")]
    assert judge_fishbone("Only 55% of calls are answered", causes).duplicates == ()


def test_equal_texts_are_duplicates_however_many_causes_there_are():
    causes = [("people", f"cause number {place} is a thing of its own") for place in range(320)]
    found = judge_fishbone("Late orders", [("people", "Repeated!"), *causes, ("place", "repeated")])
    assert any({0, 321} <= set(one.members) for one in found.duplicates)


def test_labels_have_the_shape_of_the_corpus():
    found = judge_fishbone(
        HEAD["en"],
        [("People", "hire two fitters"), ("People", "fitters are lazy"), ("Zebra", "no level")],
    ).labels()
    assert found["solution"] == [1, 0, 0]
    assert found["vague"] == [0, 1, 0]
    assert found["category_fit"][0] is None
    assert found["category_fit"][2] == 1
    assert set(found) == {
        "head_ok", "category_fit", "symptom", "solution", "vague", "duplicate_groups",
    }  # fmt: skip


def test_a_cause_far_from_its_bone_is_asked_about():
    found = judge_cause(HEAD["en"], "the app crashes and the tool is offline", "people")
    assert found.fits is False
    assert found.rather == "platform"
    assert found.fit_reason == "rather_elsewhere"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("people", "people"), ("man", "people"), ("人员", "people"), ("PEOPLE", "people"),
        ("machine", "platform"), ("系统", "platform"), ("Tools & software", "platform"),
        ("material", "product"), ("环", "place"), ("surroundings", "place"), ("skills", "people"),
        ("Zebra", "other"), ("", "other"), ("人" * 500_000, "other"),
    ],
    ids=range(14),
)  # fmt: skip
def test_bones_by_their_id_or_their_name(name, kind):
    assert kind_of_bone(name) == kind


HOSTILE = [
    None, "", " ", "\x00", "\ud800", "a" * 1_000_000, "不" * 1_000_000, "( " * 100_000,
    "<svg onload=alert(1)>", "{words}", "1" * 5_000, "😀" * 1_000, "\u202eabc", "0/0", "-", "。",
    "- " * 500_000, "1. " * 300_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_breaks_it(text):
    begin = time.process_time()
    found = judge_fishbone(text, [(text, text), ("people", text), (text, "no owner")])
    assert len(found.causes) == 3
    assert judge_cause(text, text, text).kind in CAUSES
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("value", [7, [], {}, 1.5, True, b"x"])
def test_a_value_of_the_wrong_type_counts_as_empty(value):
    found = judge_fishbone(value, [(value, value)])
    assert found.head.reason == "empty"
    assert found.causes[0].reason == "nothing"


def test_nothing_at_all():
    for causes in (None, [], ()):
        found = judge_fishbone(None, causes)
        assert found.causes == found.duplicates == ()


def test_five_hundred_causes():
    causes = [
        ("people", f"only {place} agents on the {word} shift, nobody fills in at lunch")
        for place in range(50)
        for word in ("early", "late", "night", "day", "long", "short", "old", "new", "first", "b")
    ]
    begin = time.process_time()
    assert len(judge_fishbone("Only 55% of calls are answered", causes).causes) == 500
    assert time.process_time() - begin < 12


@given(st.text(max_size=60), st.lists(st.tuples(st.text(max_size=8), st.text(max_size=40))))
def test_any_text_is_judged(head, causes):
    found = judge_fishbone(head, causes)
    assert len(found.causes) == len(causes)
    assert all(one.kind in CAUSES and one.reason in REASONS[one.kind] for one in found.causes)
    assert all(one.fit_reason in REASONS["category"] for one in found.causes)
    assert found.head.reason in REASONS["head"]
    members = [place for one in found.duplicates for place in one.members]
    assert len(members) == len(set(members))
    assert all(0 <= one < len(causes) for one in members)
    assert all(one.reason in REASONS["duplicates"] for one in found.duplicates)
    json.dumps(found.labels())


WORDS = (
    "夜班",
    "没有",
    "只有一个",
    "系统",
    "night",
    "only",
    "clerks",
    "no",
    "list",
    "应",
    "增加",
    "3",
)


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=12))
def test_what_is_judged_does_not_hang_on_the_other_causes(texts):
    alone = [judge_cause("Late orders", one, "people") for one in texts]
    together = judge_fishbone("Late orders", [("people", one) for one in texts])
    assert list(together.causes) == alone


def test_the_judge_by_lines():
    line = json.dumps(
        {
            "id": "f1",
            "head": HEAD["en"],
            "causes": [
                {"category": "People", "text": "hire two fitters"},
                {"category": None, "text": None},
            ],
        }
    )
    (answer,) = map(json.loads, judge_lines([line]))
    assert answer["id"] == "f1"
    assert answer["labels"]["solution"] == [1, 0]
    assert answer["reasons"]["causes"] == ["measure", "nothing"]
    assert answer["evidence"]["causes"][0]


@pytest.mark.parametrize(
    ("item", "named"),
    [
        ({"task": "fishbone"}, "head"),
        ({"task": "fishbone", "head": "x"}, "causes"),
        ({"task": "fishbone", "head": "x", "causes": ["text"]}, "causes[0]"),
        ({"task": "fishbone", "head": "x", "causes": [{"text": 7}]}, "causes[0]"),
    ],
)
def test_a_line_that_lacks_something_is_answered_with_what_is_missing(item, named):
    (answer,) = map(json.loads, judge_lines([json.dumps(item)]))
    assert answer["error"].startswith(f"{named}:")


def test_a_broken_file_of_weights_is_named(monkeypatch, tmp_path):
    path = tmp_path / "fish_sense.json"
    path.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(fish_sense, "WEIGHTS", path)
    fish_sense.readers.cache_clear()
    with pytest.raises(ContentError, match="fish_sense"):
        fish_sense.readers()
    fish_sense.readers.cache_clear()
