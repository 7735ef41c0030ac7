"""Case A, MianMai Home: its calendar, its goods, and the rows of its tables.

The fields of a row are the columns of its table, in this order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

FIRST_DAY, LAST_DAY = date(2025, 7, 1), date(2025, 12, 31)
DAYS = tuple(FIRST_DAY + timedelta(days=place) for place in range((LAST_DAY - FIRST_DAY).days + 1))
SNAPSHOT_DAY = date(2026, 1, 31)
BATCH_DAY = date(2025, 9, 1)
HIRE_DAY = date(2025, 9, 8)
PAGE_DAY = date(2025, 9, 15)
CARRIER_DAY = date(2025, 9, 20)
BACKLOG_DAY = date(2025, 10, 1)
RUSH_11 = (date(2025, 11, 1), date(2025, 11, 11))
RUSH_12 = (date(2025, 12, 10), date(2025, 12, 12))

RANGES = {"B": ("BED", 12), "C": ("CUR", 10), "S": ("STO", 10), "F": ("FUR", 8)}
CATEGORIES = {
    f"{letter}{place:02d}": category
    for letter, (category, size) in RANGES.items()
    for place in range(1, size + 1)
}
PAGE_SKUS = ("B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "C01", "C02")
OLD_AGENTS = tuple(f"A{place:02d}" for place in range(1, 11))
NEW_AGENTS = tuple(f"A{place:02d}" for place in range(11, 15))
STAGES = ("requested", "approved", "shipped_back", "received", "inspected", "refunded")


def seconds(*, days: float = 0, hours: float = 0) -> timedelta:
    """Return a span of time in whole seconds."""
    return timedelta(seconds=round(86_400 * days + 3_600 * hours))


def rush(day: date) -> bool:
    """Return whether the day belongs to one of the two sales rushes."""
    return RUSH_11[0] <= day <= RUSH_11[1] or RUSH_12[0] <= day <= RUSH_12[1]


@dataclass(frozen=True, slots=True)
class Product:
    """One of 40 goods; `size_table` says which measures its page shows."""

    sku: str
    category: str
    price_cny: float
    cost_cny: float
    page_changed_on: date
    size_table: str


@dataclass(frozen=True, slots=True)
class Agent:
    """One of 14 agents."""

    agent_id: str
    desk: str
    hire_date: date
    shift: str
    training_h: int


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one good; late is a delivery of more than 5 days."""

    order_id: str
    customer_id: str
    order_day: date
    hour: float
    sku: str
    category: str
    page_version: str
    warehouse: str
    carrier: str
    amount_cny: float
    promo: bool
    delivery_days: float
    late: bool
    agent_id: str

    @property
    def ordered_at(self) -> datetime:
        """The moment of the order."""
        return datetime.combine(self.order_day, time()) + seconds(hours=self.hour)

    @property
    def delivered_at(self) -> datetime:
        """The moment of delivery."""
        return self.ordered_at + seconds(days=self.delivery_days)


@dataclass(frozen=True, slots=True)
class Review:
    """One review; those with 3 stars or fewer are negative and may be followed up."""

    review_id: str
    order_id: str
    created_at: datetime
    stars: int
    tag: str
    text_zh: str
    text_en: str
    contacted: bool
    contact_delay_h: float | None
    revised: bool

    @property
    def negative(self) -> bool:
        """Whether it counts as a negative review."""
        return self.stars <= 3


@dataclass(frozen=True, slots=True)
class Return:
    """One returned order."""

    return_id: str
    order_id: str
    reason: str
    requested_at: datetime
    received_at: datetime
    inspected_at: datetime
    refunded_at: datetime
    chase_ticket: bool

    @property
    def wait_days(self) -> float:
        """Days from the goods' arrival to the money's return."""
        return (self.refunded_at - self.received_at) / timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReturnEvent:
    """One stage of a return, the long form of all six."""

    case_id: str
    warehouse: str
    stage: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """One enquiry to the desks."""

    ticket_id: str
    customer_id: str
    order_id: str
    channel: str
    issue: str
    opened_at: datetime
    first_response_at: datetime
    closed_at: datetime
    agent_id: str
    reopened: bool
    csat: int | None


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer with the orders of the half year and what happened in the 90 days after."""

    customer_id: str
    first_order: date
    last_order: date
    orders_n: int
    spend_cny: float
    complaint: bool
    recovered: bool
    member: bool
    repurchase_90d: bool
