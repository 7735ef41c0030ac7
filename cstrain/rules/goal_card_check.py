"""The check of a whole goal card: 25 sub-rules, the target's stretch, the judged sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cstrain.goals.goal_card import GoalCard, read_card
from cstrain.goals.goal_tree import Row, rows_of, text_of
from cstrain.goals.stretch import DIRECTIONS, StretchReading, stretch_reading
from cstrain.model import Facts
from cstrain.rules.goal_card_parts import MEASURABLE, SPECIFIC, Context, Letter, SubRule
from cstrain.rules.goal_card_reach import ATTAINABLE, RELEVANT, TIMED
from cstrain.rules.smart import Judgement, judge
from cstrain.text.situation import Situation

LETTERS: Final[tuple[Letter, ...]] = ("S", "M", "A", "R", "T")
SUB_RULES: Final[Mapping[Letter, Mapping[str, SubRule]]] = {
    "S": SPECIFIC,
    "M": MEASURABLE,
    "A": ATTAINABLE,
    "R": RELEVANT,
    "T": TIMED,
}
EACH: Final = 4  # points of a sub-rule; 25 of them make 100
CAP: Final = 59  # the most a card can get while one letter has nothing
READY: Final = 80  # from here on a card may go to the people concerned
_NOTHING: Final = StretchReading(None, None, None, "no_benchmark")


@dataclass(frozen=True)
class SubResult:
    """One sub-rule's result: its letter and key, whether it is met, why, and the facts."""

    letter: Letter
    key: str
    met: bool
    code: str
    facts: Facts


@dataclass(frozen=True)
class GoalCardReport:
    """All that was found on a goal card.

    `stretch` says how far the target lies from what the team has shown; `judgement` says whether
    the sentence by itself is specific, measurable, better than now and within reach, relevant
    and time-bound. These are two questions and neither changes the other's points.
    """

    results: tuple[SubResult, ...]
    stretch: StretchReading
    judgement: Judgement | None

    @property
    def points(self) -> dict[Letter, int]:
        """Return the points of each letter, 0 to 20, before any cap."""
        return {
            letter: EACH * sum(one.met for one in self.results if one.letter == letter)
            for letter in LETTERS
        }

    @property
    def capped(self) -> bool:
        """Say whether the total is held down because a letter has nothing."""
        points = self.points.values()
        return min(points) == 0 and sum(points) > CAP

    @property
    def total(self) -> int:
        """Return the points of 100, at most 59 while one letter has nothing."""
        return CAP if self.capped else sum(self.points.values())

    @property
    def ready(self) -> bool:
        """Say whether the card is good enough to be agreed on."""
        return self.total >= READY

    def share(self, letter: Letter) -> float:
        """Return a letter's part of its 20 points, so that all five add up to the total."""
        raw = sum(self.points.values())
        return self.points[letter] / 20 * (self.total / raw if self.capped else 1.0)


def check_goal(
    card: Mapping[str, Any] | GoalCard,
    *,
    situation: Situation | None,
    today: date,
    parents: Any = (),
) -> GoalCardReport:
    """Return the report on a goal card; whatever a learner filled in, it is never an exception.

    `parents` holds the rows of the goal tree above and beside the goal, as a list or a frame;
    without a situation the sentence itself is not judged.
    """
    read = card if isinstance(card, GoalCard) else read_card(card, today)
    tree = rows_of(parents)
    judgement = judge(read.statement, situation) if situation and read.statement else None
    context = Context(
        card=read,
        reading=reading_of(read),
        parent=_parent(read, tree),
        siblings=_siblings(read, tree),
        not_a_goal=judgement.not_a_goal if judgement else None,
    )
    results = tuple(
        SubResult(letter, key, said.met, said.code, said.facts)
        for letter in LETTERS
        for key, rule in SUB_RULES[letter].items()
        for said in (rule(context),)
    )
    return GoalCardReport(results, context.reading, judgement)


def reading_of(card: GoalCard) -> StretchReading:
    """Return how far the card's target stretches; no benchmark while something is missing."""
    target, history = card.target.value, card.history
    if target is None or card.direction not in DIRECTIONS or not history:
        return _NOTHING
    if not all(math.isfinite(one) for one in (target, *history)):
        return _NOTHING
    way = DIRECTIONS[DIRECTIONS.index(card.direction)]
    return stretch_reading(history, target, way, card.peers or None)


def _parent(card: GoalCard, tree: list[Row]) -> Row | None:
    found = (one for one in tree if text_of(one, "goal_id") == card.parent_id != "")
    return next(found, None)


def _siblings(card: GoalCard, tree: list[Row]) -> list[Row]:
    return [
        one
        for one in tree
        if card.parent_id
        and text_of(one, "parent_id") == card.parent_id
        and text_of(one, "goal_id") != card.goal_id
    ]
