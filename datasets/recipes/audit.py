"""Makes the tables of lesson N10: audit_items, audit_checks, audit_csat, audit_grades, qa_scores.

Run it with Python from the project's root; it writes to `datasets/small`. Fourteen of the 24
items look at appearance, which swings from post to post and has nothing to do with satisfaction:
with equal weights the audit score says little, weighted by the drivers it says much.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import correlation, fmean, pstdev
from typing import Final

from draws import Draws, clip
from recipe import Tables, require, within
from small import SmallRecipe, run

SEED: Final = 66
POSTS: Final = tuple(f"P{place}" for place in range(1, 7))
MONTHS: Final = tuple(f"2025-{month:02d}" for month in range(1, 13))
CHECKS: Final = 8
NOT_APPLICABLE: Final = 0.03
REPEATED: Final = 1_382  # of 13,824 checks, a tenth
AGREEMENT: Final = 0.85
# Dimension: weight as a driver of satisfaction, mean and swing of the pass probability.
DIMENSIONS: Final = {
    "REL": (0.28, 0.57, 0.12),
    "RES": (0.24, 0.70, 0.10),
    "PRO": (0.20, 0.80, 0.08),
    "EMP": (0.18, 0.75, 0.08),
    "TAN": (0.10, 0.90, 0.09),
}
DRIVING: Final = ("REL", "RES", "PRO", "EMP")  # appearance moves nothing
WEEKS, SAMPLE = 36, 150
ODD_WEEKS: Final = {22: 25, 23: 24}


@dataclass(frozen=True)
class Item:
    """An item of the checklist."""

    item: str
    dimension: str
    text_zh: str
    text_en: str


@dataclass(frozen=True)
class Check:
    """One look at an item: P passed, F failed, NA not applicable; a tenth is looked at twice."""

    post: str
    month: str
    item: str
    check: int
    result: str
    second_result: str | None


@dataclass(frozen=True)
class Month:
    """A post's satisfaction in a month, a share."""

    post: str
    month: str
    csat: float


@dataclass(frozen=True)
class Grades:
    """A post's four indicators."""

    post: str
    csat: float | None
    complaints_per_1000: float | None
    ear: float | None
    clr: float | None


@dataclass(frozen=True)
class Week:
    """A week's sample of contacts and how many had a defect."""

    week: int
    checked: int
    defects: int


# The bounds of the grades belong to the better grade; one value is missing.
GRADES: Final = (
    Grades("P1", 0.9000, 2.00, 0.9500, 0.8500),
    Grades("P2", 0.8999, 4.01, 0.9012, 0.9620),
    Grades("P3", 0.8500, 4.00, 0.7985, 0.6995),
    Grades("P4", 0.7500, 8.00, 0.9499, 0.7000),
    Grades("P5", 0.7496, 8.05, None, 0.9500),
    Grades("P6", 0.9240, 1.35, 0.8000, 0.8496),
)
HIDDEN_GRADES: Final = (
    Grades("Q1", 0.8496, 0.00, 1.0000, None),
    Grades("Q2", 0.7500, 2.01, 0.8996, 0.7000),
    Grades("Q3", None, 8.01, 0.9000, 0.6999),
    Grades("Q4", 0.0000, 4.00, 0.7999, 0.9499),
    Grades("Q5", 0.8999, 8.00, 0.9500, 0.8499),
    Grades("Q6", 1.0000, None, 0.8000, 0.9500),
)
BOUNDS: Final[Mapping[str, tuple[float, float, float]]] = {
    "csat": (0.90, 0.85, 0.75),
    "complaints_per_1000": (2, 4, 8),
    "ear": (0.95, 0.90, 0.80),
    "clr": (0.95, 0.85, 0.70),
}


def items() -> list[Item]:
    """Return the checklist."""
    file = Path(__file__).with_name("audit_texts.toml")
    found = tomllib.loads(file.read_text(encoding="utf-8"))["items"]
    return [Item(one["item"], one["dimension"], one["zh"], one["en"]) for one in found]


def audits(seed: int, checklist: Sequence[Item]) -> tuple[list[Check], list[Month]]:
    """Return the checks of all posts and months, and each month's satisfaction."""
    draws = Draws(f"audit/{seed}")
    checks, months = [], []
    for post in POSTS:
        for month in MONTHS:
            passing = {
                name: clip(draws.normal(mean, sd), 0.30, 0.99)
                for name, (_, mean, sd) in DIMENSIONS.items()
            }
            pull = sum(DIMENSIONS[one][0] * (passing[one] - DIMENSIONS[one][1]) for one in DRIVING)
            months.append(Month(post, month, 0.82 + pull + draws.normal(0, 0.012)))
            for one in checklist:
                checks += [
                    Check(post, month, one.item, turn, result(draws, passing[one.dimension]), None)
                    for turn in range(1, CHECKS + 1)
                ]
    return twice(Draws(f"audit/{seed}/twice"), checks), months


def result(draws: Draws, passing: float) -> str:
    """Return what the auditor noted."""
    if draws.chance(NOT_APPLICABLE):
        return "NA"
    return "P" if draws.chance(passing) else "F"


def twice(draws: Draws, checks: Sequence[Check]) -> list[Check]:
    """Return the checks, a tenth of them with what a second auditor noted."""
    chosen = set(draws.shuffled(range(len(checks)))[:REPEATED])
    other = {"P": "F", "F": "P", "NA": "P"}
    made = []
    for place, one in enumerate(checks):
        second = None
        if place in chosen:
            second = one.result if draws.chance(AGREEMENT) else other[one.result]
        made.append(Check(one.post, one.month, one.item, one.check, one.result, second))
    return made


