"""Makes the micro-tables of lesson N04, mu1 to mu8: small enough to be counted by hand.

Run it with Python from the project's root; it writes to `datasets/small`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isclose, sqrt
from typing import Any, Final

from recipe import Tables, require
from small import SmallRecipe, run

FCR_END: Final = datetime(2025, 10, 14)  # noqa: DTZ001 - tables hold local times


@dataclass(frozen=True)
class Interval:
    """A half hour of a contact centre."""

    interval_start: datetime
    offered: int
    answered_20s: int
    answered: int
    short_abandoned: int
    abandoned: int
    aht_s: int
    staffed: int


@dataclass(frozen=True)
class Ticket:
    """A contact of a customer about an issue."""

    ticket_id: str
    customer_id: str
    issue: str
    at: datetime


@dataclass(frozen=True)
class Satisfaction:
    """An answer on a scale of 1 to 5."""

    answer_id: str
    csat: int


@dataclass(frozen=True)
class Recommendation:
    """An answer on a scale of 0 to 10."""

    answer_id: str
    nps: int


@dataclass(frozen=True)
class Building:
    """What a building was billed and paid."""

    building: str
    billed_cny: int
    paid_cny: int


@dataclass(frozen=True)
class Call:
    """A call: how often it rang, whether it was answered."""

    call_id: str
    rings: int
    answered: bool


@dataclass(frozen=True)
class Group:
    """How many of a group's answers were satisfied ones."""

    team: str
    satisfied: int
    answers: int


@dataclass(frozen=True)
class Cell:
    """How many contacts of a site and channel were solved."""

    site: str
    channel: str
    solved: int
    contacts: int


INTERVALS: Final = (
    ("09:00", 40, 30, 36, 1, 4, 240, 6),
    ("09:30", 50, 33, 44, 2, 6, 260, 7),
    ("10:00", 60, 36, 50, 2, 10, 300, 9),
    ("10:30", 30, 27, 30, 0, 0, 200, 6),
)
TICKETS: Final = (
    ("T01", "K1", "size", "10-01T09:00"),
    ("T02", "K2", "refund", "10-01T10:00"),
    ("T03", "K1", "size", "10-04T11:00"),
    ("T04", "K3", "damage", "10-02T15:00"),
    ("T05", "K1", "refund", "10-05T09:00"),
    ("T06", "K2", "refund", "10-08T09:59"),
    ("T07", "K4", "size", "10-03T12:00"),
    ("T08", "K4", "size", "10-11T12:00"),
    ("T09", "K5", "damage", "10-13T08:00"),
    ("T10", "K6", "size", "10-05T18:00"),
)
CSAT: Final = (5, 5, 4, 3, 5, 2, 4, 5, 1, 4)
NPS: Final = (10, 9, 9, 8, 7, 6, 10, 3, 8, 9, 5, 10)
BUILDINGS: Final = (
    Building("B1", 120_000, 114_000),
    Building("B2", 80_000, 74_400),
    Building("B5", 300_000, 240_000),
)
RINGS: Final = (1, 2, 2, 3, 5, 2, 4, 1, 3, 3, 6, 2)
UNANSWERED: Final = 11
GROUPS: Final = (Group("T1", 42, 60), Group("T2", 7, 10))
CELLS: Final = (
    Cell("S1", "phone", 680, 800),
    Cell("S1", "chat", 120, 200),
    Cell("S2", "phone", 180, 200),
    Cell("S2", "chat", 520, 800),
)


def make() -> Tables:
    """Return the eight tables."""
    return {
        "mu1": [
            Interval(datetime.fromisoformat(f"2025-06-02T{start}"), *counts)
            for start, *counts in INTERVALS
        ],
        "mu2": [
            Ticket(ticket, customer, issue, datetime.fromisoformat(f"2025-{at}"))
            for ticket, customer, issue, at in TICKETS
        ],
        "mu3": [Satisfaction(f"Q{place:02d}", score) for place, score in enumerate(CSAT, 1)],
        "mu4": [Recommendation(f"Q{place:02d}", score) for place, score in enumerate(NPS, 1)],
        "mu5": BUILDINGS,
        "mu6": [
            Call(f"L{place:02d}", rings, place != UNANSWERED)
            for place, rings in enumerate(RINGS, 1)
        ],
        "mu7": GROUPS,
        "mu8": CELLS,
    }


