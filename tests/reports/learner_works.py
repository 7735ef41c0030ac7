"""Work of made-up learners, for the tests of reports and certificates."""

from __future__ import annotations

from functools import cache

from cstrain.library.exercises import exercise
from cstrain.library.lessons import lesson, lessons
from cstrain.progress.records import new_record
from cstrain.reports.certificate import make_certificate
from cstrain.reports.certificate_page import certificate_html
from cstrain.reports.work import Wanted, attempts_of

DAY = "2026-03-31"
NAMES = {"zh": "陈小雨", "en": "Mia Holm"}


def right(*scopes, language="zh"):
    """Return records in which every exercise of the lessons has its model answer."""
    names = [name for one in scopes or lessons() for name in lesson(one).exercises]
    return [new_record("check", one, exercise(one).model.answers[language]) for one in names]


def poor(scope, language="zh"):
    """Return records with a sample answer that does not get full points, an exercise each."""
    made = []
    for about in lesson(scope).all_exercises():
        samples = [one for one in about.samples if one.language in {None, language}]
        worse = [one.answer for one in samples if one.points < about.points]
        made += [new_record("check", about.id, one) for one in worse[:1]]
    return made


def wanted(scope="n05", language="zh", **more):
    return Wanted(
        **{"scope": scope, "language": language, "on": DAY, "name": NAMES[language], **more}
    )


@cache
def certificate(scope="n05", language="zh"):
    """Return a certificate of model answers."""
    records = right(*([] if scope == "course" else [scope]), language=language)
    return make_certificate(wanted(scope, language), attempts_of(records))


@cache
def page(scope="n05", language="zh"):
    return certificate_html(certificate(scope, language))
