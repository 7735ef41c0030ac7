"""S: does the goal name one object, with where or who, how, or an end state?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cstrain.rules.smart_target import Target, Targets
from cstrain.rules.smart_topic import Topic, metric_fit
from cstrain.text.clauses import Stretch
from cstrain.text.lexicon import HAN, TOKEN, Hit
from cstrain.text.likeness import features, pairs_of, stem, stems_of
from cstrain.text.normalise import fold
from cstrain.text.reading import Reading
from cstrain.text.situation import Metric, Situation
from cstrain.text.zh import ROLE

_ENOUGH: Final = 0.6
_LEARNT: Final = re.compile(
    r"\b(?:training|course|workshop|session|drill|coaching|briefing|lesson|train|coach)s?\b[^.;]{0,50}? (?:on|about|in how|covering|in handling|in the) (?:the |how )?(?!all|every|the|january|february|march|april|may|june|july|august|september|october|november|december|q\d|\d)[a-z]{3,}"
)


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
        start, end = _named(reading, main.start, main.end, main.metric)
        return Object(True, "object_and_target", start, end)
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


def _not_specific(reading: Reading, live: tuple[Stretch, ...]) -> Object:
    for tag, reason in (
        ("activity", "activity_only"),
        ("vague_describe", "vague_object"),
        ("abstract", "vague_object"),
    ):
        for start, end in live:
            hits = reading.tagged(tag, start, end)
            if hits:
                return Object(False, reason, hits[0].start, hits[0].end)
    return Object(False, "no_object", 0, 0)


def _named(reading: Reading, start: int, end: int, metric: Metric | None) -> Stretch:
    """Return the words before the target in its clause, or those behind it, as its object."""
    first, last = reading.clause(start)
    sentence = reading.sentence(start)
    low = _after_times(reading, first, start)
    named = _metric_words(reading, (low, start), metric) or _metric_words(
        reading, (end, last), metric
    )
    if named is not None:
        return named
    if len(reading.text[low:start].strip()) >= 2:
        return low, _before_markers(reading, low, start)
    if len(reading.text[end:last].strip()) >= 2:
        return end, last
    low = _after_times(reading, sentence[0], start)
    return (low, start) if reading.text[low:start].strip() else (start, end)


def measure_start(reading: Reading, target: Target) -> int:
    """Return where the words of the measure begin: with the present level and the verb of change."""
    first, _ = reading.clause(target.start)
    start = target.start
    tags = ("change_up", "change_down", "change_any", "change_keep")
    for _ in range(2):
        before = [h for tag in tags for h in reading.tagged(tag, max(first, start - 12), start)]
        joined = [h for h in before if not reading.text[h.end : start].strip()]
        start = min((h.start for h in joined), default=start)
    for number in reading.numbers:
        if first <= number.start < target.start and target.start - number.end <= 12:
            lead = reading.tagged("from_marker", max(first, number.start - 6), number.start)
            start = min(start, lead[-1].start if lead else number.start)
    return start


def _metric_words(reading: Reading, stretch: Stretch, metric: Metric | None) -> Stretch | None:
    """Return the words of a stretch that name the metric, None when they do not stand there."""
    if metric is None:
        return None
    start, end = stretch
    own = features(f"{metric.names.zh} {metric.names.en}")
    found = [(h.start, h.end) for h in reading.group("c_", start, end) if h.tag in own.ideas]
    text = reading.text
    found += [(i, i + 2) for i in range(start, end - 1) if text[i : i + 2] in own.pairs]
    found += [m.span() for m in TOKEN.finditer(text, start, end) if stem(m.group()) in own.stems]
    return (min(a for a, _ in found), max(b for _, b in found)) if found else None


def _after_times(reading: Reading, low: int, high: int) -> int:
    """Return where the words begin once a leading time expression is passed."""
    for time in reading.times:
        if (
            low <= time.start
            and time.end <= high
            and not reading.text[low : time.start].strip(" ,")
        ):
            low = time.end
    for hit in sorted(
        reading.tagged("change_up", low, high)
        + reading.tagged("change_down", low, high)
        + reading.tagged("change_any", low, high),
        key=lambda h: h.start,
    ):
        if (
            not reading.text[low : hit.start].strip(" ,")
            and hit.end < high
            and reading.text[hit.end : high].strip()
        ):
            low = hit.end
    return low


def _before_markers(reading: Reading, low: int, high: int) -> int:
    """Return where the words end before the markers and earlier numbers that lead to the target."""
    cut = high
    for number in reading.numbers:
        if low < number.start < cut and number.unit not in ("s", "h", "min", "day"):
            cut = number.start
    for tag in ("from_marker", "to_marker", "change_up", "change_down", "change_any", "by_marker"):
        for hit in reading.tagged(tag, low + 2, cut):
            if not reading.text[hit.end : cut].strip(" :"):
                cut = hit.start
    return cut if reading.text[low:cut].strip() else high


def _counted(reading: Reading, stretch: Stretch, targets: Targets) -> Object | None:
    """Return a thing that changes by an amount whose start is unknown."""
    if targets.reason != "no_baseline":
        return None
    start, end = stretch
    nouns = reading.tagged("count_noun", start, end)
    if (reading.has("abstract", stretch) and not nouns) or not content_left(reading, stretch):
        return None
    first = _after_times(reading, start, end)
    ideas = list(reading.group("c_", start, end))
    last = max((h.end for h in (*nouns, *ideas)), default=end)
    return Object(True, "countable_object", min(first, last), last)


def _behaviour(reading: Reading, stretch: Stretch, situation: Situation) -> Object | None:
    start, end = stretch
    lessons = reading.tagged("content_lead", start, end)
    if lessons:
        taught = _content(reading, stretch, lessons) and _part(reading, stretch, situation)
        return (
            Object(True, "training_with_content", *reading.clause(lessons[0].start))
            if taught
            else None
        )
    for hit in reading.tagged("behaviour", start, end):
        clause = reading.clause(hit.start)
        if not _vague(reading, clause) and _whose(reading, stretch, situation):
            return Object(True, "behaviour_standard", *clause)
    empty = any(
        reading.has(tag, stretch) for tag in ("abstract", "activity", "slogan", "vague_describe")
    )
    if not empty and _part(reading, stretch, situation) and content_left(reading, stretch) >= 4:
        return Object(True, "behaviour_standard", start, end)
    return None


def _vague(reading: Reading, clause: Stretch) -> bool:
    return reading.has("vague_describe", clause)


def _whose(reading: Reading, stretch: Stretch, situation: Situation) -> bool:
    if _part(reading, stretch, situation):
        return True
    return reading.has("channel_or_step", stretch) and not reading.has("everyone", stretch)


def _part(reading: Reading, stretch: Stretch, situation: Situation) -> bool:
    """Say whether a named part acts; the name of the whole department is no part."""
    start, end = stretch
    whole = _one_team(situation)
    named = [(h.start, h.end) for h in reading.tagged("part_who", start, end)]
    named += [m.span() for m in ROLE.finditer(reading.text, start, end)]
    if not whole:
        named += _team_words(reading, stretch, situation)
    return any(
        not (whole and reading.text[a:b] in whole) and not _with_everyone(reading, a)
        for a, b in named
    )


def _team_words(reading: Reading, stretch: Stretch, situation: Situation) -> list[Stretch]:
    """Return where the names of the team's parts stand."""
    start, end = stretch
    text = reading.text
    own = features(f"{situation.team.zh} {situation.team.en}")
    weak = own.weak | stems_of(
        "staff team teams agents group groups people employees members night day shift"
    )
    found = [(i, i + 2) for i in range(start, end - 1) if text[i : i + 2] in own.pairs - weak]
    found += [
        m.span() for m in TOKEN.finditer(text, start, end) if stem(m.group()) in own.stems - weak
    ]
    return found


