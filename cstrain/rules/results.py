"""The rule for builders and code: the answer's results against the engine's own, case by case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cstrain.model import Item
from cstrain.rules.base import Asked, Ruling, mean_share
from cstrain.rules.engine import CaseArgs, Engine, case_args
from cstrain.rules.engines import ENGINES


def same_results(asked: Asked) -> Ruling:
    """Give the share of cases on which the answer has the right result.

    `part` chooses the cases: "visible", "hidden", "all" (default) or a list of case keys. `gate`
    names a case: a definition that is wrong there gets nothing for results that any would have,
    such as those of an empty table.
    """
    params = asked.exercise.field(asked.fields[0]).params
    engine = ENGINES[params["engine"]]
    answer: Mapping[str, Any] = asked.value
    asked_for = list(engine.questions) or [one["key"] for one in params.get("questions", ())]
    open_ones = [key for key in asked_for if key not in answer.get("choices", {})]
    if answer["via"] == "builder" and open_ones:
        counts = {"open": len(open_ones), "all": len(asked_for)}
        return Ruling(0.0, "questions_open", counts)
    cases = _cases(params["cases"], asked.params.get("part", "all"))
    items = tuple(
        _item((place, len(cases)), case, answer, engine, case_args(params, case))
        for place, case in enumerate(cases, start=1)
    )
    right = sum(item.outcome == "passed" for item in items)
    facts = {"right": right, "all": len(items)}
    gate = _gate(params, asked.params.get("gate"), answer, engine)
    if gate:
        seen_wrong = any(
            one["visible"] and item.outcome != "passed"
            for one, item in zip(cases, items, strict=True)
        )
        return Ruling(0.0, "gate_wrong" if seen_wrong else gate, facts, items)
    code = "all_right" if right == len(items) else "some_right" if right else "none_right"
    return Ruling(mean_share(items), code, facts, items)


def _gate(
    params: Mapping[str, Any], key: str | None, answer: Mapping[str, Any], engine: Engine
) -> str:
    """Return why the answer gets nothing, empty when the case it must be right on is right."""
    for case in _cases(params["cases"], [key] if key else []):
        item = _item((1, 1), case, answer, engine, case_args(params, case))
        if item.outcome != "passed":
            return "gate_wrong" if case["visible"] else "gate_hidden"
    return ""


def _cases(
    cases: Sequence[Mapping[str, Any]], part: str | Sequence[str]
) -> list[Mapping[str, Any]]:
    if part == "all":
        return list(cases)
    if part in ("visible", "hidden"):
        return [one for one in cases if one["visible"] == (part == "visible")]
    return [one for one in cases if one["key"] in part]


def _item(
    place: tuple[int, int],
    case: Mapping[str, Any],
    answer: Mapping[str, Any],
    engine: Engine,
    args: CaseArgs,
) -> Item:
    label = {"label": f"{place[0]}/{place[1]}"}
    if answer["via"] == "builder":
        given = engine.run(answer["choices"], args)
    elif case["key"] in answer["results"]:
        given = answer["results"][case["key"]]
    else:
        return Item(case["key"], "not_attempted", "no_result", label)
    if isinstance(given, Mapping) and set(given) == {"error"}:
        facts = {**label, "words": str(given["error"])}
        return Item(case["key"], "failed", "raised", facts)
    difference = engine.compare(given, engine.run(engine.right, args), args)
    if difference is None:
        return Item(case["key"], "passed", "case_right", label)
    if not case["visible"]:
        return Item(case["key"], "failed", "hidden_wrong", label)
    return Item(case["key"], "failed", difference.code, {**label, **difference.facts})
