"""The rule for cumulative shares."""

from __future__ import annotations

import pytest

from cstrain.rules.base import Asked
from cstrain.rules.paretos import cumulative_shares

COUNTS = {"a": 60, "b": 30, "c": 10}


def codes(**typed):
    values = {"table": {key: {"share": one} for key, one in typed.items()}}
    ruling = cumulative_shares(Asked(values, ("table",), {"counts": COUNTS}, None, None, "en"))
    return ruling.share, [one.code for one in ruling.items]


@pytest.mark.parametrize(
    ("a", "b", "c"), [("0.6", "0.9", "1"), ("60%", "90 %", "100%"), ("60", "90", "100")]
)
def test_a_share_may_be_written_in_any_usual_way(a, b, c):
    assert codes(a=a, b=b, c=c) == (1, ["row_right"] * 3)


def test_the_usual_slips_are_told_apart():
    assert codes(a="60", b="30%", c="many")[1] == ["row_right", "own_share", "no_number"]
    assert codes(a="61%", b="0.3")[1] == ["row_wrong", "own_share", "open"]


def test_a_cumulative_count_is_not_a_share():
    ruling = cumulative_shares(
        Asked(
            {"table": {"a": {"share": "120"}}},
            ("table",),
            {"counts": {"a": 120, "b": 80}},
            None,
            None,
            "en",
        )
    )
    assert [one.code for one in ruling.items] == ["count_not_share", "open"]
