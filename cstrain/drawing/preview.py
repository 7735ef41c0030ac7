"""The live preview of a builder in one language: the numbers, and where each row counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from cstrain.drawing.rca_preview import rca_preview
from cstrain.drawing.rca_view import RCA_SHAPES
from cstrain.errors import UnknownNameError
from cstrain.kpi.value import Value
from cstrain.language import Language
from cstrain.library.words import words
from cstrain.model import Field
from cstrain.rules.engine import case_args
from cstrain.rules.engines import ENGINES
from cstrain.rules.seen import MARKS, Seen, SeenRow
from cstrain.shapes.base import Unreadable
from cstrain.shapes.table_of import SHAPES
from cstrain.wording import shown_number

MOST_ROWS: Final = 20
_MOST_VALUES: Final = 24  # of groups or periods
_LONGEST_CELL: Final = 40
_LARGE: Final = 10  # smaller numbers are shown with four decimals


def preview_view(field: Field, choices: Any, part: str, language: Language) -> dict[str, Any]:
    """Return what the choices of a builder come to on its visible case, as plain JSON values.

    `open` lists the questions without an answer; while there are any, nothing is computed. A
    builder of several parts shows one `part` at a time.
    """
    params = field.params
    if field.shape in RCA_SHAPES:
        return rca_preview(field, choices, part, language)
    engine = ENGINES[params["engine"]]
    if params.get("preview") is None or engine.preview is None:
        raise UnknownNameError("preview", field.key, [])
    chosen = _chosen(choices, params)
    asked = [one for one in params["questions"] if one["part"] == part and not one["after"]]
    open_ones = [one["label"][language] for one in asked if one["key"] not in chosen]
    if open_ones:
        return {"open": open_ones}
    case = next(one for one in params["cases"] if one["key"] == params["preview"])
    seen = engine.preview(chosen, case_args(params, case), part)
    if not isinstance(seen, Seen):
        from cstrain.drawing.effect_view import seen_view  # noqa: PLC0415 - few previews need it

        return {"open": [], **seen_view(seen, language)}
    return {"open": [], **_Shown(field, seen, language).view(part)}


def _chosen(choices: Any, params: Mapping[str, Any]) -> Mapping[str, str]:
    try:
        answer = SHAPES["builder"].parse({"via": "builder", "choices": choices}, params)
    except Unreadable:
        return {}
    return answer["choices"] if answer else {}


class _Shown:
    """What was seen, in one language."""

    def __init__(self, field: Field, seen: Seen, language: Language) -> None:
        self.field, self.seen, self.language = field, seen, language
        marks = {key: text[language] for key, text in field.params["marks"].items()}
        own = {key if key == "mark" else f"mark_{key}": text for key, text in marks.items()}
        self.said: dict[str, str] = {**words("preview_words", language), **own}

    def view(self, part: str) -> dict[str, Any]:
        """Return the numbers, the counts and the table."""
        rows, seen = self.seen.rows, self.seen
        listed = _picked(rows)
        columns = [one for one in self.field.params["columns"] if one["part"] in ("", part)]
        cells = list(zip(*(self.cells(listed, one) for one in columns), strict=True))
        facts = {"all": len(rows), "n": len(listed), "rest": len(rows) - len(listed)}
        return {
            "values": [self.value(one) for one in seen.values[:_MOST_VALUES]],
            "counts": [self.count(mark) for mark in MARKS if self.counted(mark)],
            "caption": self.said["caption"],
            "columns": [one["label"][self.language] for one in columns],
            "adds": self.headings(),
            # Where every row simply counts, saying so in each would only take room.
            "mark": "" if all(one.mark == "in" for one in rows) else self.said["mark"],
            "rows": [self.row(one, cells[at] if cells else ()) for at, one in enumerate(listed)],
            "rest": self.said["rest"].format(**facts) if facts["rest"] else "",
        }

    def value(self, value: Value) -> dict[str, str]:
        """Return one value: of which group, the number, and what it was made of."""
        codes = {one["key"]: one["codes"] for one in self.field.params["columns"]}
        named = (
            codes.get(key, {}).get(one, {self.language: _cell(one, self.said)})[self.language]
            for key, one in value.group.items()
        )
        group = " · ".join(named)
        return {"group": group, "number": self.number(value.value), "sum": self.sum(value)}

    def number(self, number: float | None) -> str:
        """Return a value with its unit; a share both ways."""
        if number is None:
            return self.said["nothing"]
        if self.seen.unit == "share":
            percent = shown_number(round(number * 100, 2))
            return self.said["percent"].format(share=f"{number:.4f}", percent=percent)
        text = shown_number(round(number, 2))
        return self.said.get(f"unit_{self.seen.unit}", "{number}").format(number=text)

    def sum(self, value: Value) -> str:
        """Return what was divided by what."""
        if not value.denominator:
            return ""
        if value.numerator is None:
            return self.said["of_values"].format(below=_amount(value.denominator))
        facts = {"above": _amount(value.numerator), "below": _amount(value.denominator)}
        if self.seen.scale == 1:
            return self.said["divided"].format(**facts)
        return self.said["divided_scaled"].format(scale=_amount(self.seen.scale), **facts)

    def counted(self, mark: str) -> int:
        """Return how many rows have this mark."""
        return sum(one.mark == mark for one in self.seen.rows)

    def count(self, mark: str) -> dict[str, str]:
        """Return the count of a mark as a text."""
        named = {"mark": self.said[f"mark_{mark}"], "n": self.counted(mark)}
        return {"mark": mark, "text": self.said["count"].format(**named)}

    def headings(self) -> list[str]:
        """Return the headings of what rows add; of a quantile there is only the value."""
        if not self.seen.adds:
            return []
        if all(one.numerator is None for one in self.seen.values):
            return [self.said["value_of_row"]]
        return [self.said["adds_above"], self.said["adds_below"]]

    def cells(self, rows: Sequence[SeenRow], column: Mapping[str, Any]) -> list[str]:
        """Return the cells of a column; what day or year all times share is left out."""
        values = [one.row.get(column["key"]) for one in rows]
        codes = {code: text[self.language] for code, text in column["codes"].items()}
        shown = [codes.get(str(one)) or _cell(one, self.said) for one in values]
        times = [one for one in values if isinstance(one, dt.datetime)]
        if len(times) < len(values):
            return shown
        if len({one.date() for one in times}) == 1:
            return [one.split(" ", 1)[1] for one in shown]
        same_year = len({one.year for one in times}) == 1
        return [one.split("-", 1)[1] for one in shown] if same_year else shown

    def row(self, one: SeenRow, cells: Sequence[str]) -> dict[str, Any]:
        """Return a row: its mark with the word for it, why, and the cells."""
        adds = [one.above, one.below][: len(self.headings())]
        return {
            "mark": one.mark,
            "word": self.said[f"mark_{one.mark}"],
            "why": self.why(one.why),
            "cells": list(cells),
            "adds": ["" if one.mark == "out" else _amount(each) for each in adds],
        }

    def why(self, code: str) -> str:
        """Return why a row is left out, in the exercise's own words where it has any."""
        own = self.field.params["why"].get(code)
        return own[self.language] if own else self.said.get(f"why_{code}", "")


def _picked(rows: Sequence[SeenRow]) -> list[SeenRow]:
    """Return the rows that are listed: all of a small table, else the first of every kind."""
    if len(rows) <= MOST_ROWS:
        return list(rows)
    by_kind: dict[tuple[Any, ...], list[int]] = {}
    for place, one in enumerate(rows):
        by_kind.setdefault((one.mark, one.why, one.row.get("fault")), []).append(place)
    each = max(1, MOST_ROWS // len(by_kind))
    chosen = [rows[place] for places in by_kind.values() for place in places[:each]]
    return sorted(chosen, key=lambda one: MARKS.index(one.mark))


def _amount(number: Any) -> str:
    """Return a sum as people read it: thousands apart, few decimals.

    >>> _amount(41080.0), _amount(True), _amount(0.75114), _amount(None)
    ('41,080', '1', '0.7511', '')
    """
    if number is None:
        return ""
    text = f"{float(number):,.2f}" if abs(number) >= _LARGE else f"{float(number):.4f}"
    return text.rstrip("0").rstrip(".")


def _cell(value: Any, said: Mapping[str, str]) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return said["yes" if value else "no"]
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "minutes" if not value.second else "seconds")
    text = shown_number(value) if isinstance(value, float) else str(value)
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
