"""Which rows of the cases' tables an effect test looks at, and what it holds still.

Everything is worked out from the shipped files: a review beside its order, a bill beside the
repairs of its flat, a contact beside those about the same matter.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final

from cstrain.datasets import typed_rows

Row = Mapping[str, Any]
Place = Callable[[Row], tuple[str, ...]]
AGENTS_DAY, PAGE_DAY, BATCH_DAY = date(2025, 9, 8), date(2025, 9, 15), date(2025, 9, 1)
NOTE: Final = datetime(2025, 4, 1)  # noqa: DTZ001 - tables hold local times
POLICY: Final = datetime(2025, 7, 1)  # noqa: DTZ001 - tables hold local times
ARTICLE: Final = datetime(2025, 8, 11)  # noqa: DTZ001 - tables hold local times
TAKING_CALLS: Final = datetime(2025, 6, 15)  # noqa: DTZ001 - tables hold local times
LOG_END: Final = datetime(2025, 10, 1)  # noqa: DTZ001 - tables hold local times
HIRED: Final = date(2025, 6, 1)
WEEK: Final = timedelta(days=7)
BAD_H: Final = 72
HIGH_OCCUPANCY: Final = 0.80


@dataclass(frozen=True)
class Sample:
    """Some rows, and what is the outcome in them."""

    rows: Sequence[Row]
    outcome: Callable[[Row], bool]


@dataclass(frozen=True)
class Test:
    """A factor: who is exposed, its samples by name, its ways of making strata by name."""

    exposed: Callable[[Row], bool]
    samples: Mapping[str, Sample]
    strata: Mapping[str, Place]


def whole(_: Row) -> tuple[str, ...]:
    """Return the one stratum that all rows are in."""
    return ("all",)


def negative(row: Row) -> bool:
    """Say whether a review has 3 stars or fewer."""
    return bool(row["stars"] <= 3)


def rush(day: date) -> bool:
    """Say whether a day belongs to one of the two sales rushes."""
    first, second = (
        (date(2025, 11, 1), date(2025, 11, 11)),
        (date(2025, 12, 10), date(2025, 12, 12)),
    )
    return first[0] <= day <= first[1] or second[0] <= day <= second[1]


def returned() -> list[Row]:
    """Return the returns of Case A, each beside its order."""
    orders = {one["order_id"]: one for one in typed_rows("A.orders")}
    return [orders[one["order_id"]] | one for one in typed_rows("A.returns")]


def of_case_a() -> dict[str, Test]:
    """Return the factors of Case A."""
    orders = {one["order_id"]: one for one in typed_rows("A.orders")}
    reviews = [orders[one["order_id"]] | one for one in typed_rows("A.reviews")]
    new = {one["agent_id"] for one in typed_rows("A.agents") if one["hire_date"] >= AGENTS_DAY}
    since = [one for one in reviews if one["order_day"] >= PAGE_DAY]
    of_reviews = {
        "since_page": Sample(since, negative),
        "written_since": Sample(
            [one for one in reviews if one["created_at"].date() >= PAGE_DAY], negative
        ),
        "before_page": Sample([one for one in reviews if one["order_day"] < PAGE_DAY], negative),
        "all_reviews": Sample(reviews, negative),
        "bad_only": Sample([one for one in since if negative(one)], negative),
    }
    back = returned()
    of_returns = {
        "since_batch": [one for one in back if one["received_at"].date() >= BATCH_DAY],
        "before_batch": [one for one in back if one["received_at"].date() < BATCH_DAY],
        "all_returns": back,
    }
    exposed: Mapping[str, Callable[[Row], bool]] = {
        "A1": lambda one: one["page_version"] == "v2",
        "D1": lambda one: one["agent_id"] in new,
        "D2": lambda one: one["carrier"] == "K2",
        "D3": lambda one: rush(one["order_day"]),
        "D4": lambda one: one["warehouse"] == "W2",
    }
    chased = {
        name: Sample(rows, lambda one: one["chase_ticket"]) for name, rows in of_returns.items()
    }
    batch = Test(lambda one: one["warehouse"] == "W2", chased, A_STRATA)
    tests = {name: Test(about, of_reviews, A_STRATA) for name, about in exposed.items()}
    return {**tests, "A2": batch}


A_STRATA: Final[Mapping[str, Place]] = {
    "none": whole,
    "page": lambda one: (one["page_version"],),
    "late": lambda one: ("late" if one["late"] else "in_time",),
    "page_late": lambda one: (one["page_version"], "late" if one["late"] else "in_time"),
    "category": lambda one: (one["category"],),
    "reason": lambda one: (one["reason"],),
}


def bad_repairs(repairs: Sequence[Row], units: Sequence[Row]) -> set[tuple[str, int]]:
    """Return flat and quarter wherever a bad repair fell into it or into the one before."""
    bad = {
        (one["unit_id"], (one["reported_at"].month + 2) // 3)
        for one in repairs
        if one["reopened"] or one["completed_at"] - one["reported_at"] > timedelta(hours=BAD_H)
    }
    bad |= {(one["unit_id"], 0) for one in units if one["bad_2024q4"]}
    return {(unit, quarter) for unit, last in bad for quarter in (last, last + 1)}


def of_case_b() -> dict[str, Test]:
    """Return the factors of Case B."""
    units, repairs = typed_rows("B.units"), typed_rows("B.repairs")
    flats, bad = {one["unit_id"]: one for one in units}, bad_repairs(repairs, units)
    bills: list[Row] = [
        flats[one["unit_id"]] | one | {"bad": (one["unit_id"], one["quarter"]) in bad}
        for one in typed_rows("B.bills")
    ]

    def unpaid(row: Row) -> bool:
        return bool(row["paid_cny"] == 0)

    def wrong(row: Row) -> bool:
        return not row["first_trade_ok"]

    of_bills = {
        "all_bills": Sample(bills, unpaid),
        "q2_to_q4": Sample([one for one in bills if one["quarter"] > 1], unpaid),
        "q1_only": Sample([one for one in bills if one["quarter"] == 1], unpaid),
        "unpaid_only": Sample([one for one in bills if unpaid(one)], unpaid),
    }
    of_repairs = {
        "all_repairs": Sample(repairs, wrong),
        "since_note": Sample([one for one in repairs if one["reported_at"] >= NOTE], wrong),
        "before_note": Sample([one for one in repairs if one["reported_at"] < NOTE], wrong),
        "wrong_only": Sample([one for one in repairs if wrong(one)], wrong),
    }
    exposed: Mapping[str, Callable[[Row], bool]] = {
        "B2": lambda one: one["bad"],
        "D1": lambda one: one["occupant"] == "tenant",
        "D2": lambda one: one["building"] in (5, 6),
        "D3": lambda one: one["notice"] == "wechat",
    }
    tests = {name: Test(about, of_bills, B_STRATA) for name, about in exposed.items()}
    return {**tests, "B1": Test(lambda one: not one["coded"], of_repairs, B_STRATA)}


B_STRATA: Final[Mapping[str, Place]] = {
    "none": whole,
    "channel": lambda one: (one["channel"],),
    "kind": lambda one: (one["category"],),
    "old": lambda one: ("old" if one["building"] in (5, 6) else "not_old",),
    "occupant": lambda one: (one["occupant"],),
    "quarter": lambda one: (f"q{one['quarter']}",),
    "bad": lambda one: ("bad" if one["bad"] else "no_bad",),
    "bad_quarter": lambda one: ("bad" if one["bad"] else "no_bad", f"q{one['quarter']}"),
}


def chained(log: Sequence[Row]) -> list[Row]:
    """Return the contacts, each with whether it began a chain and whether one followed it."""
    times: dict[tuple[str, ...], list[datetime]] = defaultdict(list)
    for one in log:
        times[issue(one)].append(one["at"])
    for own in times.values():
        own.sort()
    made: list[Row] = []
    for one in log:
        own, at = times[issue(one)], one["at"]
        before = bisect_left(own, at) - bisect_left(own, at - WEEK)
        after = bisect_right(own, at + WEEK) - bisect_right(own, at)
        early = one["error_code"] == "E7" and at < ARTICLE
        s2_since = one["site"] == "S2" and at >= POLICY
        made.append(
            {**one, "first": not before, "repeat": bool(after), "early": early, "policy": s2_since}
        )
    return made


def issue(row: Row) -> tuple[str, ...]:
    """Return what contacts about the same matter have in common."""
    return row["customer_id"], row["product"], row["reason"]


def of_case_c() -> dict[str, Test]:
    """Return the factors of Case C."""
    new = {one["agent_id"] for one in typed_rows("C.agents") if one["hire_date"] >= HIRED}
    log = chained(typed_rows("C.contacts"))
    known = [one for one in log if one["at"] <= LOG_END - WEEK]
    firsts = [one for one in known if one["first"]]

    def repeat(row: Row) -> bool:
        return bool(row["repeat"])

    rows = {
        "firsts": firsts,
        "firsts_since_policy": [one for one in firsts if one["at"] >= POLICY],
        "firsts_before_policy": [one for one in firsts if one["at"] < POLICY],
        "firsts_since_hires": [one for one in firsts if one["at"] >= TAKING_CALLS],
        "contacts": known,
        "to_the_end": [one for one in log if one["first"]],
    }
    samples = {name: Sample(own, repeat) for name, own in rows.items()}
    samples["unsolved_mark"] = Sample(firsts, lambda one: not one["resolved_flag"])
    exposed: Mapping[str, Callable[[Row], bool]] = {
        "C1": lambda one: one["early"],
        "C2": lambda one: one["site"] == "S2",
        "D1": lambda one: one["occupancy"] > HIGH_OCCUPANCY,
        "D2": lambda one: one["agent_id"] in new,
        "D3": lambda one: one["channel"] == "chat",
    }
    return {name: Test(about, samples, C_STRATA) for name, about in exposed.items()}


def _early(row: Row) -> str:
    return "e7_early" if row["early"] else "not_e7_early"


def _period(row: Row) -> str:
    return "from_july" if row["at"] >= POLICY else "to_june"


C_STRATA: Final[Mapping[str, Place]] = {
    "none": whole,
    "site": lambda one: (one["site"],),
    "site_period": lambda one: (one["site"], _period(one)),
    "e7": lambda one: (_early(one),),
    "causes": lambda one: ("s2_since" if one["policy"] else "not_s2_since", _early(one)),
    "channel": lambda one: (one["channel"],),
    "month": lambda one: (f"m{one['at'].month}",),
}

CASES: Final[Mapping[str, Callable[[], dict[str, Test]]]] = {
    "A": cache(of_case_a),
    "B": cache(of_case_b),
    "C": cache(of_case_c),
}
