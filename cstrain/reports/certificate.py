"""A certificate: what it says as plain values, and how these are made and read again.

The values travel inside the certificate's page, with the answers that earned the points, so that
the page alone can be checked by scoring the answers anew.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import cstrain
from cstrain.errors import CstrainError
from cstrain.language import Language
from cstrain.library.lessons import bands
from cstrain.library.words import words
from cstrain.model import Answer
from cstrain.reports.code import canonical, check_code
from cstrain.reports.page import joined
from cstrain.reports.work import Attempts, LessonDone, Wanted, done_in

SCHEMA: Final = "cstrain.certificate"
VERSION: Final = 1
LONGEST_NAME: Final = 60
OPENING: Final = '<script type="application/json" id="cstrain-certificate">'
CLOSING: Final = "</script>"
# Controls, what reorders or hides, halves of pairs; what an older Python does not know yet stays.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co"})


class CertificateError(CstrainError):
    """A certificate that cannot be made yet: a reason code and its facts."""

    def __init__(self, code: str, **facts: str | float) -> None:
        self.code, self.facts = code, facts
        super().__init__(self.said("en"))

    def said(self, language: Language) -> str:
        """Return the sentence in a language, with the way out."""
        return words("report_words", language)[self.code].format(**self.facts)


@dataclass(frozen=True)
class Certificate:
    """What a certificate says; `code` is the one written on it.

    `points` and `answers` are by exercise; `answers` holds the best attempts.
    """

    scope: str
    language: Language
    name: str
    date: str
    workbook: str
    points: Mapping[str, float]
    answers: Mapping[str, Answer]
    code: str

    def as_plain(self) -> dict[str, Any]:
        """Return the values that the page carries."""
        return {**self._told(), "code": self.code}

    def right_code(self) -> str:
        """Return the code that belongs to what the certificate says."""
        return check_code(self._told())

    def lesson_points(self, lesson: str) -> float:
        """Return the points of a lesson as the certificate has them."""
        mine = (one for key, one in self.points.items() if key.startswith(f"{lesson}/"))
        return round(sum(mine), 2)

    def _told(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "version": VERSION,
            "scope": self.scope,
            "language": self.language,
            "name": self.name,
            "date": self.date,
            "workbook": self.workbook,
            "points": dict(self.points),
            "answers": dict(self.answers),
        }


def pass_mark() -> float:
    """Return from how many points of 100 a lesson counts as passed."""
    return next(one.least for one in bands() if one.key == "pass")


def has_passed(points: float, of: float) -> bool:
    """Say whether the points reach the pass mark."""
    return points >= pass_mark() * of / 100


def make_certificate(wanted: Wanted, attempts: Attempts) -> Certificate:
    """Return the certificate, or raise CertificateError that says what is still missing."""
    name = clean_name(wanted.name)
    if not name:
        raise CertificateError("name_missing")
    done = done_in(wanted.scope, attempts, wanted.language)
    _refuse_unfinished(done, wanted.language)
    every = [one for lesson in done for one in lesson.exercises]
    told = Certificate(
        scope=wanted.scope,
        language=wanted.language,
        name=name,
        date=date.fromisoformat(wanted.on).isoformat(),
        workbook=cstrain.__version__,
        points={one.exercise.id: one.points for one in every},
        answers={one.exercise.id: one.best.answer for one in every if one.best},
        code="",
    )
    return replace(told, code=told.right_code())


def _refuse_unfinished(done: tuple[LessonDone, ...], language: Language) -> None:
    said = words("report_words", language)
    missing = [
        said["lesson_open"].format(
            lesson=f"N{one.lesson.number:02}", points=f"{one.points:g}", of=f"{one.of:g}"
        )
        for one in done
        if not has_passed(one.points, one.of)
    ]
    if missing:
        facts = {"mark": f"{pass_mark():g}", "open": joined(missing, said["list_comma"])}
        raise CertificateError("not_passed_yet", **facts)


def clean_name(name: str) -> str:
    r"""Return a name as it stands on a certificate: one line, nothing unseen, not too long.

    >>> clean_name("  Li\u202e \n Na\x00 ")
    'Li Na'
    """
    seen = (one for one in name if one.isspace() or unicodedata.category(one) not in _UNSEEN)
    text = unicodedata.normalize("NFC", "".join(seen))
    return " ".join(text.split())[:LONGEST_NAME].strip()


def embedded(certificate: Certificate) -> str:
    """Return the element of a page that carries the certificate's values."""
    data = canonical(certificate.as_plain()).replace("<", "\\u003c").replace(">", "\\u003e")
    return f"{OPENING}{data}{CLOSING}"
