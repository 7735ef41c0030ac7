"""Case A, MianMai Home: what follows an order: reviews, returns, tickets, customers."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from case_a_plan import (
    BAD_STARS,
    BANDS,
    CHANNELS,
    GOOD_STARS,
    ISSUES,
    OTHER_TAGS,
    REASON_WEIGHTS,
    REASONS,
    Band,
    Plan,
)
from case_a_rows import (
    BACKLOG_DAY,
    BATCH_DAY,
    STAGES,
    Customer,
    Order,
    Return,
    ReturnEvent,
    Review,
    Ticket,
    seconds,
)
from case_a_sales import agent_for
from draws import Draws, score

TEXTS: Final = Path(__file__).with_name("case_a_texts.toml")
TUESDAY, FRIDAY = 1, 4
NIGHT_FROM, NIGHT_TO = 21, 9
# How far into the way back each stage before the arrival lies.
WAY_BACK: Final = (0.35, 0.45, 0.65, 1.0)


@dataclass(frozen=True)
class Text:
    """A review text in both languages, and which reviews it fits."""

    zh: str
    en: str
    tag: str
    stars: tuple[int, ...]
    categories: tuple[str, ...]


@cache
def texts() -> tuple[Text, ...]:
    """Return the pool of review texts."""
    with TEXTS.open("rb") as file:
        found = tomllib.load(file)["text"]
    return tuple(
        Text(one["zh"], one["en"], one["tag"], tuple(one["stars"]), tuple(one["categories"]))
        for one in found
    )


@cache
def texts_for(tag: str, stars: int, category: str) -> tuple[Text, ...]:
    """Return the texts that fit a review."""
    return tuple(
        one
        for one in texts()
        if one.tag == tag and stars in one.stars and category in one.categories
    )


def reviews(draws: Draws, plan: Plan, sold: Sequence[Order]) -> list[Review]:
    """Return the reviews by time."""
    written = [
        (order.delivered_at + seconds(days=draws.gamma(2, 1.0)), order)
        for order in sold
        if draws.chance(plan.reviewed)
    ]
    written.sort(key=lambda one: (one[0], one[1].order_id))
    return [
        _review(draws, plan, f"R{place:05d}", order, at)
        for place, (at, order) in enumerate(written, start=1)
    ]


def _review(draws: Draws, plan: Plan, review_id: str, order: Order, at: datetime) -> Review:
    page = plan.negative_v2 * (order.page_version == "v2")
    delay = plan.negative_late * order.late
    negative = draws.chance(plan.negative + page + delay)
    stars = draws.weighted(*(BAD_STARS if negative else GOOD_STARS))
    tag = "praise"
    if negative:
        kinds = ("size", "late", draws.one_of(OTHER_TAGS))
        tag = draws.weighted(kinds, (page, delay, plan.negative))
    text = draws.one_of(texts_for(tag, stars, order.category))
    wait_h = _contact_delay(draws, plan, at) if negative and draws.chance(plan.contacted) else None
    return Review(
        review_id=review_id,
        order_id=order.order_id,
        created_at=at,
        stars=stars,
        tag=tag,
        text_zh=text.zh,
        text_en=text.en,
        contacted=wait_h is not None,
        contact_delay_h=wait_h,
        revised=negative and draws.chance(_revised(plan, wait_h)),
    )


def _contact_delay(draws: Draws, plan: Plan, at: datetime) -> float:
    night = at.hour >= NIGHT_FROM or at.hour < NIGHT_TO
    backlog = plan.backlog if at.date() >= BACKLOG_DAY else 1
    return round((draws.lognormal(8, 0.7) + night * plan.night_h) * backlog, 2)


def _revised(plan: Plan, wait_h: float | None) -> float:
    if wait_h is None:
        return plan.revised_uncontacted
    if wait_h <= 24:
        return plan.revised_24h
    return plan.revised_48h if wait_h <= 48 else plan.revised_later


@dataclass(frozen=True)
class Journey:
    """An order on its way back: the reason, and the time of each of the six stages."""

    order: Order
    reason: str
    at: Mapping[str, datetime]


def journeys(draws: Draws, plan: Plan, sold: Sequence[Order]) -> list[Journey]:
    """Return the orders that are sent back, by the time of the request."""
    back = [
        _journey(draws, plan, order)
        for order in sold
        if draws.chance(plan.returned + plan.returned_v2 * (order.page_version == "v2"))
    ]
    return sorted(back, key=lambda one: (one.at["requested"], one.order.order_id))


def _journey(draws: Draws, plan: Plan, order: Order) -> Journey:
    way = draws.gamma(4, 1.2)
    stamps = [order.delivered_at + seconds(days=share * way) for share in WAY_BACK]
    inspected = inspection(order.warehouse, stamps[-1])
    stamps += [inspected, inspected + seconds(days=draws.uniform(0.1, 0.8))]
    by_page = order.page_version == "v2" and draws.chance(plan.size_reason_v2)
    reason = "size" if by_page else draws.weighted(REASONS, REASON_WEIGHTS)
    return Journey(order, reason, dict(zip(STAGES, stamps, strict=True)))


def inspection(warehouse: str, received: datetime) -> datetime:
    """Return when an arrival is inspected: the next day, at W2 on batch days since they began."""
    day = received.date() + timedelta(days=1)
    if warehouse == "W2" and received.date() >= BATCH_DAY:
        while day.weekday() not in {TUESDAY, FRIDAY}:
            day += timedelta(days=1)
    return datetime.combine(day, time(9))


def returns(draws: Draws, plan: Plan, ways: Sequence[Journey]) -> list[Return]:
    """Return the table of returns."""
    back = []
    for place, way in enumerate(ways, start=1):
        wait = way.at["refunded"] - way.at["received"]
        long = wait > timedelta(days=plan.chase_after_days)
        back.append(
            Return(
                return_id=f"T{place:05d}",
                order_id=way.order.order_id,
                reason=way.reason,
                requested_at=way.at["requested"],
                received_at=way.at["received"],
                inspected_at=way.at["inspected"],
                refunded_at=way.at["refunded"],
                chase_ticket=draws.chance(plan.chase_long if long else plan.chase_short),
            )
        )
    return back


def return_events(ways: Sequence[Journey]) -> list[ReturnEvent]:
    """Return the six stages of each return one below the other."""
    return [
        ReturnEvent(f"T{place:05d}", way.order.warehouse, stage, way.at[stage])
        for place, way in enumerate(ways, start=1)
        for stage in STAGES
    ]


@dataclass(frozen=True)
class Opening:
    """A ticket before anybody answers."""

    at: datetime
    order: Order
    issue: str


def tickets(
    draws: Draws, plan: Plan, sold: Sequence[Order], back: Sequence[Return]
) -> list[Ticket]:
    """Return the tickets by time: one for every chased refund, the others about any order."""
    found = [*_chased(draws, sold, back)]
    found += [_opening(draws, draws.one_of(sold)) for _ in range(plan.tickets - len(found))]
    found.sort(key=lambda one: (one.at, one.order.order_id))
    return [
        _ticket(draws, plan, f"K{place:05d}", opening) for place, opening in enumerate(found, 1)
    ]


def _chased(draws: Draws, sold: Sequence[Order], back: Sequence[Return]) -> Iterator[Opening]:
    orders = {order.order_id: order for order in sold}
    for one in back:
        if one.chase_ticket:
            waited = draws.uniform(0.6, 0.95) * one.wait_days
            at = one.received_at + seconds(days=waited)
            yield Opening(at, orders[one.order_id], "chase_refund")


def _opening(draws: Draws, order: Order) -> Opening:
    issue = draws.weighted(ISSUES, [one.weight for one in ISSUES])
    start = order.ordered_at if issue.after == "order" else order.delivered_at
    return Opening(start + seconds(days=draws.uniform(0, issue.days)), order, issue.code)


def _ticket(draws: Draws, plan: Plan, ticket_id: str, opening: Opening) -> Ticket:
    answered = opening.at + seconds(hours=draws.lognormal(48, 0.6) / 3_600)
    return Ticket(
        ticket_id=ticket_id,
        customer_id=opening.order.customer_id,
        order_id=opening.order.order_id,
        channel=draws.weighted(*CHANNELS),
        issue=opening.issue,
        opened_at=opening.at,
        first_response_at=answered,
        closed_at=answered + seconds(hours=draws.lognormal(3, 0.8)),
        agent_id=agent_for(draws, plan, opening.at.date(), opening.order.category),
        reopened=draws.chance(0.06),
        csat=score(4.3 + draws.normal(0, 0.8)) if draws.chance(0.45) else None,
    )


def customers(draws: Draws, plan: Plan, sold: Sequence[Order]) -> list[Customer]:
    """Return the customers by number, with their orders added up."""
    bought: dict[str, list[Order]] = defaultdict(list)
    for order in sold:
        bought[order.customer_id].append(order)
    return [_customer(draws, plan, bought[name]) for name in sorted(bought)]


def _customer(draws: Draws, plan: Plan, own: Sequence[Order]) -> Customer:
    band = band_of(len(own))
    member = draws.chance(band.member)
    complaint = draws.chance(plan.complaint)
    recovered = complaint and draws.chance(plan.recovered)
    again = band.repurchase + plan.member_effect * member
    if complaint:
        again *= plan.recovered_factor if recovered else plan.unrecovered_factor
    days: list[date] = [order.order_day for order in own]
    return Customer(
        customer_id=own[0].customer_id,
        first_order=min(days),
        last_order=max(days),
        orders_n=len(own),
        spend_cny=round(sum(order.amount_cny for order in own), 2),
        complaint=complaint,
        recovered=recovered,
        member=member,
        repurchase_90d=draws.chance(again),
    )


def band_of(orders_n: int) -> Band:
    """Return the band of a number of orders."""
    return BANDS[min(orders_n, len(BANDS)) - 1]
