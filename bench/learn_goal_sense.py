"""Learns which signs speak for a goal, from labelled texts; writes goal_sense.json.

`python bench/learn_goal_sense.py` reads tests/corpus/learnt/*.jsonl and writes the weights; with
`--each` it first prints for every file how well weights do that were learnt from all the others.
Logistic regression with a quadratic penalty; the same texts give the same weights.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from labelled import CORPUS, labelled

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cstrain.rules.goal_sense import KINDS, WEIGHTS  # noqa: E402 - the checkout, not an installed copy
from cstrain.rules.smart import signs_of  # noqa: E402
from cstrain.text.situation import Situation  # noqa: E402

PENALTY = 1.0
RARE = 2  # a sign that fewer texts have teaches nothing
STEPS = 50
_BIAS = 10.0  # the bias as a sign that all texts have, hardly penalised
SMALLEST = {"goal": 0.03, "kinds": 0.15}  # weights below these are left out of the file
WORDED = ("1:", "2:", "3:", "h:", "e:")  # how the signs of the wording itself begin
LIGHT = 0.5  # the other signs are fewer, stronger and alike: they are held back a little

# How the tags of the corpora begin, for every kind that is told to the learner.
TAGS = {
    "past_report": ("past",),
    "copied": ("copied", "definition"),
    "keywords": ("keywords",),
    "claim": ("claim", "stuffing"),
    "question": ("question",),
    "undecided": ("undecided", "not_committed"),
    "withdrawn": ("withdrawn", "denied", "negated"),
    "slogan": ("slogan",),
    "remark": ("other", "meta"),
}


@dataclass(frozen=True)
class Text:
    """One labelled text: its signs, whether it is a goal, and what kind it is otherwise."""

    file: str
    language: str
    seen: frozenset[str]
    goal: bool
    kind: str


def texts(paths: Iterable[Path]) -> list[Text]:
    """Return the labelled texts of the files."""
    return [_text(one["file"], one) for one in labelled(paths)]


def _text(file: str, one: Mapping[str, Any]) -> Text:
    situation = Situation.from_dict(one["context"])
    seen = frozenset(signs_of(one["text"], situation))
    return Text(file, one["lang"], seen, any(one["labels"].values()), _kind(one))


def _kind(one: Mapping[str, Any]) -> str:
    words = [str(tag) for tag in (*one.get("tags", ()), one.get("style", ""))]
    for kind, names in TAGS.items():
        if any(word.startswith(name) for word in words for name in names):
            return kind
    return ""


def learn(
    seen: Sequence[frozenset[str]],
    yes: Sequence[bool],
    *,
    penalty: float = PENALTY,
    light: float = LIGHT,
) -> dict[str, float]:
    """Return the weight of every sign, the bias under ""."""
    counts = Counter(sign for one in seen for sign in one)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    place = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(seen), len(names) + 1))
    table[:, -1] = _BIAS
    for row, one in enumerate(seen):
        table[row, [place[sign] for sign in one if sign in place]] = 1
    scale = np.array([1.0 if one.startswith(WORDED) else light for one in names] + [1.0])
    table *= scale
    # The penalised likelihood has its best point in the span of the texts: Newton's method over
    # texts, of which there are fewer than signs (Rasmussen and Williams 2006, algorithm 3.1).
    alike = table @ table.T / penalty
    wanted, level = np.array(yes, dtype=float), np.zeros(len(seen))
    for _ in range(STEPS):
        told = 1 / (1 + np.exp(-level))
        root = np.sqrt(told * (1 - told))
        goal = root * root * level + wanted - told
        inner = np.eye(len(seen)) + root[:, None] * alike * root[None, :]
        share = goal - root * np.linalg.solve(inner, root * (alike @ goal))
        before, level = level, alike @ share
        if np.abs(level - before).max() < 1e-6:
            break
    weights = scale * (table.T @ share) / penalty
    weights[-1] *= _BIAS
    return {**dict(zip(names, weights.tolist(), strict=False)), "": float(weights[-1])}


def total(weights: Mapping[str, float], seen: Iterable[str]) -> float:
    """Return the sum of the weights of the signs."""
    return weights[""] + sum(weights.get(one, 0.0) for one in seen)


def report(name: str, about: Sequence[Text], weights: Mapping[str, float]) -> None:
    """Print how many texts are praised wrongly and how many goals are missed."""
    for language in ("zh", "en"):
        mine = [one for one in about if one.language == language]
        none = [one for one in mine if not one.goal]
        goals = [one for one in mine if one.goal]
        praised = sum(total(weights, one.seen) > 0 for one in none)
        missed = sum(total(weights, one.seen) <= 0 for one in goals)
        print(f"{name:<16}{language}  praised {praised}/{len(none)}  missed {missed}/{len(goals)}")


def main() -> int:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=CORPUS / "learnt")
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    parser.add_argument("--each", action="store_true", help="leave each file out in turn first")
    asked = parser.parse_args()
    found = texts(sorted(asked.folder.glob("*.jsonl")))
    for file in sorted({one.file for one in found}) if asked.each else ():
        rest = [one for one in found if one.file != file]
        weights = learn([one.seen for one in rest], [one.goal for one in rest])
        report(file, [one for one in found if one.file == file], weights)
    asked.to.write_text(_written(found), encoding="utf-8")
    print(f"learnt from {len(found)} texts; written to {asked.to}")
    return 0


def _written(found: Sequence[Text]) -> str:
    goal = learn([one.seen for one in found], [one.goal for one in found])
    none = [one for one in found if one.kind and not one.goal]
    kinds = {kind: learn([one.seen for one in none], [one.kind == kind for one in none])
             for kind in KINDS}  # fmt: skip
    raw = {
        "goal": _scale(goal, SMALLEST["goal"]),
        "kinds": {kind: _scale(one, SMALLEST["kinds"]) for kind, one in kinds.items()},
    }
    return json.dumps(raw, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def _scale(weights: Mapping[str, float], least: float) -> dict[str, Any]:
    kept = {name: round(one, 2) for name, one in weights.items() if name and abs(one) >= least}
    return {"bias": round(weights[""], 2), "weights": kept}


if __name__ == "__main__":
    raise SystemExit(main())
