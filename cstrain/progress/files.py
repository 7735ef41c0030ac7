"""Whole files or none: written aside, flushed to the disk, renamed into place."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import uuid
from pathlib import Path
from typing import Final

from cstrain.errors import CstrainError

_CODES: Final = {
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.ENOSPC: "disk_full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "disk_full",
    errno.ENOTDIR: "not_a_folder",
    errno.EEXIST: "not_a_folder",
}


class FolderError(CstrainError):
    """A file could not be written: a reason code, and what the operating system said."""

    def __init__(self, folder: Path, error: OSError) -> None:
        self.code: Final = _CODES.get(error.errno or 0, "not_writable")
        super().__init__(f"{folder} ({error.strerror or type(error).__name__})")


def write_whole(path: Path, data: bytes, aside: Path) -> None:
    """Write the file so that it is there whole or not at all, or raise FolderError.

    `aside` is a folder on the same disk. A failure leaves nothing behind there.
    """
    draft = aside / uuid.uuid4().hex
    try:
        aside.mkdir(parents=True, exist_ok=True)
        new = not path.parent.is_dir()
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_through(draft, data)
        os.replace(draft, path)  # noqa: PTH105 - the name says what it does to what is there
        flush_folder(path.parent)
        if new:
            flush_folder(path.parent.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise FolderError(path.parent, error) from error


def write_new(folder: Path, name: str, text: str) -> Path:
    """Write the text under the name, or under name-2, name-3 …, if it is taken; return the path.

    What is there is never overwritten; a folder that takes nothing raises FolderError.
    """
    first = folder / name
    path, numbers = first, itertools.count(2)
    while not _written_new(path, text):
        path = first.with_name(f"{first.stem}-{next(numbers)}{first.suffix}")
    return path


def _written_new(path: Path, text: str) -> bool:
    try:
        with path.open("xb") as file:
            try:
                file.write(text.encode("utf-8", "replace"))
                file.flush()
            except OSError:
                path.unlink()  # half a file helps nobody
                raise
    except FileExistsError:
        return False
    except OSError as error:
        raise FolderError(path.parent, error) from error
    return True


def flush_folder(folder: Path) -> None:
    """Bring a folder's list of names to the disk; Windows neither can nor needs to."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
