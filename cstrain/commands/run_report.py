"""`cstrain report`: a learner's report or certificate out of an exported record."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cstrain.commands.console import err, out
from cstrain.commands.printing import PrintingError, print_pdf
from cstrain.commands.records import RecordFileError, read_record_file, said
from cstrain.errors import UnknownNameError
from cstrain.lab import chosen_language, default_folder
from cstrain.language import Language, as_language
from cstrain.library.lessons import COURSE
from cstrain.progress.files import FolderError, write_new
from cstrain.progress.store import Store
from cstrain.reports.certificate import CertificateError, make_certificate
from cstrain.reports.certificate_page import certificate_html
from cstrain.reports.report import report_html
from cstrain.reports.work import Wanted, attempts_of, lessons_in

_REFUSED: Final = 2
Records = list[Mapping[str, Any]]


def run(asked: argparse.Namespace) -> int:
    """Write the report; a record or a place that cannot be used gives a sentence and status 2."""
    named = asked.language
    language = as_language(named) if named else chosen_language(default_folder())
    try:
        out(said("report_written", language, file=_run(asked, language)))
    except CertificateError as error:
        err(error.said(language))
        return 1
    except (RecordFileError, PrintingError) as error:
        err(error.said(language))
        return _REFUSED
    except UnknownNameError as error:
        err(str(error))
        return _REFUSED
    return 0


def _run(asked: argparse.Namespace, language: Language) -> Path:
    lessons_in(asked.lesson or COURSE)  # a name that is none is told before anything is read
    attempts = attempts_of(_records(asked.record, language))
    if not attempts and not asked.certificate:
        err(said("nothing_inside", language))
    now = datetime.now().astimezone()
    offset = now.utcoffset()
    wanted = Wanted(
        scope=asked.lesson or COURSE,
        language=language,
        on=now.date().isoformat(),
        name=asked.name or "",
        offset_minutes=round(offset.total_seconds() / 60) if offset else 0,
    )
    if asked.certificate:
        html, what = certificate_html(make_certificate(wanted, attempts)), "certificate"
    else:
        html, what = report_html(wanted, attempts), "report"
    default = f"cstrain-{what}-{wanted.scope}-{wanted.on}"
    return _written(asked, html, default)


def _records(file: Path | None, language: Language) -> Records:
    """Return the records of a file, or the learner's own on this computer."""
    if file is None:
        return list(Store().all_records())
    read = read_record_file(file)
    for problem in read.problems_said(language):
        err(problem)
    return list(read.records)


def _written(asked: argparse.Namespace, html: str, default: str) -> Path:
    is_pdf = asked.pdf or (asked.out is not None and asked.out.suffix.lower() == ".pdf")
    ending = ".pdf" if is_pdf else ".html"
    target: Path | None = asked.out
    if target is not None and target.exists():
        raise RecordFileError("out_exists", file=target.name)
    try:
        if not is_pdf:
            return _put(target, default + ending, html)
        with tempfile.TemporaryDirectory() as scratch:
            page = Path(scratch) / f"{default}.html"
            page.write_text(html, encoding="utf-8")
            path = target or _free(Path.cwd(), default + ending)
            print_pdf(page, path)
            return path
    except FolderError as error:
        raise RecordFileError("out_not_written", file=default + ending, words=error) from error


def _put(target: Path | None, default: str, html: str) -> Path:
    if target is None:
        return write_new(Path.cwd(), default, html)
    return write_new(target.parent, target.name, html)


def _free(folder: Path, name: str) -> Path:
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    return path
