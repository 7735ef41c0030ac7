"""Case A, MianMai Home: the numbers behind the rows, as the curriculum plants them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Plan:
    """Counts, shares, days and hours; a share is a probability, an effect is added to one."""

    orders: int = 16_000
    tickets: int = 5_000
    page_sku_weight: float = 1.3
    rush_11_weight: float = 2.6
    rush_12_weight: float = 1.8
    w2_page_skus: float = 0.70
    w2_others: float = 0.28
    k2_of_w2: float = 0.5
    k2_days: float = 0.6
    rush_days: float = 1.0
    late_after_days: float = 5.0
    promo: float = 0.25
    promo_price: float = 0.88
    new_agents_bedding: float = 0.60
    new_agents_others: float = 0.25
    reviewed: float = 0.45
    negative: float = 0.035
    negative_v2: float = 0.165
    negative_late: float = 0.05
    returned: float = 0.05
    returned_v2: float = 0.13
    size_reason_v2: float = 0.72
    chase_after_days: float = 2.5
    chase_short: float = 0.08
    chase_long: float = 0.36
    contacted: float = 0.85
    night_h: float = 12.0
    backlog: float = 2.6
    revised_24h: float = 0.46
    revised_48h: float = 0.28
    revised_later: float = 0.12
    revised_uncontacted: float = 0.02
    complaint: float = 0.15
    recovered: float = 0.5
    member_effect: float = 0.05
    recovered_factor: float = 1.2
    unrecovered_factor: float = 0.5


@dataclass(frozen=True)
class Band:
    """Customers with the same number of orders: how many, share of members, chance to return."""

    orders_n: int
    customers: int
    member: float
    repurchase: float


@dataclass(frozen=True)
class Issue:
    """What a ticket is about: its weight, and the days in which it is opened after an event."""

    code: str
    weight: float
    after: str
    days: float


PLAN: Final = Plan()
PRICES: Final = {"BED": (80, 400), "CUR": (60, 300), "STO": (20, 120), "FUR": (150, 600)}
COST_SHARE: Final = 0.55
REASONS: Final = ("changed_mind", "quality", "colour", "size", "damaged")
REASON_WEIGHTS: Final = (0.35, 0.20, 0.15, 0.15, 0.15)
OTHER_TAGS: Final = ("quality", "colour", "damage", "attitude")
BAD_STARS: Final = ((1, 2, 3), (0.3, 0.3, 0.4))
GOOD_STARS: Final = ((4, 5), (0.3, 0.7))
BANDS: Final = (
    Band(1, 3_600, 0.12, 0.13),
    Band(2, 2_000, 0.35, 0.26),
    Band(3, 1_440, 0.55, 0.38),
    Band(4, 960, 0.75, 0.50),
)
LAST_BAND_EXTRA: Final = 0.25  # mean of the orders above 4
ISSUES: Final = (
    Issue("order_change", 0.20, "order", 0.4),
    Issue("delivery", 0.35, "order", 2.5),
    Issue("product_use", 0.30, "delivery", 6.0),
    Issue("invoice", 0.15, "delivery", 10.0),
)
CHANNELS: Final = (("im", "phone", "mail"), (0.80, 0.15, 0.05))
