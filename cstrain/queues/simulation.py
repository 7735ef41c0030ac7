"""A queue simulated again and again: what callers and agents meet, with 95% intervals."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from cstrain.queues.calls import Call, Handling, drawn, served
from cstrain.queues.scenario import Scenario
from cstrain.stats.arguments import mean, variance, whole
from cstrain.stats.distributions import t_quantile
from cstrain.stats.errors import StatsError

Code = Literal[
    "steady", "unsettled", "growing", "no_calls", "never_answered", "not_run", "no_simpy"
]
HANDLINGS: Final[tuple[Handling, ...]] = ("exponential", "lognormal")
MOST_CALLS: Final = 1_000_000  # in all replications: some 20 s
_SETTLED: Final = 5  # relaxation times; what is left of an empty start is then below 1%
_MOST_WARM_UP: Final = 2  # times as many calls as are measured
_RARE: Final = 1e-12  # calls a second: one in 30,000 years is none
_DAY_S: Final = 28_800  # how long a growing queue is watched: 8 hours
_INSTANTS: Final = 48


@dataclass(frozen=True)
class Estimate:
    """A mean over replications with its 95% interval (Student's t)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Simulation:
    """What became of the measured calls of all replications; offered = answered + abandoned.

    steady          measured after a warm-up, as the formulas see a queue: in the long run
    unsettled       so near to full load that the warm-up would have to be longer
    growing         from an empty queue, `measured_s` long: the queue has no long run
    no_calls, never_answered (no agents, endless patience), not_run, no_simpy: nothing was measured

    Service level counts callers answered within the target, of all callers; `asa_s` is the mean
    wait of those answered. `queue` is the mean number waiting at moments from the start on, of a
    growing queue only. `waits_s` are the waits of all answered, sorted.
    """

    code: Code
    replications: int = 0
    warm_up_s: float = 0
    measured_s: float = 0
    offered: int = 0
    answered: int = 0
    abandoned: int = 0
    service_level: Estimate | None = None
    asa_s: Estimate | None = None
    wait_probability: Estimate | None = None
    abandonment: Estimate | None = None
    occupancy: Estimate | None = None
    queue: tuple[tuple[float, float], ...] = ()
    waits_s: tuple[float, ...] = field(default=(), repr=False)

    @property
    def ran(self) -> bool:
        """Say whether anything was measured."""
        return self.offered > 0

    def answered_within(self, wait_s: float) -> float | None:
        """Return the share of all callers who were answered within so many seconds."""
        return bisect_right(self.waits_s, wait_s) / self.offered if self.ran else None


NOT_RUN: Final = Simulation("not_run")


@dataclass(frozen=True)
class _Run:
    """The calls of one replication: those of the warm-up, and those that are measured."""

    before: Sequence[Call]
    calls: Sequence[Call]

    @property
    def answered(self) -> list[Call]:
        return [one for one in self.calls if one.handle_s is not None]

    @property
    def span_s(self) -> tuple[float, float]:
        """From the first measured call to the last."""
        return self.calls[0].at_s, self.calls[-1].at_s


def simulate(
    scenario: Scenario,
    *,
    handling: Handling = "exponential",
    replications: int = 10,
    calls: int = 1500,
    seed: int = 1,
) -> Simulation:
    """Return the queue simulated by SimPy, `calls` measured in each replication.

    Arrivals are Poisson; handling times exponential, as the formulas have it, or log-normal with
    the same mean; patience is exponential. The same seed gives the same figures.

    >>> found = simulate(Scenario(contacts=120, aht_s=330, agents=26, patience_s=180))
    >>> found.offered == found.answered + found.abandoned
    True
    """
    _check(handling, replications, calls)
    nothing = _nothing(scenario)
    if nothing is not None:
        return nothing
    warm_up, measured, code = _lengths(scenario, calls)
    if replications * (warm_up + measured) > MOST_CALLS:
        found = f"{replications:,} x {warm_up + measured:,} with the warm-up"
        raise StatsError("calls", found=found, allowed=f"up to {MOST_CALLS:,} in all")
    try:
        runs = [
            _run(scenario, warm_up, measured, handling, f"{seed}-{number}")
            for number in range(replications)
        ]
    except ImportError:
        return Simulation("no_simpy")
    return _summary(scenario, runs, code)


def _check(handling: str, replications: int, calls: int) -> None:
    if handling not in HANDLINGS:
        raise StatsError("handling", found=repr(handling), allowed=" or ".join(HANDLINGS))
    whole("replications", replications, least=2)
    whole("calls", calls, least=2)


def _nothing(scenario: Scenario) -> Simulation | None:
    if scenario.arrivals_per_s < _RARE:
        return Simulation("no_calls")
    if not scenario.agents and scenario.patient:
        return Simulation("never_answered")
    return None


def _lengths(scenario: Scenario, calls: int) -> tuple[int, int, Code]:
    """Return how many calls warm the queue up and how many are measured."""
    filling = _SETTLED * scenario.load_erlang  # calls, until all the agents can be busy
    if scenario.overloaded and scenario.patient:
        day = scenario.arrivals_per_s * _DAY_S
        return 0, math.ceil(max(2, min(day, calls), filling)), "growing"
    wanted = _SETTLED * relaxation_s(scenario) * scenario.arrivals_per_s
    most = max(_MOST_WARM_UP * calls, filling)
    return math.ceil(min(wanted, most)), calls, "steady" if wanted <= most else "unsettled"


def relaxation_s(scenario: Scenario) -> float:
    """Return about how long the queue remembers how it began.

    Without hang-ups aht / n / (1 - root of occupancy)^2, at least aht; infinite at full load
    (the slowest mode of M/M/n in heavy traffic). Hang-ups let it forget within a patience.

    >>> round(relaxation_s(Scenario(contacts=120, aht_s=330, agents=26)))
    1977
    """
    aht, agents, load = scenario.aht_s, scenario.agents, scenario.load_erlang
    patient = math.inf
    if load < agents:
        patient = max(aht, aht / agents / (1 - math.sqrt(load / agents)) ** 2)
    return min(patient, max(aht, scenario.patience_s))


def _run(scenario: Scenario, warm_up: int, measured: int, handling: Handling, seed: str) -> _Run:
    callers = drawn(scenario, warm_up + measured, handling, seed)
    calls = served(callers, scenario.agents)
    return _Run(calls[:warm_up], calls[warm_up:])


def _summary(scenario: Scenario, runs: Sequence[_Run], code: Code) -> Simulation:
    def over(figure: Callable[[_Run], float | None], most: float = math.inf) -> Estimate | None:
        return _estimate(map(figure, runs), most)

    calls = [one for run in runs for one in run.calls]
    waits = sorted(one.wait_s for one in calls if one.handle_s is not None)
    first, target = runs[0].span_s, scenario.target_s
    queue = _queue(runs) if code == "growing" else ()
    return Simulation(
        code,
        replications=len(runs),
        warm_up_s=first[0] if runs[0].before else 0.0,
        measured_s=queue[-1][0] if queue else first[1] - first[0],
        offered=len(calls),
        answered=len(waits),
        abandoned=len(calls) - len(waits),
        service_level=over(lambda run: _share(run, lambda one: _in_time(one, target)), 1),
        asa_s=over(lambda run: mean(one.wait_s for one in run.answered)),
        wait_probability=over(lambda run: _share(run, lambda one: one.wait_s > 0), 1),
        abandonment=over(lambda run: _share(run, lambda one: one.handle_s is None), 1),
        occupancy=over(lambda run: _occupancy(run, scenario.agents), 1),
        queue=queue,
        waits_s=tuple(waits),
    )


def _estimate(values: Iterable[float | None], most: float) -> Estimate | None:
    there = [one for one in values if one is not None]
    middle, spread = mean(there), variance(there)
    if middle is None or spread is None:
        return None
    half = t_quantile(0.975, len(there) - 1) * math.sqrt(spread / len(there))
    return Estimate(middle, max(0.0, middle - half), min(most, middle + half))


def _share(run: _Run, counts: Callable[[Call], bool]) -> float:
    return sum(map(counts, run.calls)) / len(run.calls)


def _in_time(call: Call, target_s: float) -> bool:
    return call.handle_s is not None and call.wait_s <= target_s


def _occupancy(run: _Run, agents: int) -> float | None:
    """Return the share of the agents' time, from the first measured call on, spent on calls."""
    start, end = run.span_s
    if not agents or end <= start:
        return None
    busy = 0.0
    for one in (*run.before, *run.calls):
        if one.handle_s is not None:
            begins = one.at_s + one.wait_s
            busy += max(0.0, min(end, begins + one.handle_s) - max(start, begins))
    return min(1.0, busy / agents / (end - start))


def _queue(runs: Sequence[_Run]) -> tuple[tuple[float, float], ...]:
    """Return the mean number waiting at moments from the start to the shortest run's last call."""
    end = min(run.span_s[1] for run in runs)
    moments = [end * step / _INSTANTS for step in range(_INSTANTS + 1)]
    came = [[one.at_s for one in run.calls] for run in runs]
    left = [sorted(one.at_s + one.wait_s for one in run.calls) for run in runs]
    return tuple(
        (moment, sum(map(_waiting, came, left, [moment] * len(runs))) / len(runs))
        for moment in moments
    )


def _waiting(came: Sequence[float], left: Sequence[float], moment: float) -> int:
    return bisect_right(came, moment) - bisect_right(left, moment)
