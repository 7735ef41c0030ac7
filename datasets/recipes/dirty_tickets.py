"""Makes kpi_dirty, a ticket table with seven kinds of fault, and a hidden one of the same kind.

Run it with Python from the project's root; it writes to `datasets/small`. No ticket has two
faults, so the order of the cleaning steps does not change the counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from draws import Draws, clip, score
from recipe import Tables, require
from small import SmallRecipe, run

CHANNELS: Final = ("phone", "chat", "mail")
ISSUES: Final = ("size", "refund", "delivery", "damage", "invoice")
AGENTS: Final = tuple(f"A{place:02d}" for place in range(1, 10))
TEST_AGENT: Final = "TEST"
ANSWERED: Final = 0.7
YEAR: Final = "年"  # stands in every date of the older system, and in no other


@dataclass(frozen=True)
class Faults:
    """How many of each fault a table has, and which marks are off the scale.

    `copies` and `versions` count the rows beyond the first of a ticket, one number a ticket.
    """

    seed: str
    first_day: datetime
    final: int
    copies: tuple[int, ...]
    versions: tuple[int, ...]
    backwards: int
    tests: int
    other_dates: int
    still_open: int
    odd_scores: tuple[int, ...]


SEEN: Final = Faults(
    seed="kpi_dirty/3",
    first_day=datetime(2025, 10, 1),  # noqa: DTZ001 - tables hold local times
    final=276,
    copies=(1,) * 9,
    versions=(1,) * 6,
    backwards=5,
    tests=4,
    other_dates=8,
    still_open=12,
    odd_scores=(9, 9, 9),
)
HIDDEN: Final = Faults(
    seed="kpi_dirty_hidden/5",
    first_day=datetime(2025, 11, 24),  # noqa: DTZ001 - tables hold local times
    final=218,
    copies=(1, 1, 2, 1, 2),
    versions=(1, 2, 1, 1),
    backwards=4,
    tests=6,
    other_dates=7,
    still_open=9,
    odd_scores=(9, 0, 7, 10),
)


@dataclass(frozen=True)
class Ticket:
    """A ticket as exported; the times are texts, as the export has them."""

    ticket_id: str
    customer_id: str
    channel: str
    issue: str
    opened_at: str
    closed_at: str | None
    updated_at: str
    agent_id: str
    csat: int | None


def iso(moment: datetime) -> str:
    """Return a moment as most rows have it."""
    return moment.isoformat(timespec="seconds")


def other_format(moment: datetime) -> str:
    """Return a moment as the older system writes it."""
    return f"{moment.year}{YEAR}{moment.month}月{moment.day}日 {moment:%H:%M}"


def minutes(hours: float) -> timedelta:
    """Return a span of time in whole minutes, one at least."""
    return timedelta(minutes=max(1, round(60 * hours)))


def sound(draws: Draws, plan: Faults, count: int) -> list[Ticket]:
    """Return tickets without a fault, by time of opening."""
    made = []
    starts = sorted((draws.whole(0, 29), draws.uniform(8, 21)) for _ in range(count))
    for place, (day, hour) in enumerate(starts, 1):
        opened = plan.first_day + timedelta(days=day) + minutes(hour)
        closed = opened + minutes(clip(draws.lognormal(5, 0.8), 0.2, 90))
        answered = draws.chance(ANSWERED)
        made.append(
            Ticket(
                ticket_id=f"D{place:04d}",
                customer_id=f"U{draws.whole(1, 900):04d}",
                channel=draws.weighted(CHANNELS, (5, 4, 1)),
                issue=draws.one_of(ISSUES),
                opened_at=iso(opened),
                closed_at=iso(closed),
                updated_at=iso(closed + minutes(draws.uniform(2, 30))),
                agent_id=draws.one_of(AGENTS),
                csat=score(draws.normal(4.2, 0.9)) if answered else None,
            )
        )
    return made


def tickets(plan: Faults) -> list[Ticket]:
    """Return the tickets of a plan with its faults, each in tickets of its own."""
    draws = Draws(plan.seed)
    made = sound(draws, plan, plan.final + plan.backwards + plan.tests)
    free = iter(draws.shuffled(range(len(made))))

    def take(count: int) -> list[int]:
        return sorted(next(free) for _ in range(count))

    for place in take(plan.backwards):
        made[place] = closed_first(draws, made[place])
    for place in take(plan.tests):
        made[place] = replace(made[place], agent_id=TEST_AGENT)
    for place in take(plan.other_dates):
        opened = datetime.fromisoformat(made[place].opened_at)
        made[place] = replace(made[place], opened_at=other_format(opened))
    for place in take(plan.still_open):
        made[place] = replace(made[place], closed_at=None, csat=None)
    for place, odd in zip(take(len(plan.odd_scores)), plan.odd_scores, strict=True):
        made[place] = replace(made[place], csat=odd)
    copies, versions = take(len(plan.copies)), take(len(plan.versions))
    return with_repeats(draws, plan, made, copies, versions)


def closed_first(draws: Draws, one: Ticket) -> Ticket:
    """Return the ticket with a closing time before its opening."""
    opened = datetime.fromisoformat(one.opened_at)
    return replace(
        one,
        closed_at=iso(opened - minutes(draws.uniform(0.5, 30))),
        updated_at=iso(opened + minutes(draws.uniform(1, 20))),
    )


def with_repeats(
    draws: Draws, plan: Faults, made: list[Ticket], copies: list[int], versions: list[int]
) -> list[Ticket]:
    """Return the rows with copies further down, and earlier versions now before, now after."""
    placed = [(float(place), one) for place, one in enumerate(made)]
    for place, times in zip(copies, plan.copies, strict=True):
        placed += [(place + draws.uniform(0.5, 30), made[place]) for _ in range(times)]
    for turn, (place, times) in enumerate(zip(versions, plan.versions, strict=True)):
        for age in range(1, times + 1):
            way = 1 if turn % 2 else -1
            shift = way * draws.uniform(0.5, 12)
            placed.append((place + shift, earlier(draws, made[place], age)))
    return [one for _, one in sorted(placed, key=lambda pair: pair[0])]


def earlier(draws: Draws, one: Ticket, age: int) -> Ticket:
    """Return an earlier version of a ticket: another issue, no mark yet."""
    closed, updated = map(datetime.fromisoformat, (one.closed_at or "", one.updated_at))
    share = draws.uniform(0.1, 0.6) / age
    before = closed + minutes(share * ((updated - closed) / timedelta(hours=1)))
    other = draws.one_of([issue for issue in ISSUES if issue != one.issue])
    return replace(one, issue=other, updated_at=iso(before), csat=None)


def make() -> Tables:
    """Return the table that learners see, and the hidden one."""
    return {"kpi_dirty": tickets(SEEN), "kpi_dirty_hidden": tickets(HIDDEN)}


def found(rows: Sequence[Ticket]) -> dict[str, set[str]]:
    """Return the tickets that have each fault, by looking at the rows alone."""
    by_id = defaultdict(list)
    for one in rows:
        by_id[one.ticket_id].append(one)
    return {
        "copies": {name for name, same in by_id.items() if len(set(same)) < len(same)},
        "versions": {name for name, same in by_id.items() if len(set(same)) > 1},
        "backwards": {one.ticket_id for one in rows if goes_backwards(one)},
        "tests": {one.ticket_id for one in rows if one.agent_id == TEST_AGENT},
        "other_dates": {one.ticket_id for one in rows if YEAR in one.opened_at},
        "still_open": {one.ticket_id for one in rows if not one.closed_at},
        "odd_scores": {one.ticket_id for one in rows if off_scale(one.csat)},
    }


def goes_backwards(one: Ticket) -> bool:
    """Return whether a ticket was closed before it was opened."""
    return bool(one.closed_at) and YEAR not in one.opened_at and one.closed_at < one.opened_at


def off_scale(mark: int | None) -> bool:
    """Return whether a mark is there and not on the scale of 1 to 5."""
    return mark is not None and not 1 <= mark <= 5


def check_plan(plan: Faults, rows: Sequence[Ticket]) -> None:
    """Stop unless the rows have exactly the planned faults, each in tickets of its own."""
    faults = found(rows)
    planned = {
        "copies": len(plan.copies),
        "versions": len(plan.versions),
        "backwards": plan.backwards,
        "tests": plan.tests,
        "other_dates": plan.other_dates,
        "still_open": plan.still_open,
        "odd_scores": len(plan.odd_scores),
    }
    require({name: len(ids) for name, ids in faults.items()} == planned, f"faults {planned}")
    shared = [
        name
        for name, times in Counter(x for ids in faults.values() for x in ids).items()
        if times > 1
    ]
    require(not shared, f"one fault a ticket, not {shared}")
    copied = len(rows) - len(set(rows))
    require(copied == sum(plan.copies), f"{copied} copies")
    left = {one.ticket_id for one in rows} - faults["backwards"] - faults["tests"]
    require(len(left) == plan.final, f"{len(left)} tickets left")
    check_versions(rows, faults["versions"])


def check_versions(rows: Sequence[Ticket], several: set[str]) -> None:
    """Stop unless one version of a ticket is the latest, and not always the last in the file."""
    last_is_latest = set()
    for name in several:
        times = [one.updated_at for one in rows if one.ticket_id == name]
        require(len(set(times)) == len(times), f"versions of {name} of different times")
        last_is_latest.add(times[-1] == max(times))
    require(last_is_latest == {True, False}, "latest versions now last, now first")


def check(tables: Tables) -> None:
    """Stop unless both tables have their planned faults."""
    check_plan(SEEN, tables["kpi_dirty"])
    require(len(tables["kpi_dirty"]) == 300, "300 rows")
    check_plan(HIDDEN, tables["kpi_dirty_hidden"])


RECIPE: Final = SmallRecipe("the dirty tickets", make, check)

if __name__ == "__main__":
    run(RECIPE)
