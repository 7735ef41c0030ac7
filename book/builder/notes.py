"""Notes for trainers: texts of a lesson that learners do not get, and where they stand."""

from __future__ import annotations

from builder.cells import Cell, Notebook
from builder.notebooks import TRAINER, notebook, pieces
from builder.places import Page, Target, pages
from cstrain.language import Language
from cstrain.library.words import words


def notes(page: Page) -> tuple[dict[Language, str], ...]:
    """Return a page's notes for trainers in the order of the page."""
    return tuple(one.texts for one in pieces(page.source) if TRAINER in one.tags)


def all_notes() -> tuple[dict[Language, str], ...]:
    """Return the notes of all pages."""
    return tuple(one for page in pages() for one in notes(page))


def with_notes(stored: Notebook, page: Page, language: Language) -> list[Cell]:
    """Return the cells of a stored notebook with the notes at their places, in boxes."""
    made = whole_cells(stored, page, language)
    for cell in made:
        if TRAINER in cell.metadata.get("tags", ()):
            cell.source = _boxed(cell.source, language)
    return made


def whole_cells(stored: Notebook, page: Page, language: Language) -> list[Cell]:
    """Return the cells of a stored notebook with the notes at their places."""
    known = {cell.id: cell for cell in stored.cells}
    whole = notebook(Target(page, language, solved=False), notes=True)
    # A cell that was changed since the notebook was stored stands as its source has it.
    return [known.get(cell.id, cell) for cell in whole.cells]


def _boxed(text: str, language: Language) -> str:
    title = words("print_words", language)["trainer_box"]
    return f"::::{{admonition}} {title}\n:class: note cstrain-trainer\n\n{text}\n::::"
