"""The calls of a simulated queue: drawn by chance, then run through SimPy one by one."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from cstrain.queues.scenario import Scenario

Handling = Literal["exponential", "lognormal"]
LOGNORMAL_CV: Final = 0.7  # standard deviation of a log-normal handling time, as share of its mean


@dataclass(frozen=True)
class Caller:
    """A call as chance has it: when it comes, how long it takes, how long the caller waits."""

    at_s: float
    handle_s: float
    patience_s: float


@dataclass(frozen=True)
class Call:
    """What became of a call; `handle_s` is None when the caller hung up."""

    at_s: float
    wait_s: float
    handle_s: float | None


def drawn(scenario: Scenario, count: int, handling: Handling, seed: str) -> list[Caller]:
    """Return the next `count` calls; another number of agents meets the same ones.

    Arrivals are Poisson, patience is exponential, handling times have the mean aht_s.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing here is a secret
    handle = _handling(chance, scenario.aht_s, handling)
    at, callers = 0.0, []
    for _ in range(count):
        at += chance.expovariate(scenario.arrivals_per_s)
        handled, patiences = handle(), chance.expovariate(1.0)
        patience = math.inf if scenario.patient else patiences * scenario.patience_s
        callers.append(Caller(at, handled, patience))
    return callers


def _handling(chance: random.Random, mean_s: float, kind: Handling) -> Callable[[], float]:
    if kind == "exponential":
        return lambda: chance.expovariate(1.0) * mean_s
    spread = math.log1p(LOGNORMAL_CV**2)  # the variance of the logarithm
    return lambda: chance.lognormvariate(-spread / 2, math.sqrt(spread)) * mean_s


def served(callers: Sequence[Caller], agents: int) -> list[Call]:
    """Return what became of each call, first come first served, until the last has left.

    Nobody who comes later changes the wait of a caller who came before, so that every call has
    its true end. Without an agent everybody hangs up. Raises ImportError without SimPy.
    """
    import simpy  # noqa: PLC0415 - in a book page there may be none

    if not agents:
        return [Call(one.at_s, one.patience_s, None) for one in callers]
    environment = simpy.Environment()
    desk = simpy.Resource(environment, capacity=agents)
    ended: dict[int, Call] = {}

    def caller(place: int, one: Caller) -> Generator[Any, Any, None]:
        with desk.request() as turn:
            wait = 0.0
            if not turn.triggered:
                hangs_up = one.patience_s < math.inf
                yield turn | environment.timeout(one.patience_s) if hangs_up else turn
                wait = max(0.0, environment.now - one.at_s)
            if not turn.triggered:
                ended[place] = Call(one.at_s, wait, None)
                return
            ended[place] = Call(one.at_s, wait, one.handle_s)
            yield environment.timeout(one.handle_s)

    def line() -> Generator[Any, Any, None]:
        for place, one in enumerate(callers):
            yield environment.timeout(max(0.0, one.at_s - environment.now))
            environment.process(caller(place, one))

    environment.process(line())
    environment.run()
    return [ended[place] for place in range(len(callers))]
