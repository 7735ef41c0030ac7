"""The sub-rules of the goal card for A (within reach), R (in the tree) and T (in time)."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Final

from cstrain.goals.goal_tree import LEVELS, Row, aim_of, day_of, text_of
from cstrain.goals.metrics import METRICS, relations
from cstrain.goals.milestones import gaps
from cstrain.goals.stretch import DIRECTIONS
from cstrain.model import Facts
from cstrain.rules.goal_card_parts import LEAST_MEASURES, Context, Said, SubRule

LEAST_PERIODS: Final = 12
LEAST_RESOURCES: Final = 2  # for a target in the hard zone
LIMIT_MONTHS: Final[Mapping[str, int]] = {
    "person": 12,
    "team": 12,
    "department": 24,
    "company": 60,
}
GAP_DAYS: Final = 31
LONG_GAP_DAYS: Final = 92  # when the horizon is longer than a year
YEAR_DAYS: Final = 366
LAST_REVIEW_DAYS: Final = 7  # before the deadline, so that something can still be changed


def history(about: Context) -> Said:
    """Meet with twelve periods of history."""
    card = about.card
    if card.odd_history:
        return Said(met=False, code="history_unreadable", facts={"words": card.odd_history[0]})
    count = len(card.history)
    if not count:
        return Said(met=False, code="history_missing")
    good = count >= LEAST_PERIODS
    facts = {"count": count, "least": LEAST_PERIODS}
    return Said(met=good, code="history_ok" if good else "history_short", facts=facts)


def zone(about: Context) -> Said:
    """Meet in the peach zone, and in the hard zone with two resources."""
    card, reading = about.card, about.reading
    if card.target.value is None or card.direction not in DIRECTIONS or not card.history:
        return Said(met=False, code="zone_need")
    facts = {"ratio": round(reading.ratio or 0.0, 3), "zone": reading.zone}
    if reading.zone == "hard":
        enough = len(card.resources) >= LEAST_RESOURCES
        code = "zone_hard_ok" if enough else "zone_hard_resources"
        return Said(met=enough, code=code, facts=facts)
    return Said(met=reading.zone == "peach", code=f"zone_{reading.zone}", facts=facts)


def bounds(about: Context) -> Said:
    """Meet when the target is a value that the metric can have."""
    card = about.card
    if card.metric is None or card.target.value is None:
        return Said(met=False, code="bounds_need")
    facts = {"words": card.target.words, "metric": card.metric.code}
    good = card.metric.allows(card.target.value)
    return Said(met=good, code="bounds_ok" if good else "bounds_outside", facts=facts)


def agreed(about: Context) -> Said:
    """Meet when somebody besides the owner agreed."""
    card = about.card
    others = [one for one in card.agreed_with if one.casefold() != card.owner.casefold()]
    if others:
        return Said(met=True, code="agreed_ok", facts={"words": ", ".join(others[:3])})
    if card.agreed_with:
        return Said(met=False, code="agreed_owner_only", facts={"words": card.owner})
    return Said(met=False, code="agreed_missing")


def effort(about: Context) -> Said:
    """Meet when the measures' days fit into the capacity."""
    card = about.card
    if len(card.measures) < LEAST_MEASURES:
        return Said(met=False, code="effort_few", facts={"count": len(card.measures)})
    for one in card.measures:
        if one.effort_days is None or one.effort_days <= 0:
            return Said(met=False, code="effort_missing", facts={"words": one.text})
    if not card.capacity.words:
        return Said(met=False, code="capacity_missing")
    if card.capacity.value is None:
        return Said(met=False, code="capacity_unreadable", facts={"words": card.capacity.words})
    total = round(sum(one.effort_days or 0.0 for one in card.measures), 6)
    good = total <= card.capacity.value
    facts = {"effort": total, "capacity": card.capacity.value}
    return Said(met=good, code="effort_ok" if good else "effort_over", facts=facts)


def parent(about: Context) -> Said:
    """Meet when the parent goal exists; a company goal needs none."""
    words = about.card.parent_id
    if about.parent is not None:
        return Said(met=True, code="parent_ok", facts={"words": words})
    if words:
        return Said(met=False, code="parent_unknown", facts={"words": words})
    top = about.card.level == LEVELS[0]
    return Said(met=top, code="parent_top" if top else "parent_missing")


def related(about: Context) -> Said:
    """Meet when the metric helps the parent's metric."""
    card = about.card
    if _is_top(about):
        return Said(met=True, code="related_top")
    if about.parent is None or card.metric is None:
        return Said(met=False, code="related_need")
    above = text_of(about.parent, "metric")
    good = relations().serves(card.metric.code, above)
    facts = {"metric": card.metric.code, "words": _shown(about.parent, above)}
    return Said(met=good, code="related_ok" if good else "related_not", facts=facts)


def conflict(about: Context) -> Said:
    """Meet when no sibling pulls the other way, or one of the two has a fitting guard metric."""
    card = about.card
    if card.metric is None or card.direction not in DIRECTIONS:
        return Said(met=False, code="conflict_need")
    if about.parent is None and not _is_top(about):
        return Said(met=False, code="conflict_need")
    own = (card.metric.code, card.direction)
    pairs = {frozenset(pair) for pair in relations().conflicts}
    fighting = [one for one in about.siblings if frozenset((own, aim_of(one))) in pairs]
    unguarded = [one for one in fighting if not _guarded(card.guard, own[0], one)]
    if unguarded:
        other = unguarded[0]
        facts = {"words": text_of(other, "goal_id"), "metric": text_of(other, "metric")}
        return Said(met=False, code="conflict_found", facts=facts)
    return Said(met=True, code="conflict_guarded" if fighting else "conflict_none")


