"""Worksheets of a lesson as one page to print: every exercise on a sheet of its own, and cards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from builder.print_page import Printed, head_of, page_of, qr_of
from builder.sheet_cards import decks_of, loose_cards
from builder.sheet_forms import blank_forms
from cstrain.drawing.preview import preview_view
from cstrain.drawing.view import exercise_view
from cstrain.html import escape, table
from cstrain.language import Language
from cstrain.library.lessons import Lesson
from cstrain.library.words import words
from cstrain.model import Exercise, Field
from cstrain.shapes.table_of import SHAPES

_DATA: Final = "builder"  # the shape whose questions are asked about rows
_MOST_ROWS: Final = 16
_SHORT: Final = 6  # questions
_TOLD: Final = 0.7  # of the cells: from here on a table would only repeat the task


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
    return page_of(said["worksheets_of"].format(lesson=name), once, language, printed)


def worksheet(exercise: Exercise, lesson: Lesson, language: Language, printed: Printed) -> str:
    """Return the sheet of one exercise, with room for every answer."""
    view, said = exercise_view(exercise, language), words("print_words", language)
    situation = (
        f'<div class="p-situation"><h3>{escape(said["situation"])}</h3>{view["situation"]}</div>'
        if view["situation"]
        else ""
    )
    data = "".join(_data(exercise, language))
    fields = "".join(_field(one, view, said) for one in view["fields"])
    return (
        f'<section class="p-sheet" id="{escape(exercise.id.replace("/", "-"))}">'
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
        f"{condition(view, field, said)}{helped}{SHAPES[shape].sheet(field)}</div>"
    )


def _data(exercise: Exercise, language: Language) -> Iterator[str]:
    """Return the tables that the exercise asks about: each once, as far as a page holds them."""
    said, seen, too_large = words("print_words", language), set[str](), False
    for field in exercise.fields:
        if field.shape != _DATA or not field.params.get("preview"):
            continue
        if any(case["tables"] for case in field.params["cases"]):
            too_large = True
            continue
        for part in [one["key"] for one in field.params["parts"]] or [""]:
            told = preview_view(field, _right(exercise, field, language), part, language)
            rows = [one["cells"] for one in told.get("rows", ())]
            mark = json.dumps([told.get("columns"), rows], ensure_ascii=False)
            if not rows or not rows[0] or mark in seen or _told(rows, exercise.task[language]):
                continue
            seen.add(mark)
            rest = f'<p class="p-help">{escape(said["data_rest"])}</p>' if told["rest"] else ""
            # In the order of the table: the preview puts rows that count before the others.
            shown = table(told["columns"], sorted(rows)[:_MOST_ROWS])
            yield f'<div class="p-data"><h3>{escape(said["data"])}</h3>{shown}{rest}</div>'
    if too_large and not seen:
        yield f'<p class="p-help p-no-data">{escape(said["data_on_page"])}</p>'


def _told(rows: list[list[str]], task: str) -> bool:
    """Say whether the task itself has told what stands in the rows."""
    cells = [cell for row in rows for cell in row[1:] if cell]
    return sum(cell in task for cell in cells) >= _TOLD * len(cells)


def _right(exercise: Exercise, field: Field, language: Language) -> Any:
    answer = exercise.model.answers[language].get(field.key)
    if answer is None:
        # The model answer takes one of several ways; a sample may have gone another.
        told = [one.answer.get(field.key) for one in exercise.samples]
        answer = next((one for one in told if one and "choices" in one), None)
    return (answer or {}).get("choices", {})
