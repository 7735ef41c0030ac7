"""The learnt readers of a chain: blame, empty, restates, root and link, each a sum of weights.

`bench/learn_cause_sense.py` learns the weights (logistic regression) and says how well they do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from cstrain.causes.signs import Seen
from cstrain.errors import ContentError
from cstrain.library.toml_file import CONTENT, shown_name

WEIGHTS: Final = CONTENT / "lexicon" / "cause_sense.json"
QUESTIONS: Final = ("blame", "empty", "restates", "root", "link")
# Log odds from which the answer is yes (texts of left-out authors). Missed blame is more frequent
# than false blame, as most levels are causes; a circle seen where none is hurts more than a missed
# one.
_LEAST: Final = {"blame": -1.5, "empty": -0.5, "restates": 0.5, "root": 0.0, "link": 0.0}
# Less is asked of a level that says, mostly in its words, what stands before it: from these shares
# of the one in the other, and of the other in the one. Learners who write the problem once more
# change a word or two; the labelled chains, written to be hard, have few of these.
_SAID_AGAIN: Final = ((0.85, 0.5, -4.0), (0.75, 0.5, -1.25), (0.6, 0.3, -0.5))
_NEAR: Final = ("g:where", "g:m>=", "g:conca", "g:gena")


@dataclass(frozen=True)
class Reader:
    """The weights of one question; their sum over the signs seen, and the bias, is the answer."""

    bias: float
    weights: Mapping[str, float]

    def sum(self, signs: Iterable[str]) -> float:
        """Return the sum."""
        of = self.weights
        return self.bias + sum([of[one] for one in signs if one in of])


def signs_for(question: str, seen: Seen) -> frozenset[str]:
    """Return the signs that a question is answered by."""
    if question == "root":
        return seen.words | {one for one in seen.against if one.startswith(_NEAR)}
    if question in ("restates", "link"):
        return seen.words | seen.place | seen.against
    return seen.words | seen.place


def margin(question: str, seen: Seen) -> float:
    """Return by how much a question is answered with yes; below 0 the answer is no."""
    least = _least_again(seen) if question == "restates" else _LEAST[question]
    return _readers()[question].sum(signs_for(question, seen)) - least


def _least_again(seen: Seen) -> float:
    for there, back, least in _SAID_AGAIN:
        if seen.near.there >= there and seen.near.back >= back:
            return least
    return _LEAST["restates"]


@cache
def _readers() -> Mapping[str, Reader]:
    try:
        raw = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        return {
            name: Reader(
                float(raw[name]["bias"]),
                {sign: float(one) for sign, one in raw[name]["weights"].items()},
            )
            for name in QUESTIONS
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        allowed = "what bench/learn_cause_sense.py writes"
        raise ContentError(shown_name(WEIGHTS), "file", found=error, allowed=allowed) from error
