"""What the cases' tables say month by month: the case team's part of goal_history."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from cstrain.datasets import typed_rows

WEEK: Final = timedelta(days=7)
LOG_END: Final = datetime(2025, 10, 1)  # noqa: DTZ001 - tables hold local times
Months = dict[str, float]


def month_of(day: date) -> str:
    """Return year and month as they stand in the table."""
    return f"{day:%Y-%m}"


def shares(pairs: Iterable[tuple[str, bool]]) -> Months:
    """Return the share of true values in each month."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for month, good in pairs:
        groups[month].append(good)
    return {month: sum(values) / len(values) for month, values in sorted(groups.items())}


def reviews() -> tuple[Months, Months]:
    """Return Case A's NEG and REC by month of the order."""
    ordered = {one["order_id"]: month_of(one["order_day"]) for one in typed_rows("A.orders")}
    found = [(ordered[one["order_id"]], one) for one in typed_rows("A.reviews")]
    negative = [(month, one) for month, one in found if one["stars"] <= 3]
    return (
        shares((month, one["stars"] <= 3) for month, one in found),
        shares((month, one["revised"]) for month, one in negative),
    )


def collected() -> Months:
    """Return Case B's COL: each month has the rate of its quarter's bills."""
    billed, paid = defaultdict(float), defaultdict(float)
    for one in typed_rows("B.bills"):
        billed[one["quarter"]] += one["billed_cny"]
        paid[one["quarter"]] += one["paid_cny"]
    return {
        f"2025-{month:02d}": paid[quarter] / billed[quarter]
        for month in range(1, 13)
        for quarter in [(month + 2) // 3]
    }


def fixed_at_once() -> Months:
    """Return Case B's FTR by month of completion, of the jobs completed in 2025."""
    return shares(
        (month_of(one["completed_at"]), one["visits"] == 1 and not one["reopened"])
        for one in typed_rows("B.repairs")
        if one["completed_at"].year == 2025
    )


def solved_and_satisfied() -> tuple[Months, Months]:
    """Return Case C's FCR (every contact; the last 7 days do not count) and CSAT by month."""
    log = typed_rows("C.contacts")
    times: dict[tuple[str, ...], list[datetime]] = defaultdict(list)
    for one in log:
        times[one["customer_id"], one["product"], one["reason"]].append(one["at"])
    for found in times.values():
        found.sort()

    def repeated(one: Mapping[str, object]) -> bool:
        same, at = times[one["customer_id"], one["product"], one["reason"]], one["at"]
        later = bisect_right(same, at)
        return later < len(same) and same[later] - at <= WEEK

    eligible = [one for one in log if one["at"] <= LOG_END - WEEK]
    return (
        shares((month_of(one["at"]), not repeated(one)) for one in eligible),
        shares((month_of(one["at"]), one["csat"] >= 4) for one in log if one["csat"] is not None),
    )


def case_months() -> dict[tuple[str, str], Months]:
    """Return the values of each case's months, by metric and team."""
    negative, recovered = reviews()
    solved, satisfied = solved_and_satisfied()
    return {
        ("NEG", "T_A"): negative,
        ("REC", "T_A"): recovered,
        ("COL", "T_B"): collected(),
        ("FTR", "T_B"): fixed_at_once(),
        ("FCR", "T_C"): solved,
        ("CSAT", "T_C"): satisfied,
    }
