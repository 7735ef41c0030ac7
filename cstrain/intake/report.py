"""The KPIs that a checked table allows: overall, by month, by group; and why not the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cstrain.intake.errors import IntakeError
from cstrain.intake.findings import Checked, label
from cstrain.intake.limits import GROUP_VALUES, GROUPS, SMALL
from cstrain.intake.raw_table import Note
from cstrain.intake.vocabulary import fields, joined, kpi_rules
from cstrain.kpi import KpiError, kpi, kpi_report
from cstrain.kpi.definition import Definition, Form
from cstrain.kpi.definitions import codes, definition
from cstrain.kpi.nodes import is_condition
from cstrain.kpi.plan import Asked, Plan, plan
from cstrain.language import Text
from cstrain.stats.intervals import Interval, wilson

_UNKNOWN: Final = Interval(None, None, None)
_MONTH: Final = "period"


@dataclass(frozen=True)
class Computed:
    """One KPI of the whole table, with how it was computed."""

    definition: Definition
    form: str | None
    params: Mapping[str, Any]
    time: str | None
    counted: bool  # a share of counted rows, which has an interval
    numerator: float | None
    denominator: float | None
    value: float | None
    rows: int
    excluded: int
    interval: Interval

    @property
    def code(self) -> str:
        """The KPI's code."""
        return self.definition.code

    @property
    def shape(self) -> Form:
        """The form of table it was computed from."""
        return self.definition.forms[self.form] if self.form else self.definition.default

    @property
    def denominator_counts(self) -> bool:
        """Say whether the denominator counts records, so that a small one is to be hidden."""
        return self.counted or self.definition.statistic in {"quantile", "max"}


@dataclass(frozen=True)
class Skipped:
    """A KPI that was not computed, and why: a key of words.toml, and the fields it still needs."""

    definition: Definition
    why: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """A KPI of one group; hidden when it is of too few."""

    value: float | None
    n: float | None
    hidden: bool = False


@dataclass(frozen=True)
class GroupRow:
    """A month or a group: its name (None: blank), its rows, its KPIs by code."""

    name: str | None
    rows: int
    cells: Mapping[str, Cell]
    hidden: bool = False


@dataclass(frozen=True)
class Report:
    """All that is shown; every figure comes from the definitions in content/kpi."""

    computed: tuple[Computed, ...]
    skipped: tuple[Skipped, ...]
    months: tuple[GroupRow, ...]
    groups: Mapping[str, tuple[GroupRow, ...]]
    first: Any
    last: Any
    notes: tuple[Note, ...] = ()


@dataclass
class _Work:
    """A table with the names under which definitions find its columns."""

    checked: Checked
    aliases: Mapping[str, str]
    frame: Any
    notes: list[Note] = field(default_factory=list)


def make_report(
    checked: Checked, progress: Callable[[str, float], None] = lambda _stage, _share: None
) -> Report:
    """Return the report of a checked table; IntakeError when no KPI can be computed."""
    frame, notes = _with_values(checked.frame)
    work = _Work(checked, _aliases(frame.columns), _with_numbers(frame), notes)
    found, skipped = _overall(work, progress)
    if not found:
        raise _nothing(skipped)
    used = {column for one in found for column in one.shape.columns}
    for column, other in work.aliases.items():
        if column in used:
            work.notes.append(Note("stands_in", {"field": column, "other": other}))
    months = _months(work, found)
    groups = {}
    dimensions = [one for one in fields().values() if one.kind == "group"]
    for place, one in enumerate(dimensions):
        if one.key in frame.columns:
            rows = _grouped(work, found, one.key)
            if rows:
                groups[one.key] = rows
        progress("computing", 0.6 + 0.4 * (place + 1) / len(dimensions))
    first, last = _span(work, found)
    return Report(
        tuple(found), tuple(skipped), tuple(months), groups, first, last, tuple(work.notes)
    )


