"""Makes goal_history.csv, goal_tree.csv and goal_tree_hidden.csv, the same bytes every time.

Run it with Python from the project's root; it writes to `datasets/small`. The case
companies' values of their own period come from `CASES`; a case table, once there is one, can
replace its entry without touching the rest.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cstrain.goals.goal_tree import conflicts, late_children, orphans
from cstrain.goals.metrics import METRICS, relations
from cstrain.goals.stretch import Direction, stretch

FOLDER = Path(__file__).resolve().parent.parent / "small"
SEED = 20260105
MONTHS = tuple(f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13))
TEAMS = ("T_A", "T_B", "T_C")
HISTORY_COLUMNS = ("metric", "month", "team", "value")
TREE_COLUMNS = (
    "goal_id",
    "level",
    "owner",
    "parent_id",
    "metric",
    "direction",
    "guard_metric",
    "deadline",
)


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

# The case team's values inside its case's period, month by month. T_A is the net shop (half a
# year from July 2025, the page template of 15 September), T_B the property centre (all of 2025,
# the quick note since April; the collection rate is that of the quarter's bills), T_C the
# appliance maker (April to September 2025, the E7 fault from June, the article of 11 August).
CASES: Mapping[tuple[str, str], Mapping[str, float]] = {
    ("NEG", "T_A"): dict(
        zip(MONTHS[18:], (0.0395, 0.0412, 0.0658, 0.0905, 0.0921, 0.0893), strict=True)
    ),
    ("REC", "T_A"): dict(
        zip(MONTHS[18:], (0.3742, 0.3815, 0.3698, 0.2168, 0.2024, 0.2093), strict=True)
    ),
    ("COL", "T_B"): dict(
        zip(
            MONTHS[12:],
            [value for value in (0.8803, 0.8425, 0.8152, 0.8034) for _ in range(3)],
            strict=True,
        )
    ),
    ("FTR", "T_B"): dict(
        zip(
            MONTHS[12:],
            (
                *(0.8641, 0.8597, 0.8668, 0.6571, 0.6493, 0.6604),
                *(0.6528, 0.6582, 0.6549, 0.6617, 0.6505, 0.6553),
            ),
            strict=True,
        )
    ),
    ("FCR", "T_C"): dict(
        zip(MONTHS[15:21], (0.8402, 0.8375, 0.7968, 0.7534, 0.7725, 0.8081), strict=True)
    ),
    ("CSAT", "T_C"): dict(
        zip(MONTHS[15:21], (0.7893, 0.7862, 0.7574, 0.7158, 0.7263, 0.7691), strict=True)
    ),
}


def history() -> Iterator[tuple[str, str, str, str]]:
    """Yield the rows of goal_history: metric, month, team, value as a share."""
    draw = random.Random(SEED)  # noqa: S311 - invented data, not a secret
    for metric, teams in LEVELS.items():
        for team in TEAMS:
            phase = PHASES[METRICS[metric].good]
            for place, month in enumerate(MONTHS):
                usual = _usual(teams[team], place + phase, draw)
                value = CASES.get((metric, team), {}).get(month, usual)
                yield metric, month, team, f"{value:.4f}"


def _usual(one: Level, place: int, draw: random.Random) -> float:
    # A triangle of twelve months needs no sine, whose last digit differs between machines.
    swing = 1 - abs(place % 12 - 6) / 3
    return one.level + one.swing * swing + one.noise * draw.uniform(-1.0, 1.0)


# goal_id, level, owner, parent_id, metric, direction, guard_metric, deadline
TREE: Sequence[tuple[str, ...]] = (
    ("G01", "company", "general manager", "", "RPR", "up", "", "2026-12-31"),
    ("G02", "company", "general manager", "", "CPC", "down", "CSAT", "2026-12-31"),
    ("G03", "department", "service manager", "G01", "CSAT", "up", "", "2026-12-31"),
    ("G04", "department", "after-sales manager", "G01", "NEG", "down", "", "2026-11-30"),
    ("G05", "department", "operations manager", "G02", "SL", "up", "", "2026-12-31"),
    ("G06", "department", "training manager", "G99", "EXM", "up", "", "2026-10-31"),
    ("G07", "team", "hotline lead", "G03", "AHT", "down", "", "2026-09-30"),
    ("G08", "team", "hotline lead", "G03", "FCR", "up", "", "2026-09-30"),
    ("G09", "team", "chat lead", "G03", "FRT", "down", "", "2027-01-31"),
    ("G10", "team", "after-sales lead", "G04", "REC", "up", "", "2026-09-30"),
    ("G11", "team", "refund lead", "G04", "RFC", "down", "", "2026-09-30"),
    ("G12", "team", "warehouse lead", "G04", "RFT", "down", "NEG", "2026-11-30"),
    ("G13", "team", "shift planner", "G05", "HDC", "down", "SL", "2026-09-30"),
    ("G14", "team", "night-shift lead", "G05", "ASA", "down", "", "2026-10-31"),
    ("G15", "team", "quality lead", "", "QA", "up", "", "2026-09-30"),
    ("G16", "person", "agent E03", "G08", "REO", "down", "", "2026-09-30"),
    ("G17", "person", "agent E07", "G08", "CLS", "up", "", "2026-08-31"),
    ("G18", "person", "agent E11", "G10", "CHT", "down", "", "2026-10-15"),
)
TREE_TRUTH = {
    "orphans": {"G06", "G15"},
    "late": {"G09", "G18"},
    "conflicts": {("G07", "G08"), ("G10", "G11"), ("G16", "G17")},
}

# The tree that learners do not see: a guarded pair, the same aims under two parents, the same
# metrics with another direction, three goals of which two pairs fight, equal deadlines.
HIDDEN: Sequence[tuple[str, ...]] = (
    ("H01", "company", "director", "", "CHR", "down", "", "2027-06-30"),
    ("H02", "department", "service manager", "H01", "CSAT", "up", "", "2027-06-30"),
    ("H03", "department", "operations manager", "H01", "CMP", "down", "", "2027-07-01"),
    ("H04", "department", "finance manager", "", "CPC", "down", "", "2027-03-31"),
    ("H05", "team", "hotline lead", "H02", "AHT", "down", "", "2027-06-30"),
    ("H06", "team", "hotline lead", "H02", "CSAT", "up", "", "2027-06-29"),
    ("H07", "team", "quality lead", "H02", "FCR", "up", "", "2027-05-31"),
    ("H08", "team", "shift planner", "H03", "HDC", "down", "CSAT", "2027-06-30"),
    ("H09", "team", "night-shift lead", "H03", "SL", "up", "", "2027-06-30"),
    ("H10", "team", "refund lead", "H03", "RFC", "down", "", "2027-06-30"),
    ("H11", "team", "after-sales lead", "H04", "REC", "up", "", "2027-03-31"),
    ("H12", "team", "field lead", "H88", "FTR", "up", "", "2027-03-31"),
    ("H13", "person", "agent P01", "H07", "CLS", "up", "", "2027-06-01"),
    ("H14", "person", "agent P02", "H07", "REO", "up", "", "2027-04-30"),
    ("H15", "person", "agent P03", "H11", "REO", "down", "", "2027-05-31"),
    ("H16", "person", "agent P04", "", "QA", "up", "", "2027-02-28"),
)
HIDDEN_TRUTH = {
    "orphans": {"H04", "H12", "H16"},
    "late": {"H03", "H13", "H15"},
    "conflicts": {("H05", "H06"), ("H05", "H07")},
}


def tree(lines: Sequence[tuple[str, ...]]) -> list[dict[str, str]]:
    """Return the goals as rows with column names."""
    return [dict(zip(TREE_COLUMNS, line, strict=True)) for line in lines]


def require(good: object, what: str) -> None:
    """Stop the recipe when a planted truth does not hold."""
    if not good:
        sys.exit(f"goals.py: {what} does not hold; nothing was written")


def check_tree(lines: Sequence[tuple[str, ...]], truth: Mapping[str, set[object]]) -> None:
    """Stop unless exactly the planted faults are found, and no goal has two of them."""
    goals = tree(lines)
    fighting = {tuple(sorted(pair)) for pair in conflicts(goals, relations().conflicts)}
    found = {"orphans": orphans(goals), "late": late_children(goals), "conflicts": fighting}
    for name, planted in truth.items():
        require(found[name] == planted, f"planted {name}")
    require(all(one["metric"] in METRICS for one in goals), "known metric codes")
    for one in goals:
        date.fromisoformat(one["deadline"])


def check_history(made: Sequence[tuple[str, str, str, str]]) -> None:
    """Stop unless the case team's values lie in the ranges that the cases promise."""
    require(len(made) == 432, "432 rows")
    series = {
        (metric, team): [float(row[3]) for row in made if row[0] == metric and row[2] == team]
        for metric in LEVELS
        for team in TEAMS
    }
    require(all(len(values) == 24 for values in series.values()), "24 months each")
    ranges: Sequence[tuple[str, str, slice, float, float]] = (
        ("NEG", "T_A", slice(18, 20), 0.030, 0.048),
        ("NEG", "T_A", slice(21, 24), 0.080, 0.105),
        ("REC", "T_A", slice(18, 21), 0.35, 0.42),
        ("REC", "T_A", slice(21, 24), 0.18, 0.25),
        ("COL", "T_B", slice(12, 15), 0.870, 0.895),
        ("COL", "T_B", slice(21, 24), 0.775, 0.830),
        ("FTR", "T_B", slice(12, 15), 0.84, 0.88),
        ("FTR", "T_B", slice(15, 24), 0.63, 0.68),
        ("FCR", "T_C", slice(15, 16), 0.82, 0.87),
        ("FCR", "T_C", slice(18, 19), 0.71, 0.76),
    )
    for metric, team, months, low, high in ranges:
        good = all(low <= value <= high for value in series[metric, team][months])
        require(good, f"{metric} of {team} between {low} and {high}")
    for (metric, team), values in series.items():
        better: Direction = "down" if METRICS[metric].good == "down" else "up"
        ratio, _ = stretch(values, values[-1], better)
        require(ratio is not None, f"a benchmark for {metric} of {team}")


def write(name: str, columns: Sequence[str], lines: Sequence[Sequence[str]], to: Path) -> None:
    """Write a table as UTF-8 with plain line ends, on every system alike."""
    with (to / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        table.writerows(lines)


def main(to: Path = FOLDER, said: Callable[[str], object] = print) -> None:
    """Check the planted truth, then write the three tables."""
    made = list(history())
    check_history(made)
    check_tree(TREE, TREE_TRUTH)  # type: ignore[arg-type]
    check_tree(HIDDEN, HIDDEN_TRUTH)  # type: ignore[arg-type]
    write("goal_history", HISTORY_COLUMNS, made, to)
    write("goal_tree", TREE_COLUMNS, TREE, to)
    write("goal_tree_hidden", TREE_COLUMNS, HIDDEN, to)
    said(f"wrote goal_history, goal_tree and goal_tree_hidden to {to}")


if __name__ == "__main__":
    main()
