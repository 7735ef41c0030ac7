"""The glossary: terms in both languages, what they mean, and how running text writes them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from cstrain.errors import ContentError
from cstrain.language import LANGUAGES, Language, Text
from cstrain.library.toml_file import CONTENT, read_toml
from cstrain.table_reader import TableReader

_TERMS: Final = "glossary.csv"
_MEANINGS: Final = "definitions.toml"
_COLUMNS: Final = ("id", "zh", "en", "lesson")
_BRACKETS: Final = re.compile(r"\s*[(\uff08]([^)\uff09]*)[)\uff09]\s*")
_ABBREVIATION: Final = re.compile(r"[A-Z]{2,}")


@dataclass(frozen=True)
class Term:
    """One term: its meaning, or the code of the KPI whose definition card says it.

    `forms` are its ways in running text; `own` says in which languages the word means something
    else outside its lesson.
    """

    id: str
    name: Text
    lesson: str
    meaning: Text | None
    kpi: str | None
    forms: Mapping[Language, tuple[str, ...]]
    own: frozenset[Language]


@cache
def glossary() -> Mapping[str, Term]:
    """Return the terms by id, in the order of glossary.csv; each needs its meaning."""
    meanings = TableReader(_MEANINGS, read_toml(CONTENT / _MEANINGS))
    found = {row["id"]: _term(row, meanings) for row in _rows()}
    meanings.finish()
    return found


def _rows() -> Iterator[Mapping[str, str]]:
    with (CONTENT / _TERMS).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            blank = [key for key in _COLUMNS if not (row.get(key) or "").strip()]
            if blank:
                place = f"{row.get('id')}.{blank[0]}"
                raise ContentError(_TERMS, place, found="nothing", allowed="a text")
            yield row


def _term(row: Mapping[str, str], meanings: TableReader) -> Term:
    key = row["id"]
    if not meanings.has(key):
        raise meanings.wrong(key, "what the term of glossary.csv means, in zh and en")
    reader = meanings.child(key)
    name = Text(row["zh"].strip(), row["en"].strip())
    made = Term(
        key,
        name,
        row["lesson"].strip(),
        None if reader.has("kpi") else Text(reader.string("zh"), reader.string("en")),
        reader.string("kpi") if reader.has("kpi") else None,
        {one: _forms(name[one], reader, f"forms_{one}") for one in LANGUAGES},
        frozenset(one for one in LANGUAGES if reader.flag(f"own_{one}", default=False)),
    )
    reader.finish()
    return made


def _forms(name: str, reader: TableReader, key: str) -> tuple[str, ...]:
    if reader.has(key):
        return reader.strings(key)
    short = [one for one in _BRACKETS.findall(name) if _ABBREVIATION.fullmatch(one)]
    return (_BRACKETS.sub(" ", name).strip(), *short)
