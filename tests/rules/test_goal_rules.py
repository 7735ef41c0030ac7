"""The rules of the goal exercises: sets, base and best, ratios, zones, results, milestones."""

import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from cstrain.language import LANGUAGES
from cstrain.library.exercises import bank
from cstrain.library.words import messages
from cstrain.rules import milestones, stretch
from cstrain.rules.base import Asked
from cstrain.rules.engines import ENGINES, plain_value
from cstrain.rules.engines_goals import GOAL_ENGINES
from cstrain.rules.results import same_results
from cstrain.rules.sets import sets_match
from cstrain.wording import sentence

CSAT = [86.0, 85.2, 84.8, 86.5, 85.9, 87.1, 86.2, 85.5, 86.8, 84.9, 85.3, 85.7]
HISTORY = {"history": CSAT, "direction": "up"}
TARGETS = {**HISTORY, "targets": {"t1": 85.4, "t2": 86.2, "t3": 87.0, "t4": 95}}


def ask(rule, value, params=None, field=None, language="en"):
    exercise = SimpleNamespace(field=lambda _: SimpleNamespace(params=field or {}))
    ruling = rule(Asked({"f": value}, ("f",), params or {}, exercise, None, language))
    known = messages()["common"] | messages()[rule.__name__]
    said = [
        (ruling.code, ruling.facts),
        *((one.code, one.facts) for one in ruling.items),
        *ruling.notes,
    ]
    for code, facts in said:  # every code has its sentence, every placeholder its fact
        assert all(sentence(known[code], facts, each) for each in LANGUAGES)
    return ruling


def codes(ruling):
    return {one.key: one.code for one in ruling.items}


def goals(*keys):
    return {"cards": [{"key": key} for key in keys], "none": "none"}


# key of g01: S M A T; g02: nothing; g16: M A, also S M A
MARKS = {
    "all_of_it": ("g01", ["S", "M", "A", "T"], 1, "card_right"),
    "one_missed": ("g01", ["S", "M", "T"], 3 / 4, "too_little"),
    "one_too_many": ("g01", ["S", "M", "A", "R", "T"], 4 / 5, "too_much"),
    "missed_and_too_many": ("g01", ["R", "S"], 1 / 5, "mixed"),
    "nothing_said_missing": ("g01", ["none"], 0, "not_faultless"),
    "good_goal_seen": ("g02", ["none"], 1, "card_right"),
    "good_goal_blamed": ("g02", ["T"], 0, "faultless"),
    "accepted_reading": ("g16", ["S", "M", "A"], 1, "card_right"),
    "best_of_the_accepted": ("g16", ["S", "M"], 2 / 3, "too_little"),
    "none_beside_a_letter": ("g02", ["none", "T"], 0, "contradiction"),
}


@pytest.mark.parametrize(("card", "marked", "share", "code"), MARKS.values(), ids=MARKS)
def test_sets(card, marked, share, code):
    ruling = ask(sets_match, {card: marked}, {"bank": "goals20"}, goals(card))
    assert math.isclose(ruling.share, share)
    assert codes(ruling) == {card: code}


def test_sets_untouched_card_is_nothing_and_the_mean_counts():
    ruling = ask(sets_match, {"g02": ["none"]}, {"bank": "goals20"}, goals("g01", "g02"))
    assert (ruling.share, codes(ruling)["g01"], ruling.items[0].outcome) == (
        0.5,
        "open",
        "not_attempted",
    )


def test_sets_feedback_is_in_the_learners_language_and_only_when_right():
    for language in ("zh", "en"):
        ruling = ask(
            sets_match,
            {"g03": ["A"], "g04": ["A"]},
            {"bank": "goals20"},
            goals("g03", "g04"),
            language,
        )
        assert ruling.items[0].facts["feedback"] == bank("goals20")[2]["feedback"][language]
        assert "feedback" not in ruling.items[1].facts


# Curriculum F1, column "Missing".
KEYS = [
    "SMAT",
    "",
    "A",
    "T",
    "SMA",
    "R",
    "T",
    "",
    "",
    "AT",
    "SMAT",
    "AR",
    "R",
    "",
    "SMAT",
    "MA",
    "SMAT",
    "",
    "A",
    "R",
]
ACCEPT = {"g15": ["SMART"], "g16": ["SMA"], "g19": ["AT"]}