def _with_everyone(reading: Reading, place: int) -> bool:
    """Say whether "we" or "everyone" is meant and not only the part that is named."""
    clause = reading.clause(place)
    hits = reading.tagged("all_people", clause[0], place)
    return any(place - hit.end > 1 for hit in hits)


def _one_team(situation: Situation) -> str:
    """Return the name of the team when it has no parts, "" otherwise."""
    zh, en = fold(situation.team.zh).text, fold(situation.team.en).text
    parted = any(mark in zh for mark in ("\u3001", ",", ";", "\u548c", ":")) or any(
        mark in en for mark in (",", ";", " and ", ":")
    )
    return "" if parted else f"{zh} {en}"


def _content(reading: Reading, stretch: Stretch, lessons: list[Hit]) -> bool:
    """Say whether a training names what is learnt."""
    start, end = stretch
    if _LEARNT.search(reading.text, start, end):
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


def content_left(reading: Reading, stretch: Stretch, more: tuple[str, ...] = ()) -> int:
    """Return how much is said beside numbers, times and empty words: characters or words."""
    start, end = stretch
    words = list(reading.text[start:end])
    tags = (
        "to_marker",
        "from_marker",
        "change_up",
        "change_down",
        "change_any",
        "everyone",
        "vague_describe",
        "by_marker",
        "goal_sign",
        *more,
    )
    pieces = [(h.start, h.end) for tag in tags for h in reading.tagged(tag, start, end)]
    pieces += [
        (p.start, p.end) for p in (*reading.times, *reading.numbers) if start <= p.start < end
    ]
    for a, b in pieces:
        words[a - start : min(b, end) - start] = " " * (min(b, end) - a)
    rest = "".join(words)
    return len(HAN.findall(rest)) + len(stems_of(rest))


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
    sides = _part(reading, stretch, situation) and not vague
    if means or sides:
        return Object(
            True, "metric_with_means" if means else "metric_with_place", *reading.clause(start)
        )
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
