"""All files of a run, or none: written aside, moved into place at the end."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cstrain.datasets.index import forget
from cstrain.datasets.places import MINE, own_folder
from cstrain.intake.dataset import write_dataset
from cstrain.intake.errors import IntakeError
from cstrain.intake.findings import Checked
from cstrain.intake.mapping import ColumnMapping, used_mapping_text
from cstrain.intake.report import Report
from cstrain.intake.report_excel import need_writer, write_workbook
from cstrain.intake.report_html import report_page
from cstrain.intake.said import Said, problem_rows
from cstrain.intake.spreadsheet import safe_cell, write_csv

REPORT: Final = "report.html"
EXCEL: Final = "report.xlsx"
PROBLEMS: Final = "problems.csv"
MAPPING: Final = "mapping.toml"
_OURS: Final = frozenset({REPORT, EXCEL, PROBLEMS, MAPPING})


@dataclass(frozen=True)
class Written:
    """Where everything is."""

    folder: Path
    dataset: str

    @property
    def report(self) -> Path:
        """The page."""
        return self.folder / REPORT

    @property
    def excel(self) -> Path:
        """The workbook."""
        return self.folder / EXCEL

    @property
    def problems(self) -> Path:
        """The list of problems."""
        return self.folder / PROBLEMS


def check_folder(out: Path) -> None:
    """Refuse a folder that holds anything but an earlier report; nothing is written yet."""
    need_writer()
    try:
        taken = out.exists() and not (out.is_dir() and {one.name for one in out.iterdir()} <= _OURS)
    except OSError as error:
        raise IntakeError("folder_closed", name=out.name) from error
    if taken:
        raise IntakeError("folder_taken", name=out.name)


@dataclass(frozen=True)
class Run:
    """What a run came to, ready to be written."""

    file: str
    name: str
    checked: Checked
    report: Report
    mapping: ColumnMapping
    said: Said


def write_all(out: Path, run: Run) -> Written:
    """Write report, workbook, problems, mapping and data set; return where they are."""
    check_folder(out)
    try:
        with _aside(out.parent) as draft, _aside(own_folder()) as table:
            _write_report(draft, run)
            files = write_dataset(table, run.name, run.file, run.checked, run.said)
            _move_folder(draft, out)
            for path in files:
                target = own_folder() / path.relative_to(table)
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(path, target)  # noqa: PTH105 - the name says what it does
    except OSError as error:
        raise IntakeError("folder_closed", name=out.name) from error
    forget()
    return Written(out, f"{MINE}.{run.name}")


def _write_report(draft: Path, run: Run) -> None:
    page = report_page(run.file, run.checked, run.report, run.said)
    (draft / REPORT).write_text(page, encoding="utf-8")
    write_workbook(draft / EXCEL, run.file, run.checked, run.report, run.said)
    head = [run.said.word(one) for one in ("row", "field", "found", "reason", "treatment")]
    rows = (list(map(safe_cell, row)) for row in problem_rows(run.checked, run.said))
    write_csv(draft / PROBLEMS, head, rows)
    text = used_mapping_text(run.mapping, run.said.language, run.said.masker.text)
    (draft / MAPPING).write_text(text, encoding="utf-8")


@contextmanager
def _aside(beside: Path) -> Iterator[Path]:
    """Make a folder for drafts; whatever is still in it at the end goes."""
    draft = beside / f".cstrain-{uuid.uuid4().hex}"
    draft.mkdir(parents=True)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _move_folder(draft: Path, out: Path) -> None:
    """Put the draft in the place of the folder; an earlier report goes only then."""
    old = draft.with_name(f"{draft.name}-old")
    if out.exists():
        out.rename(old)
    try:
        draft.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)
