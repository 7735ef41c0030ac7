"""S: whether the goal names one object, with where or who, how, or an end state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cstrain.rules.smart_quotes import after_times, object_words
from cstrain.rules.smart_target import Targets
from cstrain.rules.smart_topic import Topic, metric_fit
from cstrain.rules.smart_who import content_left, is_part
from cstrain.text import cues
from cstrain.text.clauses import Stretch
from cstrain.text.lexicon import Hit
from cstrain.text.reading import Reading
from cstrain.text.situation import Metric, Situation

_ENOUGH: Final = 0.6


@dataclass(frozen=True)
class Object:
    """The finding about the object, with the words that name it."""

    met: bool
    reason: str
    start: int
    end: int


def object_of(
    reading: Reading,
    live: tuple[Stretch, ...],
    targets: Targets,
    topic: Topic,
    situation: Situation,
) -> Object:
    """Return whether the object is specific."""
    if targets.found:
        main = targets.found[0]
        start, end = object_words(reading, main.start, main.end, main.metric)
        return _found("object_and_target", (start, end))
    for stretch in live:
        found = _counted(reading, stretch, targets)
        if found is not None:
            return found
    for stretch in live:
        found = _behaviour(reading, stretch, situation)
        if found is not None:
            return found
    for stretch in live:
        found = _metric_with_side(reading, stretch, topic, situation)
        if found is not None:
            return found
    return _not_specific(reading, live)


def _found(reason: str, stretch: Stretch) -> Object:
    return Object(met=True, reason=reason, start=stretch[0], end=stretch[1])


def _not_specific(reading: Reading, live: tuple[Stretch, ...]) -> Object:
    for tag, reason in (
        ("activity", "activity_only"),
        ("vague_describe", "vague_object"),
        ("abstract", "vague_object"),
    ):
        for start, end in live:
            hits = reading.tagged(tag, start, end)
            if hits:
                return Object(met=False, reason=reason, start=hits[0].start, end=hits[0].end)
    return Object(met=False, reason="no_object", start=0, end=0)


def _counted(reading: Reading, stretch: Stretch, targets: Targets) -> Object | None:
    """Return a thing that changes by an amount whose start is unknown."""
    if targets.reason != "no_baseline":
        return None
    start, end = stretch
    nouns = reading.tagged("count_noun", start, end)
    if (reading.has("abstract", stretch) and not nouns) or not content_left(reading, stretch):
        return None
    first = after_times(reading, start, end)
    ideas = list(reading.group("c_", start, end))
    last = max((h.end for h in (*nouns, *ideas)), default=end)
    return _found("countable_object", (min(first, last), last))


def _behaviour(reading: Reading, stretch: Stretch, situation: Situation) -> Object | None:
    start, end = stretch
    lessons = reading.tagged("content_lead", start, end)
    if lessons:
        taught = _content(reading, stretch, lessons) and is_part(reading, stretch, situation)
        return _found("training_with_content", reading.clause(lessons[0].start)) if taught else None
    for hit in reading.tagged("behaviour", start, end):
        clause = reading.clause(hit.start)
        if not _vague(reading, clause) and _whose(reading, stretch, situation):
            return _found("behaviour_standard", clause)
    empty = any(
        reading.has(tag, stretch) for tag in ("abstract", "activity", "slogan", "vague_describe")
    )
    if not empty and is_part(reading, stretch, situation) and content_left(reading, stretch) >= 4:
        return _found("behaviour_standard", (start, end))
    return None


def _vague(reading: Reading, clause: Stretch) -> bool:
    return reading.has("vague_describe", clause)


def _whose(reading: Reading, stretch: Stretch, situation: Situation) -> bool:
    if is_part(reading, stretch, situation):
        return True
    return reading.has("channel_or_step", stretch) and not reading.has("everyone", stretch)


def _content(reading: Reading, stretch: Stretch, lessons: list[Hit]) -> bool:
    """Say whether a training names what is learnt."""
    start, end = stretch
    if cues.LEARNT.search(reading.text, start, end):
        return True
    tags = (
        "content_lead",
        "activity",
        "part_who",
        "person",
        "everyone",
        "c_training",
        "channel_or_step",
    )
    inside = [
        h for h in reading.group("c_", start, end) if h.tag not in ("c_training", "c_quality")
    ]
    things = reading.tagged("deliverable", start, end)
    taught = [
        h
        for h in (*inside, *things)
        if not any(h.start >= a.start and h.end <= a.end for a in lessons)
    ]
    return bool(taught) or content_left(reading, stretch, tags) >= 6


def _metric_with_side(
    reading: Reading, stretch: Stretch, topic: Topic, situation: Situation
) -> Object | None:
    """Return a metric named together with a part of the team or with means."""
    metric = named_metric(reading, stretch, topic)
    if metric is None:
        return None
    start, end = stretch
    means = [h for h in reading.tagged("means_lead", start, end) if _concrete(reading, h.end, end)]
    vague = reading.has("abstract", stretch) or _only_described(reading, stretch)
    sides = is_part(reading, stretch, situation) and not vague
    if means or sides:
        return _found("metric_with_means" if means else "metric_with_place", reading.clause(start))
    return None


def _only_described(reading: Reading, stretch: Stretch) -> bool:
    """Say whether vague words stand there that are more than a verb of change."""
    changes = {
        h.start
        for tag in ("change_up", "change_down", "change_any")
        for h in reading.tagged(tag, *stretch)
    }
    return any(hit.start not in changes for hit in reading.tagged("vague_describe", *stretch))


def _concrete(reading: Reading, start: int, end: int) -> bool:
    clause = (start, min(end, reading.clause(start)[1]))
    things = any(reading.has(tag, clause) for tag in ("deliverable", "behaviour"))
    return things and not reading.has("abstract", clause)


def named_metric(reading: Reading, stretch: Stretch, topic: Topic) -> Metric | None:
    """Return the metric of the situation that the stretch names, if any."""
    fits = metric_fit(reading, stretch, topic, [])
    usable = [
        (fits[m.key], -i, m) for i, (m, _, _) in enumerate(topic.metrics) if fits[m.key] >= _ENOUGH
    ]
    return max(usable, key=lambda one: one[:2])[2] if usable else None
