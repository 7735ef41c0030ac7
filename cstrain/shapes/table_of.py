"""The table of shapes: a new one is a module here, a file in `ui/static/shapes/`, and a line."""

from __future__ import annotations

from typing import Final, cast

from cstrain.shapes import builder, code, fishbone, form, grid, why_tree
from cstrain.shapes.base import Shape
from cstrain.shapes.simple import SIMPLE

SHAPES: Final[dict[str, Shape]] = {
    **SIMPLE,
    "form": cast("Shape", form),
    "table": cast("Shape", grid),
    "builder": cast("Shape", builder),
    "code": cast("Shape", code),
    "why_tree": cast("Shape", why_tree),
    "fishbone": cast("Shape", fishbone),
}
