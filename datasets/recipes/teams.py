"""Makes incentive_panel (lesson N13) and team_climate (lesson N15).

Run it with Python from the project's root; it writes to `datasets/small`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose, sqrt
from statistics import correlation, fmean
from typing import Final

from draws import Draws
from exact import independent, standard, with_mean
from recipe import Tables, require, within
from small import SmallRecipe, run

SEED: Final = 1
MONTHS: Final = tuple(f"2025-{month:02d}" for month in range(1, 13))
BONUS_FROM: Final = "2025-07"
# Team: mean CSAT in percent and mean response rate, before and after July.
PANEL: Final = {
    "T1": ((82.0, 87.0), (0.310, 0.190)),
    "T2": ((82.5, 85.5), (0.305, 0.300)),
}
TEAMS: Final = 60
PLANTED: Final = {
    ("climate", "turnover_pct"): -0.60,
    ("climate", "csat_pct"): 0.50,
    ("pay_cny", "csat_pct"): 0.0,
}


@dataclass(frozen=True)
class PanelMonth:
    """A team's month: whether a bonus was paid for CSAT, and how many answered the survey."""

    team: str
    month: str
    bonus: bool
    csat_pct: float
    response_rate: float


@dataclass(frozen=True)
class Team:
    """A team's climate and four figures of a year."""

    team_id: str
    climate: float
    turnover_pct: float
    csat_pct: float
    absence_days: float
    pay_cny: float


def panel(draws: Draws) -> list[PanelMonth]:
    """Return both teams' months; the means of the half years are exactly the planted ones."""
    rows = []
    for team, (levels, answering) in PANEL.items():
        csat, response = [], []
        for mean, share in zip(levels, answering, strict=True):
            csat += with_mean([draws.normal(mean, 0.5) for _ in range(6)], mean)
            response += with_mean([draws.normal(share, 0.008) for _ in range(6)], share, 1_000)
        for month, *values in zip(MONTHS, csat, response, strict=True):
            bonus = team == "T1" and month >= BONUS_FROM
            rows.append(PanelMonth(team, month, bonus, *values))
    return rows


def mixed(share: float, one: Sequence[float], other: Sequence[float]) -> list[float]:
    """Return a column that correlates so much with the first of two independent ones."""
    rest = sqrt(1 - share * share)
    return [share * first + rest * second for first, second in zip(one, other, strict=True)]


def climates(draws: Draws) -> list[Team]:
    """Return the teams; the planted correlations are exact before rounding."""
    raw = [[draws.normal() for _ in range(TEAMS)] for _ in range(5)]
    climate = standard(raw[0])
    turnover = mixed(-0.60, climate, independent(raw[1], [climate]))
    csat = mixed(0.50, climate, independent(raw[2], [climate]))
    absence = mixed(-0.35, climate, independent(raw[3], [climate]))
    pay = independent(raw[4], [climate, independent(csat, [climate])])
    columns = (
        scaled(climate, 3.40, 0.45),
        scaled(turnover, 22.0, 5.5),
        scaled(csat, 84.0, 3.0),
        scaled(absence, 5.6, 1.3),
        scaled(pay, 6_150.0, 420.0),
    )
    return [
        Team(f"G{place:02d}", *values) for place, values in enumerate(zip(*columns, strict=True), 1)
    ]


def scaled(values: Sequence[float], mean: float, sd: float) -> list[float]:
    """Return a column of standard units in its own units, two decimals."""
    return [round(mean + sd * value, 2) for value in values]


def make(seed: int = SEED) -> Tables:
    """Return the two tables."""
    return {
        "incentive_panel": panel(Draws(f"incentive_panel/{seed}")),
        "team_climate": climates(Draws(f"team_climate/{seed}")),
    }


def check_panel(rows: Sequence[PanelMonth]) -> None:
    """Stop unless the difference in differences is 2.0 and fewer answered in one team."""
    means = {}
    for team, (levels, answering) in PANEL.items():
        for late, level, share in zip((False, True), levels, answering, strict=True):
            half = [one for one in rows if one.team == team and (one.month >= BONUS_FROM) == late]
            means[team, late] = fmean(one.csat_pct for one in half)
            answered = fmean(one.response_rate for one in half)
            good = isclose(means[team, late], level) and isclose(answered, share)
            require(good, f"means of {team} are {means[team, late]} and {answered}")
    gained = {team: means[team, True] - means[team, False] for team in PANEL}
    require(isclose(gained["T1"] - gained["T2"], 2.0), f"gains {gained}")


def check_climates(rows: Sequence[Team]) -> None:
    """Stop unless the correlations are the planted ones and all values can be."""
    for (one, other), planted in PLANTED.items():
        found = correlation(*([getattr(row, name) for row in rows] for name in (one, other)))
        within(found, planted - 0.003, planted + 0.003, f"r of {one} and {other}")
    bounds = {"climate": (1, 5), "turnover_pct": (2, 60), "csat_pct": (60, 100)}
    bounds |= {"absence_days": (0.5, 15), "pay_cny": (4_500, 8_000)}
    for name, (low, high) in bounds.items():
        for row in rows:
            within(getattr(row, name), low, high, name)


def check(tables: Tables) -> None:
    """Stop unless both tables have what the lessons plant."""
    check_panel(tables["incentive_panel"])
    check_climates(tables["team_climate"])


RECIPE: Final = SmallRecipe("the team tables", make, check, {"csat_pct": 2, "response_rate": 3})

if __name__ == "__main__":
    run(RECIPE)
