"""One language's sources for jupyter-book: stored notebooks with live exercises put in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml  # type: ignore[import-untyped]

from builder.cells import Cell, Notebook, html_cell, read_notebook, to_text
from builder.contents import contents
from builder.cover import cover
from builder.extra_pages import EXTRA_PAGES, TRAINER_PAGES
from builder.notes import with_notes
from builder.places import BOOK, NOTEBOOKS, ROOT, pages
from builder.print_links import print_settings
from cstrain.drawing.page import page_block, record_block
from cstrain.errors import ContentError
from cstrain.language import Language
from cstrain.library.words import words

_THEME_LANGUAGE: Final[dict[Language, str]] = {"zh": "zh_CN", "en": "en"}
_EXERCISE: Final = re.compile(r'\.exercise\("(\w+)"\)')
# The form on the page has the code way in itself, so the code cell beside it goes.
_NOT_ON_A_PAGE: Final = frozenset({"setup", "code-way"})


@dataclass(frozen=True)
class Places:
    """Where a page finds the live exercises' files and Pyodide: addresses that end in "/".

    `lite` is where whole notebooks open, "" for nowhere; `full` says that they have pandas there.
    """

    host: str
    pyodide: str
    lite: str = ""
    full: bool = False


def stage(language: Language, folder: Path, places: Places, *, trainer: bool = False) -> None:
    """Write everything jupyter-book needs for one language into a new folder."""
    folder.mkdir(parents=True)
    (folder / "index.md").write_text(cover(language), encoding="utf-8")
    for name, make in {**EXTRA_PAGES, **(TRAINER_PAGES if trainer else {})}.items():
        (folder / f"{name}.md").write_text(make(language), encoding="utf-8")
    for page in pages():
        stored = NOTEBOOKS / language / f"{page.name}.ipynb"
        if not stored.is_file():
            raise ContentError(
                stored.relative_to(ROOT),
                "file",
                found="nothing",
                allowed="a notebook made by `python book/build.py notebooks`",
            )
        made = read_notebook(stored)
        if trainer:
            made.cells = with_notes(made, page, language)
        made.cells = _cells(made, page.lesson, language, stored.name)
        (folder / stored.name).write_text(to_text(made), encoding="utf-8")
    text = json.dumps(contents(language, TRAINER_PAGES if trainer else ()), ensure_ascii=False)
    (folder / "_toc.yml").write_text(text, encoding="utf-8")  # JSON is YAML too
    config = _config(language, places)
    config["sphinx"]["config"] |= print_settings(trainer=trainer)
    text = json.dumps(config, ensure_ascii=False, indent=1)
    (folder / "_config.yml").write_text(text, encoding="utf-8")


def _config(language: Language, places: Places) -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    said, home = words("host_words", language), words("home_words", language)
    made["title"] = said["book_title"]
    made["sphinx"]["config"] |= {
        "language": _THEME_LANGUAGE[language],
        "cstrain_language": language,
        "cstrain_host": places.host,
        "cstrain_pyodide": places.pyodide,
        "cstrain_lite": places.lite,
        "cstrain_lite_full": places.full,
        "templates_path": [str(BOOK / "_templates")],
        "html_favicon": str(BOOK / "host" / "favicon.svg"),
        # Otherwise the theme reports on every page that it does not know the mode "".
        "html_context": {"default_mode": "auto"},
        "html_theme_options": {
            "search_bar_text": said["search"],
            "home_page_in_toc": True,
            "toc_title": home["on_page"],
            "article_header_end": ["language-link.html", "article-header-buttons.html"],
            "footer_content_items": ["extra-footer.html"],
            "extra_footer": f"{home['footer_about']}<br>{home['footer_private']}",
            "use_download_button": False,
            "use_fullscreen_button": False,
            "primary_sidebar_end": [],  # the theme's place for advertisements
            # The cover shows what is on it by itself.
            "secondary_sidebar_items": {"**": ["page-toc.html"], "index": []},
            "navbar_persistent": [],
        },
    }
    return made


def _cells(made: Notebook, lesson_id: str | None, language: Language, file: str) -> list[Cell]:
    staged = []
    for number, cell in enumerate(made.cells):
        tags = set(cell.metadata.get("tags", ()))
        if tags & _NOT_ON_A_PAGE:
            continue
        if lesson_id and "exercise" in tags:
            name = _EXERCISE.search(cell.source)
            if name is None:
                allowed = '<lesson>.exercise("<name>")'
                raise ContentError(file, f"cell {number + 1}", found=cell.source, allowed=allowed)
            staged.append(html_cell(page_block(f"{lesson_id}/{name[1]}", language), cell.id))
        elif lesson_id and "record" in tags:
            staged.append(html_cell(record_block(lesson_id, language), cell.id))
        else:
            _dress(cell, tags, f"{file}, cell {number + 1}")
            staged.append(cell)
    return staged


def _dress(cell: Cell, tags: set[str], place: str) -> None:
    if tags & {"picture", "table"}:
        cell.metadata.tags = [*cell.metadata.tags, "remove-input"]
    for output in cell.get("outputs", ()):
        html = output.get("data", {}).get("text/html")
        if html:
            # A wide table scrolls in its own box, and a keyboard has to get there.
            output.data["text/html"] = re.sub(r"<table\b", '<table tabindex="0"', html)
    if "picture" in tags:
        cell.metadata["mystnb"] = {"image": {"alt": _description(cell, place)}}


def _description(cell: Cell, place: str) -> str:
    """Return the picture's description, which is its output as text."""
    told = "".join(one.get("data", {}).get("text/plain", "") for one in cell.outputs)
    if not told or told.startswith("<"):
        allowed = "a picture that describes itself in words"
        raise ContentError(place, cell.source, found=told or "nothing", allowed=allowed)
    return told
