"""What ends a build in one sentence: called wrongly, or something outside that is not there."""

from __future__ import annotations

import errno
import os
from typing import Final

from cstrain.errors import CstrainError


class BookError(Exception):
    """The book could not be built; the text says why, and what to do."""


_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_UNCHANGED: Final = "What was built before is as it was."


def sentence_of(error: Exception) -> str | None:
    """Return the sentence for whoever builds, or None for a mistake in the builder itself."""
    if isinstance(error, (BookError, CstrainError)):
        return str(error)
    if isinstance(error, ModuleNotFoundError):
        return (
            f"{error.name} is not installed, which the book needs. Install what it is built with: "
            "pip install -r requirements-test.txt"
        )
    return _of_system(error) if isinstance(error, OSError) else None


def _of_system(error: OSError) -> str:
    place, told = error.filename or "A file", error.strerror or str(error)
    if error.errno in _FULL:
        way_out = "no space is left. Make room, or name another folder with --out."
    elif error.errno in _FORBIDDEN:
        way_out = f"{told}. Mend the rights, or name another folder with --out."
    else:
        way_out = f"{told}."
    return f"{place}: {way_out} {_UNCHANGED}"


def is_full_disk(text: str) -> bool:
    """Return whether a program that was run says that no space was left."""
    return any(os.strerror(code) in text for code in _FULL)
