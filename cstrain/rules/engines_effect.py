"""The engines of causes before the data: tests of a case's factors, and `compare` itself.

`effect` reads the shipped counts: its parts are factors, its choices rows, strata and verdict.
`compare` runs a definition of the effect test on small tables, as choices or as a function.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from cstrain.causes.effects import CauseEffect, effect_of
from cstrain.rules.cause_code import candidates_of
from cstrain.rules.effect_variants import FIGURES, figures
from cstrain.rules.engine import CaseArgs, Choices, Difference, Engine, short
from cstrain.rules.seen import SeenFigures
from cstrain.stats.effects import Stratum
from cstrain.stats.groups import Group

KINDS: Final = ("rows", "strata", "verdict")  # what is asked of a factor
_ABSOLUTE: Final = 0.001  # of a risk and of a difference
_RELATIVE: Final = 0.005  # of a ratio and its limits
_RISKS: Final = ("risk_exposed", "risk_unexposed", "difference")


def chosen_of(choices: Choices, factor: str) -> dict[str, str]:
    """Return what was chosen for a factor, by kind.

    >>> chosen_of({"D1_rows": "all", "D2_rows": "since"}, "D1")
    {'rows': 'all'}
    """
    keys = {kind: f"{factor}_{kind}" for kind in KINDS}
    return {kind: choices[key] for kind, key in keys.items() if key in choices}


def tested(choices: Choices, args: CaseArgs, factor: str) -> CauseEffect:
    """Return the effect of a factor on the chosen rows and strata, else on those of the course."""
    chosen = chosen_of(choices, factor)
    return effect_of(args["case"], factor, chosen.get("rows"), chosen.get("strata"))


def _run_effects(choices: Choices, args: CaseArgs) -> dict[str, Any]:
    found = {factor: tested(choices, args, factor) for factor in args["factors"]}
    return {
        factor: {
            "raw": one.raw.estimate,
            "ratio": one.deciding.estimate,
            "low": one.deciding.low,
            "high": one.deciding.high,
            "verdict": one.verdict,
        }
        for factor, one in found.items()
    }


def strata_of(args: CaseArgs) -> list[Stratum]:
    """Return the strata of a case: `cells` are lists of name, events and n exposed, then unexposed.

    >>> strata_of({"cells": [["S1", 3, 10, 1, 10]]})[0].exposed
    Group(events=3, n=10)
    """
    cells = args["cells"]
    if not args.get("strata"):
        a, n1, c, n0 = (sum(one[place] for one in cells) for place in range(1, 5))
        return [Stratum(Group(a, n1), Group(c, n0))]
    return [Stratum(Group(a, n1), Group(c, n0)) for _, a, n1, c, n0 in cells]


def rows_of(args: CaseArgs) -> list[dict[str, Any]]:
    """Return the rows that the counts of a case stand for.

    >>> rows_of({"cells": [["S1", 1, 1, 0, 1]], "exposure": "late", "outcome": "bad"})
    [{'late': True, 'bad': True}, {'late': False, 'bad': False}]
    """
    exposure, outcome, strata = names_of(args)
    made: list[dict[str, Any]] = []
    for name, a, n1, c, n0 in args["cells"]:
        for exposed, events, n in ((True, a, n1), (False, c, n0)):
            for place in range(n):
                row = {exposure: exposed, outcome: place < events}
                made.append({strata: name, **row} if strata else row)
    return made


def names_of(args: CaseArgs) -> tuple[str, str, str | None]:
    """Return the names of the columns: exposure, outcome, strata or None."""
    return str(args["exposure"]), str(args["outcome"]), args.get("strata") or None


def _compare_arguments(args: CaseArgs) -> tuple[Any, ...]:
    exposure, outcome, strata = names_of(args)
    return rows_of(args), exposure, outcome, strata


def _run_compare(choices: Choices, args: CaseArgs) -> dict[str, Any]:
    return figures(strata_of(args), choices)


def _preview_compare(choices: Choices, args: CaseArgs, _: str) -> SeenFigures:
    found = _run_compare(choices, args)
    return SeenFigures(tuple((key, found[key]) for key in FIGURES))


def _difference(given: Any, right: Mapping[str, Any], _: CaseArgs) -> Difference | None:
    if not isinstance(given, Mapping):
        return Difference("no_record", {"words": short(given)})
    missing = [key for key in FIGURES if key not in given]
    if missing:
        return Difference("figures_missing", {"words": ", ".join(missing)})
    wrong = next((key for key in FIGURES if not _close(key, given[key], right[key])), None)
    if wrong is None:
        return None
    return Difference("other_figure", {"figure": wrong, "words": short(given[wrong])})


def _close(key: str, given: Any, right: Any) -> bool:
    if key == "verdict":
        return isinstance(given, str) and given.strip() == right
    if right is None or given is None:
        return given is right
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        return False
    if key in _RISKS:
        return math.isclose(given, right, rel_tol=0, abs_tol=_ABSOLUTE)
    return math.isclose(given, right, rel_tol=_RELATIVE)


def _same_effects(given: Any, right: Any, _: CaseArgs) -> Difference | None:
    return None if given == right else Difference("other_values", {"wrong": 1, "all": 1})


def factors_of(args: CaseArgs) -> Sequence[str]:
    """Return the factors that a field asks about."""
    return list(args["factors"])


EFFECT_ENGINES: Final[Mapping[str, Engine]] = {
    "effect": Engine(
        questions={},
        right={},
        arguments=lambda args: (candidates_of(args),),
        run=_run_effects,
        compare=_same_effects,
        preview=tested,
    ),
    "compare": Engine(
        questions={},
        right={},
        arguments=_compare_arguments,
        run=_run_compare,
        compare=_difference,
        preview=_preview_compare,
    ),
}
