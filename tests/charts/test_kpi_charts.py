"""KPI charts: what each says of known data, what it does with bad data, how it is drawn."""

from __future__ import annotations

import base64
import itertools
import re
import string
import subprocess
import sys
import unicodedata
import warnings
import xml.etree.ElementTree as ET
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import matplotlib as mpl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text as Label

from cstrain import charts, kpi
from cstrain.charts import Measure, Tile
from cstrain.charts.labels import names_of, shortened, wrapped
from cstrain.charts.measure import number, speech
from cstrain.charts.run_signs import run_signs
from cstrain.charts.style import drawable, look
from cstrain.errors import CstrainError
from cstrain.kpi.definitions import codes
from cstrain.language import LANGUAGES, Text
from cstrain.library.words import texts
from cstrain.stats.control_charts import Limits, p_chart, xmr_chart
from cstrain.stats.run_rules import NELSON

MONTHS = [f"2025-{month:02d}" for month in range(5, 11)]
NEGATIVE = list(zip(MONTHS, [0.040, 0.043, 0.052, 0.061, 0.072, 0.091], strict=True))
# Defects of 36 weeks with 150 audits each; weeks 22 and 23 stand out (N10 Q7).
WEEKS = [9, 7, 11, 8, 10, 9, 8, 12, 7, 9, 10, 8, 11, 9, 7, 10, 9, 8, 12, 9, 8, 25, 24, 9, 10, 7]
WEEKS += [8, 11, 9, 10, 8, 9, 7, 12, 9, 10]
NIST = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]  # NIST/SEMATECH 6.3.2.2
REASONS = {"size": 152, "colour": 48, "late": 37, "torn": 31, "smell": 22, "other": 10}  # N06 Q3
SITES = {"S1": {"phone": (680, 800), "chat": (120, 200)}}  # N04, micro-table 8
SITES["S2"] = {"phone": (180, 200), "chat": (520, 800)}
TILES = [
    Tile("NEG", NEGATIVE, target=0.05),
    Tile("CSAT", [0.86, 0.84, 0.88], target=0.86, guard=True, period="2025 Q3"),
    Tile("AHT", NIST, target=(45, 52)),
    Tile("CPC", [12.5, None, 12.8]),
]
PLANS = [("form", 5, 2), ("training", 2, 4), ("sign", 3, 1), ("robot", 4, 5), ("call", 4, 2)]
START = datetime.fromisoformat("2025-11-03T08:00")  # a Monday
CALLS = [START + timedelta(hours=7 * step) for step in range(60)] + 5 * [START + timedelta(hours=1)]
MIXED = "退货 refund $12 & <b> — wirklich sehr lang, 很长很长的一个名字 " * 3

