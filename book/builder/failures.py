"""What ends a build in one sentence: called wrongly, or something outside that is not there."""

from __future__ import annotations

import errno
import os
from typing import Final


class BookError(Exception):
    """The book could not be built; the text says why, and what to do."""


_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_UNCHANGED: Final = "What was built before is as it was."


def of_system(error: OSError) -> str:
    """Return what a file that could not be read or written means for a build.

    >>> of_system(OSError(errno.ENOSPC, "No space left on device", "public"))
    'public: no space is left. Make room, or name another folder with --out. What was built \
before is as it was.'
    """
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
