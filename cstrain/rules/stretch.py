"""The rules for working out base, best, stretch ratio and zone by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from cstrain.goals.amounts import on_scale, quantity_of
from cstrain.goals.stretch import (
    COURSE,
    Definition,
    Direction,
    StretchReading,
    stretch_reading,
    zone_of,
)
from cstrain.model import Facts, Item, Outcome
from cstrain.rules.base import Asked, Ruling, code_of_reading, mean_share

TOLERANCE: Final = 0.005  # of a stretch ratio, curriculum 0.5
# Half a unit of the second decimal, so that 85.30 may be typed as 85.3 and no other way off.
VALUE_TOLERANCE: Final = 0.0051
_PERCENT: Final = "%"


def stretch_base(asked: Asked) -> Ruling:
    """Pass for the base of the history in `history` and `direction`; names the common slips."""
    slips = {
        "base_last_1": Definition(base_periods=1),
        "base_last_2": Definition(base_periods=2),
        "base_last_6": Definition(base_periods=6),
        "base_all": Definition(base_periods=len(asked.params["history"])),
    }
    return _one_value(asked, lambda reading: reading.base, slips)


def stretch_best(asked: Asked) -> Ruling:
    """Pass for the best level of the history; names the common slips."""
    slips = {
        "best_single": Definition(best="single"),
        "best_mean": Definition(best="mean"),
    }
    return _one_value(asked, lambda reading: reading.best, slips)


def _one_value(
    asked: Asked,
    pick: Callable[[StretchReading], float | None],
    slips: Mapping[str, Definition],
) -> Ruling:
    value = on_scale(asked.value, asked.params.get("unit", _PERCENT))
    if value is None:
        return Ruling(0.0, "no_number", {"words": str(asked.value)}, unreadable=True)
    facts: Facts = {"words": str(asked.value), "number": value}
    if _near(value, pick(_reading(asked)), VALUE_TOLERANCE):
        return Ruling(1.0, "right", facts)
    for code, definition in slips.items():
        if _near(value, pick(_reading(asked, definition=definition)), VALUE_TOLERANCE):
            return Ruling(0.0, code, facts)
    if _near(100 * value, pick(_reading(asked)), VALUE_TOLERANCE):
        return Ruling(0.0, "as_share", facts)
    return Ruling(0.0, code_of_reading("other", asked.value, value), facts)


def stretch_ratios(asked: Asked) -> Ruling:
    """Give the share of targets whose ratio is right; `targets` holds the value of each row."""
    return _rows([_ratio_item(asked, *row) for row in _targets(asked, "ratio")])


def stretch_zones(asked: Asked) -> Ruling:
    """Give the share of targets put into the right zone."""
    return _rows([_zone_item(asked, *row) for row in _targets(asked, "zone")])


def _targets(asked: Asked, column: str) -> Iterator[tuple[str, float, Any]]:
    for key, target in asked.params["targets"].items():
        yield key, float(target), (asked.value.get(key) or {}).get(column)


def _rows(items: list[Item]) -> Ruling:
    found = tuple(items)
    share = mean_share(found)
    right = sum(item.outcome == "passed" for item in found)
    code = "rows_right" if share == 1 else "rows_some" if right else "rows_none"
    return Ruling(share, code, {"right": right, "all": len(found)}, found)


def _ratio_item(asked: Asked, key: str, target: float, typed: Any) -> Item:
    if typed is None:
        return Item(key, "not_attempted", "open")
    found = quantity_of(typed)
    if found is None:
        return Item(key, "unreadable", "no_number", {"words": str(typed)})
    facts: Facts = {"words": str(typed), "number": found.value}
    reading = _reading(asked, target)
    if _near(found.value, reading.ratio, TOLERANCE):
        return Item(key, "passed", "ratio_right", facts)
    return Item(key, "failed", _ratio_slip(asked, target, found.value, reading), facts)


def _ratio_slip(asked: Asked, target: float, value: float, reading: StretchReading) -> str:
    if reading.ratio and _near(value, 1 / reading.ratio, TOLERANCE):
        return "ratio_inverted"
    if _near(value, _own_ratio(asked, target), TOLERANCE):
        return "ratio_of_own"
    slips = {
        "ratio_to_best": Definition(above="best_target"),
        "ratio_from_best": Definition(above="target_best"),
        "ratio_of_base": Definition(below="base"),
        "ratio_last_month": Definition(base_periods=1),
        "ratio_single": Definition(best="single"),
        "ratio_mean": Definition(best="mean"),
        "ratio_last_single": Definition(base_periods=1, best="single"),
    }
    for code, definition in slips.items():
        if _near(value, _reading(asked, target, definition).ratio, TOLERANCE):
            return code
    return "ratio_other"


def _own_ratio(asked: Asked, target: float) -> float | None:
    """Return the ratio from the learner's own base and best, the fields of those names."""
    unit = asked.params.get("unit", _PERCENT)
    base, best = (on_scale(asked.values.get(key), unit) for key in ("base", "best"))
    if base is None or best is None or base == best:
        return None
    return (target - base) / (best - base)


def _zone_item(asked: Asked, key: str, target: float, chosen: Any) -> Item:
    if chosen is None:
        return Item(key, "not_attempted", "open")
    right = _reading(asked, target).zone
    if chosen == right:
        return Item(key, "passed", "zone_right", {"zone": chosen})
    typed = quantity_of((asked.value.get(key) or {}).get("ratio"))
    outcome: Outcome = "failed"
    if typed is not None and zone_of(typed.value) == chosen:
        return Item(key, outcome, "zone_of_own_ratio", {"zone": chosen, "number": typed.value})
    return Item(key, outcome, "zone_other", {"zone": chosen})


def _reading(asked: Asked, target: float = 0.0, definition: Definition = COURSE) -> StretchReading:
    way: Direction = asked.params["direction"]
    return stretch_reading(
        asked.params["history"], target, way, asked.params.get("peers"), definition
    )


def _near(value: float, right: float | None, tolerance: float) -> bool:
    return right is not None and math.isclose(value, right, rel_tol=1e-9, abs_tol=tolerance)
