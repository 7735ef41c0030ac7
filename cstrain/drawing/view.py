"""An exercise or a lesson's record in one language, as the frame shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from cstrain.drawing.rca_view import RCA_SHAPES, rca_parts
from cstrain.html import inline, markdown
from cstrain.language import HTML_LANG, Language
from cstrain.library.exercises import exercise as find_exercise
from cstrain.library.lessons import COURSE, lessons
from cstrain.library.lessons import lesson as find_lesson
from cstrain.library.situations import background
from cstrain.library.words import words
from cstrain.model import Exercise, Field
from cstrain.shapes.base import in_language

# What only an engine or a preview is told is no part of a view.
_ENGINES_OWN: Final = frozenset({"about", "columns", "why", "marks"})
_OF_A_LINE: Final = ("exercise", "outcome_passed", "outcome_partly", "outcome_not_attempted")
_OF_A_CASE: Final = ("key", "visible")


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
        **in_language(_without_engine(field.params), language),
        **(rca_parts(field, language) if field.shape in RCA_SHAPES else {}),
        "key": field.key,
        "shape": field.shape,
        "label": field.label[language],
        "help": inline(field.help[language]) if field.help else "",
        "required": field.required,
        **({"when": {"field": field.when[0], "is": field.when[1]}} if field.when else {}),
    }


def _without_engine(params: Mapping[str, Any]) -> Mapping[str, Any]:
    if "engine" not in params:
        return params
    kept = {key: one for key, one in params.items() if key not in _ENGINES_OWN}
    return {**kept, "cases": [{key: one[key] for key in _OF_A_CASE} for one in params["cases"]]}


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
        "carry": _carry([lesson_id, COURSE], language),
    }


def course_view(language: Language) -> dict[str, Any]:
    """Return the record of all lessons: a line each, and everything that can be carried away."""
    every, said = lessons().values(), words("carry_words", language)
    about = _language(language)
    return {
        "kind": "record",
        "lesson": COURSE,
        **about,
        # A line is a lesson here, no exercise, and is called so.
        "words": {**about["words"], **{key: said[f"line_{key}"] for key in _OF_A_LINE}},
        "title": said["course_title"],
        "exercises": [
            {
                "id": one.id,
                "label": f"N{one.number:02}",
                "title": one.title[language],
                "points": sum(each.points for each in one.all_exercises()),
            }
            for one in every
        ],
        "carry": _carry([COURSE, *(one.id for one in every)], language),
    }


def _carry(scopes: Sequence[str], language: Language) -> dict[str, Any]:
    said = dict(words("carry_words", language))
    names = {one.id: f"N{one.number:02} {one.title[language]}" for one in lessons().values()}
    named = {**names, COURSE: said["course"]}
    return {"words": said, "scopes": [{"key": one, "label": named[one]} for one in scopes]}


def _language(language: Language) -> dict[str, Any]:
    return {
        "language": language,
        "lang": HTML_LANG[language],
        "words": dict(words("words", language)),
    }
