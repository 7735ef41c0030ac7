"""Case A, MianMai Home: what the tables say, computed; the keys of the case's questions."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean, median
from typing import Any, Final

from case_a_rows import (
    BATCH_DAY,
    NEW_AGENTS,
    PAGE_DAY,
    STAGES,
    Customer,
    Order,
    Return,
    Review,
    rush,
)
from effect import Effect, effect, raw_effect
from recipe import Tables

BACKSTAGE: Final = (
    ("requested", "approved"),
    ("received", "inspected"),
    ("inspected", "refunded"),
)
EXPECTED_RETURNS: Final = 0.05
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Case:
    """The tables joined: reviews and returns each beside their order."""

    orders: Sequence[Order]
    reviewed: Sequence[tuple[Review, Order]]
    returned: Sequence[tuple[Return, Order]]
    customers: Sequence[Customer]
    cost: Mapping[str, float]


def joined(tables: Tables) -> Case:
    """Return the tables joined by order."""
    orders = {one.order_id: one for one in tables["orders"]}
    return Case(
        orders=tables["orders"],
        reviewed=[(one, orders[one.order_id]) for one in tables["reviews"]],
        returned=[(one, orders[one.order_id]) for one in tables["returns"]],
        customers=tables["customers"],
        cost={one.sku: one.cost_cny for one in tables["products"]},
    )


def share(values: Iterable[bool]) -> float | None:
    """Return the share of true values; nothing for no values."""
    found = list(values)
    return sum(found) / len(found) if found else None


def negative_rate(case: Case, since: date, before: date = date.max, page: str = "") -> float | None:
    """Return the share of negative reviews of the orders of a period, and of a page version."""
    return share(
        review.negative
        for review, order in case.reviewed
        if since <= order.order_day < before and page in {"", order.page_version}
    )


def month(day: date) -> str:
    """Return a day's year and month."""
    return f"{day:%Y-%m}"


def by_month(pairs: Iterable[tuple[date, Any]]) -> dict[str, list[Any]]:
    """Return values grouped by the month of their day, oldest first."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for day, value in pairs:
        groups[month(day)].append(value)
    return dict(sorted(groups.items()))


def monthly_kpis(case: Case) -> dict[str, dict[str, float | None]]:
    """Return NEG, REC, RET by month of the order, RFT (days) and CHS by month received."""
    reviewed = [(order.order_day, review) for review, order in case.reviewed]
    bad = [(day, review.revised) for day, review in reviewed if review.negative]
    gone = {one.order_id for one, _ in case.returned}
    back = [(one.received_at.date(), one) for one, _ in case.returned]
    return {
        "NEG": _each(by_month((day, one.negative) for day, one in reviewed), share),
        "REC": _each(by_month(bad), share),
        "RET": _each(by_month((one.order_day, one.order_id in gone) for one in case.orders), share),
        "RFT": _each(by_month((day, one.wait_days) for day, one in back), median),
        "CHS": _each(by_month((day, one.chase_ticket) for day, one in back), share),
    }


def _each(groups: Mapping[str, list[Any]], of: Any) -> dict[str, float | None]:
    return {name: of(values) for name, values in groups.items()}


def break_week(case: Case) -> date:
    """Return the Monday from which the weekly negative rate changes most (likelihood)."""
    counts: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for review, order in case.reviewed:
        week = order.order_day - timedelta(days=order.order_day.weekday())
        counts[week][0] += review.negative
        counts[week][1] += 1
    weeks = sorted(counts)
    fits = {
        weeks[place]: sum(
            _fit([counts[week] for week in part]) for part in (weeks[:place], weeks[place:])
        )
        for place in range(2, len(weeks) - 1)
    }
    return max(fits, key=lambda week: fits[week])


def _fit(counts: Sequence[Sequence[int]]) -> float:
    bad, all_of_them = (sum(column) for column in zip(*counts, strict=True))
    rate = bad / all_of_them
    return bad * math.log(rate) + (all_of_them - bad) * math.log(1 - rate)


def changed_skus(case: Case) -> list[str]:
    """Return the SKUs that were sold from a v2 page."""
    return sorted({order.sku for order in case.orders if order.page_version == "v2"})


def worst_skus(case: Case, count: int = 10) -> list[str]:
    """Return the SKUs with the highest negative rate since the break."""
    stars: dict[str, list[bool]] = defaultdict(list)
    for review, order in case.reviewed:
        if order.order_day >= PAGE_DAY:
            stars[order.sku].append(review.negative)
    return sorted(sorted(stars, key=lambda sku: -fmean(stars[sku]))[:count])


@dataclass(frozen=True)
class Factor:
    """A factor's effect within the strata of table C-0, and raw."""

    within: Effect
    raw: Effect


def factors(case: Case) -> dict[str, Factor]:
    """Return the effects of table C-0, on its rows and within its strata."""
    recent = [pair for pair in case.reviewed if pair[1].order_day >= PAGE_DAY]
    batch = [pair for pair in case.returned if pair[0].received_at.date() >= BATCH_DAY]

    def of_reviews(exposed: Any, strata: Any) -> Factor:
        return _factor((strata(order), exposed(order), one.negative) for one, order in recent)

    def page(order: Order) -> Hashable:
        return order.page_version

    return {
        "page": of_reviews(lambda one: one.page_version == "v2", lambda one: one.late),
        "batch": _factor(
            (order.page_version, order.warehouse == "W2", one.chase_ticket) for one, order in batch
        ),
        "new_agents": of_reviews(lambda one: one.agent_id in NEW_AGENTS, page),
        "carrier": of_reviews(lambda one: one.carrier == "K2", page),
        "rush": of_reviews(
            lambda one: rush(one.order_day), lambda one: (one.page_version, one.late)
        ),
        "warehouse": of_reviews(lambda one: one.warehouse == "W2", page),
    }


