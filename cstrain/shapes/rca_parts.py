"""What the shapes of causes share: the case that is worked on, its evidence cards, its problem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cstrain.html import escape
from cstrain.shapes.base import Params, View
from cstrain.table_reader import TableReader


def load_parts(reader: TableReader) -> Params:
    """Return the parameters of both shapes.

    `case_field` is the key of the choice that names the case; `cards` gives each case's table of
    evidence cards, `problem` one preset problem, `problems` one for each case. All are optional:
    without cards the learner writes what a cause rests on, without a problem she writes her own.
    `tests` is false where causes cannot be put before the data of a case.
    """
    decks = reader.plain("cards")
    for name in decks:
        reader.child("cards").string(name)
    return {
        "case_field": reader.string("case_field") if reader.has("case_field") else "",
        "decks": dict(decks),
        "problem": reader.optional_text("problem"),
        "problems": reader.texts("problems"),
        "tests": reader.flag("tests", default=True),
    }


def said(view: View, key: str) -> str:
    """Return a word of the form, escaped; the key itself where a view has no words."""
    return escape(view.get("said", {}).get(key, key))


def cards_shown(cards: Iterable[str]) -> str:
    """Return evidence as short marks to read, empty without any."""
    marks = " ".join(f"<strong>{escape(one)}</strong>" for one in cards)
    return f" [{marks}]" if marks else ""


def nested(entries: Iterable[tuple[int, str]]) -> str:
    """Return entries (level from 1, HTML) as a nested list, however deep it goes.

    >>> nested([(1, "a"), (2, "b"), (1, "c")])
    '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>'
    """
    done, open_levels = [], 0
    for level, html in entries:
        if level > open_levels:
            done.append("<ul>" * (level - open_levels))
        else:
            done.append("</li>" + "</ul></li>" * (open_levels - level))
        done.append(f"<li>{html}")
        open_levels = level
    done.append("</li></ul>" * open_levels)
    return "".join(done)


def has_words(value: Any) -> bool:
    """Say whether anything is written in a plain value: a text that is not blank, a yes or no."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Mapping):
        return any(has_words(one) for one in value.values())
    if isinstance(value, (list, tuple)):
        return any(has_words(one) for one in value)
    return False
