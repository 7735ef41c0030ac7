"""Case C, Tuohe Appliances: the floor: half hours of the lines, agents and their months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from case_c_plan import (
    CURVE,
    E11_PARTS,
    LATE_HIRE,
    NAMED,
    NEW_AGENTS,
    POSTS,
    STEPS,
    SUMMER,
    TEAM_SIZES,
    VOLUME,
    Kpis,
    Plan,
)
from case_c_rows import (
    DAYS,
    HALF_HOURS,
    HIRE_DAY,
    LATE_HIRE_DAY,
    MONTHS,
    POLICY_DAY,
    Agent,
    AgentMonth,
    Interval,
    month,
)
from draws import Draws, clip

NUMBERS: Final = tuple(f"E{place:02d}" for place in range(1, 61))
FIRST_HIRE_DAY, LAST_OLD_HIRE_DAY = date(2020, 3, 2), date(2024, 12, 2)


def intervals(draws: Draws, plan: Plan) -> list[Interval]:
    """Return every half hour of the lines."""
    return [
        _interval(draws, plan, day, start, weight / sum(CURVE))
        for day in DAYS
        for start, weight in zip(HALF_HOURS, CURVE, strict=True)
    ]


def _interval(draws: Draws, plan: Plan, day: date, start: str, share: float) -> Interval:
    expected = plan.offered_a_day * VOLUME[day.month] * share
    usual = plan.staffed_summer if day.month in SUMMER else plan.staffed_usual
    staffed = max(2, round(expected * plan.aht_s / 1_800 / usual))
    offered = draws.poisson(expected)
    aht_s = round(plan.aht_s * draws.lognormal(1, 0.05), 1)
    load = offered * aht_s / 1_800 / staffed
    in_time = draws.binomial(offered, clip(0.98 - 1.6 * max(0, load - 0.62), 0.15, 0.98))
    abandoned = draws.binomial(offered - in_time, 0.25)
    return Interval(
        date=day,
        half_hour=start,
        offered=offered,
        answered=offered - abandoned,
        answered_20s=in_time,
        abandoned=abandoned,
        short_abandoned=draws.binomial(abandoned, 0.20),
        aht_s=aht_s,
        staffed=staffed,
    )


def site_of(agent_id: str) -> str:
    """Return the site of an agent: 36 at S1, 24 at S2, spread over the numbers."""
    return "S2" if int(agent_id[1:]) % 5 in {0, 3} else "S1"


def agents(draws: Draws) -> list[Agent]:
    """Return the agents by number."""
    staff = [one for site in TEAM_SIZES for one in _site(draws, site)]
    return sorted(staff, key=lambda one: one.agent_id)


def _site(draws: Draws, site: str) -> Iterator[Agent]:
    own = [one for one in NUMBERS if site_of(one) == site]
    free = draws.shuffled([one for one in own if one not in POSTS])
    for team, size in TEAM_SIZES[site].items():
        fixed = [one for one in own if POSTS.get(one) == team]
        drawn = [free.pop() for _ in range(size - len(fixed))]
        new = drawn[: NEW_AGENTS[site][team]]
        yield from _team(draws, (site, team), sorted(fixed + drawn), new)


def _team(
    draws: Draws, place: tuple[str, str], members: Sequence[str], new: Sequence[str]
) -> Iterator[Agent]:
    site, team = place
    hired = {one: _hired(draws, one, new) for one in members}
    leader = min(members, key=lambda one: (hired[one], one))
    for one in members:
        years = (POLICY_DAY - hired[one]).days / 365
        level = _level(draws, years)
        coached = draws.whole(0, 2) if level == "intermediate" else 0
        if level == "senior":
            coached = draws.whole(1, 4)
        yield Agent(one, site, team, hired[one], level, one == leader, coached)


def _hired(draws: Draws, agent_id: str, new: Sequence[str]) -> date:
    span = (LAST_OLD_HIRE_DAY - FIRST_HIRE_DAY).days
    day = FIRST_HIRE_DAY + timedelta(days=draws.whole(0, span))
    if agent_id == LATE_HIRE:
        return LATE_HIRE_DAY
    return HIRE_DAY if agent_id in new else day


def _level(draws: Draws, years: float) -> str:
    if years < 0.5:
        return "junior"
    if years < 1.5:
        return draws.weighted(("junior", "intermediate"), (0.4, 0.6))
    return draws.weighted(("intermediate", "senior"), (0.6, 0.4) if years < 3 else (0.3, 0.7))


def agent_months(draws: Draws, plan: Plan, staff: Sequence[Agent]) -> list[AgentMonth]:
    """Return the indicators of every agent, month by month since the agent was hired."""
    return [
        row
        for one in staff
        for row in (_named(draws, one) if one.agent_id in NAMED else _drawn(draws, plan, one))
    ]


def _named(draws: Draws, agent: Agent) -> Iterator[AgentMonth]:
    since = month(POLICY_DAY)
    early = [name for name in MONTHS if name < since]
    late = [name for name in MONTHS if name >= max(since, month(agent.hire_date))]
    for names, means in zip((early, late), NAMED[agent.agent_id], strict=True):
        if means is None:
            continue
        for place, name in enumerate(names):
            turn = 1 - 2 * place / (len(names) - 1)  # from the first month's 1 to the last's -1
            yield _month(draws, agent.agent_id, name, _moved(means, turn))


def _moved(means: Kpis, turn: float) -> Kpis:
    return Kpis(
        means.qa + turn * STEPS.qa,
        means.fcr + turn * STEPS.fcr,
        means.aht_s + turn * STEPS.aht_s,
        means.csat + turn * STEPS.csat,
        means.attendance + turn * STEPS.attendance,
        means.overtime_h + round(turn * STEPS.overtime_h),
    )


def _drawn(draws: Draws, plan: Plan, agent: Agent) -> Iterator[AgentMonth]:
    usual = Kpis(plan.agent_qa, plan.agent_fcr, 1.0, plan.agent_csat, plan.agent_attendance)
    own = _around(draws, usual, 1.0)
    for name in MONTHS:
        if name < month(agent.hire_date):
            continue
        policy = agent.site == "S2" and name >= month(POLICY_DAY)
        shown = _around(draws, own, plan.month_noise)
        found = Kpis(
            shown.qa,
            shown.fcr + plan.agent_fcr_s2_policy * policy,
            plan.agent_aht_s * shown.aht_s * (plan.aht_s2_policy if policy else 1),
            shown.csat + plan.csat_s2_policy * policy,
            shown.attendance,
            draws.whole(4, 14),
        )
        yield _month(draws, agent.agent_id, name, found)


def _around(draws: Draws, middle: Kpis, spread: float) -> Kpis:
    """Return indicators drawn around a middle; the handling time here is a factor."""
    return Kpis(
        draws.normal(middle.qa, spread * 3.5),
        draws.normal(middle.fcr, spread * 0.025),
        middle.aht_s * draws.lognormal(1, spread * 0.08),
        draws.normal(middle.csat, spread * 0.08),
        min(1.0, draws.normal(middle.attendance, spread * 0.012)),
    )


def _month(draws: Draws, agent_id: str, name: str, found: Kpis) -> AgentMonth:
    qa = round(min(found.qa, 99.5), 1)
    room = min(4.0, (100 - qa) / 2)
    attitude, knowledge = (round(qa + draws.uniform(-room, room), 1) for _ in "12")
    if agent_id == LATE_HIRE:
        attitude, knowledge = E11_PARTS
    return AgentMonth(
        agent_id=agent_id,
        month=name,
        QA=qa,
        FCR=round(found.fcr, 3),
        AHT=round(found.aht_s, 1),
        CSAT=round(found.csat, 2),
        attendance=round(found.attendance, 3),
        overtime_h=found.overtime_h,
        qa_attitude=attitude,
        qa_knowledge=knowledge,
        qa_process=round(3 * qa - attitude - knowledge, 1),
    )
