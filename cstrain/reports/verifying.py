"""Whether a certificate holds: answers scored anew, code worked out anew, page compared.

Nothing in a handed-in page is run, and no points in it are believed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Literal

import cstrain
from cstrain.language import LANGUAGES, Language
from cstrain.library.lessons import COURSE
from cstrain.library.words import words
from cstrain.reports.certificate import (
    Certificate,
    CertificateError,
    clean_name,
    has_passed,
    make_certificate,
)
from cstrain.reports.certificate_page import certificate_html, total
from cstrain.reports.code import check_code
from cstrain.reports.reading import ReadingError, read_certificate
from cstrain.reports.report import scope_title
from cstrain.reports.work import Attempt, Attempts, Wanted, done_in, lessons_in
from cstrain.wording import shown_number

Kind = Literal["good", "bad", "unread"]
_NEAR: Final = 0.005  # points that differ by less are the same
_GOOD: Final = frozenset({"matches", "matches_saved", "other_version", "record_matches"})
_PIECE: Final = re.compile(r"<[^<>]*>|[^<]+|<")
_NAME: Final = re.compile(r"<(/?)([a-zA-Z]+)")
_UNSEEN: Final = frozenset({"script", "style", "title"})


@dataclass(frozen=True)
class Verdict:
    """What came out: a code with its facts, and who and what it is about where that was read."""

    code: str
    facts: Mapping[str, str]
    told: Certificate | None = None
    points: float | None = None
    of: float | None = None

    @property
    def kind(self) -> Kind:
        """Return whether it matches, does not, or could not be read."""
        if self.told is None:
            return "unread"
        return "good" if self.code in _GOOD else "bad"

    def said(self, language: Language) -> str:
        """Return the sentence."""
        facts = dict(self.facts)
        if self.told:
            about = {
                "who": self.told.name,
                "what": scope_title(self.told.scope, language),
                "when": self.told.date,
            }
            facts["about"] = words("verify_words", language)["about"].format(**about)
        return words("verify_words", language)[self.code].format(**facts)

    def answers_mark(self) -> str:
        """Return a mark of the answers alone: equal answers, equal marks."""
        return check_code(self.told.answers) if self.told else ""


def verify_page(page: str, code: str | None = None) -> Verdict:
    """Return the verdict on a certificate's page; `code` is one that was read elsewhere.

    >>> verify_page("<p>no certificate</p>").code
    'no_certificate'
    """
    try:
        told = read_certificate(page)
    except ReadingError as error:
        return Verdict(error.code, {key: str(one) for key, one in error.facts.items()})
    return _judged(told, page, code)


def _judged(told: Certificate, page: str, code: str | None) -> Verdict:
    anew = _scored(told)
    (points, of), claimed = total(anew), total(told)[0]
    facts = {
        "code": told.code,
        "given": code or "",
        "version": cstrain.__version__,
        "made_by": told.workbook,
        "points": shown_number(points),
        "of": shown_number(of),
        "said": shown_number(claimed),
    }
    return Verdict(_outcome(told, anew, page, code), facts, told, points, of)


def _outcome(told: Certificate, anew: Certificate, page: str, code: str | None) -> str:
    if told.right_code() != told.code:
        return "changed"
    if code is not None and code != told.code:
        return "code_differs"
    is_other = told.workbook != cstrain.__version__
    if not _same_points(told, anew):
        return "other_version_differs" if is_other else "points_differ"
    if not _all_passed(anew):
        return "below_pass"
    return "other_version" if is_other else _seen_on(page, told)


def _scored(told: Certificate) -> Certificate:
    """Return the certificate with the points that its answers earn here and now."""
    attempts = {key: [Attempt(one, "")] for key, one in told.answers.items()}
    done = done_in(told.scope, attempts, told.language)
    points = {one.exercise.id: one.points for lesson in done for one in lesson.exercises}
    return replace(told, points=points)


def _same_points(told: Certificate, anew: Certificate) -> bool:
    every = {*told.points, *anew.points}
    return all(abs(told.points.get(one, 0) - anew.points.get(one, 0)) < _NEAR for one in every)


def _all_passed(anew: Certificate) -> bool:
    return all(
        has_passed(anew.lesson_points(one.id), sum(each.points for each in one.all_exercises()))
        for one in lessons_in(anew.scope)
    )


def _seen_on(page: str, told: Certificate) -> str:
    """Return whether the page shows what its data say, and not something else."""
    right = certificate_html(told)
    if _plain_ends(page) == _plain_ends(right):
        return "matches"
    # A browser that saves a page writes its tags anew; what is read on it stays the same.
    return "matches_saved" if _text(page) == _text(right) else "page_changed"


def _plain_ends(page: str) -> str:
    return page.removeprefix("\ufeff").replace("\r\n", "\n").strip()


def _text(page: str) -> str:
    """Return what one reads on a page, without blanks; in one go, whatever the page holds."""
    seen, within = [], ""
    for piece in _PIECE.findall(page):
        name = _NAME.match(piece)
        tag = name[2].lower() if name else ""
        if within:
            within = "" if name and name[1] and tag == within else within
        elif piece.startswith("<") and piece != "<":
            within = tag if name and not name[1] and tag in _UNSEEN else ""
        else:
            seen.append(piece)
    return "".join(html.unescape("".join(seen)).split())


def verify_record(attempts: Attempts, code: str, *, name: str, on: str) -> Verdict:
    """Return whether a record's answers, with this name and day, belong to the check code."""
    clean = clean_name(name)
    found: list[Certificate] = []
    for known in _up_to(attempts, on):
        for scope in (*_lessons_of(known), COURSE):
            for language in LANGUAGES:
                try:
                    found.append(make_certificate(Wanted(scope, language, on, clean), known))
                except CertificateError:
                    continue
    told = next((one for one in found if one.code == code), None)
    if told is None:
        shown = next(iter(found), Certificate(COURSE, "en", clean, on, "", {}, {}, code))
        points, of = total(shown)
        facts = {"points": shown_number(points), "of": shown_number(of)}
        return Verdict("record_differs", facts, shown, points, of)
    points, of = total(told)
    facts = {
        "points": shown_number(points),
        "of": shown_number(of),
        "version": cstrain.__version__,
    }
    return Verdict("record_matches", facts, told, points, of)


def _lessons_of(attempts: Attempts) -> Iterable[str]:
    return [one.lesson.id for one in done_in(COURSE, attempts, "en") if one.begun]


def _up_to(attempts: Attempts, on: str) -> list[dict[str, list[Attempt]]]:
    """Return the attempts as they are, and as they were at the end of a day.

    What was done later may have earned more; the day ends last where the clocks are behind most.
    """
    end = (date.fromisoformat(on) + timedelta(days=1)).isoformat() + "T12"
    everything = {key: list(some) for key, some in attempts.items()}
    earlier = {key: [one for one in some if one.at < end] for key, some in everything.items()}
    return [everything] if earlier == everything else [everything, earlier]


def record_lines(attempts: Attempts, scope: str, language: Language) -> list[str]:
    """Return a sentence a lesson: what a record's answers earn here and now."""
    said: Mapping[str, Any] = words("verify_words", language)
    lines = []
    for one in done_in(scope, attempts, language):
        if one.begun or scope != COURSE:
            what = scope_title(one.lesson.id, language)
            facts = {"points": shown_number(one.points), "of": shown_number(one.of)}
            lines.append(said["record_points"].format(what=what, **facts))
    return lines or [said["record_empty"]]
