"""What each column probably is: a guess with a confidence and its reasons; doubt maps nothing."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from cstrain.intake.layout import is_blank
from cstrain.intake.numbers_of import read_cells
from cstrain.intake.raw_table import RawTable
from cstrain.intake.times import read_times
from cstrain.intake.vocabulary import (
    Field,
    fields,
    meanings,
    personal_headers,
    plain_header,
    plain_value,
    value_words,
)

SURE: Final = 0.6  # from here on a guess is taken
_APART: Final = 0.08  # two candidates nearer than this are a doubt
_SAMPLE: Final = 400  # cells that are looked at
_NEAR: Final = 0.84  # likeness of two headers that may be the same word
_CUSTOMER: Final = {"phone": 0.62, "email": 0.61}  # tells customers apart, once it is masked


@dataclass(frozen=True)
class Guess:
    """A field for a header: how sure from 0 to 1, and why (keys of words.toml)."""

    field: str
    header: str
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Guesses:
    """What was recognised, what was not, and what holds personal data.

    `doubtful` are fields with more than one fitting header; none of them is taken.
    """

    taken: Mapping[str, Guess]
    doubtful: Mapping[str, tuple[Guess, ...]]
    unused: tuple[str, ...]
    personal: Mapping[str, str]  # header -> kind of data

    def mapping(self) -> dict[str, str]:
        """Return the headers that are taken, by field."""
        return {key: one.header for key, one in self.taken.items()}


def guess_columns(table: RawTable) -> Guesses:
    """Return the most likely field of every column, by its name and by what stands in it."""
    samples = {
        header: _sample(cells) for header, cells in zip(table.headers, table.columns, strict=True)
    }
    personal = {
        header: kind for header in table.headers if (kind := personal_kind(header)) is not None
    }
    candidates = [
        one
        for header, sample in samples.items()
        for one in _candidates(header, sample, personal.get(header))
    ]
    taken, doubtful = _chosen(candidates)
    used = {one.header for one in taken.values()}
    return Guesses(
        taken={key: taken[key] for key in fields() if key in taken},
        doubtful=doubtful,
        unused=tuple(one for one in table.headers if one not in used),
        personal=personal,
    )


def name_score(header: str, what: Field) -> float:
    """Return how well a header names a field, from 0 to 1.

    >>> name_score("Wait time (s)", fields()["wait_s"])
    1.0
    """
    text = plain_header(header)
    if not text:
        return 0.0
    if text in what.headers:
        return 1.0
    near = difflib.get_close_matches(text, what.headers, n=1, cutoff=_NEAR)
    if near and len(text) > 3:
        return 0.85
    inside = [one for one in what.headers if len(one) > 1 and one in text]
    if not inside:
        return 0.0
    longest = max(map(len, inside))
    return 0.5 + 0.3 * longest / len(text) if longest * 2 >= len(text) else 0.0


def fit(sample: Sequence[Any], what: Field) -> float:
    """Return which share of cells can be read as a field of this kind; 0.5 without any cell."""
    cells = [one for one in sample if not _missing(one)]
    if not cells:
        return 0.5
    if what.kind == "time":
        times = read_times(cells, dt.UTC)
        bad = {one for one, code in times.bad.items() if code != "ambiguous_date"}
        return 1 - sum(one in bad for one in cells) / len(cells)
    if what.kind in {"id", "group", "text"}:
        return _text_fit(cells, what)
    read = read_cells(cells, what)
    harmless = {"out_of_scale", "negative", "too_large", "not_finite", "broken_formula"}
    bad = {one for one, code in read.bad.items() if code not in harmless}
    out = sum(code == "out_of_scale" for code in read.bad.values())
    if what.kind == "score" and out * 2 > len(read.known) + out:
        return 0.0
    return 1 - sum(one in bad for one in cells) / len(cells)


def _text_fit(cells: Sequence[Any], what: Field) -> float:
    different = len(set(cells)) / len(cells)
    if what.key == "row_id":
        return 1.0 if different > 0.9 else different
    if what.kind == "group" and len(cells) > 20:
        times = read_times(cells, dt.UTC)
        if len(times.known) > len(times.bad):
            return 0.0
        return 1.0 if different < 0.5 else 0.5
    return 1.0


def _candidates(header: str, sample: Sequence[Any], personal: str | None) -> Iterable[Guess]:
    if personal is not None:
        if personal in _CUSTOMER:
            yield Guess("customer_id", header, _CUSTOMER[personal], ("by_contact",))
        return
    for what in (one for one in fields().values() if one.guessed):
        named = name_score(header, what)
        if named:
            fits = fit(sample, what)
            score = named * (0.7 + 0.3 * fits) if fits >= 0.5 else 0.4 * named
            reasons = ("same_name" if named == 1 else "like_name", _fit_word(fits))
            yield Guess(what.key, header, round(min(score, 0.98), 2), reasons)
        elif what.kind == "category":
            yield from _by_values(header, sample, what)


def _by_values(header: str, sample: Sequence[Any], what: Field) -> Iterable[Guess]:
    """Yield a guess from the values alone, where a closed list is met word for word."""
    cells = {plain_value(one) for one in sample if isinstance(one, str) and not _missing(one)}
    known = meanings(what.key)
    words = {one for one in cells if one in known and one not in meanings("flag")}
    if len(words) >= 2 and len({known[one] for one in words}) >= 2 and words == cells:
        yield Guess(what.key, header, 0.7, ("known_values",))


def _chosen(
    candidates: Sequence[Guess],
) -> tuple[dict[str, Guess], dict[str, tuple[Guess, ...]]]:
    taken: dict[str, Guess] = {}
    doubtful: dict[str, tuple[Guess, ...]] = {}
    free = list(_best_of_header(candidates))
    while free:
        best = max(free, key=lambda one: one.confidence)
        if best.confidence < SURE:
            break
        rivals = [
            one
            for one in free
            if one.field == best.field and best.confidence - one.confidence < _APART
        ]
        if len(rivals) > 1:
            doubtful[best.field] = tuple(rivals)
            free = [one for one in free if one.field != best.field]
            continue
        taken[best.field] = best
        free = [one for one in free if one.field != best.field and one.header != best.header]
    return taken, doubtful


def _best_of_header(candidates: Sequence[Guess]) -> Iterable[Guess]:
    """Yield each header's best candidate where it is clearly better than the others."""
    by_header: dict[str, list[Guess]] = {}
    for one in candidates:
        by_header.setdefault(one.header, []).append(one)
    there = {one.field for one in candidates if one.confidence >= SURE}
    for found in by_header.values():
        best = max(one.confidence for one in found)
        rivals = [one for one in found if best - one.confidence < _APART]
        if len(rivals) > 1:
            rivals = [one for one in rivals if _prefers(one.field, there)] or [
                one for one in rivals if not fields()[one.field].beside
            ]
        if len(rivals) == 1:
            yield rivals[0]


