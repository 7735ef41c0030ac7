"""Python for the browser: the core files of npm's `pyodide`, pinned, verified and cached."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any, Final

from builder.failures import BookError
from builder.npm_package import Pinned

VERSION: Final = "314.0.6"
_PACKAGE: Final = Pinned(
    "pyodide",
    VERSION,
    "BKDTJyIqFxC4BExLqeRS3f5xvXZIjOt8C3zGLN/Cc7tFxSwvKVhVkchQQ2AGLOtR4YrVOIFxbV8poyDOOmWwxQ==",
    instead=", or give a folder or URL of a Pyodide distribution with --pyodide",
)
CORE: Final = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
_NUMBER: Final = re.compile(r'"(\d+\.\d+\.\d+)"')


class PyodideError(BookError):
    """A distribution that was given does not do; the text is a sentence with a way out."""


def put_pyodide(source: str | None, folder: Path) -> str | None:
    """Put Pyodide's files into the folder, or return the URL that the pages load it from.

    `source` is None for the pinned core, a folder of a distribution, or a URL.
    """
    if source and source.startswith(("https://", "http://")):
        return source if source.endswith("/") else f"{source}/"
    folder.mkdir(parents=True, exist_ok=True)
    if source:
        _copy(Path(source), folder)
    else:
        _PACKAGE.files({name: name for name in CORE}, folder)
    return None


def pinned_lock() -> dict[str, Any]:
    """Return the pinned version's list of packages: also of those that the core does not hold."""
    lock: dict[str, Any] = json.loads(_PACKAGE.read("pyodide-lock.json"))
    return lock


def _copy(source: Path, folder: Path) -> None:
    missing = [name for name in CORE if not (source / name).is_file()]
    if missing:
        raise PyodideError(f"--pyodide {source}: {missing[0]} is missing in this folder.")
    found = _version(source)
    if found != VERSION:
        raise PyodideError(
            f"--pyodide {source}: this is Pyodide {found or 'of an unknown version'}; the book is "
            f"made for {VERSION}. Give a folder of that version, or leave --pyodide away."
        )
    for file in sorted(source.iterdir()):
        if file.is_file() and file.suffix != ".map":
            shutil.copy2(file, folder / file.name)


def _version(source: Path) -> str:
    """Return the version that a distribution says it is: the one number of that form in it."""
    text = (source / "pyodide.mjs").read_text(encoding="utf-8", errors="replace")
    found = _NUMBER.search(text)
    return found[1] if found else ""
