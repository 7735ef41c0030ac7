"""Amounts as people type them, brought to the unit in which a metric is stored."""

from __future__ import annotations

from typing import Any, Final

from cstrain.goals.metrics import KpiName, Unit, unit_named
from cstrain.text.numbers import Quantity, parse_number

# "60 %" of a score means 60 points of 100, "5 per mille" of a rate per 1,000 means 5.
_FULL: Final = {"score": 100.0, "per_1000": 1000.0}
_LARGEST: Final = 1e12  # no amount of a service team is larger; keeps sums and ratios finite


def quantity_of(typed: Any) -> Quantity | None:
    """Return what a cell says as a quantity, None for what is no sensible number."""
    if isinstance(typed, bool) or not isinstance(typed, (str, int, float)):
        return None
    found = parse_number(str(typed))
    return found if found is not None and abs(found.value) <= _LARGEST else None


def on_scale(typed: Any, unit: str = "") -> float | None:
    """Return a typed number on a scale: with unit "%" both "85.3" and "85.3 %" are 85.3.

    Without a unit a percentage is a share: "75 %" is 0.75.
    """
    found = quantity_of(typed)
    if found is None:
        return None
    return found.value * 100 if found.share and unit == "%" else found.value


def amount_of(typed: Any, metric: KpiName | None, unit: Unit | None) -> float | None:
    """Return a typed amount in the metric's own unit, None when it is no number.

    A share may be typed as 0.853, as 85.3 % or, where the unit box says percent, as 85.3; a bare
    number above 1 cannot be a share and is read as a percentage.
    """
    found = quantity_of(typed)
    if found is None or metric is None:
        return None if found is None else found.value
    if metric.unit.kind == "share":
        return _share(found, unit)
    if found.share:
        return found.value * _FULL.get(metric.unit.kind, 1.0)
    own = unit_named(found.unit) or unit
    same = own is not None and own.kind == metric.unit.kind
    return found.value * own.size / metric.unit.size if own and same else found.value


def _share(found: Quantity, unit: Unit | None) -> float:
    if found.share:
        return found.value
    percent = unit is not None and unit.key == "percent"
    return found.value / 100 if percent or abs(found.value) > 1 else found.value
