"""An answer as HTML to read: what a model answer and a report show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cstrain.drawing.rca_preview import answer_picture
from cstrain.drawing.view import field_view
from cstrain.html import markdown
from cstrain.language import Language
from cstrain.model import Exercise
from cstrain.shapes.base import Unreadable
from cstrain.shapes.table_of import SHAPES


def shown_answer(exercise: Exercise, answer: Mapping[str, Any], language: Language) -> str:
    """Return an answer as HTML to read, field by field; fields that nobody can read are left out.

    >>> from cstrain.library.exercises import exercise
    >>> shown_answer(exercise("n03/match_stories"), {"stories": 7}, "en")
    ''
    """
    parts = []
    for field in exercise.fields:
        try:
            value = SHAPES[field.shape].parse(answer.get(field.key), field.params)
        except Unreadable:
            continue
        if value is not None:
            view = field_view(field, language)
            label = markdown(f"**{field.label[language]}**")
            picture = answer_picture(field, value, language)
            parts.append(label + picture + SHAPES[field.shape].shown(value, view))
    return "".join(parts)
