"""`cstrain kpi`: an export of one's own in; report, workbook, problems and data set out."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Final

from cstrain.commands.console import err, out
from cstrain.intake.errors import IntakeError
from cstrain.intake.findings import label
from cstrain.intake.mapping import Options, as_mapping, mapping_text, read_mapping
from cstrain.intake.masking import Masker
from cstrain.intake.running import Opened, finish, open_file, told
from cstrain.intake.vocabulary import joined, mask_words, word
from cstrain.lab import chosen_language, default_folder
from cstrain.language import Language, as_language

_BAR: Final = 24
_WAIT_S: Final = 0.5  # what is done sooner needs no bar
_REFUSED: Final = 2


def run(asked: argparse.Namespace) -> int:
    """Compute the report; a file that is not taken gives one sentence and the status 2."""
    named = asked.language
    language = as_language(named) if named else chosen_language(default_folder())
    bar = _Bar(language)
    try:
        _run(asked, language, bar)
    except IntakeError as error:
        bar.end()
        err(error.said(language))
        return _REFUSED
    return 0


def _run(asked: argparse.Namespace, language: Language, bar: _Bar) -> None:
    mapping = read_mapping(asked.mapping) if asked.mapping else None
    sheet = mapping.options.sheet if mapping else asked.sheet
    opened = open_file(asked.file, sheet=asked.sheet or sheet, progress=bar.show)
    bar.end()
    if asked.write_mapping:
        _write_mapping(opened, language)
        return
    if mapping is None:
        _tell_guess(opened, language)
        mapping = as_mapping(opened.guesses, Options(sheet=asked.sheet))
        if not mapping.columns:
            raise IntakeError("no_fields")
        _confirm(asked, language)
    else:
        facts = _size(opened)
        out(word("mapping_used", language, **facts))
    outcome = finish(opened, mapping, language, out=asked.out, progress=bar.show)
    bar.end()
    out("\n".join(told(outcome, language)))


def _size(opened: Opened) -> dict[str, str]:
    return {"rows": f"{len(opened.table.rows):,}", "columns": str(len(opened.table.headers))}


def _tell_guess(opened: Opened, language: Language) -> None:
    """Print which column is which, how sure that is, and why."""
    masker, guesses = Masker(language), opened.guesses
    out(word("guess_head", language, **_size(opened)))
    for one in guesses.taken.values():
        reasons = joined((word(key, language) for key in one.reasons), language)
        header = masker.text(one.header)
        out(f"  {label(one.field, language)} ← {header}  {one.confidence:.0%}  {reasons}")
    for key, rivals in guesses.doubtful.items():
        headers = joined((masker.text(one.header) for one in rivals), language)
        out(f"  {label(key, language)} ? {word('in_doubt', language)} {headers}")
    personal = {one: kind for one, kind in guesses.personal.items() if one in guesses.unused}
    if personal:
        kinds = [f"{masker.text(one)} ({mask_words()[k][language]})" for one, k in personal.items()]
        out(f"  {word('personal_here', language)} {joined(kinds, language)}")
    unused = [masker.text(one) for one in guesses.unused if one not in personal]
    if unused:
        out(f"  {word('not_used', language)} {joined(unused, language)}")


def _confirm(asked: argparse.Namespace, language: Language) -> None:
    if asked.yes:
        return
    if not sys.stdin.isatty():
        raise IntakeError("not_confirmed")
    sys.stdout.write(word("ask", language))
    sys.stdout.flush()
    answer = sys.stdin.readline()
    if not answer or answer.strip().casefold() not in {"", "y", "yes"}:
        raise IntakeError("stopped")


def _write_mapping(opened: Opened, language: Language) -> None:
    path = Path(f"{opened.path.stem}.mapping.toml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(mapping_text(opened.guesses, language, Masker(language).text))
    except FileExistsError as error:
        raise IntakeError("mapping_exists", name=path.name) from error
    except OSError as error:
        raise IntakeError("folder_closed", name=str(path.absolute().parent.name)) from error
    out(word("mapping_written", language, name=path.name, file=opened.path.name))


class _Bar:
    """A progress bar on standard error, where somebody sees it and has to wait."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._begun = time.monotonic()
        self._drawn = 0

    def show(self, stage: str, share: float) -> None:
        """Draw how far a stage is."""
        if not sys.stderr.isatty() or time.monotonic() - self._begun < _WAIT_S:
            return
        done = round(_BAR * min(1.0, share))
        line = f"{'#' * done}{'.' * (_BAR - done)} {share:4.0%} {word(stage, self._language)}"
        sys.stderr.write(f"\r{line:<{self._drawn}}")
        sys.stderr.flush()
        self._drawn = max(self._drawn, len(line))

    def end(self) -> None:
        """Take the bar away."""
        if self._drawn:
            sys.stderr.write(f"\r{' ' * (2 * self._drawn)}\r")
            sys.stderr.flush()
        self._drawn = 0
