"""Erlang B and C and staffing: published tables, exact fractions, order, errors."""

import math
import time
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cstrain.errors import CstrainError
from cstrain.stats.erlang import UNSTABLE, erlang_b, erlang_c, offered_load, wait_probability
from cstrain.stats.staffing import required_agents, workload_agents

LOADS = st.floats(0.01, 300)


def exact_b(load, agents):
    """Erlang B by its sum, in fractions."""
    terms = [Fraction(1)]
    for n in range(1, agents + 1):
        terms.append(terms[-1] * load / n)
    return terms[-1] / sum(terms)


# The usual table of Erlang B: the load in erlang that N lines carry with 1 % and with 5 % blocked.
TABLE = [
    (1, 0.01, 0.0101), (2, 0.01, 0.153), (3, 0.01, 0.455), (5, 0.01, 1.361), (10, 0.01, 4.461),
    (20, 0.01, 12.03), (50, 0.01, 37.90), (100, 0.01, 84.06), (10, 0.05, 6.216), (20, 0.05, 15.25),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "blocked", "load"), TABLE)
def test_table_of_erlang_b(lines, blocked, load):
    digits = 4 if load < 0.1 else 3 if load < 10 else 2
    step = 0.5 * 10**-digits
    assert erlang_b(load - step, lines) < blocked * 1.0001
    assert erlang_b(load + step, lines) > blocked * 0.9999


@given(st.fractions(Fraction(1, 50), 60), st.integers(1, 60))
def test_erlang_b_and_c_are_exact(load, agents):
    b = exact_b(load, agents)
    assert erlang_b(float(load), agents) == pytest.approx(float(b), rel=1e-12)
    chance = wait_probability(float(load), agents)
    if load >= agents:
        assert chance is None
    elif float(load) < agents:
        rho = load / agents
        assert chance == pytest.approx(float(b / (1 - rho * (1 - b))), rel=1e-10)


# Known answers of other programs: 123 erlang and 132 agents .3211, 12,345 and 12,421 .3812; the
# usual web calculators for 100 calls of 180 s in 30 minutes with 14 agents: 17.4 % wait, 88.8 %
# within 20 s, 7.8 s mean wait, 71.4 % occupancy; 360 calls of 240 s in 30 minutes with 55 agents:
# .239 wait, 8.2 s mean wait, .846 within 15 s.
def test_known_answers():
    assert round(wait_probability(123, 132), 4) == 0.3211
    assert round(wait_probability(12345, 12421), 4) == 0.3812
    small = erlang_c(offered_load(100, 180, 1800), 14, aht_s=180, target_s=20)
    assert round(small.wait_probability, 3) == 0.174
    assert round(small.service_level, 3) == 0.888
    assert round(small.asa_s, 1) == 7.8
    assert round(small.occupancy, 3) == 0.714
    large = erlang_c(offered_load(360, 240, 1800), 55, aht_s=240, target_s=15)
    assert round(large.wait_probability, 3) == 0.239
    assert round(large.asa_s, 1) == 8.2
    assert round(large.service_level, 3) == 0.846
    assert round(erlang_c(123, 130, aht_s=300, target_s=20).service_level, 4) == 0.7339


# One agent, load 1/2: C = rho = .5; within one handling time 1 - .5 e^-.5; mean wait .5 / .5 = 1.
def test_one_agent_by_hand():
    found = erlang_c(0.5, 1, aht_s=60, target_s=60)
    assert found.wait_probability == pytest.approx(0.5)
    assert found.service_level == pytest.approx(1 - 0.5 * math.exp(-0.5))
    assert found.asa_s == pytest.approx(60)
    assert (found.code, found.occupancy) == ("stable", 0.5)


@pytest.mark.parametrize(("load", "agents"), [(10, 10), (10, 9), (1, 1), (1000, 900)])
def test_a_load_that_the_agents_cannot_carry(load, agents):
    assert wait_probability(load, agents) is None
    assert erlang_c(load, agents, aht_s=300) == UNSTABLE
    assert UNSTABLE.code == "unstable"


def test_no_load():
    found = erlang_c(0, 3, aht_s=300)
    assert (found.wait_probability, found.service_level, found.asa_s, found.occupancy) == (
        0,
        1,
        0,
        0,
    )
    assert erlang_b(0, 3) == 0
    assert required_agents(0, aht_s=300).agents == 0


@given(LOADS, st.integers(1, 330), st.floats(0, 600))
def test_figures_are_in_bounds_and_fall_with_agents(load, agents, target_s):
    assume(load < agents)
    one = erlang_c(load, agents, aht_s=300, target_s=target_s)
    more = erlang_c(load, agents + 1, aht_s=300, target_s=target_s)
    for found in (one, more):
        assert 0 <= found.wait_probability <= 1
        assert 0 <= found.service_level <= 1
        assert found.asa_s >= 0
        assert 0 < found.occupancy < 1
    assert more.wait_probability <= one.wait_probability
    assert more.service_level >= one.service_level
    assert more.asa_s <= one.asa_s
    assert erlang_b(load, agents) <= one.wait_probability
    later = erlang_c(load, agents, aht_s=300, target_s=target_s + 10)
    assert later.service_level >= one.service_level


