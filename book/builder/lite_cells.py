"""A notebook as it runs in the browser without pandas: what needs it stands there as stored."""

from __future__ import annotations

import ast
import base64
import copy
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Final

from builder.cells import Cell, Notebook, text_cell
from builder.places import BOOK, ROOT
from cstrain.language import Language
from cstrain.library.words import words

_PICTURES: Final = {"image/svg+xml": "svg", "image/png": "png"}
# Cells whose code is no reading: only their result is shown.
_FOLDED: Final = frozenset({"setup", "picture", "table"})
KERNEL: Final = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}


def for_browser(made: Notebook, language: Language, *, full: bool) -> Notebook:
    """Return the notebook for the browser's kernel; `full` when pandas and Matplotlib are there."""
    done = copy.deepcopy(made)
    done.metadata["kernelspec"] = KERNEL
    kind = "intro_full" if full else "intro"
    intro = text_cell(words("lite_words", language)[kind], metadata={})
    intro.id = "in-the-browser"
    done.cells = [intro, *(done.cells if full else _plain(done.cells, language))]
    return done


def _plain(cells: Sequence[Cell], language: Language) -> Iterator[Cell]:
    code = [one for one in cells if one.cell_type == "code"]
    answers = iter(_needed(code, _tried([one.source for one in code])))
    for cell in cells:
        ran = next(answers) if cell.cell_type == "code" else []
        if all(ran):
            yield cell
        else:
            yield from _without(cell, ran, language)


def _needed(code: Sequence[Cell], ran: Sequence[Sequence[bool]]) -> list[list[bool]]:
    """Drop what runs in a cell whose result does not, unless something else stands on it."""
    halves = [
        bool(one.outputs) and any(good) and not good[-1]
        for one, good in zip(code, ran, strict=True)
    ]
    without = ["" if half else one.source for one, half in zip(code, halves, strict=True)]
    again = _tried(without)
    if any(not half and good != new for half, good, new in zip(halves, ran, again, strict=True)):
        return [list(one) for one in ran]
    return [
        [False] * len(good) if half else list(good) for half, good in zip(halves, ran, strict=True)
    ]


def _tried(code: Sequence[str]) -> list[list[bool]]:
    paths = (str(ROOT), str(BOOK), os.environ.get("PYTHONPATH", ""))
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "builder.plain_python"],
        input=json.dumps(code),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=env,
        check=True,
    )
    answers: list[list[bool]] = json.loads(done.stdout)
    return answers


def _without(cell: Cell, ran: Sequence[bool], language: Language) -> Iterator[Cell]:
    """Give what runs of the cell, then what it showed when it ran as a whole."""
    source = cell.source
    lines = source.splitlines()
    kept = [
        "\n".join(lines[_first(statement) - 1 : statement.end_lineno])
        for statement, good in zip(ast.parse(source).body, ran, strict=True)
        if good
    ]
    if kept:
        running = copy.deepcopy(cell)
        running.source, running.outputs = "\n".join(kept), []
        yield running
    if not cell.outputs:
        return
    shown = text_cell("", metadata={})
    shown.id = f"{cell.id}-as-stored"
    shown.source, shown.attachments = _as_text(cell, language)
    yield shown


def _first(statement: ast.stmt) -> int:
    decorators = getattr(statement, "decorator_list", [])
    return min(int(one.lineno) for one in [statement, *decorators])


def _as_text(cell: Cell, language: Language) -> tuple[str, dict[str, Any]]:
    """Return the cell as Markdown, and the pictures that it refers to."""
    parts, attached = [], {}
    if not _FOLDED & set(cell.metadata.get("tags", ())):
        note = words("lite_words", language)["as_stored"]
        parts.append(f"```python\n{cell.source}\n```\n\n*{note}*")
    for number, output in enumerate(cell.outputs):
        data = output.get("data", {})
        kind = next((one for one in _PICTURES if one in data), None)
        told = "".join(data.get("text/plain", ""))
        if kind:
            name = f"{cell.id}-{number}.{_PICTURES[kind]}"
            attached[name] = {kind: _encoded(kind, "".join(data[kind]))}
            alt = told.replace("\n", " ").replace("[", "(").replace("]", ")")
            parts.append(f"![{alt}](attachment:{name})")
        elif "text/html" in data:
            parts.append(_one_block("".join(data["text/html"])))
        elif told:
            parts.append(f"```text\n{told}\n```")
    return "\n\n".join(parts), attached


def _encoded(kind: str, data: str) -> str:
    """Return the picture as base64; a PNG is stored that way already."""
    return base64.b64encode(data.encode()).decode() if kind == "image/svg+xml" else data


def _one_block(html: str) -> str:
    """Return the HTML without empty lines, which would end the block in Markdown."""
    return "\n".join(line.strip() for line in html.splitlines() if line.strip())
