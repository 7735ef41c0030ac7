"""Whatever arrives, a shape returns a clean value, None for a blank one, or says unreadable."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrain.shapes.base import Unreadable, in_language
from cstrain.shapes.table_of import SHAPES
from cstrain.table_reader import TableReader

NAMED = [{"key": "a", "zh": "甲", "en": "A"}, {"key": "b", "zh": "乙", "en": "B"}]
LABEL = {"zh": "标签", "en": "label"}
INNER = [
    {"key": "n", "shape": "number", "label": LABEL},
    {"key": "t", "shape": "text", "label": LABEL},
]
RAW = {
    "choice": {"options": NAMED},
    "choices": {"options": NAMED, "none": "b"},
    "sort": {"cards": NAMED, "groups": NAMED, "many": True, "none": "b"},
    "match": {"left": NAMED, "right": NAMED},
    "order": {"items": NAMED},
    "number": {"unit": LABEL},
    "text": {"lines": 3},
    "date": {},
    "form": {
        "sections": [
            {
                "title": LABEL,
                "fields": [
                    *INNER,
                    {"key": "rows", "shape": "rows", "label": LABEL, "fields": INNER, "least": 2},
                ],
            }
        ]
    },
    "table": {"columns": INNER, "rows": NAMED},
    "builder": {
        "engine": "e",
        "questions": [{"key": "q", "label": LABEL, "options": NAMED}],
        "code": {"function": "f", "start": "def f(): ..."},
        "cases": [{"key": "one", "visible": True, "args": {"x": 1}}],
    },
    "code": {
        "engine": "e",
        "code": {"function": "f", "start": "def f(): ..."},
        "cases": [{"key": "one", "visible": False}],
    },
    "why_tree": {"case_field": "case", "cards": {"A": "evidence_A"}, "problem": LABEL},
    "fishbone": {"tests": False},
}
PARAMS = {name: SHAPES[name].load(TableReader("a.toml", raw)) for name, raw in RAW.items()}
GOOD = {
    "choice": "a",
    "choices": ["a", "b"],
    "sort": {"a": ["a"], "b": ["a", "b"]},
    "match": {"a": "b"},
    "order": ["b", "a"],
    "number": "85.3 %",
    "text": "一句话",
    "date": "2026-06-30",
    "form": {"n": "1", "t": None, "rows": [{"n": "2", "t": "x"}]},
    "table": {"a": {"n": "1", "t": None}},
    "builder": {"via": "builder", "choices": {"q": "a"}},
    "code": {"via": "code", "source": "def f(): ...", "results": {"one": 3}},
    "why_tree": {
        "problem": "晚",
        "evidence": [],
        "nodes": [
            {
                "id": "n1",
                "parent": "",
                "text": "x",
                "evidence": ["A1"],
                "back_test": True,
                "controllable": None,
            },
        ],
    },
    "fishbone": {
        "head": {"statement": "晚", "metric": "", "value": "", "standard": ""},
        "scheme": "own",
        "categories": [{"id": "b1", "name": "x"}],
        "causes": [],
        "whys": {},
        "measures": [],
    },
}
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "a",
                    "b",
                    "n",
                    "t",
                    "rows",
                    "via",
                    "choices",
                    "results",
                    "nodes",
                    "parent",
                    "text",
                    "causes",
                    "whys",
                    "measures",
                    "head",
                    "categories",
                    "problem",
                    "evidence",
                    "id",
                ]
            ),
            inner,
        )
    ),
    max_leaves=12,
)


def test_every_shape_is_tried_here():
    assert set(RAW) == set(GOOD) == set(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_good_value_is_kept_as_it_is(name):
    assert SHAPES[name].parse(GOOD[name], PARAMS[name]) == GOOD[name]


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("blank", [None, "", "  ", [], {}])
def test_blank_is_none_or_unreadable(name, blank):
    try:
        assert SHAPES[name].parse(blank, PARAMS[name]) is None
    except Unreadable as error:
        assert error.code in {"wrong_form", "unknown_option", "no_number"}


@pytest.mark.parametrize("name", SHAPES)
@given(value=anything)
@settings(max_examples=150, deadline=None)
def test_anything_is_read_or_called_unreadable(name, value):
    shape, params = SHAPES[name], PARAMS[name]
    try:
        parsed = shape.parse(value, params)
    except Unreadable as error:
        assert error.code
        return
    assert parsed is None or shape.parse(parsed, params) == parsed
    for language in ("zh", "en"):
        view = in_language(params, language)
        assert isinstance(shape.sheet(view), str)
        if parsed is not None:
            assert "<script" not in shape.shown(parsed, view)


def test_learner_text_is_escaped():
    view = in_language(PARAMS["text"], "en")
    assert SHAPES["text"].shown("<script>alert(1)</script>", view).count("<script") == 0


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("choice", "z", "unknown_option"),
        ("sort", {"a": ["z"]}, "unknown_option"),
        ("order", ["a"], "not_every_item_once"),
        ("order", ["a", "a"], "not_every_item_once"),
        ("number", True, "no_number"),
        ("number", "9" * 100, "no_number"),
        ("text", "x" * 1_000_000, "too_long"),
        ("form", {"rows": [{}] * 500}, "too_many_rows"),
        ("table", [1], "wrong_form"),
        ("code", {"via": "code", "source": "x" * 30_000, "results": {}}, "too_long"),
    ],
)
def test_unreadable_says_why(name, value, code):
    with pytest.raises(Unreadable) as caught:
        SHAPES[name].parse(value, PARAMS[name])
    assert caught.value.code == code


def test_null_byte_is_dropped_and_nothing_else():
    assert SHAPES["text"].parse("a\x00b", PARAMS["text"]) == "ab"


def test_params_are_plain_json_in_one_language():
    for params in PARAMS.values():
        plain = in_language(params, "zh")
        assert json.loads(json.dumps(plain)) == plain


def test_a_deep_tree_is_printed_and_shown_as_lists():
    nodes = [
        {"id": f"n{at}", "parent": f"n{at - 1}" if at else "", "text": "<script>"}
        for at in range(500)
    ]
    for name, value in (
        ("why_tree", {"nodes": nodes}),
        ("fishbone", {"causes": [{**one, "category": "people"} for one in nodes]}),
    ):
        read = SHAPES[name].parse(value, PARAMS[name])
        html = SHAPES[name].shown(read, in_language(PARAMS[name], "zh"))
        assert html.count("<ul>") == html.count("</ul>") == 500
        assert "<script" not in html
