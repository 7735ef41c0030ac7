"""The learner's report of a lesson or of the whole course, as one HTML file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import cstrain
from cstrain.drawing.answers import shown_answer
from cstrain.drawing.feedback import MARKS
from cstrain.drawing.figures import figure_of
from cstrain.html import escape, markdown
from cstrain.language import Language
from cstrain.library.lessons import COURSE, bands, lessons
from cstrain.library.words import words
from cstrain.reports.certificate import clean_name, has_passed
from cstrain.reports.page import document, facts, joined, meter, ring, spaced
from cstrain.reports.work import (
    Attempts,
    Done,
    LessonDone,
    Wanted,
    done_in,
    strangers,
)
from cstrain.wording import say, shown_number

_MOST_STEPS: Final = 5
_WIDE: Final = re.compile(r"<(?:table|svg|pre)\b")
_AT_FORM: Final = "%Y-%m-%dT%H:%M:%S.%fZ"
Said = Mapping[str, str]


def report_html(wanted: Wanted, attempts: Attempts, counts: Mapping[str, int] | None = None) -> str:
    """Return the report; every answer in it is checked anew.

    `counts` says how often each exercise was checked where not all attempts are handed over.
    """
    scope, language = wanted.scope, wanted.language
    said = words("report_words", language)
    done = done_in(scope, attempts, language, counts)
    ahead = timedelta(minutes=wanted.offset_minutes)
    table = _lesson_table(done, language) if scope == COURSE else _exercise_table(done[0], language)
    body = (
        _cover(wanted, done)
        + f'<section class="glance"><div><h2>{escape(said["overview"])}</h2>{table}</div>'
        + f"{_next_steps(scope, done, language)}</section>"
        + "".join(_lesson(one, language, ahead, alone=scope != COURSE) for one in done)
        + _foot(strangers(attempts) if scope == COURSE else 0, said)
    )
    title = f"{said['report']} {scope_title(scope, language)} {_day_of(wanted)}"
    return document(body, title=title, css="report", language=language)


def _day_of(wanted: Wanted) -> str:
    return date.fromisoformat(wanted.on).isoformat()


def scope_title(scope: str, language: Language) -> str:
    """Return what a scope is called.

    >>> scope_title("n04", "en")
    'N04 KPI calculation'
    """
    if scope == COURSE:
        return words("report_words", language)["course"]
    about = lessons()[scope]
    return f"N{about.number:02} {about.title[language]}"


def band_name(points: float, of: float, language: Language) -> str:
    """Return the name of the band that the points reach."""
    return next(one.name[language] for one in bands() if points >= one.least * of / 100)


def _cover(wanted: Wanted, done: tuple[LessonDone, ...]) -> str:
    scope, language = wanted.scope, wanted.language
    said, book = words("report_words", language), words("host_words", language)["book_title"]
    points, of = (sum(getattr(one, key) for one in done) for key in ("points", "of"))
    every = [one for each in done for one in each.exercises]
    shown = shown_number(round(points, 2))
    told = said["of_points"].format(points=shown, of=f"{of:g}")
    passed = [one for one in done if has_passed(one.points, one.of)]
    pairs = [
        (said["name"], clean_name(wanted.name)),
        (said["date"], _day_of(wanted)),
        (said["exercises_done"], f"{sum(1 for one in every if one.best)}/{len(every)}"),
        (said["lessons_passed"], f"{len(passed)}/{len(done)}" if scope == COURSE else ""),
        (said["attempts"], str(sum(one.attempts for one in every))),
    ]
    begun = any(one.begun for one in done)
    band = band_name(points, of, language) if begun else said["of_band_none"]
    if scope == COURSE and begun and len(passed) < len(done):
        band = said["of_points"].format(points=shown, of=f"{of:g}")
    return (
        f'<header class="cover"><div><p class="eyebrow">{escape(book)}</p>'
        f'<p class="kind">{escape(said["report"])}</p>'
        f"<h1>{escape(scope_title(scope, language))}</h1>{facts(pairs)}</div>"
        f'<div class="result">{ring(points / of, shown, f"/ {of:g}", told)}'
        f'<p class="band">{escape(band)}</p></div></header>'
    )


def _exercise_table(lesson: LessonDone, language: Language) -> str:
    said, frame = words("report_words", language), words("words", language)
    rows = "".join(
        f'<tr><th scope="row"><b>Q{one.exercise.number}</b> '
        f"{escape(one.exercise.title[language])}</th>"
        f"<td>{_mark(_outcome(one), frame)}</td>{_points(one.points, one.exercise.points)}</tr>"
        for one in lesson.exercises
    )
    return _table([said["exercise"], said["outcome"], said["points"]], rows)


def _lesson_table(done: tuple[LessonDone, ...], language: Language) -> str:
    said = words("report_words", language)
    rows = "".join(
        f'<tr><th scope="row">{escape(scope_title(one.lesson.id, language))}</th>'
        f"<td>{escape(_band(one, language))}</td>{_points(one.points, one.of)}</tr>"
        for one in done
    )
    return _table([said["lesson"], said["outcome"], said["points"]], rows)


def _table(heads: list[str], rows: str) -> str:
    top = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    return f'<table class="scores"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>'


def _band(lesson: LessonDone, language: Language) -> str:
    if not lesson.begun:
        return words("report_words", language)["not_begun"]
    return band_name(lesson.points, lesson.of, language)


def _points(points: float, of: float) -> str:
    shown = shown_number(round(points, 2))
    return f'<td class="points">{meter(points / of)}<b>{shown}</b>/{of:g}</td>'


def _outcome(done: Done) -> str:
    return done.report.outcome if done.report else "not_attempted"


def _mark(outcome: str, frame: Said) -> str:
    word = escape(frame[f"outcome_{outcome}"])
    return f'<span class="mark {outcome}"><i aria-hidden="true">{MARKS[outcome]}</i>{word}</span>'


def _next_steps(scope: str, done: tuple[LessonDone, ...], language: Language) -> str:
    said = words("report_words", language)
    steps = [*_open(scope, done, said, language), *_lost(done, said, language)]
    if not any(one.begun for one in done):
        steps = [said["next_begin"]]
    if not steps:
        steps = [said["next_nothing"], *_following(scope, language)]
    items = "".join(f"<li>{one}</li>" for one in steps)
    return f'<aside class="next"><h2>{escape(said["next_steps"])}</h2><ol>{items}</ol></aside>'


def _following(scope: str, language: Language) -> list[str]:
    order = list(lessons())
    later = order[order.index(scope) + 1 :] if scope in order else []
    said = words("report_words", language)["next_lesson"]
    return [said.format(title=escape(scope_title(one, language))) for one in later[:1]]


def _open(scope: str, done: tuple[LessonDone, ...], said: Said, language: Language) -> list[str]:
    """Return a step for the exercises that were not done, in lessons that were begun."""
    steps = []
    for lesson in done:
        titles = [
            said["title_quoted"].format(
                title=escape(f"{_label(one, scope)} {one.exercise.title[language]}")
            )
            for one in lesson.exercises
            if lesson.begun and one.best is None
        ]
        if titles:
            steps.append(said["next_open"].format(titles=joined(titles, said["list_comma"])))
    return steps


def _lost(done: tuple[LessonDone, ...], said: Said, language: Language) -> list[str]:
    """Return the steps that bring the most points: what to change, in the feedback's words."""
    found: list[tuple[float, str]] = []
    for one in (each for lesson in done for each in lesson.exercises if each.report):
        told = say(one.report, language, one.exercise).findings if one.report else ()
        open_ones = [each for each in told if each["next"]]
        if not open_ones:
            continue
        worst = max(open_ones, key=lambda each: each["of"] - each["points"])
        lost = round(one.exercise.points - one.points, 2)
        scope = COURSE if len(done) > 1 else one.exercise.lesson
        head = escape(f"{_label(one, scope)} {one.exercise.title[language]}")
        gain = escape(said["next_lost"].format(points=shown_number(lost)))
        found.append((lost, f"<b>{head}</b> <small>{gain}</small><br>{worst['next']}"))
    found.sort(key=lambda one: -one[0])
    return [text for _lost, text in found[:_MOST_STEPS]]


