"""The same on Spark, where it is installed; it is no dependency, so mostly this is skipped."""

import shutil

import pytest
from engines import FIELDS, day, on, plain

from cstrain.errors import CstrainError
from cstrain.kpi import kpi, kpi_report

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")

CONTACTS = [
    {
        "customer_id": customer,
        "issue": issue,
        "at": day(at),
        "team": team,
        "outcome": outcome,
        "wait_s": wait,
        "csat": score,
        "handle_s": handle,
        "resolved": resolved,
    }
    for customer, issue, at, team, outcome, wait, score, handle, resolved in [
        ("K1", "size", "2025-10-01 09:00", "A", "answered", 12.0, 5, 100, True),
        ("K1", "size", "2025-10-08 09:00", "A", "answered", 40.0, None, 250, None),
        ("K2", "size", "2025-10-01 09:00", None, "abandoned", 4.0, 2, None, False),
        ("K2", "size", "2025-10-01 09:00", None, "abandoned", 9.0, 9, 70, False),
        ("K3", None, "2025-10-20 00:00", "B", "answered", float("nan"), 4, 90, True),
        ("K3", "refund", "2025-10-31 00:00", "B", None, None, 1, 300, True),
    ]
]
ASKED = [
    ("SL", {}),
    ("ABR", {"base": "offered"}),
    ("CSAT", {}),
    ("AHT", {"form": "total"}),
    ("AHQ", {"form": "total", "q": 0.5}),
    ("FCR", {}),
    ("FCRI", {}),
    ("RPT", {"end": "2025-12-01", "bound": "out"}),
    ("FCR", {"form": "flag"}),
    ("RPR", {"counted": "days"}),
]


@pytest.fixture(scope="module")
def frame():
    if shutil.which("java") is None:
        pytest.skip("Spark needs java")
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not whole")
    session = (
        sql.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.timestampType", "TIMESTAMP_NTZ")
        .getOrCreate()
    )
    names = ", ".join(
        f"{name} {kind}"
        for name, kind in {
            "customer_id": "string",
            "issue": "string",
            "at": "timestamp_ntz",
            "team": "string",
            "outcome": "string",
            "wait_s": "double",
            "csat": "int",
            "handle_s": "int",
            "resolved": "boolean",
        }.items()
    )
    yield session.createDataFrame([tuple(one.values()) for one in CONTACTS], names)
    session.stop()


@pytest.mark.parametrize(("code", "asked"), ASKED)
@pytest.mark.parametrize("by", [(), ("team",)])
def test_spark_says_the_same(frame, code, asked, by):
    found = [one.asDict() for one in kpi(code, frame, by=by, **asked).collect()]
    expected = on("rows", CONTACTS, code, by=by, **asked)
    for one, other in zip(found, expected, strict=True):
        assert {name: one[name] for name in by} == {name: other[name] for name in by}
        for name in FIELDS:
            assert one[name] == pytest.approx(other[name]), name


def test_a_report_by_month(frame):
    codes = {"SL": {}, "CSM": {}, "p90": {"code": "AHQ", "form": "total"}}
    asked = {"by": "team", "period": "month"}
    found = [one.asDict() for one in kpi_report(frame, codes, **asked).collect()]
    expected = plain(kpi_report(CONTACTS, codes, **asked))
    for one, other in zip(found, expected, strict=True):
        assert one.pop("period") == other.pop("period")
        assert one == pytest.approx(other)


def test_durations_are_refused_in_a_sentence(frame):
    times = frame.withColumnRenamed("at", "received_at").withColumnRenamed("team", "refunded_at")
    with pytest.raises(CstrainError, match="RFT: found a duration on Spark"):
        kpi("RFT", times)
