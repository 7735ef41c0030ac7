"""Formulas and simulation side by side: values, reason codes, agents needed, verdicts."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrain.queues.comparison import by_erlang_a, by_erlang_c, compare
from cstrain.queues.scenario import MOST_AGENTS, MOST_CONTACTS, Scenario
from cstrain.queues.simulation import NOT_RUN, simulate

N04 = {"contacts": 120, "aht_s": 330, "agents": 26}  # curriculum, N04: a load of 22 erlang
FIGURES = ("service_level", "asa_s", "wait_probability", "abandonment", "occupancy")


def figures(found):
    return [getattr(found, name) for name in FIGURES]


def test_the_load_is_that_of_the_lesson():
    assert Scenario(**N04).load_erlang == 22


def test_erlang_c_of_a_published_queue():
    """10 erlang, 14 agents, 180 s: 17.4% wait, 88.8% within 20 s, mean wait 7.8 s."""
    found = by_erlang_c(Scenario(contacts=100, aht_s=180, agents=14))
    assert found.wait_probability == pytest.approx(0.1741, abs=5e-5)
    assert found.service_level == pytest.approx(0.8884, abs=5e-5)
    assert found.asa_s == pytest.approx(7.836, abs=5e-3)
    assert found.occupancy == pytest.approx(10 / 14)
    assert found.abandonment == 0


def test_with_endless_patience_erlang_a_is_erlang_c():
    found = compare(Scenario(**N04))
    assert found.erlang_a == found.erlang_c
    assert found.need_a == found.need_c
    assert found.fitting is found.erlang_c


def test_with_long_patience_erlang_a_comes_near_erlang_c():
    near = by_erlang_a(Scenario(**N04, patience_s=1e6))
    assert figures(near) == pytest.approx(figures(by_erlang_c(Scenario(**N04))), rel=0.01, abs=1e-3)


def test_hang_ups_make_the_rest_wait_less():
    found = compare(Scenario(**N04, patience_s=180))
    assert found.erlang_a.service_level > found.erlang_c.service_level
    assert found.erlang_a.abandonment > found.erlang_c.abandonment == 0
    assert (found.need_a.agents, found.need_c.agents) == (25, 27)
    assert found.fitting is found.erlang_a


CODES = [
    ({"contacts": 0}, "no_calls", "no_calls", "no_calls"),
    ({"contacts": 0, "agents": 0}, "no_calls", "no_calls", "no_calls"),
    ({"aht_s": 0}, "no_handling", "no_handling", "no_handling"),
    ({"agents": 0}, "no_agents", "no_agents", "never_answered"),
    ({"agents": 0, "patience_s": 60}, "no_agents", "no_agents", "all_hang_up"),
    ({"agents": 22}, "unstable", "unstable", "grows"),  # load and agents are equal
    ({"agents": 20}, "unstable", "unstable", "grows"),
    ({"agents": 20, "patience_s": 180}, "unstable", "holds", "held_by_hang_ups"),
    ({"agents": 20, "patience_s": 1e9}, "unstable", "too_patient", "grows"),
    ({"patience_s": 1e9}, "holds", "too_patient", "misses"),
    ({}, "holds", "holds", "misses"),
    ({"agents": 27}, "holds", "holds", "meets"),
    ({"agents": 27, "max_occupancy": 0.8}, "holds", "holds", "too_busy"),
    ({"patience_s": 180}, "holds", "holds", "meets"),
]


@pytest.mark.parametrize(("asked", "code_c", "code_a", "verdict"), CODES, ids=str)
def test_where_a_formula_does_not_hold_there_is_a_reason_and_no_value(
    asked, code_c, code_a, verdict
):
    found = compare(Scenario(**{**N04, **asked}))
    assert (found.erlang_c.code, found.erlang_a.code, found.verdict) == (code_c, code_a, verdict)
    for one in (found.erlang_c, found.erlang_a):
        values = figures(one)
        assert values == [None] * 5 if one.code != "holds" else None not in values


def test_needs_where_nothing_is_needed():
    assert compare(Scenario(contacts=0, aht_s=300, agents=1)).need.agents == 0
    found = compare(Scenario(contacts=9, aht_s=0, agents=1)).need
    assert (found.code, found.agents, found.scheduled) == ("no_handling", None, None)


def test_shrinkage_is_rounded_up_once():
    found = compare(Scenario(**N04, max_occupancy=0.85, shrinkage=0.3))
    assert (found.need.agents, found.need.scheduled) == (27, 39)  # 27 / 0.7 = 38.57


@settings(max_examples=200)
@given(
    contacts=st.floats(0.01, 2000),
    aht_s=st.floats(1, 900),
    patience_s=st.one_of(st.just(math.inf), st.floats(0.1, 5000)),
    target_s=st.floats(0, 300),
    target=st.floats(0, 0.999),
    max_occupancy=st.floats(0.05, 1),
)
def test_what_is_needed_is_enough_and_one_fewer_is_not(
    contacts, aht_s, patience_s, target_s, target, max_occupancy
):
    asked = Scenario(
        contacts=contacts,
        aht_s=aht_s,
        agents=1,
        patience_s=patience_s,
        target_s=target_s,
        target=target,
        max_occupancy=max_occupancy,
    )
    need = compare(asked).need.agents
    enough = compare(replace(asked, agents=need))
    assert enough.verdict in {"meets", "held_by_hang_ups"}
    assert enough.fitting.service_level >= target
    assert enough.fitting.occupancy <= max_occupancy
    if need > 1:
        fewer = compare(replace(asked, agents=need - 1)).fitting
        kept = fewer.code == "holds" and fewer.service_level >= target
        assert not (kept and fewer.occupancy <= max_occupancy)


def test_the_largest_queue_is_compared():
    largest = Scenario(
        contacts=MOST_CONTACTS, aht_s=180, agents=MOST_AGENTS, patience_s=60, max_occupancy=0.05
    )
    assert compare(largest).need.agents == 200_000


def test_a_simulation_stands_beside_the_formulas():
    queue = Scenario(**N04, patience_s=180)
    assert compare(queue).simulation is NOT_RUN
    run = simulate(queue, replications=2, calls=50)
    assert compare(queue, run).simulation is run


def test_a_target_of_nearly_all_callers_can_be_kept():
    assert compare(Scenario(**N04, target=1 - 1e-12)).need.agents < 80
