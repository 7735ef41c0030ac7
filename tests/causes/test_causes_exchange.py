"""Files of fishbones and why trees: whatever stands in them, nothing is raised or lost unsaid."""

from __future__ import annotations

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies_rca import ANYTHING, FISHBONE_VALUES, FISHBONES, TREES

from cstrain.causes import (
    Cause,
    CauseTest,
    Fishbone,
    Head,
    Imported,
    Measure,
    WhyNode,
    WhyTree,
    export_text,
    merging,
    read_export,
)
from cstrain.causes import exchange as files
from cstrain.causes import mends as mending
from cstrain.causes.exchange import read_plain
from cstrain.causes.markdown import fishbone_markdown, plain_line, why_markdown
from cstrain.library.words import messages, texts
from cstrain.wording import sentence

TREE = WhyTree("等得太久", ("C01",), (WhyNode("n1", "", "“人手”<svg onload=1>\n不够"),))


def file(**changes) -> str:
    return json.dumps({"format": "cstrain.why_tree", "version": 1, **changes})


def codes(data) -> list[str]:
    return [one.code for one in read_export(data).mends]


# --- there and back ------------------------------------------------------------------------


@given(TREES | FISHBONES)
def test_what_is_exported_comes_back_the_same(model):
    text = export_text(model)
    assert read_export(text) == Imported(model)
    assert read_export(text.encode()) == Imported(model)


def test_a_file_says_what_it_is():
    raw = json.loads(export_text(TREE))
    assert (raw["format"], raw["version"]) == ("cstrain.why_tree", 1)
    assert "等得太久" in export_text(TREE)
    assert read_export(export_text(TREE)).format == "cstrain.why_tree"
    assert read_export(export_text(Fishbone())).format == "cstrain.fishbone"
    assert read_export("").format == ""


def test_a_model_made_by_hand_with_half_a_character_can_be_exported():
    assert read_export(export_text(WhyTree("\ud800"))).model == WhyTree("\ufffd")


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_codings(coding):
    assert read_export(export_text(TREE).encode(coding)) == Imported(TREE)


# --- files that hold no model --------------------------------------------------------------

