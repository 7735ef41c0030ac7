"""How many agents an interval needs: by queue (Erlang C), or by workload alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from cstrain.stats.arguments import number, share
from cstrain.stats.erlang import ErlangC, chance_to_wait, inverse_b, level_of, queue_of

_DUST: Final = 9  # decimals that are left before rounding up: 14 / 0.7 is 20, not 21


@dataclass(frozen=True)
class Staffing:
    """Agents at work, agents to schedule, and the queue that they give."""

    agents: int
    scheduled: int
    queue: ErlangC


@dataclass(frozen=True)
class Workload:
    """Agents at work and to schedule by workload, exact and rounded up once at the end."""

    agents: int
    scheduled: int
    exact_agents: float
    exact_scheduled: float


def required_agents(
    load: float,
    *,
    aht_s: float,
    target: float = 0.8,
    target_s: float = 20,
    max_occupancy: float = 1,
    shrinkage: float = 0,
) -> Staffing:
    """Return the fewest agents with service level >= target and occupancy <= max_occupancy.

    `load` in erlang, see `offered_load`; callers are patient (Erlang C). A target of 1 cannot be
    kept by any number of agents. scheduled = agents / (1 - shrinkage), rounded up.

    >>> found = required_agents(10, aht_s=180, target=0.8, target_s=20, shrinkage=0.3)
    >>> found.agents, found.scheduled, round(found.queue.service_level, 4)
    (14, 20, 0.8884)
    """
    a, handling = number("load", load, least=0), number("aht_s", aht_s, above=0)
    least = share("target", target, one=False)
    wait = number("target_s", target_s, least=0)
    most = share("max_occupancy", max_occupancy, zero=False)
    if not a:
        return Staffing(0, _rounded_up(_scheduled(0, shrinkage)), ErlangC("stable", *[None] * 4))
    n = max(math.floor(a) + 1, _rounded_up(a / most))
    inverse = inverse_b(a, n)
    while level_of(chance_to_wait(inverse, a, n), n - a, wait / handling) < least:
        n += 1
        inverse = 1 + n / a * inverse
    queue = queue_of(inverse, a, n, wait / handling, handling)
    return Staffing(n, _rounded_up(_scheduled(n, shrinkage)), queue)


def workload_agents(load: float, *, occupancy: float, shrinkage: float = 0) -> Workload:
    """Return agents = load / occupancy and scheduled = agents / (1 - shrinkage).

    The workload formula knows no queue: it promises no service level.

    >>> found = workload_agents(22, occupancy=0.85, shrinkage=0.3)
    >>> found.agents, found.scheduled, round(found.exact_scheduled, 2)
    (26, 37, 36.97)
    """
    at_work = number("load", load, least=0) / share("occupancy", occupancy, zero=False)
    scheduled = _scheduled(at_work, shrinkage)
    return Workload(_rounded_up(at_work), _rounded_up(scheduled), at_work, scheduled)


def _scheduled(agents: float, shrinkage: float) -> float:
    return agents / (1 - share("shrinkage", shrinkage, one=False))


def _rounded_up(agents: float) -> int:
    return math.ceil(round(agents, _DUST))
