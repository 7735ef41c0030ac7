"""A finished site takes the place of the last one as a whole, or nothing changes."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from builder.failures import BookError
from builder.locks import locked

_LOCK: Final = "lock"
_BEGINNING_S: Final = 60
_LAST: Final = "last"  # the site that stood there, while the new one takes its place


@contextmanager
def scratch_beside(site: Path) -> Iterator[Path]:
    """Give a folder beside the site for one build; it is gone afterwards.

    What a build that was killed has left is taken away first.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{site.name}-"
    for left in sorted(site.parent.glob(f"{prefix}*")):
        _clear(left, site)
    scratch = Path(tempfile.mkdtemp(dir=site.parent, prefix=prefix))
    try:
        with locked(scratch / _LOCK):
            yield scratch
    finally:
        _put_back(scratch, site)
        shutil.rmtree(scratch, ignore_errors=True)


def publish(fresh: Path, site: Path, scratch: Path) -> None:
    """Put the fresh site where the last one stands."""
    if site.exists():
        site.rename(scratch / _LAST)
    fresh.rename(site)


def refuse_foreign(site: Path) -> None:
    """Refuse a folder with something else in it: building takes away what was there."""
    if site.exists() and not site.is_dir():
        raise BookError(f"{site} is a file; give a folder with --out.")
    is_ours = (site / "host").is_dir() and (site / ".nojekyll").is_file()
    if site.is_dir() and any(site.iterdir()) and not is_ours:
        raise BookError(f"{site} is not empty and holds no book; give an empty folder with --out.")


def _clear(left: Path, site: Path) -> None:
    """Take away the folder of a build that runs no more."""
    if not (left / _LOCK).is_file():
        # Of a build that was killed at once, or of one that is just beginning.
        if time.time() - left.stat().st_mtime > _BEGINNING_S and not any(left.iterdir()):
            left.rmdir()
        return
    with locked(left / _LOCK) as is_free:
        if is_free:
            _put_back(left, site)
    if is_free:
        shutil.rmtree(left, ignore_errors=True)


def _put_back(scratch: Path, site: Path) -> None:
    if not site.exists() and (scratch / _LAST).is_dir():
        (scratch / _LAST).rename(site)
