"""The picture of a why tree: levels in rows, links as they were read back, nothing overlaps."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from cstrain.causes.tree import WhyTree
from cstrain.drawing.why_figure import why_svg
from cstrain.drawing.why_layout import lay_out
from cstrain.language import LANGUAGES

sys.path.insert(0, str(Path(__file__).resolve().parent))
from rca_boxes import boxes, outside, overlaps, parsed, viewed, why_trees

BOTH = pytest.mark.parametrize("language", LANGUAGES)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<svg onload=alert(1)>\"'&</title><script>x</script>"


def tree_of(*nodes, problem="Calls wait"):
    return WhyTree.from_plain({"problem": problem, "nodes": list(nodes)})[0]


def node(key, parent="", text="one agent at 18:00", **more):
    return {"id": key, "parent": parent, "text": text, **more}


def said(tree):
    return [one.text or "" for one in tree.iter(f"{SVG}text")]


@settings(max_examples=60)
@given(why_trees())
def test_nothing_overlaps(drawn):
    plain, notes = drawn
    for language in LANGUAGES:
        picture = why_svg(plain, language, notes=notes)
        assert picture == why_svg(plain, language, notes=notes)
        tree = parsed(picture)
        found = boxes(tree)
        assert overlaps(found) == []
        assert outside(tree, found) == []
        keys = [one.get("data-id") for one in tree.iter(f"{SVG}g") if one.get("class") == "why"]
        assert sorted(keys) == sorted(["head", *(one["id"] for one in plain["nodes"])])


@settings(max_examples=60)
@given(why_trees())
def test_boxes_keep_apart(drawn):
    places = lay_out(WhyTree.from_plain(drawn[0])[0].nodes)
    rows = {}
    for level, key in places.nodes:
        rows.setdefault(level, []).append(places.columns[key])
    for columns in rows.values():
        ordered = sorted(columns)
        assert all(b - a >= 0.999 for a, b in pairwise(ordered))
    assert min(places.columns.values()) == 0


def test_a_chain_fits_a_phone():
    chain = [node(f"n{n}", f"n{n - 1}" if n > 1 else "") for n in range(1, 13)]
    for language in LANGUAGES:
        tree = parsed(why_svg(tree_of(*chain), language))
        assert viewed(tree)[2] <= 400


def test_links_evidence_and_ends_are_told():
    drawn = tree_of(
        node("n1", back_test=True, evidence=["A03", "A07"]),
        node("n2", "n1", back_test=False),
        node("n3", "n2", text="no rule for hand-over", controllable=True, evidence=list("abcdef")),
        node("n4", "n1", controllable=False),
        node("n5", "n1"),
    )
    tree = parsed(
        why_svg(drawn, "en", notes={"n4": ["blame", ("outside", {})], "n5": "two_levels"})
    )
    words = said(tree)
    for one in (
        "A03", "+2", "no evidence yet", "root cause", "outside our control", "end so far",
        "blames people", "two levels in one", "↑ therefore ✓", "↑ therefore ✗", "↑ therefore ?",
        "why? ↓", "Problem", "Level 3",
    ):  # fmt: skip
        assert one in words
    assert words.count("outside our control") == 1
    assert tree.find(f"{SVG}title").text == "Five whys: Calls wait"
    assert tree.find(f"{SVG}desc").text == (
        "Whys: 5, levels: 3, ends: 3. Read back with “therefore”: holds 1, does not hold 1, "
        "not asked 3. With evidence: 2. Root causes: “no rule for hand-over”. Notes on 2."
    )


@BOTH
def test_hostile_words_stay_words(language):
    drawn = tree_of(
        node("n1", text=HOSTILE, evidence=[HOSTILE]),
        node("n2", "n1", text="\x00\u202e\ud800abc\ufffe"),
        node("n3", "n2", text="y" * 5_000),
        problem=HOSTILE,
    )
    picture = why_svg(drawn, language, notes={"n1": [HOSTILE], "n2": 7, "n3": None})
    tree = parsed(picture)
    tags = {one.tag.removeprefix(SVG) for one in tree.iter()}
    assert tags <= {"svg", "title", "desc", "g", "path", "rect", "text"}
    assert not any(name.startswith("on") for one in tree.iter() for name in one.attrib)
    assert not re.search("[\x00\u202e\ud800\ufffe]", picture)
    picture.encode()
    assert "y" * 5_000 in [one.text for one in tree.iter(f"{SVG}title")]


@BOTH
@pytest.mark.parametrize("broken", [{}, {"nodes": 7}, {"nodes": [{"id": "a", "parent": "a"}]}, 7])
def test_plain_values_are_mended(broken, language):
    assert parsed(why_svg(broken, language)).get("role") == "img"


def test_a_thousand_levels_do_not_hang():
    deep = [node(f"n{n}", f"n{n - 1}" if n else "") for n in range(1_000)]
    assert parsed(why_svg(tree_of(*deep), "en")).get("role") == "img"
