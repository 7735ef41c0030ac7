"""A: whether the target is better than now, within reach in the time, and allowed."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date

from cstrain.rules.smart_means import forbidden_words, over_budget
from cstrain.rules.smart_measure import Target, target_value
from cstrain.rules.smart_target import Targets
from cstrain.rules.smart_time import Term
from cstrain.text.calendar import months_until
from cstrain.text.clauses import Stretch
from cstrain.text.reading import Reading
from cstrain.text.situation import Metric, Situation

# Without a present value only what common sense tells is refused: a leap within so few days.
_LEAP_DAYS = 10
_LEAP = 0.25
_NO_DEADLINE_MONTHS = 12


@dataclass(frozen=True)
class Reach:
    """The finding about attainability with the numbers it rests on."""

    met: bool
    reason: str
    facts: dict[str, str | float | int] = field(default_factory=dict)
    start: int = 0
    end: int = 0


def reach_of(
    reading: Reading, live: tuple[Stretch, ...], targets: Targets, term: Term, situation: Situation
) -> Reach:
    """Return whether the targets can be attained in the situation."""
    if not targets.found:
        return Reach(met=False, reason="nothing_to_judge")
    main = targets.found[0]
    if term.reason == "past_deadline":
        return _reach("past_deadline", term, {})
    day = term.day
    for words, reason in (
        (forbidden_words(reading, live, situation, day), "forbidden_means"),
        (over_budget(reading, live, situation), "over_budget"),
    ):
        if words:
            return _reach(reason, main, {"means": words})
    findings = [
        _one(reading, target, day, situation)
        for target in targets.found
        if target is main or _counts_too(target, main)
    ]
    refused = [one for one in findings if not one.met]
    return refused[0] if refused else findings[0]


def _reach(reason: str, at: Target | Term, facts: dict[str, str | float | int]) -> Reach:
    met = reason in ("within_reach", "no_known_obstacle")
    return Reach(met=met, reason=reason, facts=facts, start=at.start, end=at.end)


def _counts_too(target: Target, main: Target) -> bool:
    """Say whether a further target is judged as well: another metric, named beside its level."""
    return target.second and target.metric is not None and target.metric != main.metric


def _one(reading: Reading, target: Target, day: date | None, situation: Situation) -> Reach:
    perfect = _perfect(reading, target)
    metric = target.metric
    value = target_value(target)
    if metric is not None and value is not None and metric.now is not None:
        found = _against_metric(metric, value, day, situation, target)
        if found is not None:
            return found
    if perfect:
        return _reach("perfection", target, {})
    if _leap(target, day, situation):
        return _reach("too_soon", target, {"days": _days(day, situation)})
    return _reach("no_known_obstacle", target, {})


def _against_metric(
    metric: Metric, value: float, day: date | None, situation: Situation, target: Target
) -> Reach | None:
    months = months_until(situation.today, day) if day else _NO_DEADLINE_MONTHS
    limit = metric.reach_within(months)
    now = metric.now
    if now is None or not math.isfinite(value):
        return None
    sign = 1 if metric.better == "up" else -1
    facts: dict[str, str | float | int] = {
        "metric": metric.key, "target": round(value, 6), "now": now, "months": months,
    }  # fmt: skip
    if (value - now) * sign <= 1e-9:
        return _reach("not_better", target, facts)
    if limit is None:
        return None
    facts["reach"] = limit
    slack = 1e-6 * max(1.0, abs(limit))
    if (value - limit) * sign > slack:
        return _reach("beyond_reach", target, facts)
    return _reach("within_reach", target, facts)


def _perfect(reading: Reading, target: Target) -> bool:
    """Say whether the target leaves no exception in something others decide about."""
    if target.mode == "result":
        return False
    whole = target.mode == "zero" or (
        target.unit == "%" and target.value == 100 and target.mode == "level"
    )
    zero = target.mode == "level" and target.value == 0
    if not (whole or zero):
        return False
    stretch = reading.sentence(target.start)
    own = reading.has("own_task", stretch)
    outcome = any(reading.has(tag, stretch) for tag in _OUTCOMES)
    return zero or target.mode == "zero" or not own or outcome


_OUTCOMES = (
    "c_satisfaction",
    "c_complaint",
    "c_bad_review",
    "c_fcr",
    "c_churn",
    "c_retain",
    "c_nps",
    "c_answered",
    "c_ontime",
    "c_error",
    "c_repeat",
)


def _days(day: date | None, situation: Situation) -> int:
    return (day - situation.today).days if day else 0


def _leap(target: Target, day: date | None, situation: Situation) -> bool:
    if day is None or _days(day, situation) > _LEAP_DAYS or not target.value:
        return False
    if target.mode in ("change", "factor"):
        return target.unit == "x" or (target.unit == "%" and target.value >= 100 * _LEAP)
    if target.base is None or target.mode != "level":
        return False
    return abs(target.value - target.base) >= _LEAP * max(abs(target.base), 1e-9)
