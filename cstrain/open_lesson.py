"""The handle of a lesson in a notebook: show an exercise, check a function, see the score."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cstrain.code_running import code_answer
from cstrain.desk import reply
from cstrain.drawing.effect_table import EffectTable, effect_table
from cstrain.drawing.feedback import feedback_html
from cstrain.drawing.kpi_card import KpiCard, kpi_card, kpi_cards
from cstrain.drawing.view import exercise_view, record_view
from cstrain.errors import CstrainError, UnknownNameError
from cstrain.html import escape
from cstrain.kpi.definitions import definition
from cstrain.language import Language, as_language
from cstrain.library.exercises import exercise as find_exercise
from cstrain.library.lessons import lesson as find_lesson
from cstrain.library.words import code_names, words
from cstrain.model import Exercise, Field
from cstrain.progress.files import write_new
from cstrain.progress.store import Store
from cstrain.session import Session
from cstrain.stats.comparing_frames import compare
from cstrain.wording import shown_number

if TYPE_CHECKING:
    from cstrain.charts.kpi_tables import KpiTable
    from cstrain.ui.widget import Frame

_DEFAULT_LANGUAGE: Final = "zh"


def lesson(lesson_id: str, language: str = _DEFAULT_LANGUAGE) -> OpenLesson:
    """Return the lesson ready for work; unknown ids and languages raise UnknownNameError."""
    return OpenLesson(lesson_id, as_language(language))


class Told:
    """Feedback as the output of a cell: HTML, and one line of text for everything else."""

    def __init__(self, feedback: Mapping[str, Any], language: Language) -> None:
        self.feedback = dict(feedback)
        self._language: Language = language

    @property
    def points(self) -> float:
        """Return the points of this check."""
        return float(self.feedback["points"])

    def __repr__(self) -> str:
        feedback = self.feedback
        return f"{shown_number(feedback['points'])}/{shown_number(feedback['of'])}"

    def _repr_html_(self) -> str:
        return feedback_html(self.feedback, self._language)


class Written:
    """A file that was written, as the output of a cell: its name, and a link to it."""

    def __init__(self, path: Path, language: Language) -> None:
        self.path: Final = path
        self._said: Final = words("carry_words", language)["written"]

    def __repr__(self) -> str:
        return self._said.format(file=self.path.name)

    def _repr_html_(self) -> str:
        link = f'<a href="{escape(self.path.name)}" target="_blank">{escape(self.path.name)}</a>'
        return escape(self._said).format(file=link)


class OpenLesson:
    """One lesson in one language, with the learner's store behind it."""

    def __init__(self, lesson_id: str, language: Language) -> None:
        self.id = find_lesson(lesson_id).id
        self.language: Language = language
        self._session = Session(self.id, language, Store())
        self._frames: dict[str, list[Frame]] = {}

    def exercise(self, name: str) -> Frame:
        """Return the exercise's frame; what was answered before is in it."""
        from cstrain.ui.widget import Frame  # noqa: PLC0415 - widgets only where one is shown

        about = self._find(name)
        frame = Frame(self._session, exercise_view(about, self.language))
        self._frames.setdefault(about.id, []).append(frame)
        return frame

    def record(self) -> Frame:
        """Return the lesson's record: score, export and import."""
        from cstrain.ui.widget import Frame  # noqa: PLC0415 - widgets only where one is shown

        return Frame(self._session, record_view(self.id, self.language))

    def report(self, name: str = "", scope: str = "") -> Written:
        """Write the learner's report of this lesson into the notebook's folder.

        `scope` "course" takes all lessons. A file that is there is never overwritten.
        """
        return self._write("report", name, scope)

    def certificate(self, name: str, scope: str = "") -> Written:
        """Write the certificate with its check code, once the pass mark is reached."""
        return self._write("certificate", name, scope)

    def _write(self, what: str, name: str, scope: str) -> Written:
        asked = {"what": what, "scope": scope or self.id, "name": name}
        done = self._session.document(asked)
        if done["do"] != "document":
            raise CstrainError(done["text"])
        return Written(write_new(Path.cwd(), done["name"], done["text"]), self.language)

    def card(self, code: str) -> KpiCard:
        """Return the definition card of a KPI in the lesson's language."""
        return kpi_card(code, self.language)

    def cards(self, *codes: str) -> KpiCard:
        """Return folded definition cards; without codes the whole dictionary, a line a KPI."""
        return kpi_cards(self.language, codes)

    def kpi(self, code: str | Sequence[str], table: Any, **asked: Any) -> KpiTable:
        """Return a KPI of a table, or several, computed by `cstrain.kpi`, as a table to read."""
        from cstrain import charts  # noqa: PLC0415 - for lessons with KPIs
        from cstrain.kpi import kpi  # noqa: PLC0415 - for lessons with KPIs

        if isinstance(code, str):
            return charts.kpi_table(code, kpi(code, table, **asked), language=self.language)
        found = {one: kpi(one, table, **asked) for one in code}
        return charts.kpi_list(found, language=self.language)

    def choices(
        self, code: str, param: str, table: Any, values: Sequence[Any] = (), **asked: Any
    ) -> KpiTable:
        """Return a KPI of a table in every way that one of its parameters offers, or for values."""
        from cstrain import charts  # noqa: PLC0415 - for lessons with KPIs
        from cstrain.kpi import kpi  # noqa: PLC0415 - for lessons with KPIs

        known = definition(code).params
        if param not in known:
            raise UnknownNameError(f"parameter of {code}", param, known)
        offered = {key: text[self.language] for key, text in known[param].options.items()}
        chosen = {one: offered.get(one, f"{param} = {one}") for one in values or offered}
        found = {name: kpi(code, table, **{**asked, param: one}) for one, name in chosen.items()}
        return charts.kpi_choices(code, found, language=self.language)

    def compare(self, table: Any, exposure: Any, outcome: Any, strata: Any = None) -> EffectTable:
        """Return what `cstrain.compare` finds, as a table to read."""
        return effect_table(compare(table, exposure, outcome, strata), self.language)

    def names(self, kind: str) -> dict[str, str]:
        """Return how the codes of a column are called, such as those of "issue"."""
        return dict(code_names(kind, self.language))

    def answer(self, name: str, answer: Mapping[str, Any]) -> Told:
        """Check and keep a whole answer {field: value}, and return the feedback."""
        about = self._find(name)
        return self._told(about, answer)

    def check(self, name: str, *work: Callable[..., Any]) -> Told:
        """Check the functions of the code way; each is known by its name.

        The other fields of the exercise keep what was answered in the form. A function that is
        still empty (it returns None everywhere) counts as not attempted.
        """
        about = self._find(name)
        kept = self._session.state(about.id)["answer"] or {}
        mine = {}
        for function in work:
            field = _field_for(about, getattr(function, "__name__", str(function)), kept)
            mine[field.key] = code_answer(field, function, _source(function))
        if all(_empty(one) for one in mine.values()):
            return Told(self._ask(about, mine)["feedback"], self.language)
        return self._told(about, {**kept, **mine})

    def model(self, name: str) -> Mapping[str, Any]:
        """Return the model answer, for solution notebooks and trainers."""
        return self._find(name).model.answers[self.language]

    def score(self) -> float:
        """Return the points of the lesson: the best attempt of every exercise counts."""
        return float(self._session.score()["score"]["points"])

    def _told(self, about: Exercise, answer: Mapping[str, Any]) -> Told:
        replies = self._session.told(about.id, {"do": "check", "answer": answer})
        if replies[0]["do"] != "feedback":
            raise CstrainError(replies[0]["text"])
        for frame in self._frames.get(about.id, []):
            frame.refresh()
        return Told(replies[0]["feedback"], self.language)

    def _ask(self, about: Exercise, answer: Mapping[str, Any]) -> dict[str, Any]:
        request = {"do": "check", "exercise": about.id, "language": self.language}
        return reply({**request, "answer": answer})

    def _find(self, name: str) -> Exercise:
        return find_exercise(name if "/" in name else f"{self.id}/{name}")


def _field_for(about: Exercise, function: str, kept: Mapping[str, Any]) -> Field:
    """Return the field a function is for; of several the one that the kept answer asks for."""
    coded = [one for one in about.fields if one.params.get("code")]
    known = [one for one in coded if one.params["code"]["function"] == function]
    if not known:
        names = {one.params["code"]["function"] for one in coded}
        raise UnknownNameError("function of this exercise", function, names)
    asked = (one for one in known if one.when is None or kept.get(one.when[0]) == one.when[1])
    return next(asked, known[0])


def _empty(answer: Mapping[str, Any]) -> bool:
    return all(one is None for one in answer["results"].values())


def _source(function: Callable[..., Any]) -> str:
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        return ""
