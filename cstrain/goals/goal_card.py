"""A goal card as a record: what a learner filled in, read as far as it can be read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cstrain.goals.amounts import amount_of, quantity_of
from cstrain.goals.metrics import METRICS, KpiName, Unit, unit_named
from cstrain.goals.milestones import Plan, Point
from cstrain.text.dates import parse_date

_LONGEST: Final = 2000  # characters of one entry that are read
_BETWEEN: Final = re.compile(r"[、，,;；\n\r]+")
_BLANKS: Final = re.compile(r"[、，,;；\s]+")


@dataclass(frozen=True)
class Measure:
    """One thing that will be done, and the days it takes (None when not a number)."""

    text: str
    effort_days: float | None


@dataclass(frozen=True)
class Typed:
    """An entry that should be a number or a date: the typed words, and the value if readable."""

    words: str
    value: Any


@dataclass(frozen=True)
class GoalCard:
    """A goal card; amounts are in the metric's own unit, `odd_*` keep what could not be read."""

    goal_id: str
    level: str
    statement: str
    object: str
    metric_words: str
    metric: KpiName | None
    unit_words: str
    unit: Unit | None
    direction: str
    baseline: Typed
    target: Typed
    start: Typed
    deadline: Typed
    reviews: tuple[date, ...]
    odd_reviews: tuple[str, ...]
    marks: tuple[Point, ...]
    odd_marks: tuple[str, ...]
    measures: tuple[Measure, ...]
    capacity: Typed
    resources: tuple[str, ...]
    owner: str
    agreed_with: tuple[str, ...]
    parent_id: str
    guard: str
    history: tuple[float, ...]
    odd_history: tuple[str, ...]
    peers: tuple[float, ...]

    @property
    def plan(self) -> Plan | None:
        """Return the milestones between baseline and target, None while an end is missing."""
        ends = (self.start.value, self.deadline.value, self.baseline.value, self.target.value)
        return None if None in ends else Plan(*ends, self.marks)


def read_card(card: Mapping[str, Any], today: date) -> GoalCard:
    """Return the card that a form holds; whatever cannot be read is kept as words."""
    metric_words, unit_words = words_of(card.get("metric")), words_of(card.get("unit"))
    metric = METRICS.get(metric_words.upper())
    unit = unit_named(unit_words)
    reviews = [_day(one, today) for one in _entries(card.get("reviews"))]
    marks = [_mark(one, metric, unit, today) for one in _rows(card.get("milestones"))]
    history = [_amount(one, metric, unit) for one in _entries(card.get("history"), _BLANKS)]
    peers = [_amount(one, metric, unit) for one in _entries(card.get("peers"), _BLANKS)]
    return GoalCard(
        goal_id=words_of(card.get("goal_id")),
        level=words_of(card.get("level")),
        statement=words_of(card.get("statement")),
        object=words_of(card.get("object")),
        metric_words=metric_words,
        metric=metric,
        unit_words=unit_words,
        unit=unit,
        direction=words_of(card.get("direction")),
        baseline=_amount(card.get("baseline"), metric, unit),
        target=_amount(card.get("target"), metric, unit),
        start=_day(card.get("start"), today),
        deadline=_day(card.get("deadline"), today),
        reviews=tuple(one.value for one in reviews if one.value),
        odd_reviews=_odd(reviews),
        marks=tuple(one.value for one in marks if one.value),
        odd_marks=_odd(marks),
        measures=tuple(_measures(card.get("measures"))),
        capacity=_plain(card.get("capacity_days")),
        resources=tuple(_names(card.get("resources"))),
        owner=words_of(card.get("owner")),
        agreed_with=tuple(_names(card.get("agreed_with"))),
        parent_id=words_of(card.get("parent_id")),
        guard=words_of(card.get("guard_metric")).upper(),
        history=tuple(one.value for one in history if one.value is not None),
        odd_history=_odd(history),
        peers=tuple(one.value for one in peers if one.value is not None),
    )


def words_of(value: Any) -> str:
    """Return an entry as trimmed text; anything but text or a number is empty.

    >>> words_of("  A  "), words_of(12), words_of(None), words_of([1])
    ('A', '12', '', '')
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return value.isoformat() if isinstance(value, date) else ""
    text = str(value)[:_LONGEST].strip()
    return "" if text.casefold() in {"none", "-", "–", "—"} else text


def _entries(value: Any, between: re.Pattern[str] = _BETWEEN) -> Iterator[Any]:
    """Yield the entries of a list, of rows with one cell each, or of text with separators."""
    if isinstance(value, str):
        yield from (one for one in between.split(value) if one.strip())
    elif isinstance(value, (list, tuple)):
        for one in value:
            cell = _first(one) if isinstance(one, Mapping) else one
            if isinstance(cell, (bool, list, tuple, Mapping)) or words_of(cell) or _is_nan(cell):
                yield cell


def _first(row: Mapping[Any, Any]) -> Any:
    return next((one for one in row.values() if words_of(one) or _is_nan(one)), None)


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _names(value: Any) -> Iterator[str]:
    yield from (words_of(one) for one in _entries(value) if words_of(one))


def _rows(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield milestones as rows with date and value, whether typed as rows or as pairs."""
    for one in value if isinstance(value, (list, tuple)) else ():
        if isinstance(one, (list, tuple)) and len(one) == 2:
            yield {"date": one[0], "value": one[1]}
        elif isinstance(one, Mapping):
            if words_of(one.get("date")) or words_of(one.get("value")):
                yield one
        else:
            yield {"date": one}


def _measures(value: Any) -> Iterator[Measure]:
    for one in value if isinstance(value, (list, tuple)) else _entries(value):
        row = one if isinstance(one, Mapping) else {"text": one}
        if words_of(row.get("text")):
            yield Measure(words_of(row["text"]), _plain(row.get("effort_days")).value)


def _mark(row: Mapping[str, Any], metric: KpiName | None, unit: Unit | None, today: date) -> Typed:
    day = _day(row.get("date"), today)
    amount = _amount(row.get("value"), metric, unit)
    whole = day.value is not None and amount.value is not None
    return Typed(
        f"{day.words} {amount.words}".strip(), (day.value, amount.value) if whole else None
    )


def _day(value: Any, today: date) -> Typed:
    words = words_of(value)
    return Typed(words, parse_date(words, today) if words else None)


def _amount(value: Any, metric: KpiName | None, unit: Unit | None) -> Typed:
    return Typed(words_of(value), amount_of(value, metric, unit))


def _plain(value: Any) -> Typed:
    found = quantity_of(value)
    return Typed(words_of(value), None if found is None else found.value)


def _odd(entries: list[Typed]) -> tuple[str, ...]:
    return tuple(one.words or "?" for one in entries if one.value is None)
