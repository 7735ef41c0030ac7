"""Agreement of the judge of five whys with labelled chains: floors, so that nothing is lost unseen.

The floors lie a little below what was measured; bench/README.md has the figures themselves.
"""

from __future__ import annotations

import json
from functools import cache

import pytest
from judge import kappa
from labelled import CORPUS

from cstrain.causes.whys import LABELS, judge_whys

LEARNT = ("learnt/first.jsonl", "learnt/learnt_1.jsonl", "learnt/learnt_2.jsonl")
MARKED = (
    *LEARNT,
    *(f"learnt/{name}.jsonl" for name in ("learnt_3", "learnt_4", "learnt_5")),
    *(f"learnt/held_out_{number}.jsonl" for number in (1, 2)),
)
FLOORS = [
    ("held_out_3.jsonl", "depth_ok", 0.60),
    ("held_out_3.jsonl", "blame", 0.95),
    ("held_out_3.jsonl", "circular", 0.33),
    ("held_out_3.jsonl", "root_actionable", 0.92),
]
LINKS = [("held_out_3.jsonl", 0.58)]
# What a mark of the learnt files makes of the labels.
ADDING = "cbsjo"


def chains(*names):
    paths = (CORPUS / "five_whys" / name for name in names)
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


@cache
def judged(*names):
    return [
        (one["labels"], judge_whys(one["problem"], one["whys"]).labels()) for one in chains(*names)
    ]


@pytest.mark.parametrize(("name", "label", "least"), FLOORS)
def test_agreement_on_chains_never_tuned_on(name, label, least):
    pairs = [(gold[label], given[label]) for gold, given in judged(name)]
    assert kappa(pairs) >= least


@pytest.mark.parametrize(("name", "least"), LINKS)
def test_links_of_chains_never_tuned_on(name, least):
    pairs = [
        pair
        for gold, given in judged(name)
        for pair in zip(gold["links"], given["links"], strict=True)
    ]
    assert kappa(pairs) >= least


def test_the_learnt_chains_stay_right():
    done = judged(*LEARNT)
    right = sum(all(gold[one] == given[one] for one in LABELS) for gold, given in done)
    assert right / len(done) >= 0.93


def test_marks_agree_with_the_labels():
    for one in chains(*MARKED):
        marks, labels = one["marks"], one["labels"]
        assert len(marks) == len(one["whys"]) == len(labels["links"])
        assert (sum(mark in ADDING for mark in marks) >= 5) == labels["depth_ok"]
        assert ("b" in marks) == labels["blame"]
        assert ("r" in marks) == labels["circular"]
