"""The KPI engine: choices are parameters and formulas of a definition in `content/kpi`.

What an exercise file says about its builder field, `about`, names the KPI; an option's `set`
changes it. The right result is that of the definition as it stands, never a list of right options.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from cstrain.datasets import typed_rows
from cstrain.kpi.cells import headers
from cstrain.kpi.definition import Definition
from cstrain.kpi.definitions import definition
from cstrain.kpi.nodes import is_condition
from cstrain.kpi.plain_engine import compute, parts
from cstrain.kpi.plan import Asked, Plan, dated, plan
from cstrain.kpi.value import RowPart, Value
from cstrain.kpi.varied import FORMULAS, varied
from cstrain.rules.engine import CaseArgs, Choices, Difference, Engine, short
from cstrain.rules.seen import Mark, Seen, SeenRow

Row = Mapping[str, Any]
Rows = Sequence[Row]
Spec = Mapping[str, Any]
# What a KPI's description may say besides the definition's own parameters.
_OWN: Final = (
    "code",
    "form",
    "at",
    "period",
    "by",
    "eligible",
    "statistic",
    "rate_first",
    *FORMULAS,
)
_ABSOLUTE: Final = {"share": 0.001}  # curriculum 0.5
_RELATIVE: Final = {"s": 0.005, "min": 0.005, "h": 0.005, "d": 0.005}
_OTHERWISE: Final = 0.005


def spec_of(args: CaseArgs, choices: Choices, part: str = "") -> Spec:
    """Return how a KPI is asked for: what the file says, changed by the chosen options."""
    made: dict[str, Any] = dict(args["kpis"][part] if part else args["kpi"])
    for question, options in args.get("meanings", {}).items():
        if args.get("parts", {}).get(question, "") == part and question in choices:
            made.update(options[choices[question]])
    return {**made, **args.get("params", {})}


def values_of(spec: Spec, rows: Rows) -> list[Value]:
    """Return the KPI of the rows, a value for each group."""
    made, asked = _planned(spec, rows)
    return compute(rows, made, asked)


def rows_of(args: CaseArgs, part: str = "") -> Rows:
    """Return the rows that a KPI is computed from: given in the file, or of shipped tables."""
    about = {**args, **args["kpis"][part]} if part else args
    if "rows" in about:
        return list(about["rows"])
    rows = _joined(about["dataset"], json.dumps(about.get("join", [])))
    return [{**about["fill"], **row} for row in rows] if "fill" in about else rows


def label_of(value: Any, period: str = "") -> str:
    """Return what a group or a period is called in results.

    >>> label_of(dt.datetime(2025, 7, 1), "month"), label_of(3), label_of(None)
    ('2025-07', '3', '')
    """
    if isinstance(value, dt.datetime):
        if period == "quarter":
            return f"{value.year}-Q{(value.month + 2) // 3}"
        return value.date().isoformat()[: 7 if period == "month" else 10]
    return "" if value is None else str(value)


def grouped(spec: Spec) -> bool:
    """Say whether the KPI is asked for by groups or periods."""
    return bool(spec.get("by") or spec.get("period"))


def _planned(spec: Spec, rows: Rows) -> tuple[Plan, Asked]:
    made = _definition(spec)
    asked = Asked(
        by=tuple(spec.get("by", ())),
        period=spec.get("period"),
        at=spec.get("at"),
        eligible=spec.get("eligible"),
    )
    given = {key: one for key, one in spec.items() if key in made.params}
    done = plan(made, asked, headers(rows) or None, form=spec.get("form"), given=given)
    return done, dated([done], asked)


def _definition(spec: Spec) -> Definition:
    made = definition(spec["code"])
    formulas = {key: spec[key] for key in FORMULAS if key in spec}
    statistic, rate_first = spec.get("statistic"), bool(spec.get("rate_first"))
    if not (formulas or statistic or rate_first):
        return made
    form = spec.get("form")
    return varied(made, form, formulas, statistic=statistic, rate_first=rate_first)


@lru_cache(maxsize=16)
def _joined(name: str, joins: str) -> Rows:
    """Return a shipped table with columns of others; `mark` says whether the other had a row."""
    rows: Rows = typed_rows(name)
    for one in json.loads(joins):
        on, mark = one["on"], one["mark"]
        nothing: Row = dict.fromkeys([*one["take"], on])
        other = {row[on]: row for row in typed_rows(one["table"])}
        taken = {
            key: {name: row[name] for name in one["take"]} | {mark: row is not nothing}
            for key, row in [*other.items(), (None, nothing)]
        }
        rows = [{**row, **taken.get(row[on], taken[None])} for row in rows]
    return rows


def _arguments(args: CaseArgs) -> tuple[Any, ...]:
    if args.get("tables"):
        return tuple([dict(row) for row in typed_rows(name)] for name in args["tables"])
    return [dict(row) for row in rows_of(args)], *args.get("params", {}).values()


def _run(choices: Choices, args: CaseArgs) -> Any:
    spec = spec_of(args, choices)
    values = values_of(spec, rows_of(args))
    if not grouped(spec):
        return values[0].value
    return [_record(one, spec) for one in values]


def _record(value: Value, spec: Spec) -> dict[str, Any]:
    period = str(spec.get("period") or "")
    named = {key: label_of(one, period) for key, one in value.group.items()}
    return {**named, "value": value.value}


def close(given: Any, right: float | None, about: Mapping[str, Any], code: str) -> bool:
    """Say whether a number is the right one; nothing to divide by is None on both sides."""
    if right is None or given is None:
        return given is right
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        return False
    if "tolerance" in about:
        return math.isclose(given, right, rel_tol=0, abs_tol=about["tolerance"] + 1e-9)
    unit = definition(code).unit
    relative = _RELATIVE.get(unit, 0.0)
    absolute = 0.0 if relative else _ABSOLUTE.get(unit, _OTHERWISE)
    return math.isclose(given, right, rel_tol=relative, abs_tol=absolute + 1e-9)


def _compare(given: Any, right: Any, args: CaseArgs) -> Difference | None:
    if isinstance(right, list):
        return _compare_groups(given, right, args)
    code = args["kpi"]["code"]
    if close(given, right, args, code):
        return None
    if given is None:
        return Difference("none_given", {})
    if right is None:
        return Difference("none_expected", {"words": short(given)})
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        return Difference("no_number", {"words": short(given)})
    return Difference("other_number", {"number": given})


def _compare_groups(given: Any, right: Sequence[Row], args: CaseArgs) -> Difference | None:
    if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
        return Difference("no_records", {"words": short(given)})
    names = [key for key in right[0] if key != "value"] if right else []
    found = {_key(one, names): one.get("value") for one in given}
    wanted = {_key(one, names): one["value"] for one in right}
    if found.keys() != wanted.keys():
        missing, extra = wanted.keys() - found.keys(), found.keys() - wanted.keys()
        return Difference("other_groups", {"missing": len(missing), "extra": len(extra)})
    code = args["kpi"]["code"]
    wrong = [key for key, value in wanted.items() if not close(found[key], value, args, code)]
    return Difference("other_values", {"wrong": len(wrong), "all": len(wanted)}) if wrong else None


def _key(record: Row, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(record.get(one, "")).strip() for one in names)


def preview(choices: Choices, args: CaseArgs, part: str) -> Seen:
    """Return what the choices select for one part of a definition."""
    found = seen(spec_of(args, choices, part), rows_of(args, part))
    year = str(args.get("year", ""))
    kept = [
        one for one in found.values if all(_of_year(str(each), year) for each in one.group.values())
    ]
    return replace(found, values=tuple(kept))


def seen(spec: Spec, rows: Rows) -> Seen:
    """Return the values of a KPI and what each row adds to them."""
    made, asked = _planned(spec, rows)
    adds = not (is_condition(made.measured) and is_condition(made.below))
    listed = (
        SeenRow(_mark(one, adds=adds), one.why, row, one.above, one.below)
        for row, one in zip(rows, parts(rows, made, asked), strict=True)
    )
    about, period = made.definition, str(spec.get("period") or "")
    values = (
        replace(one, group={key: label_of(each, period) for key, each in one.group.items()})
        for one in compute(rows, made, asked)
    )
    kept = [one for one in values if "" not in one.group.values()]
    return Seen(tuple(kept), about.unit, tuple(listed), adds, about.scale)


def _mark(part: RowPart, *, adds: bool) -> Mark:
    if part.why:
        return "out"
    if adds:
        return "in"
    return "above" if part.above else "below"


def open_parts(args: CaseArgs, choices: Choices) -> list[str]:
    """Return the KPIs of a table that have a question without an answer."""
    parts = args["parts"]
    return [
        kpi
        for kpi in args["kpis"]
        if any(parts[one] == kpi and one not in choices for one in parts)
    ]


def _run_table(choices: Choices, args: CaseArgs) -> list[dict[str, Any]]:
    """Return a record for each KPI and period; without any choice those of the definitions."""
    skipped = open_parts(args, choices) if choices else []
    return [
        {"kpi": kpi, "period": period, "value": value}
        for kpi in args["kpis"]
        if kpi not in skipped
        for period, value in _by_period(kpi, json.dumps(choices), _json(args))
    ]


def _json(args: CaseArgs) -> str:
    return json.dumps(args, default=lambda moment: moment.isoformat(), sort_keys=True)


@lru_cache(maxsize=64)
def _by_period(kpi: str, choices: str, args: str) -> tuple[tuple[str, float | None], ...]:
    """Return the values of one KPI by period; big tables make this worth keeping."""
    told = json.loads(args)
    spec = spec_of(told, json.loads(choices), kpi)
    values = values_of(spec, rows_of(told, kpi))
    period = str(spec.get("period") or "")
    named = [(label_of(next(iter(one.group.values())), period), one.value) for one in values]
    year = str(told.get("year", ""))
    return tuple((name, value) for name, value in named if name and _of_year(name, year))


def _of_year(name: str, year: str) -> bool:
    return "-" not in name or name.startswith(year)


KPI_ENGINES: Final[Mapping[str, Engine]] = {
    "kpi": Engine(
        questions={},
        right={},
        arguments=_arguments,
        run=_run,
        compare=_compare,
        preview=preview,
    ),
    "kpi_table": Engine(
        questions={},
        right={},
        arguments=_arguments,
        run=_run_table,
        compare=lambda given, right, _: None if given == right else Difference("other_cells", {}),
        preview=preview,
    ),
}
