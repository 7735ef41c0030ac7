"""Makes the tables of lesson N11: skills_matrix, candidates, training.

Run it with Python from the project's root; it writes to `datasets/small`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from math import isclose
from statistics import fmean, stdev
from typing import Final

from draws import Draws, clip
from exact import with_mean
from recipe import Tables, require, within
from small import SmallRecipe, run

SEED: Final = 1
SKILLS: Final = (
    "analysis",
    "computer",
    "social",
    "conflict",
    "time",
    "negotiation",
    "creativity",
)
TEAMS: Final = {"phone": 12, "online": 8, "mail": 4}
GAPS: Final = {("phone", "creativity"), ("online", "conflict"), ("mail", "negotiation")}
ALONE, ENOUGH = 2, 2  # the level at which somebody works alone; how many a team needs
WEIGHTS: Final = (0.25, 0.20, 0.20, 0.10, 0.10, 0.15)
MUST_HAVE: Final = 3
RANKING: Final = ("K2", "K3", "K5", "K8", "K4", "K6", "K7")
TOTALS: Final = (4.40, 4.00, 3.95, 3.60, 3.75, 3.40, 3.35, 3.70)
GROUP_SIZE: Final = 60


@dataclass(frozen=True)
class Skills:
    """What a person can do: 0 not at all, 1 is learning, 2 works alone, 3 can teach it."""

    staff_id: str
    team: str
    analysis: int
    computer: int
    social: int
    conflict: int
    time: int
    negotiation: int
    creativity: int


@dataclass(frozen=True)
class Candidate:
    """Marks of a structured interview, 1 to 5."""

    candidate: str
    communication: int
    service_awareness: int
    problem_solving: int
    product: int
    computer: int
    stress: int

    @property
    def total(self) -> float:
        """Return the weighted total."""
        marks = [getattr(self, one.name) for one in fields(self)][1:]
        return sum(weight * mark for weight, mark in zip(WEIGHTS, marks, strict=True))


@dataclass(frozen=True)
class Trainee:
    """Test scores before and after, and quality marks 30 and 60 days later."""

    trainee_id: str
    group: str
    pre: float
    post: float
    qa_30: float
    qa_60: float


@dataclass(frozen=True)
class Effect:
    """What is planted in a group: its mean gain and its mean quality marks."""

    gain: float
    qa_30: float
    qa_60: float


# The quality effect of the training is 3.0 after 30 days and fades to 1.5 after 60.
EFFECTS: Final[Mapping[str, Effect]] = {
    "trained": Effect(12.0, 88.0, 87.0),
    "waitlist": Effect(5.0, 85.0, 85.5),
}
CANDIDATES: Final = (
    Candidate("K1", 5, 2, 5, 5, 5, 5),
    Candidate("K2", 4, 5, 4, 3, 3, 4),
    Candidate("K3", 5, 4, 3, 3, 4, 4),
    Candidate("K4", 3, 4, 4, 4, 4, 3),
    Candidate("K5", 4, 3, 5, 4, 3, 3),
    Candidate("K6", 3, 3, 3, 5, 5, 3),
    Candidate("K7", 2, 5, 3, 2, 3, 5),
    Candidate("K8", 4, 4, 4, 3, 2, 4),
)


def skills(draws: Draws) -> list[Skills]:
    """Return the matrix: every team is covered in every skill but for the planted gaps."""
    rows = []
    for team, size in TEAMS.items():
        columns = {skill: levels(draws, size, (team, skill) in GAPS) for skill in SKILLS}
        for place in range(size):
            name = f"M{len(rows) + 1:02d}"
            rows.append(Skills(name, team, *(columns[skill][place] for skill in SKILLS)))
    return rows


def levels(draws: Draws, size: int, gap: bool) -> list[int]:  # noqa: FBT001 - a planned gap or not
    """Return the levels of a team in a skill: one person too few works alone in a gap."""
    able = ENOUGH - 1 if gap else max(ENOUGH, round(size * draws.uniform(0.35, 0.8)))
    made = [draws.weighted((2, 3), (2, 1)) for _ in range(able)]
    made += [draws.weighted((0, 1), (1, 2)) for _ in range(size - able)]
    return draws.shuffled(made)


def trainees(draws: Draws) -> list[Trainee]:
    """Return both groups; their means are exactly the planted ones."""
    rows = []
    for group, effect in EFFECTS.items():
        pre = [round(clip(draws.normal(62, 8), 35, 84), 1) for _ in range(GROUP_SIZE)]
        gains = with_mean([draws.normal(effect.gain, 5) for _ in pre], effect.gain)
        soon = with_mean([draws.normal(effect.qa_30, 4) for _ in pre], effect.qa_30)
        later = with_mean(
            [effect.qa_60 + 0.6 * (one - effect.qa_30) + draws.normal(0, 3.2) for one in soon],
            effect.qa_60,
        )
        for values in zip(pre, gains, soon, later, strict=True):
            before, gain, *marks = values
            name = f"T{len(rows) + 1:03d}"
            rows.append(Trainee(name, group, before, before + gain, *marks))
    return rows


def make(seed: int = SEED) -> Tables:
    """Return the three tables."""
    return {
        "skills_matrix": skills(Draws(f"skills_matrix/{seed}")),
        "candidates": CANDIDATES,
        "training": trainees(Draws(f"training/{seed}")),
    }


def gaps(rows: Sequence[Skills]) -> set[tuple[str, str]]:
    """Return team and skill where fewer than two people work alone."""
    able = Counter(
        (one.team, skill) for one in rows for skill in SKILLS if getattr(one, skill) >= ALONE
    )
    return {(team, skill) for team in TEAMS for skill in SKILLS if able[team, skill] < ENOUGH}


def check_candidates(rows: Sequence[Candidate]) -> None:
    """Stop unless the totals are those of the lesson and the best one fails the must-have."""
    for one, total in zip(rows, TOTALS, strict=True):
        require(isclose(one.total, total), f"total of {one.candidate} is {one.total}")
    best = max(rows, key=lambda one: one.total)
    fit = [one for one in rows if one.service_awareness >= MUST_HAVE]
    ranking = tuple(one.candidate for one in sorted(fit, key=lambda one: -one.total))
    require((best.candidate, ranking) == ("K1", RANKING), f"ranking {ranking}")


def check_training(rows: Sequence[Trainee]) -> None:
    """Stop unless gains and quality effects are exactly the planted ones."""
    groups = {name: [one for one in rows if one.group == name] for name in EFFECTS}
    for name, effect in EFFECTS.items():
        group = groups[name]
        require(len(group) == GROUP_SIZE, f"{GROUP_SIZE} {name}")
        found = (
            fmean(one.post - one.pre for one in group),
            fmean(one.qa_30 for one in group),
            fmean(one.qa_60 for one in group),
        )
        planned = (effect.gain, effect.qa_30, effect.qa_60)
        require(all(map(isclose, found, planned)), f"means of {name} are {found}")
        within(stdev(one.qa_30 for one in group), 3.2, 4.8, f"spread of quality, {name}")
        within(fmean(one.pre for one in group), 60, 64, f"mean before, {name}")
    highest = max(max(one.post, one.qa_30, one.qa_60) for one in rows)
    require(highest <= 100, f"the highest mark is {highest}")


def check(tables: Tables) -> None:
    """Stop unless all three tables have what the lesson plants."""
    rows = tables["skills_matrix"]
    require(len(rows) == 24 and gaps(rows) == GAPS, f"gaps {sorted(gaps(rows))}")
    check_candidates(tables["candidates"])
    check_training(tables["training"])


RECIPE: Final = SmallRecipe(
    "the tables of people", make, check, dict.fromkeys(("pre", "post", "qa_30", "qa_60"), 1)
)

if __name__ == "__main__":
    run(RECIPE)
