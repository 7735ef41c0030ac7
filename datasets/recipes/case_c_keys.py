"""Case C, Tuohe Appliances: what the tables say, computed; the keys of the case's questions."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Final

import survey as reading_survey
from case_c_log import Seen, by_month, effect_rows, fcr, fcri, reading, share
from case_c_rows import (
    ARTICLE_DAY,
    HALF_HOURS,
    HIRE_DAY,
    NEW_AGENTS_DAY,
    POLICY_DAY,
    SITES,
    Agent,
    Contact,
    Interval,
    month,
)
from case_c_scores import fcr_with_aht, rank_shift
from effect import Effect, Row, effect, raw_effect
from recipe import Tables

CNY_A_CONTACT: Final = 9
SAMPLE: Final = 10  # one in ten customers
HIGH_OCCUPANCY: Final = 0.80
AGENT_AHT_S, AGENT_OCCUPANCY = 300, 0.85


def seen_in(log: Sequence[Contact], staff: Sequence[Agent]) -> list[Seen]:
    """Return the log with every contact's place in its chain."""
    return reading(log, [one.agent_id for one in staff if one.hire_date >= HIRE_DAY])


@dataclass(frozen=True)
class Factor:
    """The effect of a factor as it looks, and within the strata of table C-0."""

    raw: Effect
    within: Effect


def factors(seen: Sequence[Seen]) -> dict[str, Factor]:
    """Return every tested factor: exposure, rows and strata as in table C-0."""

    def causes(one: Seen) -> tuple[bool, bool]:
        return one.s2_since, one.e7_before

    def s2(one: Seen) -> bool:
        return one.contact.site == "S2"

    tests: dict[str, list[Row]] = {
        "e7_before_article": effect_rows(
            seen,
            lambda one: one.e7_before,
            lambda one: (one.contact.site, one.day >= POLICY_DAY),
        ),
        "s2_policy": effect_rows(seen, s2, lambda one: one.e7_before, POLICY_DAY),
        "s2_before_policy": effect_rows(
            [one for one in seen if one.day < POLICY_DAY], s2, lambda one: one.e7_before
        ),
        "peak": effect_rows(seen, lambda one: one.contact.occupancy > HIGH_OCCUPANCY, causes),
        "new_hires": effect_rows(seen, lambda one: one.new_agent, causes, NEW_AGENTS_DAY),
        "chat": effect_rows(seen, lambda one: one.contact.channel == "chat", causes),
    }
    return {name: Factor(raw_effect(rows), effect(rows)) for name, rows in tests.items()}


def resolution(seen: Sequence[Seen]) -> dict[str, dict[str, float | None]]:
    """Return FCR, FCRI and the agents' own mark by month, and how far the mark lies above FCR."""
    table: dict[str, dict[str, float | None]] = {}
    for name, found in by_month(seen).items():
        contact, mark = fcr(found), share(one.contact.resolved_flag for one in found)
        gap = mark - contact if mark is not None and contact is not None else None
        table[name] = {"FCR": contact, "FCRI": fcri(found), "self_mark": mark, "gap": gap}
    return table


def e7_by_article(seen: Sequence[Seen]) -> dict[str, dict[str, float | None]]:
    """Return the resolution of E7 contacts before and since the article."""
    e7 = [one for one in seen if one.e7]
    parts = {
        "before": [one for one in e7 if one.day < ARTICLE_DAY],
        "since": [one for one in e7 if one.day >= ARTICLE_DAY],
    }
    return {name: {"FCR": fcr(found), "FCRI": fcri(found)} for name, found in parts.items()}


def site_by_period(seen: Sequence[Seen], *, without_e7: bool = False) -> dict[str, float | None]:
    """Return FCRI of the sites before and since 1 July."""
    kept = [one for one in seen if not (without_e7 and one.e7)]
    return {
        f"{site} {name}": fcri(
            one for one in kept if one.contact.site == site and (one.day >= POLICY_DAY) is late
        )
        for site in SITES
        for name, late in (("Apr-Jun", False), ("Jul-Sep", True))
    }


def july_loss(seen: Sequence[Seen]) -> dict[str, float]:
    """Return July's loss of FCRI against April in three steps that add up to it."""
    months = by_month(seen)
    july = months["2025-07"]
    plain = [one for one in july if not one.e7]
    steps = (
        july,
        plain,
        [one for one in plain if one.contact.site == "S1"],
        months["2025-04"],
    )
    values = [fcri(one) or math.nan for one in steps]
    return {
        "e7": values[1] - values[0],
        "policy": values[2] - values[1],
        "rest": values[3] - values[2],
        "loss": values[3] - values[0],
    }


def visits(tables: Tables) -> dict[str, float]:
    """Return the visits per job by whether the error code was recorded."""
    jobs = tables["field_jobs"]
    return {
        name: fmean(one.visits for one in jobs if one.error_recorded is recorded)
        for name, recorded in (("recorded", True), ("not_recorded", False))
    }


