"""Erlang A: a birth-and-death chain, a simulation, the limits towards Erlang B and C."""

import heapq
import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from cstrain.errors import CstrainError
from cstrain.stats.erlang import erlang_b, erlang_c
from cstrain.stats.erlang_a import BASES, erlang_a


def chain(load, agents, aht_s, patience_s, target_s):
    """The same figures from the states of the chain, one by one.

    A caller who finds k others waiting waits for k + 1 departures; with V the wait of a patient
    one, e^(-V / patience) is a beta variable of x = agents patience / aht and k + 1.
    """
    rate, served, left = load / aht_s, 1 / aht_s, 1 / patience_s
    arrivals = load * patience_s / aht_s
    states = agents + int(arrivals + 60 * math.sqrt(arrivals) + 400)
    n = np.arange(1, states + 1)
    steps = np.log(rate) - np.log(np.minimum(n, agents) * served + np.maximum(n - agents, 0) * left)
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    probability = np.exp(logs - special.logsumexp(logs))
    busy, k = probability[agents:], np.arange(states - agents + 1)
    x, edge = agents * patience_s / aht_s, math.exp(-target_s / patience_s)
    abandonment = (busy * k).sum() * left / rate
    waits_longer = (busy * special.betainc(x, k + 1, edge)).sum() * edge
    goes = x / (x + k + 1)
    served_late = (busy * goes * special.betainc(x + 1, k + 1, edge)).sum()
    harmonic = special.digamma(x + k + 2) - special.digamma(x + 1)
    answered = 1 - abandonment
    in_time, gone = answered - served_late, abandonment - (waits_longer - served_late)
    return {
        "wait_probability": busy.sum(),
        "abandonment": abandonment,
        "asa_s": (busy * goes * harmonic).sum() * patience_s / answered,
        "mean_wait_s": abandonment * patience_s,
        "occupancy": load * answered / agents,
        "offered": in_time,
        "offered_short_ok": in_time + gone,
        "answered": in_time / answered,
        "answered_or_late": in_time / (1 - gone),
    }


def flat(found):
    figures = {
        name: one for name, one in vars(found).items() if name not in {"code", "service_levels"}
    }
    return {**figures, **found.service_levels}


CASES = [
    (10, 13, 180, 300, 20),
    (10, 8, 180, 60, 20),
    (0.3, 1, 300, 30, 10),
    (100, 105, 240, 120, 0),
    (250, 200, 300, 90, 60),
    (40, 48, 600, 1, 5),
    (1800, 1750, 300, 180, 20),
    (20, 15, 300, 20_000, 600),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_figures_are_those_of_the_chain(case):
    load, agents, aht_s, patience_s, target_s = case
    found = erlang_a(load, agents, aht_s=aht_s, patience_s=patience_s, target_s=target_s)
    assert found.code == "stable"
    assert flat(found) == pytest.approx(chain(*case), rel=1e-9, abs=1e-10)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 120),
    st.floats(0.05, 2.5),
    st.floats(20, 900),
    st.floats(0, 4.3).map(lambda one: 10**one),
    st.sampled_from([0, 5, 20, 60, 300]),
)
def test_random_queues_are_those_of_the_chain(agents, share, aht_s, patience_s, target_s):
    case = (agents * share, agents, aht_s, patience_s, target_s)
    found = erlang_a(case[0], agents, aht_s=aht_s, patience_s=patience_s, target_s=target_s)
    assert flat(found) == pytest.approx(chain(*case), rel=1e-7, abs=1e-8)
    for name, one in flat(found).items():
        assert not math.isnan(one), name
        assert one >= 0
        assert one <= 1 + 1e-12 or name in {"asa_s", "mean_wait_s"}


def simulated(load, agents, aht_s, patience_s, target_s, calls=40_000):
    """Shares of calls, by playing the queue: first come, first served."""
    rng = random.Random(7)  # noqa: S311 - a simulation
    free, now = [0.0] * agents, 0.0
    heapq.heapify(free)
    counts = dict.fromkeys(("waited", "left", "in_time", "left_in_time"), 0)
    for _ in range(calls):
        now += rng.expovariate(load / aht_s)
        wait = max(0.0, free[0] - now)
        patience = rng.expovariate(1 / patience_s)
        counts["waited"] += wait > 0
        if patience < wait:
            counts["left"] += 1
            counts["left_in_time"] += patience <= target_s
        else:
            heapq.heapreplace(free, now + wait + rng.expovariate(1 / aht_s))
            counts["in_time"] += wait <= target_s
    return {name: one / calls for name, one in counts.items()}


@pytest.mark.parametrize("case", [(10, 11, 180, 120, 20), (12, 8, 240, 200, 60)], ids=str)
def test_figures_are_those_of_a_played_queue(case):
    load, agents, aht_s, patience_s, target_s = case
    found = erlang_a(load, agents, aht_s=aht_s, patience_s=patience_s, target_s=target_s)
    seen, levels = simulated(*case), found.service_levels
    assert seen["waited"] == pytest.approx(found.wait_probability, abs=0.02)
    assert seen["left"] == pytest.approx(found.abandonment, abs=0.01)
    assert seen["in_time"] == pytest.approx(levels["offered"], abs=0.02)
    both = seen["in_time"] + seen["left_in_time"]
    assert both == pytest.approx(levels["offered_short_ok"], abs=0.02)
    judged = seen["in_time"] / (1 - seen["left_in_time"])
    assert judged == pytest.approx(levels["answered_or_late"], abs=0.02)


