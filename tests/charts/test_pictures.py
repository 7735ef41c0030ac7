"""The lessons' pictures: every character can be drawn, every picture speaks to those who cannot see."""

from __future__ import annotations

import base64
import warnings
import xml.etree.ElementTree as ET

import pytest
from fontTools.ttLib import TTFont

from cstrain.charts import (
    cause_links,
    fishbone,
    fishbone_outline,
    fishbone_whys,
    goal_tree,
    progress_chart,
    review_gantt,
    stretch_gauge,
    why_chain,
)
from cstrain.charts.picture import pictures
from cstrain.charts.style import FONT
from cstrain.datasets import rows
from cstrain.errors import UnknownNameError
from cstrain.goals.metrics import METRICS
from cstrain.language import LANGUAGES

CHARTS = [
    (progress_chart, "fog"),
    (progress_chart, "markers"),
    (stretch_gauge, "first_response"),
    (review_gantt, "refund_time"),
]


def strings(value):
    """Yield every string inside a table of the content."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def test_the_font_has_every_character_of_every_label():
    labels = list(strings(pictures().raw))
    labels += [one.name[language] for one in METRICS.values() for language in LANGUAGES]
    labels += [cell for row in rows("goal_tree") for cell in row.values()]
    known = set(TTFont(FONT).getBestCmap())
    missing = {
        sign for label in labels for sign in label if sign != "\n" and ord(sign) not in known
    }
    assert missing == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("draw", "name"), CHARTS, ids=[name for _, name in CHARTS])
def test_charts_draw_without_a_missing_glyph_and_say_what_they_show(draw, name, language):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        bundle = draw(name, language)._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert len(bundle["text/plain"]) > 20


def test_the_same_chart_has_the_same_bytes():
    once, twice = (progress_chart("fog", "zh")._repr_mimebundle_() for _ in range(2))
    assert once == twice


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tree_is_an_svg_with_title_and_description(language):
    tree = ET.fromstring(goal_tree("small_tree", language).svg)  # noqa: S314 - our own drawing
    names = [one.tag.rpartition("}")[2] for one in tree]
    assert names[:2] == ["title", "desc"]
    boxes = [one for one in tree if one.tag.endswith("rect")]
    assert len(boxes) == 7
    texts = "".join(tree.itertext())
    assert ("孤儿" if language == "zh" else "orphan") in texts


@pytest.mark.parametrize("draw", [progress_chart, stretch_gauge, review_gantt, goal_tree, fishbone])
def test_an_unknown_picture_is_answered_with_the_known_ones(draw):
    with pytest.raises(UnknownNameError, match="no picture"):
        draw("nothing", "en")
    with pytest.raises(UnknownNameError, match="no language"):
        draw("fog", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fishbone_has_its_causes_verdicts_and_whys(language):
    drawn = fishbone("dental", language)
    told = "".join(ET.fromstring(drawn.svg).itertext())  # noqa: S314 - our own drawing
    for word in ("30分钟", "数据不支持") if language == "zh" else ("30 minutes", "rejected"):
        assert word in told
    whys = fishbone_whys("dental", "c7", language)
    assert whys.alt.count("→") == 5
    levels = "".join(ET.fromstring(whys.svg).itertext())  # noqa: S314 - our own drawing
    assert ("5层" if language == "zh" else "Level 5") in levels


def test_whys_of_a_cause_that_was_not_dug_name_those_that_were():
    with pytest.raises(UnknownNameError, match="c7"):
        fishbone_whys("dental", "c1", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_a_fishbone_is_folded_and_complete(language):
    outline = fishbone_outline("dental", language)
    html = outline._repr_html_()
    assert html.count("<details") == html.count("<summary") == 1
    for cause in pictures().raw["fishbone"]["dental"]["causes"]:
        assert cause["text"][language] in html
    assert "18" in repr(outline)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["blame", "door"])
def test_links_are_boxes_that_do_not_touch_and_arrows_between_them(name, language):
    drawn = cause_links(name, language)
    tree = ET.fromstring(drawn.svg)  # noqa: S314 - our own drawing
    assert [one.tag.rpartition("}")[2] for one in tree][:2] == ["title", "desc"]
    raw = pictures().raw["links"][name]
    boxes = [
        [float(one.get(key)) for key in ("x", "y", "width", "height")]
        for one in tree.iter()
        if one.tag.endswith("rect")
    ]
    assert len(boxes) == len(raw["boxes"])
    for at, (x, y, width, height) in enumerate(boxes):
        for left, top, _, _ in boxes[at + 1 :]:
            assert abs(x - left) > width or abs(y - top) > height
    assert sum(one.tag.endswith("line") for one in tree.iter()) == 2 * len(raw["arrows"])
    for one in raw["boxes"].values():
        told = "".join(tree.itertext()).replace(" ", "")
        assert one["text"][language].replace(" ", "") in told
    assert drawn.alt == raw["alt"][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chain_of_whys_shows_every_level(language):
    drawn = why_chain("evening", language)
    told = "".join(ET.fromstring(drawn.svg).itertext())  # noqa: S314 - our own drawing
    assert ("第5层" if language == "zh" else "Level 5") in told
    assert repr(drawn) == drawn.alt


@pytest.mark.parametrize("draw", [cause_links, why_chain])
def test_unknown_links_and_chains_are_answered_with_the_known_ones(draw):
    with pytest.raises(UnknownNameError, match="no picture"):
        draw("nothing", "en")
