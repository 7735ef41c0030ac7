"""`cstrain book`: runs the checkout's builder; the book's sources are not in the package."""

from __future__ import annotations

import argparse
import importlib.util
from pathlib import Path
from typing import Final

from cstrain.commands.console import err

_BUILDER: Final = Path(__file__).resolve().parent.parent.parent / "book" / "build.py"
_OPTIONS: Final = ("out", "pyodide", "edition", "address", "port")
_FLAGS: Final = ("no_lite", "serve")


def run(asked: argparse.Namespace) -> int:
    """Build the book and return its exit status, 2 outside a checkout."""
    spec = importlib.util.spec_from_file_location("cstrain_book_build", _BUILDER)
    if not _BUILDER.is_file() or spec is None or spec.loader is None:
        err(f"{_BUILDER}: found nothing; cstrain book works in a checkout of the sources only.")
        return 2
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    status: int = builder.main(["book", *_given(asked)])
    return status


def _given(asked: argparse.Namespace) -> list[str]:
    options = {name: getattr(asked, name) for name in _OPTIONS}
    given = [text for name, one in options.items() if one for text in (f"--{name}", str(one))]
    return given + [f"--{one.replace('_', '-')}" for one in _FLAGS if getattr(asked, one)]
