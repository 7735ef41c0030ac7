"""The certificate as a page: a function of what it says, so that a changed page is found out."""

from __future__ import annotations

from typing import Final

from cstrain.html import escape
from cstrain.language import Language
from cstrain.library.lessons import COURSE, Lesson
from cstrain.library.words import words
from cstrain.reports.certificate import Certificate, embedded
from cstrain.reports.page import document
from cstrain.reports.report import band_name, scope_title
from cstrain.reports.work import lessons_in
from cstrain.wording import shown_number

_SHORT_NAME: Final = 24  # characters that fit a line in large print
_FEW: Final = 4  # lines that stand in two columns, not in three
_EMBLEM: Final = (
    '<svg class="emblem" viewBox="0 0 32 32" aria-hidden="true">'
    '<rect width="32" height="32" rx="7"/><path d="M8 17.5l5.5 5.5L24 10"/></svg>'
)


def certificate_html(told: Certificate) -> str:
    """Return the page of a certificate; the same certificate gives the same page."""
    said = words("report_words", told.language)
    title = scope_title(told.scope, told.language)
    who = "who long" if len(told.name) > _SHORT_NAME else "who"
    body = (
        f'<div class="frame"><div class="inner">{_EMBLEM}'
        f'<p class="eyebrow">{escape(words("host_words", told.language)["book_title"])}</p>'
        f"<h1>{escape(said['certificate'])}</h1>"
        f'<p class="lead">{escape(said["certificate_lead"])}</p>'
        f'<p class="{who}">{escape(told.name)}</p>'
        f'<p class="lead">{escape(said["certificate_did"])}</p>'
        f"{_what(told)}{_figures(told)}{_parts(told)}{_proving(told)}</div></div>{embedded(told)}"
    )
    head = f"{said['certificate']} {title} {told.name}"
    return document(body, title=head, css="certificate", language=told.language)


def total(told: Certificate) -> tuple[float, float]:
    """Return the points of a certificate and how many there are to reach."""
    every = [one for each in lessons_in(told.scope) for one in each.all_exercises()]
    points = sum(told.points.get(one.id, 0) for one in every)
    return round(points, 2), sum(one.points for one in every)


def _what(told: Certificate) -> str:
    said = words("report_words", told.language)
    if told.scope == COURSE:
        course = said["certificate_course"].format(count=len(lessons_in(COURSE)))
        return f'<p class="what">{escape(course)}</p>'
    title = escape(scope_title(told.scope, told.language))
    return f'<p class="what">{title}</p><p class="sub">{escape(said["certificate_lesson"])}</p>'


def _figures(told: Certificate) -> str:
    said = words("report_words", told.language)
    points, of = total(told)
    every = [one for each in lessons_in(told.scope) for one in each.exercises]
    done = sum(1 for one in every if one in told.answers)
    pairs = [
        (said["certificate_points"], f"{shown_number(points)} <small>/ {of:g}</small>"),
        (said["certificate_band"], escape(band_name(points, of, told.language))),
        (said["certificate_done"], f"{done} <small>/ {len(every)}</small>"),
        (said["date"], escape(told.date)),
    ]
    inner = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in pairs)
    return f'<dl class="figures">{inner}</dl>'


def _parts(told: Certificate) -> str:
    lines = _lessons(told) if told.scope == COURSE else _exercises(told)
    inner = "".join(f"<li><b>{escape(name)}</b><span>{told}</span></li>" for name, told in lines)
    css = "parts few" if len(lines) <= _FEW else "parts"
    return f'<ul class="{css}">{inner}</ul>'


def _lessons(told: Certificate) -> list[tuple[str, str]]:
    return [
        (
            scope_title(one.id, told.language),
            f"{shown_number(told.lesson_points(one.id))} / {_of(one):g}",
        )
        for one in lessons_in(COURSE)
    ]


def _exercises(told: Certificate) -> list[tuple[str, str]]:
    language: Language = told.language
    return [
        (
            f"Q{one.number} {one.title[language]}",
            f"{shown_number(round(told.points.get(one.id, 0), 2))} / {one.points:g}",
        )
        for each in lessons_in(told.scope)
        for one in each.all_exercises()
    ]


def _of(lesson: Lesson) -> float:
    return sum(one.points for one in lesson.all_exercises())


def _proving(told: Certificate) -> str:
    said = words("report_words", told.language)
    proof = said["proof"].format(version=told.workbook)
    return (
        f'<div class="proving"><div class="proof"><h2>{escape(said["proof_title"])}</h2>'
        f"<p>{escape(proof)}</p><p>{escape(said['certificate_how'])}</p></div>"
        f'<dl class="check"><dt>{escape(said["code"])}</dt>'
        f'<dd class="digits">{escape(told.code)}</dd>'
        f'<dd class="signed">{escape(said["signed"])}</dd></dl></div>'
    )
