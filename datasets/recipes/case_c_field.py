"""Case C, Tuohe Appliances: visits at home, the knowledge base, changes in the centre."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

from case_c_log import Seen
from case_c_plan import CITIES, DOOR_STANDARDS, ERROR_CODES, PARTS, Plan
from case_c_rows import ARTICLE_DAY, Article, Change, Contact, FieldJob, e7_before
from draws import Draws, score

TEXTS: Final = Path(__file__).with_name("case_c_texts.toml")
WINDOWS: Final = (9, 11, 13, 15, 17)  # a window of two hours begins at
WINDOW: Final = timedelta(hours=2)
ON_TIME: Final = 0.88
# Articles that are not about an error code; the new appliance has two, neither from its launch.
HOW_TO: Final = {"AC": 11, "fridge": 10, "washer": 8, "kitchen": 8}
X2_HOW_TO: Final = ("2025-06-20", "2025-07-18")


def field_jobs(draws: Draws, plan: Plan, seen: Sequence[Seen]) -> list[FieldJob]:
    """Return the jobs that first contacts about a fault lead to, each kept to its end."""
    ordered = [
        one.contact
        for one in seen
        if one.first and one.contact.reason == "fault" and draws.chance(plan.field_job)
    ]
    return [_job(draws, plan, f"J{place:04d}", contact) for place, contact in enumerate(ordered, 1)]


def _job(draws: Draws, plan: Plan, job_id: str, contact: Contact) -> FieldJob:
    early = e7_before(contact.error_code, contact.at)
    recorded = draws.chance(plan.recorded_e7 if early else plan.recorded)
    on_hand = draws.chance(plan.on_hand_recorded if recorded else plan.on_hand_unrecorded)
    start = _window(draws, contact.at)
    on_time = draws.chance(ON_TIME)
    away = draws.uniform(0, 0.95) if on_time else draws.uniform(1.1, 2.0)
    arrived = start + timedelta(seconds=int(away * WINDOW.total_seconds()))
    begun = arrived if on_hand else _window(draws, arrived)
    kept = {f"std_{name}": draws.chance(share) for name, share in DOOR_STANDARDS.items()}
    liking = 4.5 - 0.6 * (not on_hand) - 0.4 * (not on_time) + draws.normal(0, 0.7)
    return FieldJob(
        job_id=job_id,
        contact_id=contact.contact_id,
        city=draws.one_of(CITIES),
        window_start=start,
        arrived_at=arrived,
        completed_at=begun + timedelta(seconds=int(60 * draws.lognormal(55, 0.4))),
        error_recorded=recorded,
        part_needed=draws.one_of(PARTS[contact.product]),
        part_on_hand=on_hand,
        visits=1 if on_hand else 2,
        on_time=on_time,
        csat=score(liking) if draws.chance(0.5) else None,
        **kept,
    )


def _window(draws: Draws, after: datetime) -> datetime:
    """Return the start of a window one to three days later."""
    day = after.date() + timedelta(days=draws.whole(1, 3))
    return datetime.combine(day, time(draws.one_of(WINDOWS)))


def articles(draws: Draws) -> list[Article]:
    """Return the knowledge base by day of publication."""
    found = sorted(_articles(draws), key=lambda one: (one.published_on, one.product))
    return [
        Article(f"KB{place:02d}", one.product, one.error_code, one.published_on, one.views)
        for place, one in enumerate(found, start=1)
    ]


def _articles(draws: Draws) -> Iterator[Article]:
    for product, how_tos in HOW_TO.items():
        codes = [code for code in ERROR_CODES[product] for _ in range(2)]
        for code in (*codes, *[None] * how_tos):
            day = datetime(2021, 3, 1) + timedelta(days=draws.whole(0, 1_450))  # noqa: DTZ001
            yield Article("", product, code, day.date(), round(draws.lognormal(420, 0.8)))
    for day in X2_HOW_TO:
        yield Article("", "AC-X2", None, datetime.fromisoformat(day).date(), draws.whole(300, 900))
    yield Article("", "AC-X2", "E7", ARTICLE_DAY, draws.whole(2_400, 3_200))


def changes() -> list[Change]:
    """Return what was changed in the centre, by day."""
    with TEXTS.open("rb") as file:
        found = tomllib.load(file)["change"]
    return [Change(one["date"], one["site"], one["change"], one["zh"], one["en"]) for one in found]
