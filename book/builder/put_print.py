"""What is printed: worksheets of every lesson, for trainers answer sheets too, as page and PDF."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from builder.answer_sheets import answer_sheets
from builder.assessment import variants
from builder.one_build import Build
from builder.pdf_cache import can_print, print_all
from builder.print_page import Printed
from builder.print_places import ANSWERS, SHEETS, VARIANTS
from builder.sheets import worksheets
from cstrain.language import LANGUAGES, Language
from cstrain.library.lessons import Lesson, lessons

Make = Callable[[Lesson, Language, Printed], str]
_NO_BROWSER: Final = (
    "No browser to print with: the worksheets are pages only, without PDF. Install Chromium, "
    "Chrome or Edge, or name one in CSTRAIN_BROWSER, and build again."
)


def put_print(build: Build) -> None:
    """Write the pages to print of every lesson and language, and their PDFs."""
    with_pdf = can_print()
    made = [
        page
        for language in LANGUAGES
        for lesson in lessons().values()
        for page in _pages(build, lesson, language, with_pdf=with_pdf)
    ]
    if with_pdf:
        print_all((page, page.with_suffix(".pdf")) for page in made)
    else:
        print(_NO_BROWSER, file=sys.stderr)


def _pages(build: Build, lesson: Lesson, language: Language, *, with_pdf: bool) -> list[Path]:
    kinds: list[tuple[str, Make, Lesson]] = [("", worksheets, lesson)]
    if build.edition == "trainer":
        kinds.append((ANSWERS, answer_sheets, lesson))
        on_the_day = replace(lesson, exercises=variants(lesson))
        if on_the_day.exercises:
            kinds.append((VARIANTS, worksheets, on_the_day))
            kinds.append((f"{VARIANTS}{ANSWERS}", answer_sheets, on_the_day))
    made = []
    for ending, make, about in kinds:
        page = build.site / language / SHEETS / f"{lesson.id}{ending}.html"
        pdf = f"{page.stem}.pdf" if with_pdf else ""
        printed = Printed(build.address, f"../{lesson.page}.html", pdf)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(make(about, language, printed), encoding="utf-8", newline="\n")
        made.append(page)
    return made
