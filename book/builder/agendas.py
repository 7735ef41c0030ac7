"""Pages for those who teach, made from book/teaching and from the lessons: links, times, needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from builder.pdf_cache import can_print
from builder.print_page import one_line
from builder.print_places import ANSWERS, SHEETS, SLIDES
from builder.self_study import SELF_STUDY
from builder.teaching_file import Agenda, Step, agendas, clock, teaching
from builder.truths import TRUTHS
from cstrain.html import escape
from cstrain.language import Language
from cstrain.library.course import Planned, course
from cstrain.library.words import words
from cstrain.reports.page import spaced


def agenda_pages() -> dict[str, Callable[[Language], str]]:
    """Return the pages of the agendas: name -> function that makes it in a language."""
    return {one.page: partial(_agenda_page, one) for one in agendas()}


def teaching_page(language: Language) -> str:
    """Return the first page for trainers: the material of every lesson, and the agendas."""
    said = words("print_words", language)
    rows = "".join(f"| {_name(one, language)} | {_all_of(one, said)} |\n" for one in course())
    links = "".join(f"- [{one.title[language]}]({one.page}.md)\n" for one in agendas())
    plan = teaching(SELF_STUDY).text("title")
    return (
        f"# {said['teaching']}\n\n{said['teaching_lead']}\n\n## {said['agendas']}\n\n{links}"
        f"- [{plan[language]}]({SELF_STUDY}.md)\n\n## {said['truths']}\n\n"
        f"[{said['truths']}]({TRUTHS}.md)\n\n## {said['material']}\n\n"
        f"| {said['lesson']} | {said['material_used']} |\n|---|---|\n{rows}"
    )


def _agenda_page(agenda: Agenda, language: Language) -> str:
    said = words("print_words", language)
    work = [one for one in agenda.steps if one.short is not None]
    whole, short = sum(one.minutes for one in work), sum(one.short or 0 for one in work)
    needs = {
        "room": agenda.room[language],
        "bring": agenda.bring[language],
        "to_print": _to_print(agenda, said),
    }
    parts = [
        f"# {agenda.title[language]}",
        agenda.lead[language],
        said["fallback"].format(whole=whole, short=short),
        "\n".join(f"- **{said[key]}** {text}" for key, text in needs.items()),
    ]
    for number, (start, steps) in enumerate(agenda.days, start=1):
        level = "##"
        if len(agenda.days) > 1:
            parts.append(f"## {said['day'].format(number=number)}")
            level = "###"
        parts += _day(start, steps, language, level)
    return "\n\n".join(parts) + "\n"


def _day(start: str, steps: tuple[Step, ...], language: Language, level: str) -> list[str]:
    """Return the table of a day, and below it how each step is done."""
    said = words("print_words", language)
    heads = [said[one] for one in ("time", "step", "material_used", "when_short")]
    lines = [f"| {' | '.join(heads)} |", "|---|---|---|---|"]
    told: list[str] = []
    past = 0
    for step in steps:
        at = f"{clock(start, past)}–{clock(start, past + step.minutes)}"
        past += step.minutes
        lines.append(f"| {one_line(at)} | {_row(step, language, said)} |")
        if step.what:
            told += [f"{level} {at} {step.title[language]}", *_how(step, language, said)]
    return ["\n".join(lines), *told]


def _row(step: Step, language: Language, said: Mapping[str, str]) -> str:
    short = ""
    if step.short is not None:
        short = said["minutes_short"].format(minutes=step.short)
        short += f" · {step.drop[language]}" if step.drop else ""
    name = f"**{step.title[language]}**" if step.what else step.title[language]
    return f"{name} | {_material(step, language, said)} | {short}"


def _material(step: Step, language: Language, said: Mapping[str, str]) -> str:
    """Return the links to what a step uses."""
    about = step.lesson
    if about is None:
        return ""
    parts = [_name(about, language)]
    if about.lesson is None:
        return parts[0]
    if step.sections:
        sections = step.sections.replace(", ", spaced(said["list_comma"]))
        parts.append(said["sections"].format(sections=sections))
    every = about.lesson.all_exercises()
    numbers = spaced(said["list_comma"]).join(
        f'<a href="{about.lesson.page}.html#{every[one - 1].id.replace("/", "-")}">{one}</a>'
        for one in step.questions
    )
    if numbers:
        parts.append(said["questions"].format(numbers=numbers))
    return " · ".join([*parts, _all_of(about, said)])


def _how(step: Step, language: Language, said: Mapping[str, str]) -> Iterator[str]:
    if step.what:
        yield step.what[language]
    if step.instead and step.lesson and step.lesson.lesson is None:
        yield said["instead"].format(instead=step.instead[language])
    if step.wrong:
        yield said["expected"].format(wrong=step.wrong[language])


def _to_print(agenda: Agenda, said: Mapping[str, str]) -> str:
    used = dict.fromkeys(one.lesson for one in agenda.steps if one.lesson and one.questions)
    sheets = spaced(said["list_comma"]).join(
        f'<a href="{SHEETS}/{one.lesson.id}.html">'
        f"{escape(said['print_all'].format(lesson=one.label))}</a>"
        for one in used
        if one.lesson
    )
    return said["print_how"].format(sheets=sheets)


def _name(about: Planned, language: Language) -> str:
    name = f"{about.label} {about.title[language]}"
    if about.lesson:
        return f"[{name}]({about.lesson.page}.ipynb)"
    return words("print_words", language)["to_come"].format(name=name)


def _all_of(about: Planned, said: Mapping[str, str]) -> str:
    """Return the links to a lesson's worksheets, answer sheets and slides; empty while to come."""
    if about.lesson is None:
        return ""
    ending = "pdf" if can_print() else "html"
    name = about.lesson.id
    places = {
        "worksheets": f"{SHEETS}/{name}.{ending}",
        "answer_sheet": f"{SHEETS}/{name}{ANSWERS}.{ending}",
        "slides": f"{SLIDES}/{name}.html",
    }
    return " · ".join(f'<a href="{path}">{said[key]}</a>' for key, path in places.items())
