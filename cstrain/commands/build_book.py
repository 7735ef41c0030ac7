"""`cstrain book`: runs the checkout's builder; the book's sources are not in the package."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Final

from cstrain.commands.console import err

_BUILDER: Final = Path(__file__).resolve().parent.parent.parent / "book" / "build.py"


def run(asked: argparse.Namespace) -> int:
    """Build the book and return its exit status, 1 outside a checkout."""
    if not _BUILDER.is_file():
        err(f"{_BUILDER}: found nothing; cstrain book works in a checkout of the sources only.")
        return 1
    options = [("--out", asked.out), ("--pyodide", asked.pyodide), ("--edition", asked.edition)]
    given = [str(part) for name, value in options if value for part in (name, value)]
    given += ["--no-lite"] if asked.no_lite else []
    done = subprocess.run([sys.executable, str(_BUILDER), "book", *given], check=False)  # noqa: S603 - our own script
    return 1 if done.returncode else 0
