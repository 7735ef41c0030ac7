"""Fishbones of several learners in one: what is the same, what is added, that nothing is lost."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies_rca import FISHBONES

from cstrain.causes import (
    Category,
    Cause,
    CauseTest,
    Fishbone,
    Head,
    Measure,
    WhyNode,
    export_text,
    merge,
    read_export,
)
from cstrain.causes.fishbone import cause_path
from cstrain.causes.likeness import alike, dice, plain

# --- likeness --------------------------------------------------------------------------------

LIKENESS = {
    # ni ig gh ht | na ac ch ht: 2 x 1 of 8
    "one pair of four": ("night", "nacht", 0.25),
    "case and punctuation": ("No check!", "no check", 1.0),
    "width": ("ＡＢＣ", "abc", 1.0),
    # 没有 有人 人核 核对 | 没有 有人 人负 负责: 2 x 2 of 8
    "Chinese": ("没有人核对", "没有人负责。", 0.5),
    # 新人 人培 培训 训不 不足 | 新人 人培 培训 训不 不够: 2 x 4 of 10
    "Chinese, nearly the same": ("新人培训不足", "新人培训不够", 0.8),
    "a single character": ("慢", "慢", 1.0),
    "single characters that differ": ("慢", "快", 0.0),
    "nothing": ("", "", 0.0),
    "punctuation only": ("?", "?", 0.0),
}


@pytest.mark.parametrize(("a", "b", "wanted"), LIKENESS.values(), ids=LIKENESS)
def test_dice(a, b, wanted):
    assert dice(a, b) == dice(b, a) == pytest.approx(wanted)


@given(st.text(), st.text())
def test_dice_stays_between_0_and_1(a, b):
    assert 0 <= dice(a, b) <= 1
    assert dice(a, a) == bool(plain(a))


# --- causes ----------------------------------------------------------------------------------


def bone(*causes, **more):
    return Fishbone(causes=causes, **more)


def cause(key, category, text, votes=0, parent="", **more):
    return Cause(key, category, parent, text, votes, **more)


def shown(fishbone):
    return [(one.category, one.text, one.votes) for one in fishbone.causes]


def codes(merged):
    return [one.code for one in merged.mends]


def test_nobody_and_one():
    assert merge([]).fishbone == Fishbone()
    alone = bone(cause("c1", "people", "x"), cause("c2", "place", "x"))
    assert merge([alone]).fishbone == alone
    assert merge([alone]).joined == ()


def test_the_same_cause_is_joined_and_its_votes_added():
    one = bone(cause("c1", "people", "新人培训不足", 3, top=True, evidence=("A01", "A02")))
    two = bone(cause("c1", "people", "新人培训不够", 4, evidence=("A02", "A03")))
    merged = merge([one, two])
    found = merged.fishbone.causes[0]
    assert (len(merged.fishbone.causes), found.text, found.votes) == (1, "新人培训不够", 7)
    assert (found.top, {*found.evidence}) == (True, {"A01", "A02", "A03"})
    joined = merged.joined[0]
    assert (joined.kind, joined.id, joined.others) == ("cause", "c1", ("新人培训不足",))
    assert joined.learners == 2


def test_on_two_bones_the_one_with_more_votes_is_kept():
    one = bone(cause("c1", "people", "No owner for the articles", 2))
    two = bone(cause("c1", "process", "no owner for the articles", 5))
    three = bone(cause("c1", "people", "No owner for articles", 1))
    assert [one.category for one in merge([one, two, three]).fishbone.causes] == ["process"]


def test_the_same_bone_is_preferred():
    one = bone(cause("c1", "people", "没有人核对", 1), cause("c2", "process", "没有人核对", 1))
    two = bone(cause("c1", "process", "没有人核对", 5))
    assert shown(merge([one, two]).fishbone) == [
        ("people", "没有人核对", 1),
        ("process", "没有人核对", 6),
    ]


def test_what_one_learner_holds_apart_stays_apart():
    one = bone(cause("c1", "people", "too slow"), cause("c2", "people", "too slow!"))
    assert len(merge([one]).fishbone.causes) == 2
    assert len(merge([one, one, one]).fishbone.causes) == 2


def test_sub_causes_come_along():
    one = bone(
        cause("c1", "process", "No check before shipping"),
        cause("c2", "process", "Nobody owns the check", parent="c1"),
    )
    two = bone(
        cause("c7", "process", "no check before shipping"),
        cause("c8", "process", "There is no time at noon", parent="c7"),
    )
    merged = merge([one, two]).fishbone
    ways = [[step.text.lower() for step in cause_path(merged, key.id)] for key in merged.causes]
    assert sorted(ways) == [
        ["no check before shipping"],
        ["no check before shipping", "nobody owns the check"],
        ["no check before shipping", "there is no time at noon"],
    ]


def test_a_sub_cause_that_stands_on_a_bone_elsewhere():
    one = bone(
        cause("c1", "process", "Late parcels"), cause("c2", "process", "One van only", 1, "c1")
    )
    two = bone(cause("c1", "platform", "One van only!", 4))
    merged = merge([one, two]).fishbone
    assert [(x.text, x.category, x.parent, x.votes) for x in merged.causes] == [
        ("Late parcels", "process", "", 0),
        ("One van only!", "platform", "", 5),
    ]  # fmt: skip


def test_empty_causes_go_unless_something_hangs_on_them():
    empty = (cause("c1", "people", " "), cause("c2", "people", ""), cause("c3", "people", "", 2))
    merged = merge([bone(*empty, cause("c4", "people", "x", parent="c2"))]).fishbone
    assert [(one.text, one.parent, one.votes) for one in merged.causes] == [
        ("", "", 0),
        ("", "", 2),
        ("x", "c1", 0),
    ]


def test_different_tests_are_said():
    one = bone(cause("c1", "people", "x y z", 2, test=CauseTest("A", "D1")))
    two = bone(cause("c1", "people", "x y z", 1, test=CauseTest("A", "D2")))
    merged = merge([one, two])
    assert merged.fishbone.causes[0].test == CauseTest("A", "D1")
    assert codes(merged) == ["tests_differ"]


# --- whys and measures -------------------------------------------------------------------------


def test_whys_of_the_same_cause_become_one_tree():
    chain = (
        WhyNode("n1", "", "模板取了包装尺寸", ("A06",), back_test=True),
        WhyNode("n2", "n1", "没有负责人"),
    )
    other = (
        WhyNode("a", "", "模板取了包装尺寸！", ("A07",), back_test=True, controllable=False),
        WhyNode("b", "a", "没有审批步骤"),
    )
    one = bone(cause("c1", "process", "尺码表不对"), whys={"c1": chain})
    two = bone(cause("c5", "process", "尺码表不对"), whys={"c5": other})
    nodes = merge([one, two]).fishbone.whys["c1"]
    assert [(one.parent, one.text) for one in nodes[1:]] in (
        [("n1", "没有负责人"), ("n1", "没有审批步骤")],
        [("n1", "没有审批步骤"), ("n1", "没有负责人")],
    )
    assert ({*nodes[0].evidence}, nodes[0].back_test, nodes[0].controllable) == (
        {"A06", "A07"},
        True,
        False,
    )


def test_answers_that_differ_are_open_again():
    trees = [(WhyNode("n1", "", "the same why", (), answer),) for answer in (True, False, None)]
    merged = merge([bone(cause("c1", "people", "abc"), whys={"c1": one}) for one in trees])
    assert merged.fishbone.whys["c1"][0].back_test is None
    assert codes(merged) == ["answers_differ"]


def test_measures_are_joined_for_the_same_cause_only():
    causes = (cause("c1", "process", "没有人核对"), cause("c2", "people", "新人多"))
    one = bone(*causes, measures=(Measure("m1", "上架前先核对", "c1", 5, 2, "李"),))
    two = bone(
        *causes, measures=(Measure("m1", "上架前先核对。", "c1", 4, None, "王", chosen=True),)
    )
    three = bone(
        *causes, measures=(Measure("m1", "上架前先核对", "c2"), Measure("m2", "上架前先核对"))
    )
    merged = merge([one, two, three]).fishbone
    first = next(one for one in merged.measures if one.cause == "c1")
    assert (first.impact, first.effort, first.chosen) == (5, 2, True)  # the mean of 5 and 4 is 4.5
    assert {*first.owner.split(" / ")} == {"李", "王"}
    assert sorted(one.cause for one in merged.measures) == ["c1", "c2"]


# --- head and bones ----------------------------------------------------------------------------


def test_the_head_that_most_have():
    heads = [Head("差评变多"), Head("差评变多。", "差评率", "9%"), Head("退货变多", "退货率")]
    merged = merge([Fishbone(head=one) for one in heads])
    assert plain(merged.fishbone.head.statement) == "差评变多"
    assert (merged.fishbone.head.metric, merged.fishbone.head.value) == ("差评率", "9%")
    words = {one.facts["words"] for one in merged.mends}
    assert (words, {*codes(merged)}) == ({"退货变多", "退货率"}, {"heads_differ"})


def test_the_scheme_that_most_use():
    services = [bone(cause("c1", "people", f"cause {n}" * n)) for n in (1, 2)]
    factory = Fishbone(
        scheme="5M1E",
        categories=(Category("man"), Category("machine")),
        causes=(cause("c1", "machine", "The printer stops"),),
    )
    merged = merge([factory, *services])
    assert merged.fishbone.scheme == "6P"
    assert [one.id for one in merged.fishbone.categories][-2:] == ["place", "machine"]
    assert codes(merged) == ["schemes_differ"]


def test_bones_of_their_own_go_by_name():
    one = Fishbone(scheme="own", categories=(Category("b1", "夜班"), Category("b2", "白班")),
                   causes=(cause("c1", "b1", "一个人值班"),))  # fmt: skip
    two = Fishbone(scheme="own", categories=(Category("b1", "白班"), Category("b2", "夜班 ")),
                   causes=(cause("c1", "b2", "只有一个人值班"), cause("c2", "b1", "会议太多")))  # fmt: skip
    merged = merge([one, two]).fishbone
    names = {one.id: one.name.strip() for one in merged.categories}
    assert sorted(names.values()) == ["夜班", "白班"]
    assert sorted(names[one.category] for one in merged.causes) == ["夜班", "白班"]


# --- all together ------------------------------------------------------------------------------


@given(st.lists(FISHBONES, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_the_learners_makes_no_difference(fishbones, chance):
    merged = merge(fishbones)
    chance.shuffle(fishbones)
    assert merge(fishbones) == merged


@given(st.lists(FISHBONES, max_size=4))
def test_nothing_is_lost(fishbones):
    merged = merge(fishbones)
    causes = merged.fishbone.causes
    wordings = {one.text for one in causes} | {t for one in merged.joined for t in one.others}
    for fishbone in fishbones:
        assert {one.text for one in fishbone.causes if one.text.strip()} <= wordings
    for key in ("votes", "top"):
        sums = [sum(getattr(one, key) for one in f.causes) for f in fishbones]
        found = sum(getattr(one, key) for one in causes)
        assert found == sum(sums) if key == "votes" else bool(found) == any(sums)
    for name, found, written in (
        ("why", nodes_of(merged.fishbone), [one for f in fishbones for one in nodes_of(f)]),
        ("measure", merged.fishbone.measures, [one for f in fishbones for one in f.measures]),
    ):
        texts = {one.text for one in found}
        texts |= {t for one in merged.joined if one.kind == name for t in one.others}
        assert {one.text for one in written if one.text.strip()} <= texts
    cards = {card for f in fishbones for one in f.causes for card in one.evidence}
    assert {card for one in causes for card in one.evidence} == cards


def nodes_of(fishbone):
    return [one for nodes in fishbone.whys.values() for one in nodes]


@given(st.lists(FISHBONES, max_size=3))
def test_the_result_is_a_sound_fishbone(fishbones):
    merged = merge(fishbones).fishbone
    assert read_export(export_text(merged)).model == merged
    assert read_export(export_text(merged)).mends == ()


@given(FISHBONES)
def test_twice_the_same_has_the_same_entries(fishbone):
    once, twice = merge([fishbone]).fishbone, merge([fishbone, fishbone]).fishbone
    assert len(twice.causes) >= len(once.causes)  # texts without letters are like none
    if all(plain(one.text) for one in fishbone.causes):
        assert [(one.text, one.parent) for one in twice.causes] == [
            (one.text, one.parent) for one in once.causes
        ]
        assert [one.votes for one in twice.causes] == [2 * one.votes for one in once.causes]


def test_a_class_of_40_with_60_causes_each():
    chance = random.Random(4)  # noqa: S311 - made-up causes, no secret
    subjects = [
        f"{a}{b}"
        for a in ("退货", "电话", "页面", "仓库", "新人", "夜班")
        for b in ("记录", "流程", "标准", "表单", "系统")
    ]
    lacks = ["没有人负责", "经常改动", "和实际不一样", "晚了三天才更新", "只有一个人会用"]
    texts = [f"{a}{b}" for a in subjects for b in lacks]
    bones = ["people", "process", "policy", "product", "platform", "place"]
    fishbones = [
        bone(*(
            cause(f"c{n}", chance.choice(bones), text, chance.randrange(5))
            for n, text in enumerate(chance.sample(texts, 60))
        ))
        for _learner in range(40)
    ]  # fmt: skip
    start = time.process_time()
    merged = merge(fishbones).fishbone
    assert time.process_time() - start < 20  # about a second; a hang is minutes
    assert len(merged.causes) <= len(texts)
    assert sum(one.votes for one in merged.causes) == sum(
        one.votes for fishbone in fishbones for one in fishbone.causes
    )
    assert not any(alike("没有人核对", one.text) for one in merged.causes)
