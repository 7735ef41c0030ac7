"""The labelled fishbones keep their shape; the judge stays right on those it learnt from.

How it does on families of problems left out, and on fishbones never seen: bench/README.md.
"""

from __future__ import annotations

import pytest
from judge_fishbone import Figures, judged, lines
from labelled import CORPUS

LEARNT = (
    "learnt/first",
    "learnt/learnt_1",
    "learnt/learnt_2",
    "learnt/learnt_3",
    "learnt/learnt_4",
)
FILES = (*LEARNT[1:], "held_out_1", "held_out_2")


@pytest.mark.parametrize("name", FILES)
def test_every_cause_has_its_labels(name):
    items = lines(CORPUS / "fishbone" / f"{name}.jsonl")
    assert len(items) >= 24
    for one in items:
        causes, labels = one["causes"], one["labels"]
        for key in ("category_fit", "symptom", "solution", "vague"):
            assert len(labels[key]) == len(causes), one["id"]
        odd = [a or b for a, b in zip(labels["symptom"], labels["solution"], strict=True)]
        judged = [fit is not None for fit in labels["category_fit"]]
        assert judged == [not one_odd for one_odd in odd], one["id"]
        assert all(0 <= i < len(causes) for group in labels["duplicate_groups"] for i in group)


def test_no_problem_is_on_both_sides():
    heads = [
        {one["family"] for one in lines(CORPUS / "fishbone" / f"{name}.jsonl")} for name in FILES
    ]
    learnt = set().union(*heads[:-1])
    assert not learnt & heads[-1]


@pytest.mark.parametrize(
    ("label", "least"),
    [("head_ok", 0.95), ("symptom", 0.88), ("solution", 0.92), ("vague", 0.92),
     ("duplicate_pair", 0.62)],
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_learnt_fishbones_stay_right(figures, label, least, language):
    assert figures.kappa(label, language) >= least


@pytest.fixture(scope="module")
def figures():
    names = (*LEARNT, "held_out_1")  # the last was unseen once and is learnt from now
    items = [raw for one in names for raw in lines(CORPUS / "fishbone" / f"{one}.jsonl")]
    return Figures((raw, judged(raw)) for raw in items)


@pytest.mark.parametrize(
    ("label", "least"),
    [("head_ok", 0.8), ("symptom", 0.6), ("solution", 0.58), ("vague", 0.8),
     ("duplicate_pair", 0.39)],
)  # fmt: skip
def test_agreement_on_fishbones_never_tuned_on(unseen, label, least):
    assert unseen.kappa(label) >= least


@pytest.fixture(scope="module")
def unseen():
    items = lines(CORPUS / "fishbone" / "held_out_2.jsonl")
    return Figures((raw, judged(raw)) for raw in items)
