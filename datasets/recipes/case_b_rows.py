"""Case B, Chengwan Property: its calendar, and the rows of its tables.

The fields of a row are the columns of its table, in this order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, make_dataclass
from datetime import date, datetime, timedelta

from survey import CELLS

QUARTER_DAYS = (*(date(2025, month, 1) for month in (1, 4, 7, 10)), date(2026, 1, 1))
FORM_DAY = date(2025, 4, 1)
NOTICE_DAY = date(2025, 5, 1)
LEFT_DAY = date(2025, 5, 1)
CUT_OFF_DAY = date(2026, 1, 31)
BUILDINGS = range(1, 9)
OLD_BUILDINGS = (5, 6)
WECHAT_BUILDINGS = (1, 2, 3, 4)
PLAIN_BUILDINGS = (7, 8)  # neither old nor moved to WeChat
FLOORS, FLATS_OF_A_FLOOR = range(1, 22), range(1, 11)
LATE_AFTER = timedelta(hours=72)


def quarter(moment: date) -> int:
    """Return the quarter of a day of 2025."""
    return (moment.month + 2) // 3


@dataclass(frozen=True, slots=True)
class Unit:
    """One flat; notice is how it gets its bill since May."""

    unit_id: str
    building: int
    area_m2: float
    occupant: str
    fee_cny_m2_month: float
    app_bound: bool
    notice: str
    bad_2024q4: bool

    @property
    def old(self) -> bool:
        """Whether it lies in a building with older plumbing."""
        return self.building in OLD_BUILDINGS


@dataclass(frozen=True, slots=True)
class Repair:
    """One report of a fault."""

    ticket_id: str
    unit_id: str
    reported_at: datetime
    channel: str
    category: str
    coded: bool
    first_trade_ok: bool
    visits: int
    completed_at: datetime
    reopened: bool
    callback: bool
    closed_at: datetime
    satisfaction: int | None
    tech_id: str
    scope: str

    @property
    def hours(self) -> float:
        """Hours from report to completion."""
        return (self.completed_at - self.reported_at) / timedelta(hours=1)

    @property
    def bad(self) -> bool:
        """Whether it came back or took more than three days."""
        return self.reopened or self.completed_at - self.reported_at > LATE_AFTER


@dataclass(frozen=True, slots=True)
class Bill:
    """One quarter's fee of a flat; in arrears it is not paid at all by the cut-off."""

    bill_id: str
    unit_id: str
    quarter: int
    billed_cny: float
    paid_cny: float
    paid_on: date | None
    stated_reason: str | None

    @property
    def unpaid(self) -> bool:
        """Whether it is in arrears."""
        return self.paid_on is None


@dataclass(frozen=True, slots=True)
class Call:
    """One inbound call to the front desk."""

    call_id: str
    at: datetime
    rings: int
    answered: bool
    talk_s: int | None
    greeting_ok: bool | None
    agent_id: str | None

    @property
    def in_three(self) -> bool:
        """Whether it was answered within three rings."""
        return self.answered and self.rings <= 3


@dataclass(frozen=True, slots=True)
class Member:
    """One of the 26 members of staff at the start of the year."""

    staff_id: str
    post: str
    trade: str | None
    hire_date: date
    left_on: date | None
    shift: str
    certificate: bool
    training_h: int
    judged_on: str


# One reply to the survey: 15 items expected (E) and perceived (P), the third of REL reversed.
Reply = make_dataclass(
    "Reply",
    [
        ("resp_id", str),
        ("building", int),
        *((item, int | None) for item in CELLS),
        ("overall", int),
        ("nps", int),
        ("fee_opinion", str),
        ("comment_zh", str | None),
        ("comment_en", str | None),
    ],
    frozen=True,
)


def troubled(units: Iterable[Unit], repairs: Iterable[Repair]) -> set[tuple[str, int]]:
    """Return flat and quarter wherever a bad repair was reported in it or in the one before."""
    bad = {(one.unit_id, quarter(one.reported_at)) for one in repairs if one.bad}
    bad |= {(one.unit_id, 0) for one in units if one.bad_2024q4}
    return {(unit, place) for unit, last in bad for place in (last, last + 1) if 1 <= place <= 4}
