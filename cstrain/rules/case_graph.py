"""The true chains of the cases: their places, and the evidence cards that speak of each place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from cstrain.datasets import rows

CASES: Final = ("A", "B", "C")


@dataclass(frozen=True)
class Place:
    """A place of a true chain, counted from the problem (0); `root` where the chain ends."""

    chain: str
    number: int
    root: bool


@dataclass(frozen=True)
class CaseGraph:
    """The places of a case, which cards are evidence for which of them, and what each card is.

    `kinds` has "true" (a fact of a chain), "irrelevant" (true, but evidence for nothing here) and
    "opinion".
    """

    places: tuple[Place, ...]
    by_card: Mapping[str, tuple[Place, ...]]
    kinds: Mapping[str, str]

    def supported(self, cards: tuple[str, ...]) -> tuple[Place, ...]:
        """Return the places below the problem that at least one of the cards speaks of."""
        found = {place: None for card in cards for place in self.by_card.get(card, ())}
        return tuple(found)


@cache
def case_graph(case: str) -> CaseGraph:
    """Return the graph of a case.

    >>> [place.number for place in case_graph("A").supported(("A24",))]
    [5, 6]
    """
    places, by_card = [], defaultdict(list)
    for one in rows("causal_graph"):
        if one["case"] == case and one["place"] != "0":
            place = Place(one["chain"], int(one["place"]), one["kind"] == "root")
            places.append(place)
            for card in one["cards"].split():
                by_card[card].append(place)
    kinds = {one["card_id"]: one["kind"] for one in rows("evidence_key") if one["case"] == case}
    return CaseGraph(tuple(places), {key: tuple(one) for key, one in by_card.items()}, kinds)