DRAWN = {
    "run": lambda lang: charts.run_chart(NEGATIVE, about="NEG", target=0.05, language=lang),
    "run_signs": lambda lang: charts.run_chart(
        [4, 4, 5, 4, 4, 5, 7, 8, 9, 10, 11, 12], about="RFT", target=6, language=lang
    ),
    "p": lambda lang: charts.control_chart(
        [(week + 1, count, 150) for week, count in enumerate(WEEKS)], about="QA", language=lang
    ),
    "xmr": lambda lang: charts.control_chart(NIST, kind="xmr", about="AHT", language=lang),
    "ewma": lambda lang: charts.control_chart(NIST, kind="ewma", about="AHT", language=lang),
    "funnel": lambda lang: charts.funnel([1000, 900, 720, 648], about="Calls", language=lang),
    "intervals": lambda lang: charts.intervals(
        [("A", 42, 60), ("B", 7, 10), ("C", 95, 100), ("D", 0, 0)],
        about="CSAT",
        target=0.8,
        language=lang,
    ),
    "impact": lambda lang: charts.impact_effort(PLANS, about="Plans", language=lang),
    "mixed_impact": lambda lang: charts.impact_effort(
        [(MIXED, 1, 1), ("b", 2, 2)] * 15, about=MIXED, language=lang
    ),
    "pareto": lambda lang: charts.pareto(REASONS, about="Reasons", language=lang),
    "simpson": lambda lang: charts.simpson_slope(SITES, about="FCR", language=lang),
    "week": lambda lang: charts.week_table(CALLS, about="Calls", language=lang),
    "dashboard": lambda lang: charts.dashboard(TILES, title="After-sales", language=lang),
    "mixed_run": lambda lang: charts.run_chart(
        [(MIXED, 1), (MIXED, 2)], about=MIXED, language=lang
    ),
    "mixed_pareto": lambda lang: charts.pareto({MIXED: 3, "b": 2}, about=MIXED, language=lang),
    "mixed_funnel": lambda lang: charts.funnel({MIXED: 3, "b": 2}, about=MIXED, language=lang),
    "mixed_intervals": lambda lang: charts.intervals([(MIXED, 3, 9)], about=MIXED, language=lang),
    "mixed_slope": lambda lang: charts.simpson_slope(
        {MIXED: {MIXED: (1, 3)}, "b": {MIXED: (2, 3)}}, about=MIXED, language=lang
    ),
    "mixed_tiles": lambda lang: charts.dashboard(
        [Tile(MIXED, [(MIXED, 1), (MIXED, 2)], target=1, period=MIXED, guard=True)] * 3,
        title=MIXED,
        language=lang,
    ),
    "empty": lambda lang: charts.pareto([], about="Reasons", language=lang),
}


def day(text):
    return datetime.fromisoformat(text)


def png(picture):
    return base64.b64decode(picture._repr_mimebundle_()["image/png"])


def drawn_by(picture):
    canvas = FigureCanvasAgg(picture.figure)
    canvas.draw()
    return canvas.get_renderer()


def labels_of(picture):
    return [one for one in picture.figure.findobj(Label) if one.get_visible() and one.get_text()]


# --- content -----------------------------------------------------------------------------------


def test_the_fonts_have_every_character_of_every_word():
    said = {one[language] for one in texts("chart_words").values() for language in LANGUAGES}
    signs = {sign for one in said for sign in one}
    assert {sign for sign in signs if ord(sign) not in drawable()} == set()


