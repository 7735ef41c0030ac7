"""The rule for a cleaned table: one kind of fault, or the number of rows that are left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cstrain.model import Facts, Item
from cstrain.rules.base import Asked, Ruling, mean_share
from cstrain.rules.engine import CaseArgs, Engine, case_args
from cstrain.rules.engines import ENGINES

_Told = tuple[str, Facts]


def cleaned_right(asked: Asked) -> Ruling:
    """Give the share of tables on which one `kind` of fault, or "rows", is as it should be.

    What is wrong on the first table earns nothing on the others. Of a builder that is not yet
    filled in, the kinds that are count; the number of rows needs all of them.
    """
    params = asked.exercise.field(asked.fields[0]).params
    engine, answer, kind = ENGINES[params["engine"]], asked.value, str(asked.params["kind"])
    if answer["via"] == "builder":
        needed = [kind] if kind in engine.questions else list(engine.questions)
        open_ones = [one for one in needed if one not in answer["choices"]]
        if open_ones:
            return Ruling(0.0, "still_open", {"open": len(open_ones)})
    items = []
    for place, case in enumerate(params["cases"], start=1):
        code, facts = _told(engine, answer, case, case_args(params, case), kind)
        good = code == "table_right"
        shown = code if good or case["visible"] or code == "raised" else "hidden_wrong"
        label = {"label": f"{place}/{len(params['cases'])}"}
        items.append(Item(case["key"], "passed" if good else "failed", shown, {**label, **facts}))
    found = tuple(items)
    share = mean_share(found) if found[0].outcome == "passed" else 0.0
    code = "all_right" if share == 1 else "seen_right" if share else "seen_wrong"
    return Ruling(share, code, {}, found)


def _told(
    engine: Engine, answer: Mapping[str, Any], case: Mapping[str, Any], args: CaseArgs, kind: str
) -> _Told:
    right = engine.run(engine.right, args)
    if answer["via"] == "builder":
        given = engine.run({**engine.right, **answer["choices"]}, args)
    else:
        given = answer["results"].get(case["key"])
    if not isinstance(given, Mapping):
        return "no_result", {}
    if "error" in given:
        return "raised", {"words": str(given["error"])}
    if "problem" in given:
        return str(given["problem"]), {"words": str(given.get("words", ""))}
    return _compared(given, right, kind)


def _compared(given: Mapping[str, Any], right: Mapping[str, Any], kind: str) -> _Told:
    if kind == "rows":
        same = given.get("rows") == right["rows"]
        return (
            ("table_right", {}) if same else ("rows_wrong", {"number": _whole(given.get("rows"))})
        )
    well, report = (given.get(key) or {} for key in ("well", "report"))
    if well.get(kind) != right["well"][kind]:
        return "treated_wrong", {"number": _whole(well.get(kind))}
    if report.get(kind) is None:
        return "not_reported", {"words": kind}
    same = report[kind] == right["report"][kind]
    return ("table_right", {}) if same else ("count_wrong", {"number": _whole(report[kind])})


def _whole(number: Any) -> int:
    return number if isinstance(number, int) else 0
