"""Data cards: what a table holds and how it was made, as the output of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from cstrain.datasets import CASES, Column, Table, card_text, case_title, dataset_names, table
from cstrain.html import inline, markdown
from cstrain.html import table as html_table
from cstrain.language import HTML_LANG, Language, as_language
from cstrain.library.words import words

# The card's own list of columns, which is shown with types and units in its place.
_COLUMNS: Final = re.compile(r"^\|[^\n]*\n\| --- \| --- \|\n(?:\| `[^\n]*\n?)+", re.MULTILINE)


class DataCard:
    """A card in one language: HTML in a notebook, plain text everywhere else."""

    def __init__(self, language: Language, title: str, text: str, html: str) -> None:
        self._lang = HTML_LANG[language]
        self._title, self._text, self._html = title, text, html

    def __repr__(self) -> str:
        return f"{self._title}\n\n{self._text}"

    def _repr_html_(self) -> str:
        return (
            f'<section class="cstrain cstrain-sheet cstrain-data-card" lang="{self._lang}">'
            f"<h4>{inline(self._title)}</h4>"
            f'<div style="overflow-x:auto">{self._html}</div></section>'
        )


def data_card(name: str = "", language: str = "zh") -> DataCard:
    """Return the card of a table, of a case ("A"), or without a name the list of all tables.

    An unknown name is answered with the nearest one.
    """
    known = as_language(language)
    if not name:
        return _overview(known)
    title, _, text = card_text(name, known).partition("\n")
    html = markdown(text) if name in CASES else _with_types(table(name), text, known)
    return DataCard(known, title.removeprefix("# "), text.strip(), html)


def _with_types(about: Table, text: str, language: Language) -> str:
    """Return the text as HTML, with types and units in its list of columns."""
    use = words("data_words", language)["in_code"].format(name=about.name)
    before, after = _COLUMNS.split(f"{text}\n", maxsplit=1)
    columns = _columns(about.columns, language)
    return markdown(before) + columns + markdown(f"{use}\n\n{after}")


def _columns(columns: tuple[Column, ...], language: Language) -> str:
    said = words("data_words", language)
    lines = []
    for meaning, group in groupby(columns, key=lambda one: one.meaning):
        alike = list(group)
        names = " ".join(f"`{one.name}`" for one in alike)
        lines.append([names, _type(alike[0], said), meaning[language]])
    return html_table([said[one] for one in ("column", "type", "meaning")], lines)


def _type(column: Column, said: Mapping[str, str]) -> str:
    """Return a column's type with its unit, and whether cells may be empty."""
    kind = said[f"type_{column.kind}"]
    if column.unit:
        kind = said["in_unit"].format(type=kind, unit=said[f"unit_{column.unit}"])
    return said[f"empty_{column.empty}"].format(type=kind)


def _overview(language: Language) -> DataCard:
    said = words("data_words", language)
    text = "\n\n".join(f"**{title}**\n\n{rows}" for title, rows in _shelf_tables(language))
    return DataCard(language, said["all_tables"], text, markdown(text))


def _shelf_tables(language: Language) -> Iterator[tuple[str, str]]:
    said = words("data_words", language)
    head = "| {table} | {rows} | {content} | {lessons} |".format_map(said)
    for shelf, group in groupby(dataset_names(), key=lambda name: name.rpartition(".")[0]):
        title = case_title(shelf)
        lines = [head, "| --- | ---: | --- | --- |"]
        for one in map(table, group):
            used = " ".join(lesson.upper() for lesson in one.lessons)
            lines.append(f"| `{one.name}` | {one.rows:,} | {one.title[language]} | {used} |")
        yield (title[language] if title else said["small_tables"]), "\n".join(lines)
