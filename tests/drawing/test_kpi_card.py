"""Definition cards: every KPI has one in both languages, safe, printable, and in the dictionary."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from cstrain import lesson
from cstrain.drawing.kpi_card import kpi_card, kpi_cards
from cstrain.errors import UnknownNameError
from cstrain.goals.metrics import METRICS
from cstrain.kpi.card import explain
from cstrain.kpi.definitions import codes, definition
from cstrain.language import HTML_LANG, LANGUAGES

BOTH = pytest.mark.parametrize("language", LANGUAGES)


def parsed(card):
    return ET.fromstring(card._repr_html_())  # noqa: S314 - our own HTML, which is XML too


def texts(tree, tag):
    return ["".join(one.itertext()) for one in tree.iter(tag)]


@BOTH
@pytest.mark.parametrize("code", codes())
def test_every_kpi_has_a_card_without_a_hole(code, language):
    card = kpi_card(code, language)
    tree = parsed(card)
    assert tree.get("lang") == HTML_LANG[language]
    (caption,) = texts(tree, "caption")
    assert caption == f"{definition(code).name[language]} {code}"
    cells = texts(tree, "th") + texts(tree, "td")
    assert all(one.strip() for one in cells)
    assert not any(re.search(r"[{}]", one) for one in cells)
    assert repr(card) == explain(code, language)


@BOTH
def test_the_formula_has_its_line_and_the_usual_choices_are_said(language):
    tree = parsed(kpi_card("SL", language))
    rows = list(tree.iter("tr"))
    ruled = [row for row in rows if "border-bottom" in row.find("td").get("style", "")]
    (above,) = texts(ruled[0], "td")
    assert len(ruled) == 1
    assert "20" in above
    assert "%" in texts(tree, "td")
    options = texts(tree, "li")
    usual = [one for one in options if ("通常用这个" if language == "zh" else "usual") in one]
    assert len(usual) == 2, "one of the five bases, and the list that holds it"
    seconds = "5秒" if language == "zh" else "5 s"
    assert any(one.endswith(seconds) for one in options)


def test_a_quantile_and_a_count_have_no_line():
    for code in ("RFT", "BKL"):
        assert "border-bottom" not in kpi_card(code, "en")._repr_html_()


@BOTH
def test_folded_cards_stand_in_the_order_asked_for(language):
    cards = kpi_cards(language, ["NPS", "FCR", "fee_collection_rate"])
    tree = parsed(cards)
    summaries = texts(tree, "summary")
    assert [code in text for code, text in zip(("NPS", "FCR", "COL"), summaries, strict=True)] == [
        True
    ] * 3
    assert len(list(tree.iter("table"))) == 3
    assert repr(cards).count("## ") == 3


@BOTH
def test_the_dictionary_has_every_kpi_once_those_of_the_goals_first(language):
    cards = kpi_cards(language)
    tree = parsed(cards)
    shown = texts(tree, "code")
    assert sorted(shown) == sorted(codes())
    told = [one for one in METRICS if one in codes()]
    assert shown[: len(told)] == told
    assert str(len(shown)) in texts(tree, "summary")[0]
    assert all(one.strip() for one in texts(tree, "td"))
    assert repr(cards).splitlines()[0].startswith("SL: ")


def test_a_lesson_shows_cards_in_its_language():
    n03 = lesson("n03", "en")
    assert repr(n03.card("SL")).startswith("## service level (SL)")
    assert "first-contact resolution" in n03.cards("FCR")._repr_html_()
    assert repr(n03.cards()).startswith("SL: service level")


def test_an_unknown_kpi_or_language_is_answered_with_the_known_ones():
    with pytest.raises(UnknownNameError, match="no KPI"):
        kpi_card("SLL", "en")
    with pytest.raises(UnknownNameError, match="no KPI"):
        kpi_cards("en", ["FCR", "nothing"])
    with pytest.raises(UnknownNameError, match="no language"):
        kpi_card("SL", "fr")
