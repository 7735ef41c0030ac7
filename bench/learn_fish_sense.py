"""Learns by which signs a fishbone is read; writes fish_sense.json.

`python bench/learn_fish_sense.py` reads tests/corpus/fishbone/learnt and writes the weights; with
`--each` it first prints how well families of problems are read, a tenth of them at a time, with
weights learnt from the others. Levels of whys that are marked as blame, empty, proposed or a
consequence teach what such a cause looks like, too.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch

from judge_fishbone import Figures, judged, lines
from labelled import CORPUS
from logistic import PairRow, learn_pairs, learn_signs

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cstrain.causes import fish_sense  # noqa: E402 - the checkout, not an installed copy
from cstrain.causes.fish import kinds_of_pair  # noqa: E402
from cstrain.causes.fish_kinds import KINDS, kind_of_bone  # noqa: E402
from cstrain.causes.fish_pairs import pairs  # noqa: E402
from cstrain.causes.fish_sense import QUESTIONS, readers_from  # noqa: E402
from cstrain.causes.fish_signs import cause_signs, head_signs, kind_signs  # noqa: E402
from cstrain.text.cause_words import Said, read_cause  # noqa: E402

LEARNT = CORPUS / "fishbone" / "learnt"
FIRST_SCORED = CORPUS / "fishbone" / "held_out_1.jsonl"  # unseen once, now learnt from
FOLDS = 10
PENALTY = {"head": 0.5, "symptom": 3.0, "solution": 3.0, "vague": 3.0, "kind": 3.0}
SMALLEST = {"head": 0.05, "symptom": 0.1, "solution": 0.1, "vague": 0.1, "same": 0.05, "kind": 0.2}
# Which marks of a level of whys stand for yes and for no; other levels are left out.
MARKS = {"symptom": ("", ""), "solution": ("p", "cbs"), "vague": ("be", "cs")}

Row = tuple[frozenset[str], bool]


@dataclass(frozen=True)
class Fish:
    """A labelled fishbone and what each question can learn from it."""

    raw: Mapping[str, Any]
    rows: Mapping[str, tuple[Row, ...]]
    pairs: tuple[PairRow, ...]


def fish(raw: Mapping[str, Any]) -> Fish:
    """Return a labelled fishbone with its rows."""
    labels, causes = raw["labels"], raw["causes"]
    head = read_cause(raw["head"])
    said = [read_cause(one["text"]) for one in causes]
    bones = [one["category"] for one in causes]
    rows: dict[str, list[Row]] = {"head": [(head_signs(head), labels["head_ok"] == 1)]}
    for name in ("symptom", "solution", "vague"):
        rows[name] = [
            (cause_signs(one, head, kind_of_bone(bone)), label == 1)
            for one, bone, label in zip(said, bones, labels[name], strict=True)
        ]
    for kind in KINDS:
        rows[f"kind.{kind}"] = [
            (kind_signs(one), kind_of_bone(bone) == kind)
            for one, bone, fits in zip(said, bones, labels["category_fit"], strict=True)
            if fits == 1 and kind_of_bone(bone) in KINDS
        ] + [
            (kind_signs(one), False)
            for one, bone, fits in zip(said, bones, labels["category_fit"], strict=True)
            if fits == 0 and kind_of_bone(bone) == kind
        ]
    return Fish(raw, {name: tuple(many) for name, many in rows.items()}, tuple(_pairs(raw, said)))


def _pairs(raw: Mapping[str, Any], said: Sequence[Said]) -> Iterator[PairRow]:
    labels = raw["labels"]
    kinds = [_kind(labels, place) for place in range(len(said))]
    same = {pair for group in labels["duplicate_groups"] for pair in combinations(group, 2)}
    for one in pairs(said):
        first, second = kinds[one.first], kinds[one.second]
        if (first == "solution") == (second == "solution"):
            signs = one.signs | kinds_of_pair(first, second)
            yield signs, one.amounts, (one.first, one.second) in same


def _kind(labels: Mapping[str, Sequence[int]], place: int) -> str:
    names = ("symptom", "solution", "vague")
    return next((name for name in names if labels[name][place]), "cause")


def beside() -> dict[str, list[Row]]:
    """Return what is learnt from single phrases, from heads and from levels of whys."""
    rows: dict[str, list[Row]] = {name: [] for name in ("head", "symptom", "solution", "vague")}
    for one in lines(LEARNT / "heads.jsonl"):
        rows["head"].append((head_signs(read_cause(one["text"])), one["head_ok"] == 1))
    heads = {language: cycle(_heads(language)) for language in ("zh", "en")}
    for one in lines(LEARNT / "phrases.jsonl"):
        # A phrase without a head would teach that measures stand where there is none.
        head = one.get("head") or next(heads[one["lang"]])
        signs = cause_signs(read_cause(one["text"]), read_cause(head), "other")
        for name in ("symptom", "solution", "vague"):
            rows[name].append((signs, one["kind"] == name))
        if one["kind"] in ("solution", "vague"):
            rows["head"].append((head_signs(read_cause(one["text"])), False))
    rows["head"] += [(head_signs(one), True) for one in _problems() if not one.numbers]
    for path in sorted((CORPUS / "five_whys" / "learnt").glob("*.jsonl")):
        for chain in lines(path):
            head = read_cause(chain["problem"])
            for text, mark in zip(chain["whys"], chain.get("marks", ""), strict=False):
                signs = cause_signs(read_cause(text), head, "other")
                for name, (yes, no) in MARKS.items():
                    if mark in (*yes, *no):
                        rows[name].append((signs, mark in yes))
    return rows


def _heads(language: str) -> list[str]:
    names = ("first", "learnt_1", "learnt_2", "learnt_3", "learnt_4")
    return [
        one["head"]
        for name in names
        for one in lines(LEARNT / f"{name}.jsonl")
        if one["lang"] == language and one["labels"]["head_ok"]
    ]


def _problems() -> list[Said]:
    """Return the problems of the chains of whys, each once."""
    paths = sorted((CORPUS / "five_whys" / "learnt").glob("*.jsonl"))
    texts = dict.fromkeys(chain["problem"] for path in paths for chain in lines(path))
    return [read_cause(one) for one in texts]


def weights_of(found: Sequence[Fish], more: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    """Return the learnt weights of every question, as they stand in the file."""
    done = {}
    for name in (*QUESTIONS, *(f"kind.{kind}" for kind in KINDS)):
        if name == "same":
            bias, signs, amounts = learn_pairs([row for one in found for row in one.pairs])
            done[name] = _written({**signs, "": bias}, SMALLEST[name])
            done[name]["amounts"] = [round(one, 3) for one in amounts]
            continue
        rows = [*(row for one in found for row in one.rows[name]), *more.get(name, ())]
        kind = name.split(".", maxsplit=1)[0]
        weights = learn_signs(
            [signs for signs, _ in rows], [yes for _, yes in rows], penalty=PENALTY[kind]
        )
        done[name] = _written(weights, SMALLEST[kind])
    return done


def _written(weights: Mapping[str, float], least: float) -> dict[str, Any]:
    tenths: dict[int, list[str]] = {}
    for sign, weight in sorted(weights.items()):
        if sign and abs(weight) >= least and round(weight * 10):
            tenths.setdefault(round(weight * 10), []).append(sign)
    rows = {str(one): "\t".join(tenths[one]) for one in sorted(tenths)}
    return {"bias": round(weights[""], 2), "tenths": rows}


def each(
    found: Sequence[Fish],
    more: Mapping[str, Sequence[Row]],
    part: Callable[[Mapping[str, Any]], object],
) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
    """Yield every fishbone with the labels given by weights that were learnt without its part."""
    for left_out in sorted({str(part(one.raw)) for one in found}):
        rest = [one for one in found if str(part(one.raw)) != left_out]
        told = readers_from(weights_of(rest, more))
        with patch.object(fish_sense, "readers", lambda told=told: told):
            for one in found:
                if str(part(one.raw)) == left_out:
                    yield one.raw, judged(one.raw)


def main() -> int:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", action="store_true", help="leave families out in turn first")
    parser.add_argument("--files", action="store_true", help="leave files out in turn first")
    asked = parser.parse_args()
    found = [
        fish({**raw, "file": path.stem})
        for path in (*sorted(LEARNT.glob("*.jsonl")), FIRST_SCORED)
        if path.stem not in ("heads", "phrases")
        for raw in lines(path)
    ]
    more = beside()
    families = sorted({one.raw["family"] for one in found})
    random.Random(3).shuffle(families)  # noqa: S311 - a split, no secret
    fold = {family: place % FOLDS for place, family in enumerate(families)}
    if asked.each:
        Figures(each(found, more, lambda raw: fold[raw["family"]])).show("families left out")
    if asked.files:
        Figures(each(found, more, lambda raw: raw["file"])).show("files left out")
    text = json.dumps(weights_of(found, more), ensure_ascii=False, indent=0)
    fish_sense.WEIGHTS.write_text(text + "\n", encoding="utf-8")
    print(f"learnt from {len(found)} fishbones; {len(text.encode()) / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
