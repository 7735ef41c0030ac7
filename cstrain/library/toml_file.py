"""One TOML file as a dict, or an error that a trainer can act on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from cstrain.errors import ContentError

CONTENT: Final = Path(__file__).resolve().parent.parent / "content"
_UTF8_BOM: Final = b"\xef\xbb\xbf"


def read_toml(path: Path) -> dict[str, Any]:
    """Return the table in the file; raise ContentError for a missing, non-UTF-8 or broken one.

    A byte order mark, as Windows editors write it, is skipped. The file is named relative to
    the content folder where it lies inside it.
    """
    name = shown_name(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        allowed = f"a readable file ({error.strerror or error})"
        raise ContentError(name, "file", found="nothing", allowed=allowed) from error
    try:
        text = raw.removeprefix(_UTF8_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ContentError(
            name,
            f"line {line}",
            found=raw[error.start : error.start + 4],
            allowed="text saved as UTF-8 (not GBK or ANSI)",
        ) from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContentError(name, "file", found=str(error), allowed="valid TOML") from error


def shown_name(path: Path) -> str:
    """Return the path as people see it: relative to the content folder when inside it."""
    try:
        return path.resolve().relative_to(CONTENT).as_posix()
    except ValueError:
        return path.name
