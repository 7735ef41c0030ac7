"""Targets without a number of their own: none at all, and results that can be checked once."""

from __future__ import annotations

import re

from cstrain.rules.smart_measure import Target
from cstrain.rules.smart_topic import Topic, metric_fit
from cstrain.text import cues
from cstrain.text.clauses import Stretch
from cstrain.text.reading import Reading
from cstrain.text.situation import Metric


def zeros(reading: Reading, live: tuple[Stretch, ...], topic: Topic) -> list[Target]:
    """Return targets of none at all: zero complaints, not a single error."""
    found: list[Target] = []
    for start, end in live:
        for hit in reading.tagged("zero_goal", start, end):
            words = reading.text[hit.start : hit.end]
            if words in cues.ZERO and not _zero_stands(reading, hit.end):
                continue
            if any(n.start <= hit.start < n.end for n in reading.numbers):
                continue
            metric = _zero_metric(reading, hit.start, topic)
            found.append(Target(hit.start, hit.end, "zero", 0.0, "", metric))
    return found


def _zero_stands(reading: Reading, end: int) -> bool:
    behind = reading.text[end : end + 1]
    return (
        not behind
        or not cues.HAN.match(behind)
        or bool(next(reading.group("c_", end, end + 6), None))
    )


def _zero_metric(reading: Reading, place: int, topic: Topic) -> Metric | None:
    for stretch in (reading.clause(place), reading.sentence(place)):
        fits = metric_fit(reading, stretch, topic, [])
        usable = [
            (fits[m.key], -i, m)
            for i, (m, _, _) in enumerate(topic.metrics)
            if m.better == "down" and fits[m.key] >= 0.5
        ]
        if usable:
            return max(usable, key=lambda one: one[:2])[2]
    return None


def results(reading: Reading, live: tuple[Stretch, ...]) -> list[Target]:
    """Return one-off results that can be checked: published, signed, passed, all complete."""
    found: list[Target] = []
    for start, end in live:
        done = [
            h
            for h in reading.tagged("result_done", start, end)
            if _is_result(reading, h.start, (start, end))
        ]
        made = [
            h for h in reading.tagged("result_make", start, end) if _makes(reading, h.start, h.end)
        ]
        for hit in (*done, *made):
            _, last = reading.clause(hit.start)
            found.append(Target(hit.start, min(last, end), "result"))
    return found


def _is_result(reading: Reading, place: int, stretch: Stretch) -> bool:
    clause = reading.clause(place)
    rhythm = any(t.kind == "rhythm" and clause[0] <= t.start < clause[1] for t in reading.times)
    return not rhythm and stretch[0] <= place


def _makes(reading: Reading, start: int, end: int) -> bool:
    """Say whether a verb of making is followed or preceded by a thing that then exists."""
    clause = reading.clause(start)
    if any(t.kind == "rhythm" and clause[0] <= t.start < clause[1] for t in reading.times):
        return False
    more = reading.text[max(0, start - 5) : start]
    if cues.MORE_OF.search(more) or re.match(r"\s?more\b", reading.text[end:]):
        return False
    things = reading.tagged("deliverable", end, min(clause[1], end + 60))
    whole = reading.has("all_cases", clause) and reading.has("own_task", (end, clause[1]))
    return bool(things) or whole
