"""Vague and blaming words by the rules of the course (section 0.6)."""

import pytest

from cstrain.text.vague import blame_hits, vague_hits

VAGUE = [
    ("always", "尽快提高客户满意度", ["尽快", "提高"]),
    ("number redeems", "满意度由82%提升到87%", []),
    ("number in another clause", "提升满意度，减少投诉3件", ["提升"]),
    ("a date is no number", "在3月31日前提升满意度", ["提升"]),
    ("time redeems", "3天内及时回复", []),
    ("metric name", "有效接听率达到90%，满意度调查", []),
    ("near number", "90%左右", ["左右"]),
    ("about a number", "about 30 calls", ["about"]),
    ("about a topic", "complaints about size", []),
    ("best practice", "Follow best practice", []),
    ("goodwill", "A goodwill payment", []),
    ("whole words", "sometimes something", []),
    ("longest", "as soon as possible", ["as soon as possible"]),
    ("english", "We strive to improve", ["strive", "improve"]),
    ("full width", "尽快把满意度提升到９０％", ["尽快"]),
]


@pytest.mark.parametrize(("name", "text", "wanted"), VAGUE, ids=[v[0] for v in VAGUE])
def test_vague(name, text, wanted):
    hits = vague_hits(text)
    assert [hit.text for hit in hits] == wanted, name
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)


BLAME = [
    ("plain", "员工粗心", ["粗心"]),
    ("person", "客服总是忘记回电", ["总是"]),
    ("process", "The report never reaches the warehouse", []),
    ("person en", "Agents never call back", ["never"]),
    ("neutral", "Zoe and Wu were reading different versions", []),
]


@pytest.mark.parametrize(("name", "text", "wanted"), BLAME, ids=[b[0] for b in BLAME])
def test_blame(name, text, wanted):
    assert [hit.text for hit in blame_hits(text)] == wanted, name
