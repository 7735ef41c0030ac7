"""Makes the tables of Case B, Chengwan Property, the same bytes every time.

Run it with Python from the project's root; it writes to `datasets/B`. `--keys` prints the keys
of the case's questions, `--variant SEED` makes the assessment variant, `--search N` looks for
seeds whose rows keep every promise of `case_b_truth.py`.
"""

from __future__ import annotations

from typing import Final

from case_b_desk import calls, staff
from case_b_estate import Estate, bills, repairs, units
from case_b_keys import keys
from case_b_plan import PLAN, Plan
from case_b_survey import survey
from case_b_truth import check
from draws import Draws
from recipe import Recipe, Tables, run

SEED: Final = 7346
VARIANT_SEED: Final = 5466


def make(seed: int, plan: Plan = PLAN) -> Tables:
    """Return the six tables of a seed; each is made from a stream of draws of its own."""

    def stream(name: str) -> Draws:
        return Draws(f"B/{seed}/{name}")

    team = staff(stream("staff"))
    estate = Estate(plan, units(stream("units"), plan), team)
    done = repairs(stream("repairs"), estate)
    return {
        "units": estate.units,
        "bills": bills(stream("bills"), estate, done),
        "repairs": done,
        "calls": calls(stream("calls"), plan, team),
        "survey": survey(stream("survey"), plan),
        "staff": team,
    }


RECIPE: Final = Recipe("B", make, check, keys, SEED, VARIANT_SEED, {"area_m2": 1})

if __name__ == "__main__":
    run(RECIPE)
