"""Tests of causes by a function of the learner's own: what it is called with, what it returned."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cstrain.causes.effects import CauseEffect, cells_of
from cstrain.language import Text
from cstrain.library.cause_tests import CauseTest, cause_test
from cstrain.rules.engine import CaseArgs, short

FIGURES: Final = ("raw", "ratio")
_KEYS: Final = ("rows", "strata", "verdict")
_RELATIVE: Final = 0.005


@dataclass(frozen=True)
class CodeTests:
    """What a function returned, as a builder's choices would be, with its figures by factor.

    `unknown` holds what is no choice of a factor; with a `problem` nothing can be read at all.
    """

    choices: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    words: str = ""


def candidates_of(args: CaseArgs) -> list[dict[str, Any]]:
    """Return what a function is called with: the causes in order, and the counts of each choice.

    >>> found = candidates_of({"case": "A", "factors": ["D4"]})[0]
    >>> list(found), found["cells"]["since_page", "none"][0][1:]
    (['name', 'exposed', 'outcome', 'rows', 'strata', 'cells'], (251, 1861, 180, 2705))
    """
    tests = [cause_test(args["case"], one) for one in args["factors"]]
    return [
        {
            "name": _both(one.name),
            "exposed": _both(one.exposed),
            "outcome": _both(one.outcome),
            "rows": {each.key: _both(each.label) for each in one.rows},
            "strata": {each.key: _both(each.label) for each in one.strata},
            "cells": _cells(one),
        }
        for one in tests
    ]


def read_results(value: Mapping[str, Any], key: str, args: CaseArgs) -> CodeTests:
    """Return what the function returned on a case; whatever it is, nothing is raised."""
    given = value["results"].get(key)
    factors = list(args["factors"])
    if isinstance(given, Mapping) and set(given) == {"error"}:
        return CodeTests(problem="raised", words=short(given["error"]))
    whole = isinstance(given, list) and len(given) == len(factors)
    if not whole or not all(isinstance(one, Mapping) for one in given):
        return CodeTests(problem="no_list", words=short(given))
    choices: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for factor, one in zip(factors, given, strict=True):
        test = cause_test(args["case"], factor)
        known = {"rows": _keys(test.rows), "strata": _keys(test.strata)}
        for kind in _KEYS:
            found = one.get(kind)
            if found is None:
                continue
            if kind in known and found not in known[kind]:
                unknown.setdefault(factor, short(found))
            else:
                choices[f"{factor}_{kind}"] = str(found)
    return CodeTests(choices, dict(zip(factors, given, strict=True)), unknown)


def wrong_figure(given: Mapping[str, Any], found: CauseEffect) -> str:
    """Return the figure that is not what its rows and strata come to, "" when both are."""
    right = {"raw": found.raw.estimate, "ratio": found.deciding.estimate}
    return next((key for key in FIGURES if not _close(given.get(key), right[key])), "")


def _close(given: Any, right: float | None) -> bool:
    if given is None or right is None:
        return given is right
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        return False
    return math.isclose(given, right, rel_tol=_RELATIVE)


def _cells(test: CauseTest) -> dict[tuple[str, str], list[tuple[Any, ...]]]:
    return {
        (rows, strata): [
            (name, *one.exposed, *one.unexposed)
            for name, one in cells_of(test.case, test.factor, rows, strata)
        ]
        for rows in _keys(test.rows)
        for strata in _keys(test.strata)
    }


def _keys(choices: Sequence[Any]) -> list[str]:
    return [one.key for one in choices]


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
