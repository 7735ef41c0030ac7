"""What stands in a site beside its pages: each part is one function, called in this order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from builder.lite import put_lite
from builder.one_build import Build
from builder.put_print import put_print
from builder.put_slides import put_slides

PARTS: Final[tuple[Callable[[Build], None], ...]] = (put_lite, put_print, put_slides)
