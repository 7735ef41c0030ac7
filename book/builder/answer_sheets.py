"""Answer sheets of a lesson, for trainers: the model answer in its form, and why it is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from builder.print_page import Printed, feet_of, head_of, page_of, sheet_page
from builder.sheets import condition, title_of
from cstrain.causes.effects import effect_of
from cstrain.drawing.figures import figure_of
from cstrain.drawing.fishbone_figure import fishbone_svg
from cstrain.drawing.view import exercise_view
from cstrain.drawing.why_figure import why_svg
from cstrain.html import escape, inline, markdown
from cstrain.language import Language
from cstrain.library.lessons import Lesson
from cstrain.library.words import words
from cstrain.model import Answer, Exercise
from cstrain.shapes.table_of import SHAPES

_MOST_ALSO: Final = 4  # other full-mark answers: enough to see how far they may differ


def answer_sheets(lesson: Lesson, language: Language, printed: Printed) -> str:
    """Return the whole page: an answer sheet for each exercise."""
    said = words("print_words", language)
    name = f"N{lesson.number:02} {lesson.title[language]}"
    sheets = [answer_sheet(one, lesson, language) for one in lesson.all_exercises()]
    title, feet = said["answers_of"].format(lesson=name), feet_of(lesson, language)
    return page_of(title, sheets, language, printed, feet)


def answer_sheet(exercise: Exercise, lesson: Lesson, language: Language) -> str:
    """Return the answer sheet of one exercise."""
    view, said = exercise_view(exercise, language), words("print_words", language)
    model = exercise.model.answers[language]
    parts = (
        f'<p><span class="p-only">{escape(said["only_trainers"])}</span></p>',
        f"<h3>{escape(said['model'])}</h3>",
        _filled(view, model, said),
        *_drawn(exercise, model, language),
        f'<div class="p-note">{markdown(exercise.model.note[language])}</div>',
        _criteria(exercise, language),
        *_reasons(exercise, view, language),
        *_also(exercise, view, language),
    )
    head = head_of(lesson, language, said["answer_sheet"], who=False)
    body = "".join(parts)
    return (
        f'<section class="p-sheet" id="{escape(exercise.id.replace("/", "-"))}" '
        f'style="page: {sheet_page(exercise)}">'
        f"{head}{title_of(view, said)}{body}</section>"
    )


def _filled(view: Mapping[str, Any], answer: Answer, said: Mapping[str, str]) -> str:
    """Return the answer in its form; what was not asked on this way is left out."""
    return "".join(
        f'<div class="p-field p-answer"><h4>{escape(field["label"])}</h4>'
        f"{condition(view, field, said)}"
        f"{SHAPES[field['shape']].shown(answer[field['key']], field)}</div>"
        for field in view["fields"]
        if answer.get(field["key"]) is not None
    )


def _drawn(exercise: Exercise, answer: Answer, language: Language) -> Iterator[str]:
    """Return the pictures that go with an answer."""
    picture = figure_of(exercise, answer, language)
    if picture:
        yield picture
    for field in exercise.fields:
        given = answer.get(field.key)
        if field.shape == "why_tree" and given:
            yield why_svg(given, language)
        elif field.shape == "fishbone" and given:
            verdicts = _verdicts(given, answer.get(field.params["case_field"], ""))
            yield fishbone_svg(given, language, verdicts=verdicts)


def _verdicts(given: Mapping[str, Any], case: str) -> dict[str, str]:
    tested = ((one["id"], one.get("factor", "")) for one in given.get("causes", ()))
    return {key: effect_of(case, factor).verdict for key, factor in tested if factor}


def _criteria(exercise: Exercise, language: Language) -> str:
    said = words("print_words", language)
    heads = ("criterion", "points_got", "why", "next")
    top = "".join(f'<th scope="col">{escape(said[one])}</th>' for one in heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(one.title[language])}</th><td>{one.points:g}</td>'
        f"<td>{inline(one.why[language])}</td><td>{inline(one.next[language])}</td></tr>"
        for one in exercise.criteria
    )
    return (
        f"<h3>{escape(said['criteria_title'])}</h3>"
        f'<table class="p-criteria"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _reasons(exercise: Exercise, view: Mapping[str, Any], language: Language) -> Iterator[str]:
    """Return why each card or row is what it is, where the exercise says so."""
    labels = dict(_labels(view))
    said = words("print_words", language)
    for one in exercise.criteria:
        rows = "".join(
            _reason(labels.get(key), inline(text[language])) for key, text in one.items.items()
        )
        if rows:
            title = f"{said['reasons']} · {one.title[language]}"
            yield f"<h3>{escape(title)}</h3><table><tbody>{rows}</tbody></table>"


def _reason(label: str | None, text: str) -> str:
    if label is None:  # of a case that learners do not see; the text says which one it is
        return f'<tr><td colspan="2">{text}</td></tr>'
    return f'<tr><th scope="row">{escape(label)}</th><td>{text}</td></tr>'


def _labels(value: Any) -> Iterator[tuple[str, str]]:
    """Return the label of everything in a view that has a key."""
    if isinstance(value, Mapping):
        if "key" in value and "label" in value:
            yield value["key"], value["label"]
        for one in value.values():
            yield from _labels(one)
    elif isinstance(value, list):
        for one in value:
            yield from _labels(one)


def _also(exercise: Exercise, view: Mapping[str, Any], language: Language) -> Iterator[str]:
    """Return other answers that get all the points."""
    said = words("print_words", language)
    others = [
        one.answer
        for one in exercise.samples
        if one.points == exercise.points
        and one.language in (None, language)
        and one.answer != exercise.model.answers[language]
        and not _by_code(one.answer)
    ]
    filled = list(dict.fromkeys(_filled(view, one, said) for one in others))
    if filled:
        yield f"<h3>{escape(said['also'])}</h3>"
    for number, one in enumerate(filled[:_MOST_ALSO], start=1):
        title = said["also_one"].format(number=number)
        yield f'<div class="p-also"><h4>{escape(title)}</h4>{one}</div>'


def _by_code(answer: Answer) -> bool:
    return any(isinstance(one, Mapping) and one.get("via") == "code" for one in answer.values())
