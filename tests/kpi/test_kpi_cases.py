"""Every KPI on tables worked by hand (cases/*.toml), on rows, pandas, Polars and DuckDB.

A case has a table, what is asked, and numerator, denominator, value and excluded rows; "none" is
a missing value. The tables are written with | between the columns; an empty cell is missing.
"""

import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest
from engines import on

from cstrain.kpi import kpi
from cstrain.kpi.definitions import codes, definition
from cstrain.kpi.errors import KpiError

TIME = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
WORDS = {"": None, "true": True, "false": False}
FIELDS = ("numerator", "denominator", "value", "excluded")


def cell(text):
    if text in WORDS:
        return WORDS[text]
    if TIME.fullmatch(text):
        return dt.datetime.fromisoformat(text)
    if NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def rows_of(table):
    head, *lines = table.strip().splitlines()
    names = [one.strip() for one in head.split("|")]
    return [
        dict(zip(names, (cell(one.strip()) for one in line.split("|")), strict=True))
        for line in lines
    ]


def all_cases():
    for path in sorted(Path(__file__).with_name("cases").glob("*.toml")):
        for code, listed in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for place, one in enumerate(listed, start=1):
                yield pytest.param(code, one, id=f"{code}-{place}-{one['about'].replace(' ', '_')}")


CASES = list(all_cases())
COMPUTED = [one for one in codes() if definition(one).statistic != "function"]
FUNCTIONS = [one for one in codes() if definition(one).statistic == "function"]
ENGINES = ("rows", "pandas", "polars", "duckdb")


@pytest.mark.parametrize("where", ENGINES)
@pytest.mark.parametrize(("code", "case"), CASES)
def test_worked_by_hand(where, code, case):
    rows = rows_of(case["table"])
    (found,) = on(where, rows, code, **case.get("asked", {}))
    assert found["rows"] == len(rows)
    for name in FIELDS:
        expected = None if case[name] == "none" else case[name]
        assert found[name] == (expected if expected is None else pytest.approx(expected)), name


def cases_of(code):
    return [one.values[1] for one in CASES if one.values[0] == code]


@pytest.mark.parametrize("code", COMPUTED)
def test_every_kpi_has_cases_with_edges(code):
    cases, about = cases_of(code), definition(code)
    assert len(cases) >= 2
    assert any(one["excluded"] > 0 for one in cases)
    nothing = 0 if about.statistic == "count" else "none"
    assert any(one["value"] == nothing for one in cases)
    assert set(about.forms) <= {one.get("asked", {}).get("form") for one in cases}


@pytest.mark.parametrize("code", COMPUTED)
def test_every_option_has_a_case(code):
    for param in definition(code).params.values():
        if not param.options:
            continue
        tried = {one.get("asked", {}).get(param.name, param.default) for one in cases_of(code)}
        assert set(param.options) <= tried, param.name


def test_no_case_is_of_an_unknown_kpi():
    assert {one.values[0] for one in CASES} <= set(COMPUTED)


@pytest.mark.parametrize("code", FUNCTIONS)
def test_a_function_is_named_instead_of_computed(code):
    with pytest.raises(KpiError, match=re.escape(str(definition(code).function))):
        kpi(code, [{"first": 1}])
