"""Case C, Tuohe Appliances: its calendar, its staff numbers, and the rows of its tables.

The fields of a row are the columns of its table, in this order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

FIRST_DAY, LAST_DAY = date(2025, 4, 1), date(2025, 9, 30)
DAYS: Final = tuple(
    FIRST_DAY + timedelta(days=place) for place in range((LAST_DAY - FIRST_DAY).days + 1)
)
MONTHS: Final = tuple(f"2025-{month:02d}" for month in range(4, 10))
LOG_END = datetime(2025, 10, 1)  # noqa: DTZ001 - times of one company in one place
OPEN, CLOSE = time(8), time(22)
HALF_HOURS: Final = tuple(f"{8 + place // 2:02d}:{place % 2 * 30:02d}" for place in range(28))

LAUNCH_DAY = date(2025, 5, 20)
E7_DAY = date(2025, 6, 1)
HIRE_DAY = date(2025, 6, 1)
NEW_AGENTS_DAY = date(2025, 6, 15)  # the new agents take contacts from this day
POLICY_DAY = date(2025, 7, 1)
LATE_HIRE_DAY = date(2025, 8, 1)
ARTICLE_DAY = date(2025, 8, 11)

PRODUCTS: Final = ("AC-X2", "AC", "fridge", "washer", "kitchen")
REASONS: Final = ("fault", "how_to", "install", "order", "complaint")
CHANNELS: Final = ("phone", "chat", "wechat", "mail")
TEAMS: Final = {"phone": "phone", "chat": "online", "wechat": "online", "mail": "mail"}
SITES: Final = ("S1", "S2")


def month(day: date) -> str:
    """Return a day's year and month."""
    return f"{day:%Y-%m}"


def half_hour(at: datetime) -> str:
    """Return the beginning of the half hour of a moment."""
    return f"{at.hour:02d}:{at.minute // 30 * 30:02d}"


def e7_before(error_code: str | None, at: datetime) -> bool:
    """Return whether a contact is about error E7 before the article about it was published."""
    return error_code == "E7" and at.date() < ARTICLE_DAY


def s2_since(site: str, at: datetime) -> bool:
    """Return whether a contact was answered at S2 since its scorecard was changed."""
    return site == "S2" and at.date() >= POLICY_DAY


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact of a customer; the product and the reason together are the issue."""

    contact_id: str
    customer_id: str
    at: datetime
    site: str
    occupancy: float
    channel: str
    product: str
    reason: str
    error_code: str | None
    agent_id: str
    wait_s: int
    talk_s: int
    hold_s: int
    wrap_s: int
    transfers: int
    resolved_flag: bool
    csat: int | None

    @property
    def issue(self) -> tuple[str, str, str]:
        """What two contacts must share to be about the same thing."""
        return self.customer_id, self.product, self.reason

    @property
    def handle_s(self) -> int:
        """Seconds of talk, hold and wrap-up together."""
        return self.talk_s + self.hold_s + self.wrap_s


@dataclass(frozen=True, slots=True)
class Interval:
    """One half hour of the telephone lines of both sites."""

    date: date
    half_hour: str
    offered: int
    answered: int
    answered_20s: int
    abandoned: int
    short_abandoned: int
    aht_s: float
    staffed: int


@dataclass(frozen=True, slots=True)
class FieldJob:
    """One order to a field partner that followed from a contact."""

    job_id: str
    contact_id: str
    city: str
    window_start: datetime
    arrived_at: datetime
    completed_at: datetime
    error_recorded: bool
    part_needed: str
    part_on_hand: bool
    visits: int
    on_time: bool
    std_card: bool
    std_shoes: bool
    std_mat: bool
    std_cloth: bool
    std_check: bool
    csat: int | None


@dataclass(frozen=True, slots=True)
class Agent:
    """One of 60 agents; `coached` counts the colleagues the agent has coached."""

    agent_id: str
    site: str
    team: str
    hire_date: date
    level: str
    leader: bool
    coached: int


@dataclass(frozen=True, slots=True)
class AgentMonth:
    """An agent's indicators of a month; QA is the mean of its three parts."""

    agent_id: str
    month: str
    QA: float
    FCR: float
    AHT: float
    CSAT: float
    attendance: float
    overtime_h: int
    qa_attitude: float
    qa_knowledge: float
    qa_process: float


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the knowledge base."""

    article_id: str
    product: str
    error_code: str | None
    published_on: date
    views: int


@dataclass(frozen=True, slots=True)
class Change:
    """One change in the centre, with the day and the site."""

    date: date
    site: str
    change: str
    text_zh: str
    text_en: str
