"""Case C, Tuohe Appliances: the contact log, first contacts and the repeats they lead to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from case_c_plan import (
    CODED,
    DAYS_OF_MAY,
    ERROR_CODES,
    OTHER_CHANNELS,
    OTHER_PRODUCTS,
    OTHER_REASONS,
    SUMMER,
    VOLUME,
    WAITS_S,
    X2_DAYS_OF_MAY,
    X2_SHARE,
    Plan,
)
from case_c_rows import (
    CLOSE,
    DAYS,
    E7_DAY,
    HALF_HOURS,
    HIRE_DAY,
    LATE_HIRE_DAY,
    LAUNCH_DAY,
    LOG_END,
    NEW_AGENTS_DAY,
    OPEN,
    SITES,
    TEAMS,
    Agent,
    Contact,
    e7_before,
    half_hour,
    s2_since,
)
from draws import Draws, clip, score

Occupancy = Mapping[tuple[str, date, str], float]
OPEN_S: Final = 14 * 3_600
FOLLOW_UP_S: Final = (4 * 3_600, 156 * 3_600)  # 4 hours to 6.5 days after the contact before


@dataclass(frozen=True)
class Case:
    """What a customer brings: everything of a contact that its repeats share."""

    customer_id: str
    site: str
    channel: str
    product: str
    reason: str
    error_code: str | None
    agent_id: str


@dataclass(frozen=True)
class Desk:
    """Who takes the contacts: old and new agents by site and team."""

    old: Mapping[tuple[str, str], Sequence[str]]
    new: Mapping[tuple[str, str], Sequence[str]]
    late: Mapping[tuple[str, str], Sequence[str]]  # the new agents once the last has come


def desk(staff: Sequence[Agent]) -> Desk:
    """Return the agents by site and team."""
    groups: tuple[dict[tuple[str, str], list[str]], ...] = tuple(defaultdict(list) for _ in "123")
    old, new, late = groups
    for one in staff:
        place = one.site, one.team
        if one.hire_date < HIRE_DAY:
            old[place].append(one.agent_id)
        else:
            late[place].append(one.agent_id)
        if HIRE_DAY <= one.hire_date < LATE_HIRE_DAY:
            new[place].append(one.agent_id)
    return Desk(old, new, late)


def occupancies(draws: Draws, plan: Plan) -> Occupancy:
    """Return the occupancy of every half hour of a site."""
    return {
        (site, day, start): round(
            clip(
                draws.normal(
                    plan.occupancy + plan.occupancy_summer * (day.month in SUMMER),
                    plan.occupancy_sd,
                ),
                0.45,
                0.99,
            ),
            3,
        )
        for site in SITES
        for day in DAYS
        for start in HALF_HOURS
    }


def contacts(draws: Draws, plan: Plan, staff: Sequence[Agent], busy: Occupancy) -> list[Contact]:
    """Return the log by time."""
    people = desk(staff)
    log = [
        one
        for day in _days(draws, plan)
        for one in _chain(draws, plan, _case(draws, plan, people, day), day, busy)
    ]
    log.sort(key=lambda one: (one.at, one.customer_id))
    return [replace(one, contact_id=f"C{place:05d}") for place, one in enumerate(log, start=1)]


def _days(draws: Draws, plan: Plan) -> list[date]:
    """Return the days of the first contacts, in proportion to the volume of their months."""
    tickets = [day for day in DAYS for _ in range(round(100 * VOLUME[day.month]))]
    return sorted(draws.one_of(tickets) for _ in range(plan.contacts))


def _x2_share(day: date) -> float:
    if day < LAUNCH_DAY:
        return 0.0
    crowded = DAYS_OF_MAY / X2_DAYS_OF_MAY if day.month == LAUNCH_DAY.month else 1.0
    return X2_SHARE[day.month] * crowded


def _case(draws: Draws, plan: Plan, people: Desk, day: date) -> Case:
    x2 = draws.chance(_x2_share(day))
    product = "AC-X2" if x2 else draws.weighted(*OTHER_PRODUCTS)
    fault = draws.chance(plan.fault_x2 if x2 else plan.fault_others)
    chat = draws.chance(plan.chat_x2 if x2 else plan.chat_others)
    channel = "chat" if chat else draws.weighted(*OTHER_CHANNELS)
    site = "S2" if draws.chance(plan.s2) else "S1"
    return Case(
        customer_id=f"U{draws.whole(1, plan.customers):05d}",
        site=site,
        channel=channel,
        product=product,
        reason="fault" if fault else draws.weighted(*OTHER_REASONS),
        error_code=_error_code(draws, plan, product, day) if fault else None,
        agent_id=_agent(draws, plan, people, (site, TEAMS[channel]), day),
    )


def _error_code(draws: Draws, plan: Plan, product: str, day: date) -> str | None:
    if product == "AC-X2" and day >= E7_DAY and draws.chance(plan.e7_of_x2_faults):
        return "E7"
    return draws.one_of(ERROR_CODES[product]) if draws.chance(CODED) else None


def _agent(draws: Draws, plan: Plan, people: Desk, place: tuple[str, str], day: date) -> str:
    share = plan.new_agents_s2 if place[0] == "S2" else plan.new_agents_s1
    if day >= NEW_AGENTS_DAY and draws.chance(share):
        new = people.late if day >= LATE_HIRE_DAY else people.new
        return draws.one_of(new[place])
    return draws.one_of(people.old[place])


def _chain(draws: Draws, plan: Plan, case: Case, day: date, busy: Occupancy) -> Iterator[Contact]:
    """Yield a contact and its repeats until one is not followed or the log ends."""
    at = datetime.combine(day, OPEN) + timedelta(seconds=int(draws.uniform(0, OPEN_S)))
    for turn in range(1 + plan.follow_ups):
        solved = draws.chance(plan.follow_up_solved if turn else _resolved(plan, case, at))
        yield _contact(draws, plan, case, at, solved=solved, occupancy=_busy(busy, case, at))
        if not draws.chance(_repeat(plan, turn, solved=solved)):
            return
        at = _later(draws, at)
        if at >= LOG_END:
            return


def _resolved(plan: Plan, case: Case, at: datetime) -> float:
    share = plan.resolved
    if case.error_code == "E7":
        early = e7_before(case.error_code, at)
        share = plan.resolved_e7 if early else plan.resolved_e7_article
    return share + plan.resolved_s2_policy * s2_since(case.site, at)


def _repeat(plan: Plan, turn: int, *, solved: bool) -> float:
    if turn:
        return 0.0 if solved else plan.follow_up_repeat
    return plan.repeat_resolved if solved else plan.repeat_unresolved


def _later(draws: Draws, at: datetime) -> datetime:
    while True:
        then = at + timedelta(seconds=int(draws.uniform(*FOLLOW_UP_S)))
        if OPEN <= then.time() < CLOSE:
            return then


def _busy(busy: Occupancy, case: Case, at: datetime) -> float:
    return busy[case.site, at.date(), half_hour(at)]


def _contact(
    draws: Draws, plan: Plan, case: Case, at: datetime, *, solved: bool, occupancy: float
) -> Contact:
    early, policy = e7_before(case.error_code, at), s2_since(case.site, at)
    handle_s = draws.lognormal(plan.aht_s, plan.aht_sigma)
    handle_s *= (plan.aht_e7 if early else 1) * (plan.aht_s2_policy if policy else 1)
    hold, wrap = draws.uniform(0.02, 0.14), draws.uniform(0.14, 0.26)
    moved = draws.chance(plan.transferred_e7 if early else plan.transferred)
    mark = plan.mark_unresolved_s2_policy if policy else plan.mark_unresolved
    return Contact(
        contact_id="",  # numbered once the log is in order
        at=at,
        occupancy=occupancy,
        wait_s=_wait_s(draws, plan, case.channel, at),
        talk_s=round((1 - hold - wrap) * handle_s),
        hold_s=round(hold * handle_s),
        wrap_s=round(wrap * handle_s),
        transfers=moved + (moved and draws.chance(0.1)),
        resolved_flag=draws.chance(plan.mark_resolved if solved else mark),
        csat=_csat(draws, plan, solved=solved, policy=policy),
        **vars(case),
    )


def _wait_s(draws: Draws, plan: Plan, channel: str, at: datetime) -> int:
    crowded = channel == "phone" and at.month in SUMMER
    return round(draws.lognormal(*WAITS_S[channel]) * (plan.wait_summer if crowded else 1))


def _csat(draws: Draws, plan: Plan, *, solved: bool, policy: bool) -> int | None:
    if not draws.chance(plan.csat_answered):
        return None
    liking = plan.csat_solved if solved else plan.csat_unsolved
    return score(liking + plan.csat_s2_policy * policy + draws.normal(0, plan.csat_sd))
