"""The learnt readers of a fishbone: each a sum of weights over signs.

`bench/learn_fish_sense.py` learns the weights (logistic regression) and says how well they do.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from cstrain.causes.fish_kinds import KINDS
from cstrain.errors import ContentError
from cstrain.library.toml_file import CONTENT, shown_name

WEIGHTS: Final = CONTENT / "lexicon" / "fish_sense.json"
QUESTIONS: Final = ("head", "symptom", "solution", "vague", "same")
# Log odds from which the answer is yes; found by leaving families of problems out. What is rare
# (a symptom, a pair that says the same) is otherwise missed more often than wrongly seen.
_LEAST: Final = {"head": 0.3, "symptom": -0.5, "solution": -0.2, "vague": -0.2, "same": -0.7}


@dataclass(frozen=True)
class Reader:
    """The weights of one question in tenths; their sum over the signs seen, and the bias, answers.

    Whole numbers give the same sum in whatever order the signs come.
    """

    bias: float
    tenths: Mapping[str, int]

    def sum(self, signs: Collection[str]) -> float:
        """Return the sum."""
        return self.bias + sum([self.tenths[one] for one in signs if one in self.tenths]) / 10


def margin(question: str, signs: Collection[str]) -> float:
    """Return by how much a question is answered with yes; below 0 the answer is no."""
    return readers()[question].sum(signs) - _LEAST[question]


def kind_sums(signs: Collection[str]) -> dict[str, float]:
    """Return for every kind of bone how well a cause with these signs belongs there."""
    return {kind: readers()[f"kind.{kind}"].sum(signs) for kind in KINDS}


@cache
def readers() -> Mapping[str, Reader]:
    """Return the readers by name; those of the kinds of bones are named kind.<kind>."""
    try:
        raw = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        return readers_from(raw)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        allowed = "what bench/learn_fish_sense.py writes"
        raise ContentError(shown_name(WEIGHTS), "file", found=error, allowed=allowed) from error


def readers_from(raw: Mapping[str, Any]) -> dict[str, Reader]:
    """Return the readers of what a file of weights holds.

    The signs of one weight, in tenths, stand together; a file is half as long that way.
    """
    names = (*QUESTIONS, *(f"kind.{kind}" for kind in KINDS))
    return {
        name: Reader(
            float(raw[name]["bias"]),
            {sign: int(tenths) for tenths, many in raw[name]["tenths"].items()
             for sign in many.split("\t")},
        )
        for name in names
    }  # fmt: skip
