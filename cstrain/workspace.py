"""The learner's workbook folder: the notebooks of this edition, beside whatever was changed.

A notebook that the learner changed is never overwritten; its new edition is put beside it. What
counts as a change are the cells' texts, so a notebook that was merely run follows the edition.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cstrain.language import LANGUAGES
from cstrain.progress.files import write_whole

_PACKAGE: Final = Path(__file__).resolve().parent
PRIVATE: Final = ".cstrain"  # editions, settings and run-time files; JupyterLab hides it


@dataclass(frozen=True)
class Workbook:
    """A workbook folder; `beside` are the new editions that lie beside changed notebooks."""

    folder: Path
    beside: tuple[str, ...]

    @property
    def private(self) -> Path:
        """Return the folder of what is not the learner's own."""
        return self.folder / PRIVATE


def shipped_notebooks() -> Path:
    """Return the folder of the shipped notebooks: in the package, or beside it in a checkout."""
    installed = _PACKAGE / "_notebooks"
    return installed if installed.is_dir() else _PACKAGE.parent / "notebooks"


def lay_out(folder: Path, source: Path) -> Workbook:
    """Bring the notebooks of both languages into the folder; FolderError when it is not writable.

    `source` holds one folder of notebooks per language.
    """
    private = folder / PRIVATE
    given = _given(private)
    beside = []
    for path in sorted(one for name in LANGUAGES for one in (source / name).glob("*.ipynb")):
        name = path.relative_to(source).as_posix()
        placed = _place(path, folder / name, given.get(name, ""), private / "tmp")
        if placed != folder / name:
            beside.append(placed.relative_to(folder).as_posix())
        given[name] = _digest(path)
    write_whole(private / "edition.json", _json(given), private / "tmp")
    return Workbook(folder, tuple(beside))


def start_notebook(folder: Path, language: str) -> str | None:
    """Return the notebook to open first, relative to the folder; None when there is none."""
    names = sorted(path.name for path in (folder / language).glob("*.ipynb"))
    return f"{language}/{names[0]}" if names else None


def _place(path: Path, target: Path, given: str, aside: Path) -> Path:
    """Put one notebook into the workbook and return where it went, or would have gone."""
    new = _digest(path)
    if target.exists():
        if _digest(target) in {new, given}:
            if given != new:
                write_whole(target, path.read_bytes(), aside)
            return target
        if given == new:  # this edition was offered before; the learner may have removed it
            return target
        target = target.with_name(f"{target.stem}.new-{new[:8]}.ipynb")
    write_whole(target, path.read_bytes(), aside)
    return target


def _digest(path: Path) -> str:
    """Return a digest of the cells' texts; of the bytes for what is no notebook."""
    data = path.read_bytes()
    try:
        cells = [[cell["cell_type"], "".join(cell["source"])] for cell in json.loads(data)["cells"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return hashlib.sha256(data).hexdigest()
    return hashlib.sha256(_json(cells)).hexdigest()


def _given(private: Path) -> dict[str, str]:
    """Return the digests of the notebooks as they were last given out."""
    try:
        found = json.loads((private / "edition.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=1, sort_keys=True).encode()
