"""Notebooks per language from one lesson source, for learners and with every exercise solved."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import jupytext  # type: ignore[import-untyped]

from builder.cells import Cell, Notebook, code_cell, new_notebook, text_cell
from builder.places import Target
from cstrain.errors import ContentError
from cstrain.language import LANGUAGES, Language

_LESSON: Final = re.compile(r'\blesson\("(\w+)"\)')
_EXERCISE: Final = re.compile(r'^(\w+)\.exercise\("(\w+)"\)$', re.MULTILINE)
_RECORD: Final = re.compile(r"^(\w+)\.record\(\)$", re.MULTILINE)
_REGION: Final = re.compile(
    r"^(?P<indent>[ \t]*)# BEGIN SOLUTION\n(?P<body>.*?)^[ \t]*# END SOLUTION\n?",
    re.MULTILINE | re.DOTALL,
)
TRAINER: Final = "trainer"  # the tag of a text that learners do not get
_MARKER: Final = re.compile(r"# (BEGIN|END) SOLUTION")
# Whoever does not program shall not meet code before the exercise: these cells start folded.
_FOLDED: Final = frozenset({"setup", "exercise", "picture", "table", "record"})
_KERNEL: Final = {
    "display_name": "Python 3 (ipykernel)",
    "language": "python",
    "name": "python3",
}


@dataclass(frozen=True)
class Piece:
    """A cell of the source: one text in both languages, or code."""

    place: str
    tags: tuple[str, ...]
    code: str | None
    texts: dict[Language, str]

    @property
    def anchor(self) -> str:
        """Return what the cell's id is made from; the same in both languages."""
        return self.code if self.code is not None else self.texts["zh"]


def pieces(path: Path) -> tuple[Piece, ...]:
    """Return the cells of a source; raise ContentError where a language is missing."""
    cells = list(jupytext.read(path, fmt="md:myst").cells)
    made, at = [], 0
    while at < len(cells):
        tags = _tags(cells[at])
        place = f"cell {at + 1}"
        if cells[at].cell_type == "code":
            made.append(Piece(place, tags, cells[at].source, {}))
            at += 1
            continue
        pair = cells[at : at + 2]
        if [_spoken(one) for one in pair] != [["zh"], ["en"]]:
            raise ContentError(
                path.name, place, found=cells[at].source, allowed="text tagged zh, then en"
            )
        texts = {language: one.source for language, one in zip(LANGUAGES, pair, strict=True)}
        made.append(Piece(place, tuple(t for t in tags if t not in LANGUAGES), None, texts))
        at += 2
    return tuple(made)


def notebook(target: Target, *, notes: bool | None = None) -> Notebook:
    """Return the notebook, not yet executed.

    Notes for trainers are in the solved ones, or where they are asked for.
    """
    with_notes = target.solved if notes is None else notes
    made = new_notebook()
    made.metadata = {
        "kernelspec": _KERNEL,
        "language_info": {"name": "python"},
        "cstrain": {"language": target.language, "source": target.page.source.name},
    }
    seen: Counter[str] = Counter()
    for piece in pieces(target.page.source):
        if TRAINER in piece.tags and not with_notes:
            continue
        for number, cell in enumerate(_cells(piece, target)):
            mark = hashlib.sha256(f"{piece.anchor}\0{number}".encode()).hexdigest()[:12]
            seen[mark] += 1
            cell.id = mark if seen[mark] == 1 else f"{mark}-{seen[mark]}"
            made.cells.append(cell)
    return made


def _cells(piece: Piece, target: Target) -> Iterator[Cell]:
    tags = list(piece.tags)
    metadata: dict[str, Any] = {"tags": tags} if tags else {}
    if piece.code is None:
        yield text_cell(piece.texts[target.language], metadata=metadata)
        return
    if _FOLDED & set(tags):
        metadata["jupyter"] = {"source_hidden": True}
    code = _LESSON.sub(rf'lesson("\1", language="{target.language}")', piece.code)
    code = _solution(code, target, piece.place)
    yield code_cell(code, metadata=metadata)
    if target.solved:
        for extra in _answers(code):
            yield code_cell(extra, metadata={"tags": ["answer"]})


def _solution(code: str, target: Target, place: str) -> str:
    kept = r"\g<body>" if target.solved else r"\g<indent>...\n"
    done = _REGION.sub(kept, code)
    if _MARKER.search(done):
        file = target.page.source.name
        allowed = "# BEGIN SOLUTION and # END SOLUTION in pairs"
        raise ContentError(file, place, found="a marker alone", allowed=allowed)
    return done.rstrip("\n")


def _answers(code: str) -> Iterator[str]:
    for handle, name in _EXERCISE.findall(code):
        yield f'{handle}.answer("{name}", {handle}.model("{name}"))'
    for handle in _RECORD.findall(code):
        yield f"{handle}.score()"


def _tags(cell: Cell) -> tuple[str, ...]:
    return tuple(cell.metadata.get("tags", ()))


def _spoken(cell: Cell) -> list[str]:
    return [tag for tag in _tags(cell) if tag in LANGUAGES]
