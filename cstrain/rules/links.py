"""The rule for links that were chosen to close a gap: right ones add, wrong ones take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cstrain.model import Item
from cstrain.rules.base import Asked, Ruling


def links_chosen(asked: Asked) -> Ruling:
    """Give `each` for a right card up to `most`, less `minus` for a wrong one, never below 0.

    `good` are the right cards. Above `most` another right card neither helps nor hurts.
    """
    params: Mapping[str, Any] = asked.params
    chosen: Sequence[str] = asked.value
    right = [one for one in chosen if one in params["good"]]
    wrong = len(chosen) - len(right)
    most = float(params["most"])
    points = min(most, float(params["each"]) * len(right)) - float(params["minus"]) * wrong
    items = tuple(
        Item(one, "passed", "link") if one in right else Item(one, "failed", "no_link")
        for one in chosen
    )
    code = "wrong" if wrong else "right" if points >= most else "more"
    return Ruling(max(0.0, points) / most, code, {"right": len(right), "wrong": wrong}, items)