def _prefers(key: str, there: set[str]) -> bool:
    """Say whether a field is the one that is meant beside the others that are there."""
    return any(one in there for one in fields()[key].beside)


def personal_kind(header: str) -> str | None:
    """Return which kind of personal data a header names, None for none.

    >>> personal_kind("Phone number"), personal_kind("wait_s")
    ('phone', None)
    """
    text = plain_header(header)
    known = personal_headers()
    if text in known:
        return known[text]
    if any(text in one.headers for one in fields().values()):  # such as the name of an agent
        return None
    found = [one for one in known if len(one) > 1 and text.endswith(one) and not one.isascii()]
    return known[max(found, key=len)] if found else None


def _sample(cells: Sequence[Any]) -> list[Any]:
    """Return cells from the beginning and from all over the column."""
    if len(cells) <= _SAMPLE:
        return list(cells)
    step = len(cells) // (_SAMPLE // 2)
    return [*cells[: _SAMPLE // 2], *islice(cells, 0, len(cells), step)]


def _missing(cell: Any) -> bool:
    return is_blank(cell) or (isinstance(cell, str) and plain_value(cell) in value_words("missing"))


def _fit_word(fits: float) -> str:
    return "fits" if fits >= 0.9 else "fits_partly" if fits >= 0.5 else "fits_not"
