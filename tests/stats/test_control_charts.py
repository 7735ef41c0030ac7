"""Control charts: the examples of NIST/SEMATECH, run rules by hand, missing points."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstrain.errors import CstrainError
from cstrain.stats.control_charts import Limits, c_chart, ewma_chart, p_chart, u_chart, xmr_chart
from cstrain.stats.run_rules import LIMITS_ONLY, NELSON, WESTERN_ELECTRIC, broken_rules

# NIST/SEMATECH e-Handbook 6.3.3.2: defective chips of 50 on 30 wafers; p = .2313, limits .0524, .4102.
NIST_P = [
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
    *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
]
# 6.3.3.1: defects on 25 wafers; c = 400 / 25 = 16, limits 4 and 28.
NIST_C = [
    16,
    14,
    28,
    16,
    12,
    20,
    10,
    12,
    10,
    17,
    19,
    17,
    14,
    16,
    15,
    13,
    14,
    16,
    11,
    20,
    11,
    19,
    16,
    31,
    13,
]
# 6.3.2.2: ten flow rates; mean 50.81, mean range 1.8778, limits 45.8159 and 55.8041.
NIST_X = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
# 6.3.2.4: lambda .3, centre 50, sigma 2.0539; limits 47.4115 and 52.5884, and the averages.
NIST_EWMA = [52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5]
NIST_EWMA += [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
AVERAGES = [50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33]
AVERAGES += [50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99]


def test_p_chart_of_the_handbook():
    chart = p_chart(NIST_P, 50)
    assert sum(NIST_P) == 347
    assert round(chart.centre, 4) == 0.2313
    assert (round(chart.points[0].lower, 4), round(chart.points[0].upper, 4)) == (0.0524, 0.4102)
    assert p_chart(NIST_P, 50, Limits(rules=LIMITS_ONLY)).signals == ((14, "WE1"), (22, "WE1"))


def test_c_chart_of_the_handbook():
    chart = c_chart(NIST_C, Limits(rules=LIMITS_ONLY))
    assert chart.centre == 16
    assert (chart.points[0].lower, chart.points[0].upper) == (4, 28)
    assert chart.signals == ((23, "WE1"),)  # 31; the 28 lies on the limit, not beyond


def test_xmr_chart_of_the_handbook():
    x, ranges = xmr_chart(NIST_X).individuals, xmr_chart(NIST_X).moving_ranges
    assert round(x.centre, 2) == 50.81
    assert (round(x.points[0].lower, 4), round(x.points[0].upper, 4)) == (45.8159, 55.8041)
    assert round(ranges.centre, 4) == 1.8778
    assert ranges.points[1].lower == 0
    assert ranges.points[1].upper == pytest.approx(3.267 * 1.8778, abs=1e-3)
    assert ranges.points[0].value is None
    assert x.signals == ()


def test_ewma_chart_of_the_handbook():
    chart = ewma_chart(NIST_EWMA, weight=0.3, centre=50, sigma=2.0539, exact=False)
    assert [round(one.value, 2) for one in chart.points] == AVERAGES
    assert chart.points[0].upper == pytest.approx(52.5884, abs=1e-3)
    assert chart.points[-1].lower == pytest.approx(47.4115, abs=1e-3)
    assert chart.signals == ()


def test_ewma_limits_open_out_to_the_settled_ones():
    exact = ewma_chart(NIST_EWMA, weight=0.3, centre=50, sigma=2.0539)
    # the first: 3 * 2.0539 * .3 = 1.84851
    assert exact.points[0].upper == pytest.approx(51.84851)
    # the second: times sqrt(1 + .7^2)
    assert exact.points[1].upper == pytest.approx(50 + 1.84851 * math.sqrt(1.49))
    uppers = [one.upper for one in exact.points]
    assert uppers == sorted(uppers)
    assert uppers[-1] < 50 + 3 * 2.0539 * math.sqrt(0.3 / 1.7)


def test_ewma_estimates_what_is_not_given():
    chart = ewma_chart(NIST_X, weight=1)
    assert [one.value for one in chart.points] == NIST_X
    x = xmr_chart(NIST_X).individuals
    assert chart.centre == x.centre
    assert chart.points[3].upper == pytest.approx(x.points[3].upper)


# Curriculum N10 Q7, on small numbers: centre all defects / all checked, strictly outside.
def test_p_chart_of_unequal_samples_by_hand():
    chart = p_chart([5, 10, 30], [50, 100, 100])
    assert chart.centre == pytest.approx(0.18)
    reach = 3 * math.sqrt(0.18 * 0.82 / 50)
    assert chart.points[0].lower == pytest.approx(0.18 - reach)
    assert chart.points[0].upper == pytest.approx(0.18 + reach)
    assert chart.points[1].upper == pytest.approx(0.18 + reach / math.sqrt(2))
    assert chart.signals == ((2, "WE1"),)


def test_limits_stay_where_values_can_be():
    chart = p_chart([1, 0, 1], 10)
    assert [one.lower for one in chart.points] == [0, 0, 0]
    assert p_chart([10, 9, 10], 10).points[0].upper == 1
    assert u_chart([1, 0], [2, 2]).points[0].lower == 0


def test_limits_from_the_time_before_a_change():
    values = [10, 12, 11, 9, 10, 30, 31]
    chart = xmr_chart(values, Limits(base=5)).individuals
    assert chart.centre == 10.4
    assert [place for place, code in chart.signals if code == "WE1"] == [5, 6]
    before = p_chart([5, 5, 20], 100, Limits(base=2))
    assert before.centre == 0.05
    assert before.signals == ((2, "WE1"),)


def test_missing_points():
    chart = p_chart([5, None, 3, 4], [50, 50, 0, math.nan])
    assert [one.value for one in chart.points] == [0.1, None, None, None]
    assert chart.centre == 0.1
    assert chart.points[1] == chart.points[2]
    moving = xmr_chart([1, None, 3, 4]).moving_ranges
    assert [one.value for one in moving.points] == [None, None, None, 1.0]
    averages = ewma_chart([1, None, 3], weight=0.5, centre=1, sigma=1)
    assert [one.value for one in averages.points] == [1, None, 2]


def test_charts_of_nothing():
    for chart in (
        p_chart([], 5),
        u_chart([], []),
        c_chart([]),
        ewma_chart([]),
        xmr_chart([]).individuals,
    ):
        assert (chart.centre, chart.points, chart.signals) == (None, (), ())
    single = xmr_chart([5]).individuals
    assert (single.centre, single.points[0].upper) == (5, None)
    assert p_chart([0, 0], 0).centre is None


WE = {
    "one beyond three": ([0, 3.1], [(1, "WE1")]),
    "on the limit": ([0, 3.0], []),
    "two of three": ([2.1, 0.2, 2.1], [(2, "WE2")]),
    "two of three, at once": ([2.1, 2.2], [(1, "WE2")]),
    "two on two sides": ([2.1, 0.2, -2.1], []),
    "two of four": ([2.1, 0.2, 0.2, 2.1], []),
    "the newest inside": ([2.1, 2.1, 0.1], [(1, "WE2")]),
    "four of five": ([1.1, 1.1, 0, 1.1, 1.1], [(4, "WE3")]),
    "eight on a side": ([0.1] * 8, [(7, "WE4")]),
    "nine on a side": ([-0.1] * 9, [(7, "WE4"), (8, "WE4")]),
    "seven on a side": ([0.1] * 7, []),
    "the centre is no side": ([0.1] * 4 + [0] + [0.1] * 4, []),
    "a gap ends a run": ([0.1] * 4 + [None] + [0.1] * 7, []),
}


@pytest.mark.parametrize("case", WE)
def test_western_electric(case):
    distances, signals = WE[case]
    found = broken_rules(distances, WESTERN_ELECTRIC)
    assert [(place, code) for place, codes in enumerate(found) for code in codes] == signals


UP_AND_DOWN = [0.5, -0.5] * 7
N = {
    "one beyond three": ([-3.2], [(0, "N1")]),
    "nine on a side": ([0.2, 0.3] * 4 + [0.2], [(8, "N2")]),
    "eight on a side": ([0.2, 0.3] * 4, []),
    "six rising": ([-0.5, -0.4, -0.3, 0, 0.1, 0.2], [(5, "N3")]),
    "six falling": ([0.5, 0.4, 0.3, 0, -0.1, -0.2], [(5, "N3")]),
    "five rising": ([-0.5, -0.4, -0.3, 0, 0.1], []),
    "a step that stays": ([-0.5, -0.4, -0.4, 0, 0.1, 0.2], []),
    "fourteen in turn": (UP_AND_DOWN, [(13, "N4")]),
    "thirteen in turn": (UP_AND_DOWN[:13], []),
}


@pytest.mark.parametrize("case", N)
def test_nelson(case):
    distances, signals = N[case]
    found = broken_rules(distances, NELSON)
    assert [(place, code) for place, codes in enumerate(found) for code in codes] == signals


def test_the_first_rule_follows_the_limits_of_the_chart():
    assert c_chart([16, 16, 25], Limits(sigmas=1)).signals[0] == (2, "WE1")
    assert broken_rules([2.5], LIMITS_ONLY, 2) == [("WE1",)]


@given(st.lists(st.integers(0, 40), min_size=2, max_size=40), st.integers(40, 200))
def test_a_p_chart_mirrors(events, n):
    chart, other = p_chart(events, n), p_chart([n - one for one in events], n)
    assert other.centre == pytest.approx(1 - chart.centre)
    assert other.signals == chart.signals
    for one, turned in zip(chart.points, other.points, strict=True):
        assert 0 <= one.lower <= chart.centre <= one.upper <= 1
        assert turned.lower == pytest.approx(1 - one.upper, abs=1e-12)


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=40), st.integers(-500, 500))
def test_an_xmr_chart_moves_with_its_values(values, shift):
    chart = xmr_chart(values).individuals
    moved = xmr_chart([one + shift for one in values]).individuals
    assert moved.centre == pytest.approx(chart.centre + shift)
    for one in (chart, xmr_chart(values).moving_ranges, ewma_chart(values)):
        for point in one.points:
            numbers = [part for part in (point.value, point.lower, point.upper) if part is not None]
            assert not any(map(math.isnan, numbers))


WRONG = {
    "more than checked": (lambda: p_chart([5], 4), "events[0]: found 5; allowed: at most n, 4."),
    "half a defect": (
        lambda: p_chart([0.5], 4),
        "events[0]: found 0.5; allowed: a whole number from 0.",
    ),
    "lists that do not match": (
        lambda: p_chart([1, 2], [4]),
        "n: found 1 values; allowed: 1 or 2.",
    ),
    "negative size": (lambda: u_chart([1], -1), "n[0]: found -1; allowed: a number from 0."),
    "no sigmas": (
        lambda: c_chart([1], Limits(sigmas=0)),
        "sigmas: found 0; allowed: a number above 0.",
    ),
    "no base": (
        lambda: c_chart([1], Limits(base=0)),
        "base: found 0; allowed: a whole number from 1.",
    ),
    "weight": (
        lambda: ewma_chart([1], weight=0),
        "weight: found 0; allowed: a share, above 0 to 1.",
    ),
    "sigma": (
        lambda: ewma_chart([1], sigma=math.nan),
        "sigma: found nan; allowed: a number from 0.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_argument_is_one_sentence(case):
    ask, sentence = WRONG[case]
    with pytest.raises(CstrainError) as error:
        ask()
    assert str(error.value) == sentence
