"""The rule for an order of steps: how many pairs of them stand the right way round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cstrain.model import Item
from cstrain.rules.base import Asked, Ruling


def order_pairs(asked: Asked) -> Ruling:
    """Give the share of pairs that stand the right way round: 1 less Kendall's distance.

    `expect` is the right order; where several things may come in any order among themselves,
    they stand in a list of their own. Such pairs are not counted.
    """
    ranks = ranks_of(asked.params["expect"])
    given: Sequence[str] = asked.value
    wrong = [_wrong(place, given, ranks) for place in range(len(given))]
    items = tuple(_item(one, *found) for one, found in zip(given, wrong, strict=True))
    # Each pair the wrong way round is seen from both of its ends.
    distance, pairs = sum(map(sum, wrong)) // 2, pairs_of(ranks)
    share = 1 - distance / pairs
    facts = {"right": pairs - distance, "wrong": distance, "all": pairs}
    return Ruling(share, "wrong" if distance else "right", facts, items)


def ranks_of(expect: Sequence[Any]) -> dict[str, int]:
    """Return the place of each thing; those in one list share theirs.

    >>> ranks_of(["plan", ["ask", "count"], "act"])
    {'plan': 0, 'ask': 1, 'count': 1, 'act': 2}
    """
    return {
        key: rank
        for rank, one in enumerate(expect)
        for key in (one if isinstance(one, list) else [one])
    }


def pairs_of(ranks: Mapping[str, int]) -> int:
    """Return how many pairs have a right way round.

    >>> pairs_of({"plan": 0, "ask": 1, "count": 1})
    2
    """
    places = list(ranks.values())
    return sum(one < other for one in places for other in places)


def _wrong(place: int, given: Sequence[str], ranks: Mapping[str, int]) -> tuple[int, int]:
    """Return how many things stand wrongly before this one, and how many wrongly after it."""
    mine = ranks[given[place]]
    before = sum(ranks[one] > mine for one in given[:place])
    after = sum(ranks[one] < mine for one in given[place + 1 :])
    return before, after


def _item(key: str, before: int, after: int) -> Item:
    if not before and not after:
        return Item(key, "passed", "in_place")
    code = "earlier" if before >= after else "later"
    return Item(key, "failed", code, {"count": max(before, after)})
