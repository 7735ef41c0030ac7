"""The stretch ratio against cases worked by hand."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cstrain.errors import UnknownNameError
from cstrain.goals.stretch import Definition, quantile, stretch, stretch_reading, zone_of

# Curriculum N03: base (84.9 + 85.3 + 85.7) / 3 = 85.30, best (85.9 + 87.1 + 86.2) / 3 = 86.40 and
# (86.5 + 85.9 + 87.1) / 3 = 86.50, so best 86.50.
CSAT = [86.0, 85.2, 84.8, 86.5, 85.9, 87.1, 86.2, 85.5, 86.8, 84.9, 85.3, 85.7]
MICRO = [
    (85.4, 0.083333, "low"),
    (86.2, 0.75, "peach"),
    (87.0, 1.416667, "hard"),
    (95, 8.083333, "star"),
]


@pytest.mark.parametrize(("target", "ratio", "zone"), MICRO)
def test_micro_example(target, ratio, zone):
    reading = stretch_reading(CSAT, target, "up")
    assert math.isclose(reading.base, 85.30, abs_tol=1e-9)
    assert math.isclose(reading.best, 86.50, abs_tol=1e-9)
    assert (reading.ratio, reading.zone) == (ratio, zone)


BY_HAND = {
    # base 10, best (13+13+13)/3 = 13
    "exactly_one_is_a_peach": (
        [10, 10, 10, 13, 13, 13, 10, 10, 10],
        13,
        "up",
        None,
        (1.0, "peach"),
    ),
    # the same in shares: 0.70 -> 0.75, floating dust must not push it over 1
    "one_in_shares": ([0.70, 0.75, 0.75, 0.75, 0.7, 0.7, 0.7], 0.75, "up", None, (1.0, "peach")),
    "exactly_a_fifth_is_a_peach": ([10, 15, 15, 15, 10, 10, 10], 11, "up", None, (0.2, "peach")),
    "exactly_one_and_a_half_is_hard": ([10, 12, 12, 12, 10, 10, 10], 13, "up", None, (1.5, "hard")),
    "target_equal_to_base_is_low": ([10, 12, 12, 12, 10, 10, 10], 10, "up", None, (0.0, "low")),
    "wrong_way": ([10, 12, 12, 12, 10, 10, 10], 9, "up", None, (-0.5, "wrong_way")),
    # base 50, best (36+38+40)/3 = 38: (44-50)/(38-50) = 0.5
    "down": ([36, 38, 40, 44, 48, 50, 50, 50], 44, "down", None, (0.5, "peach")),
    "down_wrong_way": ([36, 38, 40, 50, 50, 50], 51, "down", None, (-0.083333, "wrong_way")),
    # the 80s lie 13 to 15 periods back: only the last 12 count, best (62+63+64)/3 = 63, base 60
    "only_the_last_twelve": (
        [80, 80, 80, 62, 63, 64, 60, 60, 60, 60, 60, 60, 60, 60, 60],
        61.5,
        "up",
        None,
        (0.5, "peach"),
    ),
    # the present is the best ever: 8 peers' top quartile of 78 80 84 86 88 is 86, base 80
    "flat_with_peers": ([80] * 12, 83, "up", [78, 80, 84, 86, 88], (0.5, "peach")),
    # down: lower quartile of 10 20 30 40 is 17.5, base 20: (19-20)/(17.5-20) = 0.4
    "flat_down_with_peers": ([20] * 12, 19, "down", [10, 20, 30, 40], (0.4, "peach")),
    "flat_without_peers": ([80] * 12, 83, "up", None, (None, "no_benchmark")),
    "flat_with_worse_peers": ([80] * 12, 83, "up", [70, 75, 79], (None, "no_benchmark")),
    "flat_with_equal_peers": ([80] * 12, 83, "up", [80, 80], (None, "no_benchmark")),
    "rising_present_is_best": ([1, 2, 3, 4, 5, 6], 8, "up", None, (None, "no_benchmark")),
    "empty": ([], 8, "up", None, (None, "no_benchmark")),
    # two periods: base 2, best 2 -> flat
    "two_periods": ([1, 3], 8, "up", [4, 4], (3.0, "star")),
    "nan_history": ([1, 2, math.nan], 8, "up", None, (None, "no_benchmark")),
    "infinite_target": ([3, 2, 1, 1, 1], math.inf, "up", None, (None, "no_benchmark")),
    "largest_floats": ([1e308] * 5, 1e308, "up", None, (None, "no_benchmark")),
}


@pytest.mark.parametrize("case", BY_HAND.values(), ids=BY_HAND)
def test_by_hand(case):
    history, target, direction, peers, expected = case
    assert stretch(history, target, direction, peers) == expected


VARIANTS = {
    # history 10 10 10 16 13 10 | 4 7 10: base 7 (last 3), best 3-mean 13, target 10
    "course": (Definition(), 0.5),
    "last_1": (Definition(base_periods=1), 0.0),  # (10-10)/(13-10)
    "last_6": (Definition(base_periods=6), 0.0),  # base (16+13+10+4+7+10)/6 = 10
    "single": (Definition(best="single"), 0.333333),  # 3/9
    "mean": (Definition(best="mean"), 1.0),  # mean of nine 90/9 = 10: 3/3
    "best_target": (Definition(above="best_target"), 0.5),  # 3/6
    "target_best": (Definition(above="target_best"), -0.5),
    "of_target": (Definition(below="target_base"), 1.0),
    "of_base": (Definition(below="base"), 0.428571),  # 3/7
}


@pytest.mark.parametrize(("definition", "ratio"), VARIANTS.values(), ids=VARIANTS)
def test_variants_of_the_definition(definition, ratio):
    assert (
        stretch_reading([10, 10, 10, 16, 13, 10, 4, 7, 10], 10, "up", None, definition).ratio
        == ratio
    )


def test_wider_window_sees_the_older_best():
    history = [20] * 3 + [12] * 9 + [10] * 3
    assert stretch_reading(history, 12, "up").ratio == 1.0
    assert stretch_reading(history, 12, "up", None, Definition(best_window=24)).ratio == 0.2


@pytest.mark.parametrize(
    ("flat", "expected"),
    [("peers", (0.5, "peach")), ("zero", (0.0, "low")), ("none", (None, "no_benchmark"))],
)
def test_flat_variants(flat, expected):
    reading = stretch_reading([80] * 12, 83, "up", [86] * 3, Definition(flat=flat))
    assert (reading.ratio, reading.zone) == expected


@pytest.mark.parametrize(
    ("bounds", "fifth", "one"),
    [
        ("both_in", "peach", "peach"),
        ("lower_in", "peach", "hard"),
        ("upper_in", "low", "peach"),
        ("both_out", "low", "hard"),
    ],
)
def test_bounds_of_the_peach_zone(bounds, fifth, one):
    assert (zone_of(0.2, bounds), zone_of(1.0, bounds)) == (fifth, one)


def test_unknown_direction_names_the_known_ones():
    with pytest.raises(UnknownNameError, match="up"):
        stretch([1, 2, 3], 4, "upp")


def test_linear_quantile():
    assert quantile([10, 20, 30, 40], 0.25) == 17.5
    assert quantile([7], 0.75) == 7


HISTORY = st.lists(st.integers(0, 1000), min_size=3, max_size=24)
SCALE_SHIFT = st.tuples(st.sampled_from([0.5, 2.0, 10.0, 100.0]), st.integers(-500, 500))


@given(HISTORY, st.integers(0, 1000), st.sampled_from(["up", "down"]), SCALE_SHIFT)
def test_neither_unit_nor_zero_point_matters(history, target, direction, scale_shift):
    scale, shift = scale_shift
    there = [scale * one + shift for one in history]
    one = stretch(history, target, direction)
    other = stretch(there, scale * target + shift, direction)
    if one[0] is None:
        assert other == one
    else:
        assert math.isclose(one[0], other[0], abs_tol=2e-6)


@given(HISTORY, st.integers(0, 1000), st.sampled_from(["up", "down"]))
def test_mirrored_world_has_the_same_ratio(history, target, direction):
    mirrored = "down" if direction == "up" else "up"
    assert stretch(history, target, direction) == stretch(
        [-one for one in history], -target, mirrored
    )


@given(HISTORY, st.sampled_from(["up", "down"]))
def test_best_is_never_worse_than_base_and_reaches_one(history, direction):
    reading = stretch_reading(history, 0, direction)
    assert reading.best >= reading.base if direction == "up" else reading.best <= reading.base
    assume(reading.ratio is not None)
    assert stretch(history, reading.best, direction) == (1.0, "peach")
