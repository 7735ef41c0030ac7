"""The word lists: readable, both languages present, found as whole words."""

from cstrain.library.toml_file import CONTENT, read_toml
from cstrain.text.lexicon import lists, make_lexicon
from cstrain.text.normalise import fold

LEXICON = make_lexicon({"a": ["complain*", "first call"], "b": ["满意", "满意度"]})


def test_words_are_found_whole():
    text = "complaints, first-call and firstcall"
    found = [text[h.start : h.end] for h in LEXICON.scan(text)["a"]]
    assert found == ["complaints", "first-call"]


def test_the_longest_word_wins():
    text = "满意度"
    assert [text[h.start : h.end] for h in LEXICON.scan(text)["b"]] == ["满意度"]


def test_every_list_is_used_and_has_words():
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("text", "rules")
        for path in (CONTENT.parent / folder).glob("*.py")
    )
    groups = ("c_", "g_", "o_", "f_")
    assert [tag for tag in lists() if not tag.startswith(groups) and f'"{tag}"' not in code] == []
    assert all(lists().values())
    assert all(word == word.strip() for words in lists().values() for word in words)


def test_traditional_and_simplified_are_in_step():
    raw = read_toml(CONTENT / "lexicon" / "traditional.toml")
    assert len(raw["traditional"]) == len(raw["simplified"]) == len(set(raw["traditional"]))
    assert not set(raw["traditional"]) & set(raw["simplified"])


def test_folded_text_leads_back_to_the_original():
    raw = "提升\u200b滿意度至９０％"
    folded = fold(raw)
    assert folded.text == "提升满意度至90%"
    assert folded.span(2, 5).text == "滿意度"
    assert folded.span(6, 9).text == "９０％"
