"""What the editors of why trees and fishbones need besides the parameters of their field."""

from __future__ import annotations

from typing import Any, Final

from cstrain.causes.effects import cause_tests
from cstrain.causes.fishbone import OTHER, SCHEMES, Category
from cstrain.causes.names import bone_name, scheme_name
from cstrain.datasets import CASES, case_title, rows
from cstrain.language import Language
from cstrain.library.words import words
from cstrain.model import Field

RCA_SHAPES: Final = ("why_tree", "fishbone")


def rca_parts(field: Field, language: Language) -> dict[str, Any]:
    """Return evidence cards by case, words of the editor, and for a fishbone schemes and tests."""
    params = field.params
    parts: dict[str, Any] = {
        "said": dict(words("rca_editor_words", language)),
        "decks": {case: _deck(name, language) for case, name in params["decks"].items()},
    }
    if field.shape != "fishbone":
        return parts
    cases = [one for one in params["decks"] or CASES if one in CASES] if params["tests"] else []
    return {
        **parts,
        "schemes": [_scheme(one, language) for one in SCHEMES],
        "other": {"key": OTHER, "label": bone_name(Category(OTHER), language)},
        "tests": {case: cause_tests(case, language) for case in cases},
        "case_names": {case: _case_name(case, language) for case in cases},
    }


def _deck(name: str, language: Language) -> list[dict[str, str]]:
    return [{"key": one["card_id"], "label": one[f"text_{language}"]} for one in rows(name)]


def _scheme(scheme: str, language: Language) -> dict[str, Any]:
    bones = [{"key": one, "label": bone_name(Category(one), language)} for one in SCHEMES[scheme]]
    return {"key": scheme, "label": scheme_name(scheme, language), "bones": bones}


def _case_name(case: str, language: Language) -> str:
    title = case_title(case)
    return title[language] if title else case
