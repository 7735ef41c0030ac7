"""A company's own data: read, checked, masked, computed; `cstrain kpi FILE` and `form(path)`.

The way of a file: `reading` (a raw table) - `columns` and `mapping` (which column is which) -
`checking` (typed, accounted for) with `masking` - `report` - `outputs` (all files, or none).
"""

from __future__ import annotations

import importlib
from typing import Any, Final

# Name -> module; imported on first use: the notebook's form needs widgets, the rest does not.
_HOME: Final = {
    "IntakeError": "cstrain.intake.errors",
    "finish": "cstrain.intake.running",
    "form": "cstrain.intake.notebook_form",
    "open_file": "cstrain.intake.running",
    "read_mapping": "cstrain.intake.mapping",
}
__all__ = [*_HOME]  # noqa: PLE0604 - the names stand in one table


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'cstrain.intake' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)
