"""A trainer's mistakes in an exercise file: each names file, key, what was found, what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstrain.errors import ContentError, CstrainError
from cstrain.library.exercises import load_exercise
from cstrain.library.toml_file import read_toml
from cstrain.table_reader import TableReader

GOOD = """
number = 1
kind = "MC"
points = 4
minutes = 5
title = { zh = "选一个", en = "Choose one" }
task = { zh = "选出对的。", en = "Choose the right one." }
[[fields]]
key = "pick"
shape = "choice"
label = { zh = "答案", en = "Answer" }
options = [{ key = "a", zh = "甲", en = "A" }, { key = "b", zh = "乙", en = "B" }]
[[criteria]]
key = "pick"
points = 4
rule = "choice_equals"
fields = ["pick"]
title = { zh = "选择", en = "Choice" }
why = { zh = "甲是对的。", en = "A is right." }
next = { zh = "再看一遍。", en = "Look again." }
params = { expect = "a" }
[[hints]]
zh = "一"
en = "one"
[[hints]]
zh = "二"
en = "two"
[[hints]]
zh = "三"
en = "three"
[model]
answer = { pick = "a" }
note = { zh = "甲。", en = "A." }
[[samples]]
name = "right"
answer = { pick = "a" }
points = 4
[[samples]]
name = "right_again"
answer = { pick = "a", extra = 1 }
points = 4
[[samples]]
name = "wrong"
answer = { pick = "b" }
points = 0
[[samples]]
name = "empty"
answer = {}
points = 0
"""

MISTAKES = {
    "missing language": ('en = "Choose one"', 'fr = "Choisir"', "title.en", "zh and en"),
    "blank language": ('zh = "选一个"', 'zh = "  "', "title.zh", "zh and en"),
    "unknown shape": ('shape = "choice"', 'shape = "choise"', "fields[0].shape", '"choice"'),
    "unknown key": ("minutes = 5", "minuts = 5", "minuts", '"minutes"'),
    "option twice": ('key = "b", zh', 'key = "a", zh', "options[1].key", "no other"),
    "field unknown": ('fields = ["pick"]', 'fields = ["pik"]', "criteria[0].fields", "pick"),
    "points do not add up": ("points = 4\nminutes", "points = 5\nminutes", "criteria", "exactly 5"),
    "points as text": ("points = 4\nminutes", 'points = "4"\nminutes', "points", "a number"),
    "points nan": ("points = 4\nminutes", "points = nan\nminutes", "points", "a number"),
    "outcome unknown": (
        'name = "wrong"',
        'name = "wrong"\noutcomes = { pick = "half" }',
        "outcomes.pick",
        "partly",
    ),
    "sample name twice": ('name = "wrong"', 'name = "right"', "samples", "only once"),
    "two hints": ('[[hints]]\nzh = "三"\nen = "three"', "", "hints", "at least 3"),
}


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "n99" / "choose.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def test_good_file_loads(tmp_path):
    made = load_exercise(written(tmp_path, GOOD))
    assert made.id == "n99/choose"
    assert made.criteria[0].points == 4
    assert made.title["zh"] == "选一个"


@pytest.mark.parametrize(("old", "new", "key", "allowed"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_names_file_key_found_and_allowed(tmp_path, old, new, key, allowed):
    assert old in GOOD
    with pytest.raises(ContentError) as caught:
        load_exercise(written(tmp_path, GOOD.replace(old, new, 1)))
    said = str(caught.value)
    assert "choose.toml" in said
    assert key in said
    assert allowed in said
    assert "found" in said


def test_byte_order_mark_is_skipped(tmp_path):
    assert load_exercise(written(tmp_path, "\ufeff" + GOOD)).number == 1


def test_gbk_file_is_named_with_its_line(tmp_path):
    with pytest.raises(ContentError, match=r"line 6.*UTF-8"):
        load_exercise(written(tmp_path, GOOD, "gbk"))


@pytest.mark.parametrize("text", ["number = \t", "number == 1", "a = 1\na = 2", "\x00", "[" * 5000])
def test_broken_toml_is_one_sentence(tmp_path, text):
    with pytest.raises(ContentError, match="valid TOML"):
        read_toml(written(tmp_path, text))


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(ContentError, match="readable file"):
        read_toml(tmp_path / "nothing.toml")
    with pytest.raises(ContentError, match="readable file"):
        read_toml(tmp_path)


def test_tabs_between_words_are_fine(tmp_path):
    assert load_exercise(written(tmp_path, GOOD.replace("number = 1", "number\t=\t1"))).number == 1


@pytest.mark.parametrize("raw", [None, 3, "x", [], True])
def test_a_file_that_is_no_table(raw):
    with pytest.raises(CstrainError):
        TableReader("a.toml", raw)
