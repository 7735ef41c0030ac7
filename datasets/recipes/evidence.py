"""Makes the evidence cards of the cases and their keys: which card supports which cause.

Run it with Python from the project's root; it writes to `datasets/small`. The figures on the
cards are those of the cases' tables. `evidence_key` and `causal_graph` are for checking only.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from draws import Draws
from evidence_facts import of_case_a, of_case_b, of_case_c
from recipe import Tables, require, within
from small import SmallRecipe, run

SEED: Final = 1
FIGURES: Final[Mapping[str, Callable[[], Mapping[str, float]]]] = {
    "A": of_case_a,
    "B": of_case_b,
    "C": of_case_c,
}
KINDS: Final = {"T": ("true", 10), "I": ("irrelevant", 8), "O": ("opinion", 6)}
# The size of what stands on the cards, as the cases promise it.
RANGES: Final = {
    "before": (3.0, 4.8),
    "after": (8.0, 10.5),
    "size_returns": (70, 80),
    "others": (3.0, 4.8),
    "w2": (65, 75),
    "risen": (10, 10),
    "new_bedding": (55, 65),
    "collected_q1": (87.0, 89.5),
    "collected_q4": (77.5, 83.0),
    "arrears_exposed": (43, 50),
    "arrears_others": (5, 7),
    "wrong_uncoded": (46, 54),
    "phone_since": (26, 34),
    "fcr_april": (0.82, 0.87),
    "fcr_july": (0.71, 0.76),
    "e7_before": (36, 46),
    "e7_after": (73, 80),
    "moved_e7": (37, 47),
    "s2_aht": (15, 25),
    "s2_since": (0.70, 0.79),
    "s1_since": (0.81, 0.87),
    "volume": (1.6, 2.0),
}


@dataclass(frozen=True)
class Card:
    """A card as learners see it."""

    card_id: str
    text_zh: str
    text_en: str


@dataclass(frozen=True)
class Key:
    """What a card is: part of a true chain, true but irrelevant, or an opinion."""

    case: str
    card_id: str
    code: str
    kind: str


@dataclass(frozen=True)
class Node:
    """A cause of a true chain, what it explains, and the cards that support it."""

    case: str
    chain: str
    place: int
    node: str
    explains: str | None
    kind: str
    text_zh: str
    text_en: str
    cards: str


def texts() -> Mapping[str, Any]:
    """Return the texts of all cases."""
    file = Path(__file__).with_name("evidence_texts.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def checked(case: str) -> Mapping[str, float]:
    """Return a case's figures; stop when one is not of the promised size."""
    figures = FIGURES[case]()
    for name, value in figures.items():
        within(value, *RANGES.get(name, (0, float("inf"))), f"{name} of case {case}")
    return figures


def deck(
    case: str, about: Mapping[str, Any], figures: Mapping[str, float]
) -> tuple[list[Card], list[Key]]:
    """Return a case's cards in mixed order, and what each of them is."""
    cards, keys = [], []
    codes = Draws(f"evidence/{case}/{SEED}").shuffled(list(about["cards"]))
    for place, code in enumerate(codes, 1):
        name, text = f"{case}{place:02d}", about["cards"][code]
        cards.append(Card(name, *(text[one].format_map(figures) for one in ("zh", "en"))))
        keys.append(Key(case, name, code, KINDS[code[0]][0]))
    return cards, keys


def nodes(
    case: str, about: Mapping[str, Any], figures: Mapping[str, float], keys: Sequence[Key]
) -> Iterator[Node]:
    """Yield the nodes of a case's chains, from the problem down to the root."""
    names = {one.code: one.card_id for one in keys}
    for chain in about["chains"]:
        last = len(chain["nodes"]) - 1
        for place, one in enumerate(chain["nodes"]):
            yield Node(
                case=case,
                chain=chain["chain"],
                place=place,
                node=f"{chain['chain']}.{place}",
                explains=f"{chain['chain']}.{place - 1}" if place else None,
                kind="root" if place == last else "cause" if place else "head",
                text_zh=one["zh"].format_map(figures),
                text_en=one["en"].format_map(figures),
                cards=" ".join(names[code] for code in one["cards"].split()),
            )


def make() -> Tables:
    """Return a deck a case, and the two tables of keys."""
    tables: dict[str, list[Any]] = {}
    keys: list[Key] = []
    graph: list[Node] = []
    for case, about in texts().items():
        figures = checked(case)
        tables[f"evidence_{case}"], found = deck(case, about, figures)
        keys += found
        graph += nodes(case, about, figures, found)
    return {**tables, "evidence_key": keys, "causal_graph": graph}


def check(tables: Tables) -> None:
    """Stop unless decks and chains are complete, and every true card supports a cause."""
    keys, graph = tables["evidence_key"], tables["causal_graph"]
    for case in FIGURES:
        own = [one for one in keys if one.case == case]
        counts = Counter(one.kind for one in own)
        require(counts == dict(KINDS.values()), f"cards of case {case} are {dict(counts)}")
        used = {name for one in graph if one.case == case for name in one.cards.split()}
        true = {one.card_id for one in own if one.kind == "true"}
        require(used == true, f"cards of the chains of case {case}: {sorted(used ^ true)}")
        cards = tables[f"evidence_{case}"]
        texts_of = [text for one in cards for text in (one.text_zh, one.text_en)]
        require(len(set(texts_of)) == 48 and "{" not in "".join(texts_of), "48 finished texts")
    depth = Counter(one.chain for one in graph if one.place)
    require(depth == {"A1": 6, "B1": 7, "C1": 5, "C2": 5}, f"levels below the head: {depth}")


RECIPE: Final = SmallRecipe("the evidence cards", make, check)

if __name__ == "__main__":
    run(RECIPE)
