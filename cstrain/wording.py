"""Reports into feedback: the sentences of one language, with the learner's own words in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from cstrain.errors import UnknownNameError
from cstrain.goals.metrics import METRICS
from cstrain.html import escape, inline, quote
from cstrain.language import Language, Text
from cstrain.library.exercises import exercise as find_exercise
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.library.words import message, messages_of
from cstrain.model import Criterion, Exercise, Fact, Facts, Finding, Item, Report
from cstrain.table_reader import TableReader

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_LABELLED: Final = (
    "cards", "left", "rows", "items", "options", "groups", "cases", "questions", "parts",
)  # fmt: skip


@dataclass(frozen=True)
class Feedback:
    """What the learner is told, in one language; `as_dict` is what the frame shows."""

    outcome: str
    points: float
    of: float
    headline: str
    findings: tuple[Mapping[str, Any], ...]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the feedback as plain JSON values."""
        return {
            "outcome": self.outcome,
            "points": self.points,
            "of": self.of,
            "headline": self.headline,
            "findings": [dict(one) for one in self.findings],
            "notes": list(self.notes),
        }


def say(report: Report, language: Language, exercise: Exercise | None = None) -> Feedback:
    """Return the feedback on a report in one language.

    `exercise` is needed only for one that is not in the catalogue, as `cstrain check` has it.
    """
    about = exercise or find_exercise(report.exercise)
    criteria = {one.key: one for one in about.criteria}
    findings = tuple(
        _finding(one, criteria[one.criterion], about, language) for one in report.findings
    )
    notes = [
        sentence(_message(criteria[one.criterion], code), facts, language)
        for one in report.findings
        for code, facts in one.notes
    ]
    facts = {"points": shown_number(round(report.points, 2)), "of": shown_number(about.points)}
    return Feedback(
        outcome=report.outcome,
        points=report.points,
        of=about.points,
        headline=sentence(message("common", f"headline_{report.outcome}"), facts, language),
        findings=findings,
        notes=tuple(dict.fromkeys(notes)),
    )


def _finding(
    finding: Finding, criterion: Criterion, exercise: Exercise, language: Language
) -> dict[str, Any]:
    told = sentence(_message(criterion, finding.code), finding.facts, language)
    passed = finding.outcome == "passed"
    return {
        "criterion": criterion.key,
        "fields": list(finding.fields or criterion.fields),
        "title": criterion.title[language],
        "outcome": finding.outcome,
        "points": finding.points,
        "of": criterion.points,
        "text": _both(told, inline(criterion.why[language]), language) if passed else told,
        "next": "" if passed else inline(criterion.next[language]),
        "items": [_item(one, criterion, exercise, language) for one in finding.items],
    }


def _item(
    item: Item, criterion: Criterion, exercise: Exercise, language: Language
) -> dict[str, str]:
    told = sentence(_message(criterion, item.code), item.facts, language)
    if item.key in criterion.items and item.outcome != "not_attempted":
        told = _both(told, inline(criterion.items[item.key][language]), language)
    return {
        "key": item.key,
        "label": _label(item, criterion, exercise, language),
        "outcome": item.outcome,
        "text": told,
    }


def _both(told: str, more: str, language: Language) -> str:
    return f"{told}{more}" if language == "zh" else f"{told} {more}"  # zh marks need no blank


def _label(item: Item, criterion: Criterion, exercise: Exercise, language: Language) -> str:
    if "label" in item.facts:
        return escape(item.facts["label"])
    for key in criterion.fields:
        params = exercise.field(key).params
        for name in _LABELLED:
            for one in params.get(name) or ():
                if one.get("key") == item.key and "label" in one:
                    return inline(one["label"][language])
    term = _term("item", item.key, language)
    return escape(item.key) if term is None else inline(term)


def _message(criterion: Criterion, code: str) -> Text:
    if code in criterion.say:
        return criterion.say[code]
    if code in messages_of(criterion.rule):
        return messages_of(criterion.rule)[code]
    return message("common", code)


def sentence(text: Text, facts: Facts, language: Language) -> str:
    """Return a message as HTML with its placeholders filled; nothing in facts can be markup.

    >>> sentence(Text(zh="x", en="You wrote {words}."), {"words": "<b>"}, "en")
    'You wrote <q>&lt;b&gt;</q>.'
    """

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name not in facts:
            raise UnknownNameError("fact for the placeholder", name, facts)
        return _shown(name, facts[name], language)

    return _PLACEHOLDER.sub(fill, inline(text[language]))


def _shown(name: str, fact: Fact, language: Language) -> str:
    if name.startswith("words"):
        return quote(fact)
    if isinstance(fact, bool) or not isinstance(fact, str):
        return escape(shown_number(fact))
    term = _term(name, fact, language)
    return escape(fact) if term is None else inline(term)


def shown_number(number: float) -> str:
    """Return a number as people write it: no trailing zeros, at most four decimals.

    >>> shown_number(0.75), shown_number(12.0), shown_number(86.49999999)
    ('0.75', '12', '86.5')
    """
    text = f"{number:.4f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


@cache
def _terms() -> Mapping[str, Mapping[str, Text]]:
    path = CONTENT / "terms.toml"
    reader = TableReader(shown_name(path), read_toml(path))
    return {name: reader.texts(name) for name in reader.raw}


def _term(name: str, fact: str, language: Language) -> str | None:
    if name in {"metric", "guard"} and fact in METRICS:
        return METRICS[fact].name[language]
    text = _terms().get(name, {}).get(fact)
    return None if text is None else text[language]
