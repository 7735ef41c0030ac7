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

HEADER = [
    "工单编号", "客户姓名", "客户电话", "客户编号", "客服", "班组", "渠道", "问题类型",
    "创建时间", "首次响应时间", "关闭时间", "等待时长(秒)", "满意度", "问题描述",
]
TEXTS = (
    "客户反映快递三天没有更新，催促尽快处理",
    "商品尺码不合适，想换大一码",
    "家里没人，请改约周末上门",
    "The parcel arrived with a broken corner",
)


def make(path: Path, rows: int) -> None:
    """Write the table; one row in a hundred has a fault."""
    draw = random.Random(20251124)
    start = datetime(2025, 1, 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for at in range(rows):
            writer.writerow(_row(draw, at, start))


def _row(draw: random.Random, at: int, start: datetime) -> list[object]:
    opened = start + timedelta(seconds=draw.randrange(180 * 86_400))
    closed = opened + timedelta(seconds=draw.randrange(60, 200_000))
    if at % 200 == 7:
        closed = opened - timedelta(hours=1)
    person = draw.randrange(250_000)
    phone = f"1{3 + person % 7}{100_000_000 + person * 397 % 900_000_000}"
    text = TEXTS[at % 4] + (f"，电话{phone}" if at % 5 == 0 else f"，单号{at:013d}")
    return [
        f"T{at:08d}", "王李张刘陈"[person % 5] + "伟芳娜敏静"[person % 25 // 5], phone,
        f"U{person:07d}", f"A{draw.randrange(80):03d}", f"{draw.randrange(1, 9)}组",
        ("电话", "在线", "邮件")[at % 3], ("物流", "质量", "退款", "咨询", "投诉")[draw.randrange(5)],
        opened.strftime("%Y-%m-%d %H:%M:%S"),
        (opened + timedelta(seconds=draw.randrange(600))).strftime("%Y-%m-%d %H:%M:%S"),
        closed.strftime("%Y-%m-%d %H:%M:%S"),
        -1 if at % 300 == 5 else draw.randrange(300),
        9 if at % 400 == 9 else draw.choice(["", 1, 2, 3, 4, 4, 5, 5, 5]),
        text,
    ]


_OURS = """
import sys, time
from pathlib import Path
from cstrain.intake.running import Opened, open_file
from cstrain.intake.mapping import as_mapping
from cstrain.intake.checking import check_table
from cstrain.intake.masking import Masker
from cstrain.intake.report import make_report
from cstrain.intake.outputs import Run, write_all
from cstrain.intake.said import Said
path, begun = Path(sys.argv[1]), time.perf_counter()
def lap(name):
    global begun
    now = time.perf_counter()
    print(f"{name} {now - begun:.1f}")
    begun = now
opened = open_file(path)
lap("read")
masker, mapping = Masker("zh"), as_mapping(opened.guesses)
checked = check_table(opened.table, mapping, masker)
lap("checked_and_masked")
from cstrain.intake.dataset import write_dataset
import tempfile
write_dataset(Path(tempfile.mkdtemp(dir=path.parent)), "bench", path.name, checked, Said("zh", masker))
lap("data_set_written")
report = make_report(checked)
lap("computed")
write_all(path.parent / "out", Run(path.name, "bench", checked, report, mapping, Said("zh", masker)))
lap("all_written")
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
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tickets.csv"
        make(path, rows)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:.0f} MB")
        print("pandas, reading alone:")
        measured(_PANDAS, path)
        print("cstrain, seconds:")
        measured(_OURS, path)


if __name__ == "__main__":
    main()