# Printed in the guide of pyworkforce: 100 calls of 3 minutes in 30 minutes, patience 5 minutes,
# target 20 s, 13 positions: .858 of all within the target, .750, .025, .226, .125 minutes.
def test_a_published_example():
    found = erlang_a(10, 13, aht_s=180, patience_s=300, target_s=20)
    assert round(found.service_levels["offered"], 3) == 0.858
    assert round(found.occupancy, 3) == 0.75
    assert round(found.abandonment, 3) == 0.025
    assert round(found.wait_probability, 3) == 0.226
    assert round(found.mean_wait_s / 60, 3) == 0.125


def test_endless_patience_is_erlang_c():
    patient = erlang_a(123, 132, aht_s=300, patience_s=math.inf)
    plain = erlang_c(123, 132, aht_s=300)
    assert patient.wait_probability == plain.wait_probability
    assert (patient.abandonment, patient.asa_s, patient.occupancy) == (
        0,
        plain.asa_s,
        plain.occupancy,
    )
    assert set(patient.service_levels.values()) == {plain.service_level}
    nearly = erlang_a(9, 12, aht_s=300, patience_s=1e8)
    plain = erlang_c(9, 12, aht_s=300)
    assert nearly.wait_probability == pytest.approx(plain.wait_probability, rel=1e-4)
    assert nearly.asa_s == pytest.approx(plain.asa_s, rel=1e-4)
    for base in BASES:
        assert nearly.service_levels[base] == pytest.approx(plain.service_level, rel=1e-4)


def test_endless_patience_and_too_much_load():
    found = erlang_a(10, 10, aht_s=300, patience_s=math.inf)
    assert found.code == "unstable"
    assert set(flat(found).values()) == {None}


def test_no_patience_is_erlang_b():
    found = erlang_a(10, 12, aht_s=300, patience_s=1e-9)
    assert found.wait_probability == pytest.approx(erlang_b(10, 12), rel=1e-6)
    assert found.abandonment == pytest.approx(erlang_b(10, 12), rel=1e-6)
    assert found.service_levels["answered"] == pytest.approx(1)


def test_much_overload_loses_what_is_too_much():
    found = erlang_a(300, 200, aht_s=300, patience_s=300)
    assert found.abandonment == pytest.approx(1 - 200 / 300, rel=1e-6)
    assert found.occupancy == pytest.approx(1, rel=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.1, 150), st.integers(1, 150), st.floats(5, 2000))
def test_more_agents_make_it_better(load, agents, patience_s):
    one, more = (
        erlang_a(load, count, aht_s=300, patience_s=patience_s) for count in (agents, agents + 1)
    )
    assert more.wait_probability <= one.wait_probability + 1e-12
    assert more.abandonment <= one.abandonment + 1e-12
    assert more.mean_wait_s <= one.mean_wait_s + 1e-9
    for base in BASES:
        assert more.service_levels[base] >= one.service_levels[base] - 1e-9
    patient = erlang_a(load, agents, aht_s=300, patience_s=2 * patience_s)
    assert patient.wait_probability >= one.wait_probability - 1e-12
    assert patient.abandonment <= one.abandonment + 1e-9


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0.1, 100),
    st.integers(1, 120),
    st.floats(5, 2000),
    st.floats(0, 400),
    st.floats(0, 200),
)
def test_a_longer_target_is_kept_more_often(load, agents, patience_s, target_s, more):
    one, other = (
        erlang_a(load, agents, aht_s=300, patience_s=patience_s, target_s=one).service_levels
        for one in (target_s, target_s + more)
    )
    for base in BASES:
        assert other[base] >= one[base] - 1e-9
    assert one["offered"] <= one["answered_or_late"] + 1e-12
    assert one["offered"] <= one["offered_short_ok"] + 1e-12


def test_no_load_and_extreme_arguments():
    quiet = erlang_a(0, 3, aht_s=300, patience_s=60)
    assert (quiet.wait_probability, quiet.abandonment, quiet.asa_s) == (0, 0, 0)
    for load, agents, patience_s in (
        (1e-300, 1, 1),
        (1e-12, 500, 1e3),
        (5e4, 10, 1),
        (3e3, 2e3, 1e-6),
    ):
        found = erlang_a(load, agents, aht_s=300, patience_s=patience_s, target_s=1e6)
        assert all(one >= 0 and not math.isnan(one) for one in flat(found).values())


WRONG = {
    "agents": (
        lambda: erlang_a(1, 0, aht_s=300, patience_s=60),
        "agents: found 0; allowed: a whole number from 1.",
    ),
    "handling time": (
        lambda: erlang_a(1, 2, aht_s=0, patience_s=60),
        "aht_s: found 0; allowed: a number above 0.",
    ),
    "patience": (
        lambda: erlang_a(1, 2, aht_s=300, patience_s=0),
        "patience_s: found 0; allowed: a number above 0.",
    ),
    "no patience": (
        lambda: erlang_a(1, 2, aht_s=300, patience_s=math.nan),
        "patience_s: found nan; allowed: a number above 0.",
    ),
    "a lifetime": (
        lambda: erlang_a(100, 110, aht_s=300, patience_s=1e9),
        "patience_s: found 1000000000.0; allowed: up to 2.73e+07, or inf.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_argument_is_one_sentence(case):
    ask, sentence = WRONG[case]
    with pytest.raises(CstrainError) as error:
        ask()
    assert str(error.value) == sentence
