"""The lesson score: the best report of every exercise, recomputed from the answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from cstrain.checking import check
from cstrain.language import Language
from cstrain.library.lessons import bands, lessons
from cstrain.library.lessons import lesson as find_lesson
from cstrain.library.words import message
from cstrain.model import Answer, Outcome, Report
from cstrain.wording import sentence, shown_number

# Only so many different answers of one exercise are looked at, the newest: a bound for a record
# that someone filled by a script.
MOST_ANSWERS: Final = 100


@dataclass(frozen=True)
class Best:
    """The answer with the most points, the latest among equals, and the report on it."""

    answer: Answer
    report: Report


def best(exercise_id: str, answers: Sequence[Answer], language: Language = "en") -> Best | None:
    """Return the best of the answers, the oldest of which stands first; None when there is none."""
    newest_first = reversed(answers[-MOST_ANSWERS:])
    different = dict.fromkeys(json.dumps(one, sort_keys=True) for one in newest_first)
    reports = {one: _report(exercise_id, one, language) for one in different}
    if not reports:
        return None
    chosen = max(reports, key=lambda one: reports[one].points)
    return Best(json.loads(chosen), reports[chosen])


def best_report(
    exercise_id: str, answers: Sequence[Answer], language: Language = "en"
) -> Report | None:
    """Return the report with the most points over the answers, None when there is none."""
    found = best(exercise_id, answers, language)
    return found.report if found else None


@lru_cache(maxsize=1000)
def _report(exercise_id: str, answer: str, language: Language) -> Report:
    """Return the report on an answer given as JSON; the same answer is checked only once."""
    return check(exercise_id, json.loads(answer), language)


def score(
    lesson_id: str, answers: Mapping[str, Sequence[Answer]], language: Language
) -> dict[str, Any]:
    """Return the lesson's score as plain values: points of 100, band, and a line an exercise."""
    about = find_lesson(lesson_id)
    lines: list[dict[str, Any]] = []
    for one in about.all_exercises():
        report = best_report(one.id, answers.get(one.id, ()), language)
        lines.append(
            {
                "id": one.id,
                "label": f"Q{one.number}",
                "title": one.title[language],
                "points": report.points if report else 0.0,
                "of": one.points,
                "outcome": report.outcome if report else "not_attempted",
            }
        )
    points = round(sum(line["points"] for line in lines), 2)
    of = sum(line["of"] for line in lines)
    band = next(one for one in bands() if points >= one.least * of / 100)
    facts = {"points": shown_number(points), "of": shown_number(of), "band": band.name[language]}
    return {
        "points": points,
        "of": of,
        "band": band.name[language],
        "passed": band.key not in {"below", "none"},
        "exercises": lines,
        "text": sentence(message("common", "score"), facts, language),
    }


def course_score(answers: Mapping[str, Sequence[Answer]], language: Language) -> dict[str, Any]:
    """Return the score of all lessons in the form of a lesson's, with a line a lesson."""
    done = {one: score(one.id, answers, language) for one in lessons().values()}
    lines = [
        {
            "id": one.id,
            "label": f"N{one.number:02}",
            "title": one.title[language],
            "points": told["points"],
            "of": told["of"],
            "outcome": _lesson_outcome(told),
        }
        for one, told in done.items()
    ]
    points, of = (round(sum(one[key] for one in lines), 2) for key in ("points", "of"))
    passed = sum(1 for one in done.values() if one["passed"])
    facts = {"count": len(lines), "passed": passed}
    shown = {"points": shown_number(points), "of": shown_number(of)}
    return {
        "points": points,
        "of": of,
        "passed": passed == len(lines),
        "exercises": lines,
        "text": sentence(message("common", "course_score"), {**facts, **shown}, language),
    }


def _lesson_outcome(told: Mapping[str, Any]) -> Outcome:
    if all(one["outcome"] == "not_attempted" for one in told["exercises"]):
        return "not_attempted"
    return "passed" if told["passed"] else "partly"
