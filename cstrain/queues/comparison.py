"""One queue seen three ways: by Erlang C, by Erlang A, and simulated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cstrain.queues.scenario import Scenario
from cstrain.queues.simulation import NOT_RUN, Simulation
from cstrain.stats.erlang import erlang_c
from cstrain.stats.erlang_a import ErlangA, erlang_a
from cstrain.stats.errors import StatsError
from cstrain.stats.staffing import required_agents, workload_agents

# holds: a value; no_calls, no_handling, no_agents: a side of the queue is missing; unstable:
# load >= agents and nobody hangs up; too_patient: Erlang A cannot tell it from endless patience.
Code = Literal["holds", "no_calls", "no_handling", "no_agents", "unstable", "too_patient"]
Verdict = Literal[
    "no_calls",
    "no_handling",
    "never_answered",
    "all_hang_up",
    "grows",
    "held_by_hang_ups",
    "misses",
    "too_busy",
    "meets",
]


@dataclass(frozen=True)
class Figures:
    """What a formula says of the queue in the long run; all None unless `code` is "holds".

    `service_level` counts callers answered within the target, of all callers; `asa_s` is the mean
    wait of those answered; `abandonment` the share of callers who hang up.
    """

    code: Code
    service_level: float | None = None
    asa_s: float | None = None
    wait_probability: float | None = None
    abandonment: float | None = None
    occupancy: float | None = None


@dataclass(frozen=True)
class Need:
    """The fewest agents that keep target and occupancy, and how many to schedule for them."""

    code: Code
    agents: int | None = None
    scheduled: int | None = None


@dataclass(frozen=True)
class Comparison:
    """The figures side by side; where nobody hangs up, Erlang A is Erlang C."""

    scenario: Scenario
    erlang_c: Figures
    erlang_a: Figures
    simulation: Simulation
    need_c: Need
    need_a: Need

    @property
    def patient(self) -> bool:
        """Say whether hanging up plays no part."""
        return self.scenario.patient or self.erlang_a.code == "too_patient"

    @property
    def fitting(self) -> Figures:
        """The formula that supposes what the scenario says about hanging up."""
        return self.erlang_c if self.patient else self.erlang_a

    @property
    def need(self) -> Need:
        """What the fitting formula asks for."""
        return self.need_c if self.patient else self.need_a

    @property
    def verdict(self) -> Verdict:
        """Return in one word how the queue stands."""
        asked, found = self.scenario, self.fitting
        if not asked.agents and asked.contacts:
            return "never_answered" if asked.patient else "all_hang_up"
        if found.code in {"no_calls", "no_handling"}:
            return "no_calls" if found.code == "no_calls" else "no_handling"
        if asked.overloaded:
            return "grows" if self.patient else "held_by_hang_ups"
        level, busy = found.service_level, found.occupancy
        if level is None or level < asked.target:
            return "misses"
        return "too_busy" if busy is not None and busy > asked.max_occupancy else "meets"


def compare(scenario: Scenario, simulation: Simulation = NOT_RUN) -> Comparison:
    """Return the scenario by both formulas, beside a simulation of it.

    >>> found = compare(Scenario(contacts=42, aht_s=300, agents=6))
    >>> found.scenario.load_erlang, found.erlang_c.code, found.verdict, found.need.agents
    (7.0, 'unstable', 'grows', 10)
    """
    return Comparison(
        scenario,
        by_erlang_c(scenario),
        by_erlang_a(scenario),
        simulation,
        _need_c(scenario),
        _need_a(scenario),
    )


def by_erlang_c(scenario: Scenario) -> Figures:
    """Return what Erlang C says, as if nobody ever hung up.

    >>> round(by_erlang_c(Scenario(contacts=120, aht_s=330, agents=26)).service_level, 3)
    0.752
    """
    missing = _missing_side(scenario)
    if missing is not None:
        return Figures(missing)
    found = erlang_c(
        scenario.load_erlang,
        scenario.agents,
        aht_s=scenario.aht_s,
        target_s=scenario.target_s,
    )
    if found.code == "unstable":
        return Figures("unstable")
    return Figures(
        "holds", found.service_level, found.asa_s, found.wait_probability, 0.0, found.occupancy
    )


def by_erlang_a(scenario: Scenario) -> Figures:
    """Return what Erlang A says; with endless patience it is Erlang C.

    >>> queue = Scenario(contacts=120, aht_s=330, agents=26, patience_s=180)
    >>> round(by_erlang_a(queue).service_level, 3)
    0.877
    """
    if scenario.patient:
        return by_erlang_c(scenario)
    missing = _missing_side(scenario)
    if missing is not None:
        return Figures(missing)
    try:
        found = _impatient(scenario, scenario.agents)
    except StatsError:
        return Figures("too_patient")
    return Figures(
        "holds",
        found.service_levels["offered"],
        found.asa_s,
        found.wait_probability,
        found.abandonment,
        found.occupancy,
    )


def _missing_side(scenario: Scenario) -> Code | None:
    if not scenario.contacts:
        return "no_calls"
    if not scenario.agents:
        return "no_agents"
    return None if scenario.aht_s else "no_handling"


def _no_work(scenario: Scenario) -> Need | None:
    if not scenario.contacts:
        return Need("no_calls", 0, 0)
    return None if scenario.aht_s else Need("no_handling")


def _need_c(scenario: Scenario) -> Need:
    nothing = _no_work(scenario)
    if nothing is not None:
        return nothing
    found = required_agents(
        scenario.load_erlang,
        aht_s=scenario.aht_s,
        target=scenario.target,
        target_s=scenario.target_s,
        max_occupancy=scenario.max_occupancy,
        shrinkage=scenario.shrinkage,
    )
    return Need("holds", found.agents, found.scheduled)


def _need_a(scenario: Scenario) -> Need:
    """Return the fewest agents by halving: with every agent more, both promises are kept better."""
    nothing = _no_work(scenario)
    if scenario.patient or nothing is not None:
        return _need_c(scenario)
    try:
        enough = 1
        while not _keeps(scenario, enough):
            enough *= 2
        short = enough // 2
        while enough - short > 1:
            middle = (short + enough) // 2
            short, enough = (short, middle) if _keeps(scenario, middle) else (middle, enough)
    except StatsError:
        return Need("too_patient")
    scheduled = workload_agents(enough, occupancy=1, shrinkage=scenario.shrinkage).scheduled
    return Need("holds", enough, scheduled)


def _keeps(scenario: Scenario, agents: int) -> bool:
    found = _impatient(scenario, agents)
    level, busy = found.service_levels["offered"], found.occupancy
    if level is None or busy is None:
        return False
    return level >= scenario.target and busy <= scenario.max_occupancy


def _impatient(scenario: Scenario, agents: int) -> ErlangA:
    return erlang_a(
        scenario.load_erlang,
        agents,
        aht_s=scenario.aht_s,
        patience_s=scenario.patience_s,
        target_s=scenario.target_s,
    )
