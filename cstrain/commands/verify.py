"""`cstrain verify`: certificates, or a record with a code, checked by scoring the answers anew."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from cstrain.commands.console import err, out
from cstrain.commands.records import RecordFileError, read_record_file, read_text, said
from cstrain.intake.spreadsheet import safe_cell
from cstrain.lab import chosen_language, default_folder
from cstrain.language import Language, as_language
from cstrain.library.lessons import COURSE
from cstrain.progress.files import FolderError, write_new
from cstrain.reports.code import read_code
from cstrain.reports.reading import MOST_MEGABYTES
from cstrain.reports.report import scope_title
from cstrain.reports.verifying import Verdict, record_lines, verify_page, verify_record
from cstrain.reports.work import attempts_of

_STATUS: Final = {"good": 0, "bad": 1, "unread": 2}
_REFUSED: Final = 2
_MOST_FILES: Final = 5_000
_ENDINGS: Final = frozenset({".html", ".htm"})
_COLUMNS: Final = ("file", "verdict", "name", "what", "points", "of", "date", "code", "same")


@dataclass(frozen=True)
class Line:
    """A file of a folder with its verdict; `problem` is why it could not even be opened."""

    file: str
    verdict: Verdict | None
    problem: str = ""

    @property
    def kind(self) -> str:
        """Return whether it matches, does not, or could not be read."""
        return self.verdict.kind if self.verdict else "unread"


def run(asked: argparse.Namespace) -> int:
    """Check a file or a folder: 0 all matches, 1 something does not, 2 it could not be read."""
    named = asked.language
    language = as_language(named) if named else chosen_language(default_folder())
    try:
        if asked.path.is_dir():
            return _folder(asked, language)
        return _file(asked, language)
    except RecordFileError as error:
        err(error.said(language))
        return _REFUSED


def _file(asked: argparse.Namespace, language: Language) -> int:
    code = _code(asked.code)
    if asked.path.suffix.lower() == ".json":
        return _record(asked, code, language)
    verdict = verify_page(read_text(asked.path, MOST_MEGABYTES), code)
    (err if verdict.kind == "unread" else out)(verdict.said(language))
    return _STATUS[verdict.kind]


def _code(typed: str | None) -> str | None:
    code = read_code(typed) if typed is not None else None
    if typed is not None and code is None:
        raise RecordFileError("code_wrong", given=typed[:60])
    return code


def _record(asked: argparse.Namespace, code: str | None, language: Language) -> int:
    read = read_record_file(asked.path)
    for problem in read.problems_said(language):
        err(problem)
    attempts = attempts_of(read.records)
    if code is None:
        out("\n".join(record_lines(attempts, COURSE, language)))
        return 0
    if not asked.name or not asked.date:
        raise RecordFileError("record_needs")
    verdict = verify_record(attempts, code, name=asked.name, on=_day(asked.date))
    out(verdict.said(language))
    return _STATUS[verdict.kind]


def _day(typed: str) -> str:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError as error:
        raise RecordFileError("date_wrong", given=typed[:60]) from error


def _folder(asked: argparse.Namespace, language: Language) -> int:
    if asked.code or asked.name or asked.date:
        raise RecordFileError("folder_no_code")
    files = _files(asked.path)
    lines = []
    for number, file in enumerate(files, start=1):
        lines.append(_line(file, language))
        _show(number, len(files))
    table = _table(lines, language)
    if asked.out is None:
        sys.stdout.write(table)
        sys.stdout.flush()
    else:
        _write(asked.out, table)
    kinds = [one.kind for one in lines]
    counts = {kind: kinds.count(kind) for kind in _STATUS}
    err(said("folder_done", language, count=len(files), **counts))
    return 0 if kinds.count("good") == len(files) else 1


def _files(folder: Path) -> list[Path]:
    try:
        found = sorted(
            one
            for one in folder.iterdir()
            if one.suffix.lower() in _ENDINGS and not one.name.startswith(".") and one.is_file()
        )
    except OSError as error:
        told = error.strerror or type(error).__name__
        raise RecordFileError("file_not_readable", file=folder.name, words=told) from error
    if not found:
        raise RecordFileError("folder_empty", file=folder.name or str(folder))
    if len(found) > _MOST_FILES:
        facts = {"file": folder.name, "count": len(found), "most": _MOST_FILES}
        raise RecordFileError("folder_too_many", **facts)
    return found


def _line(file: Path, language: Language) -> Line:
    try:
        return Line(file.name, verify_page(read_text(file, MOST_MEGABYTES)))
    except RecordFileError as error:
        return Line(file.name, None, error.said(language))


def _show(number: int, count: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if number == count else ""
        sys.stderr.write(f"\r{number}/{count}{end}")
        sys.stderr.flush()


def _table(lines: Sequence[Line], language: Language) -> str:
    """Return the table as CSV for a spreadsheet, in which no cell can become a formula."""
    first_with: dict[str, str] = {}
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    heads = [said(f"column_{one}", language) for one in (*_COLUMNS, "sentence")]
    writer.writerow(map(safe_cell, heads))
    for line in lines:
        cells = _cells(line, first_with, language)
        writer.writerow([safe_cell(cells.get(one, "")) for one in (*_COLUMNS, "sentence")])
    return text.getvalue()


def _cells(line: Line, first_with: dict[str, str], language: Language) -> Mapping[str, object]:
    about = {"file": line.file, "verdict": said(f"verdict_{line.kind}", language)}
    verdict = line.verdict
    if verdict is None or verdict.told is None:
        told = line.problem or (verdict.said(language) if verdict else "")
        return {**about, "sentence": told}
    mark = verdict.answers_mark()
    earlier = first_with.setdefault(mark, line.file)
    same = said("same_answers", language, file=earlier) if earlier != line.file else ""
    return {
        **about,
        "name": verdict.told.name,
        "what": scope_title(verdict.told.scope, language),
        "points": verdict.points or 0,
        "of": verdict.of or 0,
        "date": verdict.told.date,
        "code": verdict.told.code,
        "same": same,
        "sentence": verdict.said(language),
    }


def _write(file: Path, table: str) -> None:
    if file.exists():
        raise RecordFileError("out_exists", file=file.name)
    try:
        write_new(file.parent, file.name, f"\ufeff{table}")  # the mark tells Excel that it is UTF-8
    except FolderError as error:
        raise RecordFileError("out_not_written", file=file.name, words=error) from error
