"""Case B, Chengwan Property: the flats, their repairs, and the bills that follow from both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from case_b_plan import (
    CATEGORIES,
    CATEGORY_WEIGHTS,
    OTHER_REASONS,
    TRADES,
    Plan,
)
from case_b_rows import (
    BUILDINGS,
    CUT_OFF_DAY,
    FLATS_OF_A_FLOOR,
    FLOORS,
    FORM_DAY,
    OLD_BUILDINGS,
    QUARTER_DAYS,
    WECHAT_BUILDINGS,
    Bill,
    Member,
    Repair,
    Unit,
    troubled,
)
from draws import Draws, score

OPEN_FROM_H, OPEN_H = 7, 15


def units(draws: Draws, plan: Plan) -> list[Unit]:
    """Return the flats by building and floor."""
    return [
        Unit(
            unit_id=f"{building}-{floor:02d}{flat:02d}",
            building=building,
            area_m2=round(draws.uniform(55, 160), 1),
            occupant=_occupant(draws, plan, building),
            fee_cny_m2_month=plan.fee_cny_m2_month,
            app_bound=draws.chance(plan.app_bound),
            notice="wechat" if building in WECHAT_BUILDINGS else "paper",
            bad_2024q4=draws.chance(plan.bad_2024q4),
        )
        for building in BUILDINGS
        for floor in FLOORS
        for flat in FLATS_OF_A_FLOOR
    ]


def _occupant(draws: Draws, plan: Plan, building: int) -> str:
    tenants = plan.tenants_old if building in OLD_BUILDINGS else plan.tenants_others
    shares = (plan.vacant, tenants, 1 - plan.vacant - tenants)
    return draws.weighted(("vacant", "tenant", "owner"), shares)


def moment(draws: Draws, start: date, end: date) -> datetime:
    """Return a moment of the desk's opening hours on a day from start to before end."""
    day = start + timedelta(days=draws.whole(0, (end - start).days - 1))
    second = 3_600 * OPEN_FROM_H + draws.whole(0, 3_600 * OPEN_H - 1)
    return datetime.combine(day, time()) + timedelta(seconds=second)


@dataclass(frozen=True)
class Estate:
    """The plan, the flats and the staff that the repairs are made from."""

    plan: Plan
    units: Sequence[Unit]
    staff: Sequence[Member]

    def technicians(self, trade: str, day: date) -> list[str]:
        """Return who of a trade is there on a day."""
        return [
            one.staff_id
            for one in self.staff
            if one.trade == trade and (one.left_on is None or day < one.left_on)
        ]


def repairs(draws: Draws, estate: Estate) -> list[Repair]:
    """Return the repairs of the year by the time of their report."""
    found: list[Repair] = []
    for unit in estate.units:
        mean = estate.plan.repairs_old if unit.old else estate.plan.repairs_others
        for start, end in pairwise(QUARTER_DAYS):
            moments = [moment(draws, start, end) for _ in range(draws.poisson(mean))]
            found += [_repair(draws, estate, unit, reported_at) for reported_at in moments]
    found.sort(key=lambda one: (one.reported_at, one.unit_id))
    return [replace(one, ticket_id=f"R{place:05d}") for place, one in enumerate(found, start=1)]


def _repair(draws: Draws, estate: Estate, unit: Unit, reported_at: datetime) -> Repair:
    plan = estate.plan
    channel = _channel(draws, plan, unit)
    category = draws.weighted(CATEGORIES, CATEGORY_WEIGHTS[unit.old])
    coded = draws.chance(_coded(plan, channel, reported_at.date()))
    wrong = draws.chance(plan.wrong_coded if coded else plan.wrong_uncoded)
    hours = draws.lognormal(plan.hours_median, plan.hours_sigma)
    hours += draws.gamma(plan.extra_waits, plan.extra_wait_h) if wrong else 0.0
    completed_at = reported_at + timedelta(seconds=round(3_600 * hours))
    reopened = draws.chance(plan.reopened_wrong if wrong else plan.reopened_right)
    callback = draws.chance(plan.callback)
    wait_s = draws.whole(1_800, 82_800) if callback else 86_400
    job = Repair(
        ticket_id="",
        unit_id=unit.unit_id,
        reported_at=reported_at,
        channel=channel,
        category=category,
        coded=coded,
        first_trade_ok=not wrong,
        visits=2 if wrong or reopened else 1,
        completed_at=completed_at,
        reopened=reopened,
        callback=callback,
        closed_at=completed_at + timedelta(seconds=wait_s),
        satisfaction=None,
        tech_id=draws.one_of(estate.technicians(TRADES[category], reported_at.date())),
        scope="out" if draws.chance(plan.out_of_scope) else "in",
    )
    return replace(job, satisfaction=_satisfaction(draws, plan, bad=job.bad))


def _channel(draws: Draws, plan: Plan, unit: Unit) -> str:
    if unit.app_bound and draws.chance(plan.app_if_bound):
        return "app"
    return "phone" if draws.chance(plan.phone_not_desk) else "desk"


def _coded(plan: Plan, channel: str, day: date) -> float:
    if channel == "app":
        return plan.coded_app
    return plan.coded_before if day < FORM_DAY else plan.coded_since


def _satisfaction(draws: Draws, plan: Plan, *, bad: bool) -> int | None:
    if not draws.chance(plan.rated):
        return None
    return score(plan.rating - bad * plan.rating_bad + draws.normal(0, plan.rating_sd))


def bills(draws: Draws, estate: Estate, done: Sequence[Repair]) -> list[Bill]:
    """Return the bills by quarter and flat, as they stand at the cut-off."""
    exposed = troubled(estate.units, done)
    pairs = [(place, unit) for place in (1, 2, 3, 4) for unit in estate.units]
    return [
        _bill(
            draws,
            estate.plan,
            (f"F{number:05d}", place, unit),
            exposed=(unit.unit_id, place) in exposed,
        )
        for number, (place, unit) in enumerate(pairs, start=1)
    ]


def _bill(draws: Draws, plan: Plan, of: tuple[str, int, Unit], *, exposed: bool) -> Bill:
    bill_id, place, unit = of
    unpaid = draws.chance(plan.arrears_exposed if exposed else plan.arrears_others)
    billed = round(unit.area_m2 * unit.fee_cny_m2_month * 3, 2)
    issued = QUARTER_DAYS[place - 1] + timedelta(days=45)
    paid_on = min(issued + timedelta(days=1 + int(draws.gamma(2, 9.0))), CUT_OFF_DAY)
    reason = _reason(draws, plan, exposed=exposed)
    return Bill(
        bill_id=bill_id,
        unit_id=unit.unit_id,
        quarter=place,
        billed_cny=billed,
        paid_cny=0.0 if unpaid else billed,
        paid_on=None if unpaid else paid_on,
        stated_reason=reason if unpaid else None,
    )


def _reason(draws: Draws, plan: Plan, *, exposed: bool) -> str:
    if draws.chance(plan.fee_high_unpaid):
        return "fee_high"
    if exposed and draws.chance(plan.repair_reason):
        return "repair_unsolved"
    return draws.one_of(OTHER_REASONS)
