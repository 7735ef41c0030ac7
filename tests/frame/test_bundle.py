"""The bundle is one module, its words are in content, its style stays below `.cstrain`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from cstrain import ui
from cstrain.errors import CstrainError
from cstrain.library.toml_file import CONTENT
from cstrain.shapes.form import _INSIDE
from cstrain.shapes.table_of import SHAPES
from cstrain.ui import frame

STATIC = Path(ui.__file__).parent / "static"
SCRIPTS = sorted(STATIC.rglob("*.js"))
WORDS = tomllib.loads((CONTENT / "words.toml").read_text(encoding="utf-8"))
_SAID = re.compile(r"\bsay\(([^()]*)")
_KEY = re.compile(r'"([a-z_]+)"')
# Keys that the frame puts together out of an outcome.
OUTCOMES = {
    f"outcome_{one}" for one in ("passed", "partly", "failed", "not_attempted", "unreadable")
}


RCA = tomllib.loads((CONTENT / "rca_editor_words.toml").read_text(encoding="utf-8"))
PACKAGE = STATIC.parent.parent


def used_words():
    text = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    direct = {key for said in _SAID.findall(text) for key in _KEY.findall(said)}
    direct |= set(re.findall(r'step\("([a-z_]+)"', text))
    return (direct - {"check"}) | OUTCOMES | {"check", "points"}


def test_every_word_of_the_frame_stands_in_content_and_none_is_left_over():
    assert used_words() == set(WORDS)


def test_every_word_of_the_editors_is_used_and_every_used_one_is_there():
    """The editors say `tell("key")`; printed forms and previews name the same words."""
    scripts = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    places = [*PACKAGE.glob("shapes/*.py"), *PACKAGE.glob("drawing/rca_*.py")]
    python = "".join(path.read_text(encoding="utf-8") for path in places)
    told = set(re.findall(r'\btell\((?:\w+(?:\.\w+)* \? )?"([a-z_0-9]+)"', scripts))
    assert told <= set(RCA)
    put_together = {key for key in RCA if re.fullmatch(r"step_\d", key)}
    put_together |= {"statement", "metric", "value", "standard"}
    put_together |= {"supported", "rejected", "untested"}
    named = set(re.findall(r"[\"']([a-z_0-9]+)[\"']", scripts + python))
    left = set(RCA) - named - put_together
    assert left == set()


@pytest.mark.parametrize("key", sorted(RCA))
def test_a_word_of_the_editors_has_the_same_placeholders(key):
    zh, en = (sorted(re.findall(r"\{\w+\}", RCA[key][one])) for one in ("zh", "en"))
    assert zh == en
    assert set(RCA[key]) == {"zh", "en"}


@pytest.mark.parametrize("key", sorted(WORDS))
def test_both_languages_of_a_word_have_the_same_placeholders(key):
    zh, en = (sorted(re.findall(r"\{\w+\}", WORDS[key][one])) for one in ("zh", "en"))
    assert zh == en
    assert set(WORDS[key]) == {"zh", "en"}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_holds_no_chinese_and_no_sentence(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", text)
    code = re.sub(r"^\s*(//|/\*|\*).*$", "", text, flags=re.MULTILINE)
    strings = re.findall(r'"([^"\n]*)"|`([^`]*)`', code)
    # Two plain words and an end mark, or four words in a row: a sentence, not a class list.
    prose = re.compile(r"^[A-Z][a-z]+( [a-z]+){2,}|[a-z]+ [a-z]+[.!?]$")
    assert [one for pair in strings for one in pair if prose.search(one)] == []


def test_the_bundle_is_one_module_with_one_default_export():
    source = frame.frame_source()
    assert re.findall(r"^(?:import|export)\b.*$", source, re.MULTILINE) == [
        "export default { render };"
    ]
    assert "http" not in source


def test_every_shape_of_the_checker_has_a_form():
    listed = re.search(r"^const SHAPES = \{ (.*) \};$", frame.frame_source(), re.MULTILINE)
    assert listed
    names = set(re.findall(r"(\w+): \1Shape", listed[1]))
    assert names == set(SHAPES) | set(_INSIDE)


def test_a_name_in_two_files_is_refused():
    with pytest.raises(CstrainError, match="twice"):
        frame._refuse_double_names(["once", "twice", "twice"])


def test_every_rule_of_the_style_sheet_stays_below_our_own_blocks():
    css = re.sub(r"/\*.*?\*/", "", frame.frame_css(), flags=re.DOTALL)
    css = re.sub(r"@keyframes [^{]+\{[^{}]*\{[^{}]*\}\s*\}", "", css)
    css = re.sub(r"@(?:media|container)[^{]+\{", "", css)
    selectors = [one.strip() for one in re.findall(r"([^{};]+)\{", css)]
    assert len(selectors) > 100
    assert [one for one in selectors if any(".cstrain" not in part for part in _parts(one))] == []
    assert "url(" not in css


def _parts(selector):
    # Commas inside :is(...) do not part selectors.
    while (flat := re.sub(r"\([^()]*\)", "", selector)) != selector:
        selector = flat
    return [one for one in selector.split(",") if one.strip()]
