"""The charts of a case's causes: drawn for the right kind of chart, readable by all."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from cstrain.datasets import typed_rows
from cstrain.drawing.causes_figure import CHANGES, cause_chart, causes_figure
from cstrain.language import LANGUAGES
from cstrain.library.cause_tests import cause_tests_of
from cstrain.library.exercises import exercise

VERIFY = "n06/verify_causes"
CHART = {"axis": "before_after", "split": "strata", "height": "rate"}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", "ABC")
def test_the_three_causes_of_the_case_are_drawn(case, language):
    drawn = causes_figure(exercise(VERIFY), {"case": case, **CHART}, language)
    tree = ET.fromstring(f"<div>{drawn}</div>")  # noqa: S314 - our own HTML
    assert len(tree.findall("p/strong")) == 3
    figures = list(tree.iter(f"{SVG}svg"))
    assert len(figures) >= 6
    for one in figures:
        assert one.find(f"{SVG}title").text
        assert one.find(f"{SVG}desc").text
        assert len(one.findall(f"{SVG}polyline")) == 2


@pytest.mark.parametrize("key", CHART)
def test_another_kind_of_chart_is_not_drawn(key):
    answer = {"case": "A", **CHART, key: "after"}
    assert causes_figure(exercise(VERIFY), answer, "en") is None
    assert causes_figure(exercise(VERIFY), CHART, "en") is None
    assert causes_figure(exercise(VERIFY), {**CHART, key: ["rate"], "case": {}}, "en") is None


@pytest.mark.parametrize("case", "ABC")
def test_every_factor_has_a_chart_or_none(case):
    for one in cause_tests_of(case):
        assert "nan" not in cause_chart(case, one.factor, "zh")


def test_the_periods_of_a_case_meet_at_the_day_of_its_change():
    for case, day in CHANGES.items():
        begins = sorted(
            {one["begins"] for one in typed_rows("effect_periods") if one["case"] == case}
        )
        assert begins.index(day) > 0


def test_the_periods_add_up_to_the_rows_of_a_test():
    rows = [
        one for one in typed_rows("effect_periods") if (one["case"], one["factor"]) == ("A", "D1")
    ]
    cells = [
        one
        for one in typed_rows("effect_cells")
        if (one["case"], one["factor"], one["rows"], one["strata"])
        == ("A", "D1", "all_reviews", "none")
    ]
    for column in ("exposed_events", "exposed_n", "unexposed_events", "unexposed_n"):
        assert sum(one[column] for one in rows) == cells[0][column]
