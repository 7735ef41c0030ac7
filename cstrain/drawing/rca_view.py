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
    """Return evidence cards and tests by case, words of the editor, schemes of a fishbone.

    A fishbone may be about any of the cases; a why tree without cards is about one's own problem.
    """
    params = field.params
    known = params["decks"] or (CASES if field.shape == "fishbone" else ())
    cases = [one for one in known if one in CASES] if params["tests"] else []
    parts: dict[str, Any] = {
        "said": dict(words("rca_editor_words", language)),
        "decks": {case: _deck(name, language) for case, name in params["decks"].items()},
        "tests": {case: cause_tests(case, language) for case in cases},
        "case_names": {case: _case_name(case, language) for case in cases},
    }
    if field.shape != "fishbone":
        return parts
    return {
        **parts,
        "schemes": [_scheme(one, language) for one in SCHEMES],
        "other": {"key": OTHER, "label": bone_name(Category(OTHER), language)},
    }


def _deck(name: str, language: Language) -> list[dict[str, str]]:
    return [{"key": one["card_id"], "label": one[f"text_{language}"]} for one in rows(name)]


def _scheme(scheme: str, language: Language) -> dict[str, Any]:
    bones = [{"key": one, "label": bone_name(Category(one), language)} for one in SCHEMES[scheme]]
    return {"key": scheme, "label": scheme_name(scheme, language), "bones": bones}


def _case_name(case: str, language: Language) -> str:
    title = case_title(case)
    return title[language] if title else case
