"""Boxes of the words in a picture, read from the SVG itself, and fishbones and trees to draw."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET

from hypothesis import strategies as st

from cstrain.causes.fishbone import SCHEMES
from cstrain.drawing.rca_text import ems

_SHIFT = re.compile(r"translate\(([-\d.]+) ([-\d.]+)\)")
_SVG = "{http://www.w3.org/2000/svg}"


def parsed(picture):
    return ET.fromstring(picture)  # noqa: S314 - our own SVG


def viewed(tree):
    return [float(one) for one in tree.get("viewBox").split()]


def boxes(tree):
    """Return (left, top, right, bottom, words) of every line of text."""
    return list(_boxes(tree, 0.0, 0.0))


def _boxes(element, x, y):
    shift = _SHIFT.match(element.get("transform", ""))
    if shift:
        x, y = x + float(shift[1]), y + float(shift[2])
    if element.tag == f"{_SVG}text":
        size = float(element.get("font-size"))
        wide = ems(element.text or "") * size * (1.1 if element.get("font-weight") else 1)
        left, base = x + float(element.get("x")), y + float(element.get("y"))
        left -= wide / 2 if element.get("text-anchor") == "middle" else 0
        yield left, base - 0.82 * size, left + wide, base + 0.18 * size, element.text
    for child in element:
        yield from _boxes(child, x, y)


def overlaps(found):
    """Return pairs of words that lie on each other."""
    ordered = sorted(found, key=lambda box: box[1])
    hits = []
    for one, other in itertools.combinations(ordered, 2):
        sideways = one[0] < other[2] - 0.5 and other[0] < one[2] - 0.5
        if sideways and other[1] < one[3] - 0.5:
            hits.append((one[4], other[4]))
    return hits


def outside(tree, found):
    """Return words that leave the picture."""
    _, _, width, height = viewed(tree)
    return [one for one in found if one[0] < 0 or one[1] < 0 or one[2] > width or one[3] > height]


WORDS = st.one_of(
    st.text(max_size=40),
    st.text("abcdefgh iWM.,", max_size=160),
    st.text("原因流程没有人负责，。（）数", max_size=90),
    st.sampled_from(["Nobody owns the list of fault codes", "没有人核对尺寸表", "x" * 200]),
)


@st.composite
def fishbones(draw, most=60):
    """Return a fishbone in plain values, what the data say, what was found."""
    scheme = draw(st.sampled_from(sorted(SCHEMES)))
    bones = [{"id": one} for one in SCHEMES[scheme]]
    if scheme == "own":
        names = draw(st.lists(WORDS, min_size=1, max_size=9))
        bones = [{"id": f"b{number}", "name": name} for number, name in enumerate(names)]
    count = draw(st.sampled_from([0, 1, 3, 12, most]))
    pick = draw(st.randoms(use_true_random=False))
    texts = draw(st.lists(WORDS, min_size=1, max_size=8))
    causes, home = [], {}
    for number in range(count):
        parent = f"c{pick.randrange(number)}" if number and pick.random() < 0.4 else ""
        home[f"c{number}"] = home[parent] if parent else pick.choice(bones)["id"]
        causes.append(
            {
                "id": f"c{number}",
                "category": home[f"c{number}"],
                "parent": parent,
                "text": pick.choice(texts),
                "votes": pick.choice([0, 0, 1, 3, 120]),
                "top": pick.random() < 0.2,
                "evidence": ["A1"] * pick.randrange(2),
            }
        )
    keys = [f"c{number}" for number in range(count)]
    dug = [{"id": "n1"}, {"id": "n2", "parent": "n1"}]
    plain = {
        "head": {"statement": draw(WORDS), "metric": draw(WORDS), "value": draw(WORDS)},
        "scheme": scheme,
        "categories": bones,
        "causes": causes,
        "whys": {one: dug for one in keys if pick.random() < 0.1},
    }
    said = ["supported", "rejected", "untested"]
    verdicts = {one: pick.choice(said) for one in keys if pick.random() < 0.3}
    flags = ["blame", "vague", "solution", "nobody knows this code"]
    notes = {one: pick.sample(flags, 2) for one in keys if pick.random() < 0.2}
    return plain, verdicts, notes


@st.composite
def why_trees(draw, most=60):
    """Return a why tree in plain values, and what was found in it."""
    count = draw(st.sampled_from([0, 1, 5, 12, most]))
    pick = draw(st.randoms(use_true_random=False))
    texts = draw(st.lists(WORDS, min_size=1, max_size=8))
    near = draw(st.sampled_from([1, 3, 60]))
    nodes = [
        {
            "id": f"n{number}",
            "parent": f"n{pick.randrange(max(0, number - near), number)}" if number else "",
            "text": pick.choice(texts),
            "evidence": [f"A{one}" for one in range(pick.choice([0, 1, 2, 9]))],
            "back_test": pick.choice([True, False, None]),
            "controllable": pick.choice([True, False, None]),
        }
        for number in range(count)
    ]
    flags = ["restates", "blame", "proposal", "circular", "outside", "who knows"]
    notes = {f"n{one}": pick.sample(flags, 3) for one in range(0, count, 4)}
    return {"problem": draw(WORDS), "evidence": ["A1"], "nodes": nodes}, notes