def test_placeholders_agree_between_the_languages():
    def named(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    words = texts("chart_words")
    assert [key for key, one in words.items() if named(one.zh) != named(one.en)] == []


def test_every_word_is_used():
    code = "".join(
        path.read_text(encoding="utf-8") for path in Path(charts.__file__).parent.glob("*.py")
    )
    made = ("unit_", "rule_", "panel_", "day_", "part_", "mark_", "good_", "shift_", "trend_")
    made += ("most_", "least_")
    unused = [
        key for key in texts("chart_words") if f'"{key}"' not in code and not key.startswith(made)
    ]
    assert unused == []


# --- what is said of known data ----------------------------------------------------------------

SAID = [
    ("run", "negative-review rate (NEG): rises from 4.0% (2025-05) to 9.1% (2025-10);"),
    ("run", "above the target of 5.0% in 4 of 6 periods."),
    ("run_signs", "Shift from point 1 to point 6: 6 points in a row below the median."),
    ("run_signs", "Shift from point 7 to point 12: 6 points in a row above the median."),
    ("run_signs", "Trend from point 4 to point 12: 8 points all rising."),
    ("p", "outside the limits: point 22 (16.7%), point 23 (16.0%)"),
    ("xmr", "Value: centre 50.8 s; limits 45.8 s to 55.8 s; no point signals."),
    ("xmr", "Moving range: centre 1.88 s; limits 0 s to 6.14 s"),
    ("funnel", "resolved 720 (72.0% of the first, 80.0% of the step before)"),
    ("funnel", "the largest loss is from answered to resolved: 180"),
    ("intervals", "groups: 4; highest C 95.0% (88.8% to 97.8%, n=100)"),
    ("intervals", "2 of 3 intervals lie clear of the overall value"),
    ("intervals", "without data: D"),
    ("pareto", "the largest is size: 152, 50.7%; the first 4 of 6 categories reach 80% (89.3%)"),
    (
        "impact",
        "measures: 5; most impact for the effort: sign (3 ÷ 1 = 3), form (5 ÷ 2 = 2.5), call",
    ),
    ("simpson", "overall (S1 80.0%, S2 70.0%)"),
    ("simpson", "S2 is higher than S1 in 2 of 2 strata; put together it is the other way round"),
    ("dashboard", "After-sales: negative-review rate (NEG): rises from 4.0%"),
    ("dashboard", "customer satisfaction (CSAT): rises from 86.0% (point 1) to 88.0% (point 3);"),
    ("dashboard", "below the target of 86.0% in 1 of 3 periods; guard metric."),
    ("dashboard", "outside the target range of 45–52 s in 4 of 10 periods"),
    ("week", "Calls: times: 65; most on Mon at 9:00: 5;"),
    ("empty", "Reasons: no data to draw."),
]


@pytest.mark.parametrize(("name", "expected"), SAID)
def test_the_words_state_the_finding(name, expected):
    assert expected in DRAWN[name]("en").alt


def test_the_words_are_chinese_in_chinese():
    alt = DRAWN["run"]("zh").alt
    assert alt == (
        "中差评率（NEG）：从2025-05的4.0%上升到2025-10的9.1%；中位数5.6%；"
        "6期中有4期高于目标5.0%。2025-05到2025-10有趋势：6点一路上升。"
    )
    for name, draw in DRAWN.items():
        said = draw("zh").alt
        assert "{" not in said, name
        assert not re.search(r"[；。：] ", said) or "mixed" in name, name


def test_wilson_limits_of_the_micro_table():
    """42 of 60: 0.575 to 0.801, 7 of 10: 0.397 to 0.892 (N04, micro-table 7)."""
    alt = charts.intervals([("A", 42, 60), ("B", 7, 10)], language="en").alt
    assert "A 70.0% (57.5% to 80.1%, n=60)" in alt
    assert "B 70.0% (39.7% to 89.2%, n=10)" in alt


def test_the_same_rate_in_both_is_no_paradox():
    flat = {"S1": {"a": (1, 2), "b": (1, 2)}, "S2": {"a": (1, 2), "b": (1, 2)}}
    assert "paradox" not in charts.simpson_slope(flat, language="en").alt


def test_one_stratum_against_the_others_is_no_paradox():
    mixed = {"S1": {"a": (1, 2), "b": (1, 2)}, "S2": {"a": (2, 2), "b": (0, 2)}}
    assert "do not all agree" in charts.simpson_slope(mixed, language="en").alt


# --- run signs ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "shifts", "trends"),
    [
        ([1, 2, 3, 4], [], []),  # four points are no trend
        ([1, 2, 3, 4, 5], [], [(0, 4)]),
        ([5, 4, 3, 2, 1], [], [(0, 4)]),
        ([1, 2, 2, 3, 4, 5], [], [(0, 5)]),  # a repeated value is skipped
        ([1, 1, 1, 1, 1, 9, 9, 9, 9, 9], [], []),  # five on a side are no shift
        ([1] * 6 + [9] * 6, [(0, 5), (6, 11)], []),
        ([1, 1, 1, 5, 1, 1, 1, 9, 9, 9, 9, 9, 9], [(0, 6), (7, 12)], []),  # one on the median
        ([1, None, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9], [(0, 6), (7, 12)], []),  # one missing
        ([None, None], [], []),
        ([3], [], []),
        ([2, 2, 2, 2, 2, 2, 2, 2], [], []),  # all on the median
    ],
)
def test_run_signs(points, shifts, trends):
    found = run_signs(points)
    assert [(one.first, one.last) for one in found.shifts] == shifts
    assert [(one.first, one.last) for one in found.trends] == trends


