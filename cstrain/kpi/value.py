"""What a KPI comes to: never the ratio alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
