"""Makes org_chart, a hidden chart of the same form, and org_line.

Run it with Python from the project's root; it writes to `datasets/small`. A team is a leader with
the people below; the faults are planted person by person and counted again before writing.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from draws import Draws
from recipe import Tables, require
from small import SmallRecipe, run

TEXTS: Final = Path(__file__).with_name("organisation_texts.toml")
SPAN: Final = (5, 12)
STATIONS: Final = (
    ("request", 30),
    ("approve", 12),
    ("receive", 18),
    ("inspect", 9),
    ("refund", 20),
)


@dataclass(frozen=True)
class Person:
    """A person of the chart; the limit is how much may be refunded without asking."""

    emp_id: str
    name_zh: str
    name_en: str
    role: str
    unit: str
    line_manager_id: str | None
    second_manager_id: str | None
    refund_limit_cny: int | None
    answers_for_refund: bool
    monthly_cost_cny: int


@dataclass(frozen=True)
class Station:
    """A post of the line and how many items it handles in an hour."""

    place: int
    station: str
    rate_per_h: int
    staff: int


@dataclass(frozen=True)
class Chart:
    """A chart to make: teams as unit and number of people below the leader, then the exceptions.

    `changes` sets fields of single people, by place in the file; what nobody changes is sound.
    """

    seed: str
    letter: str
    teams: tuple[tuple[str, int], ...]
    changes: Mapping[int, Mapping[str, object]]
    dual: tuple[str, ...]
    span: Mapping[str, int]
    gap: tuple[str, ...]


# Places: 1 the head, 2 to 4 the leaders, 5 to 20 after-sales, 21 complaints, 22 to 28 pre-sales.
SEEN: Final = Chart(
    seed="org_chart/1",
    letter="P",
    teams=(("after_sales", 16), ("complaints", 1), ("pre_sales", 7)),
    changes={
        9: {"second_manager_id": "P04"},
        24: {"second_manager_id": "P02"},
        7: {"refund_limit_cny": 0},
        12: {"refund_limit_cny": None},
        18: {"refund_limit_cny": 0},
    },
    dual=("P09", "P24"),
    span={"P02": 16, "P03": 1},
    gap=("P07", "P12", "P18"),
)
# The bounds 5 and 12 are fine, 13, 4 and 0 are not; a second manager who is the first one, or
# stands alone, is no dual command; a leader may have the gap, and a limit of 1 is none.
HIDDEN: Final = Chart(
    seed="org_chart_hidden/2",
    letter="Z",
    teams=(("phone", 12), ("chat", 14), ("field", 5), ("returns", 5), ("quality", 0)),
    changes={
        4: {"refund_limit_cny": 0},
        8: {"second_manager_id": "Z02"},
        10: {"second_manager_id": "Z05"},
        20: {"line_manager_id": None, "second_manager_id": "Z03"},
        22: {"refund_limit_cny": None},
        24: {"refund_limit_cny": 1},
        28: {"second_manager_id": "Z01"},
        33: {"second_manager_id": "Z02"},
        38: {"refund_limit_cny": 0},
        41: {"line_manager_id": "Z01"},
    },
    dual=("Z10", "Z28", "Z33"),
    span={"Z03": 13, "Z05": 4, "Z06": 0},
    gap=("Z04", "Z22", "Z38"),
)


def people(chart: Chart) -> list[Person]:
    """Return the people of a chart: head, leaders, then team by team."""
    draws = Draws(chart.seed)
    names = draws.shuffled(tomllib.loads(TEXTS.read_text(encoding="utf-8"))["names"])
    posts = [("head", "service", None)]
    posts += [("leader", unit, 1) for unit, _ in chart.teams]
    for leader, (unit, size) in enumerate(chart.teams, 2):
        posts += [("agent", unit, leader)] * size
    made = []
    for place, (role, unit, above) in enumerate(posts, 1):
        one = Person(
            emp_id=f"{chart.letter}{place:02d}",
            name_zh=names[place - 1][0],
            name_en=names[place - 1][1],
            role=role,
            unit=unit,
            line_manager_id=f"{chart.letter}{above:02d}" if above else None,
            second_manager_id=None,
            **refunds(draws, role, place),
            monthly_cost_cny=cost(draws, role),
        )
        made.append(replace(one, **chart.changes.get(place, {})))
    return made


def refunds(draws: Draws, role: str, place: int) -> dict[str, object]:
    """Return who answers for refunds, always with a limit; most of the others have none."""
    if role != "agent":
        return {
            "refund_limit_cny": 2_000 if role == "leader" else 10_000,
            "answers_for_refund": True,
        }
    answers = place % 5 != 0
    limit = draws.one_of((100, 200, 300)) if answers else draws.one_of((0, None))
    return {"refund_limit_cny": limit, "answers_for_refund": answers}


def cost(draws: Draws, role: str) -> int:
    """Return the monthly cost of a person, in steps of 100 CNY."""
    low, high = {"head": (190, 190), "leader": (112, 128), "agent": (62, 86)}[role]
    return 100 * draws.whole(low, high)


def make() -> Tables:
    """Return the three tables."""
    return {
        "org_chart": people(SEEN),
        "org_chart_hidden": people(HIDDEN),
        "org_line": [
            Station(place, station, rate, 1) for place, (station, rate) in enumerate(STATIONS, 1)
        ],
    }


def dual_command(rows: Iterable[Person]) -> tuple[str, ...]:
    """Return who has two different managers."""
    return tuple(
        sorted(
            one.emp_id
            for one in rows
            if one.line_manager_id
            and one.second_manager_id
            and one.line_manager_id != one.second_manager_id
        )
    )


def out_of_span(rows: Sequence[Person]) -> dict[str, int]:
    """Return the leaders whose number of direct reports is out of range."""
    reports = Counter(one.line_manager_id for one in rows)
    leaders = [one.emp_id for one in rows if one.role == "leader"]
    return {name: reports[name] for name in leaders if not SPAN[0] <= reports[name] <= SPAN[1]}


def authority_gap(rows: Iterable[Person]) -> tuple[str, ...]:
    """Return who answers for refunds and may not pay any."""
    return tuple(
        sorted(one.emp_id for one in rows if one.answers_for_refund and not one.refund_limit_cny)
    )


def check_chart(chart: Chart, rows: Sequence[Person]) -> None:
    """Stop unless exactly the planted faults are found."""
    require(dual_command(rows) == chart.dual, f"dual command {chart.dual}: {dual_command(rows)}")
    require(out_of_span(rows) == chart.span, f"span {chart.span}: {out_of_span(rows)}")
    require(authority_gap(rows) == chart.gap, f"authority gap {chart.gap}: {authority_gap(rows)}")
    known = {one.emp_id for one in rows}
    managers = {one.line_manager_id for one in rows} | {one.second_manager_id for one in rows}
    require(managers - {None} <= known, "managers are people of the chart")


def check(tables: Tables) -> None:
    """Stop unless charts and line have what the lesson plants."""
    seen = tables["org_chart"]
    require(len(seen) == 28, "28 people")
    check_chart(SEEN, seen)
    check_chart(HIDDEN, tables["org_chart_hidden"])
    spare = [one for one in seen if not one.answers_for_refund and not one.refund_limit_cny]
    require(
        len({one.refund_limit_cny for one in spare}) == 2, "limits of 0 and none without a duty"
    )
    slowest = min(tables["org_line"], key=lambda one: one.rate_per_h)
    require((slowest.station, slowest.rate_per_h) == ("inspect", 9), "inspection is the bottleneck")


RECIPE: Final = SmallRecipe("the organisation tables", make, check)

if __name__ == "__main__":
    run(RECIPE)
