"""Case B, Chengwan Property: the staff of the centre and the calls to its front desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from case_b_plan import CALL_CURVE, ENGINEERS, POSTS, SHIFTS, Plan, Post
from case_b_rows import LEFT_DAY, QUARTER_DAYS, Call, Member
from draws import Draws

FIRST_HOUR = 7
YEAR_DAYS = (QUARTER_DAYS[-1] - QUARTER_DAYS[0]).days
# When who of the front desk is there, in hours of the day.
DUTY = {"early": (7.0, 14.5), "late": (14.5, 22.0)}


def staff(draws: Draws) -> list[Member]:
    """Return the staff by post; the last plumber leaves in May and is not replaced."""
    places = [(post, place) for post in POSTS for place in range(post.heads)]
    return [
        _member(draws, f"S{number:02d}", post, place)
        for number, (post, place) in enumerate(places, start=1)
    ]


def _member(draws: Draws, staff_id: str, post: Post, place: int) -> Member:
    engineer = post.code == "engineering"
    leaves = engineer and place == len(ENGINEERS)
    trade = "plumbing" if leaves else ENGINEERS[place] if engineer else None
    shifts = SHIFTS[post.code]
    return Member(
        staff_id=staff_id,
        post=post.code,
        trade=trade,
        hire_date=date(2016, 3, 1) + timedelta(days=draws.whole(0, 3_100)),
        left_on=LEFT_DAY if leaves else None,
        shift=shifts[place % len(shifts)],
        certificate=engineer or draws.chance(0.5),
        training_h=draws.whole(*post.training_h),
        judged_on=post.judged_on,
    )


def calls(draws: Draws, plan: Plan, team: Sequence[Member]) -> list[Call]:
    """Return the calls of the year by time."""
    desk = [one for one in team if one.post == "front_desk"]
    moments = sorted(_moment(draws) for _ in range(plan.calls))
    return [_call(draws, plan, f"L{place:04d}", at, desk) for place, at in enumerate(moments, 1)]


def _moment(draws: Draws) -> datetime:
    day = QUARTER_DAYS[0] + timedelta(days=draws.whole(0, YEAR_DAYS - 1))
    hour = draws.weighted(range(FIRST_HOUR, FIRST_HOUR + len(CALL_CURVE)), CALL_CURVE)
    return datetime.combine(day, time(hour)) + timedelta(seconds=draws.whole(0, 3_599))


def _call(draws: Draws, plan: Plan, call_id: str, at: datetime, desk: Sequence[Member]) -> Call:
    answered = draws.chance(plan.answered)
    hour = at.hour + at.minute / 60
    present = [one.staff_id for one in desk if DUTY[one.shift][0] <= hour < DUTY[one.shift][1]]
    talk_s = max(1, round(draws.lognormal(plan.talk_s_median, plan.talk_s_sigma)))
    greeted, agent = draws.chance(plan.greeting_ok), draws.one_of(present)
    return Call(
        call_id=call_id,
        at=at,
        rings=1 + draws.poisson(plan.more_rings),
        answered=answered,
        talk_s=talk_s if answered else None,
        greeting_ok=greeted if answered else None,
        agent_id=agent if answered else None,
    )
