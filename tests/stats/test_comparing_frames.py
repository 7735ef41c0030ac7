"""`compare` on rows and on frames: the same answer, missing values, conditions, errors."""

import csv
import math
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cstrain
from cstrain.errors import CstrainError, UnknownNameError
from cstrain.stats.comparing_frames import compare
from cstrain.stats.effects import effect

SITES = ("S1", "S2", "", None)
FLAGS = (True, False, None)


def table():
    """80 rows that hold every combination, missing cells included."""
    return [
        {
            "place": place,
            "late": FLAGS[place % 3],
            "bad": FLAGS[place * 7 // 3 % 3],
            "site": SITES[place % 4],
            "version": ("v1", "v2", None)[place // 5 % 3],
            "wait_h": None if place % 11 == 0 else place / 2,
            "stars": 1 + place % 5,
            "day": date(2025, 9, 1 + place % 28),
        }
        for place in range(80)
    ]


ROWS = table()


def duck(rows):
    frame = pl.DataFrame(rows).to_arrow()
    return duckdb.connect().from_arrow(frame)


FRAMES = {
    "pandas of objects": pd.DataFrame,
    "pandas with nulls": lambda rows: pd.DataFrame(rows).convert_dtypes(),
    "pandas of arrow": lambda rows: pl.DataFrame(rows).to_pandas(use_pyarrow_extension_array=True),
    "polars": pl.DataFrame,
    "polars lazy": pl.LazyFrame,
    "polars categories": lambda rows: pl.DataFrame(rows).with_columns(
        pl.col("site").cast(pl.Categorical)
    ),
    "pyarrow": lambda rows: pl.DataFrame(rows).to_arrow(),
    "duckdb": duck,
    "narwhals": lambda rows: nw.from_native(pl.DataFrame(rows)),
}
QUESTIONS = {
    "flags": ("late", "bad", None),
    "one stratum": ("late", "bad", "site"),
    "two strata": ("late", "bad", ["site", "version"]),
    "pairs": (("version", "v2"), ("stars", 1), "site"),
    "pair of a flag": (("late", False), ("bad", True), ("site",)),
    "functions": (
        lambda row: row["wait_h"] > 20,
        lambda row: (row["stars"] <= 3) & (row["site"] == "S1"),
        None,
    ),
    "a day": (lambda row: row["day"] >= date(2025, 9, 15), "bad", "version"),
    "strata of conditions": ("late", "bad", [("version", "v2"), lambda row: row["wait_h"] > 20]),
}


@pytest.mark.parametrize("kind", FRAMES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_frames_say_what_rows_say(kind, question):
    exposure, outcome, strata = QUESTIONS[question]
    expected = compare(ROWS, exposure, outcome, strata)
    found = compare(FRAMES[kind](ROWS), exposure, outcome, strata)
    assert found == expected
    assert expected.exposed.n + expected.unexposed.n + expected.excluded == len(ROWS)


# Counted by hand from the rule of the rows below.
def test_by_hand():
    rows = [
        *({"late": True, "bad": True, "site": "S1"} for _ in range(6)),
        *({"late": True, "bad": False, "site": "S1"} for _ in range(4)),
        *({"late": False, "bad": True, "site": "S1"} for _ in range(2)),
        *({"late": False, "bad": False, "site": "S1"} for _ in range(8)),
        *({"late": True, "bad": True, "site": "S2"} for _ in range(3)),  # nobody unexposed
        {"late": None, "bad": True, "site": "S1"},
        {"late": True, "bad": "", "site": "S1"},
        {"late": True, "bad": True, "site": " "},
        {"late": math.nan, "bad": math.nan, "site": math.nan},
        {"bad": True, "site": "S1"},
    ]
    found = compare(rows, "late", "bad", "site")
    expected = effect([((6, 10), (2, 10)), ((3, 3), (0, 0))], excluded=5)
    assert found == expected
    assert (found.strata_used, found.strata_skipped) == (1, 1)
    assert found.stratified_ratio.estimate == pytest.approx(3)


SPELLINGS = {
    "truth": (True, False, None),
    "numbers": (1, 0, None),
    "floats": (1.0, 0.0, math.nan),
    "text": ("true", "false", ""),
    "capitals": ("True", "FALSE", " "),
    "digits": ("1", "0", ""),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("make", [list, pd.DataFrame, partial(pl.DataFrame, strict=False)])
def test_every_spelling_of_a_flag(spelling, make):
    yes, no, nothing = SPELLINGS[spelling]
    rows = [
        {"late": late, "bad": bad}
        for late in (yes, no, nothing)
        for bad in (yes, no, no, nothing)
        for _ in range(5)
    ]
    found = compare(make(rows), "late", "bad")
    assert found == effect([((5, 15), (5, 15))], excluded=30)


CELL = st.sampled_from([True, False, None])
RANDOM_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "a": CELL,
            "b": CELL,
            "s": st.sampled_from(["x", "y", "", None]),
            "v": st.sampled_from([0.5, 1.5, 2.5, math.nan, None]),
        }
    ),
    max_size=40,
)
SCHEMA = {"a": pl.Boolean, "b": pl.Boolean, "s": pl.String, "v": pl.Float64}


@settings(deadline=None)
@given(RANDOM_ROWS)
def test_random_rows(rows):
    frame = pl.DataFrame(rows, schema=SCHEMA)
    for strata in (None, "s", ["s", "v"]):
        assert compare(frame, "a", "b", strata) == compare(rows, "a", "b", strata)
    with_pandas = pd.DataFrame(rows, columns=list(SCHEMA))
    assert compare(with_pandas, "a", lambda row: row["v"] > 1, "s") == compare(
        rows, "a", lambda row: row["v"] > 1, "s"
    )


def test_rows_may_come_one_by_one_and_lack_cells():
    rows = [{"a": 1, "b": 1}, {"a": 0, "b": 0}, {"a": 1}]
    assert compare(iter(rows), "a", "b").excluded == 1
    assert compare(tuple(rows), lambda row: row.get("a") == 1, "b").excluded == 1
    assert compare([], "a", "b").verdict == "untested"


def test_it_is_a_public_name_and_needs_no_frame_library_for_rows():
    assert cstrain.compare is compare
    script = (
        "import cstrain, sys; cstrain.compare([{'a': 1, 'b': 1}], 'a', 'b');"
        "print({'narwhals', 'pandas', 'numpy'} & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


WRONG = {
    "unknown column": (ROWS, "lat", "bad", None, 'no column "lat". Did you mean "late"?'),
    "unknown stratum": (ROWS, "late", "bad", "sites", 'no column "sites". Did you mean "site"?'),
    "unknown to a function": (
        ROWS,
        lambda row: row["wait"] > 1,
        "bad",
        None,
        'no column "wait". Did you mean "wait_h"?',
    ),
    "no flag": (
        ROWS,
        "stars",
        "bad",
        None,
        "stars: found 2; allowed: true, false, 1, 0 or nothing.",
    ),
    "text for a number": (
        ROWS,
        ("stars", "1"),
        "bad",
        None,
        "stars: found 1; allowed: text, as '1'.",
    ),
    "number for text": (
        ROWS,
        ("version", 2),
        "bad",
        None,
        "version: found 'v1'; allowed: number, as 2.",
    ),
    "one row": (
        {"late": True},
        "late",
        "bad",
        None,
        "table: found dict; allowed: a list of rows, or a frame.",
    ),
    "no rows": ([1, 2], "late", "bad", None, "table[0]: found int; allowed: a dict."),
    "no table": (7, "late", "bad", None, "table: found int; allowed: a list of rows, or a frame."),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_question_is_one_sentence(case):
    rows, exposure, outcome, strata, sentence = WRONG[case]
    with pytest.raises(CstrainError) as error:
        compare(rows, exposure, outcome, strata)
    assert str(error.value) == sentence


@pytest.mark.parametrize("kind", ["pandas of objects", "polars lazy", "duckdb"])
def test_frames_know_their_columns_too(kind):
    frame = FRAMES[kind](ROWS)
    with pytest.raises(UnknownNameError, match='Did you mean "late"'):
        compare(frame, "lat", "bad")
    with pytest.raises(UnknownNameError, match='Did you mean "wait_h"'):
        compare(frame, lambda row: row["wait"] > 1, "bad")
    with pytest.raises(CstrainError, match="stars: found"):
        compare(frame, "stars", "bad")


def test_a_mistake_in_a_function_is_not_taken_for_a_missing_cell():
    with pytest.raises(TypeError):
        compare([{"a": 1, "b": True}], lambda row: row["a"] > "2", "b")


def test_inverting_a_python_truth_by_a_tilde_is_an_error():
    with pytest.raises(CstrainError, match="function: found -2"):
        compare([{"a": 1, "b": True}], lambda row: -1 - (row["a"] == 1), "b")


def test_frames_of_arrow_without_rows():
    schema = pa.schema([("a", pa.bool_()), ("b", pa.bool_())])
    assert compare(schema.empty_table(), "a", "b").verdict == "untested"


def read(name):
    path = Path(cstrain.__file__).parents[1] / "datasets" / name
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


# Curriculum, table C-0, two rows of Case A: reviews of orders since 15 September.
def test_two_factors_of_case_a():
    orders = {one["order_id"]: one for one in read("A/orders.csv")}
    reviews = [{**orders[one["order_id"]], **one} for one in read("A/reviews.csv")]
    recent = [one for one in reviews if one["order_day"] >= "2025-09-15"]

    def bad(row):
        return int(row["stars"]) <= 3

    page = compare(recent, ("page_version", "v2"), bad, strata="late")
    assert page.verdict == "supported"
    assert page.excluded == 0
    carrier = compare(recent, ("carrier", "K2"), bad, strata="page_version")
    assert carrier.verdict == "rejected"
    frame = pl.DataFrame(recent).with_columns(pl.col("stars").cast(pl.Int64))
    assert compare(frame, ("page_version", "v2"), lambda row: row["stars"] <= 3, "late") == page
