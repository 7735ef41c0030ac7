"""The desk: one request in, one reply out, both plain JSON.

The notebook's kernel and the worker of a book page ask the same desk, so that the same answer
gets the same points and sentences in both. It keeps nothing: attempts and hints seen are told
to it by whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from cstrain.checking import check
from cstrain.code_running import run_answer
from cstrain.drawing.answers import shown_answer
from cstrain.drawing.figures import figure_of
from cstrain.drawing.preview import preview_view
from cstrain.errors import CstrainError, UnknownNameError
from cstrain.html import markdown
from cstrain.language import LANGUAGES, Language, as_language
from cstrain.library.exercises import HINTS, exercise_ids
from cstrain.library.exercises import exercise as find_exercise
from cstrain.library.lessons import COURSE, lessons
from cstrain.library.words import message
from cstrain.progress.exchange import read_export
from cstrain.scoring import course_score, score
from cstrain.wording import say, sentence

Request = Mapping[str, Any]
Reply = dict[str, Any]


def reply(request: Any) -> Reply:
    """Return the reply to a request: {"do": ..., ...}; a bad request gets {"do": "error"}.

    Requests are `check`, `hint`, `solution`, `score`, `import`, `run`, `preview` and `document`;
    every one carries the language, all but `score`, `import` and `document` the exercise id.
    """
    language = _language(request)
    try:
        return _REPLIES[request["do"]](request, language)
    except (CstrainError, KeyError, TypeError, ValueError, AttributeError) as error:
        facts = {"words": str(error)}
        return {"do": "error", "text": sentence(message("common", "bad_request"), facts, language)}


def lessons_needed(request: Any) -> list[str]:
    """Return the lessons that a request is about; a page fetches what they need before it asks.

    >>> lessons_needed({"do": "hint", "exercise": "n03/goal_card", "level": 1})
    ['n03']
    """
    if not isinstance(request, Mapping):
        return []
    given = [request.get(key) for key in ("exercise", "lesson", "scope")]
    told = [request.get(key) for key in ("answers", "attempts")]
    named = [one for one in given if isinstance(one, str)]
    named += [str(name) for one in told if isinstance(one, Mapping) for name in one]
    if COURSE in named:
        return list(lessons())
    return sorted({one.split("/", 1)[0] for one in named} & lessons().keys())


def tables_needed(request: Any) -> list[str]:
    """Return the big tables that a request needs; a page fetches them before it asks.

    >>> tables_needed({"do": "score", "lesson": "n03", "answers": {}})
    []
    """
    try:
        fields = list(_fields_of(request))
    except (KeyError, TypeError, AttributeError):
        return []  # a bad request gets its reply from the desk
    return sorted({name for exercise, key in fields for name in _tables_of(exercise, key)})


def _fields_of(request: Request) -> Iterator[tuple[str, str]]:
    match request["do"]:
        case "check" | "run":
            yield from ((request["exercise"], key) for key in request["answer"] or {})
        case "preview":
            yield request["exercise"], request["field"]
        case "score":
            for exercise, answers in request["answers"].items():
                yield from ((exercise, key) for answer in answers for key in answer)
        case "document":
            for exercise, attempts in request["attempts"].items():
                yield from ((exercise, key) for one in attempts for key in one["answer"])


def _tables_of(exercise: str, key: str) -> set[str]:
    if exercise not in exercise_ids():
        return set()
    cases = [
        case
        for field in find_exercise(exercise).fields
        if field.key == key
        for case in field.params.get("cases", ())
    ]
    return {name for case in cases for name in case["tables"]}


def _language(request: Any) -> Language:
    given = request.get("language") if isinstance(request, Mapping) else None
    return as_language(given) if given in LANGUAGES else "en"


def _check(request: Request, language: Language) -> Reply:
    about = find_exercise(request["exercise"])
    report = check(about, request.get("answer"), language)
    counts = report.outcome not in {"not_attempted", "unreadable"}
    attempts = _count(request, "attempts") + counts
    feedback = say(report, language, about).as_dict()
    feedback["drawing"] = figure_of(about, request.get("answer"), language)
    feedback["hints_open"] = min(attempts, HINTS)
    feedback["solution_open"] = report.outcome == "passed"
    return {"do": "feedback", "feedback": feedback, "counts": counts}


def _hint(request: Request, language: Language) -> Reply:
    about = find_exercise(request["exercise"])
    level = _count(request, "level")
    if not 1 <= level <= HINTS or _count(request, "attempts") < level:
        return _refused("hint_needs_attempt", {"level": level}, language)
    html = markdown(about.hints[level - 1][language])
    return {"do": "hint", "level": level, "html": html}


def _solution(request: Request, language: Language) -> Reply:
    about = find_exercise(request["exercise"])
    attempted = _count(request, "attempts") >= 1
    if not attempted or not (request.get("passed") is True or _count(request, "hints") >= HINTS):
        return _refused("solution_needs_hints", {}, language)
    answer = about.model.answers[language]
    return {
        "do": "solution",
        "answer": dict(answer),
        "note": markdown(about.model.note[language]),
        "shown": shown_answer(about, answer, language),
    }


def _score(request: Request, language: Language) -> Reply:
    answers = request.get("answers") or {}
    if request["lesson"] == COURSE:
        return {"do": "score", "score": course_score(answers, language)}
    return {"do": "score", "score": score(request["lesson"], answers, language)}


def _import(request: Request, language: Language) -> Reply:
    imported = read_export(request["text"])
    problems = [
        sentence(message("progress", one.code), one.facts, language) for one in imported.problems
    ]
    return {"do": "records", "records": list(imported.records), "problems": problems}


def _run(request: Request, language: Language) -> Reply:
    about = find_exercise(request["exercise"])
    done = run_answer(about, request["answer"])
    if done.problem:
        told = sentence(message("common", done.problem), done.facts, language)
        return {"do": "error", "text": told, "answer": done.answer}
    return {"do": "ran", "answer": done.answer}


def _preview(request: Request, language: Language) -> Reply:
    about = find_exercise(request["exercise"])
    key, part = request["field"], str(request.get("part") or "")
    field = next((one for one in about.fields if one.key == key), None)
    if field is None:
        raise UnknownNameError("field", key, [one.key for one in about.fields])
    shown = preview_view(field, request.get("choices"), part, language)
    return {"do": "preview", "field": key, "part": part, **shown}


def _document(request: Request, language: Language) -> Reply:
    from cstrain.reports.asking import made  # noqa: PLC0415 - only who carries something away

    return made(request, language)


def _refused(code: str, facts: Mapping[str, Any], language: Language) -> Reply:
    return {"do": "refused", "text": sentence(message("common", code), facts, language)}


def _count(request: Request, key: str) -> int:
    given = request.get(key, 0)
    return given if isinstance(given, int) and not isinstance(given, bool) else 0


_REPLIES: Final[Mapping[str, Callable[[Request, Language], Reply]]] = {
    "check": _check,
    "hint": _hint,
    "solution": _solution,
    "score": _score,
    "import": _import,
    "run": _run,
    "preview": _preview,
    "document": _document,
}
