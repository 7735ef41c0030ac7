"""Agreement of the judge with labelled fishbones: kappa per label and language, and the time.

Run `python bench/judge_fishbone.py FILE.jsonl ...`; without files it reads the learnt ones.
`--errors` prints what is judged otherwise than labelled.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from judge import kappa
from labelled import CORPUS

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cstrain.causes import likeness  # noqa: E402
from cstrain.causes.fish import judge_fishbone  # noqa: E402 - the checkout, not an installed copy
from cstrain.causes.fish_signs import word_signs  # noqa: E402
from cstrain.causes.fish_things import read_things  # noqa: E402
from cstrain.text.cause_words import read_cause  # noqa: E402

LABELS = ("head_ok", "symptom", "solution", "vague", "category_fit", "duplicate_pair")
Decision = tuple[str, int, int, str]  # label, labelled, judged, the words in question


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file."""
    return [json.loads(one) for one in path.read_text(encoding="utf-8").splitlines() if one.strip()]


def decisions(raw: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Decision]:
    """Yield every decision of a fishbone."""
    gold, texts = raw["labels"], [one["text"] for one in raw["causes"]]
    yield "head_ok", gold["head_ok"], given["head_ok"], raw["head"]
    for name in ("symptom", "solution", "vague", "category_fit"):
        for text, right, told in zip(texts, gold[name], given[name], strict=True):
            if right is not None:
                # A fit that is not judged, as the cause was taken for something else, is wrong.
                yield name, right, 1 - right if told is None else told, text
    right_pairs, told_pairs = (_pairs(one["duplicate_groups"]) for one in (gold, given))
    for pair in combinations(range(len(texts)), 2):
        words = f"{texts[pair[0]]} | {texts[pair[1]]}"
        yield "duplicate_pair", int(pair in right_pairs), int(pair in told_pairs), words


def _pairs(many: Iterable[Iterable[int]]) -> set[tuple[int, int]]:
    return {pair for group in many for pair in combinations(sorted(group), 2)}


def judged(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the labels that the judge gives to a fishbone."""
    causes = [(one["category"], one["text"]) for one in raw["causes"]]
    return judge_fishbone(raw["head"], causes).labels()


class Figures:
    """The agreement over many fishbones."""

    def __init__(self, judged: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> None:
        """Take pairs of a labelled fishbone and the labels it was given."""
        self.by: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        self.wrong: list[Decision] = []
        for raw, given in judged:
            for one in decisions(raw, given):
                name, right, told, _ = one
                self.by[name, raw["lang"]].append((right, told))
                self.by[name, "all"].append((right, told))
                if right != told:
                    self.wrong.append(one)

    def kappa(self, name: str, language: str = "all") -> float:
        """Return kappa of a label."""
        return kappa(self.by[name, language])

    def show(self, title: str) -> None:
        """Print kappa of every label and language."""
        for language in ("zh", "en", "all"):
            if self.by["head_ok", language]:
                told = "  ".join(f"{name} {self.kappa(name, language):.3f}" for name in LABELS)
                print(f"{title:<20}{language:<4}{len(self.by['head_ok', language]):>4}  {told}")


def _timed(items: Iterable[Mapping[str, Any]]) -> list[float]:
    """Return the processor's milliseconds for fishbones of 60 causes, nothing known before."""
    causes = [(one["category"], one["text"]) for raw in items for one in raw["causes"]]
    times = []
    for start in range(0, len(causes) - 59, 60):
        for known in (read_cause, read_things, word_signs, likeness.pairs, likeness.plain):
            known.cache_clear()
        begin = time.process_time()
        judge_fishbone("Only 55% of evening calls are answered", causes[start : start + 60])
        times.append((time.process_time() - begin) * 1000)
    return times


def main() -> int:
    """Print the figures of every file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true")
    asked = parser.parse_args()
    learnt = sorted((CORPUS / "fishbone" / "learnt").glob("*.jsonl"))
    files = asked.files or [one for one in learnt if one.stem not in ("heads", "phrases")]
    for path in files:
        items = lines(path)
        found = Figures((raw, judged(raw)) for raw in items)
        found.show(path.stem)
        for name, right, _, words in found.wrong if asked.errors else ():
            print(f"  {name:<15}labelled {right}  {words}")
        times = _timed(items)
        if times:
            print(
                f"  60 causes: median {statistics.median(times):.1f} ms, most {max(times):.1f} ms"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
