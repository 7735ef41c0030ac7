"""RFM scores: ties, edges, the reference day, segments; the customers of Case A."""

import math
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cstrain
from cstrain.errors import CstrainError
from cstrain.stats.rfm import Customer, Rfm, band_scores, rank_scores, rfm

DAY = date(2026, 1, 1)

RANKED = {
    # ranks 1 to 10 of 10: 1 + floor(5 (rank - 1) / 10)
    "ten values": (range(10), [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
    # ranks 1, 1, 3, 4, 5 of 5
    "a tie shares": ([7, 7, 8, 9, 10], [1, 1, 3, 4, 5]),
    "all equal": ([4, 4, 4], [1, 1, 1]),
    "one": ([4], [1]),
    "none": ([], []),
    "missing": ([None, 3, math.nan, 9], [None, 1, None, 3]),
    # nine of ten bought once: quantile edges of 1, 1, 1, 1 would fall together
    "duplicate edges": ([1] * 9 + [2], [1] * 9 + [5]),
}


@pytest.mark.parametrize("case", RANKED)
def test_ranks_by_hand(case):
    values, scores = RANKED[case]
    assert rank_scores(values) == scores


def test_other_ways_to_rank():
    assert rank_scores([10, 20, 30, 40, 50], high_is_good=False) == [5, 4, 3, 2, 1]
    assert rank_scores([1, 1, 1, 1, 1], share_ties=False) == [1, 2, 3, 4, 5]
    assert rank_scores([1, 2, 3, 4], highest=4) == [1, 2, 3, 4]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), st.booleans())
def test_scores_are_in_bounds_and_in_order(values, high_is_good):
    scores = rank_scores(values, high_is_good=high_is_good)
    assert set(scores) <= {1, 2, 3, 4, 5}
    for a, score in zip(values, scores, strict=True):
        for b, other in zip(values, scores, strict=True):
            if a == b:
                assert score == other
            elif (a > b) == high_is_good:
                assert score >= other


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60))
def test_ranks_are_those_of_pandas(values):
    ranks = pd.Series(values).rank(method="min")
    expected = [1 + int(5 * (rank - 1) // len(values)) for rank in ranks]
    assert rank_scores(values) == expected
    in_order = pd.Series(values).rank(method="first")
    expected = [1 + int(5 * (rank - 1) // len(values)) for rank in in_order]
    assert rank_scores(values, share_ties=False) == expected


@given(st.permutations([5, 5, 8, 13, 21, 34, None]))
def test_a_score_goes_with_its_value(values):
    scores = dict(zip(values, rank_scores(values), strict=True))
    assert scores == {5: 1, 8: 2, 13: 3, 21: 4, 34: 5, None: None}


def test_bands():
    assert band_scores([99, 100, 499, 500, 501, None], [100, 500]) == [1, 2, 2, 3, 3, None]


def customer(name, last, orders, spend):
    return Customer(name, None if last is None else date.fromisoformat(last), orders, spend)


SHOP = [
    customer("K1", "2025-12-31", 7, 900),
    customer("K2", "2025-12-31", 1, 100),
    customer("K3", "2025-06-01", 3, 400),
    customer("K4", "2025-01-01", 1, 100),
    customer("K5", "2025-11-11", 4, 400),
    customer("K6", None, 0, 0),
]


def test_a_shop_by_hand():
    # recency 1, 1, 214, 365, 51 days: ranks from the worst 4, 4, 2, 1, 3 of 5
    # spend 900, 100, 400, 100, 400: ranks 5, 1, 3, 1, 3
    assert rfm(SHOP, DAY) == [
        Rfm("K1", 1, 4, 5, 5),
        Rfm("K2", 1, 4, 1, 1),
        Rfm("K3", 214, 2, 3, 3),
        Rfm("K4", 365, 1, 1, 1),
        Rfm("K5", 51, 3, 4, 3),
        Rfm("K6", None, None, None, None),
    ]
    segments = [one.segment for one in rfm(SHOP, DAY)]
    assert segments == ["champion", "new", "at_risk", "lost", "loyal", None]
    assert [one.frequency for one in rfm(SHOP, DAY, frequency="rank")][:5] == [5, 1, 3, 1, 4]


def test_times_of_day_do_not_matter():
    one = Customer("K1", datetime(2025, 12, 31, 23, 59), 1, 5)  # noqa: DTZ001 - local time
    assert rfm([one], datetime(2026, 1, 1, 0, 1))[0].recency_days == 1  # noqa: DTZ001


# R >= 4 and F >= 4 champion; R <= 2 and F >= 3 at risk; F >= 4 loyal; R >= 4 and F <= 2 new;
# R <= 2 and F <= 2 lost; others.
SEGMENTS = [
    (5, 4, "champion"), (4, 5, "champion"), (2, 3, "at_risk"), (1, 5, "at_risk"), (3, 4, "loyal"),
    (4, 2, "new"), (5, 1, "new"), (2, 2, "lost"), (3, 3, "others"), (5, 3, "others"), (3, 1, "others"),
]  # fmt: skip


@pytest.mark.parametrize(("recency", "frequency", "name"), SEGMENTS)
def test_segments(recency, frequency, name):
    assert Rfm("K", 1, recency, frequency, 1).segment == name


def test_customers_of_case_a():
    path = Path(cstrain.__file__).parents[1] / "datasets" / "A" / "customers.csv"
    table = pd.read_csv(path, parse_dates=["last_order"])
    customers = [
        Customer(one.customer_id, one.last_order, one.orders_n, one.spend_cny)
        for one in table.itertuples()
    ]
    found = rfm(customers, DAY)
    n = len(table)
    assert n == 8000
    for name, column in (("recency", "last_order"), ("monetary", "spend_cny")):
        worse = table[column].rank(method="min") - 1
        assert [getattr(one, name) for one in found] == list((1 + 5 * worse // n).astype(int))
    assert [one.frequency for one in found] == list(table["orders_n"].clip(upper=5))
    sizes = Counter(one.segment for one in found)
    assert set(sizes) == {"champion", "at_risk", "loyal", "new", "lost", "others"}


WRONG = {
    "after the day": (
        lambda: rfm([customer("K1", "2026-01-02", 1, 5)], DAY),
        "K1, last_order: found 2026-01-02; allowed: up to 2026-01-01.",
    ),
    "no order": (
        lambda: rfm([customer("K1", "2025-01-02", 0, 5)], DAY),
        "K1, orders: found 0; allowed: a whole number from 1.",
    ),
    "spend": (
        lambda: rfm([customer("K1", "2025-01-02", 1, math.nan)], DAY),
        "K1, spend: found nan; allowed: a number.",
    ),
    "frequency": (
        lambda: rfm([], DAY, frequency="often"),
        'no frequency "often". Known: count, rank.',
    ),
    "bands": (
        lambda: band_scores([1], [5, 2]),
        "bounds: found [5.0, 2.0]; allowed: rising values.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_argument_is_one_sentence(case):
    ask, sentence = WRONG[case]
    with pytest.raises(CstrainError) as error:
        ask()
    assert str(error.value) == sentence


def test_segment_sizes_add_up():
    found = Counter(one.segment for one in rfm(SHOP, DAY))
    assert sum(found.values()) == len(SHOP)
