"""The whole way of a file: read, columns guessed; then checked, masked, computed, written."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cstrain.intake.checking import check_table
from cstrain.intake.columns import Guesses, guess_columns
from cstrain.intake.dataset import dataset_name
from cstrain.intake.errors import IntakeError
from cstrain.intake.findings import Checked
from cstrain.intake.mapping import ColumnMapping, check_mapping
from cstrain.intake.masking import Masker
from cstrain.intake.outputs import Run, Written, check_folder, write_all
from cstrain.intake.raw_table import RawTable
from cstrain.intake.reading import read_table
from cstrain.intake.report import Report, make_report
from cstrain.intake.said import Said
from cstrain.intake.vocabulary import word
from cstrain.language import Language

Progress = Callable[[str, float], None]


def _silent(_stage: str, _share: float) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True)
class Opened:
    """A file that was read, and what its columns probably are."""

    path: Path
    table: RawTable
    guesses: Guesses


@dataclass(frozen=True)
class Outcome:
    """What a run found and where it was written."""

    checked: Checked
    report: Report
    written: Written


def open_file(path: Path, *, sheet: str | None = None, progress: Progress = _silent) -> Opened:
    """Return the table of a file with the guess of its columns; IntakeError when it is refused."""
    with _nothing_told():
        table = read_table(path, sheet=sheet, progress=lambda share: progress("reading", share))
        return Opened(path, table, guess_columns(table))


def finish(
    opened: Opened,
    mapping: ColumnMapping,
    language: Language,
    *,
    out: Path | None = None,
    today: dt.date | None = None,
    progress: Progress = _silent,
) -> Outcome:
    """Check, mask and compute, then write everything; nothing is written when it is refused.

    The columns of the table are used up on the way.
    """
    folder = out or default_folder(opened.path)
    with _nothing_told():
        check_folder(folder)
        check_mapping(mapping, opened.table.headers)
        masker = Masker(language)
        checked = check_table(opened.table, mapping, masker, today=today, progress=progress)
        report = make_report(checked, progress)
        progress("writing", 0.0)
        said, name = Said(language, masker), dataset_name(masker.text(opened.path.stem))
        run = Run(opened.path.name, name, checked, report, mapping, said)
        written = write_all(folder, run)
        progress("writing", 1.0)
        return Outcome(checked, report, written)


def told(outcome: Outcome, language: Language) -> list[str]:
    """Return what came out and where it is, as lines."""
    checked, written = outcome.checked, outcome.written
    counts = {
        "read": checked.read,
        "kept": checked.kept,
        "excluded": checked.total("excluded"),
        "blanked": checked.total("blanked"),
        "computed": len(outcome.report.computed),
    }
    places = {
        "report": written.report,
        "excel": written.excel,
        "problems": written.problems,
        "dataset": written.dataset,
    }
    done = word("done", language, **{key: f"{count:,}" for key, count in counts.items()})
    return [done, *word("where", language, **places).splitlines()]


def default_folder(path: Path) -> Path:
    """Return where the report goes when nobody says: beside the file."""
    return path.absolute().with_name(f"{path.stem}-kpi")


@contextmanager
def _nothing_told() -> Iterator[None]:
    """Let no cell of the file reach a traceback or a log: what was not expected has only a name.

    Meanwhile Python does not look for circles among the millions of cells, which there are none
    of: a file is then read in half the time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    except IntakeError:
        raise
    except MemoryError:
        raise IntakeError("no_memory") from None
    except Exception as error:  # noqa: BLE001 - whatever it is, its words may quote a cell
        raise IntakeError("not_expected", kind=type(error).__name__) from None
    finally:
        if collecting:
            gc.enable()
