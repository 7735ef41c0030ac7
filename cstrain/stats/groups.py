"""A group that is counted: in how many of n something happened."""

from __future__ import annotations

from typing import Any, NamedTuple

from cstrain.stats.arguments import whole
from cstrain.stats.errors import StatsError


class Group(NamedTuple):
    """Events among n; wherever a group is asked for, a plain pair will do.

    >>> Group(42, 60).risk
    0.7
    """

    events: int
    n: int

    @property
    def risk(self) -> float | None:
        """The share of events, None in an empty group."""
        return self.events / self.n if self.n else None

    @property
    def others(self) -> int:
        """In how many it did not happen."""
        return self.n - self.events


def group(name: str, found: Any) -> Group:
    """Return a pair as a group; more events than members are an error.

    >>> group("first", (7, 10))
    Group(events=7, n=10)
    """
    if not isinstance(found, tuple) or len(found) != 2:
        raise StatsError(name, found=repr(found), allowed="a pair: events, n")
    events, n = whole(f"{name}, events", found[0]), whole(f"{name}, n", found[1])
    if events > n:
        raise StatsError(f"{name}, events", found=events, allowed=f"at most n, {n}")
    return Group(events, n)
