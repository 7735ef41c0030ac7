"""A cause before the data: the effect of a factor of a case, on chosen rows, within chosen strata.

The counts are shipped (`effect_cells`), so a verdict needs neither the large tables nor pandas.
For a company's own data `compare` does the same from rows or a frame, `own_effects` from tables
that were taken in or opened in an editor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from cstrain.datasets import typed_rows
from cstrain.errors import CstrainError
from cstrain.language import as_language
from cstrain.library.cause_tests import (
    NOTHING,
    RISK_RATIO,
    CauseTest,
    Choice,
    cause_test,
    cause_tests_of,
)
from cstrain.stats.effects import Effect, Stratum, Verdict, effect
from cstrain.stats.groups import Group
from cstrain.stats.intervals import UNKNOWN, Interval

_Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Measured:
    """A factor that is no risk: how it is measured, its two groups, how many rows each has.

    The values are None where there is only one figure for all, as in a correlation.
    """

    how: str
    first_n: int
    first: float | None
    second_n: int
    second: float | None


@dataclass(frozen=True)
class CauseEffect:
    """What the data say of one factor.

    `deciding` is what the verdict rests on: the ratio within strata, or the measure; `raw` is the
    ratio over all rows. `cells` are the strata by name, `found` what `compare` would return,
    `measured` is there instead for a factor that is no risk. `misses` are the choices that are
    not those of the course: what they miss stands in their `miss`.
    """

    test: CauseTest
    rows: str
    strata: str
    how: str
    n: int
    deciding: Interval
    raw: Interval
    verdict: Verdict
    cells: tuple[tuple[str, Stratum], ...] = ()
    found: Effect | None = None
    measured: Measured | None = None
    misses: tuple[Choice, ...] = ()

    @property
    def as_taught(self) -> bool:
        """Whether rows and strata are those of the course."""
        return not self.misses


def effect_of(case: Any, factor: Any, rows: Any = None, strata: Any = None) -> CauseEffect:
    """Return what the data of a case say of a factor; rows and strata of the course if not given.

    An unknown case, factor or choice raises UnknownNameError with those that there are.

    >>> found = effect_of("A", "D1")
    >>> round(found.raw.estimate, 2), round(found.deciding.estimate, 2), found.verdict
    (1.47, 0.98, 'rejected')
    >>> effect_of("A", "D1", strata="none").verdict
    'supported'
    """
    test = cause_test(case, factor)
    row = test.row(test.right_rows if rows is None else rows)
    place = test.stratum(test.right_strata if strata is None else strata)
    right = (test.right_rows, test.right_strata)
    chosen = zip((row, place), right, strict=True)
    misses = tuple(one for one, wanted in chosen if one.key != wanted)
    if test.how != RISK_RATIO:
        return _measured(test, row.key, place.key, misses)
    cells = cells_of(test.case, test.factor, row.key, place.key)
    found = effect([one for _, one in cells])
    return CauseEffect(
        test=test,
        rows=row.key,
        strata=place.key,
        how=RISK_RATIO,
        n=found.exposed.n + found.unexposed.n,
        deciding=found.stratified_ratio,
        raw=found.ratio,
        verdict=found.verdict,
        cells=cells,
        found=found,
        misses=misses,
    )


def cause_tests(case: Any, language: Any) -> list[dict[str, Any]]:
    """Return the tests of a case as plain JSON; which choices are the right ones is not told.

    >>> cause_tests("A", "en")[0]["name"]
    'the new agents'
    """
    chosen = as_language(language)
    return [
        {
            "factor": one.factor,
            "name": one.name[chosen],
            "exposed": one.exposed[chosen],
            "outcome": one.outcome[chosen],
            "how": one.how,
            "rows": [{"key": each.key, "label": each.label[chosen]} for each in one.rows],
            "strata": [{"key": each.key, "label": each.label[chosen]} for each in one.strata],
        }
        for one in cause_tests_of(case if isinstance(case, str) else str(case))
    ]


def badge(case: Any, test: Any) -> dict[str, Any]:
    """Return {"verdict", "ratio", "low", "high", "n", "how", "as_taught"} of a cause's test.

    `test` is {"factor", "rows", "strata"} and may name its own "case". A test that is unfinished,
    or that names something unknown, is `untested` with no figures and a "problem".

    >>> badge("A", {"factor": "D1", "rows": "since_page", "strata": "page"})["verdict"]
    'rejected'
    >>> badge("A", {"factor": "D1"})["problem"]
    'open'
    """
    given = test if isinstance(test, Mapping) else {}
    asked = [given.get(one) for one in ("factor", "rows", "strata")]
    if not all(asked):
        return _no_badge("open")
    try:
        found = effect_of(given.get("case") or case, *asked)
    except CstrainError:
        return _no_badge("unknown")
    return {
        "verdict": found.verdict,
        "ratio": found.deciding.estimate,
        "low": found.deciding.low,
        "high": found.deciding.high,
        "n": found.n,
        "how": found.how,
        "as_taught": found.as_taught,
    }


def cells_of(case: str, factor: str, rows: str, strata: str) -> tuple[tuple[str, Stratum], ...]:
    """Return the counts of a factor's strata by name, on chosen rows.

    >>> cells_of("A", "D4", "since_page", "none")[0][1].exposed
    Group(events=251, n=1861)
    """
    return _cells()[case, factor, rows, strata]


def _no_badge(problem: str) -> dict[str, Any]:
    nothing = dict.fromkeys(("ratio", "low", "high"))
    return {"verdict": "untested", **nothing, "n": 0, "how": "", "problem": problem}


@cache
def _cells() -> Mapping[_Key, tuple[tuple[str, Stratum], ...]]:
    found: dict[_Key, list[tuple[str, Stratum]]] = defaultdict(list)
    for one in typed_rows("effect_cells"):
        exposed = Group(one["exposed_events"], one["exposed_n"])
        unexposed = Group(one["unexposed_events"], one["unexposed_n"])
        key = (one["case"], one["factor"], one["rows"], one["strata"])
        found[key].append((one["stratum"], Stratum(exposed, unexposed)))
    return {key: tuple(cells) for key, cells in found.items()}


@cache
def _measures() -> Mapping[tuple[str, str, str], Mapping[str, Any]]:
    rows = typed_rows("effect_measures")
    return {(one["case"], one["factor"], one["rows"]): one for one in rows}


def _measured(test: CauseTest, rows: str, strata: str, misses: tuple[Choice, ...]) -> CauseEffect:
    one = _measures()[test.case, test.factor, rows]
    deciding = Interval(one["estimate"], one["low"], one["high"])
    how, groups = one["how"], (one["first_n"], one["first"], one["second_n"], one["second"])
    both = one["first"] is not None
    return CauseEffect(
        test=test,
        rows=rows,
        strata=strata,
        how=how,
        n=one["first_n"] + (one["second_n"] if both else 0),
        deciding=deciding,
        raw=UNKNOWN,
        verdict=measure_verdict(deciding, NOTHING[how], test.within),
        measured=Measured(how, *groups),
        misses=misses,
    )


def measure_verdict(found: Interval, nothing: float, within: Sequence[float]) -> Verdict:
    """Return what a measure says: rejected within the bounds, supported clearly beyond them.

    >>> measure_verdict(Interval(0.02, -0.04, 0.05), 0, (-0.1, 0.1))
    'rejected'
    >>> measure_verdict(Interval(1.4, 1.3, 1.5), 0, (-0.1, 0.1))
    'supported'
    >>> measure_verdict(Interval(0.3, -0.1, 0.6), 0, (-0.25, 0.25))
    'untested'
    """
    estimate, low, high = found.estimate, found.low, found.high
    if estimate is None or low is None or high is None:
        return "untested"
    if within[0] <= estimate <= within[1]:
        return "rejected"
    return "untested" if low <= nothing <= high else "supported"
