"""Blocks of a book page, and the printable form that also stands in a stored notebook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cstrain.drawing.view import course_view, exercise_view, record_view
from cstrain.html import escape
from cstrain.language import Language
from cstrain.shapes.table_of import SHAPES


def page_block(exercise_id: str, language: Language) -> str:
    """Return the exercise for a page: its data for the frame, and the form for paper."""
    view = exercise_view(exercise_id, language)
    return _block("cstrain-exercise", exercise_id, view, sheet(view))


def record_block(lesson_id: str, language: Language) -> str:
    """Return the lesson's record for a page: its data for the frame, and a table for paper."""
    view = record_view(lesson_id, language)
    return _block("cstrain-record", f"{lesson_id}/record", view, record_sheet(view))


def course_block(language: Language) -> str:
    """Return the record of all lessons for a page, in the form of a lesson's."""
    view = course_view(language)
    return _block("cstrain-record", f"{view['lesson']}/record", view, record_sheet(view))


def sheet(view: Mapping[str, Any]) -> str:
    """Return the printable form of an exercise: task, situation, and room for every answer."""
    words = view["words"]
    points = f"{view['points']:g} {escape(words['points'])}"
    title = f"{escape(view['label'])} · {escape(view['title'])} · {points}"
    situation = (
        f'<div class="sheet-situation">{view["situation"]}</div>' if view["situation"] else ""
    )
    fields = "".join(
        f'<div class="sheet-field"><p class="sheet-label">{escape(one["label"])}</p>'
        f"{SHAPES[one['shape']].sheet(one)}</div>"
        for one in view["fields"]
    )
    return (
        f'<section class="cstrain cstrain-sheet" lang="{escape(view["lang"])}">'
        f"<h3>{title}</h3>{view['task']}{situation}{fields}</section>"
    )


def record_sheet(view: Mapping[str, Any]) -> str:
    """Return the printable table of the lesson's exercises and their points."""
    rows = "".join(
        f'<tr><th scope="row">{escape(one["label"])} · {escape(one["title"])}</th>'
        f"<td>/ {one['points']:g}</td></tr>"
        for one in view["exercises"]
    )
    return (
        f'<section class="cstrain cstrain-sheet" lang="{escape(view["lang"])}">'
        f'<table class="sheet-table"><tbody>{rows}</tbody></table></section>'
    )


def _block(css: str, name: str, view: Mapping[str, Any], paper: str) -> str:
    data = json.dumps(view, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f'<div class="{css}" id="{escape(name.replace("/", "-"))}" data-exercise="{escape(name)}"'
        f' lang="{escape(view["lang"])}">'
        f'<script type="application/json" class="cstrain-view">{data}</script>{paper}</div>'
    )
