"""An exercise or a lesson's record in one language, as the frame shows it."""

from __future__ import annotations

from typing import Any

from cstrain.html import inline, markdown
from cstrain.language import HTML_LANG, Language
from cstrain.library.exercises import exercise as find_exercise
from cstrain.library.lessons import lesson as find_lesson
from cstrain.library.situations import background
from cstrain.library.words import words
from cstrain.model import Exercise, Field
from cstrain.shapes.base import in_language


def exercise_view(exercise: Exercise | str, language: Language) -> dict[str, Any]:
    """Return the exercise as plain JSON values; every text in it is in this language.

    Texts that end in HTML (task, situation, labels of the fields) are already escaped.
    """
    about = find_exercise(exercise) if isinstance(exercise, str) else exercise
    return {
        "kind": "exercise",
        "id": about.id,
        "lesson": about.lesson,
        **_language(language),
        "label": f"Q{about.number}",
        "title": about.title[language],
        "task": markdown(about.task[language]),
        "situation": markdown(background(about.situation)[language]) if about.situation else None,
        "points": about.points,
        "minutes": about.minutes,
        "fields": [field_view(one, language) for one in about.fields],
        "criteria": [
            {"key": one.key, "title": one.title[language], "points": one.points}
            for one in about.criteria
        ],
        "hints": len(about.hints),
    }


def field_view(field: Field, language: Language) -> dict[str, Any]:
    """Return one field with its labels in one language and its shape's parameters."""
    return {
        **in_language(field.params, language),
        "key": field.key,
        "shape": field.shape,
        "label": field.label[language],
        "help": inline(field.help[language]) if field.help else "",
        "required": field.required,
    }


def record_view(lesson_id: str, language: Language) -> dict[str, Any]:
    """Return the lesson's record: the exercises whose points it adds up."""
    about = find_lesson(lesson_id)
    return {
        "kind": "record",
        "lesson": lesson_id,
        **_language(language),
        "title": about.title[language],
        "exercises": [
            {
                "id": one.id,
                "label": f"Q{one.number}",
                "title": one.title[language],
                "points": one.points,
            }
            for one in about.all_exercises()
        ],
    }


def _language(language: Language) -> dict[str, Any]:
    return {
        "language": language,
        "lang": HTML_LANG[language],
        "words": dict(words("words", language)),
    }
