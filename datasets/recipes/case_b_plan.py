"""Case B, Chengwan Property: the numbers behind the rows, as the curriculum plants them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Plan:
    """Counts, shares, hours and yuan; a share is a probability unless its name says else."""

    fee_cny_m2_month: float = 2.60
    vacant: float = 0.05
    tenants_old: float = 0.60
    tenants_others: float = 0.14
    app_bound: float = 0.5
    bad_2024q4: float = 0.06
    repairs_old: float = 1.70
    repairs_others: float = 0.50
    app_if_bound: float = 0.4
    phone_not_desk: float = 0.625
    coded_before: float = 0.90
    coded_since: float = 0.30
    coded_app: float = 0.95
    wrong_coded: float = 0.06
    wrong_uncoded: float = 0.50
    hours_median: float = 20.0
    hours_sigma: float = 0.5
    extra_waits: int = 4
    extra_wait_h: float = 13.0
    reopened_wrong: float = 0.45
    reopened_right: float = 0.04
    callback: float = 0.74
    out_of_scope: float = 0.08
    rated: float = 0.35
    rating: float = 4.4
    rating_bad: float = 1.3
    rating_sd: float = 0.7
    arrears_exposed: float = 0.46
    arrears_others: float = 0.06
    fee_high_unpaid: float = 0.41
    repair_reason: float = 0.45
    calls: int = 6_000
    more_rings: float = 0.95
    answered: float = 0.98
    talk_s_median: float = 75.0
    talk_s_sigma: float = 0.6
    greeting_ok: float = 0.88
    replies: int = 420
    straight_liners: int = 10
    duplicates: int = 4
    item_missing: float = 0.03
    commented: float = 0.35
    fee_comment: float = 0.15


@dataclass(frozen=True)
class Dimension:
    """A dimension of the survey: mean level perceived and expected, weight in the overall mark."""

    code: str
    perceived: float
    expected: float
    weight: float


PLAN: Final = Plan()
DIMENSIONS: Final = (
    Dimension("TAN", 5.4, 5.7, 0.06),
    Dimension("EMP", 5.2, 5.8, 0.12),
    Dimension("RES", 4.8, 5.9, 0.34),
    Dimension("PRO", 5.3, 5.8, 0.18),
    Dimension("REL", 4.6, 6.0, 0.42),
)
FEE_OPINIONS: Final = (("fee_high", "fair", "no_opinion"), (0.40, 0.45, 0.15))
OTHER_REASONS: Final = ("not_home", "forgot", "other")
# Weights in the old buildings, where pipes give more trouble, and in the others.
CATEGORIES: Final = ("plumbing", "electrical", "leak", "door", "lift", "public")
CATEGORY_WEIGHTS: Final = {
    True: (0.44, 0.13, 0.24, 0.08, 0.04, 0.07),
    False: (0.30, 0.22, 0.13, 0.15, 0.06, 0.14),
}
TRADES: Final = {
    "plumbing": "plumbing",
    "leak": "plumbing",
    "electrical": "electrical",
    "lift": "electrical",
    "public": "electrical",
    "door": "joinery",
}
# Calls by the hour, from 07 to 21.
CALL_CURVE: Final = (4, 8, 9, 8, 6, 5, 5, 5, 5, 6, 7, 8, 8, 6, 4)


@dataclass(frozen=True)
class Post:
    """A post of the centre: heads, the measure in its appraisal, the range of training hours."""

    code: str
    heads: int
    judged_on: str
    training_h: tuple[int, int]


POSTS: Final = (
    Post("manager", 1, "collection_rate", (24, 40)),
    Post("front_desk", 5, "call_length", (8, 16)),
    Post("engineering", 7, "jobs_done", (16, 32)),
    Post("order", 6, "rounds_done", (12, 24)),
    Post("cleaning", 4, "inspection_mark", (4, 12)),
    Post("environment", 3, "inspection_mark", (4, 12)),
)
ENGINEERS: Final = ("plumbing", "plumbing", "plumbing", "electrical", "electrical", "joinery")
SHIFTS: Final = {
    "manager": ("day",),
    "front_desk": ("early", "late"),
    "engineering": ("early", "late"),
    "order": ("early", "late", "night"),
    "cleaning": ("day",),
    "environment": ("day",),
}