# --- how it is drawn ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DRAWN)
def test_every_chart_draws_without_a_warning_and_within_its_sheet(name, language):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = DRAWN[name](language)
        assert png(made).startswith(b"\x89PNG")
    with look():
        renderer = drawn_by(made)
        sheet = made.figure.bbox
        for one in labels_of(made):
            box = one.get_window_extent(renderer)
            assert box.x0 >= -1, one.get_text()
            assert box.x1 <= sheet.x1 + 1, one.get_text()
            assert box.y0 >= -1, one.get_text()
            assert box.y1 <= sheet.y1 + 1, one.get_text()
            assert one.get_fontsize() >= 9, one.get_text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DRAWN)
def test_no_label_covers_another(name, language):
    made = DRAWN[name](language)
    with look():
        renderer = drawn_by(made)
    boxes = [(one.get_text(), one.get_window_extent(renderer)) for one in labels_of(made)]
    for (words, box), (others, other) in itertools.combinations(boxes, 2):
        wide = min(box.x1, other.x1) - max(box.x0, other.x0)
        high = min(box.y1, other.y1) - max(box.y0, other.y0)
        assert wide <= 2 or high <= 4, f"{words!r} and {others!r}"


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_chart_has_the_same_bytes(name):
    assert png(DRAWN[name]("zh")) == png(DRAWN[name]("zh"))


def test_what_a_notebook_has_set_changes_nothing():
    plain = png(DRAWN["run"]("en"))
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "black", "savefig.bbox": "tight"}):
        before = dict(mpl.rcParams)
        assert png(DRAWN["run"]("en")) == plain
        assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("name", ["mixed_run", "mixed_pareto", "mixed_slope", "mixed_tiles"])
def test_a_dollar_is_never_mathematics(name):
    made = DRAWN[name]("en")
    assert any("$12" in one.get_text() for one in labels_of(made))
    assert not any(one.get_parse_math() for one in made.figure.findobj(Label))
    assert png(charts.run_chart([1, 2], about=r"$\frac", language="en"))


def test_a_character_without_a_glyph_becomes_a_box():
    made = charts.pareto({"\U0001fae8 ok": 1}, language="en")
    assert any("□ ok" in one.get_text() for one in labels_of(made))
    assert "\U0001fae8 ok" in made.alt


@pytest.mark.parametrize("name", ["婷", "琪", "鑫", "赟"])
def test_names_of_people_can_be_drawn(name):
    drawn = ord(name) in drawable()
    assert drawn == (name != "赟")  # the last one is not in GB 2312


def test_ten_thousand_categories_stay_a_picture():
    many = {f"reason {place}": place + 1 for place in range(10_000)}
    made = charts.pareto(many, language="en")
    assert len(made.figure.axes[0].patches) == 14
    assert "others" in made.figure.axes[0].get_yticklabels()[-1].get_text()
    groups = [(f"agent {place}", place % 31, 30) for place in range(10_000)]
    made = charts.intervals(groups, language="en")
    assert len(made.figure.axes[0].get_yticklabels()) == 25
    assert any("9,976 more groups" in one.get_text() for one in labels_of(made))
    assert len(png(charts.run_chart(range(10_000), language="en"))) > 1000


def test_the_chart_has_the_points_and_the_target_in_it():
    axes = DRAWN["run"]("en").figure.axes[0]
    heights = [list(line.get_ydata()) for line in axes.lines]
    assert [value for _, value in NEGATIVE] in heights
    assert [0.05, 0.05] in heights
    ringed = [line for line in axes.lines if line.get_marker() == "s"]
    assert list(ringed[0].get_ydata()) == [0.052, 0.061, 0.072, 0.091]


# --- data of any kind --------------------------------------------------------------------------

FRAME = {"month": ["a", "b"], "value": [0.25, 0.75], "n": [4, 4]}


