"""A KPI that cannot be computed as asked: where, what was found, what is allowed."""

from __future__ import annotations

from cstrain.errors import CstrainError


class KpiError(CstrainError):
    """A formula or a call is wrong; the sentence says where, what was found, what is allowed.

    >>> print(KpiError("SL, wait_s", found="text", allowed="number"))
    SL, wait_s: found text; allowed: number.
    """

    def __init__(self, place: str, *, found: object, allowed: str) -> None:
        self.place, self.found, self.allowed = place, str(found), allowed
        super().__init__(f"{place}: found {found}; allowed: {allowed}.")

    def at(self, place: str) -> KpiError:
        """Return the same error with the place put in front."""
        return KpiError(f"{place}, {self.place}", found=self.found, allowed=self.allowed)