def _with_values(frame: Any) -> tuple[Any, list[Note]]:
    """Return the frame without the columns in which nothing can be used, and tell of them."""
    empty = [one for one in frame.columns if frame[one].isna().all()]
    return frame.drop(columns=empty), [Note("all_missing", {"field": one}) for one in empty]


def _with_numbers(frame: Any) -> Any:
    """Return the frame with a number for each customer, which is compared much sooner."""
    if "customer_id" not in frame.columns:
        return frame
    numbers = frame["customer_id"].factorize()[0].astype("float64")
    numbers[numbers < 0] = float("nan")
    return frame.assign(customer_id=numbers)


def _aliases(columns: Sequence[str]) -> dict[str, str]:
    """Return what stands in for fields that are not there."""
    there = set(columns)
    made = {}
    for one in fields().values():
        if one.key not in there:
            other = next((name for name in one.stands_in if name in there), None)
            if other is not None:
                made[one.key] = other
    return made


def _overall(
    work: _Work, progress: Callable[[str, float], None]
) -> tuple[list[Computed], list[Skipped]]:
    computed: list[Computed] = []
    skipped: list[Skipped] = []
    known = [definition(one) for one in codes()]
    usable = [one for one in known if one.statistic != "function"]
    for place, one in enumerate(usable):
        why = _unwanted(work, one)
        fitting = None if why else next(_fitting(work, one), None)
        made = _compute(work, *fitting) if fitting else None
        if made is not None and made.value is not None:
            computed.append(made)
        elif why != "not_chosen":
            needs = () if why or fitting else _lacking(work, one)
            skipped.append(Skipped(one, why or ("needs" if needs else "no_values"), needs))
        progress("computing", 0.6 * (place + 1) / len(usable))
    return computed, skipped


def _unwanted(work: _Work, one: Definition) -> str | None:
    """Return why a KPI is not tried at all."""
    if work.checked.kpis:
        return None if one.code in work.checked.kpis else "not_chosen"
    there = set(work.frame.columns)
    lacking = _lacking(work, one)
    if there.intersection(kpi_rules("unless").get(one.code, ())):
        return "other_table"
    return "only_asked" if one.code in kpi_rules("asked")["only"] and not lacking else None


def _fitting(
    work: _Work, one: Definition
) -> Iterator[tuple[Definition, str | None, dict[str, Any], Plan]]:
    """Yield the forms of a KPI whose columns are all there."""
    headers = list(work.frame.columns)
    if any(key not in headers for key in _needs(work, one)):
        return
    asked = Asked(columns=work.aliases)
    for form in (None, *one.forms):
        params = {key: value for key, value in work.checked.params.items() if key in one.params}
        try:
            made = plan(one, asked, None, form=form, given=params)
        except KpiError:
            continue
        if all(name in headers for name in made.needed()):
            yield one, form, params, made


def _lacking(work: _Work, one: Definition) -> tuple[str, ...]:
    """Return the fields that the nearest form of a KPI still needs."""
    headers = set(work.frame.columns)
    extra = [key for key in _needs(work, one) if key not in headers]
    lacks = []
    for form in (one.default, *one.forms.values()):
        absent = [
            name
            for name in form.columns
            if name not in headers and name not in work.aliases and name != form.time
        ]
        lacks.append((*absent, *(key for key in extra if key not in absent)))
    return min(lacks, key=len)


def _needs(work: _Work, one: Definition) -> tuple[str, ...]:
    """Return the fields a KPI needs beside its columns, none where it was asked for by name."""
    return () if work.checked.kpis else kpi_rules("needs").get(one.code, ())


def _compute(
    work: _Work, one: Definition, form: str | None, params: dict[str, Any], made: Plan
) -> Computed | None:
    try:
        result = kpi(one.code, work.frame, columns=work.aliases, form=form, **params)
    except KpiError:  # a column of another kind, such as a count where true and false are needed
        return None
    row = {key: _plain(result[key].iloc[0]) for key in result.columns}
    counted = (
        one.unit == "share" and is_condition(made.measured) and is_condition(made.below)
    ) and one.statistic == "ratio"
    interval = _UNKNOWN
    if counted and row["denominator"]:
        interval = wilson(int(row["numerator"]), int(row["denominator"]))
    return Computed(
        definition=one,
        form=form,
        params=params,
        time=made.time if made.time in work.frame.columns else None,
        counted=counted,
        numerator=row["numerator"],
        denominator=row["denominator"],
        value=row["value"],
        rows=int(row["rows"]),
        excluded=int(row["excluded"]),
        interval=interval,
    )


