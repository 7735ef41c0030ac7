"""The desk's answer to who wants a report or a certificate: a file, or a sentence why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from cstrain.language import Language
from cstrain.reports.certificate import CertificateError, make_certificate
from cstrain.reports.certificate_page import certificate_html
from cstrain.reports.report import report_html
from cstrain.reports.work import Attempt, Attempts, Wanted, lessons_in

_MOST_OFFSET: Final = 14 * 60  # minutes; no clock on earth is further from UTC
_LONGEST: Final = 1000  # characters of a name that are looked at

Asked = Mapping[str, Any]


def made(request: Asked, language: Language) -> dict[str, Any]:
    """Return the file that a request asks for, or the sentence why it cannot be made.

    {"what": "report" or "certificate", "scope": a lesson's id or "course", "name": "...",
    "date": "2026-03-31", "offset": minutes ahead of UTC, "attempts": {exercise: [{"answer",
    "at"}, ...]}, "counts": {exercise: how often it was checked}}
    """
    wanted = _wanted(request, language)
    attempts = _attempts(request.get("attempts"))
    if request.get("what") != "certificate":
        html = report_html(wanted, attempts, _counts(request.get("counts")))
        return _file("report", wanted, html)
    try:
        return _file("certificate", wanted, certificate_html(make_certificate(wanted, attempts)))
    except CertificateError as error:
        return {"do": "refused", "text": error.said(language)}


def _wanted(request: Asked, language: Language) -> Wanted:
    scope = str(request["scope"])
    lessons_in(scope)  # an unknown one is the caller's mistake
    offset = request.get("offset")
    known = isinstance(offset, int) and abs(offset) <= _MOST_OFFSET
    return Wanted(
        scope=scope,
        language=language,
        on=date.fromisoformat(request["date"]).isoformat(),
        name=str(request.get("name") or "")[:_LONGEST],
        offset_minutes=offset if known and isinstance(offset, int) else 0,
    )


def _attempts(given: Any) -> Attempts:
    every = given if isinstance(given, Mapping) else {}
    return {
        str(key): [Attempt(one["answer"], str(one.get("at") or "")) for one in some]
        for key, some in every.items()
    }


def _counts(given: Any) -> dict[str, int]:
    every = given if isinstance(given, Mapping) else {}
    return {str(key): one for key, one in every.items() if isinstance(one, int)}


def _file(what: str, wanted: Wanted, html: str) -> dict[str, Any]:
    name = f"cstrain-{what}-{wanted.scope}-{wanted.on}.html"
    return {"do": "document", "what": what, "name": name, "text": html}
