"""Case B, Chengwan Property: what the tables say, computed; the keys of the case's questions."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median
from typing import Any, Final

import survey
from case_b_rows import (
    FORM_DAY,
    NOTICE_DAY,
    OLD_BUILDINGS,
    PLAIN_BUILDINGS,
    WECHAT_BUILDINGS,
    Bill,
    Call,
    Repair,
    Unit,
    troubled,
)
from effect import Effect, effect, raw_effect
from recipe import Tables

BEFORE, SINCE = "before", "since_april"
# Question 7 gives these: wrong trade if coded, if not, and the share coded again.
PLANTED: Final = (0.06, 0.50, 0.90)


@dataclass(frozen=True)
class Charge:
    """A bill beside its flat, and whether a bad repair fell into its quarter or the last."""

    bill: Bill
    unit: Unit
    exposed: bool


@dataclass(frozen=True)
class Case:
    """The tables joined: each bill beside its flat and the flat's recent repairs."""

    charges: Sequence[Charge]
    repairs: Sequence[Repair]
    calls: Sequence[Call]
    replies: Sequence[Any]


def joined(tables: Tables) -> Case:
    """Return the tables joined by flat."""
    flats = {one.unit_id: one for one in tables["units"]}
    exposed = troubled(tables["units"], tables["repairs"])
    return Case(
        charges=[
            Charge(one, flats[one.unit_id], (one.unit_id, one.quarter) in exposed)
            for one in tables["bills"]
        ],
        repairs=tables["repairs"],
        calls=tables["calls"],
        replies=tables["survey"],
    )


def share(values: Iterable[bool]) -> float | None:
    """Return the share of true values; nothing for no values."""
    found = list(values)
    return sum(found) / len(found) if found else None


def period(day: date) -> str:
    """Return whether a day lies before the quick note or since."""
    return BEFORE if day < FORM_DAY else SINCE


def grouped(pairs: Iterable[tuple[Any, Any]], of: Callable[[list[Any]], Any]) -> dict[Any, Any]:
    """Return a figure for each group of values, groups in order."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    for name, value in pairs:
        groups[name].append(value)
    return {name: of(groups[name]) for name in sorted(groups)}


def collection(case: Case) -> dict[int, float]:
    """Return COL by quarter: all that was paid over all that was billed."""
    money = ((one.bill.quarter, (one.bill.paid_cny, one.bill.billed_cny)) for one in case.charges)
    return grouped(money, lambda pairs: sum(p for p, _ in pairs) / sum(b for _, b in pairs))


def wrong_trade(case: Case) -> dict[str, dict[str, float]]:
    """Return the share of reports where the wrong trade came first, by channel and period."""
    rows = [(one.channel, period(one.reported_at.date()), one) for one in case.repairs]
    rows += [("phone_and_desk", when, one) for name, when, one in rows if name != "app"]
    rows += [("all", period(one.reported_at.date()), one) for one in case.repairs]
    cells = grouped((((name, when), not one.first_trade_ok) for name, when, one in rows), share)
    return {
        name: {when: cells[name, when] for when in (BEFORE, SINCE)}
        for name in ("phone", "desk", "app", "phone_and_desk", "all")
    }


def by_dispatch(case: Case) -> dict[str, dict[str, float]]:
    """Return median hours, share reopened and share bad by whether the right trade came first."""
    found = {}
    for name, right in (("right", True), ("wrong", False)):
        jobs = [one for one in case.repairs if one.first_trade_ok == right]
        found[name] = {
            "median_h": median(one.hours for one in jobs),
            "reopened": fmean(one.reopened for one in jobs),
            "bad": fmean(one.bad for one in jobs),
        }
    return found


@dataclass(frozen=True)
class Arrears:
    """Arrears by exposure, and the share of them that the exposure accounts for."""

    exposed: float
    others: float
    exposed_among_unpaid: float
    attributable: float


def arrears(case: Case) -> Arrears:
    """Return PAF = p·(1 − 1/RR), p the exposed among the unpaid bills, RR raw."""
    rate = grouped(((one.exposed, one.bill.unpaid) for one in case.charges), fmean)
    among = fmean(one.exposed for one in case.charges if one.bill.unpaid)
    return Arrears(rate[True], rate[False], among, among * (1 - rate[False] / rate[True]))


@dataclass(frozen=True)
class Factor:
    """A factor's effect within the strata of table C-0, and raw."""

    within: Effect
    raw: Effect