@pytest.mark.parametrize(
    "points",
    [
        {"a": 0.25, "b": 0.75},
        [("a", 0.25), ("b", 0.75)],
        [["a", 0.25], ["b", 0.75]],
        [{"month": "a", "value": 0.25}, {"month": "b", "value": 0.75}],
        pd.Series({"a": 0.25, "b": 0.75}),
        pd.DataFrame(FRAME),
        pl.DataFrame(FRAME),
        pl.LazyFrame(FRAME),
        pa.table(FRAME),
        duckdb.from_arrow(pa.table(FRAME)),
    ],
    ids=lambda one: type(one).__module__.split(".")[0] + "_" + type(one).__name__,
)
def test_points_come_as_people_have_them(points):
    made = charts.run_chart(points, about=Measure("x", "share"), language="en")
    assert made.alt == "x: rises from 25.0% (a) to 75.0% (b); median 50.0%."


def test_columns_are_named():
    frame = pd.DataFrame(FRAME)
    made = charts.run_chart(frame, ("month", "n"), about="x", language="en")
    assert "stands at 4 (a) and again at 4 (b)" in made.alt
    with pytest.raises(CstrainError, match='no column "mouth"'):
        charts.run_chart(frame, ("mouth", "n"), language="en")
    with pytest.raises(CstrainError, match="2 names of columns"):
        charts.run_chart(frame, "month", language="en")
    with pytest.raises(CstrainError, match="two named 'a'"):
        charts.run_chart(pd.DataFrame([[1, 2, 3]] * 3, columns=["a", "a", "b"]), language="en")


def test_results_of_kpi_are_drawn():
    calls = [
        {"outcome": "answered", "wait_s": 5 + step, "at": day(f"2025-0{1 + step % 3}-05"), "ch": ch}
        for step, ch in enumerate("abcabd" * 10)
    ]
    by_month = charts.run_chart(kpi("SL", calls, period="month"), about="SL", language="en")
    assert "(2025-01) to " in by_month.alt
    by_channel = charts.intervals(kpi("SL", calls, by="ch"), about="SL", language="en")
    assert "groups: 4" in by_channel.alt
    frame = kpi("SL", pd.DataFrame(calls), period="month")
    names = ("period", "numerator", "denominator")
    made = charts.control_chart(frame, names, about="SL", language="en")
    assert "no point signals" in made.alt


def test_charts_of_the_statistics_are_drawn_as_they_are():
    chart = p_chart(WEEKS, 150)
    assert "point 22 (16.7%)" in charts.control_chart(chart, about="x", language="en").alt
    both = xmr_chart(NIST)
    assert "Moving range" in charts.control_chart(both, about="x", language="en").alt


def test_the_rules_of_nelson_have_words():
    rising = [*range(7), *([3, 4] * 8)]
    limits = Limits(rules=NELSON)
    alt = charts.control_chart(rising, kind="xmr", about="x", limits=limits, language="en").alt
    assert "6 points all rising or falling: " in alt
    assert "14 points alternating up and down" in alt


def test_the_unit_and_direction_come_with_the_code():
    assert speech("service_level", "en") == speech("SL", "en")
    say = speech("RFT", "zh")
    assert (say.title, say.value(2.6), say.measure.good) == ("退款时长（RFT）", "2.6天", "down")
    assert speech(Text(zh="题", en="title"), "en").title == "title"


def test_a_range_is_a_target_too():
    made = charts.run_chart([0.7, 0.8, 0.9], about="OCC", target=(0.88, 0.75), language="en")
    assert "outside the target range of 75–88% in 2 of 3 periods" in made.alt


# --- bad data ----------------------------------------------------------------------------------

