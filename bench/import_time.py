"""Import time of cstrain against pandas.

Run it with: python bench/import_time.py

Each figure is the smallest of 9 fresh interpreters, less an interpreter that imports nothing, so
what is compared is the import alone. Pandas is the peer because a workbook that is slower than
the data library it teaches with would be felt at every start.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Final

_RUNS: Final = 9


def seconds(code: str) -> float:
    """Return the smallest wall time of fresh interpreters that run the code."""
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print the import times and their ratio."""
    nothing = seconds("pass")
    ours = seconds("import cstrain") - nothing
    engine = seconds("from cstrain import check") - nothing
    peer = seconds("import pandas") - nothing
    print(f"import cstrain             {ours:.3f} s")
    print(f"from cstrain import check  {engine:.3f} s")
    print(f"import pandas              {peer:.3f} s")
    print(f"ratio cstrain / pandas     {ours / peer:.2f}")
    print(f"ratio checker / pandas     {engine / peer:.2f}")


if __name__ == "__main__":
    main()
