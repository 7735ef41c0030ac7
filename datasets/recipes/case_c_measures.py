"""Case C, Tuohe Appliances: the planted quantities, as promised and as the rows show them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import Final

from case_c_keys import (
    complaint_share,
    e7_by_article,
    july_loss,
    july_peak,
    lines_by,
    resolution,
    site_by_period,
    visits,
)
from case_c_log import Seen, by_month, fcri, share
from case_c_rows import NEW_AGENTS_DAY, POLICY_DAY, month
from case_c_scores import LATER, fcr_with_aht, rank_shift
from recipe import Tables

MEASURES: Final = {
    "FCRI of April": (0.82, 0.87),
    "FCRI of July": (0.71, 0.76),
    "FCRI of September": (0.79, 0.84),
    "FCR of July": (0.735, 0.785),
    "FCRI of E7 before the article": (0.38, 0.46),
    "FCRI of E7 since the article": (0.73, 0.80),
    "FCR of E7 before the article": (0.54, 0.63),
    "FCRI of July without E7": (0.78, 0.82),
    "FCRI of July at S1": (0.755, 0.80),
    "FCRI of July at S1 without E7": (0.82, 0.85),
    "FCRI of S1 without E7, spring": (0.82, 0.86),
    "FCRI of S2 without E7, spring": (0.82, 0.86),
    "FCRI of S1 without E7, summer": (0.82, 0.86),
    "FCRI of S2 without E7, summer": (0.74, 0.785),
    "E7's part of July's loss": (0.05, 0.075),
    "the policy's part of July's loss": (0.02, 0.04),
    "the rest of July's loss": (-0.012, 0.012),
    "least own mark of a month": (0.85, 0.92),
    "greatest own mark of a month": (0.87, 0.92),
    "complaints in July above April": (-0.03, 0.01),
    "AHT of S1, spring": (325, 345),
    "AHT of S1, summer": (330, 350),
    "AHT of S2, spring": (325, 345),
    "AHT of S2, summer": (260, 280),
    "CSAT of S2, spring": (4.0, 4.2),
    "CSAT of S2, summer": (3.75, 3.95),
    "transferred, E7 before the article": (0.39, 0.45),
    "transferred, others": (0.10, 0.12),
    "occupancy of July": (0.83, 0.85),
    "occupancy of April": (0.71, 0.73),
    "chat among AC-X2": (0.59, 0.65),
    "chat among others": (0.18, 0.22),
    "new agents at S2": (0.57, 0.63),
    "new agents at S1": (0.065, 0.095),
    "visits when recorded": (1.10, 1.14),
    "visits when not recorded": (1.44, 1.52),
    "recorded, E7 before the article": (0.20, 0.30),
    "recorded, others": (0.83, 0.87),
    "on hand when recorded": (0.86, 0.90),
    "on hand when not recorded": (0.48, 0.56),
    "least SL of a usual month": (0.74, 0.81),
    "greatest SL of a usual month": (0.75, 0.81),
    "SL of July": (0.55, 0.61),
    "SL of August": (0.59, 0.65),
    "ABR of July": (0.08, 0.10),
    "greatest ABR of a usual month": (0.04, 0.057),
    "calls a day in July to April": (1.70, 1.80),
    "calls in July's peak": (61.0, 64.5),
    "FCR with AHT at S1, all months": (-0.24, 0.24),
    "FCR with AHT at S1, July to September": (-0.24, 0.24),
    "ranks gained at S2": (12, 22),
    "ranks gained at S1": (-15, -8),
    "ranks gained with FCR": (-0.9, -0.5),
}


def measures(tables: Tables, seen: Sequence[Seen]) -> dict[str, float | None]:
    """Return the planted quantities as the rows show them."""
    ranks = rank_shift(tables)
    return {
        **_resolution(seen),
        **_floor(seen),
        **_field(tables, seen),
        **_lines(tables),
        "FCR with AHT at S1, all months": fcr_with_aht(tables),
        "FCR with AHT at S1, July to September": fcr_with_aht(tables, LATER),
        "ranks gained at S2": ranks["S2"],
        "ranks gained at S1": ranks["S1"],
        "ranks gained with FCR": ranks["spearman_gain_fcr"],
    }


def _resolution(seen: Sequence[Seen]) -> dict[str, float | None]:
    table, e7, loss = resolution(seen), e7_by_article(seen), july_loss(seen)
    july = by_month(seen)["2025-07"]
    s1 = [one for one in july if one.contact.site == "S1"]
    marks = [one["self_mark"] or 0.0 for one in table.values()]
    plain = site_by_period(seen, without_e7=True)
    complaints = complaint_share(seen)
    return {
        "FCRI of April": table["2025-04"]["FCRI"],
        "FCRI of July": table["2025-07"]["FCRI"],
        "FCRI of September": table["2025-09"]["FCRI"],
        "FCR of July": table["2025-07"]["FCR"],
        "FCRI of E7 before the article": e7["before"]["FCRI"],
        "FCRI of E7 since the article": e7["since"]["FCRI"],
        "FCR of E7 before the article": e7["before"]["FCR"],
        "FCRI of July without E7": fcri(one for one in july if not one.e7),
        "FCRI of July at S1": fcri(s1),
        "FCRI of July at S1 without E7": fcri(one for one in s1 if not one.e7),
        "FCRI of S1 without E7, spring": plain["S1 Apr-Jun"],
        "FCRI of S2 without E7, spring": plain["S2 Apr-Jun"],
        "FCRI of S1 without E7, summer": plain["S1 Jul-Sep"],
        "FCRI of S2 without E7, summer": plain["S2 Jul-Sep"],
        "E7's part of July's loss": loss["e7"],
        "the policy's part of July's loss": loss["policy"],
        "the rest of July's loss": loss["rest"],
        "least own mark of a month": min(marks),
        "greatest own mark of a month": max(marks),
        "complaints in July above April": (complaints["2025-07"] or 0.0)
        - (complaints["2025-04"] or 0.0),
    }


def _floor(seen: Sequence[Seen]) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for site in ("S1", "S2"):
        for name, late in (("spring", False), ("summer", True)):
            own = [
                one.contact
                for one in seen
                if one.contact.site == site and (one.day >= POLICY_DAY) is late
            ]
            found[f"AHT of {site}, {name}"] = fmean(one.handle_s for one in own)
            found[f"CSAT of {site}, {name}"] = fmean(one.csat for one in own if one.csat)
        found[f"new agents at {site}"] = share(
            one.new_agent
            for one in seen
            if one.first and one.contact.site == site and one.day >= NEW_AGENTS_DAY
        )
    for name, early in (("E7 before the article", True), ("others", False)):
        found[f"transferred, {name}"] = share(
            one.contact.transfers > 0 for one in seen if one.e7_before is early
        )
    for name, x2 in (("AC-X2", True), ("others", False)):
        found[f"chat among {name}"] = share(
            one.contact.channel == "chat"
            for one in seen
            if one.first and (one.contact.product == "AC-X2") is x2
        )
    months = by_month(seen)
    for name, code in (("April", "2025-04"), ("July", "2025-07")):
        found[f"occupancy of {name}"] = fmean(one.contact.occupancy for one in months[code])
    return found


def _field(tables: Tables, seen: Sequence[Seen]) -> dict[str, float | None]:
    early = {one.contact.contact_id for one in seen if one.e7_before}
    jobs, mean = tables["field_jobs"], visits(tables)
    return {
        "visits when recorded": mean["recorded"],
        "visits when not recorded": mean["not_recorded"],
        "recorded, E7 before the article": share(
            one.error_recorded for one in jobs if one.contact_id in early
        ),
        "recorded, others": share(
            one.error_recorded for one in jobs if one.contact_id not in early
        ),
        "on hand when recorded": share(one.part_on_hand for one in jobs if one.error_recorded),
        "on hand when not recorded": share(
            one.part_on_hand for one in jobs if not one.error_recorded
        ),
    }


def _lines(tables: Tables) -> dict[str, float | None]:
    rows = tables["intervals"]
    months = lines_by(rows, lambda one: month(one.date))
    usual = [one for name, one in months.items() if name not in {"2025-07", "2025-08"}]
    calls = {
        number: sum(one.offered for one in rows if one.date.month == number) / days
        for number, days in ((4, 30), (7, 31))
    }
    return {
        "least SL of a usual month": min(one["SL"] for one in usual),
        "greatest SL of a usual month": max(one["SL"] for one in usual),
        "SL of July": months["2025-07"]["SL"],
        "SL of August": months["2025-08"]["SL"],
        "ABR of July": months["2025-07"]["ABR"],
        "greatest ABR of a usual month": max(one["ABR"] for one in usual),
        "calls a day in July to April": calls[7] / calls[4],
        "calls in July's peak": july_peak(rows)["offered"],
    }
