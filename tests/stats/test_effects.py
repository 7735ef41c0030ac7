"""The effect test on counts: by hand, against statsmodels, and its rules of verdict."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import StratifiedTable, Table2x2

from cstrain.stats.effects import Effect, effect, verdict
from cstrain.stats.errors import StatsError
from cstrain.stats.intervals import Interval, newcombe


def group(most=200, least=0):
    return st.integers(least, most).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


STRATA = st.lists(st.tuples(group(), group()), min_size=1, max_size=5)


# One stratum: a 30 of 100, c 10 of 100. Ratio 3; variance of its logarithm by the course's formula
# ((40 * 10,000 - 300 * 200) / 40,000) / (15 * 5) = 8.5 / 75 = .11333, as 1/30 - 1/100 + 1/10 - 1/100.
def test_one_stratum_by_hand():
    found = effect([((30, 100), (10, 100))])
    error = math.sqrt(8.5 / 75)
    assert found.ratio.estimate == pytest.approx(3)
    assert found.ratio.low == pytest.approx(3 * math.exp(-1.96 * error))
    assert found.ratio.high == pytest.approx(3 * math.exp(1.96 * error))
    assert found.stratified_ratio == found.ratio
    assert found.difference == newcombe((30, 100), (10, 100))
    assert (found.exposed.risk, found.unexposed.risk) == (0.3, 0.1)
    assert (found.strata_used, found.strata_skipped, found.excluded) == (1, 0, 0)
    assert found.verdict == "supported"


# Two strata: 9 of 10 and 2 of 10 of the exposed, 27 of 30 and 10 of 50 of the unexposed.
# tops 9 * 30 / 40 = 6.75 and 2 * 50 / 60 = 1.6667, bottoms 27 * 10 / 40 = 6.75 and 10 * 10 / 60 =
# 1.6667: ratio exactly 1. Raw: 11 / 20 = .55 against 37 / 80 = .4625, ratio 1.189.
def test_strata_take_the_raw_ratio_away():
    found = effect([((9, 10), (27, 30)), ((2, 10), (10, 50))])
    assert found.stratified_ratio.estimate == pytest.approx(1)
    assert found.ratio.estimate == pytest.approx(0.55 / 0.4625)
    # spreads (36 * 300 - 243 * 40) / 1600 = .675 and (12 * 500 - 20 * 60) / 3600 = 1.33333
    error = math.sqrt((0.675 + 4 / 3) / (6.75 + 5 / 3) ** 2)
    assert found.stratified_ratio.high == pytest.approx(math.exp(1.96 * error))


# Curriculum, micro-table 8, failures: S2 is better in both channels and worse overall.
def test_simpson():
    found = effect([((20, 200), (120, 800)), ((280, 800), (80, 200))])
    assert found.exposed.risk == pytest.approx(0.30)
    assert found.unexposed.risk == pytest.approx(0.20)
    assert found.ratio.estimate == pytest.approx(1.5)
    assert found.stratified_ratio.estimate < 1
    assert found.verdict == "rejected"


NULL = {
    "no rows": ([], 0, 0),
    "no exposed": ([((0, 0), (5, 10))], 0, 1),
    "no unexposed": ([((5, 10), (0, 0))], 0, 1),
    "no event of the exposed": ([((0, 10), (5, 10))], 1, 0),
    "no event of the unexposed": ([((5, 10), (0, 10))], 1, 0),
    "never together": ([((5, 10), (0, 0)), ((0, 0), (5, 10))], 0, 2),
}


@pytest.mark.parametrize("case", NULL)
def test_null(case):
    strata, used, skipped = NULL[case]
    found = effect(strata)
    assert (found.strata_used, found.strata_skipped) == (used, skipped)
    assert found.stratified_ratio == Interval(None, None, None)
    assert found.verdict == "untested"


def test_an_outcome_that_everybody_has_tests_nothing():
    found = effect([((1, 1), (1, 1))])
    assert found.ratio == Interval(1.0, None, None)
    assert found.verdict == "untested"


def test_skipped_strata_stay_in_the_raw_figures():
    found = effect([((30, 100), (10, 100)), ((50, 50), (0, 0))], excluded=7)
    assert (found.exposed.events, found.exposed.n, found.excluded) == (80, 150, 7)
    assert found.stratified_ratio.estimate == pytest.approx(3)
    assert (found.strata_used, found.strata_skipped) == (1, 1)


# Curriculum, section C: supported from 1.3 with an interval above 1; rejected up to 1.25 with an
# upper limit below 1.6; everything else is untested.
VERDICTS = [
    (1.3, 1.01, 1.7, "supported"),
    (1.2999999999, 1.01, 1.7, "supported"),  # 1.3, but for floats
    (1.299, 1.01, 1.7, "untested"),
    (1.3, 1.0, 1.7, "untested"),
    (1.25, 1.01, 1.59, "rejected"),
    (1.25, 0.9, 1.6, "untested"),
    (1.26, 0.9, 1.4, "untested"),
    (1.8, 0.7, 4.6, "untested"),
    (0.5, 0.3, 0.8, "rejected"),
    (None, None, None, "untested"),
]


@pytest.mark.parametrize(("ratio", "low", "high", "said"), VERDICTS)
def test_verdicts(ratio, low, high, said):
    assert verdict(Interval(ratio, low, high)) == said


@given(STRATA)
def test_the_ratio_is_statsmodels(strata):
    usable = [one for one in strata if one[0][1] and one[1][1]]
    assume(usable)
    found = effect(strata)
    tables = [
        [[exposed[0], exposed[1] - exposed[0]], [plain[0], plain[1] - plain[0]]]
        for exposed, plain in usable
    ]
    if found.stratified_ratio.estimate is None:
        assert not sum(one[0][0] for one in usable) or not sum(one[1][0] for one in usable)
        return
    expected = StratifiedTable(tables).riskratio_pooled
    assert found.stratified_ratio.estimate == pytest.approx(expected, rel=1e-9)


@given(group(least=1), group(least=1))
def test_the_error_of_one_stratum_is_statsmodels(exposed, unexposed):
    # statsmodels adds a half to every cell when one is empty
    assume(0 < exposed[0] < exposed[1])
    assume(0 < unexposed[0] < unexposed[1])
    found = effect([(exposed, unexposed)]).ratio
    table = Table2x2(
        [[exposed[0], exposed[1] - exposed[0]], [unexposed[0], unexposed[1] - unexposed[0]]]
    )
    error = math.log(found.high / found.low) / 2 / 1.96
    assert error == pytest.approx(table.log_riskratio_se, rel=1e-9)


@given(STRATA, st.randoms())
def test_order_changes_nothing_and_sides_turn_around(strata, random):
    shuffled = strata[:]
    random.shuffle(shuffled)
    found = effect(strata)
    assert effect(shuffled) == found
    turned = effect([(plain, exposed) for exposed, plain in strata])
    if found.stratified_ratio.estimate is not None:
        estimate = turned.stratified_ratio.estimate
        assert estimate == pytest.approx(1 / found.stratified_ratio.estimate)
    if found.stratified_ratio.low is not None:
        assert turned.stratified_ratio.low == pytest.approx(1 / found.stratified_ratio.high)
    for part in (found.ratio, found.stratified_ratio, found.difference):
        assert not any(math.isnan(one) for one in vars(part).values() if one is not None)


@given(group(100, 1), group(100, 1), st.integers(2, 6))
def test_equal_strata_are_one_large_one(exposed, unexposed, times):
    found = effect([(exposed, unexposed)] * times)
    if found.ratio.low is not None:
        assert found.stratified_ratio.low == pytest.approx(found.ratio.low)
        assert found.stratified_ratio.estimate == pytest.approx(found.ratio.estimate)


@pytest.mark.parametrize(
    ("strata", "sentence"),
    [
        ([((3, 2), (1, 2))], "strata[0], exposed, events: found 3; allowed: at most n, 2."),
        ([((1, 2), (1, -2))], "strata[0], unexposed, n: found -2; allowed: a whole number from 0."),
        ([((1, 2),)], "strata[0]: found ((1, 2),); allowed: a pair: exposed, unexposed."),
    ],
)
def test_wrong_counts(strata, sentence):
    with pytest.raises(StatsError) as error:
        effect(strata)
    assert str(error.value) == sentence


def test_the_record_cannot_be_changed():
    with pytest.raises(AttributeError):
        effect([]).verdict = "supported"
    assert Effect.__dataclass_params__.frozen
