"""The slides of every lesson, in the trainer's edition, with reveal.js in the site itself."""

from __future__ import annotations

import shutil
from typing import Final

from builder.cells import read_notebook
from builder.notes import whole_cells
from builder.npm_package import Pinned
from builder.one_build import Build
from builder.places import BOOK, NOTEBOOKS, pages
from builder.print_places import SLIDES
from builder.slide_rules import Slide, deck_of
from builder.slides_page import slides_page
from builder.speaker_view import NOTES, put_speaker_views
from cstrain.language import LANGUAGES, Language
from cstrain.library.lessons import lesson
from cstrain.library.words import words

REVEAL: Final = Pinned(
    "reveal.js",
    "6.0.2",
    "JYIg5D9aoxoaLeb84O+OvAwsKWdIavVgEDScxtYEXFCT6t6TQrhNtSgogcjdCpdLsWglhJn3zyE3fUOwiH5KEg==",
)
_FILES: Final = {
    "dist/reveal.js": "reveal.js",
    "dist/reveal.css": "reveal.css",
    "dist/plugin/notes.js": NOTES,
    "LICENSE": "LICENSE.txt",
}
_FOLDER: Final = "reveal"


def put_slides(build: Build) -> None:
    """Write the slides of every lesson and language; a learner's edition has none."""
    if build.edition != "trainer":
        return
    REVEAL.files(_FILES, build.site / _FOLDER)
    put_speaker_views(build.site / _FOLDER)
    for name in ("slides.css", "slides.js"):
        shutil.copyfile(BOOK / "print" / name, build.site / _FOLDER / name)
    taught = [(page.name, lesson(page.lesson)) for page in pages() if page.lesson]
    for language in LANGUAGES:
        folder = build.site / language / SLIDES
        folder.mkdir(parents=True, exist_ok=True)
        for name, about in taught:
            made = slides_page(about, language, slides(name, language), f"../../{_FOLDER}/")
            (folder / f"{about.id}.html").write_text(made, encoding="utf-8", newline="\n")


def slides(name: str, language: Language) -> list[Slide]:
    """Return the slides of a lesson's page in a language."""
    page = next(one for one in pages() if one.name == name)
    stored = read_notebook(NOTEBOOKS / language / f"{name}.ipynb")
    labels = frozenset(words("print_words", language)["tales"].split("|"))
    return deck_of(whole_cells(stored, page, language), labels)
