"""The rule for an order of steps."""

from __future__ import annotations

import itertools

import pytest

from cstrain.rules.base import Asked
from cstrain.rules.orders import order_pairs, pairs_of, ranks_of

STEPS = ["a", "b", "c", "d"]


def ruled(given, expect):
    values = {"steps": given}
    return order_pairs(Asked(values, ("steps",), {"expect": expect}, None, None, "en"))


@pytest.mark.parametrize(
    ("given", "share"), [("abcd", 1), ("abdc", 5 / 6), ("dabc", 0.5), ("dcba", 0), ("badc", 4 / 6)]
)
def test_share_is_one_less_kendalls_distance(given, share):
    assert ruled(list(given), STEPS).share == pytest.approx(share)


def test_eight_steps_have_28_pairs():
    assert pairs_of(ranks_of([str(one) for one in range(8)])) == 28


def test_things_that_may_swap_are_not_counted():
    expect = ["a", ["b", "c"], "d"]
    assert ruled(list("acbd"), expect).share == ruled(list("abcd"), expect).share == 1
    assert ruled(list("bacd"), expect).share == pytest.approx(4 / 5)


def test_each_thing_out_of_order_is_told_which_way_to_go():
    codes = {one.key: one.code for one in ruled(list("dabc"), STEPS).items}
    assert codes == {"d": "later", "a": "earlier", "b": "earlier", "c": "earlier"}
    assert ruled(list("dabc"), STEPS).items[0].facts == {"count": 3}


def test_distance_counts_the_pairs_the_wrong_way_round():
    for given in itertools.permutations(STEPS):
        wrong = sum(one > other for one, other in itertools.combinations(given, 2))
        assert ruled(list(given), STEPS).facts["wrong"] == wrong
