"""The frame's source: its modules as one ES module, and its style sheet.

JupyterLab's widget and a book page both take a single module, so the parts in `static/` are
joined: their imports of each other go, `export` goes, and every name must be unique over all of
them. The shapes in `static/shapes/` are listed into one table by their file names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from cstrain.errors import CstrainError

_STATIC: Final = Path(__file__).resolve().parent / "static"
_IMPORT: Final = re.compile(r'^import [^;]+ from "\.\.?/[^"]+";\n', re.MULTILINE)
_NAME: Final = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_SHAPE: Final = re.compile(r"^export const (\w+)Shape\b", re.MULTILINE)
_LAST: Final = "frame.js"


@cache
def frame_source() -> str:
    """Return the whole frame as one ES module with the default export `{ render }`."""
    shapes = sorted((_STATIC / "shapes").glob("*.js"))
    found = [*_STATIC.glob("*.js"), *_STATIC.glob("rca/*.js")]
    rest = sorted(path for path in found if path.name != _LAST)
    parts = [_part(path) for path in shapes]
    names = [name for path in shapes for name in _SHAPE.findall(_read(path))]
    table = ", ".join(f"{name}: {name}Shape" for name in names)
    parts += [f"const SHAPES = {{ {table} }};\n", *(_part(path) for path in rest)]
    source = "\n".join([*parts, _part(_STATIC / _LAST)])
    _refuse_double_names(_NAME.findall(source))
    return source


@cache
def frame_css() -> str:
    """Return the frame's style sheet; every rule in it is below `.cstrain` or its own blocks."""
    return "\n".join(_read(_STATIC / one) for one in ("frame.css", "carry.css", "rca/rca.css"))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _part(path: Path) -> str:
    text = _IMPORT.sub("", _read(path))
    return re.sub(r"^export (?!default)", "", text, flags=re.MULTILINE)


def _refuse_double_names(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise CstrainError(f"ui/static: the name {name} stands in two files")
        seen.add(name)
