"""Rules that compare a plain answer with the key in the exercise file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from cstrain.goals.amounts import on_scale
from cstrain.model import Item
from cstrain.rules.base import Asked, Ruling, code_of_reading, mean_share


def choice_equals(asked: Asked) -> Ruling:
    """Pass when the chosen option is the key, or one of the accepted ones (`accept`)."""
    good = _accepted(asked.params)
    return Ruling(1.0, "right") if asked.value in good else Ruling(0.0, "wrong")


def set_equals(asked: Asked) -> Ruling:
    """Give the best Jaccard share of the chosen set over the accepted sets."""
    chosen = set(asked.value)
    share = max(jaccard(chosen, set(key)) for key in _accepted(asked.params))
    return Ruling(share, "right" if share == 1 else "wrong", {"percent": round(share * 100)})


def jaccard(one: set[str], other: set[str]) -> float:
    """Return the share of common elements; two empty sets agree fully.

    >>> jaccard({"S", "M"}, {"S"})
    0.5
    """
    return len(one & other) / len(one | other) if one | other else 1.0


def order_equals(asked: Asked) -> Ruling:
    """Give the share of things that stand in their right place."""
    key: Sequence[str] = asked.params["expect"]
    items = tuple(
        Item(
            given, "passed" if given == right else "failed", "right" if given == right else "place"
        )
        for given, right in zip(asked.value, key, strict=True)
    )
    share = mean_share(items)
    return Ruling(share, "right" if share == 1 else "wrong", _counts(items), items)


def pairs_equal(asked: Asked) -> Ruling:
    """Give the share of right pairs (match, or sort with one group per card)."""
    key: Mapping[str, Any] = asked.params["expect"]
    given: Mapping[str, Any] = asked.value
    items = tuple(_pair(name, given.get(name), right) for name, right in key.items())
    share = mean_share(items)
    return Ruling(share, "right" if share == 1 else "wrong", _counts(items), items)


def _pair(name: str, given: Any, right: Any) -> Item:
    if given is None:
        return Item(name, "not_attempted", "open")
    accepted = right if isinstance(right, list) else [right]
    return Item(name, "passed", "right") if given in accepted else Item(name, "failed", "other")


def number_close(asked: Asked) -> Ruling:
    """Pass when the number is within `tolerance` (absolute) of `expect`; `unit` as in the box."""
    number = on_scale(asked.value, str(asked.params.get("unit", "")))
    if number is None:
        return Ruling(0.0, "no_number", {"words": asked.value}, unreadable=True)
    expect, tolerance = float(asked.params["expect"]), float(asked.params.get("tolerance", 0.001))
    good = math.isclose(number, expect, rel_tol=1e-9, abs_tol=tolerance)
    read = {"words": asked.value, "number": number}
    return Ruling(
        float(good), "right" if good else code_of_reading("wrong", asked.value, number), read
    )


def _accepted(params: Mapping[str, Any]) -> list[Any]:
    return [params["expect"], *params.get("accept", [])]


def _counts(items: tuple[Item, ...]) -> dict[str, int]:
    return {"right": sum(one.outcome == "passed" for one in items), "all": len(items)}
