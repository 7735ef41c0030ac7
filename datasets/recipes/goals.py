"""Makes goal_history, goal_tree and goal_tree_hidden, the same bytes every time.

Run it with Python from the project's root; it writes to `datasets/small`. Inside a case's period
the case team's values are those of the case's tables, computed in `goal_months.py`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from goal_months import case_months
from recipe import Tables, require, within
from small import SmallRecipe, run

from cstrain.goals.goal_tree import conflicts, late_children, orphans
from cstrain.goals.metrics import METRICS, relations
from cstrain.goals.stretch import Direction, stretch

SEED: Final = 20260105
MONTHS: Final = tuple(f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13))
TEAMS: Final = ("T_A", "T_B", "T_C")


@dataclass(frozen=True)
class History:
    """A team's value of a metric in a month, a share."""

    metric: str
    month: str
    team: str
    value: float


@dataclass(frozen=True)
class Goal:
    """A goal of a tree; an empty parent or guard is a blank text."""

    goal_id: str
    level: str
    owner: str
    parent_id: str
    metric: str
    direction: str
    guard_metric: str
    deadline: str


@dataclass(frozen=True)
class Level:
    """Where a team stands on a metric outside any case: level, noise, slow swing of a year."""

    level: float
    noise: float
    swing: float


# Each team has a level of its own. FCR and CSAT of T_A end where the net shop's situation says:
# last quarter .71 and .853, best quarter .75 and .865.
LEVELS: Mapping[str, Mapping[str, Level]] = {
    "NEG": {
        "T_A": Level(0.040, 0.0015, 0.0020),
        "T_B": Level(0.046, 0.0020, 0.0030),
        "T_C": Level(0.036, 0.0015, 0.0025),
    },
    "REC": {
        "T_A": Level(0.375, 0.010, 0.015),
        "T_B": Level(0.310, 0.012, 0.020),
        "T_C": Level(0.345, 0.012, 0.020),
    },
    "COL": {
        "T_A": Level(0.905, 0.005, 0.008),
        "T_B": Level(0.882, 0.004, 0.006),
        "T_C": Level(0.915, 0.005, 0.007),
    },
    "FTR": {
        "T_A": Level(0.800, 0.008, 0.012),
        "T_B": Level(0.862, 0.006, 0.010),
        "T_C": Level(0.815, 0.008, 0.012),
    },
    "FCR": {
        "T_A": Level(0.7285, 0.003, 0.0277),
        "T_B": Level(0.760, 0.008, 0.015),
        "T_C": Level(0.838, 0.006, 0.010),
    },
    "CSAT": {
        "T_A": Level(0.8585, 0.001, 0.0083),
        "T_B": Level(0.842, 0.006, 0.010),
        "T_C": Level(0.790, 0.006, 0.010),
    },
}

# The year's swing is at its worst for the customer in the last quarter, so that there is a best
# quarter to look back to: an "up" metric ends low, a "down" metric ends high.
PHASES: Mapping[str, int] = {"up": 1, "down": 7}


def history() -> Iterator[History]:
    """Yield the rows of goal_history."""
    draw = random.Random(SEED)  # noqa: S311 - invented data, not a secret
    cases = case_months()
    for metric, teams in LEVELS.items():
        for team in TEAMS:
            phase = PHASES[METRICS[metric].good]
            of_case = cases.get((metric, team), {})
            for place, month in enumerate(MONTHS):
                usual = _usual(teams[team], place + phase, draw)
                yield History(metric, month, team, of_case.get(month, usual))


def _usual(one: Level, place: int, draw: random.Random) -> float:
    # A triangle of twelve months needs no sine, whose last digit differs between machines.
    swing = 1 - abs(place % 12 - 6) / 3
    return one.level + one.swing * swing + one.noise * draw.uniform(-1.0, 1.0)


# goal_id, level, owner, parent_id, metric, direction, guard_metric, deadline
TREE: Final = (
    Goal("G01", "company", "general manager", "", "RPR", "up", "", "2026-12-31"),
    Goal("G02", "company", "general manager", "", "CPC", "down", "CSAT", "2026-12-31"),
    Goal("G03", "department", "service manager", "G01", "CSAT", "up", "", "2026-12-31"),
    Goal("G04", "department", "after-sales manager", "G01", "NEG", "down", "", "2026-11-30"),
    Goal("G05", "department", "operations manager", "G02", "SL", "up", "", "2026-12-31"),
    Goal("G06", "department", "training manager", "G99", "EXM", "up", "", "2026-10-31"),
    Goal("G07", "team", "hotline lead", "G03", "AHT", "down", "", "2026-09-30"),
    Goal("G08", "team", "hotline lead", "G03", "FCR", "up", "", "2026-09-30"),
    Goal("G09", "team", "chat lead", "G03", "FRT", "down", "", "2027-01-31"),
    Goal("G10", "team", "after-sales lead", "G04", "REC", "up", "", "2026-09-30"),
    Goal("G11", "team", "refund lead", "G04", "RFC", "down", "", "2026-09-30"),
    Goal("G12", "team", "warehouse lead", "G04", "RFT", "down", "NEG", "2026-11-30"),
    Goal("G13", "team", "shift planner", "G05", "HDC", "down", "SL", "2026-09-30"),
    Goal("G14", "team", "night-shift lead", "G05", "ASA", "down", "", "2026-10-31"),
    Goal("G15", "team", "quality lead", "", "QA", "up", "", "2026-09-30"),
    Goal("G16", "person", "agent E03", "G08", "REO", "down", "", "2026-09-30"),
    Goal("G17", "person", "agent E07", "G08", "CLS", "up", "", "2026-08-31"),
    Goal("G18", "person", "agent E11", "G10", "CHT", "down", "", "2026-10-15"),
)
TREE_TRUTH = {
    "orphans": {"G06", "G15"},
    "late": {"G09", "G18"},
    "conflicts": {("G07", "G08"), ("G10", "G11"), ("G16", "G17")},
}

