"""The tables that an exercise asks about, as far as a page holds them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from cstrain.datasets import rows
from cstrain.datasets import table as table_of
from cstrain.drawing.preview import preview_view
from cstrain.html import escape, table
from cstrain.language import Language
from cstrain.library.words import words
from cstrain.model import Exercise, Field

_SHAPE: Final = "builder"  # the shape whose questions are asked about rows
_MOST_ROWS: Final = 18
_TOLD: Final = 0.7  # of the cells: from here on a table would only repeat the task
_Table = tuple[Sequence[str], list[list[str]], bool, str]


def data_of(exercise: Exercise, language: Language) -> Iterator[str]:
    """Return the tables of an exercise, each once; where they are too large, a line says so."""
    said, seen, too_large = words("print_words", language), set[str](), False
    for field in exercise.fields:
        if field.shape != _SHAPE:
            continue
        too_large = too_large or any(case["tables"] for case in field.params["cases"])
        for head, cells, more, legend in _tables(exercise, field, language):
            mark = json.dumps([head, cells], ensure_ascii=False)
            if mark in seen or _told(cells, exercise.task[language]):
                continue
            seen.add(mark)
            told = [legend, said["data_rest"]] if more else [legend]
            rest = "".join(f'<p class="p-help">{escape(one)}</p>' for one in told if one)
            # In the order of the table: a preview puts rows that count before the others.
            shown = table(head, sorted(cells)[:_MOST_ROWS])
            yield f'<div class="p-data"><h3>{escape(said["data"])}</h3>{shown}{rest}</div>'
    if too_large and not seen:
        yield f'<p class="p-help p-no-data">{escape(said["data_on_page"])}</p>'


def _tables(exercise: Exercise, field: Field, language: Language) -> Iterator[_Table]:
    """Return (heading, rows, whether there are more, what the heading means) of visible data."""
    if any(case["tables"] for case in field.params["cases"]):
        return
    if field.params.get("preview"):
        chosen = _right(exercise, field, language)
        for part in [one["key"] for one in field.params["parts"]] or [""]:
            told = preview_view(field, chosen, part, language)
            cells = [one["cells"] for one in told.get("rows", ())]
            if cells and cells[0]:
                yield told["columns"], cells, bool(told["rest"]) or len(cells) > _MOST_ROWS, ""
        return
    for case in field.params["cases"]:
        name = case["args"].get("dataset")
        if case["visible"] and isinstance(name, str):
            whole = list(rows(name))
            cells = [[str(cell) for cell in row.values()] for row in whole]
            yield list(whole[0]), cells, len(cells) > _MOST_ROWS, _legend(name, language)


def _legend(name: str, language: Language) -> str:
    """Return what the columns of a table mean."""
    return " · ".join(f"{one.name} = {one.meaning[language]}" for one in table_of(name).columns)


def _told(cells: list[list[str]], task: str) -> bool:
    """Say whether the task itself has told what stands in the rows."""
    every = [cell for row in cells for cell in row[1:] if cell]
    return sum(cell in task for cell in every) >= _TOLD * len(every)


def _right(exercise: Exercise, field: Field, language: Language) -> Mapping[str, Any]:
    answer = exercise.model.answers[language].get(field.key)
    if answer is None:
        # The model answer takes one of several ways; a sample may have gone another.
        told = [one.answer.get(field.key) for one in exercise.samples]
        answer = next((one for one in told if one and "choices" in one), None)
    chosen: Mapping[str, Any] = (answer or {}).get("choices", {})
    return chosen
