"""Three causes by a function of one's own: the points of the builder, and whatever it returns."""

from __future__ import annotations

import math

import pytest

from cstrain import lesson
from cstrain.checking import check
from cstrain.code_running import run_answer
from cstrain.language import LANGUAGES
from cstrain.library.exercises import exercise
from cstrain.wording import say

VERIFY = "n06/verify_causes"
CHART = {"axis": "before_after", "split": "strata", "height": "rate"}
RIGHT = {
    "A": [("since_page", "page"), ("since_page", "late"), ("since_page", "page")],
    "B": [("all_bills", "bad"), ("q2_to_q4", "bad_quarter"), ("all_bills", "old")],
    "C": [("firsts_since_policy", "e7"), ("firsts_since_hires", "causes"), ("firsts", "causes")],
}
SOURCE = """
import math

def verify(candidates):
    found = []
    for one, (rows, strata) in zip(candidates, CHOSEN):
        counts = [cell[1:] for cell in one["cells"][rows, strata]]
        a, n1, c, n0 = (sum(column) for column in zip(*counts))
        top = sum(a * n0 / (n1 + n0) for a, n1, c, n0 in counts if n1 and n0)
        bottom = sum(c * n1 / (n1 + n0) for a, n1, c, n0 in counts if n1 and n0)
        spread = sum(((a + c) * n1 * n0 - a * c * (n1 + n0)) / (n1 + n0) ** 2
                     for a, n1, c, n0 in counts if n1 and n0)
        ratio, width = top / bottom, math.exp(1.96 * math.sqrt(spread / top / bottom))
        verdict = "untested"
        if ratio >= 1.3 and ratio / width > 1:
            verdict = "supported"
        elif ratio <= 1.25 and ratio * width < 1.6:
            verdict = "rejected"
        found.append({"rows": rows, "strata": strata, "raw": a / n1 / (c / n0), "ratio": ratio,
                      "verdict": verdict})
    return found
"""


def answered(case, source):
    field = f"tests_{case.lower()}"
    given = {"case": case, **CHART, field: {"via": "code", "source": source}}
    return run_answer(exercise(VERIFY), given).answer


@pytest.mark.parametrize("case", RIGHT)
def test_a_function_gets_the_points_of_the_builder(case):
    answer = answered(case, SOURCE.replace("CHOSEN", repr(RIGHT[case])))
    report = check(VERIFY, answer)
    assert (report.points, report.outcome) == (20, "passed")


def test_without_strata_the_figures_are_right_and_the_test_is_not():
    answer = answered("A", SOURCE.replace("CHOSEN", repr([("since_page", "none")] * 3)))
    assert check(VERIFY, answer).points == 3 + 3 + 5  # half of each set-up; one verdict; the chart


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("returned", "code"),
    [
        ("7", "no_list"),
        ("[]", "no_list"),
        ("[1, 2, 3]", "no_list"),
        ("1 / 0", "raised"),
        ("[{'rows': 'moon', 'strata': 'page'}] * 3", "test_unknown"),
        ("[{'rows': ['x'], 'strata': {}}] * 3", "test_unknown"),
        ("[{}] * 3", "test_open"),
        (
            "[{'rows': 'since_page', 'strata': 'page', 'raw': True, 'ratio': '2'}] * 3",
            "figure_wrong",
        ),
        ("[{'rows': 'since_page', 'strata': 'page', 'raw': float('nan')}] * 3", "figure_wrong"),
        ("[{'verdict': 'supported'}] * 3", "verdict_untested"),
    ],
)
def test_whatever_it_returns_is_said(returned, code, language):
    answer = answered("A", f"def verify(candidates):\n    return {returned}")
    report = check(VERIFY, answer, language)
    codes = {one.code for one in report.findings}
    codes |= {item.code for one in report.findings for item in one.items}
    assert code in codes
    assert report.points == 5
    say(report, language, exercise(VERIFY))


def test_what_it_is_called_with_does_not_tell_which_cause_stands():
    answer = answered(
        "B", "def verify(candidates):\n    return [sorted(one) for one in candidates]"
    )
    (shown,) = answer["tests_b"]["results"].values()
    assert shown == [sorted(["name", "exposed", "outcome", "rows", "strata", "cells"])] * 3


def test_in_a_notebook_the_company_of_the_form_decides():
    n06 = lesson("n06", "en")
    asked = []

    def verify(candidates):
        asked.append(candidates[0]["name"]["en"])
        return [
            {"rows": rows, "strata": strata, **figures(one["cells"][rows, strata])}
            for one, (rows, strata) in zip(candidates, RIGHT["C"], strict=True)
        ]

    n06.answer("verify_causes", {"case": "C", **CHART})
    told = n06.check("verify_causes", verify)
    assert told.points == 20
    assert len(asked) == 1
    assert n06.exercise("verify_causes").state["answer"]["tests_c"]["via"] == "code"


def figures(cells):
    counts = [one[1:] for one in cells]
    a, n1, c, n0 = (sum(column) for column in zip(*counts, strict=True))
    top = sum(a * n0 / (n1 + n0) for a, n1, c, n0 in counts)
    bottom = sum(c * n1 / (n1 + n0) for a, n1, c, n0 in counts)
    verdict = "supported" if top / bottom > 1.3 else "rejected"
    assert math.isfinite(top / bottom)
    return {"raw": a / n1 / (c / n0), "ratio": top / bottom, "verdict": verdict}
