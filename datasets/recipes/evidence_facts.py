"""The figures on the evidence cards, worked out from the cases' tables and rounded."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from statistics import fmean, median
from typing import Any, Final

from cstrain.datasets import typed_rows

Row = Mapping[str, Any]
Figures = dict[str, float]
AGENTS_DAY, PAGE_DAY, CARRIER_DAY = date(2025, 9, 8), date(2025, 9, 15), date(2025, 9, 20)
NEW_AGENTS: Final = {"A11", "A12", "A13", "A14"}
RUSH: Final = (date(2025, 11, 1), date(2025, 11, 11))
NOTE_DAY: Final = datetime(2025, 4, 1)  # noqa: DTZ001 - tables hold local times
ARTICLE: Final = datetime(2025, 8, 11)  # noqa: DTZ001 - tables hold local times
HIRED: Final = date(2025, 6, 1)
POLICY: Final = datetime(2025, 7, 1)  # noqa: DTZ001 - tables hold local times
TAKING_CALLS: Final = datetime(2025, 6, 15)  # noqa: DTZ001 - tables hold local times
LOG_END: Final = datetime(2025, 10, 1)  # noqa: DTZ001 - tables hold local times
WEEK: Final = timedelta(days=7)


def percent(rows: Iterable[Row], good: Callable[[Row], bool]) -> float:
    """Return in percent how many rows are good ones."""
    return 100 * fmean(good(one) for one in rows)


def of_case_a() -> Figures:
    """Return the figures on the cards of Case A."""
    orders = {one["order_id"]: one for one in typed_rows("A.orders")}
    reviews = [one | orders[one["order_id"]] for one in typed_rows("A.reviews")]
    returns = [one | orders[one["order_id"]] for one in typed_rows("A.returns")]
    since = [one for one in reviews if one["order_day"] >= PAGE_DAY]
    new = [one for one in since if one["page_version"] == "v2"]
    sent = [one for one in orders.values() if one["order_day"] >= CARRIER_DAY]
    days = {
        carrier: fmean(one["delivery_days"] for one in sent if carried(one) == ("W2", carrier))
        for carrier in ("K1", "K2")
    }
    rush = sum(RUSH[0] <= one["order_day"] <= RUSH[1] for one in orders.values()) / 11
    usual = sum(one["order_day"] < PAGE_DAY for one in orders.values()) / 76
    touched = {one["sku"] for one in new}
    bedding = [
        one
        for one in orders.values()
        if one["category"] == "BED" and one["order_day"] >= AGENTS_DAY
    ]
    return {
        "before": percent((one for one in reviews if one["order_day"] < PAGE_DAY), negative),
        "after": percent(since, negative),
        "size_returns": percent(
            (one for one in returns if one["page_version"] == "v2"),
            lambda one: one["reason"] == "size",
        ),
        "size_reviews": percent(filter(negative, new), lambda one: one["tag"] == "size"),
        "skus": len(touched),
        "risen": sum(
            rate(reviews, sku, late=True) > rate(reviews, sku, late=False) for sku in touched
        ),
        "new_bedding": percent(bedding, lambda one: one["agent_id"] in NEW_AGENTS),
        "others": percent((one for one in since if one["page_version"] == "v1"), negative),
        "carrier_days": days["K2"] - days["K1"],
        "rush": rush / usual,
        "w2": percent(
            (one for one in orders.values() if one["sku"] in touched),
            lambda one: one["warehouse"] == "W2",
        ),
    }


def rate(reviews: Iterable[Row], sku: str, *, late: bool) -> float:
    """Return a good's negative rate before or since the change of page."""
    own = (one for one in reviews if one["sku"] == sku and (one["order_day"] >= PAGE_DAY) == late)
    return percent(own, negative)


def carried(order: Row) -> tuple[str, str]:
    """Return which warehouse sent the order by which carrier."""
    return order["warehouse"], order["carrier"]


def negative(review: Row) -> bool:
    """Return whether a review is a negative one."""
    return bool(review["stars"] <= 3)


def of_case_b() -> Figures:
    """Return the figures on the cards of Case B."""
    units = {one["unit_id"]: one for one in typed_rows("B.units")}
    repairs, bills, calls = (typed_rows(f"B.{name}") for name in ("repairs", "bills", "calls"))
    touched = {(name, 1) for name, one in units.items() if one["bad_2024q4"]}
    for one in repairs:
        quarter = (one["reported_at"].month + 2) // 3
        if one["reopened"] or one["completed_at"] - one["reported_at"] > timedelta(hours=72):
            touched |= {(one["unit_id"], quarter), (one["unit_id"], quarter + 1)}
    exposed = [one for one in bills if (one["unit_id"], one["quarter"]) in touched]
    others = [one for one in bills if (one["unit_id"], one["quarter"]) not in touched]
    phone = [one for one in repairs if one["channel"] == "phone"]
    late = [one for one in repairs if one["reported_at"] >= NOTE_DAY]
    old = [one for one in units.values() if one["building"] in {5, 6}]
    young = [one for one in units.values() if one["building"] not in {5, 6}]
    return {
        "collected_q1": collected(bills, 1),
        "collected_q4": collected(bills, 4),
        "arrears_exposed": percent(exposed, unpaid),
        "arrears_others": percent(others, unpaid),
        "wrong_uncoded": percent(
            (one for one in repairs if not one["coded"]), lambda one: not one["first_trade_ok"]
        ),
        "hours_wrong": hours(one for one in repairs if not one["first_trade_ok"]),
        "hours_right": hours(one for one in repairs if one["first_trade_ok"]),
        "phone_before": percent((one for one in phone if one["reported_at"] < NOTE_DAY), coded),
        "phone_since": percent((one for one in phone if one["reported_at"] >= NOTE_DAY), coded),
        "app_since": percent((one for one in late if one["channel"] == "app"), coded),
        "tenants_old": percent(old, lambda one: one["occupant"] == "tenant"),
        "tenants_others": percent(young, lambda one: one["occupant"] == "tenant"),
        "ring_before": percent((one for one in calls if one["at"] < NOTE_DAY), in_three),
        "ring_since": percent((one for one in calls if one["at"] >= NOTE_DAY), in_three),
        "called_back": percent(repairs, lambda one: one["callback"]),
    }


