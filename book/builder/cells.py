"""nbformat behind typed names: notebooks and cells are plain `Any`, files are text."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import nbformat

Notebook = Any  # nbformat's NotebookNode carries no types
Cell = Any


def new_notebook() -> Notebook:
    """Return an empty notebook."""
    return nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]


def text_cell(text: str, **more: Any) -> Cell:
    """Return a Markdown cell."""
    return nbformat.v4.new_markdown_cell(text, **more)  # type: ignore[no-untyped-call]


def code_cell(code: str, **more: Any) -> Cell:
    """Return a code cell that has not run."""
    return nbformat.v4.new_code_cell(code, **more)  # type: ignore[no-untyped-call]


def html_cell(html: str, cell_id: str) -> Cell:
    """Return a raw cell that a page takes as HTML."""
    about = {"id": cell_id, "metadata": {"format": "text/html"}}
    return nbformat.v4.new_raw_cell(html, **about)  # type: ignore[no-untyped-call]


def from_text(text: str) -> Notebook:
    """Return the notebook in the text of a file; raise ValueError where there is none."""
    return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]


def to_text(made: Notebook) -> str:
    """Return the notebook as the text of its file."""
    text = nbformat.writes(made, version=4)  # type: ignore[no-untyped-call]
    return cast("str", text).rstrip("\n") + "\n"


def read_notebook(path: Path) -> Notebook:
    """Return the notebook in a file."""
    return from_text(path.read_text(encoding="utf-8"))