def weeks(seed: int) -> list[Week]:
    """Return the weekly samples: chance within limits, two weeks out of control."""
    draws = Draws(f"qa_scores/{seed}")
    usual = [min(17, draws.binomial(SAMPLE, 0.06)) for _ in range(WEEKS)]
    return [
        Week(week, SAMPLE, ODD_WEEKS.get(week, usual[week - 1])) for week in range(1, WEEKS + 1)
    ]


def make(seed: int = SEED) -> Tables:
    """Return the tables."""
    checklist = items()
    checks, months = audits(seed, checklist)
    return {
        "audit_items": checklist,
        "audit_checks": checks,
        "audit_csat": months,
        "audit_grades": GRADES,
        "audit_grades_hidden": HIDDEN_GRADES,
        "qa_scores": weeks(seed),
    }


def rates(
    checks: Iterable[Check], key: Callable[[Check], tuple[str, ...]]
) -> dict[tuple[str, ...], float]:
    """Return the share passed of the checks with a result, by group."""
    groups: dict[tuple[str, ...], list[bool]] = defaultdict(list)
    for one in checks:
        if one.result != "NA":
            groups[key(one)].append(one.result == "P")
    return {name: fmean(passed) for name, passed in groups.items()}


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa of two auditors."""
    same = fmean(one == other for one, other in pairs)
    chance = sum(
        fmean(one == letter for one, _ in pairs) * fmean(other == letter for _, other in pairs)
        for letter in ("P", "F")
    )
    return (same - chance) / (1 - chance)


def check_audit(tables: Tables) -> None:
    """Stop unless equal weights hide what driver weights show, and auditors agree as planned."""
    checks = tables["audit_checks"]
    dimension = {one.item: one.dimension for one in tables["audit_items"]}
    require(len(checks) == 13_824, "13,824 checks")
    by_dimension = rates(checks, lambda one: (dimension[one.item],))
    for name, (_, mean, _) in DIMENSIONS.items():
        within(by_dimension[name,], mean - 0.035, mean + 0.035, f"pass rate of {name}")
    equal = rates(checks, lambda one: (one.post, one.month))
    parts = rates(checks, lambda one: (one.post, one.month, dimension[one.item]))
    months = {(one.post, one.month): one.csat for one in tables["audit_csat"]}
    driven = [
        sum(weight * parts[*key, name] for name, (weight, _, _) in DIMENSIONS.items())
        for key in months
    ]
    csat = list(months.values())
    within(correlation([equal[key] for key in months], csat), 0.05, 0.30, "r with equal weights")
    within(correlation(driven, csat), 0.55, 0.80, "r with driver weights")
    looks = [parts[*key, "TAN"] for key in months]
    within(pstdev(looks), 0.06, 0.10, "swing of appearance")
    within(correlation(looks, csat), -0.15, 0.15, "r of appearance")
    pairs = [(one.result, one.second_result) for one in checks if one.second_result]
    require(len(pairs) == REPEATED, "a tenth is checked twice")
    both = [pair for pair in pairs if "NA" not in pair]
    within(fmean(one == other for one, other in both), 0.83, 0.87, "agreement")
    within(kappa(both), 0.50, 0.70, "kappa")


def grade(value: float | None, bounds: Sequence[float]) -> str | None:
    """Return the grade of a value; lower is better when the bounds rise."""
    if value is None:
        return None
    sign = 1 if bounds[0] > bounds[-1] else -1
    passed = sum(sign * value >= sign * bound for bound in bounds)
    return "DCBA"[passed]


def check_grades(rows: Sequence[Grades]) -> None:
    """Stop unless every grade occurs in every indicator."""
    for name, bounds in BOUNDS.items():
        found = {grade(getattr(one, name), bounds) for one in rows} - {None}
        require(found == set("ABCD"), f"grades of {name} are {sorted(found)}")


def check_weeks(rows: Sequence[Week]) -> None:
    """Stop unless just the two weeks are out of control."""
    centre = sum(one.defects for one in rows) / sum(one.checked for one in rows)
    reach = 3 * sqrt(centre * (1 - centre) / SAMPLE)
    within(centre + reach, 0.122, 0.130, "upper limit")
    low = max(0.0, centre - reach)
    outside = {one.week for one in rows if not low <= one.defects / one.checked <= centre + reach}
    require(outside == set(ODD_WEEKS), f"weeks outside are {sorted(outside)}")


def check(tables: Tables) -> None:
    """Stop unless audit, grades and weeks have what the lesson plants."""
    counts = defaultdict(int)
    for one in tables["audit_items"]:
        counts[one.dimension] += 1
    require(counts == {"TAN": 14, "REL": 3, "RES": 3, "PRO": 2, "EMP": 2}, "items by dimension")
    check_audit(tables)
    check_grades(tables["audit_grades"])
    check_grades(tables["audit_grades_hidden"])
    check_weeks(tables["qa_scores"])


DECIMALS: Final = {"csat": 4, "ear": 4, "clr": 4, "complaints_per_1000": 2}
RECIPE: Final = SmallRecipe("the audit tables", make, check, DECIMALS)

if __name__ == "__main__":
    run(RECIPE)