def near(value: float, promised: float, what: str) -> None:
    """Stop unless the value is the promised one to the last decimal that is shown."""
    require(isclose(value, promised, abs_tol=5e-5), f"{what} is {value}, promised {promised}")


def check(tables: Tables) -> None:
    """Stop unless the tables give the numbers of the lesson."""
    check_intervals(tables["mu1"])
    check_repeats(tables["mu2"])
    scores = [one.csat for one in tables["mu3"]]
    near(sum(score >= 4 for score in scores) / len(scores), 0.70, "CSAT")
    near(sum(scores) / len(scores), 3.8, "mean score")
    answers = [one.nps for one in tables["mu4"]]
    net = sum(one >= 9 for one in answers) - sum(one <= 6 for one in answers)
    near(100 * net / len(answers), 25, "NPS")
    houses = tables["mu5"]
    near(total(houses, "paid_cny") / total(houses, "billed_cny"), 0.8568, "collection rate")
    near(sum(one.paid_cny / one.billed_cny for one in houses) / 3, 0.8933, "mean of the rates")
    calls = tables["mu6"]
    soon = sum(one.answered and one.rings <= 3 for one in calls)
    near(soon / len(calls), 0.75, "three-ring rate")
    near(soon / sum(one.answered for one in calls), 0.8182, "three-ring rate of answered calls")
    for group, promised in zip(tables["mu7"], ((0.575, 0.801), (0.397, 0.892)), strict=True):
        low, high = wilson(group.satisfied, group.answers)
        require((round(low, 3), round(high, 3)) == promised, f"interval of {group.team}")
    check_paradox(tables["mu8"])


def total(rows: Sequence[Any], column: str) -> int:
    """Return the sum of a column."""
    return sum(getattr(one, column) for one in rows)


def check_intervals(rows: Sequence[Interval]) -> None:
    """Stop unless the half hours give the five numbers of question 1."""
    offered, answered = total(rows, "offered"), total(rows, "answered")
    kept = offered - total(rows, "short_abandoned")
    handled = sum(one.answered * one.aht_s for one in rows)
    each = [one.answered_20s / (one.offered - one.short_abandoned) for one in rows]
    near(total(rows, "answered_20s") / kept, 0.72, "service level")
    near(sum(each) / len(each), 0.7444, "mean of the service levels")
    lost = total(rows, "abandoned")
    near((lost - total(rows, "short_abandoned")) / kept, 0.0857, "abandon rate")
    near(lost / offered, 0.1111, "raw abandon rate")
    near(answered / offered, 0.8889, "answer rate")
    near(handled / answered, 256.75, "handling time")
    near(handled / (1800 * total(rows, "staffed")), 0.8151, "occupancy")
    require(all(one.offered == one.answered + one.abandoned for one in rows), "calls add up")


def check_repeats(rows: Sequence[Ticket]) -> None:
    """Stop unless contacts and chains give the rates of question 2."""
    week = timedelta(days=7)

    def again(one: Ticket, *, later: bool) -> bool:
        gaps = [
            other.at - one.at if later else one.at - other.at
            for other in rows
            if (other.customer_id, other.issue) == (one.customer_id, one.issue)
        ]
        return any(timedelta(0) < gap <= week for gap in gaps)

    eligible = [one for one in rows if one.at <= FCR_END - week]
    first = [one for one in eligible if not again(one, later=False)]
    counts = [
        (len(group), sum(again(one, later=True) for one in group)) for group in (eligible, first)
    ]
    require(counts == [(7, 2), (6, 2)], f"contacts and repeats are {counts}")


def wilson(events: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share."""
    share, extra = events / n, z * z / n
    half = z * sqrt(share * (1 - share) / n + extra / (4 * n))
    return (share + extra / 2 - half) / (1 + extra), (share + extra / 2 + half) / (1 + extra)


def check_paradox(rows: Sequence[Cell]) -> None:
    """Stop unless S2 is better in both channels and worse as a whole."""
    rates = {(one.site, one.channel): one.solved / one.contacts for one in rows}
    require(all(rates["S2", one] > rates["S1", one] for one in ("phone", "chat")), "S2 better")
    whole = {
        site: total([one for one in rows if one.site == site], "solved") / 1_000
        for site in ("S1", "S2")
    }
    require(whole == {"S1": 0.80, "S2": 0.70}, f"whole sites are {whole}")


RECIPE: Final = SmallRecipe("the micro-tables", make, check)

if __name__ == "__main__":
    run(RECIPE)
