"""How a level stands out in its chain: the signs of levels said again against those of causes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrain.causes.contrast import MOST_COMPARED, before, compare, contrasts
from cstrain.causes.signs import signs
from cstrain.text.levels import read_level

CHAINS = {
    "zh": [
        "周末退房排队平均要等30分钟",
        "周末只有一个窗口办退房",
        "排班表按工作日的退房量编制",
        "退房的队伍一排就是半个小时",
        "排班员看不到分日的退房数据",
    ],
    "en": [
        "Guests queue for 30 minutes at check-out on Sundays",
        "Only one desk handles departures",
        "The roster is drawn up from weekday figures",
        "Guests wait half an hour in line at check-out",
        "The scheduler has no access to figures per day",
    ],
}
AGAIN = 3  # the level of both that says the problem once more


def read(texts):
    return [read_level(one) for one in texts]


def reached(found, name):
    edges = (float(one.split(">=")[1]) for one in found if one.startswith(f"{name}>="))
    return max(edges, default=-1.0)


def stands(texts):
    levels = read(texts)
    return contrasts(levels, compare(levels), [1.0] * (len(levels) - 1))


@pytest.mark.parametrize("language", CHAINS)
@pytest.mark.parametrize("name", ["v:mean", "v:before", "v:behind"])
def test_what_is_said_again_stands_out(language, name):
    found = stands(CHAINS[language])
    again = reached(found[AGAIN - 1], name)
    assert again > 0.1
    assert all(reached(one, name) < again for one in found if one is not found[AGAIN - 1])


@pytest.mark.parametrize("language", CHAINS)
def test_a_number_in_other_words_is_seen(language):
    seen = signs(read(CHAINS[language]))
    assert {"q:length", "q:length|words", "q:problem|words"} <= seen[AGAIN - 1].against
    assert not any(one.startswith("q:") for one in seen[0].against)


def test_a_chain_whose_levels_all_share_their_words_is_no_circle():
    texts = ["The price list is wrong", *[f"The price list of shop {n} is wrong" for n in "abcd"]]
    found = stands(texts)
    assert all(reached(one, "v:mean") <= 0.1 for one in found)


def test_a_long_chain_is_compared_with_its_near_levels_and_the_problem():
    levels = read([f"cause number {n} of the list" for n in range(60)])
    pairs = compare(levels)
    assert before(50) == (0, *range(50 - MOST_COMPARED, 50))
    assert (50, 0) in pairs
    assert (50, 20) not in pairs
    assert len(signs(levels)) == 59


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*CHAINS["zh"], *CHAINS["en"], "", "???", "3"]), max_size=9))
def test_any_chain_has_signs(texts):
    levels = read(["A problem", *texts])
    assert len(signs(levels)) == len(texts)
    assert signs(levels) == signs(levels)
