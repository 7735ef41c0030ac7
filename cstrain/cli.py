"""The command line: cstrain lab, book, check, judge, kpi, report and verify."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import cstrain
from cstrain.commands.console import err, use_utf8
from cstrain.errors import CstrainError
from cstrain.language import LANGUAGES

# Command -> module; imported when asked for, so that --help is there at once.
_RUNS: Final = {
    "lab": "cstrain.commands.run_lab",
    "book": "cstrain.commands.build_book",
    "check": "cstrain.commands.check_content",
    "judge": "cstrain.commands.judge_goals",
    "kpi": "cstrain.commands.run_kpi",
    "report": "cstrain.commands.run_report",
    "verify": "cstrain.commands.verify",
}
_PORTS: Final = 65_535


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status: 0 good, 1 not good, 2 wrongly called.

    >>> main(["check", "no/such/file.toml"])
    1
    """
    use_utf8()
    asked = _parser().parse_args(arguments)
    try:
        status: int = importlib.import_module(_RUNS[asked.command]).run(asked)
    except CstrainError as error:
        err(str(error))
        return 1
    except KeyboardInterrupt:
        return 0 if asked.command == "lab" else 1
    except BrokenPipeError:
        # Whoever read our output has had enough; python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cstrain", description="Training workbook for customer-service management (zh/en)."
    )
    parser.add_argument("--version", action="version", version=f"cstrain {cstrain.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_lab(commands)
    _add_book(commands)
    _add_check(commands)
    _add(commands, "judge", "judge SMART goals: JSON lines in, JSON lines out", "< goals.jsonl")
    _add_kpi(commands)
    _add_report(commands)
    _add_verify(commands)
    return parser


def _add_lab(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    lab = _add(commands, "lab", "open the workbook in JupyterLab", "--language zh")
    lab.add_argument("--language", choices=LANGUAGES, help="default: as last time, or the locale")
    lab.add_argument("--port", type=_port, help="default: the first free one from 8888")
    lab.add_argument("--no-browser", dest="browser", action="store_false", help="open no browser")
    lab.add_argument("--folder", type=Path, help="default: cstrain-workbook, in this folder")


def _add_book(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    book = _add(commands, "book", "build the static book, both languages", "--out public")
    book.add_argument("--out", type=Path, help="folder of the site (default: build/site)")
    book.add_argument("--pyodide", metavar="PATH_OR_URL", help="a Pyodide distribution to use")
    book.add_argument("--no-lite", action="store_true", help="leave out notebooks in the browser")
    book.add_argument("--edition", choices=("learner", "trainer"), help="default: learner")
    book.add_argument("--address", metavar="URL", help="of the site: QR codes on worksheets")
    book.add_argument("--serve", action="store_true", help="show it on this machine, as it is now")
    book.add_argument("--port", type=_port, help="of --serve (default: 8000)")


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    example = "my_copy/n03/stretch_ratio.toml"
    check = _add(commands, "check", "look for mistakes in content files", example)
    check.add_argument("path", nargs="?", type=Path, help="file or folder (default: all content)")


def _add_kpi(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    kpi = _add(commands, "kpi", "KPI report of your own export (CSV, XLSX)", "tickets.xlsx --yes")
    kpi.add_argument("file", type=Path, help="CSV (UTF-8 or GBK), XLSX or Parquet")
    kpi.add_argument("--mapping", type=Path, metavar="M.toml", help="which column is which")
    kpi.add_argument("--language", choices=LANGUAGES, help="default: as in the workbook")
    kpi.add_argument("--out", type=Path, help="folder of the report (default: FILE-kpi)")
    kpi.add_argument("--sheet", help="sheet of a workbook (default: the first with content)")
    kpi.add_argument("--yes", action="store_true", help="accept the guessed columns")
    kpi.add_argument("--write-mapping", action="store_true", help="write the guess as a file")


def _add_report(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    example = "cstrain-record.json --lesson n03 --pdf"
    report = _add(commands, "report", "learner's report or certificate of a record", example)
    report.add_argument("record", nargs="?", type=Path, help="exported record (default: your own)")
    report.add_argument("--lesson", metavar="n03", help="default: the whole course")
    report.add_argument("--language", choices=LANGUAGES, help="default: as in the workbook")
    report.add_argument("--name", help="the learner's name; a certificate needs one")
    report.add_argument("--certificate", action="store_true", help="a certificate, with check code")
    report.add_argument("--out", type=Path, help="file to write (.html or .pdf)")
    report.add_argument("--pdf", action="store_true", help="PDF, printed by the browser here")


def _add_verify(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verify = _add(commands, "verify", "check certificates by scoring them anew", "certificates")
    verify.add_argument("path", type=Path, help="certificate (.html), record (.json) or a folder")
    verify.add_argument("--code", help="check code that was read elsewhere, as on paper")
    verify.add_argument("--name", help="with a record and --code: the name on the certificate")
    verify.add_argument("--date", help="with a record and --code: the date on the certificate")
    verify.add_argument("--language", choices=LANGUAGES, help="default: as in the workbook")
    verify.add_argument("--out", type=Path, metavar="TABLE.csv", help="of a folder: write a table")


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, what: str, rest: str
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name, help=what, description=what, epilog=f"example: cstrain {name} {rest}"
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _PORTS):
        raise argparse.ArgumentTypeError(f"found {text!r}; allowed: a number from 1 to {_PORTS}")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
