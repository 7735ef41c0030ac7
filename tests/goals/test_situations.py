"""The situations of the cases: complete, consistent with the dictionary and with the past values."""

import re
from datetime import date
from statistics import fmean

import pytest

from cstrain.datasets import rows
from cstrain.goals.metrics import METRICS
from cstrain.goals.stretch import stretch
from cstrain.library.exercises import bank
from cstrain.library.situations import background, situation

TEAMS = {"mianmai": "T_A", "chengwan": "T_B"}


@pytest.mark.parametrize("name", TEAMS)
def test_metrics_are_those_of_the_dictionary_and_reach_gets_better(name):
    for one in situation(name).metrics:
        known = METRICS[one.key]
        assert known.good in {one.better, "range"}
        way = [one.now, *(one.reach[months] for months in (3, 6, 12))]
        assert way == sorted(way, reverse=one.better == "down")
        assert len(set(way)) == 4
        assert all(known.allows(value / 100 if one.unit == "%" else value) for value in way)


@pytest.mark.parametrize("name", TEAMS)
def test_present_values_are_the_last_quarter_of_the_past(name):
    known = {one.key: one.now for one in situation(name).metrics}
    for metric in ("NEG", "REC", "FCR", "CSAT", "COL", "FTR"):
        past = [
            float(one["value"])
            for one in rows("goal_history")
            if (one["metric"], one["team"]) == (metric, TEAMS[name])
        ]
        if metric in known:
            assert fmean(past[-3:]) * 100 == pytest.approx(known[metric], abs=1.0)


@pytest.mark.parametrize("name", TEAMS)
def test_background_tells_the_same_figures_in_both_languages(name):
    texts = background(name)
    figures = {
        language: sorted(set(re.findall(r"\d+(?:\.\d+)?%", texts[language])))
        for language in ("zh", "en")
    }
    assert figures["zh"] == figures["en"]
    assert figures["zh"]


def test_today_is_the_day_of_the_20_goals():
    assert {situation(name).today for name in TEAMS} == {date(2026, 1, 5)}


# Curriculum F1: base and best of the context, target of the card, the ratio it states.
CARDS = [
    ("g02", 85.3, 86.5, 86.2, 0.75, "peach"), ("g03", 85.3, 86.5, 99, 11.4167, "star"), ("g04", 48, 36, 40, 0.6667, "peach"),
    ("g09", 20, 36, 30, 0.625, "peach"), ("g10", 20, 36, 20.5, 0.03125, "low"), ("g12", 330, 300, 180, 5.0, "star"),
    ("g14", 0.71, 0.75, 0.75, 1.0, "peach"), ("g18", 2.6, 1.3, 1.5, 0.8462, "peach"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("card", "base", "best", "target", "ratio", "zone"), CARDS, ids=[one[0] for one in CARDS]
)
def test_stretch_of_the_cards(card, base, best, target, ratio, zone):
    found = stretch([best] * 3 + [base] * 3, target, "up" if best > base else "down")
    assert found[0] == pytest.approx(ratio, abs=1e-4)
    assert found[1] == zone
    missing = next(one["missing"] for one in bank("goals20") if one["key"] == card)
    assert ("A" in missing) == (zone in {"low", "star"})
