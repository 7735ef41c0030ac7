"""What a KPI comes to: never the ratio alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

# Why a row does not count: it is none of those looked at, a value is missing, or it does not
# stand below the line; empty when it counts.
Why = Literal["", "rows", "missing", "below"]


@dataclass(frozen=True)
class Value:
    """One KPI of one group: `value` is None when there is nothing to divide by.

    `rows` are the rows of the group, `excluded` those of them that do not count.
    """

    numerator: float | None
    denominator: float | None
    value: float | None
    rows: int
    excluded: int
    group: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RowPart:
    """What one row adds above and below the line; `why` says why it does not count."""

    above: Any
    below: Any
    why: Why
