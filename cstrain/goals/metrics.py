"""The KPI dictionary: codes, names, units and natural bounds; and how metrics relate."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, cast

from cstrain.language import LANGUAGES, Language, Text
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.table_reader import TableReader

Good = Literal["up", "down", "range"]
Kind = Literal["outcome", "process", "activity"]
_GOOD: Final = ("up", "down", "range")
_KINDS: Final = ("outcome", "process", "activity")


@dataclass(frozen=True)
class Unit:
    """A unit: what it measures, and how many of that kind's base unit it is."""

    key: str
    kind: str
    size: float
    names: tuple[str, ...]


@dataclass(frozen=True)
class KpiName:
    """One KPI of the dictionary; values are stored in `unit`, bounds are in that unit too."""

    code: str
    name: Text
    synonyms: Mapping[Language, tuple[str, ...]]
    unit: Unit
    low: float
    high: float | None
    low_open: bool
    good: Good
    kind: Kind

    def allows(self, value: float) -> bool:
        """Say whether a value lies inside the natural bounds.

        >>> METRICS["CSAT"].allows(0.862), METRICS["CSAT"].allows(1.2), METRICS["AHT"].allows(0)
        (True, False, False)
        """
        above = value > self.low if self.low_open else value >= self.low
        return above and (self.high is None or value <= self.high)

    def said_in(self, text: str) -> bool:
        """Say whether the code, the name or a synonym, in either language, occurs in a text."""
        return _pattern_of(self.code).search(_spaced(text)) is not None


def unit_named(text: str) -> Unit | None:
    """Return the unit that people mean by a typed word, None for an unknown one.

    >>> unit_named(" Seconds ").key, unit_named("parsec")
    ('s', None)
    """
    return _units_by_name().get(plain_text(text))


def plain_text(text: str) -> str:
    """Return the text without case, width, blanks and hyphens, for comparing names."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if not sign.isspace() and sign not in "-‐‑–")


@dataclass(frozen=True)
class Relations:
    """Which metrics drive a metric, which aims fight each other, which guards always excuse."""

    drivers: Mapping[str, frozenset[str]]
    conflicts: tuple[tuple[tuple[str, str], tuple[str, str]], ...]
    guards: frozenset[str]

    def serves(self, metric: str, parent: str) -> bool:
        """Say whether a goal on `metric` helps a parent goal on `parent`."""
        return metric == parent or metric in self.drivers.get(parent, ())


@cache
def relations() -> Relations:
    """Return the relations of content/relations.toml; unknown codes are content errors."""
    path = CONTENT / "relations.toml"
    reader = TableReader(shown_name(path), read_toml(path))
    drivers = reader.child("drivers")
    known = {}
    for parent in drivers.raw:
        codes = drivers.strings(parent)
        unknown = [one for one in (parent, *codes) if one not in METRICS]
        if unknown:
            raise drivers.wrong_value(parent, unknown[0], "a code of metrics.toml")
        known[parent] = frozenset(codes)
    pairs = tuple(
        ((str(one[0]), str(one[1])), (str(other[0]), str(other[1])))
        for one, other in reader.raw["conflicts"]
    )
    return Relations(known, pairs, frozenset(reader.strings("guards")))


@cache
def _units() -> Mapping[str, Unit]:
    table = _file().child("units")
    made = {}
    for key in table.raw:
        one = table.child(key)
        made[key] = Unit(key, one.string("kind"), one.number("size", least=0), one.strings("names"))
        one.finish()
    return made


@cache
def _units_by_name() -> Mapping[str, Unit]:
    return {plain_text(name): one for one in _units().values() for name in (one.key, *one.names)}


@cache
def _pattern_of(code: str) -> re.Pattern[str]:
    one = METRICS[code]
    names = [code, *(one.name[language] for language in LANGUAGES)]
    names += [word for language in LANGUAGES for word in one.synonyms[language]]
    words = (re.escape(_spaced(name)) for name in sorted(names, key=len, reverse=True))
    # Latin names are whole words ("REC" is not in "record"); Chinese has no blanks between words.
    return re.compile("|".join(rf"(?<![a-z0-9]){word}(?![a-z0-9])" for word in words))


def _spaced(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[-‐‑–_]", " ", folded).split())


@cache
def _file() -> TableReader:
    path = CONTENT / "metrics.toml"
    return TableReader(shown_name(path), read_toml(path))


def _metric(code: str, one: TableReader) -> KpiName:
    synonyms = one.child("synonyms")
    made = KpiName(
        code=code,
        name=one.text("name"),
        synonyms={language: synonyms.strings(language) for language in LANGUAGES},
        unit=_units()[one.one_of("unit", tuple(_units()))],
        low=one.number("low", least=-1e9),
        high=one.number("high", least=-1e9) if one.has("high") else None,
        low_open=one.flag("open", default=False),
        good=cast("Good", one.one_of("good", _GOOD)),
        kind=cast("Kind", one.one_of("kind", _KINDS)),
    )
    one.finish()
    return made


def _metrics() -> Mapping[str, KpiName]:
    table = _file().child("metrics")
    return {code: _metric(code, table.child(code)) for code in table.raw}


METRICS: Final[Mapping[str, KpiName]] = _metrics()
