"""Makes the tables of Case A, MianMai Home, the same bytes every time.

Run it with Python from the project's root; it writes to `datasets/A`. `--keys` prints the keys
of the case's questions, `--variant SEED` makes the assessment variant, `--search N` looks for
seeds whose rows keep every promise of `case_a_truth.py`.
"""

from __future__ import annotations

from typing import Final

from case_a_after import customers, journeys, return_events, returns, reviews, tickets
from case_a_keys import keys
from case_a_plan import PLAN, Plan
from case_a_sales import agents, orders, products
from case_a_truth import check
from draws import Draws
from recipe import Recipe, Tables, run

SEED: Final = 426
VARIANT_SEED: Final = 57


def make(seed: int, plan: Plan = PLAN) -> Tables:
    """Return the eight tables of a seed; each is made from a stream of draws of its own."""

    def stream(name: str) -> Draws:
        return Draws(f"A/{seed}/{name}")

    goods = products(stream("products"))
    sold = orders(stream("orders"), plan, goods)
    ways = journeys(stream("journeys"), plan, sold)
    back = returns(stream("returns"), plan, ways)
    return {
        "orders": sold,
        "reviews": reviews(stream("reviews"), plan, sold),
        "returns": back,
        "return_events": return_events(ways),
        "tickets": tickets(stream("tickets"), plan, sold, back),
        "agents": agents(stream("agents")),
        "products": list(goods.values()),
        "customers": customers(stream("customers"), plan, sold),
    }


RECIPE: Final = Recipe("A", make, check, keys, SEED, VARIANT_SEED)

if __name__ == "__main__":
    run(RECIPE)
