"""What the sub-rules of the goal card are made of: context, result, and the letters S and M."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from cstrain.goals.goal_card import GoalCard, Typed
from cstrain.goals.goal_tree import Row
from cstrain.goals.metrics import KpiName
from cstrain.goals.milestones import LEAST, beyond, inside, steps_back
from cstrain.goals.stretch import DIRECTIONS, StretchReading
from cstrain.model import Facts
from cstrain.text.vague import vague_hits

Letter = Literal["S", "M", "A", "R", "T"]
LEAST_CHARACTERS: Final = 12  # of a Chinese statement, curriculum N03
LEAST_WORDS: Final = 6  # of an English one
LEAST_MEASURES: Final = 2


@dataclass(frozen=True)
class Said:
    """The result of one sub-rule: met or not, why as a code, and the facts of the sentence."""

    met: bool
    code: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """What the sub-rules look at: the card, its reading, the tree above it, the judge's no."""

    card: GoalCard
    reading: StretchReading
    parent: Row | None
    siblings: Sequence[Row]
    not_a_goal: str | None


SubRule = Callable[[Context], Said]


def statement(about: Context) -> Said:
    """Meet when the statement is long enough to say something and states a goal."""
    text = about.card.statement
    if not text:
        return Said(met=False, code="statement_missing")
    chinese = any(unicodedata.name(sign, "").startswith("CJK UNIFIED") for sign in text)
    length = sum(not sign.isspace() for sign in text) if chinese else len(text.split())
    least = LEAST_CHARACTERS if chinese else LEAST_WORDS
    if length < least:
        code = "statement_short_zh" if chinese else "statement_short_en"
        return Said(met=False, code=code, facts={"length": length, "least": least})
    if about.not_a_goal:
        return Said(met=False, code=f"statement_{about.not_a_goal}", facts={"words": text[:80]})
    return Said(met=True, code="statement_ok")


def vague(about: Context) -> Said:
    """Meet when no word of the statement means something else to everybody."""
    text = about.card.statement
    if not text:
        return Said(met=False, code="vague_missing")
    hits = tuple(dict.fromkeys(text[one.start : one.end] for one in vague_hits(text)))
    if hits:
        return Said(met=False, code="vague_found", facts={"words": ", ".join(hits[:4])})
    return Said(met=True, code="vague_ok")


def named_object(about: Context) -> Said:
    """Meet when the object is filled in and the statement speaks of it."""
    card = about.card
    if not card.object:
        return Said(met=False, code="object_missing")
    inside_it = _folded(card.object) in _folded(card.statement)
    if inside_it or (card.metric is not None and card.metric.said_in(card.statement)):
        return Said(met=True, code="object_ok", facts={"words": card.object})
    return Said(met=False, code="object_absent", facts={"words": card.object})


def measures(about: Context) -> Said:
    """Meet with two measures."""
    count = len(about.card.measures)
    code = "measures_ok" if count >= LEAST_MEASURES else "measures_few"
    if not count:
        return Said(met=False, code="measures_missing")
    return Said(met=count >= LEAST_MEASURES, code=code, facts={"count": count})


def people(about: Context) -> Said:
    """Meet with an owner and a resource."""
    owner, resource = bool(about.card.owner), bool(about.card.resources)
    if owner and resource:
        return Said(met=True, code="people_ok", facts={"words": about.card.owner})
    if not owner and not resource:
        return Said(met=False, code="people_missing")
    return Said(met=False, code="resource_missing" if owner else "owner_missing")


def known_metric(about: Context) -> Said:
    """Meet when the metric is one of the dictionary."""
    card = about.card
    if card.metric is not None:
        return Said(met=True, code="metric_ok", facts={"metric": card.metric.code})
    if not card.metric_words:
        return Said(met=False, code="metric_missing")
    return Said(met=False, code="metric_unknown", facts={"words": card.metric_words})


def fitting_unit(about: Context) -> Said:
    """Meet when the unit measures what the metric measures."""
    card = about.card
    if not card.unit_words:
        return Said(met=False, code="unit_missing")
    if card.metric is None:
        return Said(met=False, code="unit_need")
    facts = {"words": card.unit_words, "metric": card.metric.code}
    if card.unit is None:
        return Said(met=False, code="unit_unknown", facts=facts)
    good = card.unit.kind == card.metric.unit.kind
    return Said(met=good, code="unit_ok" if good else "unit_other", facts=facts)


def values(about: Context) -> Said:
    """Meet when baseline and target are numbers and differ."""
    card = about.card
    for name, typed in (("baseline", card.baseline), ("target", card.target)):
        if typed.value is None:
            return _no_value(name, typed)
    facts = {"words": card.baseline.words, "words_target": card.target.words}
    if card.baseline.value == card.target.value:
        return Said(met=False, code="values_equal", facts=facts)
    return Said(met=True, code="values_ok", facts=facts)


def _no_value(name: str, typed: Typed) -> Said:
    if not typed.words:
        return Said(met=False, code=f"{name}_missing")
    return Said(met=False, code=f"{name}_unreadable", facts={"words": typed.words})


def direction(about: Context) -> Said:
    """Meet when the direction is the metric's good one and the target lies that way."""
    card = about.card
    if not card.direction:
        return Said(met=False, code="direction_missing")
    if card.direction not in DIRECTIONS:
        return Said(met=False, code="direction_range")
    if card.metric is None or card.baseline.value is None or card.target.value is None:
        return Said(met=False, code="direction_need")
    facts = {"metric": card.metric.code}
    change = card.target.value - card.baseline.value
    fault = _direction_fault(card, card.metric, change)
    return Said(met=not fault, code=fault or "direction_ok", facts=facts)


def _direction_fault(card: GoalCard, metric: KpiName, change: float) -> str:
    if metric.good == "range" and not card.guard:
        return "range_needs_guard"
    if metric.good not in {"range", card.direction}:
        return "direction_against"
    right_way = change > 0 if card.direction == "up" else change < 0
    return "" if right_way else "direction_mismatch"


def milestones(about: Context) -> Said:
    """Meet with three marks inside the period, strictly in step and none beyond the target."""
    card = about.card
    if card.odd_marks:
        return Said(met=False, code="milestone_unreadable", facts={"words": card.odd_marks[0]})
    if not card.marks:
        return Said(met=False, code="milestones_missing")
    if len(card.marks) < LEAST:
        return Said(met=False, code="milestones_few", facts={"count": len(card.marks)})
    plan = card.plan
    if plan is None:
        return Said(met=False, code="milestones_need")
    faults: Mapping[str, int] = {
        "milestones_outside": len(plan.marks) - len(inside(plan)),
        "milestones_beyond": len(beyond(plan)),
        "milestones_back": len(steps_back(plan)),
    }
    for code, count in faults.items():
        if count:
            return Said(met=False, code=code, facts={"count": count})
    return Said(met=True, code="milestones_ok", facts={"count": len(plan.marks)})


def _folded(text: Any) -> str:
    folded = unicodedata.normalize("NFKC", str(text)).casefold()
    return "".join(sign for sign in folded if not sign.isspace())


SPECIFIC: Final[Mapping[str, SubRule]] = {
    "statement": statement,
    "vague": vague,
    "object": named_object,
    "measures": measures,
    "people": people,
}
MEASURABLE: Final[Mapping[str, SubRule]] = {
    "metric": known_metric,
    "unit": fitting_unit,
    "values": values,
    "direction": direction,
    "milestones": milestones,
}
