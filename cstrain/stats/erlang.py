"""Erlang B and C: how busy lines and agents are, and how long callers wait."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

from cstrain.stats.arguments import number, whole

Code = Literal["stable", "unstable"]


@dataclass(frozen=True)
class ErlangC:
    """A queue of patient callers in the long run.

    `code` is "unstable" when the load is as large as the number of agents or larger: the queue
    then grows without end, and all figures are None. `asa_s` is the mean wait of all callers.
    """

    code: Code
    wait_probability: float | None
    service_level: float | None
    asa_s: float | None
    occupancy: float | None


UNSTABLE = ErlangC("unstable", None, None, None, None)


def offered_load(contacts: float, aht_s: float, interval_s: float = 1800) -> float:
    """Return the load in erlang: contacts x handling time / interval.

    >>> offered_load(120, aht_s=330, interval_s=1800)
    22.0
    """
    arrivals = number("contacts", contacts, least=0)
    handling = number("aht_s", aht_s, above=0)
    return arrivals * handling / number("interval_s", interval_s, above=0)


def erlang_b(load: float, agents: int) -> float:
    """Return the probability that all agents are busy and a caller is turned away (Erlang 1917).

    By the stable recursion 1/B(n) = 1 + n / load / B(n - 1), B(0) = 1: no factorials.

    >>> round(erlang_b(2, 3), 4)
    0.2105
    """
    a, n = checked(load, agents)
    return 1 / inverse_b(a, n) if a else 0.0


def wait_probability(load: float, agents: int) -> float | None:
    """Return the probability that a patient caller has to wait; None when load >= agents.

    C = B / (1 - rho (1 - B)) with rho = load / agents (Erlang C).

    >>> round(wait_probability(123, 132), 4), wait_probability(10, 9)
    (0.3211, None)
    """
    a, n = checked(load, agents)
    if a >= n:
        return None
    return chance_to_wait(inverse_b(a, n), a, n) if a else 0.0


def erlang_c(load: float, agents: int, *, aht_s: float, target_s: float = 20) -> ErlangC:
    """Return all figures of the queue M/M/n of patient callers.

    service level = 1 - C exp(-(n - load) target / aht), speed of answer = C aht / (n - load),
    occupancy = load / n.

    >>> found = erlang_c(10, 13, aht_s=180, target_s=20)
    >>> [round(one, 4) for one in (found.wait_probability, found.service_level, found.occupancy)]
    [0.2853, 0.7956, 0.7692]
    >>> erlang_c(10, 10, aht_s=180).code
    'unstable'
    """
    a, n = checked(load, agents)
    handling = number("aht_s", aht_s, above=0)
    target = number("target_s", target_s, least=0)
    if a >= n:
        return UNSTABLE
    return queue_of(inverse_b(a, n) if a else math.inf, a, n, target / handling, handling)


def checked(load: Any, agents: Any) -> tuple[float, int]:
    """Return load and agents as numbers, or say what is wrong with them."""
    return number("load", load, least=0), whole("agents", agents, least=1)


def inverse_b(load: float, agents: int) -> float:
    """Return 1 / Erlang B; infinite where B is smaller than any float."""
    inverse = 1.0
    for n in range(1, agents + 1):
        inverse = 1 + n / load * inverse
    return inverse


def chance_to_wait(inverse: float, load: float, agents: int) -> float:
    """Return Erlang C from 1 / B, load below agents: all terms are positive, nothing cancels."""
    return 1 / (inverse * ((agents - load) / agents) + load / agents)


def level_of(chance: float, spare: float, target: float) -> float:
    """Return the share that waits at most the target, which is given in handling times."""
    return 1 - chance * math.exp(-spare * target)


def queue_of(inverse: float, load: float, agents: int, target: float, aht_s: float) -> ErlangC:
    """Return the figures of a stable queue from 1 / B; the target is in handling times."""
    chance, spare = chance_to_wait(inverse, load, agents), agents - load
    level = level_of(chance, spare, target)
    return ErlangC("stable", chance, level, chance * aht_s / spare, load / agents)
