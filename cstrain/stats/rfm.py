"""RFM: customers scored 1 to 5 by recency, frequency and money spent, and segments of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from cstrain.errors import UnknownNameError
from cstrain.stats.arguments import cells, missing, number, whole
from cstrain.stats.errors import StatsError

FrequencyBy = Literal["count", "rank"]
HIGHEST: Final = 5
# The first rule that fits: segment, lowest and highest R, lowest and highest F.
SEGMENTS: Final = (
    ("champion", (4, 5), (4, 5)),
    ("at_risk", (1, 2), (3, 5)),
    ("loyal", (1, 5), (4, 5)),
    ("new", (4, 5), (1, 2)),
    ("lost", (1, 2), (1, 2)),
)


@dataclass(frozen=True)
class Customer:
    """What a customer bought: the day of the last order, how many orders, for how much."""

    customer: str
    last_order: date | None
    orders: int
    spend: float


@dataclass(frozen=True)
class Rfm:
    """A customer's days since the last order, and the three scores; None: never bought."""

    customer: str
    recency_days: int | None
    recency: int | None
    frequency: int | None
    monetary: int | None

    @property
    def segment(self) -> str | None:
        """The segment of R and F: champion, at_risk, loyal, new, lost or others."""
        if self.recency is None or self.frequency is None:
            return None
        for name, (low, high), (few, many) in SEGMENTS:
            if low <= self.recency <= high and few <= self.frequency <= many:
                return name
        return "others"


def rfm(
    customers: Iterable[Customer],
    reference_day: date,
    *,
    frequency: FrequencyBy = "count",
    share_ties: bool = True,
) -> list[Rfm]:
    """Return the scores of all customers, in their order; 5 is the best.

    Recency and money by rank among those who bought, see `rank_scores`. Frequency is the number
    of orders, at most 5, or by rank as well. Recency counts from the reference day, which is
    never today by itself; an order after it is an error.

    >>> shop = [Customer("K1", date(2025, 12, 30), 6, 900), Customer("K2", date(2025, 3, 1), 1, 80)]
    >>> [(one.recency_days, one.recency, one.frequency) for one in rfm(shop, date(2026, 1, 1))]
    [(2, 3, 5), (306, 1, 1)]
    """
    if frequency not in {"count", "rank"}:
        raise UnknownNameError("frequency", frequency, ("count", "rank"))
    listed = list(customers)
    days = [_days(one, reference_day) for one in listed]
    bought = [one is not None for one in days]
    orders = [
        whole(f"{one.customer}, orders", one.orders, least=1) if there else None
        for one, there in zip(listed, bought, strict=True)
    ]
    spend = [
        number(f"{one.customer}, spend", one.spend) if there else None
        for one, there in zip(listed, bought, strict=True)
    ]
    recency = rank_scores(days, high_is_good=False, share_ties=share_ties)
    money = rank_scores(spend, share_ties=share_ties)
    often: list[int | None] = rank_scores(orders, share_ties=share_ties)
    if frequency == "count":
        often = [None if one is None else min(one, HIGHEST) for one in orders]
    names = [one.customer for one in listed]
    return [Rfm(*row) for row in zip(names, days, recency, often, money, strict=True)]


def rank_scores(
    values: Iterable[Any],
    *,
    high_is_good: bool = True,
    share_ties: bool = True,
    highest: int = HIGHEST,
) -> list[int | None]:
    """Return scores from 1 to `highest`: 1 + floor(highest (rank - 1) / n).

    The rank is 1 + the number of values that are worse, so that equal values share a score and
    no quantile edge can fall twice on the same value. share_ties=False ranks equal values in
    their order, as spreadsheets' quintiles do. Missing values have no score and no rank.

    >>> rank_scores([10, 20, 20, 40, None])
    [1, 2, 2, 4, None]
    """
    read = cells("values", values)
    top = whole("highest", highest, least=1)
    side = 1 if high_is_good else -1
    keyed = [
        (side * one, 0 if share_ties else place)
        for place, one in enumerate(read)
        if one is not None
    ]
    ordered = sorted(keyed)
    scored = iter([1 + top * bisect_left(ordered, one) // len(ordered) for one in keyed])
    return [None if one is None else next(scored) for one in read]


def band_scores(values: Iterable[Any], bounds: Sequence[float]) -> list[int | None]:
    """Return scores by fixed bands: 1 + the number of bounds that a value reaches.

    >>> band_scores([0, 100, 250, None], [100, 200, 500])
    [1, 2, 3, None]
    """
    limits = [number(f"bounds[{place}]", one) for place, one in enumerate(bounds)]
    if limits != sorted(set(limits)):
        raise StatsError("bounds", found=limits, allowed="rising values")
    read = cells("values", values)
    return [None if one is None else 1 + bisect_right(limits, one) for one in read]


def _days(one: Customer, reference_day: date) -> int | None:
    if missing(one.last_order) or not one.last_order:
        return None
    days = (_day(reference_day) - _day(one.last_order)).days
    if days < 0:
        place, allowed = f"{one.customer}, last_order", f"up to {_day(reference_day)}"
        raise StatsError(place, found=_day(one.last_order), allowed=allowed)
    return days


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
