"""Calling `kpi` and `kpi_report`: own headers, one query, and what a wrong call is told."""

import datetime as dt
import inspect
import re
import subprocess
import sys
from decimal import Decimal

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from engines import MAKERS, day, on, plain, report_on

import cstrain
from cstrain.errors import CstrainError
from cstrain.kpi import Value, kpi, kpi_report
from cstrain.kpi.definitions import codes, definition
from cstrain.kpi.errors import KpiError
from cstrain.kpi.frame_neighbours import Wanted, _by_duckdb, _by_narwhals

CALLS = [
    {"outcome": "answered", "wait_s": 12, "csat": 5, "at": day("2025-06-01 09:00"), "team": "A"},
    {"outcome": "answered", "wait_s": 40, "csat": 2, "at": day("2025-06-30 09:00"), "team": "A"},
    {"outcome": "abandoned", "wait_s": 9, "csat": None, "at": day("2025-07-01"), "team": "B"},
]


def test_both_names_are_public_in_whatever_order_they_are_imported():
    lines = (
        "import cstrain.kpi; from cstrain import kpi, kpi_report",
        "from cstrain import kpi, kpi_report; import cstrain.kpi.plan",
        "from cstrain.kpi import kpi, kpi_report",
    )
    use = "print(kpi('CSM', [{'csat': 4}])[0].value, kpi_report([{'csat': 4}], ['CSM']))"
    for line in lines:
        done = subprocess.run(
            [sys.executable, "-c", f"{line}\n{use}"], capture_output=True, text=True, check=True
        )
        assert done.stdout == "4.0 [{'rows': 1, 'CSM': 4.0, 'CSM_n': 1}]\n"
    assert "kpi" in cstrain.__all__
    assert list(inspect.signature(kpi).parameters)[:2] == ["code", "table"]


