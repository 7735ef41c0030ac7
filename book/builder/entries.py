"""What can be looked up: the terms of the glossary and the KPIs, each with its addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from cstrain.drawing.kpi_card import card_text
from cstrain.errors import ContentError
from cstrain.goals.metrics import METRICS
from cstrain.kpi.definition import Definition
from cstrain.kpi.definitions import codes, definition
from cstrain.language import LANGUAGES, Language, Text
from cstrain.library.glossary import Term, glossary
from cstrain.library.toml_file import CONTENT, read_toml
from cstrain.library.words import texts
from cstrain.table_reader import TableReader

GLOSSARY_PAGE: Final = "glossary"
KPI_PAGE: Final = "kpi"
_FAMILIES: Final = "kpi_families.toml"


@dataclass(frozen=True)
class Family:
    """KPIs that are looked at together."""

    key: str
    title: Text
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A term, a KPI, or a term that is a KPI.

    `forms` are its ways in running text, `others` what people may also search for. The anchors
    are the same in both languages; "" where there is none.
    """

    name: Text
    meaning: Text
    forms: Mapping[Language, tuple[str, ...]]
    others: tuple[str, ...]
    term: str = ""
    kpi: str = ""
    lesson: str = ""
    own: frozenset[Language] = frozenset()

    @property
    def places(self) -> tuple[str, ...]:
        """Return the addresses, seen from a page of the same language; the best one first."""
        card = (f"{KPI_PAGE}.html#{self.kpi}",) if self.kpi else ()
        return (*card, f"{GLOSSARY_PAGE}.html#{self.term}") if self.term else card


@cache
def families() -> tuple[Family, ...]:
    """Return the families of KPIs; every KPI with a definition is in exactly one."""
    reader = _families_file()
    found = tuple(
        Family(one.string("key"), one.text("title"), one.strings("codes"))
        for one in reader.children("families")
    )
    named = [code for one in found for code in one.codes]
    for code in {*named, *codes()}:
        if named.count(code) != 1 or code not in codes():
            allowed = "each KPI with a definition card, once"
            raise reader.wrong_value("families.codes", f"{code} {named.count(code)} times", allowed)
    return found


@cache
def entries() -> tuple[Entry, ...]:
    """Return all entries: the terms in the order of the glossary, then the KPIs that are none."""
    terms = glossary()
    known = {one.kpi for one in terms.values() if one.kpi}
    for one in terms.values():
        if one.kpi and one.kpi not in codes():
            raise ContentError(
                "definitions.toml", f"{one.id}.kpi", found=one.kpi, allowed="the code of a KPI"
            )
    rest = (code for family in families() for code in family.codes if code not in known)
    return (*map(_of_term, terms.values()), *map(_of_kpi, rest))


def term_anchor(term: str) -> str:
    """Return the anchor of a term in the glossary."""
    return f"term-{term}"


def _families_file() -> TableReader:
    return TableReader(_FAMILIES, read_toml(CONTENT / _FAMILIES))


def _of_term(term: Term) -> Entry:
    place = term_anchor(term.id)
    if term.meaning is not None:
        return Entry(
            term.name, term.meaning, term.forms, (), place, lesson=term.lesson, own=term.own
        )
    about = definition(term.kpi or "")
    forms = {one: _unique((*term.forms[one], about.name[one], about.code)) for one in LANGUAGES}
    return Entry(
        term.name,
        kpi_meaning(about),
        forms,
        _others(about),
        place,
        about.code,
        term.lesson,
        term.own,
    )


def _of_kpi(code: str) -> Entry:
    about = definition(code)
    only_code = code in _families_file().strings("only_code")
    forms = {one: (code,) if only_code else (about.name[one], code) for one in LANGUAGES}
    others = (*_others(about), *(about.name[one] for one in LANGUAGES))
    return Entry(about.name, kpi_meaning(about), forms, others, kpi=code)


def kpi_meaning(about: Definition) -> Text:
    """Return in a sentence or two what a KPI is, made of its definition card."""
    key = {"ratio": "kpi_formula", "quantile": "kpi_quantile"}.get(about.statistic, "kpi_other")
    said = texts("find_words")[key]
    each = {
        one: said[one].format(
            **{part: card_text(about, part, one) for part in ("question", "above", "below")}
        )
        for one in LANGUAGES
    }
    return Text(each["zh"], each["en"])


def _others(about: Definition) -> tuple[str, ...]:
    known = METRICS.get(about.code)
    return tuple(_synonyms(known.synonyms)) if known else ()


def _synonyms(known: Mapping[Language, tuple[str, ...]]) -> Iterator[str]:
    for language in LANGUAGES:
        yield from known[language]


def _unique(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(forms))
