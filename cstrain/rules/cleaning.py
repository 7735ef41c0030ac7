"""Cleaning a ticket export: seven kinds of fault, and what is done about each.

The times of the export are texts, and some are in the format of an older system. No ticket has
two faults, so the order of the steps changes nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

Row = Mapping[str, Any]
Choices = Mapping[str, str]
TEST_AGENT: Final = "TEST"
SCALE: Final = (1, 5)
# What can be done about each kind of fault, the right way first.
TREATMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "exact": ("keep_one", "leave", "drop_all"),
    "ids": ("keep_latest", "keep_first", "leave"),
    "dates": ("reread", "drop", "blank", "leave"),
    "negative": ("drop", "blank", "leave"),
    "tests": ("drop", "leave"),
    "scores": ("blank", "drop", "top", "leave"),
    "open": ("leave", "drop", "fill"),
}
RIGHT: Final[Choices] = {kind: ways[0] for kind, ways in TREATMENTS.items()}
_OTHER_FORMAT: Final = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D+(\d{1,2}):(\d{2})")


@dataclass
class Line:
    """A row of the export on its way: its fault if it has one, and what becomes of it."""

    given: Row
    row: dict[str, Any]
    fault: str = ""
    dropped: bool = False
    changed: bool = False


@dataclass(frozen=True)
class Faults:
    """The lines of a table by their fault; versions and copies of a ticket stand together."""

    lines: Sequence[Line]
    by_kind: Mapping[str, list[Line]] = field(default_factory=dict)
    repeated: Mapping[str, list[list[Line]]] = field(default_factory=dict)


def moment(text: Any) -> dt.datetime | None:
    """Return the moment that a cell says in either format, None when it says none.

    >>> moment("2025/10/3 14:05") == moment("2025-10-03T14:05:00")
    True
    """
    if isinstance(text, dt.datetime):
        return text.replace(tzinfo=None)
    if not isinstance(text, str):
        return None
    found = _OTHER_FORMAT.match(text)
    try:
        if found and not text.startswith(f"{found[1]}-"):
            return dt.datetime(*map(int, found.groups()))  # type: ignore[arg-type] # noqa: DTZ001 - local, as the table is
        return dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def cleaned(rows: Iterable[Row], choices: Choices) -> list[Line]:
    """Return the lines of a table after the chosen treatments."""
    faults = find_faults(rows)
    for kind in ("exact", "ids"):
        for lines in faults.repeated[kind]:
            _REPEATS[choices[kind]](lines)
    for kind in ("dates", "negative", "tests", "scores", "open"):
        for line in faults.by_kind[kind]:
            _treat(line, kind, choices[kind])
    return list(faults.lines)


def find_faults(rows: Iterable[Row]) -> Faults:
    """Return the lines of a table with the faults they have."""
    lines = [Line(one, dict(one)) for one in rows]
    by_ticket: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_ticket[line.given["ticket_id"]].append(line)
    repeated: dict[str, list[list[Line]]] = {"exact": [], "ids": []}
    for same in by_ticket.values():
        if len(same) > 1:
            kind = "exact" if all(one.given == same[0].given for one in same) else "ids"
            repeated[kind].append(same)
            for one in same[1:] if kind == "exact" else same:
                one.fault = kind
    by_kind: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        line.fault = line.fault or _fault(line.given)
        by_kind[line.fault].append(line)
    return Faults(lines, by_kind, repeated)


def _fault(row: Row) -> str:
    opened, closed, score = moment(row["opened_at"]), moment(row["closed_at"]), row["csat"]
    checks = {
        "tests": row["agent_id"] == TEST_AGENT,
        "open": closed is None,
        "negative": opened is not None and closed is not None and closed < opened,
        "scores": score is not None and not SCALE[0] <= score <= SCALE[1],
        "dates": "T" not in str(row["opened_at"]),
    }
    return next((kind for kind, has in checks.items() if has), "")


def _keep_one(lines: Sequence[Line]) -> None:
    for one in lines[1:]:
        one.dropped = True


def _drop_all(lines: Sequence[Line]) -> None:
    for one in lines:
        one.dropped = True


def _keep_latest(lines: Sequence[Line]) -> None:
    _keep_one(sorted(lines, key=lambda one: str(one.given["updated_at"]), reverse=True))


_REPEATS: Final[Mapping[str, Callable[[Sequence[Line]], None]]] = {
    "keep_one": _keep_one,
    "keep_first": _keep_one,
    "keep_latest": _keep_latest,
    "drop_all": _drop_all,
    "leave": lambda _: None,
}


def _treat(line: Line, kind: str, way: str) -> None:
    if way == "drop":
        line.dropped = True
    elif way != "leave":
        line.changed = True
        column = {"dates": "opened_at", "scores": "csat"}.get(kind, "closed_at")
        new = {"top": SCALE[1], "fill": line.row["updated_at"], "reread": moment(line.row[column])}
        line.row[column] = new.get(way)


def treated_well(rows: Iterable[Row], final: Iterable[Row]) -> dict[str, int]:
    """Return for every kind of fault how many rows of the table were treated as they should be.

    Only the two tables are compared, so it does not matter who cleaned, or in which order.
    """
    left: dict[str, list[Row]] = defaultdict(list)
    for one in final:
        left[str(one.get("ticket_id"))].append(one)
    faults = find_faults(rows)
    found = {
        kind: sum(len(same) - 1 for same in groups if _one_left(same, left, kind))
        for kind, groups in faults.repeated.items()
    }
    for kind, well in _WELL.items():
        lines = faults.by_kind[kind]
        found[kind] = sum(well(one.given, left[one.given["ticket_id"]]) for one in lines)
    return found


def _one_left(same: Sequence[Line], left: Mapping[str, Sequence[Row]], kind: str) -> bool:
    rows = left[same[0].given["ticket_id"]]
    latest = max(str(one.given["updated_at"]) for one in same)
    if len(rows) != 1:
        return False
    return kind == "exact" or moment(rows[0].get("updated_at")) == moment(latest)


def _read(cell: Any) -> dt.datetime | None:
    """Return the moment of a cell that is a date and time, or a text of the usual format."""
    return None if isinstance(cell, str) and _OTHER_FORMAT.fullmatch(cell) else moment(cell)


def _kept(left: Sequence[Row], column: str, value: Any = None) -> bool:
    return len(left) == 1 and column in left[0] and left[0][column] == value


_WELL: Final[Mapping[str, Callable[[Row, Sequence[Row]], bool]]] = {
    "dates": lambda row, left: (
        len(left) == 1 and _read(left[0].get("opened_at")) == moment(row["opened_at"])
    ),
    "negative": lambda _, left: not left,
    "tests": lambda _, left: not left,
    "scores": lambda _, left: _kept(left, "csat"),
    "open": lambda _, left: _kept(left, "closed_at"),
}
