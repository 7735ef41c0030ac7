"""The static book: both languages beside each other, the live exercises' host, and Python."""

from __future__ import annotations

import hashlib
import shutil
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from builder.engine_zip import write_engine
from builder.failures import BookError
from builder.first_page import first_page, lost_page
from builder.lite import is_full
from builder.offline import put_offline
from builder.one_build import Build, Edition
from builder.parts import PARTS
from builder.places import BOOK, BUILD
from builder.print_page import checked_address
from builder.progress import Progress
from builder.publishing import publish, refuse_foreign, scratch_beside
from builder.pyodide import VERSION, put_pyodide
from builder.slim import make_light
from builder.sphinx_run import allow_all, at_work, build_pages, stop_all
from builder.staging import Places, stage
from builder.stamp import has_stamp, put_stamp, stamp
from cstrain.datasets import table
from cstrain.language import LANGUAGES, Language
from cstrain.library.exercises import exercise, exercise_ids
from cstrain.ui.frame import frame_css, frame_source

_HOST_FILES: Final = (
    "host.js",
    "engine.js",
    "model.js",
    "session.js",
    "store.js",
    "worker.js",
    "offline.js",
    "book.css",
    "home.css",
    "home.js",
    "place.js",
    "figures.js",
    "find.js",
    "mend.js",
    "search.js",
    "terms.js",
    "find.css",
)


DEFAULT_SITE: Final = BUILD / "site"
__all__ = ["BookError", "build_site", "is_built"]


def build_site(
    out: Path | None = None,
    pyodide: str | None = None,
    edition: Edition = "learner",
    *,
    lite: bool = True,
    address: str | None = None,
) -> Path:
    """Build both languages into the folder (build/site by default) and return it.

    `pyodide` is a folder or URL of a Pyodide distribution; by default the pinned core is fetched
    once through npm. The edition for trainers also has what only they should see. `lite` adds the
    whole notebooks in the browser. `address` is where the site will be found.
    """
    site = (out or DEFAULT_SITE).resolve()
    if out is None:
        BUILD.mkdir(exist_ok=True)
        (BUILD / ".gitignore").write_text("*\n", encoding="utf-8")
    refuse_foreign(site)
    made_from = site_stamp(pyodide, edition, lite=lite, address=address)
    with scratch_beside(site) as scratch, _ended_by_signals():
        fresh = scratch / "site"
        _fill(fresh, scratch, pyodide, edition, lite=lite, address=checked_address(address))
        put_stamp(fresh, made_from)
        publish(fresh, site, scratch)
    return site


def site_stamp(
    pyodide: str | None, edition: Edition, *, lite: bool, address: str | None = None
) -> str:
    """Return the mark of a site that these options make of the sources as they are now."""
    return stamp(pyodide=pyodide or VERSION, edition=edition, lite=lite, address=address)


def is_built(
    site: Path, pyodide: str | None, edition: Edition, *, lite: bool, address: str | None = None
) -> bool:
    """Return whether the folder holds the book as it would be built now."""
    return has_stamp(site, site_stamp(pyodide, edition, lite=lite, address=address))


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let a signal to end be an exception, so that a build tidies up and ends its programs."""

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    is_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGTERM, end) if is_main else None
    try:
        yield
    finally:
        if is_main:
            signal.signal(signal.SIGTERM, before)


def _fill(
    site: Path,
    scratch: Path,
    pyodide: str | None,
    edition: Edition,
    *,
    lite: bool,
    address: str | None,
) -> None:
    site.mkdir()
    progress = Progress(len(PARTS) + 4)
    try:
        # The network's part first: when it fails, nobody has waited for the rest.
        progress.step("Python for the pages")
        place = put_pyodide(pyodide, site / "pyodide") or "../pyodide/"
        places = Places(
            host=f"../host/{_put_host(site / 'host')}/",
            pyodide=place,
            lite="../lite/" if lite else "",
            full=is_full(pyodide),
        )
        progress.step("pages, " + " and ".join(LANGUAGES))
        _build_all(site, scratch, places, edition)
        build = Build(site, scratch, places, edition, pyodide, address)
        for part in PARTS:
            progress.step(part.__name__.removeprefix("put_").replace("_", " "))
            part(build)
        progress.step("light pages")
        make_light(build)
        progress.step("first page")
        (site / "index.html").write_text(first_page(), encoding="utf-8")
        (site / "404.html").write_text(lost_page(), encoding="utf-8")
        (site / ".nojekyll").touch()  # a folder named _static is left alone by static hosts
        put_offline(build)
    finally:
        progress.end()


def _build_all(site: Path, scratch: Path, places: Places, edition: Edition) -> None:
    allow_all()
    with ThreadPoolExecutor(max_workers=len(LANGUAGES)) as workers:
        try:
            made = [
                workers.submit(_build, one, site, scratch, places, edition) for one in LANGUAGES
            ]
            for one in as_completed(made):
                one.result()
        except BaseException:
            stop_all()
            raise


def _put_host(folder: Path) -> str:
    """Write the files that the live exercises need and return the name of their own folder.

    The name comes from what is in them: after an update no browser mixes old files with new ones.
    """
    fresh = folder / "new"
    fresh.mkdir(parents=True)
    for name in _HOST_FILES:
        shutil.copyfile(BOOK / "host" / name, fresh / name)
    (fresh / "frame.js").write_text(frame_source(), encoding="utf-8")
    (fresh / "frame.css").write_text(frame_css(), encoding="utf-8")
    write_engine(fresh / "engine")
    _put_tables(fresh / "tables")
    mark = hashlib.sha256()
    for file in sorted(one for one in fresh.rglob("*") if one.is_file()):
        mark.update(file.read_bytes())
    name = mark.hexdigest()[:12]
    fresh.rename(folder / name)
    return name


def _put_tables(folder: Path) -> None:
    """Copy the big tables that exercises need; a page fetches one when it is first asked for."""
    cases = (
        case
        for exercise_id in exercise_ids()
        for field in exercise(exercise_id).fields
        for case in field.params.get("cases", ())
    )
    for name in sorted({name for case in cases for name in case["tables"]}):
        file = table(name).file
        target = folder / file.parent.name / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


def _build(language: Language, site: Path, scratch: Path, places: Places, edition: Edition) -> None:
    def put_sources(folder: Path) -> None:
        stage(language, folder, places, trainer=edition == "trainer")

    with at_work():
        own = scratch / language
        own.mkdir()
        html = build_pages(language, f"{language}-{edition}", put_sources, own)
        for extra in ("objects.inv", ".buildinfo", "_sources"):
            path = html / extra
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        shutil.move(html, site / language)