NAN = float("nan")


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        (lambda: charts.run_chart([], language="en"), "no data to draw"),
        (lambda: charts.run_chart([NAN, None], language="en"), "no data to draw"),
        (lambda: charts.run_chart([7], language="en"), "a single point: 7 (point 1)"),
        (lambda: charts.run_chart([1, NAN, 3], language="en"), "periods without a value: 1"),
        (lambda: charts.run_chart([2, 2], language="en"), "stands at 2"),
        (lambda: charts.control_chart([], language="en"), "no data to draw"),
        (lambda: charts.control_chart([("a", 0, 0)], language="en"), "no data to draw"),
        (lambda: charts.control_chart([5], kind="xmr", language="en"), "too few points"),
        (lambda: charts.funnel([], language="en"), "no data to draw"),
        (lambda: charts.funnel([0, 0], language="en"), "offered 0; answered 0"),
        (lambda: charts.intervals([("a", 0, 0)], language="en"), "no data to draw"),
        (lambda: charts.pareto({"a": 0}, language="en"), "no data to draw"),
        (lambda: charts.pareto(["a", "b", "a"], language="en"), "total 3; the largest is a: 2"),
        (lambda: charts.simpson_slope([], language="en"), "no data to draw"),
        (
            lambda: charts.simpson_slope({"A": {"s": (1, 2)}, "B": {"t": (1, 2)}}, language="en"),
            "no stratum has members of both groups",
        ),
        (lambda: charts.week_table([None], language="en"), "no data to draw"),
        (lambda: charts.dashboard([], language="en"), "no data to draw"),
        (lambda: charts.dashboard([Tile("CSAT", [])], language="en"), "(CSAT): no data to draw"),
    ],
)
def test_little_or_no_data_give_a_picture(draw, expected):
    made = draw()
    assert png(made)
    assert expected in made.alt


@pytest.mark.parametrize(
    ("draw", "sentence"),
    [
        (lambda: charts.run_chart([1, "x"], language="en"), "points[1]: found 'x'"),
        (lambda: charts.run_chart([float("inf")], language="en"), "points[0]: found inf"),
        (lambda: charts.run_chart("abc", language="en"), "points: found 'abc'"),
        (lambda: charts.run_chart(None, language="en"), "points: found None"),
        (lambda: charts.run_chart([(1, 2, 3)], language="en"), "a row of 2 cells"),
        (lambda: charts.run_chart([1], about=5, language="en"), "about: found 5"),
        (lambda: charts.run_chart([1], target="x", language="en"), "target: found 'x'"),
        (lambda: charts.run_chart([1], target=(1,), language="en"), "target: found (1,)"),
        (lambda: charts.run_chart([1], language="fr"), 'no language "fr"'),
        (
            lambda: charts.run_chart([1], about=Measure("x", good="sideways"), language="en"),
            "good: found 'sideways'",
        ),
        (
            lambda: charts.control_chart([1], kind="pp", language="en"),
            'no kind of control chart "pp"',
        ),
        (lambda: charts.control_chart([("a", 5, 4)], language="en"), "found 5; allowed: at most n"),
        (lambda: charts.control_chart([1], limits=3, language="en"), "limits: found 3"),
        (lambda: charts.funnel([5, 6], language="en"), "at most 5, the step before"),
        (lambda: charts.funnel([5, -6], language="en"), "stages[1]: found -6"),
        (lambda: charts.funnel(range(99, 0, -1), language="en"), "found 99 steps"),
        (lambda: charts.intervals([("a", 3, 2)], language="en"), "groups[0], events: found 3"),
        (lambda: charts.intervals([("a", -1, 2)], language="en"), "groups[0], events: found -1"),
        (lambda: charts.intervals([("a", 0.5, 2)], language="en"), "a whole number from 0"),
        (lambda: charts.pareto({"a": -1}, language="en"), "counts[0], a: found -1"),
        (
            lambda: charts.simpson_slope([("A", "s", 1, 2)], language="en"),
            "found 1 groups; allowed: exactly 2",
        ),
        (lambda: charts.week_table(["noon"], language="en"), "times[0]: found 'noon'"),
        (lambda: charts.dashboard(5, language="en"), "items: found int"),
        (lambda: charts.dashboard([5], language="en"), "items[0]: found int"),
        (lambda: charts.dashboard([{"points": []}], language="en"), "found no about"),
        (
            lambda: charts.dashboard([{"about": "x", "point": []}], language="en"),
            'Did you mean "points"?',
        ),
        (lambda: charts.dashboard([Tile("x", [])] * 13, language="en"), "found 13 KPIs"),
        (lambda: charts.kpi_anatomy("SLL", language="en"), 'no KPI "SLL". Did you mean "SL"?'),
    ],
)
def test_wrong_data_are_answered_with_one_sentence(draw, sentence):
    with pytest.raises(CstrainError) as caught:
        draw()
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


