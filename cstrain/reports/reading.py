"""A certificate out of its page: whatever is handed in, a certificate or a sentence why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from cstrain.errors import CstrainError
from cstrain.language import LANGUAGES, Language, as_language
from cstrain.library.lessons import COURSE, lessons
from cstrain.library.words import words
from cstrain.progress.records import MOST_BYTES, Doubled, RecordError, is_plain, parse_json
from cstrain.reports.certificate import (
    CLOSING,
    OPENING,
    SCHEMA,
    VERSION,
    Certificate,
    clean_name,
)
from cstrain.reports.code import canonical

MOST_MEGABYTES: Final = 20
_TYPES: Final[Mapping[str, type]] = {
    "workbook": str,
    "scope": str,
    "name": str,
    "date": str,
    "points": dict,
    "answers": dict,
    "code": str,
}
_LONGEST_WORD: Final = 40  # of a version or a scope
_MOST_POINTS: Final = 100  # of one exercise


class ReadingError(CstrainError):
    """Something that was handed in cannot be read: a reason code and its facts."""

    def __init__(self, code: str, **facts: str | float) -> None:
        self.code, self.facts = code, facts
        super().__init__(self.said("en"))

    def said(self, language: Language) -> str:
        """Return the sentence in a language, with the way out."""
        return words("verify_words", language)[self.code].format(**self.facts)


def read_certificate(page: str) -> Certificate:
    """Return the certificate in a page; ReadingError says why there is none."""
    if len(page) > MOST_MEGABYTES * 1_000_000:
        raise ReadingError("file_too_large", most=MOST_MEGABYTES)
    _, *found = page.split(OPENING)
    if len(found) != 1:
        raise ReadingError("two_certificates" if found else "no_certificate")
    try:
        raw = parse_json(found[0].partition(CLOSING)[0])
    except RecordError as error:
        raise ReadingError("data_broken") from error
    return _read(raw)


def _read(raw: Any) -> Certificate:
    if not isinstance(raw, Mapping) or isinstance(raw, Doubled) or raw.get("schema") != SCHEMA:
        raise ReadingError("data_broken")
    version = raw.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ReadingError("data_broken")
    if version > VERSION:
        raise ReadingError("data_newer")
    if not all(isinstance(raw.get(key), kind) for key, kind in _TYPES.items()):
        raise ReadingError("data_broken")
    if raw.get("language") not in LANGUAGES or not is_plain(raw) or not _is_sound(raw):
        raise ReadingError("data_broken")
    if raw["scope"] not in {COURSE, *lessons()}:
        raise ReadingError("scope_unknown", scope=clean_name(raw["scope"]))
    values = {key: raw[key] for key in _TYPES}
    return Certificate(language=as_language(raw["language"]), **values)


def _is_sound(raw: Mapping[str, Any]) -> bool:
    points = raw["points"].values()
    return (
        len(raw["workbook"]) <= _LONGEST_WORD
        and len(raw["scope"]) <= _LONGEST_WORD
        and bool(raw["name"])
        and clean_name(raw["name"]) == raw["name"]
        and _is_day(raw["date"])
        and all(_is_number(one) and 0 <= one <= _MOST_POINTS for one in points)
        and all(map(_is_answer, raw["answers"].values()))
    )


def _is_answer(value: Any) -> bool:
    return isinstance(value, Mapping) and len(canonical(value)) <= MOST_BYTES


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
