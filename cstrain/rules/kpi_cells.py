"""The rule for a table of KPIs by period: every cell counts the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cstrain.model import Facts, Item, Outcome
from cstrain.rules.base import Asked, Ruling
from cstrain.rules.engine import CaseArgs, case_args, short
from cstrain.rules.engines import ENGINES
from cstrain.rules.engines_kpi import close, open_parts

_Cells = Mapping[tuple[str, str], Any]


@dataclass(frozen=True)
class _Judged:
    """One table: the field it stands in, its share of right cells, a reason, an item a KPI."""

    field: str
    share: float
    code: str
    facts: Facts
    items: tuple[Item, ...] = ()


def right_cells(asked: Asked) -> Ruling:
    """Give the share of right cells of the best table that was answered.

    The criterion's first field is the choice of the table, the others are the tables.
    """
    chosen, *tables = asked.fields
    answered = [key for key in tables if asked.values[key] is not None]
    if not answered:
        return Ruling(0.0, "nothing_yet", fields=(chosen,))
    judged = [_judge(asked, key) for key in answered]
    best = max(judged, key=lambda one: (one.share, _is_chosen(asked, one.field)))
    shown = best.field if _is_chosen(asked, best.field) else chosen
    return Ruling(best.share, best.code, best.facts, best.items, fields=(shown,))


def _is_chosen(asked: Asked, key: str) -> bool:
    when = asked.exercise.field(key).when
    return when is None or asked.values[when[0]] == when[1]


def _judge(asked: Asked, key: str) -> _Judged:
    params = asked.exercise.field(key).params
    engine, case, answer = ENGINES[params["engine"]], params["cases"][0], asked.values[key]
    args = case_args(params, case)
    if answer["via"] == "builder":
        given = engine.run(answer["choices"], args)
        skipped = open_parts(args, answer["choices"])
    else:
        given, skipped = answer["results"].get(case["key"]), []
    if isinstance(given, Mapping) and set(given) == {"error"}:
        return _Judged(key, 0.0, "raised", {"words": str(given["error"])})
    if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
        return _Judged(key, 0.0, "no_records", {"words": short(given)})
    right = _cells(engine.run(engine.right, args))
    items = tuple(_item(kpi, _cells(given), right, args, skipped) for kpi in args["kpis"])
    good = sum(int(one.facts["right"]) for one in items)
    code = "all_cells" if good == len(right) else "some_cells" if good else "no_cells"
    return _Judged(key, good / len(right), code, {"right": good, "all": len(right)}, items)


def _item(kpi: str, given: _Cells, right: _Cells, args: CaseArgs, skipped: list[str]) -> Item:
    wanted = {cell: value for cell, value in right.items() if cell[0] == kpi}
    code = args["kpis"][kpi]["code"]
    good = sum(cell in given and close(given[cell], wanted[cell], args, code) for cell in wanted)
    facts = {"right": good, "all": len(wanted)}
    if kpi in skipped:
        return Item(kpi, "not_attempted", "kpi_open", facts)
    if not any(cell[0] == kpi for cell in given):
        return Item(kpi, "not_attempted", "kpi_missing", facts)
    outcome: Outcome = "passed" if good == len(wanted) else "partly" if good else "failed"
    return Item(kpi, outcome, f"kpi_{outcome}", facts)


def _cells(records: list[Mapping[str, Any]]) -> _Cells:
    return {
        (str(one.get("kpi")).strip(), _period(one.get("period"))): one.get("value")
        for one in records
    }


def _period(given: Any) -> str:
    """Return a month as 2025-07 and a quarter as its number, however they were written.

    >>> _period("2025-07-01 00:00:00"), _period("2025Q3"), _period(3)
    ('2025-07', '3', '3')
    """
    text = str(given).strip()
    month = re.match(r"\d{4}-\d{2}", text)
    quarter = re.fullmatch(r"(?:\d{4})?-?Q?([1-4])(?:\.0)?", text)
    return month[0] if month else quarter[1] if quarter else text
