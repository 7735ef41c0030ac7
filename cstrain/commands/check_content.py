"""`cstrain check`: every content file read, every sample answer checked."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from cstrain.commands.console import out
from cstrain.commands.exercise_lint import exercise_problems
from cstrain.commands.kpi_lint import kpi_problems, python_name_problems
from cstrain.commands.lesson_lint import lesson_problems
from cstrain.commands.text_lint import text_problems
from cstrain.errors import ContentError, CstrainError
from cstrain.library.glossary import glossary
from cstrain.library.lessons import bands, lessons
from cstrain.library.toml_file import CONTENT, read_toml

_BOOK = CONTENT.parent.parent / "book"  # there in a checkout only


def run(asked: argparse.Namespace) -> int:
    """Print file, key, what was found and what is allowed; return 1 when anything is wrong."""
    files = list(_files(asked.path))
    problems = [one for path in files for one in problems_in(path)]
    if asked.path is None:
        problems += list(_whole_problems())
    for one in problems:
        out(str(one))
    out(f"{len(files)} files, {len(problems)} problems")
    return 1 if problems else 0


def problems_in(path: Path) -> Iterator[CstrainError]:
    """Return what is wrong in one content file."""
    if path.suffix == ".md":
        yield from lesson_problems(path)
        return
    try:
        raw = read_toml(path)
    except ContentError as error:
        yield error
        return
    yield from text_problems(path, raw)
    if "criteria" in raw or path.parent.parent.name == "exercises":
        yield from exercise_problems(path)
    if "statistic" in raw or path.parent.name == "kpi":
        yield from kpi_problems(path)


def _files(path: Path | None) -> Iterator[Path]:
    if path is None:
        yield from sorted(CONTENT.rglob("*.toml"))
        yield from sorted([*_BOOK.glob("*.md"), *_BOOK.glob("lessons/*.md")])
    elif path.is_dir():
        found = sorted([*path.rglob("*.toml"), *path.rglob("*.md")])
        if not found:
            allowed = "a folder with .toml or .md files"
            raise ContentError(path, "folder", found="nothing", allowed=allowed)
        yield from found
    else:
        yield path


def _whole_problems() -> Iterator[CstrainError]:
    """Return what is wrong between the files: lessons and their points, bands, the glossary."""
    try:
        known = lessons()
        bands()
        for lesson in known.values():
            exercises = lesson.all_exercises()
            total = sum(one.points for one in exercises)
            if total != 100:
                allowed = "points of the lesson's exercises adding up to 100"
                yield ContentError("lessons.toml", lesson.id, found=total, allowed=allowed)
            for place, one in enumerate(exercises, start=1):
                if one.number != place:
                    allowed = f"{place}, its place in lessons.toml"
                    yield ContentError(
                        f"{one.id}.toml", "number", found=one.number, allowed=allowed
                    )
        yield from python_name_problems()
        glossary()
    except CstrainError as error:
        yield error