def _months(work: _Work, found: Sequence[Computed]) -> list[GroupRow]:
    """Return one row a month, of the time that each KPI is dated by."""
    made: dict[str, dict[str, Cell]] = {}
    rows: dict[str, int] = {}
    for time in dict.fromkeys(one.time for one in found if one.time):
        chosen = [one for one in found if one.time == time]
        for name, count, cells in _reported(work, chosen, period="month", at=time):
            if name is not None:
                month = str(name)[:7]
                made.setdefault(month, {}).update(cells)
                rows[month] = max(rows.get(month, 0), count)
    return [GroupRow(one, rows[one], made[one], rows[one] < SMALL) for one in sorted(made)]


def _grouped(work: _Work, found: Sequence[Computed], key: str) -> tuple[GroupRow, ...]:
    """Return one row a group, the largest first; too many or too small ones are not shown."""
    different = work.frame[key].nunique()
    if different > GROUP_VALUES:
        work.notes.append(Note("too_many_groups", {"field": key, "count": f"{different:,}"}))
        return ()
    listed = [
        GroupRow(None if name is None else str(name), count, cells, count < SMALL)
        for name, count, cells in _reported(work, found, by=key)
    ]
    if len([one for one in listed if one.name is not None]) < 2:
        return ()
    shown = sorted((one for one in listed if not one.hidden), key=lambda one: -one.rows)
    small = len(listed) - len(shown)
    if small:
        work.notes.append(Note("small_groups", {"least": SMALL, "count": small}))
    if len(shown) > GROUPS:
        facts = {"field": key, "most": GROUPS, "count": len(shown) - GROUPS}
        work.notes.append(Note("groups_cut", facts))
    return tuple(shown[:GROUPS])


def _reported(
    work: _Work, found: Sequence[Computed], **how: Any
) -> Iterator[tuple[Any, int, dict[str, Cell]]]:
    """Yield key, rows and KPIs of every group."""
    asked = {one.code: {"form": one.form, **one.params} for one in found}
    result = kpi_report(work.frame, asked, columns=work.aliases, **how)
    for row in result.to_dict("records"):
        name = _plain(row[how.get("by", _MONTH)])
        rows = int(row["rows"])
        cells = {}
        for one in found:
            value, n = _plain(row[one.code]), _plain(row[f"{one.code}_n"])
            few = rows < SMALL or (n is not None and one.denominator_counts and n < SMALL)
            cells[one.code] = Cell(None, None, hidden=True) if few else Cell(value, n)
        yield name, rows, cells


def _plain(value: Any) -> Any:
    """Return None for what is missing, else the value as Python's own."""
    if value is None or value != value:  # noqa: PLR0124 - NaN, NaT
        return None
    return value.item() if hasattr(value, "item") else value


def _span(work: _Work, found: Sequence[Computed]) -> tuple[Any, Any]:
    times = [one.time for one in found if one.time]
    if not times:
        return None, None
    column = work.frame[max(set(times), key=times.count)].dropna()
    return (column.min(), column.max()) if len(column) else (None, None)


def _nothing(skipped: Sequence[Skipped]) -> IntakeError:
    nearest = min(skipped, key=lambda one: (len(one.needs) or 99, one.definition.code))
    named = [
        Text(label(one, "zh"), label(one, "en"))
        for one in nearest.needs or nearest.definition.default.columns
    ]
    listed = Text(joined((one.zh for one in named), "zh"), joined((one.en for one in named), "en"))
    return IntakeError("nothing_computable", kpi=nearest.definition.name, fields=listed)
