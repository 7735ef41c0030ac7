"""Fishbones: reading, walking, editing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from strategies_rca import ANYTHING, FISHBONE_VALUES

from cstrain.causes import Category, Cause, CauseTest, Fishbone, Head, Measure, WhyNode
from cstrain.causes.errors import CausesError
from cstrain.causes.fishbone import (
    SCHEMES,
    bones_of,
    cause_path,
    dug,
    marked_causes,
    sub_causes,
    top_causes,
)
from cstrain.causes.fishbone_edits import (
    add_bone,
    add_cause,
    add_measure,
    change_scheme,
    choose,
    dig,
    edit_cause,
    edit_measure,
    mark,
    move_cause,
    nest_cause,
    next_cause,
    next_measure,
    put_before_data,
    rate,
    remove_cause,
    remove_measure,
    vote,
)
from cstrain.causes.forest import in_depth
from cstrain.causes.mends import CODES
from cstrain.causes.names import bone_name, scheme_name
from cstrain.errors import UnknownNameError

SHOP = Fishbone(
    head=Head("差评变多", "差评率", "9%", "4%"),
    causes=(
        Cause("c1", "process", "", "上架前没有人核对", 3, top=True, evidence=("A03",)),
        Cause("c2", "process", "c1", "核对不在任何人的职责里", test=CauseTest("A", "v2")),
        Cause("c3", "process", "c2", "职责表没有这一项"),
        Cause("c4", "people", "", "新人不懂尺码"),
    ),
    whys={"c1": (WhyNode("n1", "", "模板直接取包装尺寸"), WhyNode("n2", "n1", "没有审批"))},
    measures=(Measure("m1", "先核对再上架", "c1", 5, 2, "店长", chosen=True), Measure("m2", "x")),
)


def read(**value):
    fishbone, mends = Fishbone.from_plain(value)
    return fishbone, [one.code for one in mends]


def places(fishbone):
    return [(one.id, one.parent, one.category) for one in fishbone.causes]


def test_a_fishbone_is_read_as_it_was_written():
    assert Fishbone.from_plain(SHOP.as_plain()) == (SHOP, ())
    assert json.loads(json.dumps(SHOP.as_plain())) == SHOP.as_plain()


@pytest.mark.parametrize("value", [None, {}, {"head": None, "causes": None, "whys": None}])
def test_nothing_written_is_an_empty_fishbone_of_six_bones(value):
    fishbone, mends = Fishbone.from_plain(value)
    assert (fishbone, mends) == (Fishbone(), ())
    assert [one.id for one in fishbone.categories] == list(SCHEMES["6P"])


@pytest.mark.parametrize(("scheme", "count"), [("6P", 6), ("5M1E", 6), ("4S", 4), ("own", 0)])
def test_schemes(scheme, count):
    fishbone, codes = read(scheme=scheme)
    assert (fishbone.scheme, len(fishbone.categories), codes) == (scheme, count, [])
    for language in ("zh", "en"):
        names = [bone_name(one, language) for one in bones_of(scheme)]
        assert len({*names, scheme_name(scheme, language)}) == count + 1
        assert not {*names} & {*SCHEMES[scheme]}


def test_names_of_bones():
    assert bone_name(Category("b1", "夜班"), "zh") == "夜班"
    assert bone_name(Category("b1"), "zh") == "未命名"
    assert bone_name(Category("other"), "en") == "Not sorted yet"
    assert bone_name(Category("Nachtschicht"), "en") == "Nachtschicht"


def test_walks():
    assert [one.id for one in top_causes(SHOP)] == ["c1", "c4"]
    assert [one.id for one in top_causes(SHOP, "people")] == ["c4"]
    assert [one.id for one in sub_causes(SHOP, "c1")] == ["c2"]
    assert [one.id for one in marked_causes(SHOP)] == ["c1"]
    assert [one.id for one in cause_path(SHOP, "c3")] == ["c1", "c2", "c3"]
    tree = dug(SHOP, "c1")
    assert (tree.problem, tree.evidence, len(tree.nodes)) == ("上架前没有人核对", ("A03",), 2)
    assert dug(SHOP, "nowhere").nodes == ()
    assert (SHOP.measures[0].ratio, SHOP.measures[1].ratio) == (2.5, None)


CASES = {
    "unknown bone": (
        [{"id": "c1", "category": "moon"}],
        [("c1", "", "other")],
        ["bone_unknown"],
    ),
    "no bone": ([{"id": "c1"}], [("c1", "", "other")], ["bone_unknown"]),
    "bone of another scheme comes too": (
        [{"id": "c1", "category": "skills"}],
        [("c1", "", "skills")],
        [],
    ),
    "below a cause of another bone": (
        [{"id": "c1", "category": "people"}, {"id": "c2", "category": "place", "parent": "c1"}],
        [("c1", "", "people"), ("c2", "c1", "people")],
        ["bone_of_parent"],
    ),
    "circle": (
        [
            {"id": "c1", "category": "people", "parent": "c2"},
            {"id": "c2", "category": "people", "parent": "c1"},
        ],
        [("c1", "", "people"), ("c2", "c1", "people")],
        ["cycle"],
    ),
    "same id": (
        [{"id": "c1", "category": "people"}, {"id": "c1", "category": "place"}],
        [("c1", "", "people"), ("c2", "", "place")],
        ["id_double"],
    ),
}


@pytest.mark.parametrize(("causes", "wanted", "codes"), CASES.values(), ids=CASES)
def test_mends_of_causes(causes, wanted, codes):
    fishbone, found = read(causes=causes)
    assert places(fishbone) == wanted
    assert found == codes
    assert {one.category for one in fishbone.causes} <= {one.id for one in fishbone.categories}


def test_own_bones():
    fishbone, codes = read(categories=["夜班", "people"])
    assert fishbone.scheme == "own"
    assert fishbone.categories == (Category("b1", "夜班"), Category("people"))
    fishbone, codes = read(scheme="7S", categories=[{"id": "x"}, {"id": "x"}, {"name": ""}])
    assert (fishbone.scheme, fishbone.categories) == ("6P", (Category("x"),))
    assert codes == ["bone_double", "bone_double", "scheme_unknown"]


def test_mends_of_values():
    cause = {"id": "c1", "category": "people", "votes": -2, "top": 1, "test": "D2"}
    measure = {"id": "m1", "cause": "gone", "impact": 9, "effort": "low", "text": "x"}
    fishbone, codes = read(head="slow", causes=[cause], measures=[measure])
    assert fishbone.head == Head("slow")
    assert fishbone.causes == (Cause("c1", "people"),)
    assert fishbone.measures == (Measure("m1", "x", "", 5, None),)
    assert sorted(codes) == [
        "flag_open", "measure_without_cause", "number_left", "number_limited", "number_limited",
        "wrong_form",
    ]  # fmt: skip


def test_whys_without_their_cause_stay():
    fishbone, codes = read(causes=[{"id": "c1", "category": "people"}], whys={"c9": ["why so"]})
    assert places(fishbone)[-1] == ("c2", "", "other")
    assert fishbone.whys["c2"][0].text == "why so"
    assert "whys_without_cause" in codes


def test_references_follow_a_renamed_cause():
    fishbone, _codes = read(
        causes=[{"id": "my cause", "category": "people"}],
        whys={"my cause": ["why so"]},
        measures=[{"id": "m1", "cause": "my cause"}],
    )
    assert [*fishbone.whys] == [fishbone.measures[0].cause] == [fishbone.causes[0].id] == ["c1"]


def test_200_causes_12_levels_deep():
    causes = [
        {"id": f"c{n}", "category": "people", "parent": f"c{n - 1}" if n % 12 else "", "text": "x"}
        for n in range(204)
    ]
    fishbone, codes = read(causes=causes)
    assert codes == []
    assert max(level for level, _one in in_depth(fishbone.causes)) == 12


@given(FISHBONE_VALUES | ANYTHING)
def test_whatever_is_read_is_sound_and_reads_the_same_again(value):
    fishbone, mends = Fishbone.from_plain(value)
    assert {one.code for one in mends} <= set(CODES)
    assert Fishbone.from_plain(fishbone.as_plain()) == (fishbone, ())
    ids = {one.id for one in fishbone.causes}
    assert len(ids) == len(fishbone.causes) == len(in_depth(fishbone.causes))
    assert {*fishbone.whys} <= ids
    assert {one.cause for one in fishbone.measures} <= {*ids, ""}
    assert {one.category for one in fishbone.causes} <= {one.id for one in fishbone.categories}
    json.dumps(fishbone.as_plain(), allow_nan=False).encode()


@given(FISHBONE_VALUES)
def test_no_cause_is_left_out(value):
    fishbone, _mends = Fishbone.from_plain(value)
    raw = value.get("causes")
    written = [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []
    extra = sum(1 for one in fishbone.causes if one.category == "other" and one.id in fishbone.whys)
    assert len(written) <= len(fishbone.causes) <= len(written) + extra


# --- edits ---------------------------------------------------------------------------------


def test_adding_causes_and_bones():
    fishbone = add_cause(SHOP, "place", "仓库太暗")
    fishbone = add_cause(fishbone, "", "灯坏了", below=next_cause(SHOP))
    assert places(fishbone)[-2:] == [("c5", "", "place"), ("c6", "c5", "place")]
    fishbone = add_bone(fishbone, "夜班")
    assert fishbone.categories[-1] == Category("b1", "夜班")


def test_moving_takes_along_what_hangs_below():
    moved = move_cause(SHOP, "c2", "people", before="c4")
    assert places(moved) == [
        ("c1", "", "process"),
        ("c3", "c2", "people"),
        ("c2", "", "people"),
        ("c4", "", "people"),
    ]
    nested = nest_cause(moved, "c2", "c4")
    assert cause_path(nested, "c3") == tuple(
        one for key in ("c4", "c2", "c3") for one in nested.causes if one.id == key
    )


def test_removing_a_cause_keeps_its_measures():
    fishbone = remove_cause(SHOP, "c1")
    assert [one.id for one in fishbone.causes] == ["c4"]
    assert fishbone.whys == {}
    assert [(one.id, one.cause) for one in fishbone.measures] == [("m1", ""), ("m2", "")]


def test_votes_marks_whys_tests():
    assert vote(SHOP, "c1", -9).causes[0].votes == 0
    assert vote(SHOP, "c1", 10**6).causes[0].votes == 9_999
    assert marked_causes(mark(SHOP, "c1", top=False)) == ()
    assert dug(dig(SHOP, "c4", [WhyNode("n1", "", "x")]), "c4").nodes[0].text == "x"
    assert [*dig(SHOP, "c1", []).whys] == []
    assert put_before_data(SHOP, "c2", None).causes[1].test is None
    assert edit_cause(SHOP, "c4", text="新").causes[3].text == "新"


def test_measures():
    fishbone = add_measure(SHOP, "换模板", "c2")
    assert (next_measure(SHOP), fishbone.measures[-1]) == ("m3", Measure("m3", "换模板", "c2"))
    fishbone = choose(rate(fishbone, "m3", impact=4, effort=1), "m3")
    assert (fishbone.measures[-1].ratio, fishbone.measures[-1].chosen) == (4.0, True)
    assert edit_measure(fishbone, "m3", owner="李").measures[-1].owner == "李"
    assert [one.id for one in remove_measure(fishbone, "m1").measures] == ["m2", "m3"]


def test_another_scheme_keeps_the_bones_that_hold_causes():
    fishbone = change_scheme(SHOP, "4S")
    assert [one.id for one in fishbone.categories] == [*SCHEMES["4S"], "people", "process"]
    assert change_scheme(fishbone, "6P").categories == bones_of("6P")
    own = change_scheme(SHOP, "own", [Category("b1", "夜班")])
    assert [one.id for one in own.categories] == ["b1", "people", "process"]


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (lambda: add_cause(SHOP, "moon", "x"), UnknownNameError),
        (lambda: add_cause(SHOP, "", "x", below="z"), UnknownNameError),
        (lambda: move_cause(SHOP, "c1", "moon"), UnknownNameError),
        (lambda: nest_cause(SHOP, "c1", "c3"), CausesError),
        (lambda: nest_cause(SHOP, "c1", "z"), UnknownNameError),
        (lambda: remove_cause(SHOP, "z"), UnknownNameError),
        (lambda: vote(SHOP, "z"), UnknownNameError),
        (lambda: dig(SHOP, "z", []), UnknownNameError),
        (lambda: edit_cause(SHOP, "c1", category="people"), CausesError),
        (lambda: edit_cause(SHOP, "c1", parent="c2"), CausesError),
        (lambda: add_measure(SHOP, "x", "z"), UnknownNameError),
        (lambda: edit_measure(SHOP, "z"), UnknownNameError),
        (lambda: edit_measure(SHOP, "m1", cause="z"), UnknownNameError),
        (lambda: edit_measure(SHOP, "m1", id="m9"), CausesError),
        (lambda: rate(SHOP, "m1", impact=6, effort=1), CausesError),
        (lambda: change_scheme(SHOP, "7S"), UnknownNameError),
    ],
)
def test_edits_that_cannot_be(edit, error):
    with pytest.raises(error):
        edit()
