"""A lesson's slides as one page for reveal.js, which stands beside it in the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from builder.print_places import SHEETS
from builder.slide_rules import Slide
from builder.slide_text import inline, width
from builder.speaker_view import speaker_view
from cstrain.drawing.view import exercise_view
from cstrain.html import escape, markdown
from cstrain.language import HTML_LANG, Language
from cstrain.library.exercises import exercise
from cstrain.library.lessons import Lesson
from cstrain.library.words import words

_COLONS: Final = ("：", ": ")
_FULL: Final = 300  # Latin letters of a task; with more, or with more lines, it is set smaller
_LINES: Final = 6


def slides_page(lesson: Lesson, language: Language, slides: list[Slide], scripts: str) -> str:
    """Return the whole page; `scripts` is the folder of reveal.js as seen from it."""
    said = words("print_words", language)
    name = f"N{lesson.number:02} {lesson.title[language]}"
    title = said["slides_of"].format(lesson=name)
    sections = "\n".join(_section(one, lesson, language) for one in slides)
    return (
        f'<!DOCTYPE html>\n<html lang="{HTML_LANG[language]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>{escape(title)}</title>\n"
        f'<link rel="stylesheet" href="{scripts}reveal.css">\n'
        f'<link rel="stylesheet" href="{scripts}slides.css">\n</head>\n<body>\n'
        f'<main class="reveal" data-name="{escape(name)}" data-next="{escape(said["slide_next"])}" '
        f'data-previous="{escape(said["slide_previous"])}"><div class="slides">\n{sections}\n'
        f'</div></main>\n<script src="{scripts}reveal.js"></script>\n'
        f'<script src="{scripts}{speaker_view(language)}"></script>\n'
        f'<script src="{scripts}slides.js"></script>\n'
        "</body>\n</html>\n"
    )


def _section(slide: Slide, lesson: Lesson, language: Language) -> str:
    said = words("print_words", language)
    if slide.kind == "title":
        shown, notes = _title(slide, lesson, said), slide.notes
    elif slide.exercise:
        shown, told = _exercise(slide, lesson, language, said)
        notes = [*told, *slide.notes]
    else:
        shown, notes = "".join(_content(slide)), slide.notes
    # A closed box where the slides are one below the other, and what the speaker's window shows.
    aside = (
        f'<details class="s-notes"><summary>{escape(said["notes"])}</summary>'
        f'<aside class="notes">{"".join(notes)}</aside></details>'
        if notes
        else ""
    )
    dense = " s-dense" if slide.dense else ""
    return f'<section class="k-{slide.kind}{dense}">{shown}{aside}</section>'


def _title(slide: Slide, lesson: Lesson, said: Mapping[str, str]) -> str:
    mark = next((one for one in _COLONS if one in slide.title), "")
    name, _, rest = slide.title.partition(mark) if mark else (slide.title, "", "")
    facts = said["lesson_facts"].format(minutes=lesson.minutes, count=len(lesson.exercises))
    subtitle = f'<p class="s-subtitle">{inline(rest)}</p>' if rest else ""
    return (
        f"<h1>{inline(name)}</h1>{subtitle}"
        f'<p class="s-facts">{escape(facts)}</p><p class="s-keys">{escape(said["slide_keys"])} · '
        f'<a href="?view=print">{escape(said["slide_paper"])}</a></p>'
    )


def _exercise(
    slide: Slide, lesson: Lesson, language: Language, said: Mapping[str, str]
) -> tuple[str, list[str]]:
    about = exercise(f"{lesson.id}/{slide.exercise}")
    view = exercise_view(about, language)
    anchor = about.id.replace("/", "-")
    first, rest = _opening(about.task[language])
    points = said["points"].format(points=f"{about.points:g}")
    minutes = said["minutes"].format(minutes=about.minutes)
    links = (
        f'<a href="../{escape(lesson.page)}.html#{escape(anchor)}">'
        f"{escape(said['open_exercise'])}</a>"
        f'<a href="../{SHEETS}/{escape(lesson.id)}.html#{escape(anchor)}">'
        f"{escape(said['worksheet'])}</a>"
    )
    css = "s-task s-full" if width(first) > _FULL or first.count("\n") > _LINES else "s-task"
    shown = (
        f'<p class="s-kicker">{escape(said["now_you"])}</p>'
        f"<h2>{escape(view['label'])} {escape(view['title'])}</h2>"
        f'<p class="s-facts">{escape(points)} · {escape(minutes)}</p>'
        f'<div class="{css}">{markdown(first)}</div><p class="s-links">{links}</p>'
    )
    note = markdown(about.model.note[language])
    told = [markdown(rest)] if rest else []
    return shown, [*told, f"<h4>{escape(said['model'])}</h4>{note}"]


def _opening(task: str) -> tuple[str, str]:
    r"""Return what of a task is shown, and the rest: after a colon the list or table belongs to it.

    >>> _opening("Sort these:\n\n- one\n- two\n\nThen go on.")
    ('Sort these:\n\n- one\n- two', 'Then go on.')
    """
    first, _, rest = task.strip().partition("\n\n")
    if first.endswith(tuple(one.strip() for one in _COLONS)):
        more, _, rest = rest.partition("\n\n")
        first = f"{first}\n\n{more}"
    return first, rest


def _content(slide: Slide) -> Iterator[str]:
    if slide.section and slide.section != slide.title:
        yield f'<p class="s-kicker">{inline(slide.section)}</p>'
    yield f"<h2>{inline(slide.title)}</h2>"
    if slide.lead and slide.kind == "lead":
        yield f'<p class="s-lead">{inline(slide.lead)}</p>'
    if slide.points:
        css = "s-one" if len(slide.points) == 1 and not slide.body else "s-points"
        yield f'<div class="{css}">{"".join(f"<p>{inline(one)}</p>" for one in slide.points)}</div>'
    if slide.body:
        yield f'<div class="s-body" tabindex="0">{slide.body}</div>'
    if slide.lead and slide.kind == "picture":
        yield f'<p class="s-caption">{inline(slide.lead)}</p>'
