"""The rules for a list of solutions in rows: how many different ones, and of how many types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cstrain.causes.likeness import alike, plain
from cstrain.model import Facts, Item
from cstrain.rules.base import Asked, Ruling
from cstrain.rules.rca_points import shown

_COMPARED = 200  # characters of a text
_LEAST = 3  # letters or characters that say something


def solutions_distinct(asked: Asked) -> Ruling:
    """Give a share that grows evenly from `from` different solutions to `to`.

    Blank ones and those written like one above count nothing. `column` is the text's key.
    """
    kept, items = told_apart(asked.value, asked.params["column"])
    least, most = int(asked.params["from"]), int(asked.params["to"])
    share = min(1.0, max(0.0, (len(kept) - least) / (most - least)))
    facts: Facts = {"count": len(kept), "from": least, "to": most, "missing": most - len(kept)}
    code = "enough" if share == 1 else "some" if share else "few"
    return Ruling(share, code, facts, items)


def solutions_spread(asked: Asked) -> Ruling:
    """Pass when the different solutions are of at least `least` types; `kind` is the type's key."""
    kept, _ = told_apart(asked.value, asked.params["column"])
    kinds = {str(one[asked.params["kind"]]) for one in kept if one.get(asked.params["kind"])}
    least = int(asked.params["least"])
    open_ones = sum(not one.get(asked.params["kind"]) for one in kept)
    facts = {"count": len(kinds), "least": least, "open": open_ones}
    if len(kinds) >= least:
        return Ruling(1.0, "spread", facts)
    return Ruling(0.0, "narrow" if kinds else "no_types", facts)


def told_apart(
    rows: Sequence[Mapping[str, Any]] | None, column: str
) -> tuple[list[Mapping[str, Any]], tuple[Item, ...]]:
    """Return the rows with a text of their own, and an item for each that repeats one.

    >>> kept, items = told_apart([{"text": "Call back"}, {"text": "call back"}], "text")
    >>> len(kept), items[0].code
    (1, 'again')
    """
    kept: list[Mapping[str, Any]] = []
    items = []
    for place, row in enumerate(rows or (), start=1):
        text = str(row.get(column) or "")[:_COMPARED]
        if len(plain(text)) < _LEAST:
            continue
        same = next((one for one in kept if alike(str(one[column])[:_COMPARED], text)), None)
        if same is None:
            kept.append(row)
        else:
            facts: Facts = {"label": shown(text), "words": shown(str(same[column]))}
            items.append(Item(str(place), "failed", "again", facts))
    return kept, tuple(items)
