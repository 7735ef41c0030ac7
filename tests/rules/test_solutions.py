"""The rules for a list of solutions: points by hand, repetitions, junk."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrain.rules.base import Asked
from cstrain.rules.solutions import solutions_distinct, solutions_spread

# 22 texts without two that are alike
TEXTS = [
    "name an owner", "second pair of eyes", "try on one page", "ruler in parcel", "sewn-in label",
    "alarm on reviews", "reply in public", "move lamps", "visit warehouse monthly",
    "write job cards", "weekly sample of ten", "refuse odd sizes", "show real photo",
    "text old buyers", "stronger carton", "evening shift pair", "inspect every day",
    "lift limit to 100", "split two fields", "quiz for beginners", "drop the fee", "call within 1 h",
]  # fmt: skip
PARAMS = {"column": "text", "kind": "type", "from": 10, "to": 20, "least": 3}


def ask(rule, rows):
    return rule(
        Asked(
            values={"list": rows},
            fields=("list",),
            params=PARAMS,
            exercise=None,
            situation=None,
            language="en",
        )
    )


def listed(count, *types):
    kinds = types or (None,)
    return [
        {"text": text, "type": kinds[place % len(kinds)]}
        for place, text in enumerate(TEXTS[:count])
    ]


@pytest.mark.parametrize(
    ("count", "share"), [(0, 0), (9, 0), (10, 0), (11, 0.1), (15, 0.5), (19, 0.9), (20, 1), (22, 1)]
)
def test_the_share_grows_evenly_from_ten_to_twenty(count, share):
    assert ask(solutions_distinct, listed(count)).share == pytest.approx(share)


def test_repetitions_and_blanks_count_nothing():
    rows = [*listed(12), {"text": "Name an owner!"}, {"text": " "}, {"text": None}, {"text": "–"}]
    found = ask(solutions_distinct, rows)
    assert found.share == pytest.approx(0.2)
    assert [(one.code, one.facts["words"]) for one in found.items] == [("again", TEXTS[0])]


@pytest.mark.parametrize(
    ("types", "share", "code"),
    [
        (("process", "people", "system"), 1, "spread"),
        (("process", "people"), 0, "narrow"),
        ((None,), 0, "no_types"),
    ],
)
def test_three_types_are_a_spread(types, share, code):
    found = ask(solutions_spread, listed(9, *types))
    assert (found.share, found.code) == (share, code)


def test_a_type_on_a_repeated_row_does_not_count():
    rows = [*listed(6, "process", "people"), {"text": TEXTS[0], "type": "system"}]
    assert ask(solutions_spread, rows).share == 0


ROW = st.fixed_dictionaries(
    {
        "text": st.none() | st.text(max_size=30) | st.sampled_from(TEXTS),
        "type": st.sampled_from(["process", "people", "system", None]),
    }
)


@given(st.none() | st.lists(ROW, max_size=30))
@settings(deadline=None)
def test_any_rows_give_a_share(rows):
    for rule in (solutions_distinct, solutions_spread):
        assert 0 <= ask(rule, rows).share <= 1