def test_rows_need_no_library():
    code = (
        "import sys; from cstrain import kpi; kpi('FCR', [{'customer_id': 1, 'issue': 2, 'at': "
        "__import__('datetime').datetime(2025, 1, 1)}]); print(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {one.split(".")[0] for one in re.findall(r"'([\w.]+)'", done.stdout)}
    assert loaded & {"narwhals", "pandas", "numpy", "polars", "duckdb", "pyarrow"} == set()


def test_rows_give_values():
    assert kpi("SL", CALLS, by="team") == [
        Value(1, 2, 0.5, 2, 0, {"team": "A"}),
        Value(0, 1, 0.0, 1, 0, {"team": "B"}),
    ]


@pytest.mark.parametrize(
    ("engine", "kind"),
    [
        ("pandas", pd.DataFrame),
        ("polars", pl.DataFrame),
        ("polars-lazy", pl.LazyFrame),
        ("duckdb", duckdb.DuckDBPyRelation),
        ("pyarrow", pa.Table),
    ],
)
def test_a_frame_gives_a_frame_of_its_kind(engine, kind):
    frame = MAKERS[engine](CALLS)
    assert isinstance(kpi("SL", frame, by="team", period="month"), kind)
    assert isinstance(kpi_report(frame, ["SL", "CSM"]), kind)


def test_columns_of_a_result(engine):
    (found,) = on(engine, CALLS[:1], "SL", by="team", period="quarter")
    assert list(found) == [
        "team",
        "period",
        "numerator",
        "denominator",
        "value",
        "rows",
        "excluded",
    ]
    (found,) = report_on(engine, CALLS[:1], ["SL", "CSM"], by="team")
    assert list(found) == ["team", "rows", "SL", "SL_n", "CSM", "CSM_n"]
    (found,) = report_on(engine, CALLS[:1], ["SL", "CSM"], detail=False)
    assert list(found) == ["rows", "SL", "CSM"]


def test_own_headers(engine):
    rows = [
        {"结果": one["outcome"], "等待秒数": one["wait_s"], "班组": one["team"]} for one in CALLS
    ]
    names = {"outcome": "结果", "wait_s": "等待秒数"}
    found = on(engine, rows, "SL", columns=names, by="班组")
    assert [(one["班组"], one["value"]) for one in found] == [("A", 0.5), ("B", 0)]
    (found,) = on(engine, rows, "SL", columns=names, eligible="班组 == 'A' and wait_s < 20")
    assert (found["value"], found["excluded"]) == (1, 2)


def test_headers_that_need_quoting(engine):
    rows = [
        {'cust "id"': "K1", "select": "size", "at time": day("2025-10-01")},
        {'cust "id"': "K1", "select": "size", "at time": day("2025-10-02")},
    ]
    names = {"customer_id": 'cust "id"', "issue": "select", "at": "at time"}
    (found,) = on(engine, rows, "FCR", columns=names, end="2025-12-01", by=())
    assert (found["numerator"], found["denominator"]) == (1, 2)


def test_one_kpi_in_two_ways(engine):
    rows = [{"handle_s": float(one)} for one in range(1, 12)]
    codes = {"median": {"code": "AHQ", "q": 0.5}, "AHQ": {}, "mean": {"code": "AHT"}}
    (found,) = report_on(engine, rows, codes, form="total", detail=False)
    assert found == pytest.approx({"rows": 11, "median": 6, "AHQ": 10, "mean": 6})


def test_parameters_go_to_the_kpis_that_have_them(engine):
    (found,) = report_on(engine, CALLS, ["SL", "ABR", "CSM"], target_s=40, short_s=9, detail=False)
    assert found == {"rows": 3, "SL": 1, "ABR": 0, "CSM": 3.5}


class TestTypesOfColumns:
    def test_small_and_unsigned_whole_numbers_do_not_overflow(self):
        schema = pa.schema([("talk_s", pa.int8()), ("hold_s", pa.uint8()), ("wrap_s", pa.int16())])
        table = pa.table({"talk_s": [127], "hold_s": [255], "wrap_s": [32_767]}, schema=schema)
        for frame in (table, pl.from_arrow(table), duckdb.from_arrow(table), table.to_pandas()):
            (found,) = plain(kpi("AHT", frame))
            assert found["value"] == 127 + 255 + 32_767
        schema = pa.schema([("offered", pa.uint8()), ("short_abandoned", pa.uint8())])
        table = pa.table({"offered": [1], "short_abandoned": [2]}, schema=schema)
        table = table.append_column("abandoned", pa.array([3], pa.uint8()))
        for frame in (table, pl.from_arrow(table), duckdb.from_arrow(table), table.to_pandas()):
            (found,) = plain(kpi("ABR", frame, form="intervals"))
            assert (found["numerator"], found["denominator"]) == (1, -1)

    def test_sums_do_not_overflow(self):
        frame = pl.DataFrame({"csat": [5] * 4, "handle_s": pl.Series([2**30] * 4, dtype=pl.Int32)})
        (found,) = plain(kpi("AHT", frame, form="total"))
        assert found["numerator"] == 2.0**32

    def test_decimals(self, engine):
        rows = [{"billed_cny": Decimal("100.50"), "paid_cny": Decimal("50.25")}]
        (found,) = on(engine, rows, "COL")
        assert found["value"] == 0.5

    def test_single_precision_is_widened_before_anything_is_summed(self):
        frame = pl.DataFrame({"handle_s": pl.Series([0.1, 0.2], dtype=pl.Float32)})
        (found,) = plain(kpi("AHQ", frame, form="total", q=0.5))
        assert found["value"] == pytest.approx(0.15, abs=1e-8)

    def test_categories(self):
        frame = MAKERS["pandas"](CALLS).astype({"outcome": "category", "team": "category"})
        for one in (frame, pl.from_pandas(frame), pl.from_pandas(frame).lazy()):
            found = plain(kpi("SL", one, by="team"))
            assert [row["value"] for row in found] == [0.5, 0]
        lacking = pl.DataFrame({"outcome": pl.Series(["x"], dtype=pl.Enum(["x"]))})
        assert plain(kpi("ANS", lacking))[0]["value"] is None

    def test_enums_of_duckdb(self):
        relation = duckdb.sql(
            "select 'answered'::enum('answered', 'abandoned') as outcome, 3 as wait_s"
        )
        assert plain(kpi("SL", relation))[0]["value"] == 1

    def test_nanoseconds_and_seconds(self):
        rows = [{"received_at": day("2025-06-01"), "refunded_at": day("2025-06-02 12:00")}]
        for unit in ("ns", "us", "ms", "s"):
            frame = MAKERS["pandas"](rows).astype(f"datetime64[{unit}]")
            assert plain(kpi("RFT", frame))[0]["value"] == 1.5
        for unit in ("ns", "us", "ms"):
            frame = MAKERS["polars"](rows).cast(pl.Datetime(unit))
            assert plain(kpi("RFT", frame))[0]["value"] == 1.5

    def test_booleans_as_python_objects(self):
        frame = pd.DataFrame({"answered": [True, None, False], "rings": [1, 1, 1]}, dtype=object)
        (found,) = plain(kpi("RING", frame))
        assert (found["value"], found["excluded"]) == (0.5, 1)

    def test_dates_as_python_objects(self):
        frame = pd.DataFrame(
            {
                "customer_id": ["K1", "K1"],
                "issue": ["size", "size"],
                "at": [dt.date(2025, 1, 1), dt.date(2025, 1, 8)],
            }
        )
        (found,) = plain(kpi("FCR", frame, end="2025-02-01"))
        assert (found["numerator"], found["denominator"]) == (1, 2)


MANY = {
    "CSM": {},
    "SL": {},
    "ABR": {},
    "FLAG": {"code": "FCR", "form": "flag"},
    "AHT": {"form": "total"},
    "AHQ": {"form": "total"},
}
TICKETS = """
select case when ? and i = 999 then error('was run') else 'answered' end as outcome,
  i % 40 as wait_s, i % 7 as csat, i % 3 = 0 as resolved, i % 900 as handle_s,
  timestamp '2025-01-01' + to_hours(i) as at, 'A' || i % 5 as agent_id
from range(1000) r(i)
"""


class TestOneQuery:
    def test_nothing_runs_before_it_is_asked_to(self):
        connection = duckdb.connect()
        asked = {"by": "agent_id", "period": "month"}
        lazy = kpi_report(connection.sql(TICKETS, params=[True]), MANY, **asked)
        with pytest.raises(duckdb.Error, match="was run"):
            lazy.fetchall()
        found = plain(kpi_report(connection.sql(TICKETS, params=[False]), MANY, **asked))
        assert len(found) == 10

    def test_the_table_is_read_once(self, tmp_path):
        connection = duckdb.connect()
        path = str(tmp_path / "tickets.parquet")
        connection.sql(TICKETS, params=[False]).write_parquet(path)
        lazy = kpi_report(connection.read_parquet(path), MANY, by="agent_id", period="month")
        plan = lazy.explain()
        assert len(re.findall("PARQUET_SCAN", plan)) == 1
        assert len(re.findall("Group By", plan)) == 1

    def test_polars_stays_lazy(self):
        frame = pl.LazyFrame(CALLS).with_columns(
            pl.col("outcome").map_elements(lambda _: 1 / 0, return_dtype=pl.String)
        )
        lazy = kpi("SL", frame)
        with pytest.raises(ZeroDivisionError):
            lazy.collect()


def test_the_two_ways_to_find_a_neighbour_agree():
    relation = duckdb.sql(
        """select (random() * 9)::int as k, timestamp '2025-01-01' + to_hours((random() * 60)::int)
        as t, i from range(800) r(i)"""
    ).materialize()
    for later in (True, False):
        wanted = Wanted("n", later, ["k"], "t")
        one = _by_duckdb(nw.from_native(relation), [wanted]).sort("i").collect()
        other = _by_narwhals(nw.from_native(relation), wanted).sort("i").collect()
        eager = _by_narwhals(nw.from_native(relation.pl()), wanted).sort("i")
        assert one["n"].to_list() == other["n"].to_list() == eager["n"].to_list()


WRONG = [
    (("CSTA", CALLS), {}, 'no KPI "CSTA". Did you mean "CSAT"?'),
    (("RING", CALLS), {}, 'no column for RING "answered". Known: '),
    (("SL", CALLS), {"columns": {"wait_s": "wait"}}, '"wait". Did you mean "wait_s"?'),
    (("SL", CALLS), {"by": "taem"}, 'no column "taem". Did you mean "team"?'),
    (("SL", CALLS), {"by": ["team", "team"]}, "by: found team; allowed: columns named unlike"),
    (("SL", CALLS), {"period": "weak"}, 'no period "weak". Did you mean "week"?'),
    (("SL", CALLS), {"period": "week", "at": "when"}, 'no column "when"'),
    (("SL", CALLS), {"target": 20}, 'no parameter of SL "target". Did you mean "target_s"?'),
    (
        ("SL", CALLS),
        {"target_s": "20"},
        "SL, target_s: found '20'; allowed: a number from 0 to inf",
    ),
    (("SL", CALLS), {"target_s": True}, "SL, target_s: found True; allowed: a number"),
    (("SL", CALLS), {"target_s": float("nan")}, "SL, target_s: found nan"),
    (("SL", CALLS), {"target_s": -1}, "SL, target_s: found -1"),
    (("SL", CALLS), {"base": "offred"}, 'no option of base "offred". Did you mean "offered"?'),
    (
        ("SL", CALLS),
        {"base": "offered", "short_s": 3},
        "SL, short_s: found a parameter without effect; allowed: base, target_s",
    ),
    (("SL", CALLS), {"form": "interval"}, 'no form of SL "interval". Did you mean "intervals"?'),
    (("SL", CALLS), {"eligible": "team = 'A'"}, "eligible, formula: found"),
    (("SL", CALLS), {"eligible": "taem == 'A'"}, 'no column "taem". Did you mean "team"?'),
    (("SL", CALLS), {"eligible": "team > 3"}, "SL, team: found text; allowed: number"),
    (
        ("SL", [{"outcome": "answered", "wait_s": "12"}]),
        {},
        "SL, wait_s: found text; allowed: number",
    ),
    (("CSM", [{"csat": 5, "at": "2025-06-01"}]), {"period": "month"}, "period, at: found"),
    (("COL", [{"billed_cny": 1, "paid_cny": 1}]), {"period": "month"}, "period: found times COL -"),
    (
        ("RING", [{"answered": "true", "rings": 1}]),
        {},
        "RING, answered: found text; allowed: true or false",
    ),
    (
        ("FCR", [{"customer_id": 1, "issue": 1, "at": 3}]),
        {},
        "FCR, at: found number; allowed: time",
    ),
    (
        ("FCR", [{"customer_id": 1, "issue": 1, "at": None}]),
        {"end": "soon"},
        "FCR, end: found 'soon'",
    ),
    (
        ("FCR", [{"customer_id": 1, "issue": 1, "at": None}]),
        {"keys": []},
        "FCR, keys: found nothing",
    ),
    (("FCR", [{"customer_id": 1, "issue": 1, "at": None}]), {"keys": "x"}, 'no column "x"'),
]


@pytest.mark.parametrize(("given", "asked", "said"), WRONG, ids=[one[2][:40] for one in WRONG])
def test_what_a_wrong_call_is_told(given, asked, said):
    code, rows = given
    with pytest.raises(CstrainError, match=re.escape(said)):
        kpi(code, rows, **asked)


# What a text in a column of dates becomes is the engine's business.
@pytest.mark.parametrize("engine", ["pandas", "pandas-arrow", "polars", "polars-lazy", "duckdb"])
@pytest.mark.parametrize(
    ("given", "asked", "said"),
    [one for one in WRONG if "at: found" not in one[2]],
    ids=[one[2][:40] for one in WRONG if "at: found" not in one[2]],
)
def test_the_same_is_told_of_frames(engine, given, asked, said):
    code, rows = given
    with pytest.raises(CstrainError, match=re.escape(said)):
        kpi(code, MAKERS[engine](rows), **asked)


def test_other_things_that_are_told():
    with pytest.raises(CstrainError, match="table: found str; allowed: a list of rows, or a frame"):
        kpi("SL", "calls.csv")
    with pytest.raises(CstrainError, match="codes: found 'SL'; allowed: a list of KPI codes"):
        kpi_report(CALLS, "SL")
    with pytest.raises(CstrainError, match="codes: found"):
        kpi_report(CALLS, [])
    with pytest.raises(CstrainError, match='no parameter of these KPIs "limt"'):
        kpi_report(CALLS, ["SL"], limt=3)
    with pytest.raises(CstrainError, match="by: found SL"):
        kpi_report([{**one, "SL": 1} for one in CALLS], ["SL"], by="SL")
    rows = [{**one, "received_at": None, "refunded_at": None} for one in CALLS]
    with pytest.raises(CstrainError, match="times SL at, RFT received_at; allowed: at="):
        kpi_report(rows, ["SL", "RFT"], period="month")
    mixed = [{"csat": 5}, {"csat": "five"}]
    with pytest.raises(CstrainError, match="CSM, csat: found 'five'; allowed: a number"):
        kpi("CSM", mixed)
    with pytest.raises(CstrainError, match="CSM, csat: found mixed values; allowed: number"):
        kpi("CSM", pd.DataFrame(mixed))
    with pytest.raises(CstrainError, match="CSM, csat: found list; allowed: numbers, texts"):
        kpi("CSM", [{"csat": [5]}])


def test_times_with_a_zone_are_refused(engine):
    at = dt.datetime(2025, 6, 1, tzinfo=dt.UTC)
    rows = [{"customer_id": "K1", "issue": "size", "at": at}]
    with pytest.raises(CstrainError, match=r"at: found .*allowed: .*without (a )?zone"):
        on(engine, rows, "FCR")


def test_a_table_of_counts_is_read_by_the_form_that_fits():
    rows = [{"offered": 40, "answered": 36, "answered_20s": 30, "short_abandoned": 1}]
    assert kpi("SL", rows) == kpi("SL", rows, form="intervals")


def test_a_table_that_fits_several_forms_asks_which():
    several = next(
        (one, first, second)
        for one in map(definition, codes())
        for first in one.forms.values()
        for second in one.forms.values()
        if first is not second and not set(one.default.columns) <= {*first.columns, *second.columns}
    )
    one, first, second = several
    row = dict.fromkeys((*first.columns, *second.columns), 1)
    with pytest.raises(KpiError, match=f"{one.code}, form"):
        kpi(one.code, [row])