REFUSED = {
    "nothing": (None, "file_foreign"),
    "a number": (7, "file_foreign"),
    "a list": ("[]", "file_foreign"),
    "empty": ("", "file_broken"),
    "not JSON": ("hello", "file_broken"),
    "half a file": (file(problem="late")[:-4], "file_cut"),
    "half a table": ('{"nodes": [', "file_cut"),
    "not text": (b"\x89PNG\r\n\x1a\n\xff\xfe", "file_not_text"),
    "GBK": ("{'等得太久'}".encode("gbk"), "file_not_text"),
    "odd bytes after a mark": (b"\xff\xfe\x00", "file_not_text"),
    "another program's": ('{"format": "xmind", "nodes": []}', "file_foreign"),
    "a format that is no text": ('{"format": ["x"], "nodes": []}', "file_foreign"),
    "a table of something else": ('{"rows": []}', "file_foreign"),
    "nested too deep": ("[" * 200_000, "file_broken"),
    "too many digits": (f'{{"nodes": [{"9" * 20_000}]}}', "file_broken"),
    "10 MB and more": (" " * 10_000_001, "file_too_large"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_refused(data, code):
    found = read_export(data)
    assert found.model is None
    assert [one.code for one in found.mends] == [code]
    assert code in files.REFUSALS


def test_50_megabytes_are_refused_at_once():
    data = b'{"nodes": ["' + b"x" * 50_000_000 + b'"]}'
    start = time.process_time()
    assert codes(data) == ["file_too_large"]
    assert time.process_time() - start < 1


# --- files that are read with care ---------------------------------------------------------

CARE = {
    "newer": (file(version=7, problem="late"), ["file_newer"]),
    "newer, with something new": (file(version=2, mood="good"), ["file_newer", "keys_unknown"]),
    "version is no number": (file(version="one"), ["file_version"]),
    "version is true": (file(version=True), ["file_version"]),
    "no format": ('{"problem": "late", "nodes": []}', ["format_guessed"]),
    "a field twice": ('{"format": "cstrain.why_tree", "version": 1, "problem": "a", "problem": "b"}', ["key_double"]),
    "not finite": (file(nodes=[{"id": "a", "text": float("nan")}]), ["wrong_kind"]),
}  # fmt: skip


@pytest.mark.parametrize(("data", "wanted"), CARE.values(), ids=CARE)
def test_read_with_care(data, wanted):
    found = read_export(data)
    assert isinstance(found.model, WhyTree)
    assert [one.code for one in found.mends] == wanted


def test_the_kind_is_guessed_from_the_fields():
    assert isinstance(read_plain({"causes": []}).model, Fishbone)
    assert isinstance(read_plain({"problem": "late"}).model, WhyTree)
    assert read_plain({"head": {}}).model is None


def test_a_large_file_of_many_unknown_keys_is_read_in_time():
    raw = {f"k{n}": n for n in range(200_000)}
    data = json.dumps({"causes": [raw], "whys": {key: ["x"] for key in raw}})
    start = time.process_time()
    assert [one.code for one in read_export(data).mends][-1] == "more_mends"
    assert time.process_time() - start < 20


@given(st.text() | st.binary() | ANYTHING.map(json.dumps))
def test_nothing_is_ever_raised(data):
    found = read_export(data)
    assert (found.model is None) == (codes(data)[:1] != [] and codes(data)[0] in files.REFUSALS)


@given(ANYTHING | FISHBONE_VALUES)
def test_plain_values_of_any_kind(raw):
    found = read_plain(raw)
    assert found.model is None or read_export(export_text(found.model)).model == found.model


# --- sentences -----------------------------------------------------------------------------


def test_every_code_has_its_sentence_and_every_sentence_its_code():
    known = {*files.CODES, *mending.CODES, *merging.CODES, "merged"}
    assert known == messages()["rca"].keys()


@given(ANYTHING | FISHBONE_VALUES)
def test_every_mend_can_be_said(raw):
    mends = [*Fishbone.from_plain(raw)[1], *WhyTree.from_plain(raw)[1], *read_plain(raw).mends]
    for one in mends:
        for language in ("zh", "en"):
            assert "<" not in re.sub("</?q>", "", said(one, language))


@pytest.mark.parametrize(("data", "code"), [*REFUSED.values()], ids=REFUSED)
def test_every_refusal_can_be_said(data, code):
    for one in read_export(data).mends:
        assert said(one, "zh") != said(one, "en")


def said(mend, language):
    return sentence(messages()["rca"][mend.code], mend.facts, language)


# --- Markdown ------------------------------------------------------------------------------

FISHBONE = Fishbone(
    Head("Reviews <b>", "NEG", "9 %", "4 %"),
    causes=(
        Cause("c1", "process", "", "No check | before *shipping*", 3, top=True, evidence=("A03",)),
        Cause("c2", "process", "c1", "1. nobody owns it", test=CauseTest("A", "D2")),
    ),
    whys={
        "c1": (
            WhyNode("n1", "", "The template takes the carton", ("A06",), back_test=True),
            WhyNode("n2", "n1", "No owner", (), back_test=False, controllable=True),
            WhyNode("n3", "n1", "No release step", controllable=False),
        )
    },
    measures=(Measure("m1", "Check\nfirst", "c1", 5, 2, "Li", chosen=True), Measure("m2")),
)


def test_a_fishbone_in_english():
    lines = fishbone_markdown(FISHBONE, "en", {"c1": "supported"}).splitlines()
    assert lines[0] == "# Fishbone: Reviews &lt;b&gt;"
    assert lines[lines.index("### Process") + 2 : lines.index("### Policy") - 1] == [
        r"- No check \| before \*shipping\* (votes: 3; marked as likely; evidence: A03; supported by the data)",
        r"  - 1\. nobody owns it (put before the data: A, D2)",
    ]
    assert "- Why 1: The template takes the carton (evidence: A06; “therefore” holds)" in lines
    assert "  - Why 2: No owner (“therefore” does not hold; we can change it)" in lines
    assert r"| Check first | No check \| before \*shipping\* | 5 | 2 | 2.5 | Li | yes |" in lines
    assert "| (not filled in) |  |  |  |  |  |  |" in lines


def test_a_fishbone_in_chinese():
    text = fishbone_markdown(FISHBONE, "zh")
    for one in ("# 鱼骨图：", "### 流程", "3票；重点原因；证据：A03", "## 五问法：", "| 对策 |"):
        assert one in text


def test_a_chain_stays_flat():
    chain = tuple(WhyNode(f"n{n}", f"n{n - 1}" if n > 1 else "", "x") for n in range(1, 13))
    lines = why_markdown(WhyTree("p", ("A1",), chain), "zh").splitlines()
    assert lines[0] == "# 五问法：p"
    assert [one for one in lines if one.startswith("- ")] == [f"- 第{n}问：x" for n in range(1, 13)]


@given(FISHBONES, TREES)
def test_markdown_holds_every_text_and_no_markup_of_the_learner(fishbone, tree):
    for language in ("zh", "en"):
        shown = fishbone_markdown(fishbone, language) + why_markdown(tree, language)
        assert "<" not in shown
        for one in (*fishbone.causes, *fishbone.measures, *tree.nodes):
            assert plain_line(one.text) in shown


def test_5000_nodes_as_markdown():
    comb = tuple(WhyNode(f"n{n}", "" if n < 2 else f"n{n - n % 2 - 2}", "x") for n in range(5000))
    start = time.process_time()
    assert len(why_markdown(WhyTree("p", (), comb), "en")) < 1_000_000
    assert time.process_time() - start < 10


def test_words_have_both_languages():
    assert all(one.zh and one.en for one in texts("rca_words").values())
