"""A bilingual training and case-study workbook for customer-service management.

>>> from cstrain import check
>>> check("n03/match_stories", {"stories": {"alice": "S"}}).outcome
'partly'
"""

from __future__ import annotations

import importlib
from typing import Any, Final

__version__: Final = "0.1.0"

# Name -> module; imported on first use, so that `import cstrain` costs next to nothing.
_HOME: Final = {
    "check": "cstrain.checking",
    "charts": "cstrain.charts",
    "compare": "cstrain.stats.comparing_frames",
    "data_card": "cstrain.drawing.data_card",
    "judge": "cstrain.rules.smart",
    "kpi": "cstrain.kpi",
    "kpi_report": "cstrain.kpi",
    "lesson": "cstrain.open_lesson",
    "load_dataset": "cstrain.datasets",
    "queue_lab": "cstrain.ui.queue_lab",
    "Situation": "cstrain.text.situation",
    "CstrainError": "cstrain.errors",
}
__all__ = ["__version__", *_HOME]  # noqa: PLE0604 - the names stand in one table


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'cstrain' has no attribute {name!r}")
    module = importlib.import_module(_HOME[name])
    return getattr(module, name, module)


def __dir__() -> list[str]:
    return sorted(__all__)
