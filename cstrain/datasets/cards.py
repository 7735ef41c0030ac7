"""The data cards: one Markdown file a table, a case and a language."""

from __future__ import annotations

from cstrain.datasets.index import table
from cstrain.datasets.places import CASES, shelves
from cstrain.errors import ContentError
from cstrain.language import Language


def card_text(name: str, language: Language) -> str:
    """Return the card of a table, or the company file of a case, as Markdown.

    >>> card_text("A", "en").splitlines()[0]
    '# Case A: MianMai Home'
    """
    shelf = name if name in CASES else table(name).name.rpartition(".")[0]
    file = shelves()[shelf].parent / "cards" / f"{name.replace('.', '_')}.{language}.md"
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        shown, allowed = f"datasets/cards/{file.name}", "a readable file in UTF-8"
        raise ContentError(shown, "file", found="nothing", allowed=allowed) from error
