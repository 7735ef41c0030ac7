"""KPI reports over big Parquet files: `kpi_report` against SQL written by hand, both on DuckDB.

Run it with: python bench/kpi_engine.py [MILLIONS ...] [--repeats N]

It needs duckdb and pyarrow (requirements-test.txt). The tables are made once, in build/bench.
Every figure is of a fresh process; ours and the hand-written query take turns within one run, so
that what else the machine does falls on both. Time is the least of all turns, memory the median
peak. The results are compared cell by cell.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

import duckdb

BUILD: Final = Path(__file__).resolve().parent.parent / "build" / "bench"
WAYS: Final = ("ours", "by hand")
# A ticket in four is of a customer who has another one; times are whole minutes of a year, so
# that some of a customer's are equal. Shares as in contact centres: 4.5 % abandoned, 21 % rated.
TICKETS: Final = """
copy (
  select i as ticket_id,
    (random() * {customers})::int as customer_id,
    ['size', 'refund', 'damage', 'invoice', 'other'][1 + (random() * 4.999)::int % 5] as issue,
    'A' || lpad((random() * 3999)::int::varchar, 4, '0') as agent_id,
    ['phone', 'chat', 'mail'][1 + (random() * 2.999)::int % 3] as channel,
    timestamp '2025-01-01' + to_minutes((random() * 525599)::int) as "at",
    case when random() < 0.955 then 'answered' else 'abandoned' end as outcome,
    -30 * ln(1 - random()) as wait_s,
    exp(5.4 + 0.7 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))::int as handle_s,
    case when random() < 0.21 then 1 + (random() * 4.999)::int % 5 end as csat,
    random() < 0.7 as resolved,
    (random() * 1.2)::int as transfers
  from range({rows}) r(i)
) to '{path}' (format parquet, compression zstd)
"""
MONTHLY: Final = {
    "CSM": {},
    "FCR": {"form": "flag"},
    "AHT": {"form": "total"},
    "AHQ": {"form": "total"},
    "SL": {},
}
# The same semantics, as somebody would write them who knows that the table is clean.
MONTHLY_SQL: Final = """
select agent_id, date_trunc('month', "at") as period, count(*) as rows,
  avg(csat) as CSM, avg(resolved::int) as FCR, avg(handle_s) as AHT,
  quantile_cont(handle_s, 0.9) as AHQ,
  count(*) filter (outcome = 'answered' and wait_s <= 20)
    / count(*) filter (not (outcome = 'abandoned' and wait_s <= 5)) as SL
from read_parquet('{path}') group by all order by all
"""
# Rows at the same time are no repeats of each other: the window looks past them.
REPEATS_SQL: Final = """
select agent_id, date_trunc('month', "at") as period, count(*) as rows,
  count(*) filter ("at" <= last - interval 7 day
    and (next is null or next > "at" + interval 7 day))
    / nullif(count(*) filter ("at" <= last - interval 7 day), 0) as FCR
from (
    select agent_id, "at", first_value("at") over (
      partition by customer_id, issue order by "at"
      rows between current row and unbounded following exclude group) as next
    from read_parquet('{path}')
  ), (select max("at") as last from read_parquet('{path}'))
group by all order by all
"""
REPORTS: Final = {"monthly": (MONTHLY, MONTHLY_SQL), "repeats": ({"FCR": {}}, REPEATS_SQL)}


def table(millions: float) -> Path:
    """Return the table with so many million tickets, made when it is not there."""
    path = BUILD / f"tickets_{millions:g}m.parquet"
    if not path.is_file():
        BUILD.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect()
        connection.execute("select setseed(0.42)")
        rows = int(millions * 1_000_000)
        half = path.with_suffix(".half")
        connection.execute(TICKETS.format(customers=rows // 4, rows=rows, path=half))
        half.rename(path)
    return path


def work(way: str, report: str, path: str, result: str) -> None:
    """Compute one report in this process; print its seconds and the peak memory."""
    codes, sql = REPORTS[report]
    connection = duckdb.connect()
    if way == "ours":
        # Loading libraries is not counted on either side.
        import cstrain.kpi.frames  # noqa: F401, PLC0415 - the other way does without it
        from cstrain import kpi_report  # noqa: PLC0415

        started = time.perf_counter()
        asked: dict[str, Any] = {"by": "agent_id", "period": "month", "detail": False}
        made = kpi_report(connection.read_parquet(path), codes, **asked)
    else:
        started = time.perf_counter()
        made = connection.sql(sql.format(path=path))
    made.write_parquet(result)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "mib": peak}))


def measured(report: str, path: Path, repeats: int) -> dict[str, list[dict[str, float]]]:
    """Return the figures of both ways, which take turns; a first turn of each is not counted."""
    figures: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for turn in range(repeats + 1):
        for way in WAYS if turn % 2 else WAYS[::-1]:
            arguments = ["--work", way, report, str(path), str(result_of(report, way))]
            done = subprocess.run(
                [sys.executable, __file__, *arguments], check=True, capture_output=True, text=True
            )
            if turn:
                figures[way].append(json.loads(done.stdout))
    return figures


def result_of(report: str, way: str) -> Path:
    """Return where a result is written to."""
    return BUILD / f"result_{report}_{way.replace(' ', '_')}.parquet"


def difference(report: str) -> float:
    """Return the greatest difference between the two results; infinity when groups differ."""
    ours, other = (
        duckdb.sql("from read_parquet(?)", params=[str(result_of(report, way))]).fetchall()
        for way in WAYS
    )
    if [one[:3] for one in ours] != [one[:3] for one in other]:
        return float("inf")
    pairs = [
        pair
        for one, two in zip(ours, other, strict=True)
        for pair in zip(one[3:], two[3:], strict=True)
    ]
    if any((one is None) != (two is None) for one, two in pairs):
        return float("inf")
    return max(abs(one - two) for one, two in pairs if one is not None)


def show(millions: float, report: str, repeats: int) -> None:
    """Print one line of the table of figures."""
    figures = measured(report, table(millions), repeats)
    best = {way: min(one["seconds"] for one in figures[way]) for way in WAYS}
    peak = {way: statistics.median(one["mib"] for one in figures[way]) for way in WAYS}
    print(
        f"| {report} | {millions:g} | {best['ours']:.2f} | {best['by hand']:.2f} "
        f"| {best['ours'] / best['by hand']:.2f} | {peak['ours']:.0f} | {peak['by hand']:.0f} "
        f"| {peak['ours'] / peak['by hand']:.2f} | {difference(report):.1e} |",
        flush=True,
    )


def main() -> None:
    """Print ratio, memory and difference for each report and size."""
    parser = argparse.ArgumentParser(description="KPI reports on DuckDB: ours against SQL by hand")
    parser.add_argument("millions", nargs="*", type=float, default=[1, 10, 50])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--work", nargs=4, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        work(*asked.work)
        return
    print(
        "| report | million rows | ours, s | by hand, s | ratio | ours, MiB | by hand, MiB "
        "| ratio | greatest difference |"
    )
    print("| --- " * 9 + "|")
    for report in REPORTS:
        for millions in asked.millions:
            show(millions, report, asked.repeats)


if __name__ == "__main__":
    main()
