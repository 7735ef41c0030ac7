"""The labelled goals of tests/corpus, read with their situations."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

CORPUS: Final = Path(__file__).resolve().parent.parent / "tests" / "corpus"


def labelled(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Return the texts of the files, one dict each, with the file's name under "file".

    A situation named by its id stands in situations.json beside the file or one folder up.
    """
    return [
        {**one, "file": path.stem, "context": _situation(path, one["context"])}
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
        for one in (json.loads(line),)
    ]


def _situation(path: Path, named: Any) -> Any:
    if not isinstance(named, str):
        return named
    return next(
        table[named]
        for folder in (path.parent, path.parent.parent)
        for table in (_table(folder / "situations.json"),)
        if named in table
    )


@cache
def _table(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