def _label(done: Done, scope: str) -> str:
    number = f"Q{done.exercise.number}"
    lesson = lessons()[done.exercise.lesson]
    return f"N{lesson.number:02} {number}" if scope == COURSE else number


def _lesson(lesson: LessonDone, language: Language, ahead: timedelta, *, alone: bool) -> str:
    if not lesson.begun:
        return ""
    said = words("report_words", language)
    title = said["by_exercise"] if alone else scope_title(lesson.lesson.id, language)
    table = "" if alone else _exercise_table(lesson, language)
    shown = said["of_points"].format(points=shown_number(lesson.points), of=f"{lesson.of:g}")
    band = f"{shown} · {_band(lesson, language)}"
    total = "" if alone else f'<p class="total">{escape(band)}</p>'
    inner = "".join(_exercise(one, language, ahead) for one in lesson.exercises if one.best)
    css = "lesson alone" if alone else "lesson"
    return f'<section class="{css}"><h2>{escape(title)}</h2>{total}{table}{inner}</section>'


def _exercise(done: Done, language: Language, ahead: timedelta) -> str:
    if done.best is None or done.report is None:
        return ""
    said, frame = words("report_words", language), words("words", language)
    about, answer = done.exercise, done.best.answer
    figure = figure_of(about, answer, language) or ""
    shown = shown_answer(about, answer, language) or f"<p>{escape(said['answer_blank'])}</p>"
    facts_of = {"count": done.attempts, "date": _day(done.best.at, ahead)}
    made = said["best_of" if done.attempts > 1 else "best_of_one"].format(**facts_of)
    points = f"<b>{shown_number(round(done.points, 2))}</b>/{about.points:g}"
    return (
        f'<article><header><h3><span class="number">Q{about.number}</span> '
        f"{escape(about.title[language])}</h3>"
        f'<p class="got">{_mark(_outcome(done), frame)}<span>{points}</span></p></header>'
        f'<p class="made">{escape(made)}</p>'
        + _part("task", said["task"], markdown(about.task[language]))
        + _part("answer", said["my_answer"], shown)
        + f"{_told(done, language, figure)}</article>"
    )


