"""Case A, MianMai Home: goods, agents, customers' numbers, and the orders of the half year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from case_a_plan import BANDS, COST_SHARE, LAST_BAND_EXTRA, PRICES, Plan
from case_a_rows import (
    CARRIER_DAY,
    CATEGORIES,
    DAYS,
    HIRE_DAY,
    NEW_AGENTS,
    OLD_AGENTS,
    PAGE_DAY,
    PAGE_SKUS,
    RUSH_11,
    Agent,
    Order,
    Product,
    rush,
)
from draws import Draws


def products(draws: Draws) -> dict[str, Product]:
    """Return the goods by SKU."""
    return {sku: _product(draws, sku) for sku in CATEGORIES}


def _product(draws: Draws, sku: str) -> Product:
    price = round(draws.uniform(*PRICES[CATEGORIES[sku]]), 2)
    earlier = date(2025, 2, 1) + timedelta(days=draws.whole(0, 120))
    changed = sku in PAGE_SKUS
    return Product(
        sku=sku,
        category=CATEGORIES[sku],
        price_cny=price,
        cost_cny=round(COST_SHARE * price, 2),
        page_changed_on=PAGE_DAY if changed else earlier,
        size_table="package_cm" if changed else "product_cm",
    )


def agents(draws: Draws) -> list[Agent]:
    """Return the ten old agents, hired over five years, and the four new ones."""
    desks = (*["pre"] * 4, *["after"] * 4, *["bedding"] * 5, "after")
    staff = []
    for agent_id, desk in zip((*OLD_AGENTS, *NEW_AGENTS), desks, strict=True):
        new = agent_id in NEW_AGENTS
        hired = HIRE_DAY if new else date(2020, 9, 1) + timedelta(days=draws.whole(0, 1_600))
        hours = draws.whole(20, 28) if new else draws.whole(32, 56)
        staff.append(Agent(agent_id, desk, hired, draws.one_of(("early", "late")), hours))
    return staff


def agent_for(draws: Draws, plan: Plan, day: date, category: str) -> str:
    """Return who serves a customer: since they came, the new agents have a fixed share."""
    share = plan.new_agents_bedding if category == "BED" else plan.new_agents_others
    new = day >= HIRE_DAY and draws.chance(share)
    return draws.one_of(NEW_AGENTS if new else OLD_AGENTS)


def dealt(draws: Draws, plan: Plan) -> list[str]:
    """Return a customer for each order; the last band is trimmed to the number of orders."""
    bands = draws.shuffled([band for band in BANDS for _ in range(band.customers)])
    counts = [band.orders_n for band in bands]
    frequent = [place for place, band in enumerate(bands) if band is BANDS[-1]]
    for place in frequent:
        counts[place] += draws.poisson(LAST_BAND_EXTRA)
    while missing := plan.orders - sum(counts):
        place = draws.one_of(frequent)
        counts[place] = max(BANDS[-1].orders_n, counts[place] + (1 if missing > 0 else -1))
    numbers = [number for number, count in enumerate(counts, start=1) for _ in range(count)]
    return [f"U{number:04d}" for number in draws.shuffled(numbers)]


@dataclass(frozen=True)
class Parcel:
    """How an order travels."""

    warehouse: str
    carrier: str
    days: float


def orders(draws: Draws, plan: Plan, goods: Mapping[str, Product]) -> list[Order]:
    """Return the orders by time, dealt to the customers at random."""
    names = dealt(draws, plan)
    day_weights = [_day_weight(plan, day) for day in DAYS]
    moments = sorted(
        (draws.weighted(DAYS, day_weights), draws.whole(0, 2_399) / 100) for _ in names
    )
    skus = tuple(goods)
    weights = [plan.page_sku_weight if sku in PAGE_SKUS else 1.0 for sku in skus]
    sold = []
    for place, (name, (day, hour)) in enumerate(zip(names, moments, strict=True), start=1):
        good = goods[draws.weighted(skus, weights)]
        parcel = _parcel(draws, plan, day, good.sku)
        promo = draws.chance(plan.promo)
        sold.append(
            Order(
                order_id=f"O{place:06d}",
                customer_id=name,
                order_day=day,
                hour=hour,
                sku=good.sku,
                category=good.category,
                page_version="v2" if good.sku in PAGE_SKUS and day >= PAGE_DAY else "v1",
                warehouse=parcel.warehouse,
                carrier=parcel.carrier,
                amount_cny=round(good.price_cny * (plan.promo_price if promo else 1), 2),
                promo=promo,
                delivery_days=parcel.days,
                late=parcel.days > plan.late_after_days,
                agent_id=agent_for(draws, plan, day, good.category),
            )
        )
    return sold


def _day_weight(plan: Plan, day: date) -> float:
    if not rush(day):
        return 1.0
    return plan.rush_11_weight if day <= RUSH_11[1] else plan.rush_12_weight


def _parcel(draws: Draws, plan: Plan, day: date, sku: str) -> Parcel:
    second = draws.chance(plan.w2_page_skus if sku in PAGE_SKUS else plan.w2_others)
    other = second and day >= CARRIER_DAY and draws.chance(plan.k2_of_w2)
    days = draws.gamma(6, 0.5) + other * plan.k2_days + rush(day) * plan.rush_days
    return Parcel("W2" if second else "W1", "K2" if other else "K1", round(days, 2))
