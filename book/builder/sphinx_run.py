"""One language's pages by Sphinx: what it has read before is kept, and read anew where it changed.

Sphinx keeps what it has read as files of its own. They are good for as long as nothing but the
staged pages changes; what changed in the builder, in the theme or in the words of the frame makes
all of it be read anew. Pages are always written anew, from whatever they were read.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import distributions
from pathlib import Path
from typing import Final

from builder.failures import BookError, is_full_disk
from builder.locks import locked
from builder.places import BOOK, BUILD, ROOT
from builder.stamp import digest_of, files_below
from cstrain.language import Language

# Where what is read outside the staged pages comes from; exercises and messages are staged.
_READ_FROM: Final = ("_config.yml", "book/builder", "book/_templates", "cstrain")
_STAGED: Final = ("cstrain/content/exercises/", "cstrain/content/messages/", "cstrain/ui/")
_RUN: Final = (
    "import sys; from pathlib import Path; from jupyter_book.sphinx import build_sphinx;"
    "source, out, kept = map(Path, sys.argv[1:]);"
    "told = build_sphinx(source, out, noconfig=True, path_config=source / '_config.yml',"
    " confoverrides={'external_toc_path': str(source / '_toc.yml'),"
    " 'latex_individualpages': False}, doctreedir=kept,"
    " force_all=True, warningiserror=True, keep_going=True);"
    "sys.exit(bool(told))"
)
_WARNING: Final = re.compile(
    r"^(?:.*?/(?:sources|staged)/)?(?P<place>\S+?)(?:\.ipynb|\.md)?(?::\d+)*: "
    r"(?:WARNING|ERROR|CRITICAL): (?P<text>.+)$",
    re.MULTILINE,
)
_ESCAPES: Final = re.compile(r"\x1b\[[0-9;]*m")
_running: set[subprocess.Popen[str]] = set()
_stopped: Final = threading.Event()
_lock: Final = threading.Lock()
_idle: Final = threading.Condition(_lock)
_at_work: set[int] = set()  # threads

Stage = Callable[[Path], None]


def build_pages(language: Language, name: str, stage: Stage, scratch: Path) -> Path:
    """Return the folder with one language's pages; `stage` writes their sources into a folder.

    `name` is what the kept files are kept under.
    """
    stage(scratch / "staged")
    kept = BUILD / ".cache" / name
    try:
        kept.mkdir(parents=True, exist_ok=True)
        with locked(kept / "lock") as is_mine:
            if is_mine:
                return _with_kept(language, kept, scratch)
    except (OSError, BookError):
        pass  # kept files may be damaged: without them, what is really wrong is told
    return _run(language, scratch / "staged", scratch / "work")


def allow_all() -> None:
    """Let programs be run again after `stop_all`."""
    _stopped.clear()


def stop_all() -> None:
    """End the programs that are still running and start no other; return when all work has ended.

    A pool of threads does not know a thread in whose start it was interrupted.
    """
    with _lock:
        _stopped.set()
        for one in _running:
            one.kill()
        _idle.wait_for(lambda: not _at_work)


@contextmanager
def at_work() -> Iterator[None]:
    """Do a thread's part of a build inside this; after `stop_all` nothing begins any more."""
    me = threading.get_ident()
    with _lock:
        if _stopped.is_set():
            raise BookError("The build was ended.")
        _at_work.add(me)
    try:
        yield
    finally:
        with _lock:
            _at_work.discard(me)
            _idle.notify_all()


def _with_kept(language: Language, kept: Path, scratch: Path) -> Path:
    mark = kept / "mark"
    fresh = _mark()
    if not mark.is_file() or mark.read_text(encoding="utf-8") != fresh:
        for one in ("sources", "work"):
            shutil.rmtree(kept / one, ignore_errors=True)
    mark.unlink(missing_ok=True)  # until all went well
    _take_over(scratch / "staged", kept / "sources")
    shutil.rmtree(kept / "work" / "html", ignore_errors=True)
    html = _run(language, kept / "sources", kept / "work")
    done = scratch / "html"
    shutil.copytree(html, done)
    mark.write_text(fresh, encoding="utf-8")
    return done


def _take_over(staged: Path, sources: Path) -> None:
    """Bring the kept sources up to date; what is the same keeps its time, by which Sphinx goes."""
    fresh = {one.relative_to(staged): one for one in staged.rglob("*") if one.is_file()}
    for old in [one for one in sources.rglob("*") if one.is_file()]:
        if old.relative_to(sources) not in fresh:
            old.unlink()
    for name, file in sorted(fresh.items()):
        target = sources / name
        if not target.is_file() or target.read_bytes() != file.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def _run(language: Language, sources: Path, work: Path) -> Path:
    html = work / "html"
    work.mkdir(parents=True, exist_ok=True)
    paths = [str(ROOT), str(BOOK), os.environ.get("PYTHONPATH", "")]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", _RUN, str(sources), str(html), str(work / "doctrees")]
    with subprocess.Popen(  # noqa: S603 - our own interpreter with our own arguments
        command,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as running:
        with _lock:
            _running.add(running)
            if _stopped.is_set():
                running.kill()
        _, told = running.communicate()
        with _lock:
            _running.discard(running)
    if running.returncode:
        raise BookError(_sentence(language, _ESCAPES.sub("", told)))
    return html


def _sentence(language: Language, told: str) -> str:
    """Return the first thing that Sphinx complains about, and where."""
    if is_full_disk(told):
        return "No space is left for the pages. Make room and build again."
    found = _WARNING.search(told)
    if found:
        place = f"{found['place'].rsplit('/', 1)[-1]} ({language})"
        return f"{place}: {found['text'].strip()} Mend the page's source and build again."
    last = told.strip().splitlines()[-1:] or ["no reason given"]
    return f"The pages in {language} could not be made: {last[0].strip()}"


def _mark() -> str:
    """Return what stands for everything that is read, apart from the staged pages."""
    digest = hashlib.sha256(sys.version.encode())
    for name in sorted({f"{one.name} {one.version}" for one in distributions()}):
        digest.update(name.encode())
    read = (one for one in files_below(_READ_FROM) if _is_read(one))
    return digest.hexdigest() + digest_of(read)


def _is_read(file: Path) -> bool:
    return not file.relative_to(ROOT).as_posix().startswith(_STAGED)
