"""The engine as one small archive for the browser: no widget, no chart, no command line."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from builder.places import ROOT

# What only a notebook, a chart or a shell needs; the checker never imports it.
_LEFT_OUT: Final = frozenset({"ui", "charts", "commands", "cli.py", "lab.py", "__pycache__"})
_ENDINGS: Final = frozenset({".py", ".toml", ".csv", ".json", ".txt"})
_STAMP: Final = (1980, 1, 1, 0, 0, 0)  # the zip format's first day: equal sources, equal bytes


def write_engine(archive: Path) -> None:
    """Write the archive: the package `cstrain` with its content and its tables."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, file in sorted(_files()):
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, file.read_bytes())


def _files() -> Iterator[tuple[str, Path]]:
    package = ROOT / "cstrain"
    for file in package.rglob("*"):
        inside = file.relative_to(package)
        if file.suffix in _ENDINGS and not _LEFT_OUT & set(inside.parts):
            yield f"cstrain/{inside.as_posix()}", file
    for file in (ROOT / "datasets").iterdir():
        if file.suffix in _ENDINGS and file.is_file() and file.suffix != ".py":
            yield f"cstrain/_datasets/{file.name}", file
