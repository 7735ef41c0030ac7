"""Cards to cut out: those that an exercise sorts, orders or matches, and evidence cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from cstrain.datasets import case_title
from cstrain.drawing.view import exercise_view
from cstrain.html import escape
from cstrain.language import Language
from cstrain.library.words import words
from cstrain.model import Exercise

# Shape -> the lists of its field whose entries are cards.
_CARDS: Final = {"sort": ("cards",), "order": ("items",), "match": ("left", "right")}


def loose_cards(exercise: Exercise, language: Language) -> Iterator[str]:
    """Return a page of cards for each field of the exercise that sorts, orders or matches."""
    said, view = words("print_words", language), exercise_view(exercise, language)
    title = said["cards"].format(exercise=f"{view['label']} {view['title']}")
    for field in view["fields"]:
        cards = [
            (kind, one["label"]) for kind in _CARDS.get(field["shape"], ()) for one in field[kind]
        ]
        heads = [("group", one["label"]) for one in field.get("groups", ())]
        if cards:
            yield _sheet(title, said["cards_how"], [*heads, *cards])


def decks_of(exercise: Exercise, language: Language) -> Iterator[str]:
    """Return a page of evidence cards for each case of the exercise."""
    said, view = words("print_words", language), exercise_view(exercise, language)
    for field in view["fields"]:
        for case, deck in field.get("decks", {}).items():
            name = case_title(case)
            title = said["deck"].format(case=name[language] if name else case)
            cards = [("evidence", f"{one['key']}  {one['label']}") for one in deck]
            yield _sheet(title, said["cards_how"], cards)


def _sheet(title: str, how: str, cards: Sequence[tuple[str, Any]]) -> str:
    cells = "".join(f'<li class="p-card-{kind}">{escape(label)}</li>' for kind, label in cards)
    return (
        f'<section class="p-cards"><h2>{escape(title)}</h2><p class="p-help">{escape(how)}</p>'
        f"<ul>{cells}</ul></section>"
    )
