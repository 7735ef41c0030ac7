"""Case B, Chengwan Property: the promises that its rows must keep before anything is written."""

from __future__ import annotations

from datetime import datetime, time
from itertools import pairwise
from statistics import fmean, variance
from typing import Any, Final

import survey
from case_b_keys import (
    BEFORE,
    SINCE,
    Case,
    arrears,
    by_dispatch,
    by_period,
    collection,
    concentrate_here,
    factors,
    joined,
    notice_effect,
    period,
    reasons,
    rings_by_period,
    share,
    survey_results,
    technician_ratio,
    wrong_trade,
)
from case_b_rows import CUT_OFF_DAY, LEFT_DAY, QUARTER_DAYS
from effect import REJECTED, SUPPORTED
from recipe import Tables, require, within

ROWS: Final = {
    "units": (1_680, 1_680),
    "bills": (6_720, 6_720),
    "repairs": (5_200, 5_500),
    "calls": (6_000, 6_000),
    "survey": (424, 424),
    "staff": (26, 26),
}
# Verdict of table C-0, range of the ratio within strata, least raw ratio of a decoy that tempts.
# A decoy is null besides: its interval contains 1.
FACTORS: Final = {
    "quick_note": (SUPPORTED, 6.0, 11.0, None),
    "bad_repair": (SUPPORTED, 6.5, 9.0, None),
    "tenants": (REJECTED, 0.8, 1.25, 1.15),
    "old_buildings": (REJECTED, 0.8, 1.25, 1.5),
    "wechat_notice": (REJECTED, 0.8, 1.25, None),
}
MEASURES: Final = {
    "coded by phone and desk before": (0.87, 0.93),
    "coded by phone and desk since": (0.27, 0.33),
    "coded in the app before": (0.92, 0.98),
    "coded in the app since": (0.92, 0.98),
    "wrong trade if not coded": (0.46, 0.54),
    "wrong trade before": (0.085, 0.115),
    "wrong trade since": (0.29, 0.335),
    "wrong trade since, phone and desk": (0.35, 0.40),
    "wrong trade since, app": (0.06, 0.105),
    "hours of the right trade": (19.0, 21.0),
    "hours of the wrong trade": (67.0, 74.0),
    "bad after the wrong trade": (0.68, 0.76),
    "bad after the right trade": (0.035, 0.06),
    "arrears of the exposed": (0.43, 0.49),
    "arrears of the others": (0.05, 0.07),
    "attributable arrears": (0.60, 0.67),
    "exposed in Q1": (0.12, 0.16),
    "exposed in Q4": (0.29, 0.35),
    "collection of Q1": (0.870, 0.895),
    "collection of Q2": (0.830, 0.860),
    "collection of Q3": (0.795, 0.830),
    "collection of Q4": (0.775, 0.830),
    "technician: hours since May over before": (0.9, 1.1),
    "fee too high, of the unpaid": (0.385, 0.435),
    "fee too high, in the survey": (0.375, 0.425),
    "closed loop before": (0.72, 0.76),
    "closed loop since": (0.72, 0.76),
    "closed loop since less before": (-0.02, 0.02),
    "three rings before": (0.905, 0.915),
    "three rings since": (0.895, 0.905),
    "WeChat against buildings 7 and 8": (-0.03, 0.03),
    "WeChat against buildings 5 to 8": (0.015, 0.065),
}
GAPS: Final = {"TAN": -0.3, "EMP": -0.6, "RES": -1.1, "PRO": -0.5, "REL": -1.4}
BY_WEIGHT: Final = ("REL", "RES", "PRO", "EMP", "TAN")


def check(tables: Tables) -> None:
    """Stop at the first promise that the rows do not keep."""
    for name, (low, high) in ROWS.items():
        within(len(tables[name]), low, high, f"number of {name}")
    case = joined(tables)
    found = measures(case)
    for name, (low, high) in MEASURES.items():
        within(found[name], low, high, name)
    check_factors(case)
    check_notice(case)
    check_reasons(case)
    check_survey(case)
    check_times(tables)


def measures(case: Case) -> dict[str, float | None]:
    """Return the planted quantities as the rows show them."""
    wrong, sent, unpaid = wrong_trade(case), by_dispatch(case), arrears(case)
    halves, rings = by_period(case), rings_by_period(case)
    return {
        **{f"collection of Q{place}": rate for place, rate in collection(case).items()},
        **_coding(case),
        "wrong trade before": wrong["all"][BEFORE],
        "wrong trade since": wrong["all"][SINCE],
        "wrong trade since, phone and desk": wrong["phone_and_desk"][SINCE],
        "wrong trade since, app": wrong["app"][SINCE],
        "hours of the right trade": sent["right"]["median_h"],
        "hours of the wrong trade": sent["wrong"]["median_h"],
        "bad after the wrong trade": sent["wrong"]["bad"],
        "bad after the right trade": sent["right"]["bad"],
        "arrears of the exposed": unpaid.exposed,
        "arrears of the others": unpaid.others,
        "attributable arrears": unpaid.attributable,
        "exposed in Q1": share(one.exposed for one in case.charges if one.bill.quarter == 1),
        "exposed in Q4": share(one.exposed for one in case.charges if one.bill.quarter == 4),
        "technician: hours since May over before": technician_ratio(case),
        "fee too high, of the unpaid": reasons(case)["all"]["fee_high"],
        "fee too high, in the survey": share(
            one.row.fee_opinion == "fee_high" for one in survey.clean(case.replies)
        ),
        "closed loop before": halves[BEFORE]["closed_loop"],
        "closed loop since": halves[SINCE]["closed_loop"],
        "closed loop since less before": halves[SINCE]["closed_loop"]
        - halves[BEFORE]["closed_loop"],
        "three rings before": rings[BEFORE],
        "three rings since": rings[SINCE],
        "WeChat against buildings 7 and 8": notice_effect(case).value,
        "WeChat against buildings 5 to 8": notice_effect(case, (5, 6, 7, 8)).value,
    }


