"""SERVQUAL: what customers expect and perceive, the gaps, and their weighted sum."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cstrain.errors import UnknownNameError
from cstrain.stats.arguments import cells, mean, number, weights, whole
from cstrain.stats.errors import StatsError
from cstrain.stats.intervals import Interval, mean_interval

Answers = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Gap:
    """One dimension: mean expectation, mean perception, and the gap P - E with its interval.

    The gap is the mean over the n persons with both scores; `excluded` counts the others. The
    two means are over all persons with that score, so the gap need not be their difference.
    """

    expected: float | None
    perceived: float | None
    gap: Interval
    n: int
    excluded: int


def gap_of(
    expected: Answers, perceived: Answers, *, least_items: int = 2, confidence: float = 0.95
) -> Gap:
    """Return the gap of one dimension; a row holds a person's answers to its items.

    A person's score is the mean of the answered items, unknown with fewer than `least_items`;
    nothing is imputed (Parasuraman, Zeithaml and Berry 1988). Row by row the same persons.

    >>> found = gap_of([(7, 6, 5), (6, 6, None)], [(5, 5, 5), (4, None, None)])
    >>> found.expected, found.perceived, found.gap.estimate, found.n, found.excluded
    (6.0, 5.0, -1.0, 1, 1)
    """
    if len(expected) != len(perceived):
        found = f"{len(perceived)} persons"
        raise StatsError("perceived", found=found, allowed=f"{len(expected)} as expected")
    least = whole("least_items", least_items, least=1)
    wanted = [_score("expected", place, row, least) for place, row in enumerate(expected)]
    got = [_score("perceived", place, row, least) for place, row in enumerate(perceived)]
    pairs = zip(wanted, got, strict=True)
    gaps = [p - e for e, p in pairs if e is not None and p is not None]
    return Gap(
        expected=mean(one for one in wanted if one is not None),
        perceived=mean(one for one in got if one is not None),
        gap=mean_interval(gaps, confidence=confidence),
        n=len(gaps),
        excluded=len(wanted) - len(gaps),
    )


def servqual_gaps(
    expected: Mapping[str, Answers], perceived: Mapping[str, Answers], *, least_items: int = 2
) -> dict[str, Gap]:
    """Return the gap of every dimension, from its answers by name of the dimension.

    >>> list(servqual_gaps({"REL": [(7, 6, 6)]}, {"REL": [(5, 5, 4)]}))
    ['REL']
    """
    for name in (*expected, *perceived):
        for one in (expected, perceived):
            if name not in one:
                raise UnknownNameError("dimension", name, one)
    return {
        name: gap_of(expected[name], perceived[name], least_items=least_items) for name in expected
    }


def weighted_gap(
    gaps: Mapping[str, float | None], importance: Mapping[str, float], *, total: float = 100
) -> float | None:
    """Return the sum of weight x gap / total; the weights have to add up to `total`.

    SERVQUAL has customers share out 100 points; weights as shares have total=1. None when the
    gap of a weighted dimension is unknown: its weight is not handed to the others.

    >>> weighted_gap({"REL": -1.5, "TAN": -0.5}, {"REL": 60, "TAN": 40})
    -1.1
    """
    shares = weights("importance", importance, total=number("total", total, above=0))
    for name in (*gaps, *shares):
        if name not in shares or name not in gaps:
            raise UnknownNameError("dimension", name, gaps if name in shares else shares)
    parts = []
    for name, weight in shares.items():
        gap = gaps[name]
        if gap is None and weight:
            return None
        parts.append(weight * number(f"gaps[{name}]", gap or 0))
    return math.fsum(parts) / total


def _score(side: str, place: int, row: Sequence[Any], least: int) -> float | None:
    if len(row) < least:
        found = f"{len(row)} items"
        raise StatsError(f"{side}[{place}]", found=found, allowed=f"{least} or more")
    answers = [one for one in cells(f"{side}[{place}]", row) if one is not None]
    return mean(answers) if len(answers) >= least else None
