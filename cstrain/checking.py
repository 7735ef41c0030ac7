"""The one checker: an exercise and a plain answer in, a report out, the same in every place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cstrain.language import Language
from cstrain.library.exercises import exercise as find_exercise
from cstrain.library.situations import situation
from cstrain.model import Answer, Criterion, Exercise, Finding, Outcome, Report
from cstrain.rules.base import Asked, Ruling
from cstrain.rules.table import RULES
from cstrain.shapes.base import Unreadable
from cstrain.shapes.table_of import SHAPES


@dataclass(frozen=True)
class _Values:
    """The parsed values of all fields, None for blank ones, and the fields nobody can read."""

    plain: Mapping[str, Any]
    unreadable: Mapping[str, Unreadable]


def check(exercise: Exercise | str, answer: Answer | None, language: Language = "en") -> Report:
    """Return the report on an answer: findings with points and reason codes, no sentences.

    `answer` is {field key: plain value}. Whatever a learner hands in leads to a report, never to
    an exception; an unknown exercise id is the caller's mistake and raises UnknownNameError.

    >>> check("n03/match_stories", {}).outcome
    'not_attempted'
    """
    asked = find_exercise(exercise) if isinstance(exercise, str) else exercise
    values = _read(asked, answer)
    findings = tuple(_judge(one, values, asked, language) for one in asked.criteria)
    points = round(math.fsum(one.points for one in findings), 4)
    return Report(asked.id, _overall(findings), points, findings)


def _read(exercise: Exercise, answer: Answer | None) -> _Values:
    given = answer if isinstance(answer, Mapping) else {}
    plain: dict[str, Any] = {}
    unreadable: dict[str, Unreadable] = {}
    for field in exercise.fields:
        try:
            plain[field.key] = SHAPES[field.shape].parse(given.get(field.key), field.params)
        except Unreadable as error:
            plain[field.key] = None
            unreadable[field.key] = error
    return _Values(plain, unreadable)


def _judge(
    criterion: Criterion, values: _Values, exercise: Exercise, language: Language
) -> Finding:
    for key in criterion.fields:
        if key in values.unreadable:
            error = values.unreadable[key]
            return Finding(criterion.key, "unreadable", 0.0, error.code, error.facts)
    # The first field is what the criterion is about, and the others may still be blank; unless
    # any of them will do.
    about = criterion.fields if criterion.params.get("any") else criterion.fields[:1]
    if all(values.plain[key] is None for key in about):
        return Finding(criterion.key, "not_attempted", 0.0, "not_attempted")
    asked = Asked(
        values=values.plain,
        fields=criterion.fields,
        params=criterion.params,
        exercise=exercise,
        situation=situation(exercise.situation) if exercise.situation else None,
        language=language,
    )
    return _finding(criterion, RULES[criterion.rule](asked))


def _finding(criterion: Criterion, ruling: Ruling) -> Finding:
    share = min(1.0, max(0.0, ruling.share))
    return Finding(
        criterion=criterion.key,
        outcome="unreadable" if ruling.unreadable else _outcome(share),
        points=0.0 if ruling.unreadable else round(share * criterion.points, 4),
        code=ruling.code,
        facts=ruling.facts,
        items=ruling.items,
        notes=ruling.notes,
        fields=ruling.fields,
    )


def _outcome(share: float) -> Outcome:
    if share >= 1.0 - 1e-9:
        return "passed"
    return "partly" if share > 0 else "failed"


def _overall(findings: tuple[Finding, ...]) -> Outcome:
    outcomes = {one.outcome for one in findings}
    if outcomes == {"passed"}:
        return "passed"
    if outcomes == {"not_attempted"}:
        return "not_attempted"
    if outcomes & {"passed", "partly"}:
        return "partly"
    return "failed" if "failed" in outcomes else "unreadable"
