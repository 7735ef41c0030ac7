"""What the editors are told while one writes: notes, pictures, badges, files."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrain.causes.case_test import CauseTest
from cstrain.causes.exchange import export_text
from cstrain.causes.fish import REASONS as FISH_REASONS
from cstrain.causes.fishbone import Fishbone
from cstrain.causes.merging import merge
from cstrain.causes.tree import WhyNode, WhyTree
from cstrain.causes.whys import KINDS
from cstrain.drawing.preview import preview_view
from cstrain.drawing.rca_notes import fish_codes, notes_said, why_codes
from cstrain.drawing.view import field_view
from cstrain.language import Text
from cstrain.library.toml_file import CONTENT, read_toml
from cstrain.library.words import messages
from cstrain.model import Field
from cstrain.shapes.table_of import SHAPES
from cstrain.table_reader import TableReader

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
NOTES = messages()["rca_notes"]
OF_CASES = {"case_field": "case", "cards": {one: f"evidence_{one}" for one in "ABC"}}
TEST = {"case": "A", "factor": "D1", "rows": "since_page", "strata": "page"}


def field(shape, **raw):
    params = SHAPES[shape].load(TableReader("trial", raw))
    return Field("it", shape, Text(zh="练习", en="The field"), None, True, params)  # noqa: FBT003


WHYS, FISH = field("why_tree", **OF_CASES), field("fishbone", **OF_CASES)


def tree(*lines, problem="Calls wait at 18:00", **more):
    nodes = [
        WhyNode(f"n{at}", f"n{at - 1}" if at > 1 else "", line, **more)
        for at, line in enumerate(lines, 1)
    ]
    return WhyTree(problem, (), tuple(nodes))


def codes_of(found, key):
    return [code for code, _ in found.get(key, [])]


@pytest.mark.parametrize(
    ("lines", "key", "code"),
    [
        (["Calls wait at 18:00"], "n1", "restates_problem"),
        (["The agents are lazy"], "n1", "blame"),
        (["座席没有责任心"], "n1", "blame"),
        (["We should hire more people"], "n1", "proposal"),
        (["应该多招几个人"], "n1", "proposal"),
        (["One agent on duty at 18:00"], "n1", "no_evidence"),
        (["One agent on duty at 18:00"], "n1", "levels_short"),
        (
            ["One agent on duty", "The meeting is at 18:00", "One agent on duty"],
            "n3",
            "restates_level",
        ),
    ],
    ids=str,
)
def test_a_level_is_told_what_it_is(lines, key, code):
    assert code in codes_of(why_codes(tree(*lines)), key)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_many_causes_only_those_that_share_wording_are_asked_about(language):
    lines = (CORPUS / "fishbone" / "held_out_1.jsonl").read_text(encoding="utf-8").splitlines()
    found = [one for one in map(json.loads, lines) if one["lang"] == language]
    clean = {one["family"]: one for one in found if not one["labels"]["duplicate_groups"]}
    texts = [cause["text"] for one in clean.values() for cause in one["causes"]][:60]
    assert len(texts) == 60
    texts.append(texts[0].replace(" ", "  ") + "!")
    causes = [{"id": f"c{n}", "category": "people", "text": one} for n, one in enumerate(texts)]
    codes = fish_codes(Fishbone.from_plain({"causes": causes})[0])
    told = [one["id"] for one in causes if "cause_double" in codes_of(codes, one["id"])]
    assert told[-1] == "c60"
    assert len(told) <= 5  # the judge alone: 12 in Chinese, 9 in English


def test_a_broken_link_and_evidence_change_what_is_said():
    found = why_codes(tree("One agent on duty", back_test=False, evidence=("A1",)))
    assert "link_broken" in codes_of(found, "n1")
    assert "no_evidence" not in codes_of(found, "n1")


def test_a_level_on_two_paths_is_told_once():
    nodes = (
        WhyNode("n1", "", "The agents are lazy"),
        WhyNode("n2", "n1", "The roster is old"),
        WhyNode("n3", "n1", "The system is slow"),
    )
    assert codes_of(why_codes(WhyTree("Calls wait", (), nodes)), "n1").count("blame") == 1


def test_every_code_of_the_judges_has_its_sentence():
    told = {*KINDS, "consequence"} - {"cause", "placeholder"}
    told |= {f"cause_{one}" for one in ("solution", "symptom", "vague")}
    told |= {f"head_{one}" for one in FISH_REASONS["head"]}
    told -= {"head_problem", "head_problem_without_size", "head_empty"}
    assert told <= set(NOTES)


def test_every_sentence_is_written_somewhere():
    source = (CONTENT.parent / "drawing" / "rca_notes.py").read_text(encoding="utf-8")
    whole = {key for key in NOTES if f'"{key}"' in source}
    put_together = {one for one in NOTES if re.match(r"(head|cause)_", one)} | set(KINDS)
    assert set(NOTES) == whole | (put_together & set(NOTES))


def test_causes_of_a_fishbone():
    plain = {
        "head": {"statement": "Negative reviews rose", "value": "9%", "standard": "4%"},
        "causes": [
            {"id": "c1", "category": "people", "text": "The girls are careless"},
            {"id": "c2", "category": "process", "text": "Nobody checks a page before release"},
            {"id": "c3", "category": "process", "text": "nobody checks a page before release!"},
        ],
        "measures": [{"id": "m1", "text": "Check it"}, {"id": "m2", "text": "check it."}],
        "whys": {"c2": [{"id": "n1", "text": "There is no step for it"}]},
    }
    found = fish_codes(Fishbone.from_plain(plain)[0])
    assert codes_of(found, "c1") == ["blame"]
    assert "cause_double" in codes_of(found, "c3")
    assert codes_of(found, "m2") == ["measure_double"]
    assert "levels_short" in codes_of(found, "c2/n1")
    for language in ("zh", "en"):
        assert all(one["html"] for many in notes_said(found, language).values() for one in many)


def test_a_head_without_a_size_is_asked_for_it():
    assert codes_of(fish_codes(Fishbone.from_plain({"head": "Reviews got worse"})[0]), "head")
    assert not fish_codes(Fishbone())["head"]


def test_the_picture_is_escaped_and_described():
    answer = tree("<svg onload=alert(1)>", "x" * 5000).as_plain()
    shown = preview_view(WHYS, {"answer": answer, "case": "A"}, "", "en")
    assert shown["picture"].startswith("<svg")
    assert "<svg onload" not in json.dumps(shown)
    assert "<desc>" in shown["picture"]


def test_badges_are_computed_and_open_tests_have_none():
    causes = [
        {"id": "c1", "category": "people", "text": "a", "test": TEST},
        {"id": "c2", "category": "people", "text": "b", "test": {**TEST, "rows": ""}},
        {"id": "c3", "category": "people", "text": "c", "test": {**TEST, "factor": "moon"}},
    ]
    badges = preview_view(FISH, {"answer": {"causes": causes}}, "", "en")["badges"]
    assert (badges["c1"]["verdict"], badges["c1"]["open"]) == ("rejected", False)
    assert badges["c1"]["text"].startswith("0.98 (0.82–1.17)")
    assert badges["c2"]["open"]
    assert badges["c3"]["open"]


def test_a_why_before_the_data_of_a_case_has_its_badge_everywhere():
    why = {"id": "n1", "text": "The agents are new", "test": TEST}
    of_tree = {"answer": {"nodes": [why]}, "case": "A"}
    assert preview_view(WHYS, of_tree, "", "en")["badges"]["n1"]["verdict"] == "rejected"
    dug = {"causes": [{"id": "c1", "category": "people", "text": "a"}], "whys": {"c1": [why]}}
    found = preview_view(FISH, {"answer": dug, "case": "A"}, "", "en")
    assert found["badges"]["c1/n1"]["text"].startswith("0.98 (0.82–1.17)")
    told = preview_view(WHYS, {**of_tree, "act": "markdown"}, "act", "en")["markdown"]
    assert "rejected by the data" in told
    merged = merge([Fishbone.from_plain(dug)[0]] * 2).fishbone
    assert merged.whys["c1"][0].test == CauseTest(**TEST)


@pytest.mark.parametrize("text", ["{", "[]", '{"format": "cstrain.fishbone"}', 7, None])
def test_a_file_that_does_not_fit_is_told(text):
    shown = preview_view(WHYS, {"act": "import", "text": text}, "act", "zh")
    assert shown["answer"] is None
    assert shown["told"]


def test_a_file_comes_back_as_it_went():
    made = tree("a", "b")
    shown = preview_view(WHYS, {"act": "import", "text": export_text(made)}, "act", "en")
    assert shown["answer"] == made.as_plain()
    assert len(shown["told"]) == 1


def test_mends_are_said():
    text = json.dumps(
        {"format": "cstrain.why_tree", "version": 9, "nodes": [{"id": "a", "parent": "a"}]}
    )
    shown = preview_view(WHYS, {"act": "import", "text": text}, "act", "en")
    assert len(shown["told"]) >= 3


@pytest.mark.parametrize("shown_field", [WHYS, FISH], ids=["why_tree", "fishbone"])
@given(
    asked=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=12),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["answer", "act", "text", "texts", "case", "nodes", "causes", "id", "parent", "test",
                     "head", "whys", "import", "merge", "markdown"]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=15,
    ),
    part=st.sampled_from(["", "act", "other"]),
)  # fmt: skip
@settings(max_examples=120)
def test_whatever_is_asked_is_answered(shown_field, asked, part):
    json.dumps(preview_view(shown_field, asked, part, "zh"))


def test_a_view_has_cards_words_and_tests():
    for language in ("zh", "en"):
        view = field_view(FISH, language)
        assert [len(view["decks"][case]) for case in "ABC"] == [24, 24, 24]
        assert set(view["tests"]) == set(field_view(WHYS, language)["tests"]) == set("ABC")
        assert set(view["said"]) == set(read_toml(CONTENT / "rca_editor_words.toml"))
        assert len(view["schemes"]) == 4
    assert field_view(field("fishbone", tests=False), "en")["tests"] == {}
    assert field_view(field("why_tree"), "en")["tests"] == {}


def test_sixty_causes_are_answered_soon():
    causes = [
        {"id": f"c{at}", "category": "people", "text": f"Cause number {at} of shift {at * 7}"}
        for at in range(60)
    ]
    preview_view(FISH, {"answer": {"causes": causes}}, "", "en")
    begin = time.perf_counter()
    preview_view(FISH, {"answer": {"causes": causes}}, "", "en")
    assert time.perf_counter() - begin < 2  # about 0.06 s when nothing else runs


def test_merging_says_what_did_not_fit():
    one = Fishbone.from_plain({"causes": [{"id": "c1", "category": "people", "text": "a b c"}]})[0]
    texts = [export_text(one), export_text(tree("a")), "{"]
    shown = preview_view(
        FISH, {"act": "merge", "texts": texts, "answer": one.as_plain()}, "act", "en"
    )
    assert len(shown["answer"]["causes"]) == 1
    assert len(shown["told"]) == 3
    none = preview_view(FISH, {"act": "merge", "texts": ["{"]}, "act", "en")
    assert none["answer"] is None
    assert none["told"]
