"""Learns by which signs a level of five whys is read; writes cause_sense.json.

`python bench/learn_cause_sense.py` reads tests/corpus/five_whys/learnt/*.jsonl and writes the
weights; with `--each` it first prints, for every file, how well weights do that were learnt from
all the others. Marks say for every level what it is: c a cause, o an outside one, b blame, r said
before, e empty, p proposed or wished, q asked, s a consequence, j a jump to another subject.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from judge import kappa
from labelled import CORPUS
from learn_goal_sense import learn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cstrain.causes import sense  # noqa: E402 - the checkout, not an installed copy
from cstrain.causes.sense import QUESTIONS, Reader, signs_for  # noqa: E402
from cstrain.causes.signs import Seen, signs  # noqa: E402
from cstrain.causes.whys import LABELS, judge_whys  # noqa: E402
from cstrain.text.levels import read_level  # noqa: E402

FOLDER = CORPUS / "five_whys"
# How much a weight costs, and how freely the signs that are not the wording itself may weigh.
PENALTY = {"blame": 0.7, "empty": 0.7, "restates": 1.0, "root": 0.7, "link": 0.7}
LIGHT = {"blame": 1.0, "empty": 1.0, "restates": 0.5, "root": 1.0, "link": 0.5}
SMALLEST = {"blame": 0.1, "empty": 0.1, "restates": 0.12, "root": 0.1, "link": 0.25}


# In some files more levels are said before than in others: a sign of the file takes that up when
# learning and is not kept.
_FILE = "file:"


@dataclass(frozen=True)
class Chain:
    """A labelled chain and the signs of its levels."""

    file: str
    raw: Mapping[str, Any]
    seen: tuple[Seen, ...]


def chains(paths: Iterable[Path]) -> list[Chain]:
    """Return the labelled chains of the files."""
    return [_chain(path.stem, json.loads(line)) for path in paths
            for line in path.read_text(encoding="utf-8").splitlines()]  # fmt: skip


def _chain(file: str, raw: Mapping[str, Any]) -> Chain:
    levels = [read_level(one) for one in (raw["problem"], *raw["whys"])]
    return Chain(file, raw, tuple(signs(levels)))


def _answers(chain: Chain, question: str) -> Iterator[tuple[Seen, bool]]:
    marks, labels = chain.raw["marks"], chain.raw["labels"]
    if question == "root":
        yield chain.seen[-1], labels["root_actionable"] == 1
        return
    for seen, mark, link in zip(chain.seen, marks, labels["links"], strict=True):
        if question == "link":
            yield seen, link == 1
        elif question == "restates" and mark not in "epq":
            yield seen, mark == "r"
        elif question in ("blame", "empty"):
            yield seen, mark in ("b" if question == "blame" else "epq")


def readers(found: Sequence[Chain]) -> dict[str, dict[str, Any]]:
    """Return the learnt weights of every question, as they stand in the file."""
    done = {}
    for question in QUESTIONS:
        rows = [(one.file, *row) for one in found for row in _answers(one, question)]
        weights = learn(
            [signs_for(question, seen) | {f"{_FILE}{file}"} for file, seen, _ in rows],
            [yes for _, _, yes in rows],
            penalty=PENALTY[question],
            light=LIGHT[question],
        )
        bias = weights.pop("")
        kept = {name: round(one, 2) for name, one in weights.items()
                if not name.startswith(_FILE) and abs(one) >= SMALLEST[question]}  # fmt: skip
        done[question] = {"bias": round(bias, 2), "weights": kept}
    return done


def report(name: str, about: Sequence[Chain]) -> None:
    """Print kappa for every label and language."""
    judged = [
        (one.raw["lang"], one.raw["labels"], judge_whys(one.raw["problem"], one.raw["whys"]))
        for one in about
    ]
    for language in ("zh", "en", "all"):
        mine = [(gold, given.labels()) for lang, gold, given in judged if language in (lang, "all")]
        if not mine:
            continue
        told = {key: kappa([(gold[key], given[key]) for gold, given in mine]) for key in LABELS}
        told["links"] = kappa(
            [
                pair
                for gold, given in mine
                for pair in zip(gold["links"], given["links"], strict=True)
            ]
        )
        exact = sum(all(gold[key] == given[key] for key in LABELS) for gold, given in mine)
        words = "  ".join(f"{key} {value:.3f}" for key, value in told.items())
        print(f"{name:<12}{language:<4}{words}  exact {exact / len(mine):.3f}")


def main() -> int:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", action="store_true", help="leave each file out in turn first")
    asked = parser.parse_args()
    found = chains(sorted((FOLDER / "learnt").glob("*.jsonl")))
    for file in sorted({one.file for one in found}) if asked.each else ():
        raw = readers([one for one in found if one.file != file])
        told = {name: Reader(one["bias"], one["weights"]) for name, one in raw.items()}
        with patch.object(sense, "_readers", lambda told=told: told):
            report(file, [one for one in found if one.file == file])
    text = json.dumps(readers(found), ensure_ascii=False, indent=0, sort_keys=True)
    sense.WEIGHTS.write_text(text + "\n", encoding="utf-8")
    print(f"learnt from {len(found)} chains; written to {sense.WEIGHTS}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
