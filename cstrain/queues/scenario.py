"""A queue as it is asked about: who calls, who answers, what is promised."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

from cstrain.stats.arguments import number, share, whole
from cstrain.stats.erlang import offered_load
from cstrain.stats.errors import StatsError

# More than any centre has, and little enough for every search and sum to end within a moment.
MOST_CONTACTS: Final = 100_000
MOST_SECONDS: Final = 86_400  # a day
MOST_AGENTS: Final = 20_000
MOST_LOAD: Final = 10_000  # erlang
LEAST_OCCUPANCY: Final = 0.05


@dataclass(frozen=True)
class Scenario:
    """A queue in one kind of interval; patience_s=math.inf: nobody hangs up.

    `agents` are at work on the phone. `target` and `target_s`: that share of all callers shall be
    answered within so many seconds. `shrinkage` is the share of paid time away from the phone.
    A value that cannot be raises StatsError.

    >>> Scenario(contacts=120, aht_s=330, agents=26).load_erlang
    22.0
    """

    contacts: float
    aht_s: float
    agents: int
    patience_s: float = math.inf
    target_s: float = 20
    target: float = 0.8
    shrinkage: float = 0
    max_occupancy: float = 1
    interval_s: float = 1800

    def __post_init__(self) -> None:
        _within("contacts", self.contacts, MOST_CONTACTS)
        _within("aht_s", self.aht_s, MOST_SECONDS)
        _within("target_s", self.target_s, MOST_SECONDS)
        if self.patience_s != math.inf:
            number("patience_s", self.patience_s, above=0)
        object.__setattr__(self, "agents", whole("agents", self.agents))  # 26.0 is 26
        if self.agents > MOST_AGENTS:
            raise StatsError("agents", found=self.agents, allowed=f"up to {MOST_AGENTS:,}")
        share("target", self.target, one=False)
        share("shrinkage", self.shrinkage, one=False)
        if share("max_occupancy", self.max_occupancy) < LEAST_OCCUPANCY:
            allowed = f"a share from {LEAST_OCCUPANCY:g}"
            raise StatsError("max_occupancy", found=self.max_occupancy, allowed=allowed)
        number("interval_s", self.interval_s, least=1)
        _within("interval_s", self.interval_s, MOST_SECONDS * 366)
        if self.load_erlang > MOST_LOAD:
            found = f"{self.load_erlang:,.0f} erlang"
            raise StatsError("load", found=found, allowed=f"up to {MOST_LOAD:,} erlang")

    @property
    def load_erlang(self) -> float:
        """The work that comes in: how many agents it would keep busy all the time."""
        if not self.aht_s:
            return 0.0
        return offered_load(self.contacts, self.aht_s, self.interval_s)

    @property
    def arrivals_per_s(self) -> float:
        """How many contacts come in each second."""
        return self.contacts / self.interval_s

    @property
    def patient(self) -> bool:
        """Say whether nobody ever hangs up."""
        return self.patience_s == math.inf

    @property
    def overloaded(self) -> bool:
        """Say whether there is as much work as the agents can do, or more."""
        return self.load_erlang > 0 and self.load_erlang >= self.agents


def _within(name: str, value: Any, most: float) -> None:
    """Refuse what is not a number from 0 to `most`."""
    if number(name, value, least=0) > most:
        raise StatsError(name, found=value, allowed=f"a number from 0 to {most:,}")
