"""A definition put together from choices; the engine runs it on the same cases as code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cstrain.html import escape
from cstrain.language import Text
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
    """Return the engine, the questions with their options, the code way and the cases.

    `about` is what the engine is told about all cases; there `meanings` holds what each option
    sets and `parts` the part of the definition that a question belongs to. `columns` are the
    columns that the live preview of the case `preview` shows, `why` and `marks` its own words for
    rows left out and for where a row counts. A question with `after` is asked below the preview,
    which does not wait for it.
    """
    parts = load_named(reader, "parts", least=1) if reader.has("parts") else ()
    meanings: dict[str, Any] = {}
    questions = [_question(one, keys(parts), meanings) for one in reader.children("questions")]
    about = {
        **reader.plain("about"),
        "meanings": meanings,
        "parts": {one["key"]: one["part"] for one in questions},
    }
    cases = code.load_cases(reader)
    seen = [one["key"] for one in cases["cases"] if one["visible"]]
    return {
        "engine": reader.string("engine"),
        "about": about,
        "parts": parts,
        "questions": tuple(questions),
        "compact": reader.flag("compact", default=False),
        "preview": reader.one_of("preview", seen) if reader.has("preview") else None,
        "columns": _columns(reader, keys(parts)),
        "why": reader.texts("why"),
        "marks": reader.texts("marks"),
        **code.load_code(reader),
        **cases,
    }


def _columns(reader: TableReader, parts: Sequence[str]) -> tuple[dict[str, Any], ...]:
    if not reader.has("columns"):
        return ()
    return tuple(
        {
            "key": one.string("key"),
            "label": Text(zh=one.string("zh"), en=one.string("en")),
            "part": one.one_of("part", parts) if one.has("part") else "",
            "codes": one.texts("codes"),
        }
        for one in reader.children("columns")
    )


def _question(
    reader: TableReader, parts: Sequence[str], meanings: dict[str, Any]
) -> dict[str, Any]:
    key = reader.string("key")
    options = reader.children("options", least=2)
    meanings[key] = {one.string("key"): dict(one.plain("set")) for one in options}
    bare = [{key: one.raw[key] for key in one.raw if key != "set"} for one in options]
    plain = TableReader(reader.file, {**reader.raw, "options": bare}, reader.path)
    made = {
        "key": key,
        "label": reader.text("label"),
        "part": reader.one_of("part", parts) if parts else "",
        "place": reader.one_of("place", ("above", "below")) if reader.has("place") else None,
        "after": reader.flag("after", default=False),
        "options": load_named(plain, "options"),
    }
    reader.finish()
    return made


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
    """Return the questions with a box for each option, part by part."""
    return "".join(
        f'<div class="sheet-part">{_titled(part)}'
        + "".join(
            f'<p class="sheet-field"><span class="sheet-label">{escape(one["label"])}</span> '
            + "".join(box(label_of(one["options"], key)) for key in keys(one["options"]))
            + "</p>"
            for one in questions
        )
        + "</div>"
        for part, questions in _by_part(view)
    )


def shown(value: Any, view: View) -> str:
    """Return the questions with the chosen options, or the learner's function."""
    if (value or {}).get("via") == "code":
        return code.shown(value, view)
    return "".join(
        _titled(part)
        + '<table class="sheet-table"><tbody>'
        + "".join(
            f'<tr><th scope="row">{escape(one["label"])}</th>'
            f"<td>{label_of(one['options'], value['choices'].get(one['key']))}</td></tr>"
            for one in questions
        )
        + "</tbody></table>"
        for part, questions in _by_part(view)
    )


def _by_part(view: View) -> Iterator[tuple[str, list[Any]]]:
    parts = view.get("parts") or ({"key": "", "label": ""},)
    for one in parts:
        mine = [each for each in view["questions"] if each.get("part", "") == one["key"]]
        yield one["label"], mine


def _titled(label: str) -> str:
    return f"<h4>{escape(label)}</h4>" if label else ""
