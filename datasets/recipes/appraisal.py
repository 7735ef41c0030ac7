"""Makes perf_360 of lesson N12: six kinds of raters judge twelve agents on six items.

Run it with Python from the project's root; it writes to `datasets/small`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Final

from draws import Draws, score
from recipe import Tables, require, within
from small import SmallRecipe, run

SEED: Final = 52
RATEES: Final = tuple(f"E{place:02d}" for place in range(1, 13))
ITEMS: Final = 6
# Seats of the pool of peers: two of them rate five agents, ten rate three, four rate two.
PEERS: Final = {
    **dict.fromkeys((f"R{place:02d}" for place in range(1, 17)), 3),
    "R07": 5,
    "R15": 5,
    "R02": 2,
    "R05": 2,
    "R11": 2,
    "R14": 2,
}
LENIENT, HALO, FLATTERED, FAVOURITE = "R07", "R15", "E09", "E04"
EXTRA: Final = {"lenient": 0.8, "self": 1.2, "favour": 0.9}


@dataclass(frozen=True)
class Rating:
    """What a rater gave an agent."""

    ratee_id: str
    rater_type: str
    rater_id: str
    item_1: int
    item_2: int
    item_3: int
    item_4: int
    item_5: int
    item_6: int

    @property
    def marks(self) -> tuple[int, ...]:
        """Return the six marks."""
        return (self.item_1, self.item_2, self.item_3, self.item_4, self.item_5, self.item_6)

    @property
    def mean(self) -> float:
        """Return the mean of the marks."""
        return fmean(self.marks)


def peers_of(draws: Draws) -> dict[str, list[str]]:
    """Return four different peers for each ratee; every peer gets the planned number of seats."""
    while True:
        seats = draws.shuffled([name for name, count in PEERS.items() for _ in range(count)])
        groups = [seats[start : start + 4] for start in range(0, len(seats), 4)]
        if all(len(set(group)) == 4 for group in groups):
            return dict(zip(RATEES, groups, strict=True))


def raters(draws: Draws) -> Iterator[tuple[str, str, str]]:
    """Yield ratee, kind of rater, rater."""
    peers = peers_of(draws)
    for place, ratee in enumerate(RATEES):
        yield ratee, "supervisor", f"L{place // 4 + 1}"
        for peer in sorted(peers[ratee]):
            yield ratee, "peer", peer
        for turn in range(1, 4):
            yield ratee, "subordinate", f"B{3 * place + turn:02d}"
        yield ratee, "self", ratee
        for turn in range(1, 9):
            yield ratee, "customer", f"K{8 * place + turn:02d}"
        yield ratee, "external", f"X{place % 2 + 1}"


def ratings(draws: Draws) -> list[Rating]:
    """Return all ratings: level of the agent, leaning of the rater, chance of the item."""
    level = {one: draws.normal(3.8, 0.3) for one in RATEES}
    leaning: dict[str, float] = {}
    rows = []
    for ratee, kind, rater in raters(draws):
        own = leaning.setdefault(f"{kind}/{rater}", draws.normal(0, 0.15))
        base = level[ratee] + own + extra(ratee, kind, rater)
        spread = 0.0 if rater == HALO else 0.5
        marks = [score(base + draws.normal(0, spread)) for _ in range(ITEMS)]
        rows.append(Rating(ratee, kind, rater, *marks))
    return rows


def extra(ratee: str, kind: str, rater: str) -> float:
    """Return the planted bias."""
    if rater == LENIENT:
        return EXTRA["lenient"]
    if (kind, ratee) == ("self", FLATTERED):
        return EXTRA["self"]
    return EXTRA["favour"] if (kind, ratee) == ("supervisor", FAVOURITE) else 0.0


def make(seed: int = SEED) -> Tables:
    """Return the table."""
    return {"perf_360": ratings(Draws(f"perf_360/{seed}"))}


def leanings(rows: Sequence[Rating]) -> dict[str, float]:
    """Return how much each rater of at least two agents is above their other raters."""
    of_ratee = defaultdict(list)
    for one in rows:
        of_ratee[one.ratee_id].append(one)
    gaps = defaultdict(list)
    for one in rows:
        others = [other.mean for other in of_ratee[one.ratee_id] if other is not one]
        gaps[one.rater_id].append(one.mean - fmean(others))
    selves = {one.rater_id for one in rows if one.rater_type == "self"}
    return {
        name: fmean(found) for name, found in gaps.items() if len(found) > 1 and name not in selves
    }


def spreads(rows: Sequence[Rating]) -> dict[str, float]:
    """Return the mean spread over the items of each rater of at least two agents."""
    found = defaultdict(list)
    for one in rows:
        found[one.rater_id].append(pstdev(one.marks))
    return {name: fmean(values) for name, values in found.items() if len(values) > 1}


def gaps_between(rows: Sequence[Rating], kind: str, others: str = "") -> dict[str, float]:
    """Return each agent's mean from one kind of rater less that from others, by default all."""
    found = {}
    for ratee in RATEES:
        mine = [one.mean for one in rows if (one.ratee_id, one.rater_type) == (ratee, kind)]
        theirs = [
            one.mean
            for one in rows
            if one.ratee_id == ratee and one.rater_type != kind and others in {"", one.rater_type}
        ]
        found[ratee] = fmean(mine) - fmean(theirs)
    return found


def beyond(found: dict[str, float], name: str, bound: float, next_one: float, what: str) -> None:
    """Stop unless this one reaches the bound and all others stay clear of it."""
    rest = max(value for other, value in found.items() if other != name)
    require(found[name] >= bound, f"{what}: {name} is {found[name]:.3f}, at least {bound}")
    require(rest <= next_one, f"{what}: the next is {rest:.3f}, at most {next_one}")


def check(tables: Tables) -> None:
    """Stop unless each bias is found in the one planned, and in nobody else."""
    rows = tables["perf_360"]
    require(len(rows) == 216, "216 ratings")
    beyond(leanings(rows), LENIENT, 0.55, 0.40, "lenient")
    beyond({name: -value for name, value in spreads(rows).items()}, HALO, -0.15, -0.25, "halo")
    beyond(gaps_between(rows, "self"), FLATTERED, 0.80, 0.60, "self gap")
    favoured = gaps_between(rows, "supervisor", "customer")
    beyond(favoured, FAVOURITE, 0.70, 0.60, "supervisor against customers")
    within(favoured[FAVOURITE], 0.70, 1.30, "supervisor against customers")


RECIPE: Final = SmallRecipe("the 360-degree ratings", make, check)

if __name__ == "__main__":
    run(RECIPE)