# --- labels and numbers ------------------------------------------------------------------------


def test_labels_are_cut_and_broken():
    assert shortened("退款时长", 6) == "退款…"
    assert wrapped("短", 20) == ["短"]
    assert wrapped("", 20) == [""]
    assert wrapped("一二三四五六七八", 8) == ["一二三四", "五六七八"]
    assert wrapped("一二三四，五六", 8) == ["一二三", "四，五六"]  # no comma begins a line
    assert wrapped("x" * 30, 10) == ["x" * 10, "x" * 8 + "…"]
    assert all(len(one) <= 2 for one in (wrapped(MIXED, 20), wrapped("a b " * 50, 9)))


def test_labels_of_any_kind_are_named():
    days = [date(2025, 7, 1), day("2025-08-01")]
    assert names_of(days) == ["2025-07", "2025-08"]
    assert names_of([day("2025-08-01T09:30")]) == ["2025-08-01 09:30"]
    assert names_of([None, NAN, pd.NaT, pd.NA, "", 3.0, 2.5]) == ["–"] * 5 + ["3", "2.5"]
    assert names_of([pd.Period("2025-07", "M")]) == ["2025-07"]
    hidden = names_of(["a\u202eb\u200b\n c"])[0]
    assert not [sign for sign in hidden if unicodedata.category(sign)[0] == "C"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-0.0, "0"), (0.05, "0.05"), (99.95, "100"), (1234.5, "1,234"), (1e-5, "1e-05")],
)
def test_numbers_are_short(value, text):
    assert number(value) == text


# --- anatomy -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", codes())
def test_every_kpi_has_an_anatomy(code, language):
    made = charts.kpi_anatomy(code, language=language)
    drawing = ET.fromstring(made.svg)  # noqa: S314 - our own drawing
    assert [one.tag.rpartition("}")[2] for one in drawing][:2] == ["title", "desc"]
    bottom = float(drawing.attrib["viewBox"].split()[3])
    texts_in = [one for one in drawing if one.tag.endswith("text")]
    assert all(float(one.attrib["y"]) < bottom for one in texts_in)
    shown = " ".join(one.text for one in texts_in)
    assert f"{code} =" in shown
    assert ("Above the line: " if language == "en" else "分子：") in made.alt
    assert "{" not in made.alt
    assert made.svg == charts.kpi_anatomy(code, language=language).svg


# --- cost --------------------------------------------------------------------------------------


def test_importing_charts_loads_no_heavy_library():
    script = "import cstrain.charts, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    heavy = {"pandas", "numpy", "matplotlib", "narwhals", "scipy"}
    assert set(done.stdout.split()) & heavy == set()


def test_measures_as_good_as_the_third_are_marked_too():
    plans = [("a", 4, 1), ("b", 3, 1), ("c", 2, 1), ("d", 4, 2), ("e", 1, 1)]
    alt = charts.impact_effort(plans, language="en").alt
    assert "d (4 ÷ 2 = 2)" in alt
    assert "e (" not in alt


@pytest.mark.parametrize("rating", [0, 6, 2.5, "much"])
def test_a_rating_off_the_scale_is_named(rating):
    with pytest.raises(CstrainError, match=r"measures\[0\]"):
        charts.impact_effort([("a", rating, 1)], language="en")
