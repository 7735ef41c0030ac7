"""The definition of a KPI: one record, read from one file, used by cards and both engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from cstrain.kpi.kinds import Kind
from cstrain.kpi.nodes import TRUE, Node, PerUnit
from cstrain.language import Text

Statistic = Literal["ratio", "quantile", "max", "count", "function"]
ParamKind = Literal["number", "text", "time", "columns"]
# The texts of a card, in the order in which they are shown.
CARD: Final = (
    "above",
    "below",
    "window",
    "clock",
    "exclusions",
    "trap",
    "question",
    "gaming",
    "source",
)


@dataclass(frozen=True)
class Param:
    """Something that may be chosen: a number with a unit, an option, a time, some columns."""

    name: str
    label: Text
    kind: ParamKind
    default: float | str | tuple[str, ...] | None
    unit: str | None = None
    least: float | None = None
    most: float | None = None
    options: Mapping[str, Text] = field(default_factory=dict)
    latest: tuple[str, ...] = ()  # a time that is not given is the latest in these columns


@dataclass(frozen=True)
class Formula:
    """The expressions of a KPI; what is None is taken from the formula that is varied."""

    rows: Node | None = None
    above: Node | None = None
    below: Node | None = None
    of: Node | None = None
    variants: Mapping[str, Mapping[str, Formula]] = field(default_factory=dict)

    def varied(self, other: Formula) -> Formula:
        """Return this formula with the other's expressions where it has any."""
        return Formula(
            other.rows or self.rows,
            other.above or self.above,
            other.below or self.below,
            other.of or self.of,
            self.variants,
        )

    def expressions(self) -> dict[str, Node]:
        """Return the expressions that are there, by their key."""
        named = {"rows": self.rows, "above": self.above, "below": self.below, "of": self.of}
        return {key: one for key, one in named.items() if one is not None}


@dataclass(frozen=True)
class Form:
    """One shape of table that a KPI can be computed from."""

    columns: tuple[str, ...]
    formula: Formula
    kinds: Mapping[str, Kind]
    time: str | None = None
    label: Text | None = None


@dataclass(frozen=True)
class Derived:
    """A column made from other rows: the next (or previous) time with the same keys."""

    later: bool
    keys: str  # the parameter that lists the columns
    time: str


@dataclass(frozen=True)
class Per:
    """Rows put together to units first: customers, orders."""

    keys: tuple[str, ...]
    columns: Mapping[str, PerUnit]
    rows: Node = TRUE


@dataclass(frozen=True)
class Definition:
    """One KPI; `default` is its usual form, `forms` are the others by name."""

    code: str
    python: str
    name: Text
    unit: str
    good: str
    kind: str
    statistic: Statistic
    scale: float
    default: Form
    forms: Mapping[str, Form]
    params: Mapping[str, Param]
    derive: Mapping[str, Derived]
    per: Per | None
    card: Mapping[str, Text]
    function: str | None = None
