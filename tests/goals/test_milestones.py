"""Milestones on the way from a baseline to a target."""

from datetime import date

import pytest

from cstrain.goals.milestones import Plan, beyond, gaps, inside, is_steady, steps_back


def on(month, day=1):
    return date(2026, month, day)


def plan(*marks, baseline=85.3, target=86.2):
    return Plan(on(1, 5), on(6, 30), baseline, target, marks)


GOOD = ((on(2), 85.5), (on(3), 85.8), (on(4), 86.2))
PLANS = {
    "steady": (GOOD, True),
    "in_any_order": (GOOD[::-1], True),
    "two_are_too_few": (GOOD[:2], False),
    "one_stands_still": (((on(2), 85.5), (on(3), 85.5), (on(4), 86.0)), False),
    "one_goes_back": (((on(2), 85.9), (on(3), 85.8), (on(4), 86.0)), False),
    "first_not_above_the_baseline": (((on(2), 85.3), (on(3), 85.8), (on(4), 86.0)), False),
    "beyond_the_target": (((on(2), 85.5), (on(3), 85.8), (on(4), 86.3)), False),
    "on_the_start_day": (((on(1, 5), 85.5), (on(3), 85.8), (on(4), 86.0)), False),
    "on_the_deadline": (((on(2), 85.5), (on(3), 85.8), (on(6, 30), 86.0)), False),
    "two_on_one_day": (((on(2), 85.5), (on(2), 85.8), (on(4), 86.0)), False),
}


@pytest.mark.parametrize(("marks", "good"), PLANS.values(), ids=PLANS)
def test_steady(marks, good):
    assert is_steady(plan(*marks)) is good


def test_downward_plan_is_mirrored():
    down = plan((on(2), 45), (on(3), 42), (on(4), 40), baseline=48, target=40)
    assert is_steady(down)
    assert beyond(plan((on(2), 39), baseline=48, target=40)) == ((on(2), 39),)
    assert steps_back(plan((on(2), 45), (on(3), 46), baseline=48, target=40)) == ((on(3), 46),)


def test_the_faulty_marks_are_named():
    faulty = plan((on(7), 85.4), (on(2), 85.9), (on(3), 85.6))
    assert inside(faulty) == ((on(2), 85.9), (on(3), 85.6))
    assert steps_back(faulty) == ((on(3), 85.6), (on(7), 85.4))


def test_gaps_are_of_the_sorted_reviews():
    assert gaps(on(1, 1), [on(3, 1), on(2, 1)], on(3, 31)) == (31, 28, 30)
    assert gaps(on(1, 1), [], on(1, 31)) == (30,)
