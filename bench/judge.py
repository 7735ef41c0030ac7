"""Agreement of the judge with labelled goals: kappa, exact match, false praise, time.

Run `python bench/judge.py FILE.jsonl ...`; without files it reads all goals of tests/corpus.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from labelled import CORPUS, labelled

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cstrain.rules.smart import LETTERS, judge  # noqa: E402 - the checkout, not an installed copy
from cstrain.text.situation import Situation  # noqa: E402

Pair = tuple[int, int]


def kappa(pairs: Sequence[Pair]) -> float:
    """Return Cohen's kappa of two raters' 0 and 1; 1 when both always say the same one thing."""
    count = len(pairs)
    agreed = sum(a == b for a, b in pairs) / count
    first, second = sum(a for a, _ in pairs) / count, sum(b for _, b in pairs) / count
    chance = first * second + (1 - first) * (1 - second)
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def main() -> int:
    """Print the figures of every file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    goals = [*CORPUS.glob("*.jsonl"), *CORPUS.glob("learnt/*.jsonl")]
    files = parser.parse_args().files or sorted(goals)
    if not files:
        print("no labelled goals given and none in tests/corpus", file=sys.stderr)
        return 2
    for path in files:
        _report(path.name, labelled([path]))
    return 0


def _report(name: str, items: Sequence[dict[str, Any]]) -> None:
    judge("warm up", Situation.from_dict(items[0]["context"]))
    rows: list[tuple[str, dict[str, int], dict[str, int]]] = []
    times = []
    for item in items:
        situation = Situation.from_dict(item["context"])
        start = time.perf_counter()
        found = judge(item["text"], situation).labels()
        times.append(time.perf_counter() - start)
        rows.append((item["lang"], item["labels"], found))
    print(f"{name}: {len(items)} goals, median {statistics.median(times) * 1000:.2f} ms a goal")
    for language in ("zh", "en", "all"):
        mine = [(gold, found) for lang, gold, found in rows if language in (lang, "all")]
        if mine:
            _line(language, mine)


def _line(language: str, rows: Iterable[tuple[dict[str, int], dict[str, int]]]) -> None:
    rows = list(rows)
    kappas = {k: kappa([(gold[k], found[k]) for gold, found in rows]) for k in LETTERS}
    exact = sum(all(gold[k] == found[k] for k in LETTERS) for gold, found in rows) / len(rows)
    none = [found for gold, found in rows if not any(gold.values())]
    praised = sum(any(found.values()) for found in none)
    letters = " ".join(f"{k} {value:.3f}" for k, value in kappas.items())
    print(f"  {language:<4}{letters}  exact {exact:.3f}  false praise {praised}/{len(none)}")


if __name__ == "__main__":
    raise SystemExit(main())
