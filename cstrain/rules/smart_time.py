"""T: whether a day or a bounded period after today is named by which to reach the target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cstrain.text import cues
from cstrain.text.calendar import add_days
from cstrain.text.clauses import Stretch
from cstrain.text.dates import times_in
from cstrain.text.likeness import pairs_of, stems_of
from cstrain.text.normalise import fold
from cstrain.text.reading import Reading
from cstrain.text.service_time import is_service
from cstrain.text.situation import Situation
from cstrain.text.times import Time


@dataclass(frozen=True)
class Term:
    """The time limit of a goal, or why there is none."""

    day: date | None
    start: int
    end: int
    reason: str
    first: date | None = None


def term_of(
    reading: Reading, live: tuple[Stretch, ...], situation: Situation, place: int | None
) -> Term:
    """Return the deadline of the target that stands at `place`."""
    times = [t for t in reading.times if any(a <= t.start < b for a, b in live)]
    good = [t for t in times if _is_deadline(reading, t)]
    if good:
        best = min(good, key=lambda t: _order(t, reading, place))
        day = _end(best)
        return Term(day, best.start, best.end, "deadline", best.first)
    event = _event(reading, live, situation)
    if event is not None:
        return event
    return _none(reading, times)


def _end(time: Time) -> date | None:
    return time.first if time.starts and time.first else time.last


def _order(time: Time, reading: Reading, place: int | None) -> tuple[bool, bool, int]:
    if place is None:
        return time.starts, not time.marked, time.start
    same = reading.sentence(time.start) == reading.sentence(place)
    return not same, time.starts, (0 if time.marked else 40) + abs(time.start - place)


def _is_deadline(reading: Reading, time: Time) -> bool:
    if time.last is None or time.kind not in ("date", "length", "days"):
        return False
    if time.kind in ("days", "length") and is_service(reading, time):
        return False
    return not _is_measured_span(reading, time)


def _is_measured_span(reading: Reading, time: Time) -> bool:
    """Say whether the time is part of a metric's name: repeat calls within 7 days."""
    if time.kind != "days":
        return False
    behind = reading.text[time.end : time.end + 12]
    ideas = [h for p in ("c_repeat", "c_retain") for h in reading.group(p, time.end, time.end + 8)]
    return bool(ideas) and "%" not in behind


def _event(reading: Reading, live: tuple[Stretch, ...], situation: Situation) -> Term | None:
    """Return a deadline named by an event whose date the constraints tell."""
    for start, end in live:
        for match in cues.EVENT.finditer(reading.text, start, end):
            words = match["en"] or match["zh"]
            day = _event_day(words, situation)
            if day is not None:
                return Term(day, match.start(), match.end(), "event", situation.today)
    return None


def _event_day(words: str, situation: Situation) -> date | None:
    pairs, stems = pairs_of(words), stems_of(words)
    for text in (
        situation.constraints.zh,
        situation.constraints.en,
        situation.objective.zh,
        situation.objective.en,
    ):
        for part in cues.PART_END.split(text):
            folded = fold(part).text
            like = len(pairs & pairs_of(folded)) * 2 + len(stems & stems_of(folded))
            if like < 2:
                continue
            for time in times_in(folded, situation.today):
                if time.kind == "date" and time.first and time.first > situation.today:
                    return add_days(time.first, -1)
    return None


def _none(reading: Reading, times: list[Time]) -> Term:
    for kind, reason in (
        ("past", "past_deadline"),
        ("service", "service_time_only"),
        ("days", "service_time_only"),
        ("length", "service_time_only"),
        ("rhythm", "frequency_only"),
    ):
        for time in times:
            if time.kind == kind and (kind != "past" or time.last is not None):
                return Term(None, time.start, time.end, reason)
    for hit in reading.tagged("soon_word"):
        return Term(None, hit.start, hit.end, "soon_only")
    return Term(None, 0, 0, "no_deadline")
