"""Why trees: reading, walking, editing."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from strategies_rca import ANYTHING, TREE_VALUES

from cstrain.causes import WhyNode, WhyTree
from cstrain.causes.errors import CausesError
from cstrain.causes.forest import leaf_paths
from cstrain.causes.mends import CODES, MOST_MENDS, MOST_NODES, MOST_TEXT
from cstrain.causes.tree import chain_texts, children, depth, leaves, levels, path_to, paths
from cstrain.causes.tree_edits import (
    add_why,
    attach,
    edit_why,
    move_why,
    next_why,
    remove_why,
)
from cstrain.errors import UnknownNameError

# head ── a ── b ── c
#         └─── d
BRANCHED = WhyTree(
    "晚上没人接电话",
    ("B01",),
    (
        WhyNode("a", "", "只有一个人值班", ("B02",), back_test=True),
        WhyNode("b", "a", "其他人在开交接会", (), back_test=None),
        WhyNode("c", "b", "会议时间按上下班定", (), controllable=True),
        WhyNode("d", "a", "没有人看来电曲线", (), back_test=False),
    ),
)


def read(nodes, **more):
    tree, mends = WhyTree.from_plain({"problem": "p", "nodes": nodes, **more})
    return tree, [one.code for one in mends]


def places(tree):
    return [(one.id, one.parent) for one in tree.nodes]


def test_a_tree_is_read_as_it_was_written():
    assert WhyTree.from_plain(BRANCHED.as_plain()) == (BRANCHED, ())
    assert json.loads(json.dumps(BRANCHED.as_plain())) == BRANCHED.as_plain()


@pytest.mark.parametrize("value", [None, {}, {"nodes": None, "evidence": None}])
def test_nothing_written_is_an_empty_tree_and_no_mend(value):
    assert WhyTree.from_plain(value) == (WhyTree(), ())


def test_walks():
    assert [chain_texts(path)[-1] for path in paths(BRANCHED)] == [
        "会议时间按上下班定",
        "没有人看来电曲线",
    ]
    assert [[one.id for one in path] for path in paths(BRANCHED)] == [["a", "b", "c"], ["a", "d"]]
    assert levels(BRANCHED) == {"a": 1, "b": 2, "c": 3, "d": 2}
    assert depth(BRANCHED) == 3
    assert depth(WhyTree("p")) == 0
    assert paths(WhyTree("p")) == []
    assert [one.id for one in children(BRANCHED)] == ["a"]
    assert [one.id for one in children(BRANCHED, "a")] == ["b", "d"]
    assert [one.id for one in leaves(BRANCHED)] == ["c", "d"]
    assert [one.id for one in path_to(BRANCHED, "c")] == ["a", "b", "c"]
    assert path_to(BRANCHED, "nowhere") == ()


CASES = {
    "no parent": ([{"id": "a", "parent": "gone"}], [("a", "")], ["parent_missing"]),
    "own parent": ([{"id": "a", "parent": "a"}], [("a", "")], ["cycle"]),
    "circle of two": (
        [{"id": "a", "parent": "b"}, {"id": "b", "parent": "a"}, {"id": "c", "parent": "b"}],
        [("a", ""), ("b", "a"), ("c", "b")],
        ["cycle"],
    ),
    "two lists put together": (
        [{"id": "a"}, {"id": "b", "parent": "a"}, {"id": "a"}, {"id": "b", "parent": "a"}],
        [("a", ""), ("b", "a"), ("n1", ""), ("n2", "n1")],
        ["id_double", "id_double"],
    ),
    "no ids": ([{"text": "x"}, "y"], [("n1", ""), ("n2", "")], ["id_new", "id_new"]),
    "odd id, and a reference to it": (
        [{"id": "<i>", "text": "x"}, {"id": "n1", "parent": "<i>"}],
        [("n2", ""), ("n1", "n2")],
        ["id_new"],
    ),
    "numbers as ids": ([{"id": 1}, {"id": 2, "parent": 1}], [("1", ""), ("2", "1")], []),
    "parent behind": (
        [{"id": "b", "parent": "a"}, {"id": "a"}],
        [("b", "a"), ("a", "")],
        [],
    ),
    "no entry": ([7, {"id": "a"}], [("a", "")], ["entry_left"]),
    "unknown field": ([{"id": "a", "colour": "red"}], [("a", "")], ["keys_unknown"]),
    "nodes as a table": ({"a": {}}, [], ["wrong_kind"]),
}


@pytest.mark.parametrize(("nodes", "wanted", "codes"), CASES.values(), ids=CASES)
def test_mends_of_nodes(nodes, wanted, codes):
    tree, found = read(nodes)
    assert places(tree) == wanted
    assert found == codes


def test_mends_of_values():
    node = {"id": "a", "text": "x\x00y\ud800", "evidence": "A1", "back_test": "yes"}
    tree, codes = read([node], evidence=7)
    assert tree.nodes[0] == WhyNode("a", "", "xy\ufffd", ("A1",))
    assert sorted(codes) == ["evidence_left", "flag_open", "text_cleaned"]


def test_a_long_text_is_kept_up_to_its_limit():
    tree, codes = read([{"id": "a", "text": "长" * MOST_TEXT}])
    assert (len(tree.nodes[0].text), codes) == (MOST_TEXT, [])
    tree, codes = read([{"id": "a", "text": "长" * (MOST_TEXT + 1)}])
    assert (len(tree.nodes[0].text), codes) == (MOST_TEXT, ["text_cut"])


def test_mends_beyond_the_limit_are_counted():
    _tree, mends = WhyTree.from_plain({"nodes": [{"parent": "gone"}] * 300})
    assert len(mends) == MOST_MENDS + 1
    assert (mends[-1].code, mends[-1].facts) == ("more_mends", {"count": 600 - MOST_MENDS})


@pytest.mark.parametrize("shape", ["chain", "comb", "star", "ring"])
def test_5000_nodes_do_not_hang(shape):
    parents = {
        "chain": lambda n: f"n{n - 1}" if n else "",
        "comb": lambda n: "" if n < 2 else f"n{n - n % 2 - 2}",
        "star": lambda n: "n0" if n else "",
        "ring": lambda n: f"n{(n + 1) % MOST_NODES}",
    }[shape]
    nodes = [{"id": f"n{n}", "parent": parents(n), "text": "x"} for n in range(MOST_NODES)]
    start = time.process_time()
    tree, _mends = WhyTree.from_plain({"nodes": nodes})
    assert len(tree.nodes) == MOST_NODES
    assert len(levels(tree)) == MOST_NODES
    assert len(paths(tree)) == len(leaves(tree))
    remove_why(move_why(tree, tree.nodes[-1].id), tree.nodes[0].id)
    assert time.process_time() - start < 10  # some tenths of a second; a hang is minutes


def test_more_nodes_than_a_tree_may_have_are_named():
    tree, codes = read([{"id": f"n{n}"} for n in range(MOST_NODES + 2)])
    assert (len(tree.nodes), codes) == (MOST_NODES, ["entries_left"])


@given(TREE_VALUES | ANYTHING)
def test_whatever_is_read_is_sound_and_reads_the_same_again(value):
    tree, mends = WhyTree.from_plain(value)
    assert {one.code for one in mends} <= set(CODES)
    assert WhyTree.from_plain(tree.as_plain()) == (tree, ())
    assert len({one.id for one in tree.nodes}) == len(tree.nodes) == len(levels(tree))
    json.dumps(tree.as_plain(), allow_nan=False).encode()


@given(TREE_VALUES)
def test_paths_end_in_the_leaves_and_hold_every_node(value):
    tree, _mends = WhyTree.from_plain(value)
    found = leaf_paths(tree.nodes)
    assert {path[-1].id for path in found} == {one.id for one in leaves(tree)}
    assert {one.id for path in found for one in path} == {one.id for one in tree.nodes}
    assert all(len(path) == levels(tree)[path[-1].id] for path in found)


# --- edits ---------------------------------------------------------------------------------


def test_adding_below_and_beside():
    tree = add_why(WhyTree("p"), "one")
    assert next_why(tree) == "n2"
    tree = add_why(tree, "two", below="n1")
    tree = add_why(tree, "beside one", beside="n1")
    tree = add_why(tree, "last")
    assert [(one.id, one.parent, one.text) for one in tree.nodes] == [
        ("n1", "", "one"),
        ("n3", "", "beside one"),
        ("n2", "n1", "two"),
        ("n4", "", "last"),
    ]


def test_editing_attaching_confirming():
    tree = edit_why(BRANCHED, "b", text="neu", back_test=True)
    assert (tree.nodes[1].text, tree.nodes[1].back_test) == ("neu", True)
    assert attach(tree, "a", ["B02", "B07"]).nodes[0].evidence == ("B02", "B07")
    assert attach(tree, "", ["B03"]).evidence == ("B01", "B03")
    assert BRANCHED.nodes[1].text == "其他人在开交接会"


def test_moving_and_removing():
    assert places(move_why(BRANCHED, "b", "d")) == [("a", ""), ("c", "b"), ("d", "a"), ("b", "d")]
    tree = move_why(BRANCHED, "d", "a", before="b")
    assert [one.id for one in children(tree, "a")] == ["d", "b"]
    assert places(remove_why(BRANCHED, "b")) == [("a", ""), ("d", "a")]


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (lambda: add_why(BRANCHED, "x", below="z"), UnknownNameError),
        (lambda: add_why(BRANCHED, "x", beside="z"), UnknownNameError),
        (lambda: remove_why(BRANCHED, "z"), UnknownNameError),
        (lambda: attach(BRANCHED, "z", []), UnknownNameError),
        (lambda: move_why(BRANCHED, "a", "c"), CausesError),
        (lambda: move_why(BRANCHED, "a", "a"), CausesError),
        (lambda: move_why(BRANCHED, "c", "a", before="a"), UnknownNameError),
        (lambda: edit_why(BRANCHED, "a", parent="c"), CausesError),
    ],
)
def test_edits_that_cannot_be(edit, error):
    with pytest.raises(error):
        edit()
