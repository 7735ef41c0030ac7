"""The labelled fishbones keep the shape that a judge and a scorer read."""

import json

import pytest
from labelled import CORPUS

FILES = ("learnt/learnt_1", "learnt/learnt_2", "held_out_1")


@pytest.mark.parametrize("name", FILES)
def test_every_cause_has_its_labels(name):
    lines = (CORPUS / "fishbone" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 60
    for one in map(json.loads, lines):
        causes, labels = one["causes"], one["labels"]
        for key in ("category_fit", "symptom", "solution", "vague"):
            assert len(labels[key]) == len(causes), one["id"]
        odd = [a or b for a, b in zip(labels["symptom"], labels["solution"], strict=True)]
        judged = [fit is not None for fit in labels["category_fit"]]
        assert judged == [not one_odd for one_odd in odd], one["id"]
        assert all(0 <= i < len(causes) for group in labels["duplicate_groups"] for i in group)


def test_no_problem_is_on_both_sides():
    heads = [
        {
            json.loads(line)["family"]
            for line in (CORPUS / "fishbone" / f"{name}.jsonl").read_text("utf-8").splitlines()
        }
        for name in FILES
    ]
    learnt = heads[0] | heads[1]
    assert not learnt & heads[-1]
