"""The learnt readers of a fishbone: each a sum of weights over signs.

`bench/learn_fish_sense.py` learns the weights (logistic regression) and says how well they do.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from cstrain.causes.fish_kinds import KINDS
from cstrain.errors import ContentError
from cstrain.library.toml_file import CONTENT, shown_name

WEIGHTS: Final = CONTENT / "lexicon" / "fish_sense.json"
QUESTIONS: Final = ("head", "symptom", "solution", "vague", "same")
OF_CAUSES: Final = ("symptom", "solution", "vague")
_OF_KINDS: Final[Mapping[str, str]] = {kind: f"kind.{kind}" for kind in KINDS}
# Log odds from which the answer is yes; found by leaving families of problems out. What is rare
# (a symptom, a pair that says the same) is otherwise missed more often than wrongly seen.
_LEAST: Final = {"head": 0.3, "symptom": -0.7, "solution": -0.4, "vague": -0.3, "same": -0.2}


@dataclass(frozen=True)
class Reader:
    """The weights of one question in tenths; their sum over the signs seen, and the bias, answers.

    Whole numbers give the same sum in whatever order the signs come. A pair of causes has amounts
    beside its signs, each with a weight.
    """

    bias: float
    tenths: Mapping[str, int]
    amounts: tuple[float, ...] = ()

    def sum(self, signs: Collection[str], amounts: Sequence[float] = ()) -> float:
        """Return the sum."""
        told = self.bias + sum([self.tenths[one] for one in signs if one in self.tenths]) / 10
        return told + sum([a * b for a, b in zip(self.amounts, amounts, strict=True)])


@dataclass(frozen=True)
class Several:
    """Readers that are asked about the same signs, read at one go."""

    names: tuple[str, ...]
    biases: tuple[float, ...]
    tenths: Mapping[str, tuple[int, ...]]

    def sums(self, signs: Collection[str]) -> dict[str, float]:
        """Return the sum of each reader."""
        rows = [self.tenths[one] for one in signs if one in self.tenths]
        columns = zip(*rows, strict=True) if rows else [(0,)] * len(self.names)
        return {
            name: bias + sum(column) / 10
            for name, bias, column in zip(self.names, self.biases, columns, strict=True)
        }


@dataclass(frozen=True)
class Readers:
    """All readers of a file of weights."""

    one: Mapping[str, Reader]
    causes: Several
    kinds: Several


def margin(question: str, signs: Collection[str], amounts: Sequence[float] = ()) -> float:
    """Return by how much a question is answered with yes; below 0 the answer is no."""
    return readers().one[question].sum(signs, amounts) - _LEAST[question]


def cause_margins(signs: Collection[str]) -> dict[str, float]:
    """Return by how much a cause is a symptom, a solution, vague."""
    return {name: told - _LEAST[name] for name, told in readers().causes.sums(signs).items()}


def kind_sums(signs: Collection[str]) -> dict[str, float]:
    """Return for every kind of bone how well a cause with these signs belongs there."""
    return readers().kinds.sums(signs)


@cache
def readers() -> Readers:
    """Return the readers of the file of weights."""
    try:
        raw = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        return readers_from(raw)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        allowed = "what bench/learn_fish_sense.py writes"
        raise ContentError(shown_name(WEIGHTS), "file", found=error, allowed=allowed) from error


def readers_from(raw: Mapping[str, Any]) -> Readers:
    """Return the readers of what a file of weights holds; those of bones are named kind.<kind>.

    The signs of one weight, in tenths, stand together; a file is half as long that way.
    """
    every = {
        name: Reader(
            float(one["bias"]),
            {sign: int(tenths) for tenths, many in one["tenths"].items()
             for sign in many.split("\t")},
            tuple(float(amount) for amount in one.get("amounts", ())),
        )
        for name, one in ((name, raw[name]) for name in (*QUESTIONS, *_OF_KINDS.values()))
    }  # fmt: skip
    return Readers(
        {name: every[name] for name in QUESTIONS},
        _several({name: every[name] for name in OF_CAUSES}),
        _several({kind: every[name] for kind, name in _OF_KINDS.items()}),
    )


def _several(every: Mapping[str, Reader]) -> Several:
    signs = {sign for one in every.values() for sign in one.tenths}
    return Several(
        tuple(every),
        tuple(one.bias for one in every.values()),
        {sign: tuple(one.tenths.get(sign, 0) for one in every.values()) for sign in signs},
    )
