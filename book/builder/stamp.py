"""What a site was made from: a mark in it, by which a site that is up to date is known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from builder.places import ROOT

_FILE: Final = "book.json"
_MADE_FROM: Final = ("_config.yml", "book", "cstrain", "datasets", "notebooks")
_NOT_READ: Final = ("__pycache__", ".ipynb_checkpoints")


def digest_of(files: Iterable[Path], root: Path = ROOT) -> str:
    """Return what stands for the names and the content of files."""
    made = hashlib.sha256()
    for file in files:
        made.update(file.relative_to(root).as_posix().encode() + b"\0")
        made.update(hashlib.sha256(file.read_bytes()).digest())
    return made.hexdigest()


def files_below(places: Iterable[str], root: Path = ROOT) -> Iterator[Path]:
    """Yield the files of the checkout in these places, in order."""
    for name in places:
        place = root / name
        for file in sorted([place] if place.is_file() else place.rglob("*")):
            if file.is_file() and not set(_NOT_READ) & set(file.parts):
                yield file


def stamp(**options: object) -> str:
    """Return the text of the mark: options of the build, and the digest of all sources."""
    about = {**options, "made_from": digest_of(files_below(_MADE_FROM))}
    return json.dumps(about, indent=1, sort_keys=True) + "\n"


def put_stamp(site: Path, text: str) -> None:
    """Write the mark into a finished site."""
    (site / _FILE).write_text(text, encoding="utf-8", newline="\n")


def has_stamp(site: Path, text: str) -> bool:
    """Return whether a site was made from just these sources, with these options."""
    file = site / _FILE
    return file.is_file() and file.read_text(encoding="utf-8") == text
