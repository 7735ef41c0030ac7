"""A cause before a company's own data, as the editors show it: badge, figures, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cstrain.causes.own_effects import OwnEffect, own_effect, values_of, verdict_of
from cstrain.causes.own_tables import OwnDataError, OwnTable, open_text, own_tables
from cstrain.causes.own_test import OwnResult, OwnTest, Pick
from cstrain.drawing.effect_view import ratio_picture, ratio_said, strata_table
from cstrain.html import escape
from cstrain.language import Language
from cstrain.library.words import message, words
from cstrain.model import Facts
from cstrain.wording import sentence, shown_number


def own_badge(test: OwnTest, language: Language) -> dict[str, Any]:
    """Return the badge of a test: computed where the data are at hand, else as last found.

    `open` says that there is no verdict, and `told` (HTML) why; `result` is there to be kept.

    >>> own_badge(OwnTest("gone.csv"), "en")["open"]
    True
    """
    said = words("rca_editor_words", language)
    if not test.whole:
        return _open(escape(words("effect_own_words", language)["open"]), said)
    try:
        found = own_effect(test)
    except OwnDataError as error:
        told = _told(error, language)
        gone = error.code in {"table_gone", "table_broken", "column_gone"}
        if gone and test.result is not None:
            return _badge(test, test.result, _kept_view(test, test.result, language), language)
        return _open(told, said)
    view = _own_view(found, language)
    return {**_badge(test, found.result, view, language), "result": found.result.as_plain()}


def tables_said(language: Language, opened: str = "") -> dict[str, Any]:
    """Return the tables at hand with their columns, and what is told of a file just opened."""
    tables = own_tables()
    told = [_opened(one, language) for one in tables if one.name == opened]
    return {"tables": [_table(one) for one in tables], "told": told, "opened": opened}


def file_said(name: Any, text: Any, language: Language) -> dict[str, Any]:
    """Open the text of a file; return what `tables_said` does, or the sentence why not."""
    try:
        table = open_text(str(name), text if isinstance(text, str) else "")
    except OwnDataError as error:
        return {**tables_said(language), "told": [_told(error, language)]}
    return tables_said(language, table.name)


def values_said(name: Any, column: Any, language: Language) -> dict[str, Any]:
    """Return what one can choose from in a column."""
    try:
        found = values_of(str(name), str(column))
    except OwnDataError as error:
        return {"values": None, "told": [_told(error, language)]}
    first, last = found.ends
    span = (
        words("effect_own_words", language)["span"].format(first=first, last=last) if first else ""
    )
    return {"values": list(found.values), "kind": found.kind, "span": span, "told": []}


def _table(one: OwnTable) -> dict[str, Any]:
    columns = [{"key": key, "kind": kind} for key, kind in one.columns.items()]
    return {"key": one.name, "columns": columns}


def _opened(one: OwnTable, language: Language) -> str:
    facts: Facts = {"words": one.name, "rows": f"{one.rows:,}", "columns": len(one.columns)}
    return sentence(message("effect_own", "opened"), facts, language)


def _told(error: OwnDataError, language: Language) -> str:
    return sentence(message("effect_own", error.code), error.facts, language)


def _open(told: str, said: Mapping[str, str]) -> dict[str, Any]:
    nothing = {"verdict": "untested", "open": True, "label": said["untested"]}
    return {**nothing, "text": "", "html": "", "told": told}


def _badge(test: OwnTest, result: OwnResult, html: str, language: Language) -> dict[str, Any]:
    said, found = words("rca_editor_words", language), verdict_of(result)
    return {
        "verdict": found,
        "open": False,
        "label": said[found],
        "text": figures_said(result, test, language),
        "html": html,
        "told": "",
    }


def figures_said(result: OwnResult, test: OwnTest, language: Language) -> str:
    """Return the ratio with its interval, and how many rows of which table it rests on."""
    said = words("effect_own_words", language)
    rows = said["rows"].format(count=f"{result.n:,}", table=test.table)
    numbers = [one for one in (result.ratio, result.low, result.high) if one is not None]
    if len(numbers) < 3:
        return rows
    ratio, low, high = (shown_number(round(one, 2)) for one in numbers)
    return said["ratio"].format(ratio=ratio, low=low, high=high, rows=rows)


def pick_said(pick: Pick, language: Language) -> str:
    """Return a choice of rows in short.

    >>> pick_said(Pick("wait_s", "from", "120"), "en")
    'wait_s ≥ 120'
    """
    facts = {"column": pick.column, "value": pick.value.strip()}
    return words("effect_own_words", language)[f"pick_{pick.how}"].format(**facts)


def _own_view(found: OwnEffect, language: Language) -> str:
    said, whole = words("effect_words", language), found.found
    lines = [
        said["line"].format(name=said["ratio"], text=ratio_said(whole.ratio, language)),
        said["line"].format(
            name=said["stratified"], text=ratio_said(whole.stratified_ratio, language)
        ),
    ]
    if not found.test.strata:
        del lines[1]
    notes = "".join(f"<p>{one}</p>" for one in _notes(found, language))
    named = said["line"].format(name=said["verdict"], text=said[whole.verdict])
    return (
        f"{_compared(found.test, language)}"
        f"{strata_table(found.cells, whole, language)}"
        f"<p>{'<br>'.join(map(escape, lines))}</p>"
        f"{ratio_picture(whole.ratio, whole.stratified_ratio, language)}"
        f"{notes}<p><strong>{escape(named)}</strong></p>"
    )


def _notes(found: OwnEffect, language: Language) -> Iterator[str]:
    for code, facts in found.notes:
        yield sentence(message("effect_own", code), facts, language)


def _kept_view(test: OwnTest, result: OwnResult, language: Language) -> str:
    facts = {"day": result.day, "words": test.table}
    told = sentence(message("effect_own", "reported"), facts, language)
    return f"<p>{told}</p>{_compared(test, language)}"


def _compared(test: OwnTest, language: Language) -> str:
    said, own = words("effect_words", language), words("effect_own_words", language)
    about = {
        "exposed": pick_said(test.exposure, language),
        "outcome": pick_said(test.outcome, language),
    }
    told = said["compared"].format(**about)
    if test.strata:
        within = own["within"].format(columns=own["and"].join(test.strata))
        told = own["then"].format(first=told, second=within)
    return f"<p>{escape(told)}</p>"
