"""The counts behind a chart of a cause: by period and stratum, before and after the change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from effect_rows import CASES, Place, Row


@dataclass(frozen=True)
class Period:
    """The counts of one stratum in one period, which begins on a day and ends with the next."""

    case: str
    factor: str
    stratum: str
    begins: date
    exposed_events: int
    exposed_n: int
    unexposed_events: int
    unexposed_n: int


@dataclass(frozen=True)
class Chart:
    """How a case is drawn: the sample with all its time, the day of a row, the periods."""

    sample: str
    day: Callable[[Row], date]
    begins: tuple[date, ...]
    strata: Mapping[str, Place]


def _site_and_e7(row: Row) -> tuple[str, ...]:
    return ("e7_early" if row["early"] else "not_e7_early", row["site"])


def _e7(row: Row) -> tuple[str, ...]:
    return ("e7_early" if row["early"] else "not_e7_early",)


def _page(row: Row) -> tuple[str, ...]:
    return (row["page_version"],)


def _bad(row: Row) -> tuple[str, ...]:
    return ("bad" if row["bad"] else "no_bad",)


CHARTS: Final[Mapping[str, Chart]] = {
    "A": Chart(
        "all_reviews",
        lambda row: row["order_day"],
        (
            *(date(2025, month, 1) for month in (7, 8, 9)),
            date(2025, 9, 15),
            *(date(2025, month, 1) for month in (10, 11, 12)),
        ),
        {
            "A1": lambda row: ("late" if row["late"] else "in_time",),
            **dict.fromkeys(("D1", "D2", "D3", "D4"), _page),
        },
    ),
    "B": Chart(
        "all_bills",
        lambda row: date(2025, 3 * row["quarter"] - 2, 1),
        tuple(date(2025, month, 1) for month in (1, 4, 7, 10)),
        {
            "B2": lambda row: ("old" if row["building"] in (5, 6) else "not_old",),
            **dict.fromkeys(("D1", "D2", "D3"), _bad),
        },
    ),
    "C": Chart(
        "firsts",
        lambda row: row["at"].date(),
        tuple(date(2025, month, 1) for month in range(4, 10)),
        {
            "C1": lambda row: (row["site"],),
            "C2": _e7,
            **dict.fromkeys(("D1", "D2", "D3"), _site_and_e7),
        },
    ),
}


def periods() -> list[Period]:
    """Return the counts by period of every factor that has a chart."""
    return [
        one
        for case, chart in CHARTS.items()
        for factor, place in chart.strata.items()
        for one in _of_factor(case, factor, chart, place)
    ]


def _of_factor(case: str, factor: str, chart: Chart, place: Place) -> list[Period]:
    test = _tests(case)[factor]
    sample = test.samples[chart.sample]
    counts: Counter[tuple[Any, ...]] = Counter(
        (
            "+".join(place(row)),
            max(one for one in chart.begins if one <= chart.day(row)),
            bool(test.exposed(row)),
            bool(sample.outcome(row)),
        )
        for row in sample.rows
    )
    made = []
    for stratum, begins in sorted({key[:2] for key in counts}):
        a, b, c, d = (
            counts[stratum, begins, exposed, event]
            for exposed in (True, False)
            for event in (True, False)
        )
        made.append(Period(case, factor, stratum, begins, a, a + b, c, c + d))
    return made


def _tests(case: str) -> Mapping[str, Any]:
    return CASES[case]()