def test_the_bank_of_20_goals():
    cards = bank("goals20")
    assert ["".join(one["missing"]) for one in cards] == KEYS
    assert {
        one["key"]: ["".join(good) for good in one["accept"]] for one in cards if "accept" in one
    } == ACCEPT
    assert all(one["feedback"][language] for one in cards for language in ("zh", "en"))


BASES = [
    ("85.30", 1, "right"), ("85.3 %", 1, "right"), ("８５.３", 1, "right"), ("85.31", 0, "other"),
    ("85.7", 0, "base_last_1"), ("85.5", 0, "base_last_2"),
    ("85.62", 0, "other"), ("85.73", 0, "base_last_6"), ("85.83", 0, "base_all"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "share", "code"), BASES)
def test_base(typed, share, code):
    # last 2: 85.5; last 6: 514.4/6 = 85.733; all: 1029.9/12 = 85.825
    ruling = ask(stretch.stretch_base, typed, HISTORY)
    assert (ruling.share, ruling.code) == (share, code)


@pytest.mark.parametrize(
    ("typed", "share", "code"),
    [
        ("86.5", 1, "right"),
        ("87.1", 0, "best_single"),
        ("85.83", 0, "best_mean"),
        ("90", 0, "other"),
    ],
)
def test_best(typed, share, code):
    ruling = ask(stretch.stretch_best, typed, HISTORY)
    assert (ruling.share, ruling.code) == (share, code)


@pytest.mark.parametrize("rule", [stretch.stretch_base, stretch.stretch_best])
@pytest.mark.parametrize("typed", ["about 85", "nan", "1e999", "85_3"])
def test_what_is_no_number_is_unreadable(rule, typed):
    ruling = ask(rule, typed, HISTORY)
    assert (ruling.unreadable, ruling.code) == (True, "no_number")


# target 86.2: base 85.3, best 86.5, r = .9/1.2 = .75
RATIOS = [
    ("0.75", "ratio_right"), ("75 %", "ratio_right"), ("0.754", "ratio_right"), ("0.756", "ratio_other"),
    ("1.333", "ratio_inverted"), ("0.25", "ratio_to_best"), ("-0.25", "ratio_from_best"), ("0.0106", "ratio_of_base"),
    ("0.625", "ratio_last_month"), ("0.5", "ratio_single"), ("0.357", "ratio_last_single"), ("2", "ratio_other"), ("x", "no_number"), (None, "open"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "code"), RATIOS)
def test_ratios(typed, code):
    # last month as base: (86.2-85.7)/(86.5-85.7) = .625; best single month: .9/1.8 = .5
    ruling = ask(stretch.stretch_ratios, {"t2": {"ratio": typed}}, TARGETS)
    assert codes(ruling) == {"t1": "open", "t2": code, "t3": "open", "t4": "open"}
    assert ruling.share == (0.25 if code == "ratio_right" else 0)


def test_a_ratio_that_follows_from_a_wrong_base_is_told_apart():
    # own base 85, own best 87: (86.2 - 85)/2 = .6
    exercise = SimpleNamespace(field=lambda _: SimpleNamespace(params={}))
    values = {"f": {"t2": {"ratio": "0.6"}}, "base": "85 %", "best": "87"}
    ruling = stretch.stretch_ratios(Asked(values, ("f",), TARGETS, exercise, None, "en"))
    assert (codes(ruling)["t2"], ruling.share) == ("ratio_of_own", 0)


def test_zones():
    answer = {
        "t1": {"zone": "low", "ratio": None},
        "t2": {"zone": "hard", "ratio": "1.333"},
        "t3": {"zone": "star", "ratio": "1.417"},
    }
    ruling = ask(stretch.stretch_zones, answer, TARGETS)
    assert codes(ruling) == {
        "t1": "zone_right",
        "t2": "zone_of_own_ratio",
        "t3": "zone_other",
        "t4": "open",
    }
    assert ruling.share == 0.25


