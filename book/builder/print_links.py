"""Links on a lesson's page to what is printed, and in the trainer's edition to what is taught."""

from __future__ import annotations

from typing import Any, Final

from sphinx.application import Sphinx

from builder.pdf_cache import can_print
from builder.print_places import ANSWERS, SHEETS, SLIDES
from cstrain.html import escape
from cstrain.language import as_language
from cstrain.library.lessons import lessons
from cstrain.library.words import words

_NAMES: Final = ("cstrain_pdf", "cstrain_trainer")


def print_settings(*, trainer: bool) -> dict[str, bool]:
    """Return what the pages must know: whether there are PDFs, and for whom the edition is."""
    return dict(zip(_NAMES, (can_print(), trainer), strict=True))


def add_print_settings(app: Sphinx) -> None:
    """Make the settings known to Sphinx."""
    for name in _NAMES:
        app.add_config_value(name, default=False, rebuild="html")


def print_tools(app: Sphinx, page: str) -> str:
    """Return the links of a lesson's page; empty where the page is no lesson."""
    lesson = next((one for one in lessons().values() if one.page == page), None)
    if lesson is None:
        return ""
    said = words("print_words", as_language(app.config.cstrain_language))
    about = said["tool_about"].format(count=len(lesson.exercises))
    rows = [_row(app, said, said["tool"], f"{SHEETS}/{lesson.id}", about)]
    if app.config.cstrain_trainer:
        told = said["only_trainers"]
        rows += [
            _row(app, said, said["answer_sheet"], f"{SHEETS}/{lesson.id}{ANSWERS}", told),
            _link(f"{SLIDES}/{lesson.id}.html", said["slides"], said["slides_about"]),
        ]
    return "".join(rows)


def _row(app: Sphinx, said: Any, name: str, path: str, about: str) -> str:
    more = ""
    if app.config.cstrain_pdf:
        label = f"{name} {said['pdf_short']}"
        more = (
            f' <a href="{escape(path)}.pdf" type="application/pdf" '
            f'aria-label="{escape(label)}">{escape(said["pdf_short"])}</a>'
        )
    return _link(f"{path}.html", name, about, more)


def _link(href: str, name: str, about: str, more: str = "") -> str:
    return (
        f'<p class="cstrain-print-link"><a href="{escape(href)}">{escape(name)}</a>{more} '
        f"<span>{escape(about)}</span></p>"
    )
