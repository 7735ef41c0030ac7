"""Did a change work? The treated group's change less that of a comparison group."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cstrain.stats.arguments import known, mean, variance
from cstrain.stats.comparing import satterthwaite
from cstrain.stats.distributions import t_quantile, z_of
from cstrain.stats.intervals import Interval


@dataclass(frozen=True)
class DifferenceInDifferences:
    """The change of either group, and the difference of the changes with its interval."""

    treated_change: float | None
    control_change: float | None
    difference: Interval


def difference_in_differences(
    *,
    treated_before: Iterable[Any],
    treated_after: Iterable[Any],
    control_before: Iterable[Any],
    control_after: Iterable[Any],
    confidence: float = 0.95,
) -> DifferenceInDifferences:
    """Return (treated after - before) - (control after - before), of means.

    The values are measurements, or 0 and 1 for shares; missing ones are left out. The interval
    takes all values as independent: variance = sum of s^2/n of the four groups, degrees of
    freedom after Satterthwaite. It rests on parallel trends, which the data cannot prove.

    >>> found = difference_in_differences(
    ...     treated_before=[81, 83], treated_after=[86, 88],
    ...     control_before=[82, 83], control_after=[85, 86],
    ... )
    >>> found.treated_change, found.control_change, found.difference.estimate
    (5.0, 3.0, 2.0)
    """
    z_of(confidence)  # the sentence about a wrong confidence
    groups = [
        known("treated_before", treated_before),
        known("treated_after", treated_after),
        known("control_before", control_before),
        known("control_after", control_after),
    ]
    before, after, control, control_later = map(mean, groups)
    change = None if before is None or after is None else after - before
    drift = None if control is None or control_later is None else control_later - control
    if change is None or drift is None:
        return DifferenceInDifferences(change, drift, Interval(None, None, None))
    spreads = [found for found in map(variance, groups) if found is not None]
    parts = [spread / len(one) for spread, one in zip(spreads, groups, strict=False)]
    estimate = change - drift
    if len(spreads) < len(groups) or not any(parts):
        return DifferenceInDifferences(change, drift, Interval(estimate, None, None))
    df = satterthwaite(parts, [len(one) for one in groups])
    reach = t_quantile((1 + confidence) / 2, df) * math.sqrt(math.fsum(parts))
    around = Interval(estimate, estimate - reach, estimate + reach)
    return DifferenceInDifferences(change, drift, around)
