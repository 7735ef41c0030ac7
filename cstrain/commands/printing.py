"""An HTML file printed to PDF by a browser that is on this machine: Chromium, Chrome or Edge.

The browser reaches no network while it prints, and the same page gives the same bytes: the times
in the PDF are those of `FIXED_TIME`. What is copied from it is what the page says: `pdf_text`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cstrain.commands.pdf_text import mended_text
from cstrain.errors import CstrainError
from cstrain.language import Language
from cstrain.library.words import words

ENVIRONMENT: Final = "CSTRAIN_BROWSER"
FIXED_TIME: Final = b"D:20000101000000+00'00'"
FORM: Final = "2"  # of the PDFs made here; one of another form that was kept is out of date
_NAMES: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_FILES: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "{ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Google/Chrome/Application/chrome.exe",
    "{LocalAppData}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
    "{ProgramFiles}/Microsoft/Edge/Application/msedge.exe",
)
_FOLDERS: Final = ("ProgramFiles(x86)", "ProgramFiles", "LocalAppData")  # of Windows
_FLAGS: Final = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # whatever a page names, nobody is asked
    "--lang=en",
)
_TIME: Final = re.compile(rb"\((D:\d{14}[+-]\d\d'\d\d')\)")
_LIMIT_S: Final = 120
_TOLD: Final = 160  # characters of the browser's own words


class PrintingError(CstrainError):
    """No PDF was made: a reason code and its facts; `said` is the sentence, with the way out."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        super().__init__(self.said("en"))

    def said(self, language: Language) -> str:
        """Return the sentence in a language."""
        return words("pdf_words", language)[self.code].format(**self.facts)


def find_browser() -> Path:
    """Return the browser to print with; without one PrintingError says what to do.

    $CSTRAIN_BROWSER names one; otherwise the first that is found.
    """
    named = os.environ.get(ENVIRONMENT)
    if named:
        found = shutil.which(named)
        if found is None:
            raise PrintingError("browser_missing", name=named)
        return Path(found)
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    for form in _FILES:
        path = form
        for folder in _FOLDERS:
            path = path.replace(f"{{{folder}}}", os.environ.get(folder, "-"))
        if Path(path).is_file():
            return Path(path)
    raise PrintingError("no_browser")


def print_pdf(html_path: Path, pdf_path: Path) -> None:
    """Print the page in `html_path` to `pdf_path`, whole or not at all, or raise PrintingError.

    Paper size and margins are those of the page's own style sheet. The page may use what lies
    beside it, but reaches no network.
    """
    browser = find_browser()
    if not html_path.is_file():
        raise PrintingError("no_page", name=html_path.name)
    try:
        pdf_path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            dir=pdf_path.parent, prefix="cstrain-pdf-", ignore_cleanup_errors=True
        ) as scratch:
            printed = Path(scratch) / "printed.pdf"
            _run(browser, html_path, printed)
            printed.write_bytes(mended_text(_timeless(printed.read_bytes())))
            printed.replace(pdf_path)
    except OSError as error:
        words_of_it = error.strerror or type(error).__name__
        raise PrintingError("not_written", name=pdf_path.name, words=words_of_it) from error


def _run(browser: Path, page: Path, printed: Path) -> None:
    root: Callable[[], int] | None = getattr(os, "geteuid", None)
    own = ["--no-sandbox"] if root is not None and root() == 0 else []  # it refuses root otherwise
    profile = f"--user-data-dir={printed.parent / 'profile'}"
    command = [str(browser), *_FLAGS, *own, profile, f"--print-to-pdf={printed}"]
    log = printed.parent / "said.txt"  # a pipe would stay open as long as any of its processes
    try:
        with log.open("wb") as said:
            done = subprocess.run(  # noqa: S603 - a browser of this machine, and our own page
                [*command, page.resolve().as_uri()],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                timeout=_LIMIT_S,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise PrintingError("too_slow", name=page.name, seconds=_LIMIT_S) from error
    except OSError as error:
        raise PrintingError("browser_missing", name=browser) from error
    if not printed.is_file() or not printed.read_bytes().startswith(b"%PDF-"):
        told = " ".join(log.read_text(encoding="utf-8", errors="replace").split())[-_TOLD:]
        raise PrintingError("not_printed", name=page.name, words=told or done.returncode)


def _timeless(pdf: bytes) -> bytes:
    """Return the PDF with its times fixed; nothing in it moves.

    >>> _timeless(b"/ModDate (D:20260102030405+00'00')")
    b"/ModDate (D:20000101000000+00'00')"
    """
    return _TIME.sub(b"(" + FIXED_TIME + b")", pdf)
