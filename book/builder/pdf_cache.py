"""Pages as PDF, printed only when they have changed: what was printed once lies in the cache."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import platformdirs

from cstrain.commands.printing import FORM, PrintingError, find_browser, print_pdf

_KEPT: Final = 400  # PDFs: some editions of a whole course in both languages


def can_print() -> bool:
    """Say whether a browser is here to print with."""
    try:
        find_browser()
    except PrintingError:
        return False
    return True


def print_all(pages: Iterable[tuple[Path, Path]]) -> None:
    """Print each page to its PDF, two at a time; PrintingError says what went wrong."""
    cache = platformdirs.user_cache_path("cstrain") / "print"
    cache.mkdir(parents=True, exist_ok=True)
    browser = find_browser()
    with ThreadPoolExecutor(max_workers=2) as workers:
        list(workers.map(lambda one: _print(one[0], one[1], cache, browser), pages))
    _tidy(cache)


def _print(page: Path, pdf: Path, cache: Path, browser: Path) -> None:
    kept = cache / f"{_mark(page, browser)}.pdf"
    if kept.is_file():
        kept.touch()
    else:
        # Under a name and in a folder of its own: nothing of the site's place gets into the PDF.
        with tempfile.TemporaryDirectory() as scratch:
            source, made = Path(scratch) / "page.html", Path(scratch) / "page.pdf"
            shutil.copyfile(page, source)
            print_pdf(source, made)
            part = kept.with_suffix(f".{Path(scratch).name}.part")
            shutil.copyfile(made, part)
            part.replace(kept)  # two builds at once never read half a file
    shutil.copyfile(kept, pdf)


def _mark(page: Path, browser: Path) -> str:
    """Return what the PDF depends on, in short: the page, and the browser that prints it."""
    about = browser.resolve().stat()
    mark = hashlib.sha256(page.read_bytes())
    mark.update(f"{FORM}\0{browser}\0{about.st_size}\0{about.st_mtime_ns}".encode())
    return mark.hexdigest()[:32]


def _tidy(cache: Path) -> None:
    kept = sorted(cache.glob("*.pdf"), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in kept[_KEPT:]:
        old.unlink(missing_ok=True)
