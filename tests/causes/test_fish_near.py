"""Word against word: which words of two causes correspond, and how near other causes are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstrain.causes import fish_things
from cstrain.causes.fish import judge_fishbone
from cstrain.causes.fish_near import AMOUNTS, near
from cstrain.causes.fish_pairs import groups, nearest, pairs
from cstrain.causes.fish_things import read_things
from cstrain.errors import ContentError
from cstrain.text.cause_words import read_cause

OTHERS = {
    "en": ["the route is planned by postcode", "the app has no photo of the wall"],
    "zh": ["下单时不问墙体材料", "手持机在地下室没有网"],
}


def things(*texts):
    return [read_things(read_cause(one)) for one in texts]


def amount(name, one, other, *beside):
    (found,) = [pair for pair in near(things(one, other, *beside)) if pair[:2] == (0, 1)]
    return found.amounts[AMOUNTS.index(name)]


@pytest.mark.parametrize(
    ("language", "one", "other", "two_things"),
    [
        ("en", "no penalty for no-shows", "staying away has no consequence",
         "no penalty for late payers"),
        ("en", "the van is broken", "the truck is out of order", "the printer is broken"),
        ("zh", "没有替补名单", "没有候补清单", "没有过敏名单"),
        ("zh", "周末没有维修工", "礼拜六没有人修", "周末没有押车员"),
    ],
    ids=["penalty", "van", "deputies", "weekend"],
)  # fmt: skip
def test_other_words_of_the_same_are_nearer_than_the_same_words_of_another(
    language, one, other, two_things
):
    left = [amount("left_more", one, text, *OTHERS[language]) for text in (other, two_things)]
    assert left[0] < left[1]


def test_a_word_keeps_its_meaning_in_its_forms():
    (one, other) = things("the orders are checked", "check an order")
    assert {thing.itself for thing in one} == {thing.itself for thing in other}
    assert all(thing.senses for thing in one)


def test_a_sense_of_one_character_is_not_that_of_the_word_it_stands_in():
    (thing,) = [one for one in things("行李")[0] if one.itself == "行李"]
    assert all("行" not in tag for tag in thing.senses)
    assert thing.weight == 1.0


def test_what_all_causes_speak_of_weighs_little():
    beside = ["the courier has no map", "the courier has no phone", "the courier has no keys"]
    told = amount("shared", "the courier has no uniform", "the courier has no lamp", *beside)
    rare = amount("shared", "the courier has no uniform", "the courier has no lamp", *OTHERS["en"])
    assert told < rare


def test_the_nearest_has_none_between():
    one, other = "only one fitter works on Saturdays", "on Saturdays there is a single fitter"
    assert amount("over_best", one, other, *OTHERS["en"]) > 0
    assert amount("over_best", one, other, one) < 0


def test_a_pair_gives_way_to_a_surer_one_of_either_cause():
    assert nearest({(0, 1): 0.5, (1, 2): 0.4, (2, 3): 0.3, (5, 6): 0.1}) == [(0, 1), (5, 6)]
    assert groups(nearest({(0, 1): 2.0, (1, 2): 1.5})) == [[0, 1, 2]]


def test_three_that_say_the_same_are_one_group():
    found = judge_fishbone(
        "Parcels are late",
        [
            ("people", "nobody counts the late parcels"),
            ("people", "late parcels are counted by nobody"),
            ("people", "the late parcels nobody counts"),
            ("place", "the ramp floods after rain"),
        ],
    )
    assert [one.members for one in found.duplicates] == [(0, 1, 2)]


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_causes_are_compared(texts):
    found = pairs([read_cause(one) for one in texts])
    assert len({(one.first, one.second) for one in found}) == len(found)
    assert all(0 <= one.first < one.second < len(texts) for one in found)
    assert all(len(one.amounts) == len(AMOUNTS) + 1 for one in found)


WORDS = ("周末", "没有", "司机", "the", "driver", "no", "list", "7", "van", "清单", "谁", "late")


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), max_size=6))
def test_the_order_of_the_causes_makes_no_difference(texts):
    last = len(texts) - 1
    there = {(one.first, one.second): one.amounts for one in near(things(*texts))}
    back = {(one.first, one.second): one.amounts for one in near(things(*reversed(texts)))}
    turned = {(last - second, last - first): told for (first, second), told in back.items()}
    assert there.keys() == turned.keys()
    for pair, told in there.items():
        assert told == pytest.approx(turned[pair], abs=2e-4)


def test_a_broken_thesaurus_is_named(monkeypatch, tmp_path):
    path = tmp_path / "fish_same.toml"
    path.write_text('[s_van]\nzh = ["车"]\nen = [7]\n', encoding="utf-8")
    monkeypatch.setattr(fish_things, "_PATH", path)
    with pytest.raises(ContentError, match="fish_same"):
        fish_things._words.__wrapped__()