PERIOD = {
    "start": "2026-01-05",
    "deadline": "2026-06-30",
    "baseline": 85.3,
    "target": 86.2,
    "least": 3,
}
GOOD = [("2026-02-27", "85.4"), ("2026-03-31", "85.6 %"), ("2026/4/30", "86.2")]
#       rows, count, monotone, dates, target, figure
PLANS = {
    "good": (GOOD, 1, 1, 1, 1, 1),
    "good_in_any_order": (GOOD[::-1], 1, 1, 1, 1, 1),
    "two": (GOOD[:2], 2 / 3, 1, 1, 1, 1),
    "one_shows_no_direction": (GOOD[:1], 1 / 3, 0, 1, 1, 1),
    "two_on_one_day": ([*GOOD[:2], ("2026-03-31", "85.9")], 2 / 3, 0, 1, 1, 1),
    "back": ([GOOD[0], ("2026-03-31", "85.35"), GOOD[2]], 1, 0, 1, 1, 1),
    "outside": ([*GOOD[:2], ("2026-06-30", "86.0")], 1, 1, 2 / 3, 1, 1),
    "beyond": ([*GOOD[:2], ("2026-05-01", "87")], 1, 1, 1, 2 / 3, 1),
    "no_value": ([*GOOD, ("2026-05-30", None)], 1, 1, 1, 1, 3 / 4),
    "thirtieth_of_february": ([*GOOD[1:], ("2026-02-30", "85.4")], 2 / 3, 1, 1, 1, 2 / 3),
    "nothing_readable": ([("soon", "more")], 0, 0, 0, 0, 0),
}


@pytest.mark.parametrize("case", PLANS.values(), ids=PLANS)
def test_milestones(case):
    rows = [{"date": day, "value": value} for day, value in case[0]]
    names = ("count", "monotone", "dates", "target", "figure")
    shares = [ask(getattr(milestones, f"milestone_{name}"), rows, PERIOD).share for name in names]
    assert [round(one, 6) for one in shares] == [round(one, 6) for one in case[1:]]


def test_milestones_quote_the_faulty_row():
    rows = [{"date": "2026-02-30", "value": "85.4"}]
    (item,) = ask(milestones.milestone_count, rows, PERIOD).items
    assert (item.code, item.facts["words"], item.facts["label"]) == (
        "mark_no_day",
        "2026-02-30 · 85.4",
        "1",
    )


TREE_FIELD = {
    "engine": "orphans",
    "cases": [
        {"key": "seen", "visible": True, "args": {"dataset": "goal_tree"}},
        {"key": "unseen", "visible": False, "args": {"dataset": "goal_tree_hidden"}},
    ],
}
RIGHT = {"levels": "below_company", "parent": "empty_or_missing"}


def by_code(**results):
    return {"via": "code", "source": "", "results": results}


ORPHANS = {
    "right_choices": ({"via": "builder", "choices": RIGHT}, 1, "case_right", "case_right"),
    "wrong_choice": (
        {"via": "builder", "choices": {**RIGHT, "parent": "empty"}},
        0,
        "other_set",
        "hidden_wrong",
    ),
    "right_code": (
        by_code(seen=["G15", "G06"], unseen=["H04", "H12", "H16"]),
        1,
        "case_right",
        "case_right",
    ),
    "only_the_seen_one": (
        by_code(seen=["G06", "G15"], unseen=[]),
        0.5,
        "case_right",
        "hidden_wrong",
    ),
    "raised": (
        by_code(seen={"error": "KeyError: 'x'"}, unseen=["H04"]),
        0,
        "raised",
        "hidden_wrong",
    ),
    "not_run": (by_code(unseen=["H04", "H12", "H16"]), 0.5, "no_result", "case_right"),
    "not_ids": (by_code(seen=3, unseen=[["H04"]]), 0, "not_ids", "hidden_wrong"),
    "true_for_everything": (by_code(seen=True, unseen=True), 0, "not_ids", "hidden_wrong"),
}


@pytest.mark.parametrize(("answer", "share", "seen", "unseen"), ORPHANS.values(), ids=ORPHANS)
def test_same_results(answer, share, seen, unseen):
    ruling = ask(same_results, answer, {}, TREE_FIELD)
    assert (ruling.share, codes(ruling)) == (share, {"seen": seen, "unseen": unseen})


def test_same_results_by_part():
    answer = by_code(seen=["G06", "G15"], unseen=[])
    assert ask(same_results, answer, {"part": "visible"}, TREE_FIELD).share == 1
    assert ask(same_results, answer, {"part": "hidden"}, TREE_FIELD).share == 0
    assert ask(same_results, answer, {"part": ["seen"]}, TREE_FIELD).share == 1