def collected(bills: Iterable[Row], quarter: int) -> float:
    """Return the collection rate of a quarter in percent."""
    own = [one for one in bills if one["quarter"] == quarter]
    return 100 * sum(one["paid_cny"] for one in own) / sum(one["billed_cny"] for one in own)


def unpaid(bill: Row) -> bool:
    """Return whether a bill was not paid."""
    return bill["paid_on"] is None


def coded(repair: Row) -> bool:
    """Return whether place and fault were recorded."""
    return bool(repair["coded"])


def in_three(call: Row) -> bool:
    """Return whether a call was picked up within three rings."""
    return bool(call["answered"] and call["rings"] <= 3)


def hours(repairs: Iterable[Row]) -> float:
    """Return the median hours from report to completion."""
    return median(
        (one["completed_at"] - one["reported_at"]) / timedelta(hours=1) for one in repairs
    )


def first_contacts(log: list[Row]) -> list[tuple[Row, bool]]:
    """Return the first contacts of chains that can be judged, and whether they solved it."""
    times: dict[Any, list[datetime]] = defaultdict(list)
    for one in log:
        times[one["customer_id"], one["product"], one["reason"]].append(one["at"])
    found = []
    for same in times.values():
        same.sort()
    for one in log:
        same, at = times[one["customer_id"], one["product"], one["reason"]], one["at"]
        first = bisect_left(same, at)
        follows = first > 0 and at - same[first - 1] <= WEEK
        if at <= LOG_END - WEEK and not follows:
            after = bisect_right(same, at)
            found.append((one, not (after < len(same) and same[after] - at <= WEEK)))
    return found


def of_case_c() -> Figures:
    """Return the figures on the cards of Case C."""
    log = typed_rows("C.contacts")
    return {**solved_at_once(log), **around(log)}


def solved_at_once(log: list[Row]) -> Figures:
    """Return what is solved at once where and when, and what else goes with it."""
    judged = first_contacts(log)
    e7_before = [one for one in log if is_e7(one) and one["at"] < ARTICLE]
    others = [one for one in log if not is_e7(one)]
    handled = {
        late: fmean(
            handle_s(one) for one in log if one["site"] == "S2" and (one["at"] >= POLICY) == late
        )
        for late in (False, True)
    }

    def solved(which: Callable[[Row], bool]) -> float:
        return fmean(good for one, good in judged if which(one))

    def plain(site: str, *, late: bool) -> float:
        return solved(
            lambda one: one["site"] == site and not is_e7(one) and (one["at"] >= POLICY) == late
        )

    return {
        "fcr_april": solved(lambda one: one["at"].month == 4),
        "fcr_july": solved(lambda one: one["at"].month == 7),
        "e7_before": 100 * solved(lambda one: is_e7(one) and one["at"] < ARTICLE),
        "e7_after": 100 * solved(lambda one: is_e7(one) and one["at"] >= ARTICLE),
        "others_solved": 100 * solved(lambda one: not is_e7(one)),
        "moved_e7": percent(e7_before, lambda one: one["transfers"] > 0),
        "moved_others": percent(others, lambda one: one["transfers"] > 0),
        "s2_aht": 100 * (1 - handled[True] / handled[False]),
        "s2_before": plain("S2", late=False),
        "s2_since": plain("S2", late=True),
        "s1_before": plain("S1", late=False),
        "s1_since": plain("S1", late=True),
    }


def around(log: list[Row]) -> Figures:
    """Return what else changed, or did not."""
    hired = {one["agent_id"] for one in typed_rows("C.agents") if one["hire_date"] >= HIRED}
    by_month = {month: [one for one in log if one["at"].month == month] for month in range(4, 10)}
    calls = dict.fromkeys(by_month, 0)
    for one in typed_rows("C.intervals"):
        calls[one["date"].month] += one["offered"]
    s2 = [one for one in log if one["site"] == "S2" and one["at"] >= TAKING_CALLS]
    marks = [percent(rows, marked) for rows in by_month.values()]
    shares = {
        f"{name}_{word}": percent(by_month[month], good)
        for month, word in ((4, "april"), (7, "july"))
        for name, good in (
            ("chat", lambda one: one["channel"] == "chat"),
            ("complaints", lambda one: one["reason"] == "complaint"),
        )
    }
    return {
        **shares,
        "volume": calls[7] / calls[4],
        "new_at_s2": percent(s2, lambda one: one["agent_id"] in hired),
        "occupancy": fmean(one["occupancy"] for one in by_month[7]),
        "mark_low": min(marks),
        "mark_high": max(marks),
    }


def is_e7(contact: Row) -> bool:
    """Return whether a contact is about fault E7."""
    return contact["error_code"] == "E7"


def handle_s(contact: Row) -> int:
    """Return the handling time of a contact."""
    return int(contact["talk_s"] + contact["hold_s"] + contact["wrap_s"])


def marked(contact: Row) -> bool:
    """Return whether the agent marked the contact as resolved."""
    return bool(contact["resolved_flag"])
