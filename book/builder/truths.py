"""The truth of the case companies, for trainers: true chains, and every cause before the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from builder.print_page import one_line
from cstrain.causes.effects import CauseEffect, cause_tests, effect_of
from cstrain.datasets import CASES, case_title
from cstrain.drawing.why_figure import why_svg
from cstrain.language import Language
from cstrain.library.exercises import exercise, exercise_ids
from cstrain.library.words import words
from cstrain.stats.intervals import Interval

TRUTHS: Final = "case_truths"
_SHORT: Final = re.compile("[:\uff1a]")  # a verdict is a word, and after the colon what it means
_WHYS: Final = "n05/five_whys_case"  # its model and its samples tell the chains


def truths_page(language: Language) -> str:
    """Return the page in a language."""
    said = words("print_words", language)
    parts = [f"# {said['truths']}", said["truths_lead"]]
    for case in CASES:
        title = case_title(case)
        parts.append(f"## {title[language] if title else case}")
        drawn = list(_chains(case, language))
        if drawn:
            parts += [f"### {said['chain']}", *drawn]
        parts += [f"### {said['tests']}", _tests(case, language)]
    return "\n\n".join(parts) + "\n"


def _chains(case: str, language: Language) -> Iterator[str]:
    """Return the first answer with full points of a case, drawn."""
    if _WHYS not in exercise_ids():
        return
    about = exercise(_WHYS)
    answers: list[Any] = [about.model.answers[language]]
    answers += [
        one.answer
        for one in about.samples
        if one.points == about.points and one.language in (None, language)
    ]
    found = next((one for one in answers if one.get("case") == case), None)
    if found:
        yield f'<div class="cstrain-truth">{why_svg(found["tree"], language)}</div>'


def _tests(case: str, language: Language) -> str:
    said = words("print_words", language)
    heads = (said[one] for one in ("cause", "raw", "within", "verdict", "note"))
    found = (effect_of(case, one["factor"]) for one in cause_tests(case, language))
    rows = (_test(one, language) for one in found)
    return "\n".join([f"| {' | '.join(heads)} |", "|---|---|---|---|---|", *rows])


def _test(found: CauseEffect, language: Language) -> str:
    said = words("effect_words", language)
    cells = (
        f"{found.test.factor} {found.test.name[language]}",
        _ratio(found.raw),
        _ratio(found.deciding),
        one_line(_SHORT.split(said[found.verdict])[0]),
        found.test.why[language],
    )
    return f"| {' | '.join(cells)} |"


def _ratio(found: Interval | None) -> str:
    if found is None or found.estimate is None:
        return "–"
    low, high = (f"{one:.2f}" if one is not None else "?" for one in (found.low, found.high))
    return f"{found.estimate:.2f} {one_line(f'({low}–{high})')}"
