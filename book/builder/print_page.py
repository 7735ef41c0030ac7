"""A page to print: its frame, the head of a sheet, and the code that leads to its web page."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from builder.failures import BookError
from builder.places import BOOK
from cstrain.html import escape
from cstrain.language import HTML_LANG, Language
from cstrain.library.lessons import Lesson
from cstrain.library.words import words
from cstrain.model import Exercise

_ADDRESS: Final = re.compile(r"https?://[^\s/]+(/\S*)?")


def checked_address(address: str | None) -> str | None:
    """Return the address of a site; raise BookError for what is none, or cannot be drawn."""
    if address is None:
        return None
    if not _ADDRESS.fullmatch(address):
        raise BookError(
            f"--address {address}: an address begins with https:// or http:// and has no spaces."
        )
    if importlib.util.find_spec("segno") is None:
        raise BookError("--address needs the package segno: run `pip install segno` first.")
    return address


@dataclass(frozen=True)
class Printed:
    """What a page to print is told: where the site will be, if known; its lesson and its PDF."""

    address: str | None = None
    back: str = ""
    pdf: str = ""


def page_of(
    title: str, parts: Sequence[str], language: Language, printed: Printed, style: str = ""
) -> str:
    """Return the whole page, with more style of its own; paper is not shown the screen's links."""
    said, lang = words("print_words", language), HTML_LANG[language]
    links = [
        f'<a href="{escape(printed.back)}">{escape(said["back"])}</a>' if printed.back else "",
        f'<a href="{escape(printed.pdf)}" type="application/pdf">{escape(said["pdf"])}</a>'
        if printed.pdf
        else "",
        f'<button type="button" onclick="print()">{escape(said["print"])}</button>',
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="data:,">\n'
        '<meta name="color-scheme" content="light">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_style()}{style}</style>\n</head>\n<body>\n"
        f'<nav class="p-bar" aria-label="{escape(title)}">{"".join(links)}</nav>\n'
        f'<main>\n<h1 class="p-title">{escape(title)}</h1>\n{_lines(parts)}</main>\n'
        "</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return (BOOK / "print" / "sheet.css").read_text(encoding="utf-8")


def _lines(parts: Sequence[str]) -> str:
    return "".join(f"{one}\n" for one in parts)


def one_line(text: str) -> str:
    """Return a text as HTML that is not broken: a time of day, an interval."""
    return f'<span style="white-space: nowrap">{escape(text)}</span>'


def feet_of(lesson: Lesson, language: Language) -> str:
    """Return the style by which every page of a sheet says at its foot which sheet it is of."""
    name = f"N{lesson.number:02} {lesson.title[language]}"
    return "".join(
        f"@page {sheet_page(one)} {{ @bottom-left {{ content: {_quoted(name, one)}; }} }}\n"
        for one in lesson.all_exercises()
    )


def sheet_page(exercise: Exercise) -> str:
    """Return the name that style sheets give to the pages of an exercise's sheet."""
    return f"q{exercise.number}"


def _quoted(name: str, exercise: Exercise) -> str:
    text = f"cstrain · {name} · Q{exercise.number}"
    return '"' + "".join(f"\\{ord(one):x} " if one in '"\\<&\n' else one for one in text) + '"'


def head_of(lesson: Lesson, language: Language, kind: str, *, who: bool) -> str:
    """Return the head of a sheet: the lesson, what kind of sheet it is, and who fills it in."""
    said = words("print_words", language)
    name = f"N{lesson.number:02} {lesson.title[language]} · {kind}"
    blanks = "".join(
        f'<span class="p-blank">{escape(said[key])}</span>' for key in ("name", "class", "date")
    )
    people = f'<p class="p-who">{blanks}</p>' if who else ""
    return f'<header class="p-head"><p class="p-lesson">{escape(name)}</p>{people}</header>'


def qr_of(exercise: Exercise, lesson: Lesson, language: Language, printed: Printed) -> str:
    """Return the code that leads to the exercise's place on the web; empty without an address."""
    if not printed.address:
        return ""
    import segno  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - few sites have an address

    place = f"{language}/{lesson.page}.html#{exercise.id.replace('/', '-')}"
    url = f"{printed.address.rstrip('/')}/{place}"
    said = words("print_words", language)["see_page"]
    drawn = segno.make(url, error="m", micro=False).svg_inline(scale=2, border=0, omitsize=True)
    return (
        f'<figure class="p-qr" role="img" aria-label="{escape(url)}">{drawn}'
        f"<figcaption>{escape(said)}</figcaption></figure>"
    )