def _factor(rows: Iterable[tuple[Hashable, bool, bool]]) -> Factor:
    kept = list(rows)
    return Factor(effect(kept), raw_effect(kept))


def stage_medians_h(case_tables: Tables) -> dict[str, dict[str, float]]:
    """Return each stage's median hours by warehouse, of returns received since the batch day."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for warehouse, at in journeys(case_tables):
        if at["received"].date() >= BATCH_DAY:
            for start, end in pairwise(STAGES):
                hours = (at[end] - at[start]) / timedelta(hours=1)
                found[warehouse][f"{start}→{end}"].append(hours)
    return {
        warehouse: {stage: median(hours) for stage, hours in stages.items()}
        for warehouse, stages in sorted(found.items())
    }


def journeys(tables: Tables) -> list[tuple[str, dict[str, Any]]]:
    """Return warehouse and stage times of each return, from the long table."""
    at: dict[str, dict[str, Any]] = defaultdict(dict)
    warehouses = {}
    for event in tables["return_events"]:
        at[event.case_id][event.stage] = event.at
        warehouses[event.case_id] = event.warehouse
    return [(warehouses[one], stages) for one, stages in at.items()]


def backstage_share(tables: Tables) -> float:
    """Return the backstage stages' share of the time from request to refund, all returns."""
    ways = [at for _, at in journeys(tables)]
    behind = sum((at[end] - at[start]).total_seconds() for at in ways for start, end in BACKSTAGE)
    return behind / sum((at["refunded"] - at["requested"]).total_seconds() for at in ways)


def inspection_weekdays(case: Case) -> dict[str, dict[str, int]]:
    """Return how many inspections fall on which weekday, by warehouse, since the batch day."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one, order in case.returned:
        if one.received_at.date() >= BATCH_DAY:
            found[order.warehouse][WEEKDAYS[one.inspected_at.weekday()]] += 1
    return {name: dict(sorted(days.items())) for name, days in sorted(found.items())}


def recovery(case: Case) -> dict[str, float | None]:
    """Return the shares revised by delay of the contact, and the share contacted."""
    bad = [one for one, _ in case.reviewed if one.negative]
    waits = [(one.contact_delay_h, one.revised) for one in bad if one.contact_delay_h is not None]
    return {
        "within_24h": share(revised for wait, revised in waits if wait <= 24),
        "24_to_48h": share(revised for wait, revised in waits if 24 < wait <= 48),
        "later": share(revised for wait, revised in waits if wait > 48),
        "not_contacted": share(one.revised for one in bad if not one.contacted),
        "contacted_share": share(one.contacted for one in bad),
    }


def recovery_if_fast(case: Case) -> float:
    """Return the recovery rate to expect if every contact came within 24 hours."""
    seen = recovery(case)
    contacted = seen["contacted_share"] or 0.0
    fast, none = seen["within_24h"] or 0.0, seen["not_contacted"] or 0.0
    return contacted * fast + (1 - contacted) * none


def lost_margin_cny(case: Case) -> float:
    """Return the margin of returned v2 orders above the returns to be expected anyway."""
    orders = sum(order.page_version == "v2" for order in case.orders)
    back = [order for _, order in case.returned if order.page_version == "v2"]
    margin = sum(order.amount_cny - case.cost[order.sku] for order in back)
    return (1 - EXPECTED_RETURNS * orders / len(back)) * margin


def loyalty(case: Case) -> dict[str, float]:
    """Return the members' extra repurchase, raw and by frequency band, and that of recovery."""
    groups: dict[Any, list[bool]] = defaultdict(list)
    for one in case.customers:
        trouble = ("recovered" if one.recovered else "unrecovered") if one.complaint else "none"
        for key in (("member", one.member), (min(one.orders_n, 4), one.member), trouble):
            groups[key].append(one.repurchase_90d)
    rate = {key: fmean(values) for key, values in groups.items()}
    sizes = {band: len(groups[band, True]) + len(groups[band, False]) for band in range(1, 5)}
    within = sum(size * (rate[band, True] - rate[band, False]) for band, size in sizes.items())
    return {
        "members": rate["member", True],
        "others": rate["member", False],
        "raw": rate["member", True] - rate["member", False],
        "stratified": within / len(case.customers),
        "no_complaint": rate["none"],
        "recovered": rate["recovered"],
        "unrecovered": rate["unrecovered"],
    }


def keys(tables: Tables) -> dict[str, object]:
    """Return the keys of the case's questions, and those of the lessons that use its tables."""
    case = joined(tables)
    kpis = monthly_kpis(case)
    stages = stage_medians_h(tables)
    return {
        "q1_neg_by_month": kpis["NEG"],
        "q2_break_week": break_week(case),
        "q3_skus": changed_skus(case),
        "q4_factors": {
            name: {"within": vars(one.within), "raw_ratio": one.raw.ratio}
            for name, one in factors(case).items()
        },
        "q5_stage_medians_h": stages,
        "q5_longest_at_w2": max(stages["W2"], key=lambda stage: stages["W2"][stage]),
        "q5_inspection_weekdays": inspection_weekdays(case),
        "q6_expected_negative_rate": negative_rate(case, PAGE_DAY, page="v1"),
        "q7_recovery_if_fast": recovery_if_fast(case),
        "q8_lost_margin_cny": lost_margin_cny(case),
        "q9_base_of_last_3_months": fmean(list(kpis["NEG"].values())[-3:]),
        "n04_q5_kpi_table": kpis,
        "n08_q3_backstage_share": backstage_share(tables),
        "n09_q6_recovery": recovery(case),
        "n14_q5_loyalty": loyalty(case),
    }