def _coding(case: Case) -> dict[str, float | None]:
    found = {}
    for group, app in (("by phone and desk", False), ("in the app", True)):
        for word, when in (("before", BEFORE), ("since", SINCE)):
            found[f"coded {group} {word}"] = share(
                one.coded
                for one in case.repairs
                if (one.channel == "app") == app and period(one.reported_at.date()) == when
            )
    found["wrong trade if not coded"] = share(
        not one.first_trade_ok for one in case.repairs if not one.coded
    )
    return found


def check_reasons(case: Case) -> None:
    """Stop unless the unsolved repair is the reason stated most after the fee, also by all."""
    for group, stated in reasons(case).items():
        order = sorted(stated, key=lambda name: -stated[name])
        require(order[:2] == ["fee_high", "repair_unsolved"], f"reasons of {group} are {order}")


def check_factors(case: Case) -> None:
    """Stop unless every factor has the verdict of table C-0, and the decoys tempt when raw."""
    for name, found in factors(case).items():
        verdict, low, high, tempting = FACTORS[name]
        require(found.within.verdict == verdict, f"{name} is {found.within}, promised {verdict}")
        within(found.within.ratio, low, high, f"ratio of {name} within strata")
        if verdict == REJECTED:
            null = found.within.low < 1 < found.within.high
            require(null, f"{name} is {found.within}, promised to be null")
        if tempting:
            within(found.raw.ratio, tempting, 9.0, f"raw ratio of {name}")


def check_notice(case: Case) -> None:
    """Stop unless the fair comparison of the notices finds nothing."""
    found = notice_effect(case)
    require(found.low < 0 < found.high, f"the effect of WeChat is {found}, promised to be null")


def check_survey(case: Case) -> None:
    """Stop unless the cleaned survey has the planted gaps, alphas and drivers."""
    found = survey_results(case)
    within(found["n"], 410, 410, "people in the cleaned survey")
    for name, planted in GAPS.items():
        within(found["gap"][name], planted - 0.12, planted + 0.12, f"gap of {name}")
        within(found["alpha"][name], 0.75, 0.90, f"alpha of {name}")
    within(alpha_unturned(case), -9.0, 0.45, "alpha of REL before reversing")
    weight = found["weight"]
    for more, less in pairwise(BY_WEIGHT):
        within(weight[more] - weight[less], 0.02, 1.0, f"weight of {more} over {less}")
    require(concentrate_here(found) == ["RES", "REL"], "concentrate on RES and REL, only on them")


def alpha_unturned(case: Case) -> float:
    """Return the alpha of perceived reliability when the reversed item is left as it came."""
    rows: list[list[int]] = []
    for person in survey.clean(case.replies):
        answers: list[Any] = [getattr(person.row, f"P_REL{place}") for place in (1, 2, 3)]
        if None not in answers:
            rows.append(answers)
    single = sum(variance(column) for column in zip(*rows, strict=True))
    return 1.5 * (1 - single / variance([sum(row) for row in rows]))


def check_times(tables: Tables) -> None:
    """Stop unless times follow each other and nothing happens after the cut-off."""
    end = datetime.combine(CUT_OFF_DAY, time.max)
    for one in tables["repairs"]:
        stamps = (one.reported_at, one.completed_at, one.closed_at)
        require(all(a < b for a, b in pairwise(stamps)), f"time order of {one.ticket_id}")
        require(stamps[-1] <= end, f"{one.ticket_id} before the cut-off")
    for one in tables["bills"]:
        issued = QUARTER_DAYS[one.quarter - 1]
        require(one.unpaid or issued < one.paid_on <= CUT_OFF_DAY, f"day of {one.bill_id}")
    gone = next(one for one in tables["staff"] if one.left_on)
    last = max(one.reported_at.date() for one in tables["repairs"] if one.tech_id == gone.staff_id)
    require(last < LEFT_DAY, "no job for the technician who left")
    rated = [one.satisfaction for one in tables["repairs"] if one.satisfaction]
    within(fmean(rated), 3.5, 4.5, "mean satisfaction")
