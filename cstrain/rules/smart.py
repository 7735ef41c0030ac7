"""The judge of goals: S, M, A, R and T, each with the words that show it and a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cstrain.rules.goal_sense import KINDS, rather_than_a_goal, signs
from cstrain.rules.smart_object import Object, named_metric, object_of
from cstrain.rules.smart_quotes import measure_start
from cstrain.rules.smart_reach import Reach, reach_of
from cstrain.rules.smart_relevance import Relevance, relevance
from cstrain.rules.smart_target import Targets, targets_of
from cstrain.rules.smart_time import Term, term_of
from cstrain.rules.smart_topic import Topic, is_known, topic_of
from cstrain.rules.smart_zero import Live, kinds_of, living
from cstrain.text.clauses import Stretch
from cstrain.text.reading import Reading, read
from cstrain.text.situation import Metric, Situation

Fact = str | float | int
LETTERS: Final = ("S", "M", "A", "R", "T")
NOT_A_GOAL: Final = ("empty", "gibberish", *KINDS)
_NONE: Final = tuple(f"not_a_goal.{kind}" for kind in NOT_A_GOAL)
# Every reason that can occur, by letter; messages are checked against it.
REASONS: Final[Mapping[str, tuple[str, ...]]] = {
    "S": (
        "object_and_target",
        "countable_object",
        "behaviour_standard",
        "training_with_content",
        "metric_with_means",
        "metric_with_place",
        "activity_only",
        "vague_object",
        "no_object",
        *_NONE,
    ),
    "M": (
        "target",
        "checkable_result",
        "no_baseline",
        "frequency_only",
        "activity_only",
        "head_count_only",
        "baseline_only",
        "vague_target",
        "no_target",
        *_NONE,
    ),
    "A": (
        "within_reach",
        "no_known_obstacle",
        "nothing_to_judge",
        "past_deadline",
        "forbidden_means",
        "over_budget",
        "perfection",
        "too_soon",
        "not_better",
        "beyond_reach",
        *_NONE,
    ),
    "R": ("serves_metric", "serves_objective", "serves_service", "off_topic", "no_overlap", *_NONE),
    "T": (
        "deadline",
        "event",
        "past_deadline",
        "service_time_only",
        "frequency_only",
        "soon_only",
        "no_deadline",
        *_NONE,
    ),
}


@dataclass(frozen=True)
class Verdict:
    """One letter's verdict; `evidence` is a piece of the learner's text, `reason` a code."""

    met: bool
    evidence: str | None
    reason: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Judgement:
    """The five verdicts; `not_a_goal` says why a text is none at all."""

    S: Verdict
    M: Verdict
    A: Verdict
    R: Verdict
    T: Verdict
    not_a_goal: str | None

    def labels(self) -> dict[str, int]:
        """Return the verdicts as 0 and 1 by letter."""
        return {letter: int(getattr(self, letter).met) for letter in LETTERS}


@dataclass(frozen=True)
class _Found:
    targets: Targets
    term: Term
    reach: Reach
    thing: Object
    relevant: Relevance


def judge(text: str, situation: Situation) -> Judgement:
    """Return the judgement of a goal written for a situation."""
    reading = read(text, situation.today)
    topic = topic_of(situation)
    live = living(reading, is_known(topic))
    cut: dict[str, Fact] = {"read": len(reading.folded.at)} if reading.folded.cut else {}
    if live.reason in ("empty", "gibberish"):
        return _nothing(live.reason, cut)
    stretches = _spoken(reading, live)
    found = _find(reading, stretches, topic, situation)
    rather = rather_than_a_goal(_signs(reading, situation, topic, found), live.reason)
    if rather is None and _is_slogan(reading, stretches, found):
        rather = "slogan"
    return _nothing(rather, cut) if rather else _judgement(reading, found, cut)


def _spoken(reading: Reading, live: Live) -> tuple[Stretch, ...]:
    """Return the stretches that speak of the goal, all where the rules have found none."""
    if live.stretches:
        return live.stretches
    kinds = zip(reading.sentences, kinds_of(reading), strict=True)
    return tuple(one for one, kind in kinds if kind == "live") or reading.sentences


def signs_of(text: str, situation: Situation) -> set[str]:
    """Return the signs by which a text is weighed; the learner of the weights asks for them."""
    reading = read(text, situation.today)
    topic = topic_of(situation)
    live = living(reading, is_known(topic))
    found = _find(reading, _spoken(reading, live), topic, situation)
    return _signs(reading, situation, topic, found)


def _signs(reading: Reading, situation: Situation, topic: Topic, found: _Found) -> set[str]:
    main = found.targets.found[0] if found.targets.found else None
    reasons = (
        f"S={found.thing.reason}",
        f"S={found.thing.met}",
        f"M={main.mode if main else found.targets.reason}",
        f"M={'known' if main and main.metric else 'other' if main else 'none'}",
        f"A={found.reach.reason}",
        f"R={found.relevant.reason}",
        f"T={found.term.reason}",
    )
    return signs(reading, situation, topic, kinds_of(reading), reasons)


def _find(
    reading: Reading, live: tuple[Stretch, ...], topic: Topic, situation: Situation
) -> _Found:
    targets = targets_of(reading, live, topic)
    main = targets.found[0] if targets.found else None
    term = term_of(reading, live, situation, main.start if main else None)
    metric: Metric | None = main.metric if main else None
    if metric is None and main is None:
        named = (named_metric(reading, stretch, topic) for stretch in live)
        metric = next((one for one in named if one is not None), None)
    return _Found(
        targets=targets,
        term=term,
        reach=reach_of(reading, live, targets, term, situation),
        thing=object_of(reading, live, targets, topic, situation),
        relevant=relevance(
            reading, live, topic, reading.clause(main.start) if main else None, metric
        ),
    )


_DOING: Final = (
    "change_up", "change_down", "change_keep", "vague_describe", "activity", "abstract",
    "behaviour",
    "result_make", "result_done", "part_who", "goal_sign",
)  # fmt: skip


def _is_slogan(reading: Reading, live: tuple[Stretch, ...], found: _Found) -> bool:
    """Say whether nothing is named that could be reached: praise, or words without a subject."""
    if found.targets.found or found.thing.met:
        return False
    reason = found.relevant.reason
    if not found.relevant.met:
        return reason == "no_overlap"
    if reason != "serves_service" or found.term.day is not None:
        return False
    praised = any(reading.has("slogan", stretch) for stretch in live)
    return praised or not any(reading.has(tag, stretch) for stretch in live for tag in _DOING)


def _nothing(reason: str, facts: Mapping[str, Fact]) -> Judgement:
    verdict = Verdict(met=False, evidence=None, reason=f"not_a_goal.{reason}", facts=facts)
    return Judgement(verdict, verdict, verdict, verdict, verdict, reason)


def _judgement(reading: Reading, found: _Found, cut: Mapping[str, Fact]) -> Judgement:
    targets, term, reach, thing = found.targets, found.term, found.reach, found.thing
    main = targets.found[0] if targets.found else None
    measure = (
        "target"
        if main and main.mode != "result"
        else "checkable_result"
        if main
        else targets.reason
    )
    about: dict[str, Fact] = {"words": targets.words} if targets.words else {}
    term_facts: dict[str, Fact] = {"day": term.day.isoformat()} if term.day else {}
    about_r = found.relevant
    quoted = _quoted(reading, measure_start(reading, main), main.end) if main else None
    return Judgement(
        S=Verdict(thing.met, _quoted(reading, thing.start, thing.end), thing.reason, cut),
        M=Verdict(main is not None, quoted, measure, {**about, **cut}),
        A=Verdict(
            reach.met,
            _quoted(reading, reach.start, reach.end),
            reach.reason,
            {**reach.facts, **cut},
        ),
        R=Verdict(about_r.met, about_r.words or None, about_r.reason, cut),
        T=Verdict(
            term.day is not None,
            _quoted(reading, term.start, term.end),
            term.reason,
            {**term_facts, **cut},
        ),
        not_a_goal=None,
    )


def _quoted(reading: Reading, start: int, end: int) -> str | None:
    return reading.words(start, end) or None
