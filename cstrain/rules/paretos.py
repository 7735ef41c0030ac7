"""The rule for the cumulative shares of a Pareto table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import accumulate
from typing import Any, Final

from cstrain.goals.amounts import quantity_of
from cstrain.model import Facts, Item
from cstrain.rules.base import Asked, Ruling, mean_share

_CLOSE: Final = 0.001  # one decimal of a percentage, rounded
_COLUMN: Final = "share"


def cumulative_shares(asked: Asked) -> Ruling:
    """Give the share of rows whose cumulative share is right; `counts` are given largest first.

    A share may be typed as 0.5067, as 50.67% or as 50.67. The usual slips are told apart: a
    row's own share, the cumulative count.
    """
    counts: Mapping[str, float] = asked.params["counts"]
    ends = dict(zip(counts, accumulate(counts.values()), strict=True))
    total = sum(counts.values())
    items = tuple(
        _item(key, (asked.value.get(key) or {}).get(_COLUMN), count, ends[key], total)
        for key, count in counts.items()
    )
    right = sum(one.outcome == "passed" for one in items)
    facts = {"right": right, "all": len(items)}
    return Ruling(mean_share(items), "right" if right == len(items) else "wrong", facts, items)


def _item(key: str, typed: Any, count: float, end: float, total: float) -> Item:
    if typed is None:
        return Item(key, "not_attempted", "open")
    found = quantity_of(typed)
    if found is None:
        return Item(key, "unreadable", "no_number", {"words": str(typed)})
    facts: Facts = {"words": str(typed)}
    if _near(found.value, end / total, share=found.share):
        return Item(key, "passed", "row_right", facts)
    if found.value == end:
        return Item(key, "failed", "count_not_share", facts)
    own = _near(found.value, count / total, share=found.share)
    return Item(key, "failed", "own_share" if own else "row_wrong", facts)


def _near(value: float, wanted: float, *, share: bool) -> bool:
    """Say whether a number is the wanted share; a bare one above 1 is a percentage."""
    given = value if share or abs(value) <= 1 else value / 100
    return math.isclose(given, wanted, rel_tol=0, abs_tol=_CLOSE)