def factors(case: Case) -> dict[str, Factor]:
    """Return the effects of table C-0, on its rows and within its strata."""

    def of_bills(
        exposed: Callable[[Charge], bool], strata: Callable[[Charge], Hashable], since: int = 1
    ) -> Factor:
        rows = [one for one in case.charges if one.bill.quarter >= since]
        return _factor((strata(one), exposed(one), one.bill.unpaid) for one in rows)

    return {
        "quick_note": _factor(
            (one.channel, not one.coded, not one.first_trade_ok) for one in case.repairs
        ),
        "bad_repair": of_bills(lambda one: one.exposed, lambda one: one.unit.old),
        "tenants": of_bills(lambda one: one.unit.occupant == "tenant", lambda one: one.exposed),
        "old_buildings": of_bills(
            lambda one: one.unit.building in OLD_BUILDINGS, lambda one: one.exposed
        ),
        "wechat_notice": of_bills(
            lambda one: one.unit.notice == "wechat",
            lambda one: (one.exposed, one.bill.quarter),
            since=2,
        ),
    }


def _factor(rows: Iterable[tuple[Hashable, bool, bool]]) -> Factor:
    kept = list(rows)
    return Factor(effect(kept), raw_effect(kept))


def technician_ratio(case: Case) -> float:
    """Return median hours of rightly dispatched jobs reported since 1 May over those before."""
    jobs = [one for one in case.repairs if one.first_trade_ok]
    hours = grouped(((one.reported_at.date() >= NOTICE_DAY, one.hours) for one in jobs), median)
    return hours[True] / hours[False]


@dataclass(frozen=True)
class Change:
    """A difference of differences with its 95 % interval."""

    value: float
    low: float
    high: float


def notice_effect(case: Case, others: Sequence[int] = PLAIN_BUILDINGS) -> Change:
    """Return the change of the paid share from Q1 to Q2–Q4 in buildings 1–4 less that in others."""
    cells: dict[tuple[bool, bool], list[bool]] = defaultdict(list)
    for one in case.charges:
        if one.unit.building in (*WECHAT_BUILDINGS, *others):
            moved = one.unit.building in WECHAT_BUILDINGS
            cells[moved, one.bill.quarter > 1].append(not one.bill.unpaid)
    rate = {key: fmean(paid) for key, paid in cells.items()}
    value = (rate[True, True] - rate[True, False]) - (rate[False, True] - rate[False, False])
    spread = 1.96 * math.sqrt(sum(p * (1 - p) / len(cells[key]) for key, p in rate.items()))
    return Change(value, value - spread, value + spread)


def reasons(case: Case) -> dict[str, dict[str, float]]:
    """Return the share of each stated reason among all unpaid bills and among the exposed."""
    unpaid = [one for one in case.charges if one.bill.unpaid]
    names = sorted({one.bill.stated_reason or "" for one in unpaid})
    groups = {"all": unpaid, "exposed": [one for one in unpaid if one.exposed]}
    return {
        group: {name: fmean(one.bill.stated_reason == name for one in rows) for name in names}
        for group, rows in groups.items()
    }


def rings_by_period(case: Case) -> dict[str, float]:
    """Return RING, answered within three rings over all inbound calls, for each period."""
    return grouped(((period(one.at.date()), one.in_three) for one in case.calls), share)


