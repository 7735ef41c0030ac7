"""Lesson N06: the figures of its example agree with each other, in text and in pictures."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cstrain import compare
from cstrain.charts.picture import entry

LESSON = Path(__file__).resolve().parents[2] / "book" / "lessons" / "n06_fishbone.md"
PEOPLE, VOTES = 9, 6
CELLS = [
    ("over", True, 88, 160),
    ("over", False, 44, 80),
    ("in time", True, 10, 80),
    ("in time", False, 40, 320),
]


@pytest.fixture(scope="module")
def example():
    return entry("fishbone", "dental").raw


@pytest.fixture(scope="module")
def visits():
    rows = [
        (before, before == "over", new, number < waited)
        for before, new, waited, every in CELLS
        for number in range(every)
    ]
    return pd.DataFrame(rows, columns=["before", "over", "new", "waited"])


def said(*figures):
    text = LESSON.read_text(encoding="utf-8")
    for figure in figures:
        assert text.count(figure) >= 2, figure  # once in each language


def test_the_head_is_what_the_counts_say(example, visits):
    waits = sum(one["count"] for one in example["counts"])
    assert (len(visits), int(visits["waited"].sum())) == (640, waits) == (640, 182)
    assert example["head"]["value"] == f"{100 * waits / len(visits):.0f}%"
    said("640", "182", "28%")


def test_the_largest_counts_reach_80_percent(example):
    counts = [one["count"] for one in example["counts"]]
    assert counts[:-1] == sorted(counts[:-1], reverse=True)
    said(f"{100 * sum(counts[:3]) / sum(counts):.1f}%")


def test_everybody_spent_the_votes(example):
    votes = {one["id"]: one["votes"] for one in example["causes"]}
    assert sum(votes.values()) == PEOPLE * VOTES
    marked = {one["id"] for one in example["causes"] if one.get("top")}
    assert marked == set(sorted(votes, key=votes.get)[-3:])


def test_the_verdicts_are_those_of_the_data(example, visits):
    verdicts = {one["id"]: one["verdict"] for one in example["causes"] if "verdict" in one}
    new = compare(visits, "new", "waited", "before")
    over = compare(visits, "over", "waited", "new")
    assert (over.verdict, new.verdict) == (verdicts["c7"], verdicts["c2"])
    found = (new.ratio.estimate, new.stratified_ratio.low, new.stratified_ratio.high)
    said(*(f"{one:.2f}" for one in (*found, over.stratified_ratio.low)))
    said(f"{over.stratified_ratio.high:.2f}", "55%", "12.5%")


def test_late_comers_stay_untested(example):
    cells = [("over", 9, 13, 123, 227), ("in time", 3, 15, 47, 385)]
    rows = [
        (before, late, number < waited)
        for before, *sides in cells
        for late, (waited, every) in ((True, sides[:2]), (False, sides[2:]))
        for number in range(every)
    ]
    effect = compare(
        pd.DataFrame(rows, columns=["before", "late", "waited"]), "late", "waited", "before"
    )
    late = next(one for one in example["causes"] if one["id"] == "c8")
    assert effect.verdict == late["verdict"] == "untested"
    ratio = effect.stratified_ratio
    said(*(f"{one:.2f}" for one in (ratio.estimate, ratio.low, ratio.high)))


def test_the_chosen_measures_have_the_most_impact_for_their_effort(example):
    measures = example["measures"]
    assert len(measures) == len({one["text"]["zh"] for one in measures}) == 20
    causes = {one["id"] for one in example["causes"]}
    assert {one["cause"] for one in measures} <= causes
    best = sorted(measures, key=lambda one: one["impact"] / one["effort"])[-3:]
    assert {one["id"] for one in best} == {one["id"] for one in measures if one.get("chosen")}
