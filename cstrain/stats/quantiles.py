"""Quantiles of a list of values, by the linear rule that spreadsheets use too."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from cstrain.stats.arguments import known, share


def quantile(values: Iterable[Any], q: float) -> float | None:
    """Return the quantile of type 7 (Hyndman and Fan 1996): linear between order statistics.

    Missing values are left out; without any value the answer is None.

    >>> quantile([1, 2, 3, None, 4], 0.75)
    3.25
    """
    share("q", q)
    ordered = sorted(known("values", values))
    if not ordered:
        return None
    place = (len(ordered) - 1) * q
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    between = ordered[low] + (ordered[high] - ordered[low]) * (place - low)
    return min(max(between, ordered[low]), ordered[high])


def median(values: Iterable[Any]) -> float | None:
    """Return the median, None without any value.

    >>> median([26, 2, 40, 4])
    15.0
    """
    return quantile(values, 0.5)
