"""What `compare` found, in words: both languages, every verdict, what cannot be told."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from cstrain import lesson
from cstrain.datasets import typed_rows
from cstrain.drawing.effect_table import effect_table
from cstrain.errors import UnknownNameError
from cstrain.language import LANGUAGES
from cstrain.library.words import code_names
from cstrain.stats.effects import effect

# The counts: (events, n) of the exposed and of the unexposed.
VERDICTS = [
    (((30, 100), (10, 100)), "支持", "supported"),
    (((1000, 10_000), (1000, 10_000)), "不支持", "rejected"),
    (((2, 10), (1, 10)), "没有定论", "untested"),
    (((0, 0), (1, 10)), "没有定论", "untested"),
]


@pytest.mark.parametrize(("counts", "zh", "en"), VERDICTS, ids=range(4))
def test_the_verdict_is_said_in_words(counts, zh, en):
    found = effect([counts])
    for language, begins in (("zh", f"结论：{zh}"), ("en", f"Verdict: {en}")):
        assert repr(effect_table(found, language)).splitlines()[-1].startswith(begins)


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_and_text_say_the_same(language):
    table = effect_table(
        effect([((30, 100), (10, 100)), ((0, 0), (2, 5))], excluded=1200), language
    )
    tree = ET.fromstring(table._repr_html_())  # noqa: S314 - our own HTML, which is XML too
    cells = ["".join(one.itertext()) for one in tree.iter("td")]
    assert len(cells) == 7
    assert all(one in repr(table) for one in cells)
    assert "30.0%" in cells[0]
    assert "3.00" in cells[3]
    assert cells[5] == "1,200"


def test_a_lesson_compares_rows():
    rows = [{"late": place < 20, "bad": place % 4 == 0} for place in range(40)]
    table = lesson("n03", "en").compare(rows, "late", "bad")
    assert repr(table).splitlines()[0] == "Rows with the factor: 5 of 20, 25.0%"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "table"), [("issue", "A.tickets"), ("team", "C.agents")])
def test_every_code_of_a_column_has_a_name(kind, table, language):
    used = {row[kind] for row in typed_rows(table)}
    assert code_names(kind, language).keys() == used
    assert lesson("n03", language).names(kind) == code_names(kind, language)


def test_an_unknown_kind_of_code_is_answered_with_the_known_ones():
    with pytest.raises(UnknownNameError, match='Did you mean "issue"'):
        code_names("issues", "en")
