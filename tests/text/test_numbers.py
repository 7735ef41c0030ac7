"""Numbers: what a number box holds, and the numbers of a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrain.text.normalise import fold
from cstrain.text.numbers import Quantity, numbers_in, parse_number

TYPED = [
    ("12", 12, "", False),
    ("１２", 12, "", False),
    ("85.3 %", 0.853, "%", True),
    ("90％", 0.9, "%", True),
    ("八成五", 0.85, "%", True),
    ("三成", 0.3, "%", True),
    ("百分之三", 0.03, "%", True),
    ("1,200", 1200, "", False),
    ("3.5万", 35000, "", False),
    ("二百五", 250, "", False),
    ("一千二百", 1200, "", False),
    ("-3", -3, "", False),
    ("48 秒", 48, "s", False),
    ("2.6 d", 2.6, "day", False),
    ("twenty-five percent", 0.25, "%", True),
]


@pytest.mark.parametrize(("text", "value", "unit", "share"), TYPED, ids=[t[0] for t in TYPED])
def test_typed(text, value, unit, share):
    assert parse_number(text) == Quantity(pytest.approx(value), unit, share)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "nan",
        "inf",
        "-inf",
        "1e999",
        "1_000",
        "abc",
        "一些",
        "12abc",
        "1 2",
        "5 to 7",
        "1.2.3",
        "%",
    ],
)
def test_no_number(text):
    assert parse_number(text) is None


IN_TEXT = [
    ("从82%升到87%", [(82, "%"), (87, "%")]),
    ("六成六到七成五", [(66, "%"), (75, "%")]),
    ("31h → 22h", [(31, "h"), (22, "h")]),
    ("降低3个百分点", [(3, "pp")]),
    ("CNY 260,000 to CNY 215,000", [(260000, "money"), (215000, "money")]),
    ("nine out of ten callers", [(90, "%")]),
    ("two and a half hours", [(2.5, "h")]),
    ("by a third", [(100 / 3, "%")]),
    ("三分之一", [(100 / 3, "%")]),
    ("减半", [(0.5, "x")]),
    ("four point seven", [(4.7, "")]),
    ("一次解决率、双十一、一线", []),
]


@pytest.mark.parametrize(("text", "wanted"), IN_TEXT, ids=[t[0] for t in IN_TEXT])
def test_in_text(text, wanted):
    found = [(n.value, n.unit) for n in numbers_in(fold(text).text)]
    assert found == [(pytest.approx(value), unit) for value, unit in wanted]


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text(text):
    folded = fold(text).text
    ends = [0]
    for number in numbers_in(folded):
        assert ends[-1] <= number.start < number.end <= len(folded)
        ends.append(number.end)
    found = parse_number(text)
    assert found is None or abs(found.value) < float("inf")


@settings(deadline=None)
@given(st.integers(0, 99_999_999), st.sampled_from(["", ",", "full"]))
def test_digits_are_read_as_written(value, form):
    text = f"{value:,}" if form == "," else str(value)
    if form == "full":
        text = text.translate({48 + i: 0xFF10 + i for i in range(10)})
    assert parse_number(text) == Quantity(value, "", share=False)
