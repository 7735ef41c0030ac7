"""Which statements of a notebook run where pandas and Matplotlib cannot be imported.

python -m builder.plain_python < CELLS > ANSWERS

CELLS is a JSON list of the code cells' sources; ANSWERS is a list of the same length with, for
every cell, one truth value per top-level statement. It is tried, not guessed: what stands on a
value that could not be made fails as well, as it would for the learner.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Final

# Compiled packages: in a browser they need Pyodide's full distribution.
COMPILED: Final = ("pandas", "numpy", "matplotlib")


class _Missing(MetaPathFinder):
    """Lets the compiled packages be missing, as they are in a page without them."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in COMPILED:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def runs(cells: Sequence[str]) -> list[list[bool]]:
    """Return per cell and statement whether it ran to its end, the cells taken in order."""
    names: dict[str, Any] = {"__name__": "__main__"}
    return [[_ran(statement, names) for statement in ast.parse(one).body] for one in cells]


def _ran(statement: ast.stmt, names: dict[str, Any]) -> bool:
    try:
        if isinstance(statement, ast.Expr):
            value = compile(ast.Expression(statement.value), "cell", "eval")
            _show(eval(value, names))  # noqa: S307 - our own notebooks
        else:
            exec(compile(ast.Module([statement], []), "cell", "exec"), names)  # noqa: S102 - ours
    except Exception:  # noqa: BLE001 - any failure means: not here
        return False
    return True


def _show(value: object) -> None:
    """Draw what a cell would show: some objects meet what is missing only then."""
    for name in ("_repr_html_", "_repr_svg_", "_repr_png_"):
        draw = getattr(value, name, None)
        if callable(draw):
            draw()


if __name__ == "__main__":
    sys.meta_path.insert(0, _Missing())
    with contextlib.redirect_stdout(io.StringIO()):
        answers = runs(json.load(sys.stdin))
    json.dump(answers, sys.stdout)
