"""A Sphinx extension: what the book's search looks through, section by section, in one file.

It takes the place of Sphinx's own index, which knows pages only and cuts no Chinese query.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from docutils import nodes  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

from builder.entries import GLOSSARY_PAGE, KPI_PAGE, Entry, entries
from cstrain.kpi.definitions import definition
from cstrain.language import LANGUAGES, Language, as_language
from cstrain.library.exercises import exercise
from cstrain.library.words import words

DATA: Final = "search_data.js"
_EXERCISE: Final = re.compile(r'class="cstrain-exercise" id="([^"]+)" data-exercise="([^"]+)"')
_RECORD: Final = 'class="cstrain-record"'
# What is shown otherwise or not at all; an exercise's title is its h3.
_UNREAD: Final = re.compile(r"(?s)<(script|style|h3)\b.*?</\1>|<!--.*?-->")
_TAG: Final = re.compile(r"<[^>]*>")
_HAN: Final = re.compile("[\u3400-\u9fff]{2,}")
_FOUND_ELSEWHERE: Final = frozenset({GLOSSARY_PAGE, KPI_PAGE})
_NOT_SEARCHED: Final = frozenset({"genindex", "search"})


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("builder-inited", _replace_search)
    app.connect("html-collect-pages", _search_page)
    app.connect("html-page-context", _collect)
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": False}


def _replace_search(app: Sphinx) -> None:
    app.builder.search = False  # type: ignore[attr-defined]
    app.add_js_file(f"../{app.config.cstrain_host}find.js", loading_method="defer")
    app.add_js_file(f"../{app.config.cstrain_host}terms.js", loading_method="defer")
    app.add_css_file(f"../{app.config.cstrain_host}find.css")
    app.cstrain_found = []  # type: ignore[attr-defined]


def _search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    said = words("find_words", as_language(app.config.cstrain_language))
    yield "search", {"title": said["search"], "find_words": said}, "search.html"


def _collect(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: object
) -> None:
    language = as_language(app.config.cstrain_language)
    context["cstrain_find_failed"] = words("find_words", language)["search_failed"]
    if isinstance(doctree, nodes.document) and page not in _NOT_SEARCHED:
        app.cstrain_found += _of_page(page, doctree)  # type: ignore[attr-defined]


def _of_page(page: str, doctree: nodes.document) -> Iterator[dict[str, Any]]:
    """Return a page's sections and exercises; the first section stands for the page."""
    title = ""
    for place, section in enumerate(doctree.findall(nodes.section)):
        heading = section.next_node(nodes.title)
        name = heading.astext() if heading else ""
        title = title or name
        url = f"{page}.html" if place == 0 else f"{page}.html#{section['ids'][0]}"
        own = [] if page in _FOUND_ELSEWHERE else list(_own_nodes(section))
        text = " ".join(filter(None, map(_text, own)))
        if place == 0 or own:
            yield {"kind": "section", "title": name, "page": title, "url": url, "text": text}
        for one in own:
            yield from _exercises(page, title, one)


def _own_nodes(section: nodes.section) -> Iterator[nodes.Node]:
    """Return what stands in a section itself, not in the sections inside it."""
    for child in section.children:
        if not isinstance(child, (nodes.section, nodes.title)):
            yield child


def _text(node: nodes.Node) -> str:
    if isinstance(node, nodes.raw):
        source = node.astext()
        return "" if _EXERCISE.search(source) or _RECORD in source else _plain(source)
    if isinstance(node, (nodes.Text, nodes.literal_block, nodes.comment)):
        return node.astext() if isinstance(node, nodes.Text) else ""
    if isinstance(node, nodes.image):
        return str(node.get("alt", ""))
    inline = isinstance(node, (nodes.Inline, nodes.TextElement))
    return ("" if inline else " ").join(filter(None, map(_text, node.children)))


def _plain(source: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", _UNREAD.sub(" ", source))).split())


def _exercises(page: str, title: str, node: nodes.Node) -> Iterator[dict[str, Any]]:
    for raw in node.findall(nodes.raw):
        source = raw.astext()
        for hit in _EXERCISE.finditer(source):
            yield {
                "kind": "exercise",
                "title": hit[2],
                "page": title,
                "url": f"{page}.html#{hit[1]}",
                "text": _plain(source),
            }


def _entries(language: Language) -> Iterator[dict[str, Any]]:
    """Return a result for each term and each KPI card; `same` is its place among the synonyms."""
    said = words("find_words", language)
    for place, one in enumerate(entries()):
        for kind, page, anchor in (
            ("kpi", KPI_PAGE, one.kpi),
            ("term", GLOSSARY_PAGE, "" if one.kpi else one.term),  # the card says it all
        ):
            if anchor:
                yield {
                    "kind": kind,
                    "title": one.name[language] if kind == "term" else _card_title(one, language),
                    "page": said["kpi" if kind == "kpi" else "glossary"],
                    "url": f"{page}.html#{anchor}",
                    "text": one.meaning[language],
                    "same": place,
                }


def _card_title(one: Entry, language: Language) -> str:
    facts = {"name": definition(one.kpi).name[language], "code": one.kpi}
    return words("find_words", language)["kpi_title"].format_map(facts)


def synonyms(one: Entry) -> list[str]:
    """Return all ways of writing an entry in both languages, each once."""
    forms = [form for language in LANGUAGES for form in one.forms[language]]
    names = [one.name[language] for language in LANGUAGES]
    return list(dict.fromkeys([*forms, *names, *one.others]))


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None:
        return
    language = as_language(app.config.cstrain_language)
    found = list(app.cstrain_found)  # type: ignore[attr-defined]
    for one in found:
        if one["kind"] == "exercise":
            about = exercise(one["title"])
            one["title"] = f"Q{about.number} {about.title[language]}"
    found += _entries(language)
    same = [synonyms(one) for one in entries()]
    said = words("find_words", language)
    data = {
        "entries": found,
        "same": same,
        "words": _han_words(found, same) if language == "zh" else [],
        "stop": " ".join(words("find_words", one)["search_stop"] for one in LANGUAGES).split(),
        "said": {key: one for key, one in said.items() if key.startswith(("search", "kind"))},
    }
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    stemmer = SearchEnglish.js_stemmer_code
    source = f"{stemmer}\nwindow.cstrainSearch = {{data: {text}, Stemmer}};\n"
    (Path(app.outdir) / DATA).write_text(source, encoding="utf-8")


def _han_words(found: Sequence[dict[str, Any]], same: Sequence[Sequence[str]]) -> list[str]:
    """Return the words of the Chinese texts; jieba is told those of our trade first."""
    import jieba  # type: ignore[import-untyped]  # noqa: PLC0415 - the Chinese book alone needs it

    trade = {run for forms in same for form in forms for run in _HAN.findall(form)}
    for word in sorted(trade):
        jieba.add_word(word)
    runs = {run for one in found for run in _HAN.findall(f"{one['title']} {one['text']}")}
    cut = {word for run in sorted(runs) for word in jieba.cut(run) if len(word) > 1}
    return sorted(cut | trade)
