"""Orphans, late children and conflicts on small trees and on the shipped ones."""

from datetime import date

import pytest

from cstrain.datasets import load_dataset, rows
from cstrain.goals.goal_tree import conflicts, late_children, orphans
from cstrain.goals.metrics import relations

AIMS = [(("AHT", "down"), ("FCR", "up"))]


def goal(goal_id, parent_id="G1", **more):
    plain = {
        "level": "team",
        "metric": "CSAT",
        "direction": "up",
        "guard_metric": "",
        "deadline": "2026-06-30",
    }
    return {"goal_id": goal_id, "parent_id": parent_id, **plain, **more}


TOP = goal("G1", "", level="company")
ORPHANS = {
    "company_without_parent_is_fine": ([TOP], set()),
    "empty_parent": ([TOP, goal("G2", "")], {"G2"}),
    "none_and_nan_are_empty": ([TOP, goal("G2", None), goal("G3", float("nan"))], {"G2", "G3"}),
    "parent_not_in_tree": ([TOP, goal("G2", "G9")], {"G2"}),
    "company_with_missing_parent_is_fine": ([goal("G1", "G9", level="company")], set()),
    "blanks_around_ids": ([TOP, goal("G2", " G1 ")], set()),
    "empty_tree": ([], set()),
}


@pytest.mark.parametrize(("tree", "expected"), ORPHANS.values(), ids=ORPHANS)
def test_orphans(tree, expected):
    assert orphans(tree) == expected


def test_orphans_by_other_definitions():
    tree = [TOP, goal("G2", "", level="department"), goal("G3", "G9")]
    assert orphans(tree, parent="empty") == {"G2"}
    assert orphans(tree, levels="all") == {"G1", "G2", "G3"}
    assert orphans(tree, levels="team_person") == {"G3"}


LATE = {
    "one_day_later": ("2026-07-01", {"G2"}),
    "same_day_is_fine": ("2026-06-30", set()),
    "date_object": (date(2026, 7, 1), {"G2"}),
    "unreadable_is_not_judged": ("2026-02-30", set()),
    "empty_is_not_judged": ("", set()),
}


@pytest.mark.parametrize(("deadline", "expected"), LATE.values(), ids=LATE)
def test_late_children(deadline, expected):
    assert late_children([TOP, goal("G2", deadline=deadline)]) == expected


def test_same_day_counts_by_the_other_definition():
    assert late_children([TOP, goal("G2")], late="later_or_same") == {"G2"}


def fighting(**second):
    return [
        TOP,
        goal("A", metric="AHT", direction="down"),
        goal("B", **{"metric": "FCR", **second}),
    ]


CONFLICTS = {
    "pair": (fighting(), [["A", "B"]]),
    "other_direction": (fighting(direction="down"), []),
    "guard_excuses": (fighting(guard_metric="AHT"), []),
    "other_parent": (fighting(parent_id="G7"), []),
    "other_metric": (fighting(metric="SL"), []),
    "two_without_parent_are_no_siblings": (
        [goal("A", "", metric="AHT", direction="down"), goal("B", "", metric="FCR")],
        [],
    ),
}


@pytest.mark.parametrize(("tree", "expected"), CONFLICTS.values(), ids=CONFLICTS)
def test_conflicts(tree, expected):
    assert sorted(sorted(pair) for pair in conflicts(tree, AIMS)) == expected
    assert sorted(sorted(pair) for pair in conflicts(tree[::-1], AIMS)) == expected


def test_conflicts_by_other_definitions():
    guarded = fighting(guard_metric="CSAT")
    assert (
        conflicts(guarded, AIMS, guard="both")
        == conflicts(guarded, AIMS, guard="ignored")
        == {frozenset("AB")}
    )
    assert conflicts(fighting(parent_id="G7"), AIMS, under="any") == {frozenset("AB")}


SHIPPED = {
    "goal_tree": ({"G06", "G15"}, {"G09", "G18"}, [["G07", "G08"], ["G10", "G11"], ["G16", "G17"]]),
    "goal_tree_hidden": (
        {"H04", "H12", "H16"},
        {"H03", "H13", "H15"},
        [["H05", "H06"], ["H05", "H07"]],
    ),
}


@pytest.mark.parametrize("name", SHIPPED)
def test_planted_truth_is_found_by_a_reader_of_the_table(name):
    lonely, late, pairs = SHIPPED[name]
    for tree in (rows(name), load_dataset(name)):
        assert orphans(tree) == lonely
        assert late_children(tree) == late
        assert sorted(sorted(pair) for pair in conflicts(tree, relations().conflicts)) == pairs
