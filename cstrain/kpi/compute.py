"""One KPI, or a report of many, of a list of rows or of a frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeGuard

from cstrain.errors import UnknownNameError
from cstrain.kpi.cells import Row, headers
from cstrain.kpi.definitions import definition
from cstrain.kpi.errors import KpiError
from cstrain.kpi.plain_engine import compute as compute_plain
from cstrain.kpi.plan import PERIODS, Asked, Plan, check_column, dated, plan

_RESULT: Final = ("numerator", "denominator", "value", "rows", "excluded")
_Codes = Sequence[str] | Mapping[str, Mapping[str, Any]]


def kpi(  # noqa: PLR0913 - every one of these says what is asked for
    code: str | Path,
    table: Any,
    *,
    by: str | Sequence[str] = (),
    period: str | None = None,
    at: str | None = None,
    columns: Mapping[str, str] | None = None,
    form: str | None = None,
    eligible: str | None = None,
    **params: Any,
) -> Any:
    """Return a KPI by its code or Python name, with numerator, denominator and excluded rows.

    A path instead of a code is that of a definition of one's own.

    A list of rows (mappings) gives a list of `Value`, one a group; a frame of pandas, Polars,
    DuckDB, PyArrow or Spark gives a frame of the same kind, and a lazy one stays lazy. Groups
    are sorted, missing keys come last. With nothing to divide by the value is missing.

    by        columns to group by
    period    day, week, month, quarter or year of the KPI's own time, or of the column `at`
    columns   the table's own headers: {"wait_s": "seconds waited"}
    form      another shape of table, such as "intervals"
    eligible  a condition: which rows count at all, such as "channel == 'phone'"
    params    what the definition leaves to choose, such as target_s; see `explain`

    >>> calls = [{"outcome": "answered", "wait_s": 12}, {"outcome": "abandoned", "wait_s": 40}]
    >>> kpi("SL", calls)[0].value
    0.5
    """
    asked = _asked(by, period, at, columns, eligible)
    _no_clash(asked, _RESULT)
    known = _headers(table)
    made = plan(definition(code), asked, known, form=form, given=params)
    asked = dated([made], asked)
    _check_columns(asked, known)
    if _is_rows(table):
        return compute_plain(table, made, asked)
    from cstrain.kpi.frames import one_kpi  # noqa: PLC0415 - needs Narwhals

    return one_kpi(table, made, asked)


def kpi_report(  # noqa: PLR0913 - every one of these says what is asked for
    table: Any,
    codes: _Codes,
    *,
    by: str | Sequence[str] = (),
    period: str | None = None,
    at: str | None = None,
    columns: Mapping[str, str] | None = None,
    form: str | None = None,
    eligible: str | None = None,
    detail: bool = True,
    **params: Any,
) -> Any:
    """Return many KPIs of one table, side by side, computed in one pass.

    Each KPI has its value under its code and, with `detail`, what is below the line under
    code_n; `rows` counts the rows of the group. Parameters go to all KPIs that have them. To
    ask for one KPI in two ways, give names: {"RFT": {}, "RFT_p90": {"code": "RFT", "q": 0.9}}.

    A list of rows gives a list of rows, a frame gives a frame; the rest is as in `kpi`.

    >>> calls = [{"outcome": "answered", "wait_s": 12}, {"outcome": "abandoned", "wait_s": 40}]
    >>> kpi_report(calls, ["SL", "ABR"], detail=False)
    [{'rows': 2, 'SL': 0.5, 'ABR': 0.5}]
    """
    asked = _asked(by, period, at, columns, eligible)
    known = _headers(table)
    plans = _plans(codes, asked, known, form, params)
    labels = [one.label for one in plans]
    _no_clash(asked, ["rows", *labels, *(f"{one}_n" for one in labels)])
    asked = dated(plans, asked)
    _check_columns(asked, known)
    if _is_rows(table):
        return _plain_report(table, plans, asked, detail=detail)
    from cstrain.kpi.frames import report  # noqa: PLC0415 - needs Narwhals

    return report(table, plans, asked, detail=detail)


def _plans(
    codes: _Codes,
    asked: Asked,
    known: Sequence[str] | None,
    form: str | None,
    params: Mapping[str, Any],
) -> list[Plan]:
    own = codes if isinstance(codes, Mapping) else {one: {} for one in codes}
    if not own or isinstance(codes, str):
        raise KpiError("codes", found=repr(codes), allowed="a list of KPI codes")
    made, had = [], set()
    for label, options in own.items():
        choice = {"code": label, "form": form, **options}
        wanted = definition(choice.pop("code"))
        shared = {name: value for name, value in params.items() if name in wanted.params}
        had |= set(shared)
        given = {**shared, **{name: choice[name] for name in choice if name != "form"}}
        made.append(plan(wanted, asked, known, form=choice["form"], label=label, given=given))
    for name in params:
        if name not in had:
            names = {one for each in made for one in each.definition.params}
            raise UnknownNameError("parameter of these KPIs", name, names)
    return made


def _plain_report(
    rows: Sequence[Row], plans: Sequence[Plan], asked: Asked, *, detail: bool
) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for one in plans:
        for place, value in enumerate(compute_plain(rows, one, asked)):
            if one is plans[0]:
                made.append({**value.group, "rows": value.rows})
            made[place][one.label] = value.value
            if detail:
                made[place][f"{one.label}_n"] = value.denominator
    return made


def _asked(
    by: str | Sequence[str],
    period: str | None,
    at: str | None,
    columns: Mapping[str, str] | None,
    eligible: str | None,
) -> Asked:
    if period is not None and period not in PERIODS:
        raise UnknownNameError("period", period, PERIODS)
    names = (by,) if isinstance(by, str) else tuple(by)
    return Asked(names, period, at, columns or {}, eligible)


def _no_clash(asked: Asked, result: Iterable[str]) -> None:
    taken = {*result, *(["period"] if asked.period else [])}
    for place, name in enumerate(asked.by):
        if name in taken or name in asked.by[:place]:
            raise KpiError("by", found=name, allowed="columns named unlike those of the result")


def _headers(table: Any) -> Sequence[str] | None:
    """Return the names of the table's columns; a list without rows has none to tell."""
    if _is_rows(table):
        return headers(table) or None
    from cstrain.kpi.frames import headers_of  # noqa: PLC0415 - needs Narwhals

    return headers_of(table)


def _check_columns(asked: Asked, known: Sequence[str] | None) -> None:
    for name in [*asked.by, *([asked.at] if asked.at else [])]:
        check_column(name, known)


def _is_rows(table: Any) -> TypeGuard[Sequence[Row]]:
    return isinstance(table, (list, tuple)) and all(isinstance(one, Mapping) for one in table)
