"""What must hold for any table, and that every engine says the same of it."""

import datetime as dt
import math
from collections import Counter

import pytest
from engines import MAKERS, day, on, report_on
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cstrain.kpi import kpi
from cstrain.kpi.plain_engine import quantile

QUIET = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
START = day("2025-01-01")

teams = st.sampled_from(["A", "B", None])
numbers = st.one_of(
    st.integers(0, 40).map(float), st.sampled_from([None, math.nan, math.inf, 4.5, 5.0, 20.0])
)
# Few moments, so that equal ones, exact windows and month ends are common.
times = st.one_of(
    st.none(), st.integers(0, 60).map(lambda half: START + dt.timedelta(hours=12 * half))
)
rows_of_calls = st.lists(
    st.fixed_dictionaries(
        {
            "team": teams,
            "at": times,
            "outcome": st.sampled_from(["answered", "answered", "abandoned", "blocked", None]),
            "wait_s": numbers,
            "csat": st.sampled_from([None, 1, 2, 3, 4, 5, 9]),
            "customer_id": st.sampled_from(["K1", "K2", "K3", None]),
            "issue": st.sampled_from(["size", "size", None]),
            "resolved": st.sampled_from([True, False, None]),
            "handle_s": numbers,
        }
    ),
    min_size=1,
    max_size=25,
)
ASKED = [
    ("SL", {}),
    ("SL", {"base": "answered_or_late"}),
    ("ABR", {}),
    ("ASA", {}),
    ("CSAT", {}),
    ("CSM", {}),
    ("AHT", {"form": "total"}),
    ("AHQ", {"form": "total", "q": 0.75}),
    ("FCR", {}),
    ("FCR", {"form": "flag"}),
    ("FCRI", {}),
    ("FCRI", {"bound": "out", "window": 3}),
    ("RPT", {"end": "2025-01-20", "keys": "customer_id"}),
    ("RPR", {"counted": "days"}),
    ("RPR", {}),
]
RATIOS = [one for one in ASKED if one[0] not in {"AHQ", "FCR", "FCRI", "RPT", "RPR"}]


def close(found, expected):
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one.keys() == other.keys()
        for name, cell in other.items():
            is_number = isinstance(cell, float)
            assert one[name] == (pytest.approx(cell, abs=1e-9) if is_number else cell), name


GROUPINGS = [((), None), (("team",), None), ((), "month"), (("team",), "week")]


@pytest.mark.parametrize("other", [one for one in MAKERS if one != "rows"])
@settings(QUIET, max_examples=40)
@given(rows=rows_of_calls, question=st.sampled_from(ASKED), groups=st.sampled_from(GROUPINGS))
def test_every_engine_says_the_same(other, rows, question, groups):
    code, asked = question
    asked = {**asked, "by": groups[0], "period": groups[1]}
    close(on(other, rows, code, **asked), on("rows", rows, code, **asked))


@pytest.mark.parametrize("other", [one for one in MAKERS if one != "rows"])
@settings(QUIET, max_examples=8)
@given(rows=rows_of_calls)
def test_every_engine_gives_the_same_report(other, rows):
    codes = {
        "SL": {},
        "CSM": {},
        "FCR": {},
        "RPT": {},
        "RPR": {},
        "FLAG": {"code": "FCR", "form": "flag"},
        "p90": {"code": "AHQ", "form": "total"},
        "p50": {"code": "AHQ", "form": "total", "q": 0.5},
    }
    asked = {"by": "team", "period": "month", "eligible": "outcome != 'blocked'"}
    close(report_on(other, rows, codes, **asked), report_on("rows", rows, codes, **asked))


@pytest.mark.parametrize(("code", "asked"), ASKED)
@QUIET
@given(rows=rows_of_calls, random=st.randoms())
def test_the_order_of_rows_does_not_matter(code, asked, rows, random):
    mixed = list(rows)
    random.shuffle(mixed)
    asked = {**asked, "by": "team"}
    close(on("rows", mixed, code, **asked), on("rows", rows, code, **asked))


@pytest.mark.parametrize(("code", "asked"), RATIOS)
@QUIET
@given(rows=rows_of_calls)
def test_groups_put_together_are_the_whole(code, asked, rows):
    (whole,) = on("rows", rows, code, **asked)
    parts = Counter()
    for part in on("rows", rows, code, by="team", **asked):
        parts.update(
            {name: part[name] for name in ("numerator", "denominator", "rows", "excluded")}
        )
    assert {name: whole[name] for name in parts} == pytest.approx(dict(parts))
    if whole["denominator"]:
        assert whole["value"] == pytest.approx(parts["numerator"] / parts["denominator"])
    else:
        assert whole["value"] is None


NOTHING = {
    "team": None,
    "at": None,
    "outcome": None,
    "wait_s": None,
    "csat": None,
    "customer_id": None,
    "issue": None,
    "resolved": None,
    "handle_s": None,
}


@pytest.mark.parametrize(("code", "asked"), ASKED)
@QUIET
@given(rows=rows_of_calls)
def test_a_row_that_cannot_count_is_counted_as_that(code, asked, rows):
    (before,) = on("rows", rows, code, **asked)
    (after,) = on("rows", [*rows, NOTHING], code, **asked)
    assert (after["rows"], after["excluded"]) == (before["rows"] + 1, before["excluded"] + 1)
    for name in ("numerator", "denominator", "value"):
        assert after[name] == before[name]


@QUIET
@given(rows=rows_of_calls)
def test_repeats_and_resolutions_are_all_there_is(rows):
    (fcr,), (rpt,) = on("rows", rows, "FCR"), on("rows", rows, "RPT")
    assert fcr["denominator"] == rpt["denominator"]
    assert fcr["numerator"] + rpt["numerator"] == fcr["denominator"]


def repeats_by_looking(rows, end, days):
    """Return eligible and repeated contacts, by comparing every pair."""
    window = dt.timedelta(days=days)
    whole = [one for one in rows if None not in (one["customer_id"], one["issue"], one["at"])]
    eligible = [one for one in whole if one["at"] <= end - window]
    again = [
        one
        for one in eligible
        if any(
            (other["customer_id"], other["issue"]) == (one["customer_id"], one["issue"])
            and one["at"] < other["at"] <= one["at"] + window
            for other in whole
        )
    ]
    return len(eligible), len(again)


@QUIET
@given(rows=rows_of_calls, days=st.integers(0, 9))
def test_repeats_are_those_that_one_finds_by_looking(rows, days):
    end = START + dt.timedelta(days=30)
    (found,) = kpi("RPT", rows, end=end, window=days)
    assert (found.denominator, found.numerator) == repeats_by_looking(rows, end, days)


@QUIET
@given(values=st.lists(st.floats(-1e6, 1e6), min_size=1), q=st.floats(0, 1))
def test_quantiles_lie_between_the_values_and_grow(values, q):
    found = quantile(values, q)
    assert min(values) <= found <= max(values) or math.isclose(found, max(values))
    assert quantile(values, q / 2) <= found or math.isclose(quantile(values, q / 2), found)
