"""A chart that cannot be drawn as asked: where, what was found, what is allowed."""

from __future__ import annotations

from cstrain.errors import CstrainError


class ChartError(CstrainError):
    """The data of a chart are wrong; the sentence says where, what was found, what is allowed.

    >>> print(ChartError("stages[1]", found=-3, allowed="a count from 0"))
    stages[1]: found -3; allowed: a count from 0.
    """

    def __init__(self, place: str, *, found: object, allowed: str) -> None:
        self.place, self.found, self.allowed = place, found, allowed
        super().__init__(f"{place}: found {found}; allowed: {allowed}.")
