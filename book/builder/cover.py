"""The cover: who it is for, the way to the first exercise, and the 16 lessons at a glance."""

from __future__ import annotations

from builder.cover_picture import cover_picture
from builder.notebooks import pieces
from builder.places import COVER
from cstrain.html import escape
from cstrain.language import Language
from cstrain.library.course import Planned, course
from cstrain.library.lessons import Lesson, lessons
from cstrain.library.words import words

_BENEFITS = ("now", "real", "kept")


def cover(language: Language) -> str:
    """Return the cover's MyST Markdown: its texts, with what is made between them."""
    first, *others = [one.texts[language] for one in pieces(COVER) if one.code is None]
    title, _, lead = first.partition("\n\n")
    said = words("home_words", language)
    parts = [
        title,
        (
            '<div class="cover-top"><div>'
            f'<p class="cover-kicker">{escape(said["cover_kicker"])}</p>'
            f'<p class="cover-lead">{escape(lead)}</p>{_actions(language)}</div>'
            f'<div class="cover-picture">{cover_picture(language)}</div></div>'
        ),
        _benefits(language),
        f"## {said['cover_lessons']}",
        said["cover_lessons_more"],
        _glance(language),
    ]
    return "\n\n".join([*parts, *others]) + "\n"


def first_exercise() -> str:
    """Return the address, within a language, of the first exercise of the first lesson."""
    return exercise_address(next(iter(lessons().values())), 0)


def exercise_address(lesson: Lesson, place: int) -> str:
    """Return the address of an exercise of a lesson, seen from a page of the same language."""
    return f"{lesson.page}.html#{lesson.exercises[place].replace('/', '-')}"


def meter(lesson: Lesson, language: Language, *, words_too: bool = False) -> str:
    """Return the place where the browser shows how far the learner is; hidden until it knows."""
    said = words("home_words", language)
    text = f'<span class="h-told">{escape(said["tried_none"])}</span>' if words_too else ""
    return (
        f'<span class="h-progress" data-lesson="{lesson.id}" hidden>'
        f'<span class="h-bar"><span class="h-tried"></span><span class="h-passed"></span></span>'
        f"{text}</span>"
    )


def _actions(language: Language) -> str:
    said = words("home_words", language)
    return (
        '<div class="cover-actions"><p class="cover-continue" id="home-continue" hidden></p>'
        f'<p class="cover-buttons"><a class="h-button h-primary" id="cover-start" '
        f'href="{first_exercise()}">{escape(said["cover_start"])}</a>'
        f'<a class="h-button" href="course_map.html">{escape(said["cover_map"])}</a></p>'
        f'<p class="cover-facts">{escape(said["cover_facts"])}</p></div>'
    )


def _benefits(language: Language) -> str:
    said = words("home_words", language)
    rows = "".join(
        f"<li><strong>{escape(said[f'benefit_{one}'])}</strong>"
        f"<span>{escape(said[f'benefit_{one}_more'])}</span></li>"
        for one in _BENEFITS
    )
    return f'<ul class="cover-benefits">{rows}</ul>'


def _glance(language: Language) -> str:
    return f'<ol class="cover-lessons">{"".join(_tile(one, language) for one in course())}</ol>'


def _tile(one: Planned, language: Language) -> str:
    said = words("home_words", language)
    name = f"<b>{one.label}</b><span>{escape(one.title[language])}</span>"
    if one.lesson is None:
        return f'<li class="to-come">{name}<small>{escape(said["to_come"])}</small></li>'
    minutes = said["minutes"].format(minutes=one.minutes)
    return (
        f'<li><a href="{one.lesson.page}.html">{name}<small>{escape(minutes)}</small>'
        f"{meter(one.lesson, language)}</a></li>"
    )
