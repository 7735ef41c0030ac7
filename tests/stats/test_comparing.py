"""Tests of differences against SciPy and statsmodels, and by hand."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportions_ztest

from cstrain.stats.attributable_fraction import attributable_fraction
from cstrain.stats.comparing import fisher_exact_test, two_proportion_test, welch_test
from cstrain.stats.difference_in_differences import difference_in_differences
from cstrain.stats.errors import StatsError
from cstrain.stats.quantiles import median, quantile

GROUPS = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
SMALL = st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
VALUES = st.lists(st.integers(-50, 50), min_size=2, max_size=30)


@given(GROUPS, GROUPS)
def test_two_proportions_are_statsmodels(first, second):
    found = two_proportion_test(first, second)
    if first[0] + second[0] in {0, first[1] + second[1]}:
        assert (found.z, found.p_value) == (None, None)
        return
    z, p = proportions_ztest([first[0], second[0]], [first[1], second[1]])
    assert found.z == pytest.approx(z, rel=1e-9, abs=1e-12)
    assert found.p_value == pytest.approx(p, rel=1e-9)
    assert two_proportion_test(second, first).z == -found.z


def test_z_squared_is_chi_square():
    found = two_proportion_test((56, 70), (48, 80))
    chi = stats.chi2_contingency([[56, 14], [48, 32]], correction=False)
    assert found.z**2 == pytest.approx(chi.statistic)
    assert found.p_value == pytest.approx(chi.pvalue)


@given(SMALL, SMALL)
def test_fisher_is_scipys(first, second):
    table = [[first[0], first[1] - first[0]], [second[0], second[1] - second[0]]]
    expected = stats.fisher_exact(table).pvalue
    assert fisher_exact_test(first, second) == pytest.approx(expected, rel=1e-6)
    assert fisher_exact_test(second, first) == pytest.approx(expected, rel=1e-6)


# Fisher's lady tasting tea: 3 of 4 cups right, (16 + 1 + 16 + 1) / 70 = .4857.
@pytest.mark.parametrize(
    ("first", "second", "p"),
    [((3, 4), (1, 4), 34 / 70), ((4, 4), (0, 4), 2 / 70), ((2, 4), (2, 4), 1.0)],
)
def test_fisher_by_hand(first, second, p):
    assert fisher_exact_test(first, second) == pytest.approx(p)


def test_fisher_of_large_and_of_empty_groups():
    large = fisher_exact_test((52_000, 1_000_000), (50_000, 1_000_000))
    assert large == pytest.approx(
        two_proportion_test((52_000, 1_000_000), (50_000, 1_000_000)).p_value, rel=0.05
    )
    assert fisher_exact_test((900_000, 1_000_000), (0, 1_000_000)) == 0.0
    assert fisher_exact_test((0, 0), (1, 2)) is None


@given(VALUES, VALUES)
def test_welch_is_scipys(first, second):
    found = welch_test(first, second)
    if len(set(first)) == 1 or len(set(second)) == 1:  # SciPy warns when one does not vary
        assert (found.t is None) == (len(set(first)) == len(set(second)) == 1)
        return
    expected = stats.ttest_ind(first, second, equal_var=False)
    around = expected.confidence_interval(0.95)
    assert found.t == pytest.approx(expected.statistic, rel=1e-9, abs=1e-12)
    assert found.df == pytest.approx(expected.df, rel=1e-9)
    assert found.p_value == pytest.approx(expected.pvalue, rel=1e-8)
    assert (found.difference.low, found.difference.high) == pytest.approx(
        (around.low, around.high), rel=1e-8, abs=1e-9
    )


def test_welch_of_little():
    assert welch_test([], [1, 2]).difference.estimate is None
    assert welch_test([3], [1, 2]).difference.estimate == 1.5
    assert welch_test([3], [1, 2]).p_value is None
    assert welch_test([3, None, 5], [math.nan, 1, 2]).difference.estimate == 2.5


# Curriculum N13: T1 82.0 -> 87.0, T2 82.5 -> 85.5; 5 - 3 = 2.
def test_difference_in_differences_of_the_lesson():
    found = difference_in_differences(
        treated_before=[81, 82, 83],
        treated_after=[86, 87, 88],
        control_before=[82, 82.5, 83],
        control_after=[85, 85.5, 86],
    )
    assert (found.treated_change, found.control_change, found.difference.estimate) == (5, 3, 2)
    # s^2 = 1, 1, .25, .25, each over 3: se = sqrt(2.5 / 3) = .91287
    # df = (2.5/3)^2 / ((2/9 + 2/144) / 2) = .69444 / .118056 = 5.88235, t = 2.4586 by SciPy
    t = stats.t.ppf(0.975, 5.8823529411764)
    assert found.difference.low == pytest.approx(2 - t * math.sqrt(2.5 / 3))
    assert found.difference.high == pytest.approx(2 + t * math.sqrt(2.5 / 3))


@settings(max_examples=40)
@given(VALUES, VALUES, VALUES, VALUES, st.integers(-100, 100))
def test_difference_in_differences_forgets_a_common_shift(a, b, c, d, shift):
    plain = difference_in_differences(
        treated_before=a, treated_after=b, control_before=c, control_after=d
    )
    shifted = difference_in_differences(
        treated_before=a,
        treated_after=[one + shift for one in b],
        control_before=c,
        control_after=[one + shift for one in d],
    )
    assert shifted.difference.estimate == pytest.approx(plain.difference.estimate, abs=1e-9)
    turned = difference_in_differences(
        treated_before=c, treated_after=d, control_before=a, control_after=b
    )
    assert turned.difference.estimate == pytest.approx(-plain.difference.estimate, abs=1e-9)
    if plain.difference.low is not None:
        assert turned.difference.low == pytest.approx(-plain.difference.high, abs=1e-9)


def test_difference_in_differences_of_shares_and_of_nothing():
    found = difference_in_differences(
        treated_before=[True, False],
        treated_after=[True, True],
        control_before=[0, 1, None],
        control_after=[1, 0],
    )
    assert found.difference.estimate == 0.5
    empty = difference_in_differences(
        treated_before=[], treated_after=[1], control_before=[1], control_after=[2]
    )
    assert (empty.treated_change, empty.control_change) == (None, 1.0)
    assert empty.difference.estimate is None


# .7 of the cases are exposed, ratio 10: .7 * .9; ratio 1: nothing; ratio .5 protects.
@pytest.mark.parametrize(
    ("share", "ratio", "fraction"),
    [
        (0.7, 10, 0.63),
        (0.4, 1, 0.0),
        (0.4, 0.5, -0.4),
        (0, 3, 0),
        (0.5, 0, None),
        (0.5, None, None),
    ],
)
def test_attributable_fraction(share, ratio, fraction):
    found = attributable_fraction(share, ratio)
    assert found == (None if fraction is None else pytest.approx(fraction))


def test_attributable_fraction_of_per_cents_is_an_error():
    with pytest.raises(StatsError, match="exposed_share: found 70; allowed: a share, 0 to 1"):
        attributable_fraction(70, 3)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=50), st.floats(0, 1), st.floats(0, 1))
def test_quantile_rises_and_is_numpys(values, q, other):
    numpy = pytest.importorskip("numpy")
    expected = numpy.quantile(values, q)
    scale = max(abs(one) for one in values)
    assert quantile(values, q) == pytest.approx(expected, rel=1e-12, abs=1e-12 * scale + 1e-300)
    low, high = sorted((q, other))
    assert quantile(values, low) <= quantile(values, high)
    assert min(values) <= quantile(values, q) <= max(values)


def test_quantile_of_nothing_and_of_the_wrong_share():
    assert quantile([], 0.5) is None
    assert median([None, math.nan, 7]) == 7
    with pytest.raises(StatsError, match="q: found 90; allowed: a share, 0 to 1"):
        quantile([1], 90)
