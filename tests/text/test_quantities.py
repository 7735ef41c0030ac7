"""Lengths of time and parts of a whole, in digits and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstrain.text.normalise import fold
from cstrain.text.quantities import lengths, parts, same_length, same_part

HOUR, MINUTE = 1 / 24, 1 / 1440
LENGTHS = [
    ("nearly two weeks", [14.0]),
    ("almost half a year", [182.5]),
    ("a quarter of an hour", [15 * MINUTE]),
    ("one and a half hours", [1.5 * HOUR]),
    ("within a fortnight", [14.0]),
    ("900 seconds", [15 * MINUTE]),
    ("in the first year", []),
    ("二十多天才等到", [23.0]),
    ("一个半月", [1.5 * 30.4]),
    ("半个钟头", [0.5 * HOUR]),
    ("一刻钟", [15 * MINUTE]),
    ("等了48小时", [2.0]),
    ("2019年的版本", []),
    ("3月份", []),
]
PARTS = [
    ("28% of callers", [0.28]),
    ("more than a quarter", [0.25]),
    ("two in five callers", [0.4]),
    ("one customer in eight", [0.125]),
    ("every third parcel", [1 / 3]),
    ("half of them", [0.5]),
    ("31 of 140", [31 / 140]),
    ("百分之二十", [0.2]),
    ("不到四成", [0.4]),
    ("三成多", [0.33]),
    ("四分之一以上的人", [0.25]),
    ("每四个就有一个", [0.25]),
    ("一大半", []),
    ("100% of them", []),
]
SAME = [
    (same_length, "约12天", "将近两周", True),
    (same_length, "48 hours", "more than two days", True),
    (same_length, "2 days", "2 weeks", False),
    (same_length, "too slow", "2 weeks", False),
    (same_part, "38%", "不到四成", True),
    (same_part, "28% hang up", "more than a quarter give up", True),
    (same_part, "a third", "half of them", False),
]


@pytest.mark.parametrize(("text", "wanted"), LENGTHS, ids=[one[0] for one in LENGTHS])
def test_lengths(text, wanted):
    assert lengths(text) == pytest.approx(wanted)


@pytest.mark.parametrize(("text", "wanted"), PARTS, ids=[one[0] for one in PARTS])
def test_parts(text, wanted):
    assert parts(text) == pytest.approx(wanted)


@pytest.mark.parametrize(("same", "one", "other", "wanted"), SAME, ids=[one[1] for one in SAME])
def test_same(same, one, other, wanted):
    assert same(one, other) is wanted
    assert same(other, one) is wanted


@given(
    st.lists(
        st.sampled_from(["half", "a", "quarter", "of", "an", "one", "12", "three", "and", "in", "every", "两", "半", "多", "十", "个", "月", "%", "成", "分之", "天", "0", "hours", "weeks", "year", "1.5", "third"]),
        max_size=8,
    )
)  # fmt: skip
def test_any_words_are_read(words):
    text = fold(" ".join(words)).text
    assert all(one >= 0 for one in lengths(text))
    assert all(0 < one < 1 for one in parts(text))


@given(st.text(max_size=60))
def test_any_text_is_read(raw):
    text = fold(raw).text
    assert all(one >= 0 for one in lengths(text))
    assert all(0 < one < 1 for one in parts(text))
