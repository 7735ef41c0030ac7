"""A statistic that cannot be computed as asked: argument, what was found, what is allowed."""

from __future__ import annotations

from cstrain.errors import CstrainError


class StatsError(CstrainError):
    """An argument is wrong; the sentence says which, what was found and what is allowed.

    >>> print(StatsError("agents", found=0, allowed="a whole number from 1"))
    agents: found 0; allowed: a whole number from 1.
    """

    def __init__(self, argument: str, *, found: object, allowed: str) -> None:
        self.argument, self.found, self.allowed = argument, found, allowed
        super().__init__(f"{argument}: found {found}; allowed: {allowed}.")
