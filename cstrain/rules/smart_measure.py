"""A target as a record, and the level it asks for in the unit of its metric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cstrain.rules.smart_topic import in_unit
from cstrain.text.situation import Metric

Mode = Literal["level", "change", "factor", "zero", "service", "result"]


@dataclass(frozen=True)
class Target:
    """What is to be reached, where it stands in the text, and what it is measured by."""

    start: int
    end: int
    mode: Mode
    value: float | None = None
    unit: str = ""
    metric: Metric | None = None
    base: float | None = None
    down: bool | None = None
    bound: str = ""
    second: bool = False

    @property
    def place(self) -> int:
        """Return where the target stands."""
        return self.start


def target_value(target: Target) -> float | None:
    """Return the level that the target asks for, in the metric's unit; None when it is unknown."""
    metric = target.metric
    if metric is None or target.value is None:
        return None
    if target.mode == "zero":
        return 0.0
    if target.mode == "level":
        return in_unit(target.value, target.unit, metric)
    if target.mode in ("change", "factor"):
        return _changed(target, metric)
    return None


def _changed(target: Target, metric: Metric) -> float | None:
    base = metric.now if metric.now is not None else target.base
    value = target.value
    if base is None or value is None:
        return None
    down = target.down if target.down is not None else metric.better == "down"
    if target.mode == "factor":
        if target.unit == "x" and not (down and value > 1):
            return base * value
        return base / value if value else None
    if target.unit == "%":
        return base * (1 - value / 100 if down else 1 + value / 100)
    step = value if target.unit == "pp" else in_unit(value, target.unit, metric)
    if step is None:
        return None
    return base - step if down else base + step
