"""A definition put together from choices; the engine runs it on the same cases as code."""

from __future__ import annotations

from typing import Any

from cstrain.html import escape
from cstrain.shapes import code
from cstrain.shapes.base import (
    Params,
    Unreadable,
    View,
    as_table,
    box,
    keys,
    label_of,
    load_named,
)
from cstrain.table_reader import TableReader


def load(reader: TableReader) -> Params:
    """Return the engine, the questions with their options, the code way and the cases."""
    questions = []
    for one in reader.children("questions"):
        question = {"key": one.string("key"), "label": one.text("label")}
        questions.append({**question, "options": load_named(one, "options")})
        one.finish()
    return {
        "engine": reader.string("engine"),
        "questions": tuple(questions),
        **code.load_code(reader),
        **code.load_cases(reader),
    }


def parse(value: Any, params: Params) -> dict[str, Any] | None:
    """Return {"via": "builder", "choices"} or what the code shape returns."""
    if value is None:
        return None
    table = as_table(value)
    if table.get("via") == "code":
        return code.parse(table, params)
    given = as_table(table.get("choices") or {})
    choices: dict[str, str] = {}
    for question in params["questions"]:
        option = given.get(question["key"])
        if option in (None, ""):
            continue
        if option not in keys(question["options"]):
            raise Unreadable("unknown_option", words=str(option)[:60])
        choices[question["key"]] = option
    return {"via": "builder", "choices": choices} if choices else None


def sheet(view: View) -> str:
    """Return the questions with a box for each option."""
    return "".join(
        f'<p class="sheet-field"><span class="sheet-label">{escape(one["label"])}</span> '
        + "".join(box(label_of(one["options"], key)) for key in keys(one["options"]))
        + "</p>"
        for one in view["questions"]
    )


def shown(value: Any, view: View) -> str:
    """Return the questions with the chosen options, or the learner's function."""
    if (value or {}).get("via") == "code":
        return code.shown(value, view)
    lines = "".join(
        f'<tr><th scope="row">{escape(one["label"])}</th>'
        f"<td>{label_of(one['options'], value['choices'].get(one['key']))}</td></tr>"
        for one in view["questions"]
    )
    return f'<table class="sheet-table"><tbody>{lines}</tbody></table>'
