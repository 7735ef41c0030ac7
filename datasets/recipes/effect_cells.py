"""Makes the counts behind "a cause before the data": table C-0 with its tempting alternatives.

For every factor of a case, every choice of rows and every choice of strata it counts, stratum by
stratum, how many exposed and unexposed rows there are and in how many the outcome happened. A
page of the book has neither the large tables nor pandas; these counts are all that the effect
test needs. Factors that are no risk (hours, correlations) come as measures with an interval.
Run it with Python from the project's root; it writes to `datasets/small`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from effect_measures import Measure, measures
from effect_periods import periods
from effect_rows import CASES, Sample, Test
from recipe import Tables, require
from small import SmallRecipe, run

from cstrain.library.cause_tests import RISK_RATIO, CauseTest, cause_test, cause_tests_of
from cstrain.stats.effects import Stratum, effect
from cstrain.stats.groups import Group


@dataclass(frozen=True)
class Cell:
    """The counts of one stratum: of a case's factor, on some rows, within some strata."""

    case: str
    factor: str
    rows: str
    strata: str
    stratum: str
    exposed_events: int
    exposed_n: int
    unexposed_events: int
    unexposed_n: int


def make() -> Tables:
    """Return the counts and the measures of all cases."""
    cells = [
        cell
        for case, read in CASES.items()
        for factor, test in read().items()
        for cell in cells_of(case, factor, test)
    ]
    made = {"effect_cells": cells, "effect_measures": measures()}
    return {**made, "effect_periods": periods()}


def cells_of(case: str, factor: str, test: Test) -> Iterator[Cell]:
    """Yield the counts of a factor for each choice of rows and strata that the course offers."""
    about = cause_test(case, factor)
    for rows in about.rows:
        sample = test.samples[rows.key]
        for strata in about.strata:
            counts = counted(sample, test, strata.key)
            for stratum in sorted({key[0] for key in counts}):
                yield Cell(case, factor, rows.key, strata.key, stratum, *four(counts, stratum))


def counted(sample: Sample, test: Test, strata: str) -> Counter[tuple[str, bool, bool]]:
    """Return how often stratum, exposure and outcome occur together."""
    place = test.strata[strata]
    return Counter(
        ("+".join(place(row)), bool(test.exposed(row)), bool(sample.outcome(row)))
        for row in sample.rows
    )


def four(counts: Mapping[tuple[str, bool, bool], int], stratum: str) -> tuple[int, int, int, int]:
    """Return events and n of the exposed, then of the unexposed."""
    a, c = counts[stratum, True, True], counts[stratum, False, True]
    return a, a + counts[stratum, True, False], c, c + counts[stratum, False, False]


def check(tables: Tables) -> None:
    """Stop unless every factor has the verdict of table C-0 on its rows, within its strata."""
    cells: list[Any] = list(tables["effect_cells"])
    for about in (one for case in CASES for one in cause_tests_of(case)):
        if about.how == RISK_RATIO:
            found = effect(of_right_choice(about, cells))
            promised = f"{about.case} {about.factor} is {found}, promised {about.verdict}"
            require(found.verdict == about.verdict, promised)
    known = {(case, one.factor) for case in CASES for one in cause_tests_of(case)}
    tested = (*cells, *tables["effect_measures"])
    made = {(one.case, one.factor) for one in tested}
    require(known == made, f"factors with counts and with texts: {sorted(known ^ made)}")
    found_measures: list[Measure] = list(tables["effect_measures"])
    for one in found_measures:
        about = cause_test(one.case, one.factor)
        inside = about.within[0] <= one.estimate <= about.within[1]
        require(inside or one.rows != about.right_rows, f"{one} outside {about.within}")


def of_right_choice(about: CauseTest, cells: Iterable[Any]) -> Iterator[Stratum]:
    """Yield the strata of a test on the rows and within the strata of table C-0."""
    right = (about.case, about.factor, about.right_rows, about.right_strata)
    for one in cells:
        if (one.case, one.factor, one.rows, one.strata) == right:
            exposed = Group(one.exposed_events, one.exposed_n)
            yield Stratum(exposed, Group(one.unexposed_events, one.unexposed_n))


FIGURES: Final = ("first", "second", "estimate", "low", "high")
RECIPE: Final = SmallRecipe("the effect cells", make, check, dict.fromkeys(FIGURES, 4))

if __name__ == "__main__":
    run(RECIPE)