def test_an_incomplete_definition_is_not_run():
    ruling = ask(same_results, {"via": "builder", "choices": {"levels": "all"}}, {}, TREE_FIELD)
    assert (ruling.share, ruling.code, ruling.facts["open"]) == (0, "questions_open", 1)


MICRO = {
    "engine": "stretch",
    "cases": [
        {"key": "c", "visible": True, "args": {"history": CSAT, "target": 86.2, "direction": "up"}}
    ],
}
RESULTS = [
    ([0.75, "peach"], "case_right"), ([0.7549, "peach"], "case_right"), ([0.756, "peach"], "other_ratio"),
    ([True, "peach"], "other_ratio"), (["nan", "peach"], "other_ratio"), ([None, "peach"], "other_ratio"),
    ([0.75, "hard"], "other_zone"), ([0.75, None], "other_zone"), (0.75, "not_a_pair"), ([0.75], "not_a_pair"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "code"), RESULTS)
def test_stretch_results(given, code):
    assert codes(ask(same_results, by_code(c=given), {}, MICRO)) == {"c": code}


def test_no_benchmark_must_be_none_and_not_zero():
    flat = {
        "engine": "stretch",
        "cases": [
            {
                "key": "c",
                "visible": True,
                "args": {"history": [80] * 12, "target": 83, "direction": "up"},
            }
        ],
    }
    assert ask(same_results, by_code(c=[None, "no_benchmark"]), {}, flat).share == 1
    assert ask(same_results, by_code(c=[0, "no_benchmark"]), {}, flat).share == 0


def test_conflict_pairs_are_unordered():
    field = {**TREE_FIELD, "engine": "conflicts"}
    pairs = [["G08", "G07"], ["G11", "G10"], ["G16", "G17"]]
    assert ask(same_results, by_code(seen=pairs), {"part": "visible"}, field).share == 1
    assert codes(ask(same_results, by_code(seen=[["G08"]]), {"part": "visible"}, field)) == {
        "seen": "not_pairs"
    }


@pytest.mark.parametrize("name", GOAL_ENGINES)
def test_every_choice_of_every_engine_runs_and_only_good_ones_pass(name):
    engine = ENGINES[name]
    args = {"history": CSAT, "target": 85.54, "direction": "up", "dataset": "goal_tree_hidden"}
    right = engine.run(engine.right, args)
    assert engine.compare(right, right, args) is None
    for question, options in engine.questions.items():
        assert engine.right[question] in options
        for option in options:
            engine.run({**engine.right, question: option}, args)


# Which of the hidden tree's traps each wrong option falls into.
TRAPS = [
    ("orphans", "levels", "all"), ("orphans", "levels", "team_person"), ("orphans", "parent", "empty"),
    ("late_children", "late", "later_or_same"), ("conflicts", "under", "any"), ("conflicts", "guard", "ignored"), ("conflicts", "guard", "both"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "question", "option"), TRAPS)
def test_the_hidden_tree_tells_every_wrong_definition(name, question, option):
    engine, args = ENGINES[name], {"dataset": "goal_tree_hidden"}
    right = engine.run(engine.right, args)
    assert (
        engine.compare(engine.run({**engine.right, question: option}, args), right, args)
        is not None
    )


class Sly:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1

    def __repr__(self):
        return "sly"


PLAIN = [
    ({"b", "a"}, ["a", "b"]), ((1, 2.5), [1, 2.5]), (float("inf"), "inf"), (Sly(), "sly"), ({frozenset("ba")}, [["a", "b"]]),
    (None, None), (True, True), ({1: (2,)}, {"1": [2]}), (range(2), "range(0, 2)"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "plain"), PLAIN)
def test_plain_values(value, plain):
    done = plain_value(value)
    assert done == plain
    assert type(done) is type(plain)


def test_plain_values_of_other_libraries_and_bottomless_ones():
    assert plain_value((np.float64(0.75), np.int64(3), np.bool_(1))) == [0.75, 3, True]
    assert plain_value(pd.Series(["a", "b"])) == ["a", "b"]
    assert plain_value(np.float64("nan")) == "nan"
    endless = []
    endless.append(endless)
    assert "..." in str(plain_value(endless))


def test_every_rule_has_all_messages_in_both_languages():
    for name in (
        "sets_match",
        "same_results",
        "stretch_base",
        "stretch_best",
        "stretch_ratios",
        "stretch_zones",
        "goal_card_letter",
    ):
        assert all(text.zh and text.en for text in messages()[name].values())