@given(st.floats(1e-300, 1e5), st.integers(1, 3000))
@settings(max_examples=60, deadline=None)
def test_never_beyond_a_probability(load, agents):
    blocked = erlang_b(load, agents)
    assert 0 <= blocked <= 1
    chance = wait_probability(load, agents)
    assert chance is None or blocked <= chance <= 1


def test_the_largest_pooled_queue_is_served_best():
    levels = [erlang_c(8 * size, 10 * size, aht_s=300).service_level for size in (1, 2, 5, 20)]
    assert levels == sorted(levels)


@given(
    LOADS,
    st.floats(20, 900),
    st.floats(0, 0.99),
    st.floats(0, 120),
    st.floats(0.5, 1),
    st.floats(0, 0.5),
)
@settings(deadline=None)
def test_required_agents_are_the_fewest(load, aht_s, target, target_s, most, shrinkage):
    found = required_agents(
        load, aht_s=aht_s, target=target, target_s=target_s, max_occupancy=most, shrinkage=shrinkage
    )
    queue = erlang_c(load, found.agents, aht_s=aht_s, target_s=target_s)
    assert found.queue == queue
    assert queue.service_level >= target
    assert queue.occupancy <= most * (1 + 1e-9)
    fewer = found.agents - 1
    if fewer > load:
        before = erlang_c(load, fewer, aht_s=aht_s, target_s=target_s)
        assert before.service_level < target or before.occupancy > most * (1 - 1e-9)
    assert found.scheduled >= found.agents
    assert found.scheduled < found.agents / (1 - shrinkage) + 1


# One agent is enough for .583 erlang when 40 % within 20 s are asked for: C = .583, and
# 1 - .583 e^(-.417 * 20 / 300) = .433.
def test_a_small_load_needs_one_agent():
    assert required_agents(0.583, aht_s=300, target=0.4, target_s=20).agents == 1


def test_occupancy_may_decide():
    assert required_agents(100, aht_s=300, max_occupancy=0.8).agents == 125
    assert required_agents(100, aht_s=300).agents < 125


# 100 calls of 180 s in 30 minutes, 80 % in 20 s, 30 % shrinkage: 14 agents, 20 scheduled, not 21.
def test_shrinkage_rounds_up_once():
    found = required_agents(10, aht_s=180, shrinkage=0.3)
    assert (found.agents, found.scheduled) == (14, 20)


# Curriculum N11: 120 x 330 / 1800 / .85 = 25.88 and / .7 = 36.97; bands of 60, 90 and 150.
@pytest.mark.parametrize(("contacts", "scheduled"), [(120, 37), (60, 19), (90, 28), (150, 47)])
def test_workload_of_the_micro_table(contacts, scheduled):
    found = workload_agents(offered_load(contacts, 330), occupancy=0.85, shrinkage=0.30)
    assert found.scheduled == scheduled
    if contacts == 120:
        assert (found.agents, round(found.exact_agents, 2)) == (26, 25.88)
        assert round(found.exact_scheduled, 2) == 36.97


def test_two_thousand_erlang_are_staffed_at_once():
    """Far below the promise of bench/erlang.py, so that a busy machine does not matter."""
    started = time.perf_counter()
    assert required_agents(2000, aht_s=300, max_occupancy=0.85).agents == 2353
    assert time.perf_counter() - started < 0.5


WRONG = {
    "no agents": (
        lambda: erlang_c(1, 0, aht_s=300),
        "agents: found 0; allowed: a whole number from 1.",
    ),
    "half an agent": (
        lambda: erlang_b(1, 1.5),
        "agents: found 1.5; allowed: a whole number from 1.",
    ),
    "truth": (
        lambda: erlang_b(1, agents=True),
        "agents: found True; allowed: a whole number from 1.",
    ),
    "handling time": (
        lambda: erlang_c(1, 2, aht_s=0),
        "aht_s: found 0; allowed: a number above 0.",
    ),
    "load": (lambda: wait_probability(-1, 2), "load: found -1; allowed: a number from 0."),
    "no number": (
        lambda: wait_probability(math.nan, 2),
        "load: found nan; allowed: a number from 0.",
    ),
    "endless load": (
        lambda: required_agents(math.inf, aht_s=300),
        "load: found inf; allowed: a number from 0.",
    ),
    "text": (lambda: erlang_b("10", 2), "load: found '10'; allowed: a number from 0."),
    "target of all": (
        lambda: required_agents(1, aht_s=300, target=1),
        "target: found 1; allowed: a share, 0 to below 1.",
    ),
    "per cent": (
        lambda: required_agents(1, aht_s=300, target=80),
        "target: found 80; allowed: a share, 0 to below 1.",
    ),
    "occupancy": (
        lambda: required_agents(1, aht_s=300, max_occupancy=0),
        "max_occupancy: found 0; allowed: a share, above 0 to 1.",
    ),
    "shrinkage": (
        lambda: workload_agents(1, occupancy=0.8, shrinkage=1),
        "shrinkage: found 1; allowed: a share, 0 to below 1.",
    ),
    "interval": (
        lambda: offered_load(1, 300, 0),
        "interval_s: found 0; allowed: a number above 0.",
    ),
    "wait": (
        lambda: erlang_c(1, 2, aht_s=300, target_s=-1),
        "target_s: found -1; allowed: a number from 0.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_argument_is_one_sentence(case):
    ask, sentence = WRONG[case]
    with pytest.raises(CstrainError) as error:
        ask()
    assert str(error.value) == sentence