def lines_by(rows: Iterable[Interval], part: Callable[[Interval], str]) -> dict[str, Any]:
    """Return SL and ABR by a part of the time, as ratios of sums."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for one in rows:
        own = sums[part(one)]
        own["base"] += one.offered - one.short_abandoned
        own["in_time"] += one.answered_20s
        own["lost"] += one.abandoned - one.short_abandoned
    return {
        name: {"SL": own["in_time"] / own["base"], "ABR": own["lost"] / own["base"]}
        for name, own in sorted(sums.items())
    }


def july_peak(rows: Iterable[Interval]) -> dict[str, Any]:
    """Return July's busiest half hour, its mean of offered calls, the agents it needs."""
    july = [one for one in rows if one.date.month == 7]
    offered = {
        start: fmean(one.offered for one in july if one.half_hour == start) for start in HALF_HOURS
    }
    start = max(offered, key=lambda one: offered[one])
    needed = offered[start] * AGENT_AHT_S / 1_800 / AGENT_OCCUPANCY
    return {
        "half_hour": start,
        "offered": offered[start],
        "workload": needed,
        "agents": math.ceil(needed),
    }


def repeat_cost(seen: Iterable[Seen]) -> dict[str, int]:
    """Return the contacts that repeat an earlier one, their cost, and the company's."""
    count = sum(not one.first for one in seen)
    cost = count * CNY_A_CONTACT
    return {"contacts": count, "sample_cny": cost, "company_cny": cost * SAMPLE}


def kpi_table(tables: Tables, seen: Sequence[Seen]) -> dict[str, dict[str, float | None]]:
    """Return SL, AHT, FCR and CSAT (top two) by month."""
    lines = lines_by(tables["intervals"], lambda one: month(one.date))
    return {
        name: {
            "SL": lines[name]["SL"],
            "AHT": fmean(one.contact.handle_s for one in found),
            "FCR": fcr(found),
            "CSAT": top_two(found),
        }
        for name, found in by_month(seen).items()
    }


def top_two(seen: Iterable[Seen]) -> float | None:
    """Return the share of 4 and 5 among the answered surveys."""
    return share(one.contact.csat >= 4 for one in seen if one.contact.csat is not None)


def status(tables: Tables, seen: Sequence[Seen]) -> dict[str, object]:
    """Return the manager's figures of lesson 15: head-count, growth, CSAT, complaints."""
    late = sum(one.offered for one in tables["intervals"] if one.date >= POLICY_DAY)
    early = sum(one.offered for one in tables["intervals"]) - late
    complaints = share(one.contact.reason == "complaint" for one in seen)
    return {
        "head_count": dict(sorted(Counter(one.team for one in tables["agents"]).items())),
        "growth": late / early - 1,
        "CSAT": top_two(seen),
        "CMP": 1_000 * (complaints or 0.0),
    }


def complaint_share(seen: Sequence[Seen]) -> dict[str, float | None]:
    """Return the share of complaints by month."""
    return {
        name: share(one.contact.reason == "complaint" for one in found)
        for name, found in by_month(seen).items()
    }


def survey_reading(tables: Tables) -> dict[str, object]:
    """Return what lesson 7 reads from the survey."""
    people = reading_survey.clean(tables["survey"])
    names = reading_survey.DIMENSIONS
    return {
        "n": len(people),
        "E": {name: reading_survey.mean(people, "E", name) for name in names},
        "P": {name: reading_survey.mean(people, "P", name) for name in names},
        "gap": {name: reading_survey.gap(people, name) for name in names},
        "alpha": {name: reading_survey.alpha(people, name) for name in names},
        "drivers": reading_survey.drivers(people),
    }


def keys(tables: Tables) -> Mapping[str, object]:
    """Return the keys of the case's questions, and those of the lessons that use its tables."""
    seen = seen_in(tables["contacts"], tables["agents"])
    return {
        "q1_resolution": resolution(seen),
        "q2_e7": e7_by_article(seen),
        "q3_site_by_period": site_by_period(seen),
        "q3_site_by_period_without_e7": site_by_period(seen, without_e7=True),
        "q3_date": POLICY_DAY,
        "q4_factors": {
            name: {"within": vars(one.within), "raw": one.raw.ratio}
            for name, one in factors(seen).items()
        },
        "q4_complaint_share": complaint_share(seen),
        "q4_fcr_with_aht_at_s1": fcr_with_aht(tables),
        "q5_july_loss": july_loss(seen),
        "q6_visits": visits(tables),
        "q7_scorecard": {"aht_weight": (0.10, 0.40), "guard": "FCR", **rank_shift(tables)},
        "q8_lines_by_hour": lines_by(tables["intervals"], lambda one: one.half_hour[:2]),
        "q8_lines_by_month": lines_by(tables["intervals"], lambda one: month(one.date)),
        "q8_july_peak": july_peak(tables["intervals"]),
        "q10_repeat_cost": repeat_cost(seen),
        "n04_q5_kpi_table": kpi_table(tables, seen),
        "n07_survey": survey_reading(tables),
        "n15_q1_status": status(tables, seen),
    }
