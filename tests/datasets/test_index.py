"""Index, files, cards and types agree, for every table."""

import re
from html import unescape

import pytest

from cstrain.datasets import (
    CASES,
    card_text,
    dataset_names,
    folder,
    rows,
    table,
    typed_rows,
)
from cstrain.drawing.data_card import data_card
from cstrain.language import LANGUAGES
from cstrain.library.words import words

# Without the tables that somebody keeps on this machine.
NAMES = [name for name in dataset_names(hidden=True) if folder() in table(name).file.parents]
CARD_ROW = re.compile(r"^\| (`.+?`) \| (.+) \|$", re.MULTILINE)


def described(name, language):
    """Return the columns of a card and what each line says."""
    lines = CARD_ROW.findall(card_text(name, language))
    return [(re.findall(r"`([^`]+)`", names), meaning) for names, meaning in lines]


def test_every_file_is_in_an_index_and_the_other_way_round():
    files = {path.relative_to(folder()).as_posix() for path in folder().rglob("*.csv")}
    assert files == {table(name).file.relative_to(folder()).as_posix() for name in NAMES}
    assert len(NAMES) == len(set(NAMES)) == len(files)


def test_every_card_is_that_of_a_table_or_a_case():
    cards = {path.name for path in (folder() / "cards").iterdir()}
    known = [*NAMES, *CASES]
    assert cards == {f"{one.replace('.', '_')}.{lang}.md" for one in known for lang in LANGUAGES}


@pytest.mark.parametrize("name", NAMES)
def test_cells_have_the_type_that_the_index_says(name):
    about = table(name)
    found = typed_rows(name)  # complains about a wrong header, another number of rows, a wrong cell
    assert len(found) == about.rows
    for one in about.columns:
        has_empty = any(row[one.name] == "" for row in rows(name))
        assert has_empty == (one.empty != "never"), f"{one.name} has empty cells: {has_empty}"
        kinds = {type(row[one.name]) for row in found} - {type(None)}
        assert len(kinds) == 1, one.name


@pytest.mark.parametrize("name", NAMES)
def test_numbers_have_a_known_unit(name):
    known = {key.removeprefix("unit_") for key in words("data_words", "en") if "unit_" in key}
    for one in table(name).columns:
        assert one.unit in known | {""}
        assert one.unit or one.kind != "float", f"{one.name} has no unit"
        assert not one.unit or one.kind in {"int", "float"}, f"{one.name} has a unit"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_card_says_what_the_index_says(name, language):
    about = table(name)
    own = name.rpartition(".")[2]
    title = card_text(name, language).splitlines()[0]
    assert title == f"# {own}{'：' if language == 'zh' else ': '}{about.title[language]}"
    flat = [(column, meaning) for group, meaning in described(name, language) for column in group]
    assert flat == [(one.name, one.meaning[language]) for one in about.columns]


@pytest.mark.parametrize("name", NAMES)
def test_lessons_and_recipe_exist(name):
    about = table(name)
    assert about.lessons
    assert all(re.fullmatch(r"n(0[1-9]|1[0-6])", lesson) for lesson in about.lessons)
    assert (folder() / about.recipe).is_file()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_card_tells_purpose_origin_and_that_nobody_is_real(name, language):
    text = card_text(name, language)
    wanted = {
        "zh": ("**用途**", "**怎么来的**", "**许可**", table(name).recipe, "不涉及任何真实的"),
        "en": ("**Purpose**", "**How it was made**", "**Licence**", table(name).recipe, "no real "),
    }
    assert [one for one in wanted[language] if one not in text] == []
    if language == "zh":
        assert not re.search(r"[一-鿿][,;:!?]|[,;:!?][一-鿿]", text.replace("时:分:秒", "")), (
            "half-width punctuation"
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*NAMES, *CASES])
def test_a_card_in_a_notebook(name, language):
    card = data_card(name, language)
    html = card._repr_html_()
    assert "|" not in re.sub(r"<code>.*?</code>", "", html)
    assert repr(card).splitlines()[0] in unescape(re.sub(r"<.*?>", "", html))
    if name in NAMES:
        assert html.count("<tr>") == 1 + len(described(name, language))
        assert f"load_dataset(&quot;{name}&quot;)" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_all_tables(language):
    shown = repr(data_card(language=language))
    assert re.findall(r"\| `(.*?)` \|", shown) == list(dataset_names())
    assert shown.count("**") == 2 * len({one.rpartition(".")[0] for one in dataset_names()})
