"""Makes the tables of Case C, Tuohe Appliances, the same bytes every time.

Run it with Python from the project's root; it writes to `datasets/C`. `--keys` prints the keys
of the case's questions, `--variant SEED` makes the assessment variant, `--search N` looks for
seeds whose rows keep every promise of `case_c_truth.py`.
"""

from __future__ import annotations

from typing import Final

from case_c_contacts import contacts, occupancies
from case_c_field import articles, changes, field_jobs
from case_c_floor import agent_months, agents, intervals
from case_c_keys import keys, seen_in
from case_c_plan import PLAN, Plan
from case_c_survey import survey
from case_c_truth import check
from draws import Draws
from recipe import Recipe, Tables, run

SEED: Final = 8
VARIANT_SEED: Final = 20
DECIMALS: Final = {
    "occupancy": 3,
    "aht_s": 1,
    "QA": 1,
    "FCR": 3,
    "AHT": 1,
    "CSAT": 2,
    "attendance": 3,
    "qa_attitude": 1,
    "qa_knowledge": 1,
    "qa_process": 1,
}


def make(seed: int, plan: Plan = PLAN) -> Tables:
    """Return the eight tables of a seed; each is made from a stream of draws of its own."""

    def stream(name: str) -> Draws:
        return Draws(f"C/{seed}/{name}")

    staff = agents(stream("agents"))
    log = contacts(stream("contacts"), plan, staff, occupancies(stream("occupancy"), plan))
    return {
        "contacts": log,
        "intervals": intervals(stream("intervals"), plan),
        "field_jobs": field_jobs(stream("field_jobs"), plan, seen_in(log, staff)),
        "agents": staff,
        "agent_months": agent_months(stream("agent_months"), plan, staff),
        "kb": articles(stream("kb")),
        "survey": survey(stream("survey")),
        "policy": changes(),
    }


RECIPE: Final = Recipe("C", make, check, keys, SEED, VARIANT_SEED, DECIMALS)

if __name__ == "__main__":
    run(RECIPE)
