"""The rule for causes put before the data: how a test was set up, and the verdict drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cstrain.causes.effects import CauseEffect
from cstrain.model import Item, Outcome
from cstrain.rules.base import Asked, Ruling
from cstrain.rules.cause_code import CodeTests, read_results, wrong_figure
from cstrain.rules.engine import CaseArgs, case_args, short
from cstrain.rules.engines_effect import chosen_of, factors_of, tested

_SET_UP: Final = ("rows", "strata")
_HALF: Final = 0.5


def cause_effects(asked: Asked) -> Ruling:
    """Give the share of the tests of the chosen case that are right.

    The criterion's first field is the choice of the case, the others are the tests of each.
    `side` is "effect": rows and strata, half of a test for each; or "verdict": the key's verdict,
    which counts only for a test that was set up. A function's figures have to be those of its own
    rows and strata.
    """
    chosen, *fields = asked.fields
    field = next((key for key in fields if _is_chosen(asked, key)), None)
    if field is None or asked.values[field] is None:
        return Ruling(0.0, "nothing_yet", fields=(chosen,))
    params = asked.exercise.field(field).params
    args = case_args(params, params["cases"][0])
    given = _given(asked.values[field], params["cases"][0]["key"], args)
    if given.problem:
        return Ruling(0.0, given.problem, {"words": given.words}, fields=(field,))
    judge = _effect if asked.params.get("side") == "effect" else _verdict
    judged = [judge(asked, given, args, factor) for factor in factors_of(args)]
    share = sum(part for part, _ in judged) / len(judged)
    good = sum(part == 1 for part, _ in judged)
    code = "all_right" if good == len(judged) else "some_right" if share else "none_right"
    items = tuple(item for _, item in judged)
    return Ruling(share, code, {"right": good, "all": len(judged)}, items, fields=(field,))


def _given(value: Mapping[str, Any], key: str, args: CaseArgs) -> CodeTests:
    """Return what was answered, by choices or by a function, in one form."""
    if value.get("via") == "code":
        return read_results(value, key, args)
    return CodeTests(value.get("choices") or {})


def _is_chosen(asked: Asked, key: str) -> bool:
    when = asked.exercise.field(key).when
    return when is None or asked.values[when[0]] == when[1]


def _effect(asked: Asked, given: CodeTests, args: CaseArgs, factor: str) -> tuple[float, Item]:
    chosen = chosen_of(given.choices, factor)
    found = tested(given.choices, args, factor)
    facts: dict[str, Any] = {"label": found.test.name[asked.language]}
    if factor in given.unknown:
        words = {"words": given.unknown[factor]}
        return 0.0, Item(factor, "failed", "test_unknown", {**facts, **words})
    if not all(kind in chosen for kind in _SET_UP):
        return 0.0, Item(factor, "not_attempted", "test_open", facts)
    wrong = wrong_figure(given.figures[factor], found) if given.figures else ""
    if wrong:
        words = {"figure": wrong, "words": short(given.figures[factor].get(wrong))}
        return 0.0, Item(factor, "failed", "figure_wrong", {**facts, **words})
    share = 1 - _HALF * len(found.misses)
    if not found.misses:
        return share, Item(factor, "passed", "test_right", {**facts, **_ratios(found)})
    between = "" if asked.language == "zh" else " "
    told = between.join(one.miss[asked.language] for one in found.misses)
    outcome: Outcome = "partly" if share else "failed"
    return share, Item(factor, outcome, "test_misses", {**facts, "told": told})


def _ratios(found: CauseEffect) -> dict[str, Any]:
    raw, within = found.raw.estimate, found.deciding.estimate
    figures = {"raw": raw, "within": within, "low": found.deciding.low, "high": found.deciding.high}
    return {key: "–" if one is None else f"{one:.2f}" for key, one in figures.items()}


def _verdict(asked: Asked, given: CodeTests, args: CaseArgs, factor: str) -> tuple[float, Item]:
    chosen = chosen_of(given.choices, factor)
    found = tested(given.choices, args, factor)
    facts: dict[str, Any] = {"label": found.test.name[asked.language]}
    if "verdict" not in chosen:
        return 0.0, Item(factor, "not_attempted", "verdict_open", facts)
    if not all(kind in chosen for kind in _SET_UP):
        return 0.0, Item(factor, "failed", "verdict_untested", facts)
    if chosen["verdict"] == found.test.verdict:
        why = {"told": found.test.why[asked.language]}
        return 1.0, Item(factor, "passed", "verdict_right", {**facts, **why})
    if found.misses and chosen["verdict"] == found.verdict:
        return 0.0, Item(factor, "failed", "verdict_of_other_test", facts)
    told = {**facts, **_ratios(found)}
    return 0.0, Item(factor, "failed", "verdict_wrong", told)
