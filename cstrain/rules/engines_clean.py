"""The engine that cleans a ticket export by the chosen treatments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from cstrain.datasets import typed_rows
from cstrain.kpi.cells import is_missing
from cstrain.kpi.value import Value
from cstrain.rules.cleaning import RIGHT, TREATMENTS, Line, cleaned, treated_well
from cstrain.rules.engine import CaseArgs, Choices, Difference, Engine, short
from cstrain.rules.seen import Mark, Seen, SeenRow

Row = Mapping[str, Any]


def _rows(args: CaseArgs) -> list[dict[str, Any]]:
    return typed_rows(args["dataset"])


def _run(choices: Choices, args: CaseArgs) -> dict[str, Any]:
    rows = _rows(args)
    final = [one.row for one in cleaned(rows, choices) if not one.dropped]
    well = treated_well(rows, final)
    return {"rows": len(final), "well": well, "report": well}


def _keep(result: Any, args: CaseArgs) -> Any:
    """Return what a function's cleaned rows and report come to; the rows themselves are many."""
    if result is None:
        return None  # still to be written
    if not isinstance(result, (list, tuple)) or len(result) != 2:
        return {"problem": "no_pair", "words": short(result)}
    rows, report = (_records(result[0]), result[1])
    if rows is None:
        return {"problem": "no_rows", "words": short(result[0])}
    if not isinstance(report, Mapping):
        return {"problem": "no_report", "words": short(report)}
    told = {kind: _count(report.get(kind)) for kind in TREATMENTS}
    return {"rows": len(rows), "well": treated_well(_rows(args), rows), "report": told}


def _records(rows: Any) -> list[Row] | None:
    if hasattr(rows, "to_dict"):  # a pandas frame
        rows = rows.to_dict("records")
    if not isinstance(rows, list) or not all(isinstance(one, Mapping) for one in rows):
        return None
    return [{key: None if is_missing(one[key]) else one[key] for key in one} for one in rows]


def _count(given: Any) -> int | None:
    if hasattr(given, "item"):  # a scalar of numpy or pandas
        given = given.item()
    whole = isinstance(given, (int, float)) and not isinstance(given, bool) and given == int(given)
    return int(given) if whole else None


def _compare(given: Any, right: Any, _: CaseArgs) -> Difference | None:
    return None if given == right else Difference("other_number", {"number": 0})


def _preview(choices: Choices, args: CaseArgs, _: str) -> Seen:
    lines = cleaned(_rows(args), choices)
    left = sum(not one.dropped for one in lines)
    touched = {kind: _touched(lines, kind) for kind in TREATMENTS}
    counts = [_value("rows", left), *(_value(kind, count) for kind, count in touched.items())]
    rows = tuple(SeenRow(_mark(one), "", {**one.row, "fault": one.fault or None}) for one in lines)
    return Seen(tuple(counts), "rows", rows)


def _value(kind: str, count: int) -> Value:
    return Value(None, None, count, count, 0, {"fault": kind})


def _touched(lines: Sequence[Line], kind: str) -> int:
    return sum(one.fault == kind and (one.dropped or one.changed) for one in lines)


def _mark(line: Line) -> Mark:
    if line.dropped:
        return "out"
    return "changed" if line.changed else "in"


CLEAN_ENGINES: Final[Mapping[str, Engine]] = {
    "clean": Engine(
        questions=TREATMENTS,
        right=RIGHT,
        arguments=lambda args: (_rows(args),),
        run=_run,
        compare=_compare,
        keep=_keep,
        preview=_preview,
    ),
}
