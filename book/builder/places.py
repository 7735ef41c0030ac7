"""Where things stand in a checkout, and which pages there are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cstrain.language import LANGUAGES, Language
from cstrain.library.lessons import lessons

ROOT: Final = Path(__file__).resolve().parent.parent.parent
BOOK: Final = ROOT / "book"
NOTEBOOKS: Final = ROOT / "notebooks"
BUILD: Final = ROOT / "build"

COVER: Final = BOOK / "cover.md"
_START: Final = "n00_start"


@dataclass(frozen=True)
class Page:
    """One page: its name without an ending, its source, and the lesson it teaches, if any."""

    name: str
    source: Path
    lesson: str | None = None


@dataclass(frozen=True)
class Target:
    """One generated notebook: page, language, and whether every exercise is answered in it."""

    page: Page
    language: Language
    solved: bool

    @property
    def path(self) -> Path:
        """Return the notebook's path below the folder of all notebooks."""
        folder = Path("solutions", self.language) if self.solved else Path(self.language)
        return folder / f"{self.page.name}.ipynb"


def pages() -> tuple[Page, ...]:
    """Return the pages that become notebooks: the start page, then the lessons in order."""
    taught = (
        Page(one.page, BOOK / "lessons" / f"{one.page}.md", one.id) for one in lessons().values()
    )
    return (Page(_START, BOOK / f"{_START}.md"), *taught)


def targets() -> tuple[Target, ...]:
    """Return every notebook to generate; only a lesson has something to solve."""
    return tuple(
        Target(page, language, solved)
        for solved in (False, True)
        for page in pages()
        for language in LANGUAGES
        if page.lesson or not solved
    )
