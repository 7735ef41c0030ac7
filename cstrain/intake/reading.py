"""One file in, one table out, whatever the file is called; or one sentence why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cstrain.intake.errors import IntakeError
from cstrain.intake.limits import FILE_BYTES, MB
from cstrain.intake.parquet_reading import read_parquet
from cstrain.intake.raw_table import Note, RawTable
from cstrain.intake.sniffing import kind_of
from cstrain.intake.text_reading import read_text
from cstrain.intake.vocabulary import problem_texts
from cstrain.intake.workbook_reading import read_workbook

_NAMED: Final = {".csv": "text", ".txt": "text", ".tsv": "text", ".xlsx": "xlsx", ".xlsm": "xlsx"}
_SHOWN: Final = {"text": "CSV", "xlsx": "XLSX", "parquet": "Parquet"}


def _silent(_: float) -> None:
    """Tell nobody how far it is."""


def read_table(
    path: Path, *, sheet: str | None = None, progress: Callable[[float], None] = _silent
) -> RawTable:
    """Return the table in a file: CSV, XLSX or Parquet, told by its content.

    Raises IntakeError with one sentence when it cannot be read, or holds no rows.
    """
    _check_file(path)
    try:
        kind = kind_of(path)
        if kind == "xlsx":
            table = read_workbook(path, progress, sheet)
        else:
            table = {"text": read_text, "parquet": read_parquet}[kind](path, progress)
    except OSError as error:
        raise IntakeError("unreadable", name=path.name) from error
    if not table.rows:
        raise _no_rows(table)
    named = _NAMED.get(path.suffix.casefold(), path.suffix.casefold()[1:])
    if named != kind:
        facts = {"named": path.suffix or "–", "found": _SHOWN[kind]}
        table.notes.insert(0, Note("kind_differs", facts))
    return table


def _no_rows(table: RawTable) -> IntakeError:
    """Return why there is nothing: no rows at all, or none that is a record."""
    if not table.left_out:
        return IntakeError("header_only")
    code, count = Counter(one.code for one in table.left_out).most_common(1)[0]
    return IntakeError("nothing_left", reason=problem_texts()[code], count=count)


def _check_file(path: Path) -> None:
    try:
        if path.is_dir():
            raise IntakeError("not_a_file", name=path.name)
        if not path.exists():
            raise IntakeError("not_there", name=path.name)
        size = path.stat().st_size
    except OSError as error:
        raise IntakeError("not_there", name=path.name) from error
    if size == 0:
        raise IntakeError("empty")
    if size > FILE_BYTES:
        facts = {"size": f"{size / MB:,.0f}", "most": f"{FILE_BYTES / MB:,.0f}"}
        raise IntakeError("too_large", **facts)
