"""The rule for links that close a gap: right cards add, wrong ones take away."""

from __future__ import annotations

import itertools

import pytest

from cstrain.rules.base import Asked
from cstrain.rules.links import links_chosen

PARAMS = {"good": ["force", "vibration", "hook"], "each": 4.5, "most": 9, "minus": 3}
CARDS = [*PARAMS["good"], "careless", "old", "evening"]


def ruled(*chosen):
    return links_chosen(Asked({"links": list(chosen)}, ("links",), PARAMS, None, None, "en"))


@pytest.mark.parametrize(
    ("chosen", "points"),
    [
        (["force"], 4.5),
        (["force", "hook"], 9),
        (["force", "hook", "vibration"], 9),
        (["force", "hook", "vibration", "old"], 6),
        (["force", "old"], 1.5),
        (["force", "old", "evening"], 0),
        (["old"], 0),
        (CARDS, 0),
    ],
    ids=lambda one: "+".join(one) if isinstance(one, list) else None,
)
def test_points_are_those_of_the_task(chosen, points):
    assert ruled(*chosen).share * 9 == pytest.approx(points)


def test_no_choice_of_cards_leaves_the_points():
    for size in range(1, len(CARDS) + 1):
        for chosen in itertools.combinations(CARDS, size):
            assert 0 <= ruled(*chosen).share <= 1


def test_every_card_is_told_whether_it_joins():
    ruling = ruled("force", "careless")
    assert ruling.code == "wrong"
    assert ruling.facts == {"right": 1, "wrong": 1}
    assert {one.key: one.code for one in ruling.items} == {"force": "link", "careless": "no_link"}
    assert ruled("force").code == "more"
    assert ruled("force", "hook").code == "right"
