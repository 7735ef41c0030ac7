"""One attempt as a plain record: made here, read here, trusted by nobody before it was read.

{"schema": "cstrain.attempt", "version": 1, "id": 32 hex digits, "kind": "check" or "draft",
"lesson", "exercise": "<lesson>/<name>", "answer": {...}, "at": UTC time, "hints": hints seen}
"""

from __future__ import annotations

import json
import math
import re
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cstrain.errors import CstrainError
from cstrain.model import Facts

SCHEMA: Final = "cstrain.attempt"
VERSION: Final = 1
KINDS: Final = ("check", "draft")
MOST_BYTES: Final = 2_000_000  # of one record; the longest honest answers are some 20 kB
_DEEPEST: Final = 40
_MOST_HINTS: Final = 100
_LARGEST_INTEGER: Final = 10**300  # beyond it a number cannot become a float any more
_ID: Final = re.compile(r"[0-9a-f]{32}")
_EXERCISE: Final = re.compile(r"([a-z0-9_]{1,60})/([a-z0-9_]{1,60})")
# Years from 9000 on come from a broken clock and would stay the newest for ever.
_AT: Final = re.compile(r"[0-8][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_AT_FORM: Final = "%Y-%m-%dT%H:%M:%S.%fZ"
# Names that Windows gives to devices, and the folder for files that are still being written.
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", "tmp"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)


class RecordError(CstrainError):
    """A record that cannot be taken: a reason code and its facts, no sentence."""

    def __init__(self, code: str, **facts: str | float) -> None:
        self.code: Final = code
        self.facts: Final[Facts] = facts
        super().__init__(code)


class Clock:
    """UTC times that only move forward, even when the computer's clock is set back."""

    def __init__(self) -> None:
        self._last = datetime.min.replace(tzinfo=UTC)

    def now(self) -> str:
        """Return the present time, later than every time given out or seen before."""
        now = datetime.fromtimestamp(time.time(), tz=UTC)
        self._last = max(now, self._last + timedelta(microseconds=1))
        return self._last.strftime(_AT_FORM)

    def saw(self, at: str) -> None:
        """Take note of a stored record's time, so that what comes next sorts after it."""
        self._last = max(self._last, datetime.strptime(at, _AT_FORM).replace(tzinfo=UTC))


CLOCK: Final = Clock()


def new_record(
    kind: str, exercise: str, answer: Mapping[str, Any], hints: int = 0
) -> dict[str, Any]:
    """Return the record of an attempt made now; `kind` is "check" or "draft"."""
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "id": uuid.uuid4().hex,
        "kind": kind,
        "lesson": exercise.partition("/")[0],
        "exercise": exercise,
        "answer": answer,
        "at": CLOCK.now(),
        "hints": hints,
    }


def read_record(raw: Any) -> dict[str, Any]:
    """Return the record with its known keys only, or raise RecordError with a reason code.

    >>> read_record({"schema": "other"})
    Traceback (most recent call last):
    cstrain.progress.records.RecordError: foreign
    """
    if not isinstance(raw, Mapping) or raw.get("schema") != SCHEMA:
        raise RecordError("foreign")
    if isinstance(raw, Doubled):
        raise RecordError("wrong", key="schema")
    _check_version(raw.get("version"))
    lesson, _name = exercise_parts(raw.get("exercise"))
    answer = raw.get("answer")
    good = {
        "id": _matches(_ID, raw.get("id")),
        "kind": raw.get("kind") in KINDS,
        "lesson": raw.get("lesson") == lesson,
        "answer": isinstance(answer, Mapping) and is_plain(answer),
        "at": _is_time(raw.get("at")),
        "hints": _is_whole(raw.get("hints")) and 0 <= raw["hints"] <= _MOST_HINTS,
    }
    for key, fits in good.items():
        if not fits:
            raise RecordError("wrong", key=key)
    taken = ("schema", "version", "exercise", *good)
    return {key: raw[key] for key in taken}


def exercise_parts(exercise: Any) -> tuple[str, str]:
    """Return lesson and name of an exercise id that is safe as two names of files."""
    match = _EXERCISE.fullmatch(exercise) if isinstance(exercise, str) else None
    if match is None or _RESERVED & set(match.groups()):
        raise RecordError("wrong", key="exercise")
    return match[1], match[2]


def record_bytes(record: Mapping[str, Any]) -> bytes:
    """Return the record as the bytes of its file, or raise RecordError when it has none."""
    data = json_text(read_record(record)).encode("utf-8")
    if len(data) > MOST_BYTES:
        raise RecordError("too_large", most=MOST_BYTES)
    return data


def record_from(data: bytes) -> dict[str, Any]:
    """Return the record in the bytes of a file, or raise RecordError with a reason code."""
    if len(data) > MOST_BYTES:
        raise RecordError("too_large", most=MOST_BYTES)
    return read_record(parse_json(data))


def json_text(value: Any) -> str:
    """Return JSON text that is always valid UTF-8; characters stay readable where they can."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair: only the escaped form can carry it
        return json.dumps(value, allow_nan=False)
    return text


def parse_json(data: str | bytes) -> Any:
    """Return the JSON value; raise RecordError "cut" or "broken" when it is none.

    A table with the same key twice becomes a value that `is_plain` does not take.
    """
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_table)
    except json.JSONDecodeError as error:
        at_end = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
        raise RecordError("cut" if at_end and error.doc.strip() else "broken") from error
    except (ValueError, RecursionError) as error:
        raise RecordError("broken") from error


def is_plain(value: Any, depth: int = _DEEPEST) -> bool:
    """Say whether the value is plain finite JSON of a sane depth."""
    if isinstance(value, (list, tuple)):
        return depth > 0 and all(is_plain(one, depth - 1) for one in value)
    if isinstance(value, Mapping):
        sound = depth > 0 and not isinstance(value, Doubled)
        return sound and all(
            isinstance(key, str) and is_plain(one, depth - 1) for key, one in value.items()
        )
    return _is_plain_single(value)


def _is_plain_single(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int):
        return abs(value) < _LARGEST_INTEGER
    return value is None or isinstance(value, str)


class Doubled(dict[str, Any]):
    """A JSON table that had a key twice; nobody can say which of the values was meant."""


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    return table if len(table) == len(pairs) else Doubled(table)


def _check_version(found: Any) -> None:
    if not _is_whole(found) or found < 1:
        raise RecordError("wrong", key="version")
    if found > VERSION:
        raise RecordError("newer")


def _is_time(found: Any) -> bool:
    if not _matches(_AT, found):
        return False
    try:
        datetime.strptime(found, _AT_FORM).replace(tzinfo=UTC)
    except ValueError:
        return False
    return True


def _matches(pattern: re.Pattern[str], found: Any) -> bool:
    return isinstance(found, str) and pattern.fullmatch(found) is not None


def _is_whole(found: Any) -> bool:
    return isinstance(found, int) and not isinstance(found, bool)
