"""The rule for cards that each get a set of marks, as the 20 goals get the letters they lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cstrain.language import Language
from cstrain.library.exercises import bank
from cstrain.model import Item
from cstrain.rules.base import Asked, Ruling, mean_share
from cstrain.rules.plain import jaccard


def sets_match(asked: Asked) -> Ruling:
    """Give the mean over the cards of the best Jaccard share over key and accepted sets.

    `bank` names the bank of cards: each has `missing` (the key), `accept` (other good sets) and
    `feedback` in both languages. The field's `none` group says "nothing"; an untouched card is 0.
    """
    params = asked.exercise.field(asked.fields[0]).params
    cards = {one["key"]: one for one in bank(asked.params["bank"])}
    none = params.get("none")
    shares: dict[str, float] = {}
    items = []
    for one in params["cards"]:
        key = one["key"]
        item, shares[key] = _card(cards[key], asked.value.get(key), none, asked.language)
        items.append(item)
    found = tuple(items)
    share = mean_share(found, shares)
    right = sum(item.outcome == "passed" for item in found)
    facts = {"right": right, "all": len(found), "percent": round(share * 100)}
    return Ruling(share, "right" if share == 1 else "wrong", facts, found)


def _card(
    card: Mapping[str, Any], given: Sequence[str] | None, none: str | None, language: Language
) -> tuple[Item, float]:
    key = str(card["key"])
    if given is None:
        return Item(key, "not_attempted", "open"), 0.0
    marked = set(given) - {none}
    if marked and none in given:
        return Item(key, "failed", "contradiction", {"marked": _listed(marked)}), 0.0
    goods = [set(good) for good in (card["missing"], *card.get("accept", ()))]
    shares = [jaccard(marked, good) for good in goods]
    share = max(shares)
    if share == 1:
        return Item(key, "passed", "card_right", {"feedback": card["feedback"][language]}), 1.0
    nearest = goods[shares.index(share)]
    return Item(key, "partly" if share else "failed", *_said(marked, nearest)), share


def _said(marked: set[str], good: set[str]) -> tuple[str, dict[str, str | int]]:
    facts: dict[str, str | int] = {
        "marked": _listed(marked),
        "missed": len(good - marked),
        "extra": len(marked - good),
    }
    if not marked:
        return "not_faultless", facts
    if not good:
        return "faultless", facts
    if not good - marked:
        return "too_much", facts
    return "too_little" if not marked - good else "mixed", facts


def _listed(letters: set[str]) -> str:
    return " ".join(sorted(letters, key="SMART".find))
