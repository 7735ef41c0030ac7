"""Kappa, alpha and correlations: the micro-tables, statsmodels and NumPy."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from cstrain.errors import CstrainError
from cstrain.stats.agreement import cohen_kappa, correlation, cronbach_alpha, kappa_of
from cstrain.stats.intervals import Interval

CODES = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("ABC")), min_size=1, max_size=60)


# Curriculum N10: agreement .85, pass rates .70 and .65. Of 20 pairs PP = (.85 + .70 + .65 - 1) / 2
# = 12, PF 2, FP 1, FF 5; chance .70 * .65 + .30 * .35 = .56; .29 / .44 = .659.
def test_kappa_of_the_micro_table():
    pairs = [("P", "P")] * 12 + [("P", "F")] * 2 + [("F", "P")] + [("F", "F")] * 5
    found = cohen_kappa(*zip(*pairs, strict=True))
    assert (found.agreement, round(found.chance, 9), found.n) == (0.85, 0.56, 20)
    assert round(found.kappa.estimate, 3) == 0.659
    assert round(kappa_of(0.85, 0.56), 3) == 0.659


@given(CODES)
def test_kappa_is_statsmodels(pairs):
    first, second = zip(*pairs, strict=True)
    found = cohen_kappa(first, second)
    if found.kappa.estimate is None:
        assert len(set(first) | set(second)) == 1
        return
    table = [[sum(pair == (a, b) for pair in pairs) for b in "ABC"] for a in "ABC"]
    with np.errstate(all="ignore"):
        expected = cohens_kappa(table)
    assert found.kappa.estimate == pytest.approx(expected.kappa, abs=1e-12)
    if found.kappa.low is None:
        assert expected.var_kappa == pytest.approx(0, abs=1e-12)
        return
    error = math.sqrt(expected.var_kappa)
    high = min(1.0, expected.kappa + 1.959963984540054 * error)
    assert found.kappa.high == pytest.approx(high, abs=1e-7)
    assert -1 <= found.kappa.low <= found.kappa.estimate <= found.kappa.high <= 1


@given(CODES, st.randoms())
def test_kappa_knows_neither_order_nor_names(pairs, random):
    first, second = zip(*pairs, strict=True)
    found = cohen_kappa(first, second)
    expected = pytest.approx(found.kappa.estimate), pytest.approx(found.kappa.high)
    turned = cohen_kappa(second, first).kappa
    assert (turned.estimate, turned.high) == expected
    random.shuffle(pairs)
    renamed = [("xyz"["ABC".index(a)], "xyz"["ABC".index(b)]) for a, b in pairs]
    other = cohen_kappa(*zip(*renamed, strict=True)).kappa
    assert (other.estimate, other.high) == expected


def test_kappa_without_chance_to_differ():
    found = cohen_kappa("PPP", "PPP")
    assert (found.agreement, found.chance) == (1.0, 1.0)
    assert found.kappa == Interval(None, None, None)
    assert kappa_of(1, 1) is None
    assert cohen_kappa([], []).agreement is None


def test_kappa_leaves_out_what_only_one_has_judged():
    found = cohen_kappa(["P", "F", None, "P"], ["P", "F", "P", math.nan])
    assert (found.n, found.excluded, found.kappa.estimate) == (2, 2, 1.0)


def test_kappa_of_lists_that_do_not_match():
    with pytest.raises(CstrainError, match="second: found 1 codes; allowed: 2"):
        cohen_kappa("PF", "P")


# Curriculum N07, micro-table alpha, 6 persons by 3 items.
ALPHA = [(5, 6, 5), (4, 4, 5), (6, 7, 6), (3, 3, 4), (5, 5, 6), (2, 3, 2)]


def test_alpha_of_the_micro_table():
    found = cronbach_alpha(ALPHA)
    assert round(found.alpha, 3) == 0.954
    assert (found.items, found.n, found.excluded) == (3, 6, 0)


def test_only_complete_answers_count():
    found = cronbach_alpha([*ALPHA, (7, None, 1), (math.nan, 1, 7)])
    assert round(found.alpha, 3) == 0.954
    assert (found.n, found.excluded) == (6, 2)


@given(st.lists(st.tuples(*[st.integers(1, 7)] * 4), min_size=2, max_size=30))
def test_alpha_and_item_total_by_numpy(rows):
    found, table = cronbach_alpha(rows), np.array(rows, dtype=float)
    sums = table.sum(axis=1)
    if sums.var() == 0:
        assert found.alpha is None
        return
    expected = 4 / 3 * (1 - table.var(axis=0, ddof=1).sum() / sums.var(ddof=1))
    assert found.alpha == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert found.alpha <= 1 + 1e-12
    for place, one in enumerate(found.item_total):
        rest = sums - table[:, place]
        if table[:, place].var() and rest.var():
            assert one == pytest.approx(np.corrcoef(table[:, place], rest)[0, 1], abs=1e-9)
        else:
            assert one is None


def test_alpha_of_little():
    assert cronbach_alpha([]).alpha is None
    assert cronbach_alpha([(1, 2)]).alpha is None
    for rows in ([(1,), (2,)], [(1, 2), (1, 2, 3)]):
        with pytest.raises(CstrainError, match="items; allowed: at least 2, in each row the same"):
            cronbach_alpha(rows)


def test_correlation():
    assert correlation([1, 2, 3], [3, 2, 1]) == -1
    assert correlation([1, 2, None, 3], [1, 2, 9, 3]) == 1
    assert correlation([1, 1], [1, 2]) is None
    assert correlation([], []) is None
