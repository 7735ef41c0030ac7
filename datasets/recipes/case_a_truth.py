"""Case A, MianMai Home: the promises that its rows must keep before anything is written."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Final

from case_a_keys import (
    Case,
    break_week,
    changed_skus,
    factors,
    inspection_weekdays,
    joined,
    loyalty,
    monthly_kpis,
    negative_rate,
    recovery,
    share,
    stage_medians_h,
    worst_skus,
)
from case_a_rows import BACKLOG_DAY, BATCH_DAY, FIRST_DAY, PAGE_DAY, PAGE_SKUS, SNAPSHOT_DAY
from effect import REJECTED, SUPPORTED
from recipe import Tables, require, within

ROWS: Final = {
    "orders": (16_000, 16_000),
    "reviews": (7_000, 7_400),
    "returns": (1_100, 1_300),
    "tickets": (5_000, 5_000),
    "agents": (14, 14),
    "products": (40, 40),
    "customers": (8_000, 8_000),
}
# Verdict of table C-0, range of the ratio within strata, least raw ratio of a decoy that tempts.
# A decoy is null besides: its interval contains 1.
FACTORS: Final = {
    "page": (SUPPORTED, 4.0, 6.2, None),
    "batch": (SUPPORTED, 2.0, 3.5, None),
    "new_agents": (REJECTED, 0.75, 1.25, 1.2),
    "carrier": (REJECTED, 0.75, 1.25, 1.2),
    "rush": (REJECTED, 0.75, 1.25, None),
    "warehouse": (REJECTED, 0.75, 1.25, 1.6),
}
MEASURES: Final = {
    "negative rate before": (0.030, 0.048),
    "negative rate after": (0.080, 0.105),
    "negative rate of v2": (0.18, 0.25),
    "negative rate of the others after": (0.034, 0.050),
    "size among reasons of v2": (0.70, 0.82),
    "size among other reasons": (0.11, 0.20),
    "return rate of v2": (0.16, 0.20),
    "return rate of the others": (0.043, 0.057),
    "days of refund at W2 since September": (2.4, 2.8),
    "days of refund at W1 since September": (1.1, 1.5),
    "chased after a long wait": (0.30, 0.42),
    "chased after a short wait": (0.06, 0.10),
    "finance's extra days at W2": (-0.1, 0.1),
    "recovery before October": (0.32, 0.43),
    "recovery since October": (0.17, 0.27),
    "recovery within 24 h": (0.39, 0.56),
    "recovery in 24 to 48 h": (0.20, 0.36),
    "recovery later": (0.07, 0.16),
    "recovery without contact": (0.0, 0.06),
    "contacted": (0.82, 0.88),
    "repurchase of members": (0.36, 0.40),
    "repurchase of others": (0.18, 0.22),
    "members' effect within bands": (0.035, 0.065),
    "repurchase without complaint": (0.255, 0.285),
    "repurchase when recovered": (0.29, 0.34),
    "repurchase when unrecovered": (0.11, 0.14),
}


def check(tables: Tables) -> None:
    """Stop at the first promise that the rows do not keep."""
    for name, (low, high) in ROWS.items():
        within(len(tables[name]), low, high, f"number of {name}")
    case = joined(tables)
    found = measures(case)
    for name, (low, high) in MEASURES.items():
        within(found[name], low, high, name)
    check_factors(case)
    check_places(tables, case)
    check_times(tables)


def measures(case: Case) -> dict[str, float | None]:
    """Return the planted quantities as the rows show them."""
    return {
        "negative rate before": negative_rate(case, FIRST_DAY, PAGE_DAY),
        "negative rate after": negative_rate(case, PAGE_DAY),
        "negative rate of v2": negative_rate(case, PAGE_DAY, page="v2"),
        "negative rate of the others after": negative_rate(case, PAGE_DAY, page="v1"),
        **_returns(case),
        **_recovery(case),
        **_loyalty(case),
    }


def _returns(case: Case) -> dict[str, float | None]:
    gone = {one.order_id for one, _ in case.returned}
    since = [pair for pair in case.returned if pair[0].received_at.date() >= BATCH_DAY]
    found: dict[str, float | None] = {}
    for group, page in (("v2", "v2"), ("the others", "v1")):
        reasons = [one.reason for one, order in case.returned if order.page_version == page]
        name = f"reasons of {group}" if page == "v2" else "other reasons"
        found[f"size among {name}"] = share(reason == "size" for reason in reasons)
        found[f"return rate of {group}"] = share(
            order.order_id in gone for order in case.orders if order.page_version == page
        )
    finance = {}
    for site in ("W1", "W2"):
        own = [one for one, order in since if order.warehouse == site]
        found[f"days of refund at {site} since September"] = median(one.wait_days for one in own)
        finance[site] = median(one.refunded_at - one.inspected_at for one in own)
    found["finance's extra days at W2"] = (finance["W2"] - finance["W1"]) / timedelta(days=1)
    chased = [(one.wait_days > 2.5, one.chase_ticket) for one, _ in case.returned]
    found["chased after a long wait"] = share(yes for long, yes in chased if long)
    found["chased after a short wait"] = share(yes for long, yes in chased if not long)
    return found


def _recovery(case: Case) -> dict[str, float | None]:
    seen = recovery(case)
    bad = [one for one, _ in case.reviewed if one.negative]
    return {
        "recovery before October": share(
            one.revised for one in bad if one.created_at.date() < BACKLOG_DAY
        ),
        "recovery since October": share(
            one.revised for one in bad if one.created_at.date() >= BACKLOG_DAY
        ),
        "recovery within 24 h": seen["within_24h"],
        "recovery in 24 to 48 h": seen["24_to_48h"],
        "recovery later": seen["later"],
        "recovery without contact": seen["not_contacted"],
        "contacted": seen["contacted_share"],
    }


def _loyalty(case: Case) -> dict[str, float | None]:
    seen = loyalty(case)
    return {
        "repurchase of members": seen["members"],
        "repurchase of others": seen["others"],
        "members' effect within bands": seen["stratified"],
        "repurchase without complaint": seen["no_complaint"],
        "repurchase when recovered": seen["recovered"],
        "repurchase when unrecovered": seen["unrecovered"],
    }


def check_factors(case: Case) -> None:
    """Stop unless every factor has the verdict of table C-0, and the decoys tempt when raw."""
    for name, found in factors(case).items():
        verdict, low, high, tempting = FACTORS[name]
        require(found.within.verdict == verdict, f"{name} is {found.within}, promised {verdict}")
        within(found.within.ratio, low, high, f"ratio of {name} within strata")
        if verdict == REJECTED:
            null = found.within.low < 1 < found.within.high
            require(null, f"{name} is {found.within}, promised to be null")
        if tempting:
            within(found.raw.ratio, tempting, 9.0, f"raw ratio of {name}")


def check_places(tables: Tables, case: Case) -> None:
    """Stop unless break, SKUs, slowest stage and batch days are found where they were planted."""
    off = abs((break_week(case) - PAGE_DAY).days)
    require(off <= 7, f"the break is found {off} days off")
    require(changed_skus(case) == list(PAGE_SKUS), "v2 orders of exactly the ten SKUs")
    require(worst_skus(case) == list(PAGE_SKUS), "the ten SKUs have the ten highest rates")
    stages = stage_medians_h(tables)["W2"]
    longest = max(stages, key=lambda stage: stages[stage])
    require(longest == "received→inspected", f"the longest stage at W2 is {longest}")
    days = inspection_weekdays(case)
    require(set(days["W2"]) == {"Tue", "Fri"}, "W2 inspects on Tuesday and Friday")
    require(len(days["W1"]) == 7, "W1 inspects on every weekday")
    months = list(monthly_kpis(case)["NEG"])
    require(len(months) == 6, "six months")


def check_times(tables: Tables) -> None:
    """Stop unless times follow each other and nothing happens after the snapshot."""
    cut = SNAPSHOT_DAY + timedelta(days=1)
    for one in tables["returns"]:
        stamps = (one.requested_at, one.received_at, one.inspected_at, one.refunded_at)
        require(all(a < b for a, b in pairwise(stamps)), f"time order of {one.return_id}")
        require(stamps[-1].date() < cut, f"{one.return_id} before the snapshot")
    for one in tables["tickets"]:
        stamps = (one.opened_at, one.first_response_at, one.closed_at)
        require(all(a < b for a, b in pairwise(stamps)), f"time order of {one.ticket_id}")
        require(stamps[-1].date() < cut, f"{one.ticket_id} before the snapshot")
    last: date = max(one.created_at for one in tables["reviews"]).date()
    require(last < cut, "reviews before the snapshot")
