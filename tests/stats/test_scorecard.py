"""Scorecard, grades and 360-degree ratings: the micro-tables and what lies beside them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstrain.errors import CstrainError
from cstrain.stats.rating_360 import rating_360
from cstrain.stats.scorecard import Indicator, Scale, grade, indicator_score, scorecard

# Curriculum N12, micro-table: weight, actual, target, excellent, minimum -> points.
CARD = [
    (Indicator("CSM", 0.30, 4.42, 4.3, 4.6, 3.8), 108.00),
    (Indicator("FCR", 0.25, 0.76, 0.80, 0.88, 0.65), 89.33),
    (Indicator("QA", 0.20, 91, 90, 97, 80), 102.86),
    (Indicator("AHT", 0.15, 352, 330, 290, 420), 90.22),
    (Indicator("ATD", 0.10, 0.985, 0.97, 1.0, 0.90), 110.00),
]


def test_micro_table():
    found = scorecard(one for one, _ in CARD)
    for one, points in CARD:
        assert round(found.scores[one.code], 2) == points
    assert round(found.total, 2) == 99.84
    assert found.weight_present == pytest.approx(1)


# target 80, excellent 90, minimum 70: 100 + 20 (a - 80) / 10 above, 100 + 40 (a - 80) / 10 below.
LINES = {
    70: 60, 75: 80, 80: 100, 85: 110, 90: 120, 95: 120, 65: 40, 55: 0, 40: 0, 0: 0,
}  # fmt: skip


@pytest.mark.parametrize("actual", LINES)
def test_points_of_a_line(actual):
    assert indicator_score(Indicator("X", 1, actual, 80, 90, 70)) == pytest.approx(LINES[actual])
    # the mirror image: lower is better
    assert indicator_score(Indicator("X", 1, -actual, -80, -90, -70)) == pytest.approx(
        LINES[actual]
    )


def test_another_scale():
    scale = Scale(minimum=50, target=80, excellent=100, floor=10, cap=110)
    score = {
        one: indicator_score(Indicator("X", 1, one, 80, 90, 70), scale) for one in (90, 99, 70, 0)
    }
    assert score == {90: 100, 99: 110, 70: 50, 0: 10}


def test_a_missing_actual_hands_its_weight_on():
    lines = [Indicator("FCR", 0.6, 85, 80, 90, 70), Indicator("QA", 0.4, None, 80, 90, 70)]
    found = scorecard(lines)
    assert found.scores == {"FCR": 110, "QA": None}
    assert found.total == pytest.approx(110)
    assert found.weight_present == 0.6
    nothing = scorecard([Indicator("FCR", 1, math.nan, 80, 90, 70)])
    assert (nothing.total, nothing.weight_present) == (None, 0)


@given(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4))
def test_points_rise_with_the_value(one, other):
    low, high = sorted((one, other))
    up = [indicator_score(Indicator("X", 1, value, 80, 90, 70)) for value in (low, high)]
    assert 0 <= up[0] <= up[1] <= 120
    down = [indicator_score(Indicator("X", 1, value, 330, 290, 420)) for value in (low, high)]
    assert 120 >= down[0] >= down[1] >= 0


@given(st.permutations(range(5)))
def test_the_order_of_lines_changes_nothing(order):
    lines = [one for one, _ in CARD]
    assert scorecard(lines[place] for place in order).total == scorecard(lines).total


CSAT = {"A": 0.90, "B": 0.85, "C": 0.75}
COMPLAINTS = {"A": 2, "B": 4, "C": 8}
# Curriculum N10: bounds belong to the better grade, nothing is rounded.
GRADES = [
    (0.90, CSAT, "up", "A"),
    (0.8999, CSAT, "up", "B"),
    (0.85, CSAT, "up", "B"),
    (0.75, CSAT, "up", "C"),
    (0.7499, CSAT, "up", "D"),
    (2.0, COMPLAINTS, "down", "A"),
    (2.0001, COMPLAINTS, "down", "B"),
    (4.01, COMPLAINTS, "down", "C"),
    (8.5, COMPLAINTS, "down", "D"),
    (89.999, {"A": 90, "B": 80}, "up", "B"),
    (None, CSAT, "up", None),
    (math.nan, CSAT, "up", None),
]


@pytest.mark.parametrize(("value", "bounds", "good", "letter"), GRADES)
def test_grades(value, bounds, good, letter):
    assert grade(value, bounds, good=good) == letter


# Curriculum N12, micro-table 360.
RATINGS = {
    "supervisor": [4.2],
    "peers": [4, 5, 4, 3],
    "subordinates": [3, 3, 4],
    "self": [5.0],
    "customers": [4, 4, 5, 3, 4, 4, 5, 3],
    "external": [3.5],
}
SHARES = {
    "supervisor": 0.35, "peers": 0.20, "subordinates": 0.15, "self": 0.05, "customers": 0.20, "external": 0.05,
}  # fmt: skip


def test_rating_of_the_micro_table():
    with_self = rating_360(RATINGS, SHARES, self_counts=True)
    assert round(with_self.score, 3) == 3.995
    assert round(with_self.means["subordinates"], 3) == 3.333
    apart = rating_360(RATINGS, SHARES)
    assert round(apart.score, 3) == 3.942
    assert (apart.self_score, round(apart.weight_present, 2)) == (5.0, 0.95)
    assert (apart.suppressed, apart.absent) == ((), ())


def test_small_groups_stay_hidden():
    few = {**RATINGS, "subordinates": [1, 1], "customers": [5, 5]}
    found = rating_360(few, SHARES)
    assert found.suppressed == ("subordinates", "customers")
    assert found.means.keys() == {"supervisor", "peers", "self", "external"}
    # (.35 * 4.2 + .2 * 4 + .05 * 3.5) / .6 = 2.445 / .6
    assert found.score == pytest.approx(2.445 / 0.6)
    assert found.weight_present == pytest.approx(0.6)
    assert rating_360(few, SHARES, smallest_group=2).suppressed == ()
    assert rating_360(few, SHARES, renormalise=False).score is None


def test_missing_ratings():
    found = rating_360(
        {"supervisor": [4, None], "peers": [math.nan]}, {"supervisor": 0.5, "peers": 0.5}
    )
    assert (found.score, found.absent, found.weight_present) == (4, ("peers",), 0.5)
    nobody = rating_360({}, {"supervisor": 1})
    assert (nobody.score, nobody.absent) == (None, ("supervisor",))
    strict = rating_360(RATINGS, SHARES, renormalise=False)
    assert round(strict.score, 3) == 3.942  # one's own rating set apart is not missing


def test_pooled_ratings():
    # 4.2 + 16 + 10 + 32 + 3.5 = 65.7 of 17 ratings
    assert rating_360(RATINGS, SHARES, pooled=True).score == pytest.approx(65.7 / 17)
    assert rating_360(RATINGS, SHARES, pooled=True, self_counts=True).score == pytest.approx(
        70.7 / 18
    )


def test_a_hidden_group_cannot_be_worked_out_from_the_pooled_score():
    few = {**RATINGS, "subordinates": [1, 1]}
    assert rating_360(few, SHARES, pooled=True).score == pytest.approx(55.7 / 14)


WRONG = {
    "weights of the card": (
        lambda: scorecard([Indicator("FCR", 0.9, 1, 2, 3, 1)]),
        "sum of weights: found 0.9; allowed: 1.",
    ),
    "negative weight": (
        lambda: scorecard([Indicator("FCR", -1, 1, 2, 3, 1), Indicator("QA", 2, 1, 2, 3, 1)]),
        "weights[FCR]: found -1; allowed: a number from 0.",
    ),
    "twice": (
        lambda: scorecard([Indicator("FCR", 0.5, 1, 2, 3, 1)] * 2),
        "indicators: found FCR twice; allowed: each once.",
    ),
    "anchors": (
        lambda: indicator_score(Indicator("FCR", 1, 1, target=80, excellent=90, minimum=85)),
        "FCR, minimum, target, excellent: found 85, 80, 90; allowed: three in order.",
    ),
    "target": (
        lambda: indicator_score(Indicator("FCR", 1, 1, math.nan, 90, 85)),
        "FCR, target: found nan; allowed: a number.",
    ),
    "actual": (
        lambda: indicator_score(Indicator("FCR", 1, math.inf, 80, 90, 70)),
        "FCR, actual: found inf; allowed: a number.",
    ),
    "bounds": (
        lambda: grade(1, {"A": 80, "B": 90}),
        "bounds: found [('A', 80), ('B', 90)]; allowed: grades from the best down.",
    ),
    "bounds of complaints": (
        lambda: grade(1, COMPLAINTS),
        "bounds: found [('A', 2), ('B', 4), ('C', 8)]; allowed: grades from the best down.",
    ),
    "direction": (lambda: grade(1, CSAT, good="more"), 'no direction "more". Known: down, up.'),
    "weights of raters": (
        lambda: rating_360(RATINGS, {**SHARES, "external": 0.5}),
        "sum of weights: found 1.45; allowed: 1.",
    ),
    "type of rater": (
        lambda: rating_360({"peer": [1]}, {"peers": 1}),
        'no type of rater "peer". Did you mean "peers"?',
    ),
    "rating": (
        lambda: rating_360({"peers": [1, "good"]}, {"peers": 1}),
        "ratings[peers][1]: found 'good'; allowed: a number.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_argument_is_one_sentence(case):
    ask, sentence = WRONG[case]
    with pytest.raises(CstrainError) as error:
        ask()
    assert str(error.value) == sentence
