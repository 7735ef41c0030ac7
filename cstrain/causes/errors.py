"""What a Python user of the models is told: the argument, what was found and what is allowed."""

from __future__ import annotations

from cstrain.errors import CstrainError


class CausesError(CstrainError):
    """An edit that a tree or a fishbone cannot take.

    >>> print(CausesError("impact", found=9, allowed="1 to 5"))
    impact: found 9; allowed: 1 to 5.
    """

    def __init__(self, argument: str, *, found: object, allowed: str) -> None:
        self.argument, self.found, self.allowed = argument, found, allowed
        super().__init__(f"{argument}: found {found!r}; allowed: {allowed}.")
