"""SERVQUAL: the micro-table, the rule for missing items, the survey of Case B."""

import csv
import math
from pathlib import Path

import pytest

import cstrain
from cstrain.errors import CstrainError
from cstrain.stats.agreement import cronbach_alpha
from cstrain.stats.servqual import gap_of, servqual_gaps, weighted_gap

# Curriculum N07, micro-table SERVQUAL.
EXPECTED = {"TAN": 6.0, "EMP": 6.2, "RES": 6.5, "PRO": 6.3, "REL": 6.7}
PERCEIVED = {"TAN": 5.7, "EMP": 5.6, "RES": 5.1, "PRO": 5.9, "REL": 5.2}
SHARES = {"TAN": 0.10, "EMP": 0.18, "RES": 0.24, "PRO": 0.20, "REL": 0.28}


def test_micro_table():
    gaps = {name: PERCEIVED[name] - EXPECTED[name] for name in EXPECTED}
    assert weighted_gap(gaps, SHARES, total=1) == pytest.approx(-0.974)
    points = {name: 100 * one for name, one in SHARES.items()}
    assert weighted_gap(gaps, points) == pytest.approx(-0.974)


def test_gaps_by_hand():
    # E: (7 + 6 + 5) / 3 = 6 and (7 + 7) / 2 = 7; P: 5 and 4; gaps -1 and -3, mean -2
    found = gap_of([(7, 6, 5), (7, None, 7)], [(5, 5, 5), (4, 4, math.nan)])
    assert (found.expected, found.perceived, found.gap.estimate) == (6.5, 4.5, -2)
    assert (found.n, found.excluded) == (2, 0)
    # s = sqrt(2), t(1) = 12.7062: 12.7062 * sqrt(2) / sqrt(2)
    assert found.gap.high == pytest.approx(-2 + 12.7062, abs=1e-4)


def test_a_person_with_too_few_items_has_no_score():
    expected, perceived = [(7, 6, 5), (6, 6, 6)], [(5, None, None), (5, 5, 5)]
    strict = gap_of(expected, perceived)
    assert (strict.n, strict.excluded, strict.gap.estimate) == (1, 1, -1)
    assert (strict.expected, strict.perceived) == (6, 5)
    loose = gap_of(expected, perceived, least_items=1)
    assert (loose.n, loose.gap.estimate) == (2, -1)
    nobody = gap_of([(None, None)], [(1, 2)])
    assert (nobody.n, nobody.gap.estimate, nobody.perceived) == (0, None, 1.5)


def test_an_unknown_gap_is_not_made_up_for():
    assert weighted_gap({"A": -1, "B": None}, {"A": 60, "B": 40}) is None
    assert weighted_gap({"A": -1, "B": None}, {"A": 100, "B": 0}) == -1


# Curriculum N07, planted in the survey of Case B, within .12 after cleaning; n = 410.
PLANTED = {"TAN": -0.3, "EMP": -0.6, "RES": -1.1, "PRO": -0.5, "REL": -1.4}


def cleaned():
    path = Path(cstrain.__file__).parents[1] / "datasets" / "B" / "survey.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        first = {row["resp_id"]: row for row in reversed(list(csv.DictReader(lines)))}
    for row in first.values():
        items = {name: int(one) for name, one in row.items() if name[1:2] == "_" and one}
        if len(set(items.values())) > 1:
            for name in ("E_REL3", "P_REL3"):
                if name in items:
                    items[name] = 8 - items[name]
            yield items


def test_survey_of_case_b():
    people = list(cleaned())
    assert len(people) == 410
    sides = [
        {
            name: [[one.get(f"{side}_{name}{item}") for item in (1, 2, 3)] for one in people]
            for name in PLANTED
        }
        for side in "EP"
    ]
    gaps = servqual_gaps(*sides)
    for name, planted in PLANTED.items():
        assert gaps[name].gap.estimate == pytest.approx(planted, abs=0.12)
        assert gaps[name].gap.low < gaps[name].gap.estimate < gaps[name].gap.high
        assert 0.75 <= cronbach_alpha(sides[1][name]).alpha <= 0.90


WRONG = {
    "weights of shares": (
        lambda: weighted_gap({"A": 1}, {"A": 1}),
        "sum of importance: found 1; allowed: 100.",
    ),
    "a dimension too few": (
        lambda: weighted_gap({"TAN": 1}, {"TAN": 50, "REL": 50}),
        'no dimension "REL". Known: TAN.',
    ),
    "a dimension too many": (
        lambda: weighted_gap({"TAN": 1, "REL": 1}, {"TAN": 100}),
        'no dimension "REL". Known: TAN.',
    ),
    "negative weight": (
        lambda: weighted_gap({"A": 1, "B": 1}, {"A": 120, "B": -20}),
        "importance[B]: found -20; allowed: a number from 0.",
    ),
    "persons": (
        lambda: gap_of([(1, 2)], []),
        "perceived: found 0 persons; allowed: 1 as expected.",
    ),
    "items": (lambda: gap_of([(1,)], [(1,)]), "expected[0]: found 1 items; allowed: 2 or more."),
    "dimensions": (lambda: servqual_gaps({"TAN": []}, {}), 'no dimension "TAN". Known: .'),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_argument_is_one_sentence(case):
    ask, sentence = WRONG[case]
    with pytest.raises(CstrainError) as error:
        ask()
    assert str(error.value) == sentence
