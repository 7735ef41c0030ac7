"""Points of a why tree or a fishbone: parts, each with its share, a reason, and what was found."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from cstrain.model import Facts, Item

_SHOWN: Final = 80  # characters of a learner's text that are quoted


@dataclass(frozen=True)
class Part:
    """One part of the points: of how many, the share reached (0 to 1), why, and the details.

    `notes` are said to the learner and never scored.
    """

    key: str
    of: float
    share: float
    code: str
    facts: Facts = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    notes: tuple[tuple[str, Facts], ...] = ()

    @property
    def points(self) -> float:
        """Return the points of the part."""
        return self.of * self.share


@dataclass(frozen=True)
class PointsReport:
    """The parts of a check; together they are worth 100 points."""

    parts: tuple[Part, ...]

    @property
    def total(self) -> float:
        """Return the points of 100."""
        return round(math.fsum(one.points for one in self.parts), 4)

    def part(self, key: str) -> Part:
        """Return the part with this key."""
        return next(one for one in self.parts if one.key == key)


def shown(text: str) -> str:
    """Return the beginning of a learner's text, fit to be quoted.

    >>> shown("  late ")
    'late'
    """
    text = text.strip()
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
