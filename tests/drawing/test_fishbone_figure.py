"""The picture of a fishbone: nothing overlaps, everything is escaped, it says what it shows."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from cstrain.causes.fishbone import SCHEMES, Fishbone
from cstrain.drawing.causes_outline import causes_outline
from cstrain.drawing.fishbone_figure import fishbone_svg
from cstrain.drawing.rca_text import clean, ems, fit
from cstrain.errors import UnknownNameError
from cstrain.language import LANGUAGES

sys.path.insert(0, str(Path(__file__).resolve().parent))
from rca_boxes import boxes, fishbones, outside, overlaps, parsed, viewed

BOTH = pytest.mark.parametrize("language", LANGUAGES)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<svg onload=alert(1)>\"'&</title><script>x</script>"
RIB = re.compile(r"M([-\d.]+) ([-\d.]+)L([-\d.]+) ([-\d.]+)")


def fishbone(*causes, **more):
    plain = {"head": {"statement": "Calls wait"}, "scheme": "6P", "causes": list(causes), **more}
    return Fishbone.from_plain(plain)[0]


def cause(key, text, category="people", **more):
    return {"id": key, "text": text, "category": category, **more}


def said(tree):
    return " ".join(one.text or "" for one in tree.iter(f"{SVG}text"))


def ribs(tree):
    """Return the ends of every rib; a picture that was made wider is left out."""
    if any(one.get("transform", "").endswith(" 0)") for one in tree.iter(f"{SVG}g")):
        return []
    paths = [one for one in tree.iter(f"{SVG}path") if one.get("stroke-width") == "2.5"]
    return [tuple(map(float, RIB.match(one.get("d")).groups())) for one in paths]


def crossed(box, rib):
    """Say whether a rib runs through a line of words."""
    x1, y1, x2, y2 = rib
    for y in (box[1], box[3]):
        share = (y - y1) / (y2 - y1)
        if 0 <= share <= 1 and box[0] < x1 + share * (x2 - x1) < box[2]:
            return True
    return False


@settings(max_examples=60)
@given(fishbones())
def test_no_words_lie_on_others_or_on_a_rib(drawn):
    plain, verdicts, notes = drawn
    for language in LANGUAGES:
        tree = parsed(fishbone_svg(plain, language, verdicts=verdicts, notes=notes))
        found = boxes(tree)
        assert overlaps(found) == []
        assert outside(tree, found) == []
        names = {
            one
            for bone in tree.iter(f"{SVG}g")
            if bone.get("class") == "bone"
            for one in (line.text for line in bone.iter(f"{SVG}text"))
        }
        rows = [one for one in found if one[4] not in names]
        assert [one[4] for one in rows for rib in ribs(tree) if crossed(one, rib)] == []


@settings(max_examples=15)
@given(fishbones(most=200))
def test_two_hundred_causes_are_all_drawn(drawn):
    plain, verdicts, notes = drawn
    picture = fishbone_svg(plain, "en", verdicts=verdicts, notes=notes)
    assert picture == fishbone_svg(plain, "en", verdicts=verdicts, notes=notes)
    tree = parsed(picture)
    keys = [one.get("data-id") for one in tree.iter(f"{SVG}g") if one.get("class") == "cause"]
    assert sorted(keys) == sorted(one["id"] for one in plain["causes"])
    assert overlaps(boxes(tree)) == []


@BOTH
def test_twelve_levels(language):
    chain = [cause("c0", "no owner of the list")]
    chain += [cause(f"c{n}", f"level {n} of it", parent=f"c{n - 1}") for n in range(1, 12)]
    tree = parsed(fishbone_svg(fishbone(*chain), language))
    assert all(f"level {n} of it" in said(tree) for n in range(1, 12))
    assert overlaps(boxes(tree)) == []


@BOTH
@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_empty_fishbone_has_its_bones(scheme, language):
    empty = Fishbone.from_plain({"scheme": scheme})[0]
    tree = parsed(fishbone_svg(empty, language))
    found = [one for one in tree.iter(f"{SVG}g") if one.get("class") == "bone"]
    assert len(found) == len(empty.categories)
    assert tree.get("role") == "img"
    assert tree.find(f"{SVG}desc").text


def test_no_bone_at_all():
    assert parsed(fishbone_svg(Fishbone(categories=()), "en")).get("role") == "img"


def test_marks_are_shown_and_said():
    whys = {"c2": [{"id": "n1"}, {"id": "n2", "parent": "n1"}]}
    drawn = fishbone(
        cause("c1", "new agents", votes=7),
        cause("c2", "size table wrong", "product", top=True, evidence=["A3", "A4"]),
        cause("c3", "rush", "place", test={"case": "A", "factor": "D3"}),
        whys=whys,
    )
    picture = fishbone_svg(
        drawn, "en", verdicts={"c1": "rejected", "c2": "supported"}, notes={"c1": ["blame"]}
    )
    tree = parsed(picture)
    words = said(tree)
    for one in ("rejected", "supported", "untested", "blames people", "People 1", "7", "2"):
        assert one in words
    assert tree.find(f"{SVG}title").text == "Fishbone: Calls wait"
    assert tree.find(f"{SVG}desc").text == (
        "Causes: 3 (People 1, Process 0, Policy 0, Product 1, Platform 0, Place 1). "
        "Marked as likely: “size table wrong”. "
        "Put before the data: supported 1, rejected 1, untested 1. "
        "Dug into with five whys: 1."
    )


@BOTH
def test_hostile_words_stay_words(language):
    bad = {"c1": HOSTILE, "c2": "\x00\u202e\ud800abc\ufffe", "c3": "y" * 5_000}
    drawn = fishbone(
        *(cause(key, text) for key, text in bad.items()),
        head={"statement": HOSTILE, "metric": HOSTILE, "value": HOSTILE, "standard": HOSTILE},
        categories=[{"id": "b1", "name": HOSTILE}],
    )
    codes = {"c1": [HOSTILE], "c2": 7, "c3": None}
    picture = fishbone_svg(drawn, language, verdicts={"c1": HOSTILE}, notes=codes)
    tree = parsed(picture)
    tags = {one.tag.removeprefix(SVG) for one in tree.iter()}
    assert tags <= {"svg", "title", "desc", "g", "path", "rect", "text", "polygon", "circle"}
    assert not any(name.startswith("on") for one in tree.iter() for name in one.attrib)
    assert not re.search("[\x00\u202e\ud800\ufffe]", picture)
    picture.encode()
    titles = [one.text for one in tree.iter(f"{SVG}title")]
    assert "y" * 5_000 in titles
    assert "…" in said(tree)
    outline = causes_outline(drawn, language, verdicts={"c1": HOSTILE}, notes=codes)
    assert "<script" not in outline
    assert "<svg" not in outline


@pytest.mark.parametrize("broken", [{}, {"causes": 7}, {"causes": [{"id": "a", "parent": "a"}]}])
def test_plain_values_are_mended(broken):
    assert parsed(fishbone_svg(broken, "zh")).get("role") == "img"
    assert causes_outline(broken, "zh").startswith("<section")


def test_an_unknown_language_is_named():
    with pytest.raises(UnknownNameError, match="language"):
        fishbone_svg(Fishbone(), "fr")


def test_fits_a_page_held_sideways():
    long = [cause("c0", "one")] + [cause(f"c{n}", f"below {n}", parent="c0") for n in range(1, 99)]
    _, _, width, height = viewed(parsed(fishbone_svg(fishbone(*long), "en")))
    assert width / height >= 1.49


@BOTH
def test_the_outline_says_what_the_picture_marks(language):
    drawn = fishbone(
        cause("c1", "new agents", votes=7, evidence=["A3"]),
        cause("c2", "no coach", parent="c1", top=True),
        whys={"c2": [{"id": "n1", "text": "nobody planned it"}]},
    )
    outline = causes_outline(drawn, language, verdicts={"c1": "rejected"})
    assert outline.count("<ul") == outline.count("</ul>") == 4
    words = {
        "zh": ("7票", "证据：A3", "数据不支持"),
        "en": ("votes: 7", "evidence: A3", "rejected"),
    }
    assert all(one in outline for one in words[language])
    assert "<strong>no coach</strong>" in outline
    assert "nobody planned it" in outline


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("one", ("one",)),
        ("没有人负（责）", ("没有人负", "（责）")),
        ("没有人负。责", ("没有人", "负。责")),
        ("aaaaaaaaaaaa", ("aaaaaa", "aaaaaa")),
        ("one two three four five", ("one", "two…")),
    ],
)
def test_lines(text, lines):
    assert fit(text, 40, 10, 2).lines == lines


@settings(max_examples=60)
@given(fishbones(most=3))
def test_lines_are_never_wider_than_their_room(drawn):
    for one in drawn[0]["causes"]:
        fitted = fit(one["text"], 90, 12, 2)
        assert all(ems(line) * 12 <= 90.01 for line in fitted.lines)
        assert len(fitted.lines) <= 2
        assert fitted.whole in ("", clean(one["text"]))