# The tree that learners do not see: a guarded pair, the same aims under two parents, the same
# metrics with another direction, three goals of which two pairs fight, equal deadlines.
HIDDEN: Final = (
    Goal("H01", "company", "director", "", "CHR", "down", "", "2027-06-30"),
    Goal("H02", "department", "service manager", "H01", "CSAT", "up", "", "2027-06-30"),
    Goal("H03", "department", "operations manager", "H01", "CMP", "down", "", "2027-07-01"),
    Goal("H04", "department", "finance manager", "", "CPC", "down", "", "2027-03-31"),
    Goal("H05", "team", "hotline lead", "H02", "AHT", "down", "", "2027-06-30"),
    Goal("H06", "team", "hotline lead", "H02", "CSAT", "up", "", "2027-06-29"),
    Goal("H07", "team", "quality lead", "H02", "FCR", "up", "", "2027-05-31"),
    Goal("H08", "team", "shift planner", "H03", "HDC", "down", "CSAT", "2027-06-30"),
    Goal("H09", "team", "night-shift lead", "H03", "SL", "up", "", "2027-06-30"),
    Goal("H10", "team", "refund lead", "H03", "RFC", "down", "", "2027-06-30"),
    Goal("H11", "team", "after-sales lead", "H04", "REC", "up", "", "2027-03-31"),
    Goal("H12", "team", "field lead", "H88", "FTR", "up", "", "2027-03-31"),
    Goal("H13", "person", "agent P01", "H07", "CLS", "up", "", "2027-06-01"),
    Goal("H14", "person", "agent P02", "H07", "REO", "up", "", "2027-04-30"),
    Goal("H15", "person", "agent P03", "H11", "REO", "down", "", "2027-05-31"),
    Goal("H16", "person", "agent P04", "", "QA", "up", "", "2027-02-28"),
)
HIDDEN_TRUTH = {
    "orphans": {"H04", "H12", "H16"},
    "late": {"H03", "H13", "H15"},
    "conflicts": {("H05", "H06"), ("H05", "H07")},
}


def check_tree(goals: Sequence[Goal], truth: Mapping[str, set[object]]) -> None:
    """Stop unless exactly the planted faults are found, and all codes and dates are good."""
    rows = [asdict(one) for one in goals]
    fighting = {tuple(sorted(pair)) for pair in conflicts(rows, relations().conflicts)}
    found = {"orphans": orphans(rows), "late": late_children(rows), "conflicts": fighting}
    for name, planted in truth.items():
        require(found[name] == planted, f"planted {name}: found {found[name]}")
    require(all(one.metric in METRICS for one in goals), "known metric codes")
    for one in goals:
        date.fromisoformat(one.deadline)


# What the cases promise; FTR by month of completion still has jobs of March in April.
RANGES: Final = (
    ("NEG", "T_A", slice(18, 20), 0.030, 0.048),
    ("NEG", "T_A", slice(21, 24), 0.080, 0.105),
    ("REC", "T_A", slice(18, 21), 0.34, 0.43),
    ("REC", "T_A", slice(21, 24), 0.18, 0.25),
    ("COL", "T_B", slice(12, 15), 0.870, 0.895),
    ("COL", "T_B", slice(21, 24), 0.775, 0.830),
    ("FTR", "T_B", slice(12, 15), 0.82, 0.90),
    ("FTR", "T_B", slice(16, 24), 0.62, 0.69),
    ("FCR", "T_C", slice(15, 16), 0.82, 0.87),
    ("FCR", "T_C", slice(18, 19), 0.74, 0.78),
    ("CSAT", "T_C", slice(18, 19), 0.68, 0.74),
)


def check_history(made: Sequence[History]) -> None:
    """Stop unless the case team's values lie in the ranges that the cases promise."""
    require(len(made) == 432, "432 rows")
    series = {
        (metric, team): [one.value for one in made if (one.metric, one.team) == (metric, team)]
        for metric in LEVELS
        for team in TEAMS
    }
    require(all(len(values) == 24 for values in series.values()), "24 months each")
    for metric, team, months, low, high in RANGES:
        for value in series[metric, team][months]:
            within(value, low, high, f"{metric} of {team}")
    for (metric, team), values in series.items():
        better: Direction = "down" if METRICS[metric].good == "down" else "up"
        ratio, _ = stretch(values, values[-1], better)
        require(ratio is not None, f"a benchmark for {metric} of {team}")


def make() -> Tables:
    """Return the three tables."""
    return {"goal_history": list(history()), "goal_tree": TREE, "goal_tree_hidden": HIDDEN}


def check(tables: Tables) -> None:
    """Stop unless history and trees keep their promises."""
    check_history(tables["goal_history"])
    check_tree(tables["goal_tree"], TREE_TRUTH)
    check_tree(tables["goal_tree_hidden"], HIDDEN_TRUTH)


RECIPE: Final = SmallRecipe("the goal tables", make, check, {"value": 4})

if __name__ == "__main__":
    run(RECIPE)
