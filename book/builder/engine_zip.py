"""The engine as small archives for the browser: no widget, no chart, no command line.

A page fetches the core and its own lesson's archive; those of others when a request is about them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from builder.assessment import withheld
from builder.engine_needs import parted
from builder.places import ROOT
from cstrain.library.lessons import lessons

# What only a notebook, a chart, a frame of another library or a shell needs; the checker never
# imports it. Paths below the package, each with all that begins with it.
_LEFT_OUT: Final = (
    "ui/",
    "charts/",
    "intake/",
    "queues/",
    "commands/",
    "cli.py",
    "lab.py",
    "open_lesson.py",
    "reports/reading.py",
    "reports/verifying.py",
    "session.py",
    "workspace.py",
    "content/carry_words.toml",
    "content/chart_words.toml",
    "content/definitions.toml",
    "content/find_words.toml",
    "content/glossary.csv",
    "content/kpi_families.toml",
    "content/pdf_words.toml",
    "content/pictures.toml",
    "content/intake",
    "content/verify_words.toml",
    "drawing/kpi_card.py",
    "library/glossary.py",
    "drawing/queue_",
    "content/queue_words.toml",
    "kpi/frame",
    "stats/comparing_frames.py",
    "stats/frame_",
)
_ENDINGS: Final = frozenset({".py", ".toml", ".csv", ".json", ".txt", ".css"})
# Tables up to this many bytes travel with the engine; larger ones are copied to the site, and a
# page fetches them when it needs them.
SMALL_TABLE: Final = 64 * 1024
_PACKAGE: Final = "cstrain/"
LATER: Final = "cstrain/later.txt"
# Folders whose file names are the list of what there is.
_NAMED: Final = tuple(f"cstrain/content/{one}/" for one in ("exercises", "kpi"))
_STAMP: Final = (1980, 1, 1, 0, 0, 0)  # the zip format's first day: equal sources, equal bytes


def write_engine(folder: Path) -> None:
    """Write the archives into a folder: `core.zip`, and one named after each lesson.

    The core holds the package `cstrain`, what all lessons need, and a list of the files whose names
    must be known before they are there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept_back = frozenset(withheld())
    files = {name: file for name, file in sorted(_files()) if name not in kept_back}
    needed_by = parted(name.removeprefix(_PACKAGE) for name in files)
    of_lessons = {f"{_PACKAGE}{name}": some for name, some in needed_by.items()}
    core = {name: file.read_bytes() for name, file in files.items() if name not in of_lessons}
    later = [name for name in of_lessons if name.startswith(_NAMED)]
    core[LATER] = "".join(f"{name}\n" for name in later).encode()
    _write(folder / "core.zip", core)
    for lesson in lessons():
        own = {
            name: files[name].read_bytes() for name, some in of_lessons.items() if lesson in some
        }
        _write(folder / f"{lesson}.zip", own)


def _write(archive: Path, files: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, data)


def _files() -> Iterator[tuple[str, Path]]:
    package = ROOT / "cstrain"
    for file in package.rglob("*"):
        inside = file.relative_to(package).as_posix()
        if file.suffix in _ENDINGS and not inside.startswith(_LEFT_OUT):
            yield f"cstrain/{inside}", file
    tables = ROOT / "datasets"
    for file in tables.glob("*/*"):
        if file.name == "index.toml" or _is_small_table(file):
            yield f"cstrain/_datasets/{file.relative_to(tables).as_posix()}", file


def _is_small_table(file: Path) -> bool:
    small = file.suffix == ".csv" and file.parent.name == "small"
    return small and file.stat().st_size <= SMALL_TABLE
