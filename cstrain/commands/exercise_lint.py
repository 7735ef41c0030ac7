"""An exercise file: its rules exist, its model answer and samples get what they must."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cstrain.checking import check
from cstrain.errors import ContentError, CstrainError, UnknownNameError
from cstrain.language import LANGUAGES, Language
from cstrain.library.exercises import load_exercise
from cstrain.library.toml_file import shown_name
from cstrain.model import Answer, Exercise, Finding, Report
from cstrain.rules.table import RULES
from cstrain.wording import say

_CLOSE: Final = 0.005  # points are shown with two decimals at most


def exercise_problems(path: Path) -> Iterator[CstrainError]:
    """Return what is wrong with an exercise file, as far as running it tells."""
    file = shown_name(path)
    try:
        exercise = load_exercise(path)
    except CstrainError as error:
        yield error
        return
    unknown = list(_unknown_rules(file, exercise))
    if unknown:
        yield from unknown
        return
    for language in LANGUAGES:
        yield from _model_problems(file, exercise, language)
        yield from _sample_problems(file, exercise, language)


def _unknown_rules(file: str, exercise: Exercise) -> Iterator[ContentError]:
    for place, one in enumerate(exercise.criteria):
        if one.rule not in RULES:
            allowed = str(UnknownNameError("rule", one.rule, RULES)).removesuffix(".")
            yield ContentError(file, f"criteria[{place}].rule", found=one.rule, allowed=allowed)


def _model_problems(file: str, exercise: Exercise, language: Language) -> Iterator[ContentError]:
    answer = exercise.model.answers[language]
    report = _report(file, "model", exercise, answer, language)
    if isinstance(report, ContentError):
        yield report
    elif report.points < exercise.points - _CLOSE:
        lost = ", ".join(f"{one.criterion} ({one.code})" for one in _not_passed(report))
        found = f"{report.points:g} points in {language}, lost at {lost}"
        yield ContentError(file, "model", found=found, allowed=f"all {exercise.points:g} points")


def _sample_problems(file: str, exercise: Exercise, language: Language) -> Iterator[ContentError]:
    for place, sample in enumerate(exercise.samples):
        if sample.language not in {None, language}:
            continue
        key = f"samples[{place}] {sample.name}"
        report = _report(file, key, exercise, sample.answer, language)
        if isinstance(report, ContentError):
            yield report
            continue
        if abs(report.points - sample.points) > _CLOSE:
            found = f"{report.points:g} points in {language}"
            allowed = f"the {sample.points:g} points it says"
            yield ContentError(file, f"{key}.points", found=found, allowed=allowed)
        got = {one.criterion: one.outcome for one in report.findings}
        for criterion, outcome in sample.outcomes.items():
            if got.get(criterion) != outcome:
                found = f"{got.get(criterion, 'no such criterion')} in {language}"
                allowed = f"{outcome} as it says"
                yield ContentError(file, f"{key}.{criterion}", found=found, allowed=allowed)


def _report(
    file: str, key: str, exercise: Exercise, answer: Answer, language: Language
) -> Report | ContentError:
    """Return the report, or what went wrong: mostly parameters that the rule cannot read."""
    try:
        report = check(exercise, answer, language)
        say(report, language, exercise)  # every code must have its sentence and facts
    except Exception as error:  # noqa: BLE001 - whatever a wrong parameter leads to is told
        found = f"{type(error).__name__}: {error}"
        return ContentError(file, key, found=found, allowed="a check that runs to its end")
    return report


def _not_passed(report: Report) -> list[Finding]:
    return [one for one in report.findings if one.outcome != "passed"]