def _part(css: str, title: str, inner: str) -> str:
    """Return a part with its title; one that may be wider than a phone can be scrolled by keys."""
    wide = ' tabindex="0"' if _WIDE.search(inner) else ""
    return f'<div class="{css}"{wide}><p class="part">{escape(title)}</p>{inner}</div>'


def _told(done: Done, language: Language, figure: str) -> str:
    said, frame = words("report_words", language), words("words", language)
    if done.report is None:
        return ""
    told = say(done.report, language, done.exercise)
    lines = "".join(_finding(one, said, frame) for one in told.findings)
    notes = "".join(f"<li>{one}</li>" for one in told.notes)
    more = f'<ul class="notes">{notes}</ul>' if notes else ""
    return _part("told", said["feedback"], f"<ul>{lines}</ul>{more}{figure}")


def _finding(finding: Mapping[str, Any], said: Said, frame: Said) -> str:
    open_ones = [one for one in finding["items"] if one["outcome"] != "passed"]
    right = [one["label"] for one in finding["items"] if one["outcome"] == "passed"]
    items = "".join(
        f"<li>{_mark(one['outcome'], frame)} <b>{one['label']}</b> {one['text']}</li>"
        for one in open_ones
    )
    if right:
        told = escape(spaced(said["right_ones"])) + joined(right, said["list_semicolon"])
        items += f'<li class="right">{told}</li>'
    inner = f"<ul>{items}</ul>" if items else ""
    step = f'<span class="step">{finding["next"]}</span>' if finding["next"] else ""
    return (
        f'<li class="{finding["outcome"]}"><i aria-hidden="true">{MARKS[finding["outcome"]]}</i>'
        f"<div><p><b>{escape(finding['title'])}</b> "
        f'<span class="of">{shown_number(finding["points"])}/{finding["of"]:g}</span></p>'
        f"<p>{finding['text']} {step}</p>{inner}</div></li>"
    )


def _foot(unknown: int, said: Said) -> str:
    more = f"<p>{escape(said['strangers'].format(count=unknown))}</p>" if unknown else ""
    note = said["report_note"].format(version=cstrain.__version__)
    return f'<footer class="foot">{more}<p>{escape(note)}</p></footer>'


def _day(at: str, ahead: timedelta) -> str:
    """Return the learner's day of a time in UTC, nothing for a time that is none."""
    try:
        return (datetime.strptime(at, _AT_FORM).replace(tzinfo=UTC) + ahead).date().isoformat()
    except (ValueError, OverflowError):
        return ""
