"""Arguments as numbers: the wrong ones become an error, missing values are left out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from numbers import Real
from typing import Any, Final

from cstrain.stats.errors import StatsError

LARGEST: Final = 1e100  # squares and sums of such numbers are still finite
DUST: Final = 1e-9  # what arithmetic in floats may add to a sum of weights


def missing(value: object) -> bool:
    """Say whether a value is missing: None, not a number, not a time, or blank text.

    >>> [missing(one) for one in (None, float("nan"), " ", 0, False)]
    [True, True, True, False, False]
    """
    if value is None or isinstance(value, str):
        return value is None or not value.strip()
    try:
        return bool(value != value)  # noqa: PLR0124 - not a number differs from itself
    except TypeError:  # pandas' NA: neither the same nor another
        return True


def number(
    name: str, value: Any, *, least: float | None = None, above: float | None = None
) -> float:
    """Return a finite number within bounds, as float.

    >>> number("aht_s", 300, above=0)
    300.0
    """
    proper = isinstance(value, Real) and not isinstance(value, bool)
    if proper and abs(value) <= LARGEST:
        found = float(value)
        if (least is None or found >= least) and (above is None or found > above):
            return found
    bound = "" if least is None else f" from {least:g}"
    bound = bound if above is None else f" above {above:g}"
    raise StatsError(name, found=_shown(value), allowed=f"a number{bound}")


def whole(name: str, value: Any, *, least: int = 0) -> int:
    """Return a whole number, at least `least`; 5.0 is one, True is not.

    >>> whole("agents", 5.0)
    5
    """
    proper = isinstance(value, Real) and not isinstance(value, bool)
    if proper and abs(value) <= LARGEST and value == int(value) >= least:
        return int(value)
    raise StatsError(name, found=_shown(value), allowed=f"a whole number from {least}")


def share(name: str, value: Any, *, zero: bool = True, one: bool = True) -> float:
    """Return a number between 0 and 1; `zero` and `one` say whether the ends are allowed."""
    proper = isinstance(value, Real) and not isinstance(value, bool)
    if proper and 0 <= value <= 1 and (zero or value > 0) and (one or value < 1):
        return float(value)
    low, high = "0" if zero else "above 0", "1" if one else "below 1"
    raise StatsError(name, found=_shown(value), allowed=f"a share, {low} to {high}")


def cell(name: str, value: Any) -> float | None:
    """Return a value of a table as a number, None when it is missing; True counts as 1."""
    if missing(value):
        return None
    return float(value) if isinstance(value, bool) else number(name, value)


def cells(name: str, values: Iterable[Any]) -> list[float | None]:
    """Return values of a table as numbers, missing ones as None."""
    return [cell(f"{name}[{place}]", one) for place, one in enumerate(values)]


def known(name: str, values: Iterable[Any]) -> list[float]:
    """Return the values that are not missing."""
    return [one for one in cells(name, values) if one is not None]


def weights(name: str, found: Mapping[str, Any], *, total: float = 1) -> dict[str, float]:
    """Return weights from 0 that add up to `total`; anything else is an error.

    >>> weights("weights", {"FCR": 0.4, "QA": 0.6})
    {'FCR': 0.4, 'QA': 0.6}
    """
    read = {key: number(f"{name}[{key}]", one, least=0) for key, one in found.items()}
    added = math.fsum(read.values())
    if abs(added - total) > DUST * total:
        raise StatsError(f"sum of {name}", found=f"{added:.6g}", allowed=f"{total:g}")
    return read


def mean(values: Iterable[float]) -> float | None:
    """Return the mean, None of nothing; the order of the values changes nothing."""
    listed = list(values)
    if not listed:
        return None
    return min(max(math.fsum(listed) / len(listed), min(listed)), max(listed))


def variance(values: Iterable[float]) -> float | None:
    """Return the sample variance, by n - 1; None below two values, 0 only of equal ones."""
    listed = list(values)
    if len(listed) < 2:
        return None
    if min(listed) == max(listed):
        return 0.0
    middle = math.fsum(listed) / len(listed)
    return math.fsum((one - middle) ** 2 for one in listed) / (len(listed) - 1)


def _shown(value: object, most: int = 40) -> str:
    text = repr(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"
