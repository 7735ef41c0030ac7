"""Worksheets of a lesson as one page to print: every exercise on a sheet of its own, and cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from builder.print_page import Printed, feet_of, head_of, page_of, qr_of, sheet_page
from builder.sheet_cards import decks_of, loose_cards
from builder.sheet_data import data_of
from builder.sheet_forms import blank_forms
from cstrain.drawing.view import exercise_view
from cstrain.html import escape
from cstrain.language import Language
from cstrain.library.lessons import Lesson
from cstrain.library.words import words
from cstrain.model import Exercise
from cstrain.shapes.table_of import SHAPES

_SHORT: Final = 8  # questions that surely fit on a page


def worksheets(lesson: Lesson, language: Language, printed: Printed) -> str:
    """Return the whole page: a sheet for each exercise, then blank forms and cards to cut out."""
    said = words("print_words", language)
    every = lesson.all_exercises()
    parts = [worksheet(one, lesson, language, printed) for one in every]
    for make in (blank_forms, loose_cards, decks_of):
        parts += [part for one in every for part in make(one, language)]
    name = f"N{lesson.number:02} {lesson.title[language]}"
    # Two exercises may work with the same deck; it is printed once.
    once = list(dict.fromkeys(parts))
    title, feet = said["worksheets_of"].format(lesson=name), feet_of(lesson, language)
    return page_of(title, once, language, printed, feet)


def worksheet(exercise: Exercise, lesson: Lesson, language: Language, printed: Printed) -> str:
    """Return the sheet of one exercise, with room for every answer."""
    view, said = exercise_view(exercise, language), words("print_words", language)
    situation = (
        f'<div class="p-situation"><h3>{escape(said["situation"])}</h3>{view["situation"]}</div>'
        if view["situation"]
        else ""
    )
    data = "".join(data_of(exercise, language))
    fields = "".join(_field(one, view, said) for one in view["fields"])
    return (
        f'<section class="p-sheet" id="{escape(exercise.id.replace("/", "-"))}" '
        f'style="page: {sheet_page(exercise)}">'
        f"{head_of(lesson, language, said['worksheet'], who=True)}"
        f"{qr_of(exercise, lesson, language, printed)}{title_of(view, said)}"
        f'<div class="p-task">{view["task"]}</div>{situation}{data}{fields}</section>'
    )


def title_of(view: Mapping[str, Any], said: Mapping[str, str]) -> str:
    """Return the heading of an exercise, with its points and minutes."""
    points = said["points"].format(points=f"{view['points']:g}")
    minutes = said["minutes"].format(minutes=view["minutes"])
    return (
        f'<h2><span class="p-q">{escape(view["label"])}</span> {escape(view["title"])}</h2>'
        f'<p class="p-meta">{escape(points)} · {escape(minutes)}</p>'
    )


def condition(view: Mapping[str, Any], field: Mapping[str, Any], said: Mapping[str, str]) -> str:
    """Return the line that says with which choice a field is asked for; mostly empty."""
    if "when" not in field:
        return ""
    asked = next(one for one in view["fields"] if one["key"] == field["when"]["field"])
    option = next(one for one in asked["options"] if one["key"] == field["when"]["is"])
    return f'<p class="p-when">{escape(said["only_for"].format(option=option["label"]))}</p>'


def _field(field: Mapping[str, Any], view: Mapping[str, Any], said: Mapping[str, str]) -> str:
    helped = f'<p class="p-help">{field["help"]}</p>' if field["help"] else ""
    shape = field["shape"]
    # A long form may go over the page; a short one stays together with its label.
    short = " p-short" if len(field.get("questions", range(_SHORT + 1))) <= _SHORT else ""
    return (
        f'<div class="p-field p-is-{shape}{short}"><h3>{escape(field["label"])}</h3>'
        f"{condition(view, field, said)}{helped}{SHAPES[shape].sheet(field)}"
        f"{''.join(_choices(field, said))}</div>"
    )


def _choices(field: Mapping[str, Any], said: Mapping[str, str]) -> Iterator[str]:
    """Return what may be written into the columns of a table that offer a choice."""
    inner = [*(field.get("columns") or ()), *(field.get("fields") or ())]
    for section in field.get("sections", ()):
        rows = [one for one in section["fields"] if one["shape"] == "rows"]
        inner += [column for one in rows for column in one["fields"]]
    for one in inner:
        if one.get("options"):
            told = said["choose_from"].format(
                column=one["label"],
                options=" · ".join(option["label"] for option in one["options"]),
            )
            yield f'<p class="p-help p-choices">{escape(told)}</p>'