def monthly_kpis(case: Case) -> dict[str, dict[Any, float]]:
    """Return COL by quarter, RING by month of the call, FTR and CLR by month completed."""
    done = [(f"{one.completed_at:%Y-%m}", one) for one in case.repairs]
    rings = ((f"{one.at:%Y-%m}", one.in_three) for one in case.calls)
    fixed = ((month, one.visits == 1 and not one.reopened) for month, one in done)
    return {
        "COL": collection(case),
        "RING": grouped(rings, share),
        "FTR": grouped(fixed, share),
        "CLR": grouped(((month, one.callback) for month, one in done), share),
    }


def by_period(case: Case) -> dict[str, dict[str, float]]:
    """Return the five criteria of a process for the repairs reported in each period."""
    found = {}
    for when in (BEFORE, SINCE):
        jobs = [one for one in case.repairs if period(one.reported_at.date()) == when]
        found[when] = {
            "simplicity": fmean(one.visits + (not one.first_trade_ok) for one in jobs),
            "speed_h": median(one.hours for one in jobs),
            "accuracy": fmean(one.visits == 1 and not one.reopened for one in jobs),
            "standardisation": fmean(one.coded for one in jobs),
            "closed_loop": fmean(one.callback for one in jobs),
        }
    return found


def survey_results(case: Case) -> dict[str, Any]:
    """Return people, means, gaps, alphas and driver weights of the cleaned survey."""
    people = survey.clean(case.replies)

    def each(of: Callable[[str], float]) -> dict[str, float]:
        return {name: of(name) for name in survey.DIMENSIONS}

    return {
        "n": len(people),
        "expected": each(lambda name: survey.mean(people, "E", name)),
        "perceived": each(lambda name: survey.mean(people, "P", name)),
        "gap": each(lambda name: survey.gap(people, name)),
        "alpha": each(lambda name: survey.alpha(people, name)),
        "weight": survey.drivers(people),
    }


def concentrate_here(found: Mapping[str, Any]) -> list[str]:
    """Return the dimensions above the mean importance and below the mean performance."""
    weight, seen = found["weight"], found["perceived"]
    cuts = fmean(weight.values()), fmean(seen.values())
    return [name for name in survey.DIMENSIONS if weight[name] > cuts[0] and seen[name] < cuts[1]]


def expected_wrong_trade() -> float:
    """Return phone and desk's wrong-trade rate if coding were back at its old share."""
    coded, uncoded, share_coded = PLANTED
    return share_coded * coded + (1 - share_coded) * uncoded


def keys(tables: Tables) -> dict[str, object]:
    """Return the keys of the case's questions, and those of the lessons that use its tables."""
    case = joined(tables)
    opinions = survey_results(case)
    worst = sorted(opinions["gap"], key=lambda name: opinions["gap"][name])[:2]
    kpis = monthly_kpis(case)
    return {
        "q1_collection_by_quarter": collection(case),
        "q2_wrong_trade": wrong_trade(case),
        "q3_by_dispatch": by_dispatch(case),
        "q4_arrears": vars(arrears(case)),
        "q5_factors": {
            name: {"within": vars(one.within), "raw_ratio": one.raw.ratio}
            for name, one in factors(case).items()
        },
        "q5_technician_ratio": technician_ratio(case),
        "q6_notice_against_7_8": vars(notice_effect(case)),
        "q6_notice_against_5_to_8": vars(notice_effect(case, (5, 6, 7, 8))),
        "q7_expected_wrong_trade": expected_wrong_trade(),
        "q8_ring": share(one.in_three for one in case.calls),
        "q8_ring_by_period": rings_by_period(case),
        "q8_clr": share(one.callback for one in case.repairs),
        "q9_largest_gaps": worst,
        "q10_first_visit": "repair_unsolved",
        "q10_reasons": reasons(case),
        "n04_q5_kpi_table": kpis,
        "n07_q3_survey": opinions,
        "n07_q4_concentrate_here": concentrate_here(opinions),
        "n08_q5_five_criteria": by_period(case),
    }
