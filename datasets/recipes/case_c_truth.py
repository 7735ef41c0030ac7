"""Case C, Tuohe Appliances: the promises that its rows must keep before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean
from typing import Final

import survey
from case_c_keys import factors, july_peak, seen_in
from case_c_log import WINDOW, Seen, by_month, share
from case_c_measures import MEASURES, measures
from case_c_plan import NAMED, SCORECARD_TOTALS, X2_SHARE
from case_c_rows import (
    ARTICLE_DAY,
    CLOSE,
    E7_DAY,
    HIRE_DAY,
    LAUNCH_DAY,
    LOG_END,
    OPEN,
    POLICY_DAY,
    TEAMS,
)
from case_c_scores import LATER, means, totals_by_site
from case_c_survey import DRIVERS, GAPS
from effect import REJECTED, SUPPORTED
from recipe import Tables, require, within

ROWS: Final = {
    "contacts": (21_700, 22_900),
    "intervals": (5_124, 5_124),
    "field_jobs": (4_800, 5_200),
    "agents": (60, 60),
    "agent_months": (326, 326),
    "kb": (80, 80),
    "survey": (1_200, 1_200),
    "policy": (6, 6),
}
# Verdict of table C-0, range of the ratio within strata, least raw ratio of a decoy that tempts.
# A decoy is null besides: its interval contains 1.
FACTORS: Final = {
    "e7_before_article": (SUPPORTED, 2.7, 3.5, None),
    "s2_policy": (SUPPORTED, 1.3, 1.6, None),
    "s2_before_policy": (REJECTED, 0.9, 1.1, None),
    "peak": (REJECTED, 0.9, 1.1, 1.15),
    "new_hires": (REJECTED, 0.9, 1.1, 1.15),
    "chat": (REJECTED, 0.9, 1.1, 1.15),
}


def check(tables: Tables) -> None:
    """Stop at the first promise that the rows do not keep."""
    for name, (low, high) in ROWS.items():
        within(len(tables[name]), low, high, f"number of {name}")
    seen = seen_in(tables["contacts"], tables["agents"])
    found = measures(tables, seen)
    for name, (low, high) in MEASURES.items():
        within(found[name], low, high, name)
    check_factors(seen)
    check_log(tables, seen)
    check_products(seen)
    check_agents(tables)
    check_survey(tables)
    check_others(tables)


def check_factors(seen: Sequence[Seen]) -> None:
    """Stop unless every factor has the verdict of table C-0, and the decoys tempt when raw."""
    for name, found in factors(seen).items():
        verdict, low, high, tempting = FACTORS[name]
        require(found.within.verdict == verdict, f"{name} is {found.within}, promised {verdict}")
        within(found.within.ratio, low, high, f"ratio of {name} within strata")
        if verdict == REJECTED:
            null = found.within.low < 1 < found.within.high
            require(null, f"{name} is {found.within}, promised to be null")
        if tempting:
            within(found.raw.ratio, tempting, 2.0, f"raw ratio of {name}")


def check_log(tables: Tables, seen: Sequence[Seen]) -> None:
    """Stop unless the log is in order and its end leaves no doubt about who is eligible."""
    log = tables["contacts"]
    require([one.at for one in log] == sorted(one.at for one in log), "contacts by time")
    require(len({(*one.issue, one.at) for one in log}) == len(log), "no two at the same moment")
    require(all(OPEN <= one.at.time() < CLOSE for one in log), "contacts between 8 and 22 o'clock")
    last = log[-1].at - WINDOW
    unsure = [one for one in seen if last < one.contact.at <= LOG_END - WINDOW]
    require(not unsure, "the log's last contact and its end make the same contacts eligible")
    staff = {one.agent_id: one for one in tables["agents"]}
    for one in log:
        agent = staff[one.agent_id]
        require(
            (agent.site, agent.team) == (one.site, TEAMS[one.channel]),
            f"{one.contact_id} at the site and in the team of its agent",
        )
        require(agent.hire_date <= one.at.date(), f"{one.contact_id} after its agent was hired")


def check_products(seen: Sequence[Seen]) -> None:
    """Stop unless AC-X2 and its error come when they should, as often as they should."""
    for name, found in by_month(seen).items():
        firsts = [one.contact.product == "AC-X2" for one in found if one.first]
        aim = X2_SHARE[int(name[-2:])]
        within(share(firsts), aim - 0.025, aim + 0.025, f"share of AC-X2 in {name}")
    early = [one for one in seen if one.contact.product == "AC-X2" and one.day < LAUNCH_DAY]
    require(not early, "no AC-X2 before its launch")
    for one in seen:
        good = one.contact.product == "AC-X2" and one.contact.reason == "fault"
        require(not one.e7 or (good and one.day >= E7_DAY), "E7 only in AC-X2's faults since June")


def check_agents(tables: Tables) -> None:
    """Stop unless staff and new staff are as many as promised, and the named show their values."""
    staff = tables["agents"]
    sites = {site: sum(one.site == site for one in staff) for site in ("S1", "S2")}
    require(sites == {"S1": 36, "S2": 24}, "36 agents at S1, 24 at S2")
    new = {
        site: sum(one.site == site and one.hire_date == HIRE_DAY for one in staff)
        for site in ("S1", "S2")
    }
    require(new == {"S1": 3, "S2": 12}, "3 new agents at S1, 12 at S2")
    require(sum(one.leader for one in staff) == 6, "a leader in each team of a site")
    shown = means(tables["agent_months"], LATER)
    for agent, aim in SCORECARD_TOTALS.items():
        reached = totals_by_site(tables)[agent]
        require(round(reached, 1) == aim, f"total of {agent} is {reached}, promised {aim}")
        since = NAMED[agent][1]
        within(shown[agent]["FCR"], since.fcr - 1e-9, since.fcr + 1e-9, f"FCR of {agent}")
    for one in tables["agent_months"]:
        parts = (one.qa_attitude, one.qa_knowledge, one.qa_process)
        require(abs(sum(parts) - 3 * one.QA) < 0.05, "QA is the mean of its parts")
        require(all(0 <= part <= 100 for part in parts), f"QA of {one.agent_id} up to 100")
        require(0 < one.attendance <= 1, f"attendance of {one.agent_id} up to 1")


def check_survey(tables: Tables) -> None:
    """Stop unless gaps, reliabilities and drivers are as planted."""
    people = survey.clean(tables["survey"])
    require(len(people) == 1_164, f"{len(people)} respondents after cleaning, promised 1164")
    for name, aim in GAPS.items():
        within(survey.gap(people, name), aim - 0.12, aim + 0.12, f"gap of {name}")
        within(survey.alpha(people, name), 0.75, 0.90, f"alpha of {name}")
    weights = survey.drivers(people)
    falling = sorted(DRIVERS, key=lambda name: -DRIVERS[name])
    for more, less in pairwise(falling):
        require(weights[more] - weights[less] >= 0.02, f"{more} drives more than {less}")
    seen = {name: survey.mean(people, "P", name) for name in weights}
    least, middle = fmean(weights.values()), fmean(seen.values())
    first = {name for name in weights if weights[name] > least and seen[name] < middle}
    require(first == {"PRO", "REL"}, f"to be improved first: {sorted(first)}")
    for face, dimension, part in (("PRO", "AC-X2", _x2), ("EMP", "S2", _s2)):
        own = survey.gap([one for one in people if part(one)], face)
        others = survey.gap([one for one in people if not part(one)], face)
        within(own - others, -1.2, -0.25, f"{face} of {dimension} against the others")


def _x2(person: survey.Person) -> bool:
    return bool(person.row.product == "AC-X2")


def _s2(person: survey.Person) -> bool:
    return bool(person.row.site == "S2")


def check_others(tables: Tables) -> None:
    """Stop unless the jobs, the article and the change stand where they were planted."""
    at = {one.contact_id: one.at for one in tables["contacts"]}
    for one in tables["field_jobs"]:
        stamps = (at[one.contact_id], one.window_start, one.arrived_at, one.completed_at)
        require(list(stamps) == sorted(stamps), f"stages of {one.job_id} in order")
        require(one.visits == 2 - one.part_on_hand, f"{one.job_id} comes again without the part")
    found = [one for one in tables["kb"] if one.error_code == "E7"]
    require([one.published_on for one in found] == [ARTICLE_DAY], "one article about E7")
    weight = [one for one in tables["policy"] if one.change == "scorecard_weight"]
    require([(one.date, one.site) for one in weight] == [(POLICY_DAY, "S2")], "one new scorecard")
    peak = july_peak(tables["intervals"])
    require(peak["half_hour"] == "19:00", f"July's peak is at {peak['half_hour']}")
    clear = peak["workload"] % 1 > 0.05
    require(clear, f"July's peak needs {peak['workload']} agents, too near a whole number")
    for one in tables["intervals"]:
        counts = (one.short_abandoned, one.abandoned, one.offered - one.answered_20s)
        require(list(counts) == sorted(counts), f"counts of {one.date} {one.half_hour}")
