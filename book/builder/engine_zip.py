"""The engine as one small archive for the browser: no widget, no chart, no command line."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from builder.assessment import withheld
from builder.places import ROOT

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
_STAMP: Final = (1980, 1, 1, 0, 0, 0)  # the zip format's first day: equal sources, equal bytes


def write_engine(archive: Path) -> None:
    """Write the archive: the package `cstrain`, its content, the indexes and the small tables."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        kept_back = frozenset(withheld())
        for name, file in sorted(one for one in _files() if one[0] not in kept_back):
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, file.read_bytes())


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
