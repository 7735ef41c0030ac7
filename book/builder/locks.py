"""Locks that end with the process that holds them, however it ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def locked(file: Path) -> Iterator[bool]:
    """Hold the lock of a file while inside; gives False when another process has it."""
    with file.open("a+b") as opened:
        yield _lock(opened)  # closing it gives the lock back


def _lock(opened: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            opened.seek(0)
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
