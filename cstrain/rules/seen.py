"""What a definition selects on a case, row by row: what a live preview shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from cstrain.kpi.value import Value

Mark = Literal["above", "below", "in", "changed", "out"]
# In the order in which they are counted up: above the line, below it only, counted with its
# numbers, changed, left out.
MARKS: Final[tuple[Mark, ...]] = ("above", "below", "in", "changed", "out")


@dataclass(frozen=True)
class SeenRow:
    """One row: its mark, a code that says why, what it adds above and below, the row itself."""

    mark: Mark
    why: str
    row: Mapping[str, Any]
    above: Any = None
    below: Any = None


@dataclass(frozen=True)
class Seen:
    """The values that come out, and all rows; `unit` is the values' unit.

    `adds` says that rows add numbers of their own to both sides, which are then shown.
    """

    values: tuple[Value, ...]
    unit: str
    rows: tuple[SeenRow, ...]
    adds: bool = False
    scale: float = 1


@dataclass(frozen=True)
class SeenFigures:
    """Named figures that come out, where there are no rows to show; None where there is none."""

    figures: tuple[tuple[str, Any], ...]
