"""How long a million rows take: read, columns guessed, checked, masked, computed, written.

    python bench/intake.py [ROWS]

Makes a CSV with phones, names and free text, faults planted, and prints seconds and peak memory
of the parts, beside what pandas takes to read the same file.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from cstrain.datasets import rows
from cstrain.intake.vocabulary import fields, personal_headers, signs

START = datetime(2025, 1, 1)  # noqa: DTZ001 - local, by design
TIME = "%Y-%m-%d %H:%M:%S"
SURNAMES = signs().string("surnames")
FIELDS = (
    *("row_id", "customer_id", "agent_id", "team", "channel", "issue", "opened_at"),
    *("first_response_at", "closed_at", "wait_s", "csat", "comment"),
)
HEADER = [fields()[key].label.zh for key in FIELDS]
PERSONAL = [
    next(one for one, kind in personal_headers().items() if kind == wanted)
    for wanted in ("name", "phone")
]
TEXTS = sorted({one["text_zh"] for one in rows("A.reviews")})


def make(path: Path, size: int) -> None:
    """Write the table; one row in a hundred has a fault."""
    draw = random.Random(20251124)  # noqa: S311 - the same table every time
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*PERSONAL, *HEADER])
        for at in range(size):
            writer.writerow(_row(draw, at))


def _row(draw: random.Random, at: int) -> list[object]:
    opened = START + timedelta(seconds=draw.randrange(180 * 86_400))
    closed = opened + timedelta(seconds=draw.randrange(60, 200_000))
    if at % 200 == 7:
        closed = opened - timedelta(hours=1)
    person = draw.randrange(250_000)
    phone = f"1{3 + person % 7}{100_000_000 + person * 397 % 900_000_000}"
    name = SURNAMES[person % 50] + SURNAMES[person % 97]
    text = TEXTS[at % len(TEXTS)] + (f" {phone}" if at % 5 == 0 else f" {at:013d}")
    return [
        name,
        phone,
        f"T{at:08d}",
        f"U{person:07d}",
        f"A{draw.randrange(80):03d}",
        f"G{draw.randrange(8)}",
        ("phone", "chat", "mail")[at % 3],
        ("delivery", "quality", "refund", "question", "complaint")[draw.randrange(5)],
        opened.strftime(TIME),
        (opened + timedelta(seconds=draw.randrange(600))).strftime(TIME),
        closed.strftime(TIME),
        -1 if at % 300 == 5 else draw.randrange(300),
        9 if at % 400 == 9 else draw.choice(["", 1, 2, 3, 4, 4, 5, 5, 5]),
        text,
    ]


_OURS = """
import gc, sys, time
from pathlib import Path
from cstrain.intake.checking import check_table
from cstrain.intake.dataset import write_dataset
from cstrain.intake.mapping import as_mapping
from cstrain.intake.masking import Masker
from cstrain.intake.outputs import Run, write_all
from cstrain.intake.report import make_report
from cstrain.intake.running import open_file
from cstrain.intake.said import Said

path, begun, worked = Path(sys.argv[1]), time.perf_counter(), time.process_time()
gc.disable()  # as running.finish does

def lap(name):
    global begun, worked
    now, done = time.perf_counter(), time.process_time()
    print(f"{name}: {now - begun:.1f} s, processor {done - worked:.1f} s", flush=True)
    begun, worked = now, done

opened = open_file(path)
lap("read, columns guessed")
masker, mapping = Masker("zh"), as_mapping(opened.guesses)
checked = check_table(opened.table, mapping, masker)
lap("checked and masked")
said = Said("zh", masker)
write_dataset(path.parent / "aside", "bench", path.name, checked, said)
lap("data set written")
report = make_report(checked)
lap("KPIs computed")
write_all(path.parent / "out", Run(path.name, "bench", checked, report, mapping, said))
lap("report, workbook, problems, data set written")
"""
_PANDAS = "import sys, pandas; print(len(pandas.read_csv(sys.argv[1], dtype=str)))"


def measured(code: str, path: Path) -> None:
    """Run code in a process of its own and print seconds and peak memory."""
    begun = time.perf_counter()
    environment = {**os.environ, "CSTRAIN_DATA": str(path.parent / "data")}
    command = [sys.executable, "-c", code, str(path)]
    subprocess.run(command, check=True, env=environment)
    took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    print(f"whole process {took:.1f} s, largest process so far {peak:.2f} GiB\n")


def main() -> None:
    """Make the file and measure."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tickets.csv"
        make(path, size)
        print(f"{size:,} rows, {path.stat().st_size / 1e6:.0f} MB")
        print("pandas, reading alone:")
        measured(_PANDAS, path)
        print("cstrain, seconds:")
        measured(_OURS, path)


if __name__ == "__main__":
    main()
