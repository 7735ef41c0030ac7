"""Why trees and fishbones made by Hypothesis, and any JSON that looks like one."""

from __future__ import annotations

from hypothesis import strategies as st

from cstrain.causes import Fishbone, WhyTree

KEYS = (
    "id", "parent", "text", "evidence", "back_test", "controllable", "problem", "nodes", "head",
    "scheme", "categories", "causes", "whys", "measures", "category", "votes", "top", "test",
    "cause", "impact", "effort", "owner", "chosen", "name", "statement", "format", "version",
)  # fmt: skip
NAMES = st.sampled_from(["", "a", "b", "c", "n1", "c1", "m1", "people", "moon", "x y"])
ODD = st.sampled_from([None, True, -3, 2.5, 10**30, "\x00", "\ud800", "6P", "own", [], {}, [[]]])
TEXTS = st.text(max_size=12) | st.sampled_from(["没有人核对尺码表", "No check", "no check!", "?"])
ANYTHING = st.recursive(
    ODD | NAMES | TEXTS | st.integers() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=20,
)
CARDS = st.lists(st.sampled_from(["A01", "A02", "seen on 3 May"]), max_size=2)
FLAGS = st.sampled_from([True, False, None])


def _table(**fields):
    return st.fixed_dictionaries({}, optional={key: one | ODD for key, one in fields.items()})


TESTS = _table(case=st.just("A"), factor=st.sampled_from(["D1", "D2"]))
NODES = st.lists(
    _table(
        id=NAMES,
        parent=NAMES,
        text=TEXTS,
        evidence=CARDS,
        back_test=FLAGS,
        controllable=FLAGS,
        test=TESTS,
    ),
    max_size=8,
)
TREE_VALUES = _table(problem=TEXTS, evidence=CARDS, nodes=NODES)
BONES = st.sampled_from(["people", "process", "man", "b1", "moon", ""])
FISHBONE_VALUES = _table(
    head=_table(statement=TEXTS, metric=TEXTS, value=TEXTS, standard=TEXTS),
    scheme=st.sampled_from(["6P", "5M1E", "4S", "own"]),
    categories=st.lists(_table(id=BONES, name=TEXTS), max_size=4),
    causes=st.lists(
        _table(
            id=NAMES,
            category=BONES,
            parent=NAMES,
            text=TEXTS,
            votes=st.integers(0, 30),
            top=st.booleans(),
            evidence=CARDS,
            test=TESTS,
        ),
        max_size=8,
    ),
    whys=st.dictionaries(NAMES, NODES, max_size=3),
    measures=st.lists(
        _table(
            id=NAMES,
            text=TEXTS,
            cause=NAMES,
            impact=st.integers(1, 5),
            effort=st.integers(1, 5),
            owner=TEXTS,
            chosen=st.booleans(),
        ),
        max_size=6,
    ),
)
TREES = TREE_VALUES.map(lambda value: WhyTree.from_plain(value)[0])
FISHBONES = FISHBONE_VALUES.map(lambda value: Fishbone.from_plain(value)[0])
