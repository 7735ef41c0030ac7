"""What the data say of the causes of a why tree or fishbone: a badge for each that was tested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cstrain.causes.case_test import CauseTest
from cstrain.causes.effects import badge, effect_of
from cstrain.causes.fishbone import Fishbone
from cstrain.causes.tree import WhyNode, WhyTree
from cstrain.drawing.effect_own import own_badge
from cstrain.drawing.effect_view import effect_view, misses_said
from cstrain.errors import CstrainError
from cstrain.html import escape
from cstrain.language import Language
from cstrain.library.words import words
from cstrain.wording import shown_number

Badges = dict[str, dict[str, Any]]


def model_badges(model: WhyTree | Fishbone, case: str, language: Language) -> Badges:
    """Return the badges by the id of the entry; of a why below a cause by "cause/why"."""
    if isinstance(model, WhyTree):
        return _of_whys(model.nodes, "", case, language)
    found = {
        one.id: _of_cause(one.test, case, language) for one in model.causes if one.test is not None
    }
    for cause, nodes in model.whys.items():
        found |= _of_whys(nodes, f"{cause}/", case, language)
    return found


def verdicts_of(badges: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the verdicts of finished tests, by the id of the entry."""
    return {key: one["verdict"] for key, one in badges.items() if not one["open"]}


def _of_whys(nodes: Iterable[WhyNode], place: str, case: str, language: Language) -> Badges:
    found: Badges = {}
    for one in nodes:
        if one.own is not None:
            found[f"{place}{one.id}"] = own_badge(one.own, language)
        elif one.test is not None:
            found[f"{place}{one.id}"] = _of_cause(one.test, case, language)
    return found


def _of_cause(test: CauseTest, case: str, language: Language) -> dict[str, Any]:
    if test.own is not None:
        return own_badge(test.own, language)
    found = badge(test.case or case, test.as_plain())
    is_open = found.get("problem") is not None
    return {
        "verdict": found["verdict"],
        "open": is_open,
        "label": words("rca_editor_words", language)[found["verdict"]],
        "text": "" if is_open else _effect(found),
        "html": "" if is_open else _whole(test, case, language),
    }


def _effect(found: Mapping[str, Any]) -> str:
    numbers = [found[key] for key in ("ratio", "low", "high")]
    if any(one is None for one in numbers):
        return f"n={found['n']}"
    ratio, low, high = (shown_number(round(one, 2)) for one in numbers)
    return f"{ratio} ({low}–{high}), n={found['n']}"


def _whole(test: CauseTest, case: str, language: Language) -> str:
    try:
        found = effect_of(test.case or case, test.factor, test.rows, test.strata)
    except CstrainError:
        return ""
    missed = "".join(f"<p>{escape(one)}</p>" for one in misses_said(found, language))
    return effect_view(found, language) + missed
