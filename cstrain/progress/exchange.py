"""Export and import: all records in one JSON text, the same for JupyterLab and the book.

{"schema": "cstrain.record", "version": 1, "exported_at": UTC time, "attempts": [record, ...]}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cstrain.model import Facts
from cstrain.progress.records import (
    CLOCK,
    Doubled,
    RecordError,
    json_text,
    parse_json,
    read_record,
)

SCHEMA: Final = "cstrain.record"
VERSION: Final = 1
MOST_MEGABYTES: Final = 50
_MOST_CHARACTERS: Final = MOST_MEGABYTES * 1_000_000
_MOST_PROBLEMS: Final = 20  # told one by one; the rest are counted

# Every code a problem can have; each has its sentence in content/messages/progress.toml.
CODES: Final = (
    "file_too_large",
    "file_broken",
    "file_cut",
    "file_foreign",
    "file_newer",
    "record_foreign",
    "record_wrong",
    "record_newer",
    "more_problems",
)


@dataclass(frozen=True)
class Problem:
    """Something that could not be taken: a reason code and its facts."""

    code: str
    facts: Facts


@dataclass(frozen=True)
class Imported:
    """The good records of an export, each once, and what was wrong with the rest."""

    records: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...] = ()


def export_text(records: Iterable[Mapping[str, Any]]) -> str:
    """Return the records as the text of an export file."""
    attempts = [dict(one) for one in records]
    about = {"schema": SCHEMA, "version": VERSION, "exported_at": CLOCK.now()}
    return json_text({**about, "attempts": attempts})


def read_export(text: Any) -> Imported:
    """Return what an export file holds; whatever stands in it, nothing is raised.

    >>> read_export("half a fi").problems[0].code
    'file_broken'
    """
    if not isinstance(text, str):
        return _refused("file_foreign")
    if len(text) > _MOST_CHARACTERS or len(text.encode("utf-8", "replace")) > _MOST_CHARACTERS:
        return _refused("file_too_large", most=MOST_MEGABYTES)
    try:
        raw = parse_json(text)
    except RecordError as error:
        return _refused(f"file_{error.code}")
    fault = _fault(raw)
    return _refused(fault) if fault else _records(raw["attempts"])


def _fault(raw: Any) -> str:
    if not isinstance(raw, Mapping) or raw.get("schema") != SCHEMA:
        return "file_foreign"
    if isinstance(raw, Doubled):
        return "file_broken"
    version = raw.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        return "file_foreign"
    if version > VERSION:
        return "file_newer"
    return "" if isinstance(raw.get("attempts"), list) else "file_foreign"


def _records(attempts: list[Any]) -> Imported:
    records: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for number, raw in enumerate(attempts, start=1):
        try:
            one = read_record(raw)
        except RecordError as error:
            problems.append(Problem(f"record_{error.code}", {"number": number, **error.facts}))
        else:
            records.setdefault(one["id"], one)
    more = len(problems) - _MOST_PROBLEMS
    if more > 0:
        problems[_MOST_PROBLEMS:] = [Problem("more_problems", {"count": more})]
    return Imported(tuple(records.values()), tuple(problems))


def _refused(code: str, **facts: str | float) -> Imported:
    return Imported((), (Problem(code, facts),))
