"""Fields, cell values and words of the intake, read from content/intake."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, reduce
from typing import Final

from cstrain.kpi.definitions import codes, definition
from cstrain.language import Language, Text
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.library.words import texts
from cstrain.table_reader import TableReader

KINDS: Final = (
    *("time", "seconds", "number", "count", "score"),
    *("flag", "category", "id", "group", "text"),
)
_MASKS: Final = ("none", "always", "auto", "text")
_BRACKETS: Final = re.compile(r"[(\[{\u3010\uff08](.*?)[)\]}\u3011\uff09]")
_NOT_WORD: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Field:
    """What a column may be; the key is its name in KPI definitions and data sets."""

    key: str
    kind: str
    label: Text
    headers: frozenset[str]
    least: float | None = None
    most: float | None = None
    mask: str = "none"
    stands_in: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    after: str | None = None
    within: str | None = None
    future: bool = False
    words: Mapping[str, str] = field(default_factory=dict)  # of flags: word -> true or false
    guessed: bool = True  # a column of a KPI without an entry of its own can only be mapped


@cache
def fields() -> Mapping[str, Field]:
    """Return all fields by key, in the order in which they are shown.

    >>> fields()["wait_s"].kind
    'seconds'
    """
    reader = _reader("fields")
    made = {key: _field(reader.child(key), key) for key in reader.raw}
    for one in made.values():
        for other in (*one.stands_in, *one.beside, one.after, one.within):
            if other is not None and other not in made:
                raise reader.wrong_value(one.key, other, "a field of this file")
    return {**made, **{one.key: one for one in _columns_of_kpis() if one.key not in made}}


def _columns_of_kpis() -> Iterator[Field]:
    """Yield a plain field for every column of a KPI definition."""
    kinds = {"number": "number", "flag": "flag", "time": "time", "text": "id", "any": "id"}
    for code in codes():
        known = definition(code)
        for form in (known.default, *known.forms.values()):
            for name in form.columns:
                kind = kinds[form.kinds.get(name, "any")]
                mask = "auto" if kind == "id" else "none"
                yield Field(name, kind, Text(name, name), frozenset(), mask=mask, guessed=False)


def _field(reader: TableReader, key: str) -> Field:
    made = Field(
        key=key,
        kind=reader.one_of("kind", KINDS),
        label=reader.text("label"),
        headers=frozenset(
            plain_header(one) for tongue in ("zh", "en") for one in reader.strings(tongue)
        )
        | {plain_header(key)},
        least=reader.number("least", least=-1e9) if reader.has("least") else None,
        most=reader.number("most", least=-1e9) if reader.has("most") else None,
        mask=reader.one_of("mask", _MASKS) if reader.has("mask") else "none",
        stands_in=reader.strings("stands_in") if reader.has("stands_in") else (),
        beside=reader.strings("beside") if reader.has("beside") else (),
        after=reader.string("after") if reader.has("after") else None,
        within=reader.string("within") if reader.has("within") else None,
        future=reader.flag("future", default=False),
        words={
            plain_value(word): truth
            for truth in ("true", "false")
            if reader.has(truth)
            for word in reader.strings(truth)
        },
    )
    reader.finish()
    return made


@cache
def meanings(name: str) -> Mapping[str, str]:
    """Return the words of a table of values.toml and what each means.

    >>> meanings("flag")["yes"], meanings("five")["very satisfied"]
    ('true', '5')
    """
    table = _reader("values").child(name)
    return {plain_value(word): key for key in table.raw for word in table.strings(key)}


@cache
def value_words(name: str) -> frozenset[str]:
    """Return a list of values.toml, such as the words for a missing value."""
    return frozenset(map(plain_value, _reader("values").strings(name)))


@cache
def date_words() -> Mapping[str, str]:
    """Return the words in dates and what each is replaced by."""
    return {str(key): str(one) for key, one in _reader("values").plain("dates").items()}


@cache
def personal_headers() -> Mapping[str, str]:
    """Return the headers of personal columns and which kind of data each holds."""
    table = _reader("masks").child("headers")
    return {plain_header(one): kind for kind in table.raw for one in table.strings(kind)}


@cache
def mask_words() -> Mapping[str, Text]:
    """Return the word of every kind of pseudonym."""
    return _reader("masks").texts("words")


@cache
def signs() -> TableReader:
    """Return what names, plates and digits look like."""
    return _reader("masks").child("signs")


@cache
def kpi_rules(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return a table of kpis.toml: the fields a KPI needs, or does not go with.

    >>> kpi_rules("needs")["RPR"]
    ('amount_cny',)
    """
    table = _reader("kpis").child(name)
    return {code: table.strings(code) for code in table.raw}


def word(key: str, language: Language, **facts: object) -> str:
    """Return a word of the reports, its placeholders filled."""
    return texts("intake/words")[key][language].format_map(facts)


def joined(parts: Iterable[str], language: Language) -> str:
    """Return parts as a list in a sentence.

    >>> joined(["a", "b"], "en")
    'a, b'
    """
    return reduce(
        lambda first, then: word("joined", language, first=first, then=then), list(parts) or [""]
    )


@cache
def problem_texts() -> Mapping[str, Text]:
    """Return the reason of every kind of problem, whatever is done about it."""
    reader = _reader("problems")
    return {code: one for table in reader.raw for code, one in reader.texts(table).items()}


@cache
def treatment(code: str) -> str:
    """Return what is done about a problem: excluded, blanked or told.

    >>> treatment("duplicate"), treatment("negative"), treatment("serial_date")
    ('excluded', 'blanked', 'told')
    """
    reader = _reader("problems")
    done = {"rows": "excluded", "cells": "blanked", "told": "told"}
    return next(done[table] for table in reader.raw if code in reader.plain(table))


def plain_header(text: str) -> str:
    """Return a header as it is compared: no case, blanks, punctuation, nothing in brackets.

    >>> plain_header(" Wait_Time (s)")
    'waittime'
    """
    return _NOT_WORD.sub("", _BRACKETS.sub("", plain_value(text)))


def unit_of(header: str) -> float | None:
    """Return how many seconds the unit in a header's brackets has, None without one.

    >>> unit_of("wait (min)"), unit_of("wait_s"), unit_of("wait")
    (60.0, 1.0, None)
    """
    text = plain_value(header)
    found = [*_BRACKETS.findall(text), text.rpartition("_")[2]]
    known = meanings("units")
    return next((float(known[one.strip()]) for one in found if one.strip() in known), None)


def plain_value(text: str) -> str:
    """Return a cell's words as they are compared: full-width forms folded, no case."""
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return folded.strip().casefold()


def _reader(name: str) -> TableReader:
    path = CONTENT / "intake" / f"{name}.toml"
    return TableReader(shown_name(path), read_toml(path))
