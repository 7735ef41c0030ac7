"""Intervals against published tables, SciPy and statsmodels."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from cstrain.stats.distributions import normal_quantile, t_quantile, t_two_sided
from cstrain.stats.errors import StatsError
from cstrain.stats.intervals import mean_interval, net_promoter_score, newcombe, wilson

SIZES = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize("df", [0.5, 1, 2, 3.7, 10, 29, 58.2, 1000, 1e5, 1e7])
@pytest.mark.parametrize("p", [0.001, 0.025, 0.3, 0.5, 0.6, 0.9, 0.975, 0.9995])
def test_t_quantile_is_scipys(p, df):
    assert t_quantile(p, df) == pytest.approx(stats.t.ppf(p, df), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("df", [0.5, 1, 4, 33.3, 400, 1e6])
@pytest.mark.parametrize("t", [0, 1e-6, 0.1, 1, 2.5, 8, 40])
def test_t_tail_is_scipys(t, df):
    expected = 2 * stats.t.sf(t, df)
    assert t_two_sided(t, df) == pytest.approx(expected, rel=1e-8, abs=1e-300)
    assert t_two_sided(-t, df) == t_two_sided(t, df)


# The usual table of Student's t, two-sided 5 %: df and quantile.
@pytest.mark.parametrize(("df", "t"), [(1, 12.706), (4, 2.776), (9, 2.262), (30, 2.042)])
def test_t_table(df, t):
    assert round(t_quantile(0.975, df), 3) == t


def test_normal_quantile():
    assert round(normal_quantile(0.975), 6) == 1.959964
    assert round(normal_quantile(0.95), 6) == 1.644854


# Curriculum, micro-table 7.
@pytest.mark.parametrize(
    ("events", "n", "low", "high"), [(42, 60, 0.575, 0.801), (7, 10, 0.397, 0.892)]
)
def test_wilson_of_the_micro_table(events, n, low, high):
    found = wilson(events, n)
    assert (round(found.low, 3), round(found.high, 3)) == (low, high)


# Newcombe (1998a), table I, method 3: 81/263, 15/148, 0/20, 1/29.
WILSON_1998 = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("events", "n", "low", "high"), WILSON_1998)
def test_wilson_of_the_paper(events, n, low, high):
    found = wilson(events, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_wilson_at_the_ends():
    assert wilson(0, 0) == wilson(0, 0).__class__(None, None, None)
    assert wilson(0, 10).low == 0.0
    assert wilson(10, 10).high == 1.0


@given(SIZES, st.sampled_from([0.8, 0.95, 0.99]))
def test_wilson_is_statsmodels(size, confidence):
    found = wilson(*size, confidence=confidence)
    low, high = proportion_confint(*size, alpha=1 - confidence, method="wilson")
    assert found.low == pytest.approx(low, abs=1e-12)
    assert found.high == pytest.approx(high, abs=1e-12)
    assert 0 <= found.low <= found.estimate <= found.high <= 1


@given(SIZES)
def test_wilson_mirrors_and_narrows(size):
    events, n = size
    found, other = wilson(events, n), wilson(n - events, n)
    assert other.low == pytest.approx(1 - found.high, abs=1e-12)
    more = wilson(events * 4, n * 4)
    assert more.high - more.low < found.high - found.low


# Newcombe (1998b), table II, method 10.
NEWCOMBE_1998 = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0),
    ((10, 10), (0, 10), 0.6075, 1.0),
]


@pytest.mark.parametrize(("first", "second", "low", "high"), NEWCOMBE_1998)
def test_newcombe_of_the_paper(first, second, low, high):
    found = newcombe(first, second)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(SIZES, SIZES)
def test_newcombe_is_statsmodels_and_symmetric(first, second):
    found, turned = newcombe(first, second), newcombe(second, first)
    low, high = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff")
    assert found.low == pytest.approx(low, abs=1e-9)
    assert found.high == pytest.approx(high, abs=1e-9)
    assert (turned.estimate, turned.low, turned.high) == pytest.approx(
        (-found.estimate, -found.high, -found.low), abs=1e-15
    )
    assert -1 <= found.low <= found.estimate <= found.high <= 1


def test_newcombe_of_an_empty_group_is_unknown():
    assert newcombe((0, 0), (1, 2)).estimate is None


VALUES = st.lists(st.integers(-(10**6), 10**6).map(lambda one: one / 7), min_size=2, max_size=40)


@given(VALUES)
def test_mean_interval_is_scipys(values):
    found = mean_interval(values)
    spread = stats.sem(values)
    if spread > 1e-9 * max(abs(one) for one in values):  # below, floats decide the spread
        low, high = stats.t.interval(0.95, len(values) - 1, stats.tmean(values), spread)
        assert (found.low, found.high) == pytest.approx((low, high), rel=1e-9, abs=1e-9)
    if len(set(values)) > 1:
        assert found.low <= found.estimate <= found.high
    else:
        assert (found.estimate, found.low) == (values[0], None)


@given(VALUES, st.randoms())
def test_mean_interval_knows_no_order(values, random):
    turned = values[:]
    random.shuffle(turned)
    assert mean_interval(turned) == mean_interval(values)


def test_mean_interval_of_few_or_missing_values():
    assert mean_interval([]).estimate is None
    assert mean_interval([None, math.nan]).estimate is None
    single = mean_interval([4, None])
    assert (single.estimate, single.low, single.high) == (4.0, None, None)


# Curriculum, micro-table 4: 6 promoters, 3 detractors of 12; variance .75 - .0625 = .6875,
# sqrt(.6875 / 12) = .23936, times 1.96 = .46913.
def test_net_promoter_score_of_the_micro_table():
    found = net_promoter_score([10, 9, 9, 8, 7, 6, 10, 3, 8, 9, 5, 10])
    assert (found.promoters, found.passives, found.detractors, found.excluded) == (6, 3, 3, 0)
    assert found.score.estimate == 25
    assert (round(found.score.low, 1), round(found.score.high, 1)) == (-21.9, 71.9)


def test_net_promoter_score_leaves_out_what_is_no_answer():
    found = net_promoter_score([10, 0, None, math.nan, 11, -1, 7.5, "9", True])
    assert (found.promoters, found.detractors, found.excluded) == (1, 1, 7)
    assert net_promoter_score([None]).score.estimate is None
    assert net_promoter_score([]).excluded == 0


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_net_promoter_score_is_the_mean_of_its_parts(scores):
    parts = [(one >= 9) - (one <= 6) for one in scores]
    found = net_promoter_score(scores)
    assert found.score.estimate == pytest.approx(100 * sum(parts) / len(parts))
    if len(set(parts)) == 1:
        assert (found.score.low, found.score.high) == (None, None)
        return
    error = 100 * math.sqrt(math.fsum((one - sum(parts) / len(parts)) ** 2 for one in parts))
    reach = 1.959963984540054 * error / len(parts)
    assert found.score.high == pytest.approx(min(100, found.score.estimate + reach), abs=1e-9)
    assert -100 <= found.score.low <= found.score.estimate <= found.score.high <= 100


WRONG = {
    "negative": (
        lambda: wilson(-1, 10),
        "proportion, events: found -1; allowed: a whole number from 0.",
    ),
    "more events than members": (
        lambda: wilson(11, 10),
        "proportion, events: found 11; allowed: at most n, 10.",
    ),
    "part of an event": (
        lambda: wilson(1.5, 10),
        "proportion, events: found 1.5; allowed: a whole number from 0.",
    ),
    "truth for one": (
        lambda: wilson(*(True, 10)),
        "proportion, events: found True; allowed: a whole number from 0.",
    ),
    "no number": (
        lambda: wilson(math.nan, 10),
        "proportion, events: found nan; allowed: a whole number from 0.",
    ),
    "endless": (
        lambda: wilson(1, math.inf),
        "proportion, n: found inf; allowed: a whole number from 0.",
    ),
    "certain": (
        lambda: wilson(1, 2, confidence=1),
        "confidence: found 1; allowed: a share, above 0 to below 1.",
    ),
    "per cent": (
        lambda: mean_interval([1, 2], confidence=95),
        "confidence: found 95; allowed: a share, above 0 to below 1.",
    ),
    "text": (lambda: mean_interval([1, "many"]), "values[1]: found 'many'; allowed: a number."),
    "endless value": (
        lambda: mean_interval([1, math.inf]),
        "values[1]: found inf; allowed: a number.",
    ),
    "no pair": (lambda: newcombe(3, (1, 2)), "first: found 3; allowed: a pair: events, n."),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_argument_is_one_sentence(case):
    ask, sentence = WRONG[case]
    with pytest.raises(StatsError) as error:
        ask()
    assert str(error.value) == sentence
