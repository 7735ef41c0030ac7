"""KPIs from definitions: one call, `kpi`, for plain rows and for frames of any engine.

The room is named as its main function, so the room itself can be called: whoever writes
`from cstrain import kpi` gets the function's behaviour, whichever was imported first.

>>> import cstrain.kpi
>>> cstrain.kpi("RING", [{"answered": True, "rings": 2}])[0].value
1.0
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from cstrain.kpi.card import explain
from cstrain.kpi.compute import kpi, kpi_report
from cstrain.kpi.errors import KpiError
from cstrain.kpi.value import Value

__all__ = ["KpiError", "Value", "explain", "kpi", "kpi_report"]


class _Room(ModuleType):
    """A module that can be called."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Return what `kpi` returns."""
        return kpi(*arguments, **named)


sys.modules[__name__].__class__ = _Room
