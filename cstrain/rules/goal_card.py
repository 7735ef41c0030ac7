"""The exercise rule for one letter of a goal card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from statistics import fmean
from typing import Any, Final

from cstrain.datasets import rows
from cstrain.goals.goal_card import GoalCard, read_card, words_of
from cstrain.library.situations import situation, situation_names
from cstrain.library.words import texts
from cstrain.model import Facts, Item, Outcome
from cstrain.rules.base import Asked, Ruling
from cstrain.rules.goal_card_check import GoalCardReport, SubResult, check_goal
from cstrain.text.situation import Situation

PRESENT: Final = 3  # last periods that show where a peer stands, as for the base


def goal_card_letter(asked: Asked) -> Ruling:
    """Give one letter's share of `check_goal`; the parameter `letter` says which.

    Further parameters: `parents` and `history` name the tables of the goal tree and of past
    values, `situations` maps the form's choice `case` to situation names, `today` is an ISO date
    and stands in where there is no situation. The form's `history_from` chooses a team of the
    table of past values; the other teams are its peers.
    """
    letter = asked.params["letter"]
    about = _situation(asked)
    today = about.today if about else date.fromisoformat(str(asked.params["today"]))
    card = with_history(read_card(asked.value, today), asked.value, asked.params.get("history"))
    tree = rows(asked.params["parents"]) if "parents" in asked.params else []
    report = check_goal(card, situation=about, today=today, parents=tree)
    labels = texts("goal_card")
    items = tuple(
        Item(
            one.key,
            _outcome(one),
            one.code,
            {"label": labels[one.key][asked.language], **one.facts},
        )
        for one in report.results
        if one.letter == letter
    )
    met = sum(one.outcome == "passed" for one in items)
    code = "letter_full" if met == len(items) else "letter_part" if met else "letter_none"
    facts = {"letter": letter, "met": met, "all": len(items), "total": report.total}
    notes = (*_notes(report, letter), *(_readings(card) if letter == "M" else ()))
    return Ruling(report.share(letter), code, facts, items, notes)


def with_history(card: GoalCard, form: Mapping[str, Any], table: str | None) -> GoalCard:
    """Return the card with the history of the team chosen in `history_from`, if there is one.

    Peers are the other teams' means of their last three periods.
    """
    team = words_of(form.get("history_from"))
    if not team or table is None or card.metric is None:
        return card
    values: dict[str, list[float]] = {}
    for row in rows(table):
        if row["metric"] == card.metric.code:
            values.setdefault(row["team"], []).append(float(row["value"]))
    if team not in values:
        return card
    peers = tuple(fmean(past[-PRESENT:]) for name, past in values.items() if name != team)
    return replace(card, history=tuple(values[team]), odd_history=(), peers=peers)


def _situation(asked: Asked) -> Situation | None:
    names: Mapping[str, str] = asked.params.get("situations", {})
    chosen = words_of(asked.value.get("case"))
    name = names.get(chosen, chosen)
    return situation(name) if name in situation_names() else asked.situation


def _outcome(one: SubResult) -> Outcome:
    if one.met:
        return "passed"
    if one.code.endswith(("_missing", "_need")):
        return "not_attempted"
    return "unreadable" if one.code.endswith("_unreadable") else "failed"


def _readings(card: GoalCard) -> Iterator[tuple[str, Facts]]:
    """Yield how bare numbers of a share were read: 86.2 as 86.2 %, 0.862 as 86.2 % too."""
    for typed in (card.baseline, card.target):
        bare = typed.words and "%" not in typed.words and "％" not in typed.words
        if bare and typed.value is not None and card.metric and card.metric.unit.kind == "share":
            yield "read_as", {"words": typed.words, "percent": round(typed.value * 100, 4)}


def _notes(report: GoalCardReport, letter: str) -> tuple[tuple[str, Facts], ...]:
    notes: list[tuple[str, Facts]] = []
    if report.capped:
        notes.append(("capped", {"total": report.total}))
    if report.judgement is None or report.judgement.not_a_goal is not None:
        return tuple(notes)
    verdict: Any = getattr(report.judgement, letter)
    if letter == "A":
        notes.append(("judge_reach_met" if verdict.met else "judge_reach_not", {}))
    elif verdict.met and verdict.evidence:
        notes.append(("judge_met", {"letter": letter, "words": verdict.evidence}))
    elif not verdict.met:
        notes.append(("judge_not_met", {"letter": letter}))
    return tuple(notes)
