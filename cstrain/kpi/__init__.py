"""KPIs from definitions: one call, `kpi`, for plain rows and for frames of any engine.

The room is named as its main function, so the room itself can be called: whoever writes
`from cstrain import kpi` gets the function's behaviour, whichever was imported first.

>>> import cstrain.kpi
>>> cstrain.kpi("RING", [{"answered": True, "rings": 2}])[0].value
1.0
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any, Final

# Name -> module; imported on first use: whoever needs a KPI's value only loads no engine.
_HOME: Final = {
    "KpiError": "cstrain.kpi.errors",
    "Value": "cstrain.kpi.value",
    "explain": "cstrain.kpi.card",
    "kpi": "cstrain.kpi.compute",
    "kpi_report": "cstrain.kpi.compute",
}
__all__ = list(_HOME)


class _Room(ModuleType):
    """A module that can be called."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Return what `kpi` returns."""
        return __getattr__("kpi")(*arguments, **named)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)


sys.modules[__name__].__class__ = _Room