def result(about: Context) -> Said:
    """Meet when the metric shows a result or a process, not how much was done."""
    if about.card.metric is None:
        return Said(met=False, code="result_need")
    facts = {"metric": about.card.metric.code}
    good = about.card.metric.kind != "activity"
    return Said(met=good, code="result_ok" if good else "result_activity", facts=facts)


def level(about: Context) -> Said:
    """Meet when the level stands exactly one step below the parent's."""
    own = about.card.level
    if not own:
        return Said(met=False, code="level_missing")
    if own not in LEVELS:
        return Said(met=False, code="level_unknown", facts={"words": own})
    if _is_top(about):
        return Said(met=True, code="level_top")
    if about.parent is None:
        return Said(met=False, code="level_need")
    above = text_of(about.parent, "level")
    good = above in LEVELS and LEVELS.index(own) == LEVELS.index(above) + 1
    facts = {"level": own, "above": above}
    return Said(met=good, code="level_ok" if good else "level_other", facts=facts)


def deadline(about: Context) -> Said:
    """Meet when the deadline is a date."""
    typed = about.card.deadline
    if typed.value is not None:
        return Said(met=True, code="deadline_ok", facts={"words": typed.words})
    if not typed.words:
        return Said(met=False, code="deadline_missing")
    return Said(met=False, code="deadline_unreadable", facts={"words": typed.words})


def after_start(about: Context) -> Said:
    """Meet when the deadline comes after the start."""
    card = about.card
    if not card.start.words:
        return Said(met=False, code="start_missing")
    if card.start.value is None:
        return Said(met=False, code="start_unreadable", facts={"words": card.start.words})
    if card.deadline.value is None:
        return Said(met=False, code="after_start_need")
    good = card.deadline.value > card.start.value
    facts = {"words": card.start.words, "words_deadline": card.deadline.words}
    return Said(met=good, code="after_start_ok" if good else "after_start_not", facts=facts)


def before_parent(about: Context) -> Said:
    """Meet when the deadline is not after the parent's."""
    card = about.card
    if card.deadline.value is None:
        return Said(met=False, code="before_parent_need")
    if _is_top(about):
        return Said(met=True, code="before_parent_top")
    latest = None if about.parent is None else day_of(about.parent.get("deadline"))
    if latest is None:
        return Said(met=False, code="before_parent_need")
    good = card.deadline.value <= latest
    facts = {"words": card.deadline.words, "limit": latest.isoformat()}
    return Said(met=good, code="before_parent_ok" if good else "before_parent_late", facts=facts)


def reviews(about: Context) -> Said:
    """Meet when reviews leave no long gap and the last one comes a week before the deadline."""
    card = about.card
    start, end = card.start.value, card.deadline.value
    if card.odd_reviews:
        return Said(met=False, code="review_unreadable", facts={"words": card.odd_reviews[0]})
    if not card.reviews:
        return Said(met=False, code="reviews_missing")
    if start is None or end is None or end <= start:
        return Said(met=False, code="reviews_need")
    outside = sum(not start <= one <= end for one in card.reviews)
    if outside:
        return Said(met=False, code="reviews_outside", facts={"count": outside})
    most = LONG_GAP_DAYS if (end - start).days > YEAR_DAYS else GAP_DAYS
    longest = max(gaps(start, card.reviews, end))
    left = (end - max(card.reviews)).days
    facts = {"count": len(card.reviews), "longest": longest, "most": most, "left": left}
    if longest > most:
        return Said(met=False, code="reviews_gap", facts=facts)
    good = left >= LAST_REVIEW_DAYS
    return Said(met=good, code="reviews_ok" if good else "reviews_last", facts=facts)


def horizon(about: Context) -> Said:
    """Meet when the time from start to deadline suits the level."""
    card = about.card
    if card.level not in LEVELS or card.start.value is None or card.deadline.value is None:
        return Said(met=False, code="horizon_need")
    months = LIMIT_MONTHS[card.level]
    facts: Facts = {"level": card.level, "months": months}
    good = card.deadline.value <= add_months(card.start.value, months)
    return Said(met=good, code="horizon_ok" if good else "horizon_long", facts=facts)


def add_months(day: date, months: int) -> date:
    """Return the day so many calendar months later, at most the last day of that month.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    years, place = divmod(day.month - 1 + months, 12)
    year, month = min(day.year + years, date.max.year), place + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _is_top(about: Context) -> bool:
    return about.card.level == LEVELS[0] and not about.card.parent_id


def _guarded(guard: str, metric: str, other: Row) -> bool:
    always = relations().guards
    theirs = text_of(other, "guard_metric")
    return guard in always | {text_of(other, "metric")} or theirs in always | {metric}


def _shown(goal: Row, metric: str) -> str:
    known = metric if metric in METRICS else "?"
    return f"{text_of(goal, 'goal_id')} {known}"


ATTAINABLE: Final[Mapping[str, SubRule]] = {
    "history": history,
    "zone": zone,
    "bounds": bounds,
    "agreed": agreed,
    "effort": effort,
}
RELEVANT: Final[Mapping[str, SubRule]] = {
    "parent": parent,
    "related": related,
    "conflict": conflict,
    "result": result,
    "level": level,
}
TIMED: Final[Mapping[str, SubRule]] = {
    "deadline": deadline,
    "after_start": after_start,
    "before_parent": before_parent,
    "reviews": reviews,
    "horizon": horizon,
}
