"""R: whether the object of the goal serves the department's objective."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cstrain.rules.smart_topic import Topic
from cstrain.text.clauses import Stretch
from cstrain.text.likeness import Features, features
from cstrain.text.reading import Reading
from cstrain.text.situation import Metric

_STRONG: Final = 2  # so much likeness outweighs a word of another field


@dataclass(frozen=True)
class Relevance:
    """The finding about relevance; `words` name what is off the topic."""

    met: bool
    reason: str
    words: str = ""


def relevance(
    reading: Reading,
    live: tuple[Stretch, ...],
    topic: Topic,
    main: Stretch | None,
    metric: Metric | None,
) -> Relevance:
    """Return whether the goal serves the objective, a reason code, and the words that show it."""
    off = _off_topic(reading, [main] if main else list(live), topic)
    if metric is not None:
        return Relevance(met=True, reason="serves_metric")
    here = features(" ".join(reading.text[start:end] for start, end in live))
    strong = _overlap(here, topic.objective)
    if not off and strong < _STRONG:
        off = _off_topic(reading, list(live), topic)
    if off:
        return Relevance(met=False, reason="off_topic", words=off)
    if strong >= 1:
        return Relevance(met=True, reason="serves_objective")
    if _serves(reading, live, here, topic) or (main is not None and "g_channel" in here.ideas):
        return Relevance(met=True, reason="serves_service")
    return Relevance(met=False, reason="no_overlap")


def _serves(reading: Reading, live: tuple[Stretch, ...], here: Features, topic: Topic) -> bool:
    """Say whether the goal speaks of service at all: its ideas, its people, its daily acts."""
    named = any(i.startswith("c_") or i in ("g_customer", "g_service") for i in here.ideas)
    acts = any(reading.has(tag, s) for s in live for tag in ("activity", "behaviour"))
    return named or acts or _overlap(here, topic.around) >= _STRONG


def _off_topic(reading: Reading, stretches: list[Stretch], topic: Topic) -> str:
    for start, end in stretches:
        for hit in reading.group("o_", start, end):
            inside = any(
                c.start <= hit.start and hit.end <= c.end and c.end - c.start > hit.end - hit.start
                for c in reading.group("c_", start, end)
            )
            if hit.tag not in topic.fields and not inside:
                return reading.words(hit.start, hit.end)
    return ""


def _overlap(here: Features, there: Features) -> float:
    ideas = sum(1.0 for i in here.ideas & there.ideas if i.startswith("c_"))
    generic = 0.5 * len([i for i in here.ideas & there.ideas if i.startswith("g_")])
    pairs = 0.5 * len(here.pairs & there.pairs - here.weak - there.weak)
    stems = 0.6 * len(here.stems & there.stems - here.weak - there.weak)
    return ideas + generic + pairs + stems
