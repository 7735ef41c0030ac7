"""A call made definite: formulas in which only the table's own columns are left open.

Both engines run plans. A plan knows nothing of rows or frames.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from cstrain.errors import UnknownNameError
from cstrain.kpi.definition import Definition, Form, Formula, Param
from cstrain.kpi.errors import KpiError
from cstrain.kpi.folding import folded
from cstrain.kpi.formula import moment, read_condition
from cstrain.kpi.kinds import SHOWN, Kind, kinds_of
from cstrain.kpi.nodes import (
    TRUE,
    All,
    Column,
    Columns,
    Const,
    Latest,
    Name,
    Neighbour,
    Node,
    PerUnit,
    rebuilt,
    walk,
)

PERIODS: Final = ("day", "week", "month", "quarter", "year")


@dataclass(frozen=True)
class Asked:
    """How a KPI is asked for, apart from its parameters."""

    by: tuple[str, ...] = ()
    period: str | None = None
    at: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    eligible: str | None = None


@dataclass(frozen=True)
class Plan:
    """One KPI on one table: which rows count, what is summed above and below."""

    label: str
    definition: Definition
    rows: Node
    measured: Node  # what is above the line, or what the quantile is of
    below: Node
    q: float
    time: str | None
    unit_keys: tuple[str, ...] = ()
    unit_rows: Node = TRUE

    @property
    def formulas(self) -> tuple[Node, ...]:
        """Return all formulas of the plan."""
        return (self.unit_rows, self.rows, self.measured, self.below)

    def parts(self) -> Iterator[Node]:
        """Return every part of every formula."""
        for one in self.formulas:
            yield from walk(one)

    def needed(self) -> tuple[str, ...]:
        """Return the columns that the table must have, without those to group by."""
        names: dict[str, None] = dict.fromkeys(self.unit_keys)
        for part in self.parts():
            match part:
                case Column(name):
                    names[name] = None
                case Neighbour(_, keys, time):
                    names.update(dict.fromkeys([*keys, time]))
                case Latest(columns):
                    names.update(dict.fromkeys(columns))
        return tuple(names)

    def kinds(self, actual: Mapping[str, Kind]) -> dict[str, Kind]:
        """Return how every needed column is used; a column of the wrong kind is an error."""
        times: dict[str, Kind] = {}
        for part in self.parts():
            if isinstance(part, Neighbour):
                times[part.time] = "time"
            elif isinstance(part, Latest):
                times.update((one, "time") for one in part.columns)
        for name, kind in times.items():
            if actual.get(name, "any") not in {"any", kind}:
                found = SHOWN[actual[name]]
                raise KpiError(f"{self.label}, {name}", found=found, allowed=SHOWN[kind])
        known = {name: actual[name] for name in self.needed() if name in actual}
        try:
            return kinds_of(self.formulas, {**known, **times})
        except KpiError as error:
            raise error.at(self.label) from error


def plan(
    definition: Definition,
    asked: Asked,
    headers: Sequence[str] | None,
    *,
    form: str | None = None,
    label: str | None = None,
    given: Mapping[str, Any],
) -> Plan:
    """Return the plan of a definition for a table with these headers; None: it has no rows."""
    if definition.statistic == "function":
        allowed = f"the function {definition.function}"
        raise KpiError(definition.code, found="kpi()", allowed=allowed)
    made = _Resolver(definition, asked, headers, form, given)
    return made.plan(label or definition.code)


def check_column(name: str, headers: Sequence[str] | None, kind: str = "column") -> None:
    """Complain about a column that the table does not have; the nearest one is named."""
    if headers is not None and name not in headers:
        raise UnknownNameError(kind, name, headers)


def dated(plans: Sequence[Plan], asked: Asked) -> Asked:
    """Return the question with the column that dates a row, when periods are asked for."""
    if asked.period is None or asked.at is not None:
        return asked
    times = {one.time for one in plans}
    if len(times) > 1 or None in times:
        found = ", ".join(f"{one.label} {one.time or '-'}" for one in plans)
        raise KpiError("period", found=f"times {found}", allowed="at=, one column of times")
    return replace(asked, at=times.pop())


class _Resolver:
    """Replaces names by what they stand for, and notes which parameters were used."""

    def __init__(
        self,
        definition: Definition,
        asked: Asked,
        headers: Sequence[str] | None,
        form: str | None,
        given: Mapping[str, Any],
    ) -> None:
        self.definition, self.asked, self.headers = definition, asked, headers
        self.form_name = form or _fitting(definition, asked, headers)
        self.form = _form(definition, self.form_name)
        # Other forms are tables of units already.
        self.per = None if self.form_name else definition.per
        for name in given:
            if name not in definition.params:
                raise UnknownNameError(f"parameter of {definition.code}", name, definition.params)
        self.given = {name: value for name, value in given.items() if value is not None}
        self.used: set[str] = {"q"} if definition.statistic == "quantile" else set()

    def plan(self, label: str) -> Plan:
        """Return the plan; parameters that change nothing are an error, not ignored."""
        formula = self._varied()
        per = self.per
        eligible = self._eligible()
        rows = self._resolved(formula.rows or TRUE)
        made = Plan(
            label=label,
            definition=self.definition,
            rows=rows if per else folded(All((rows, eligible))),
            measured=self._resolved(formula.of or formula.above or TRUE),
            below=self._resolved(formula.below or TRUE),
            q=self._q(),
            time=self._header(self.form.time) if self.form.time else None,
            unit_keys=tuple(map(self._header, per.keys)) if per else (),
            unit_rows=folded(All((self._resolved(per.rows), eligible))) if per else TRUE,
        )
        idle = sorted(set(self.given) - self.used)
        if idle:
            allowed = ", ".join(sorted(self.used)) or "no parameter"
            found = "a parameter without effect" + (
                f" in form {self.form_name}" if self.form_name else ""
            )
            raise KpiError(f"{self.definition.code}, {idle[0]}", found=found, allowed=allowed)
        for name in made.needed():
            check_column(name, self.headers, f"column for {label}")
        return made

    def _varied(self) -> Formula:
        formula = self.form.formula
        for name, options in self.form.formula.variants.items():
            choice = str(self._choice(self.definition.params[name]))
            self.used.add(name)
            if choice not in options:
                place = f"{self.definition.code}, {name}"
                raise KpiError(place, found=choice, allowed=", ".join(options))
            formula = formula.varied(options[choice])
        return formula

    def _eligible(self) -> Node:
        if self.asked.eligible is None:
            return TRUE
        try:
            read = read_condition(self.asked.eligible)
        except KpiError as error:
            raise error.at("eligible") from error
        return rebuilt(read, lambda node: folded(self._own_column(node)))

    def _own_column(self, node: Node) -> Node:
        if not isinstance(node, Name):
            return node
        check_column(self._header(node.name), self.headers)
        return Column(self._header(node.name))

    def _resolved(self, node: Node) -> Node:
        return rebuilt(node, lambda one: folded(self._meant(one)))

    def _meant(self, node: Node) -> Node:
        if not isinstance(node, Name):
            return node
        name, definition = node.name, self.definition
        if name in definition.params:
            self.used.add(name)
            return self._value(definition.params[name])
        if name in definition.derive:
            derived = definition.derive[name]
            self.used.add(derived.keys)
            keys = self._choice(definition.params[derived.keys])
            return Neighbour(derived.later, keys, self._header(derived.time))
        if self.per and name in self.per.columns:
            unit = self.per.columns[name]
            return PerUnit(unit.function, self._resolved(unit.of) if unit.of else None)
        return Column(self._header(name))

    def _value(self, param: Param) -> Node:
        value = self._choice(param)
        if isinstance(value, tuple):
            return Columns(value)
        if value is None:
            return Latest(tuple(map(self._header, param.latest)))
        return Const(value)

    def _choice(self, param: Param) -> Any:
        """Return the given value when it is allowed, else the default."""
        place = f"{self.definition.code}, {param.name}"
        if param.name not in self.given:
            if param.kind == "columns" and isinstance(param.default, tuple):
                return tuple(map(self._header, param.default))
            if param.default is None and not param.latest:
                raise KpiError(
                    place, found="nothing", allowed=f"{param.kind}, for there is no default"
                )
            return param.default
        value = self.given[param.name]
        if param.kind == "columns":
            return self._listed(place, value)
        if param.kind == "time":
            return _time(place, value)
        return _number(place, value, param) if param.kind == "number" else _option(value, param)

    def _listed(self, place: str, value: Any) -> tuple[str, ...]:
        names = (value,) if isinstance(value, str) else tuple(value)
        if not names:
            raise KpiError(place, found="nothing", allowed="at least one column")
        for one in names:
            check_column(self._header(one), self.headers)
        return tuple(map(self._header, names))

    def _header(self, name: str) -> str:
        return self.asked.columns.get(name, name)

    def _q(self) -> float:
        if self.definition.statistic != "quantile":
            return 0.5
        return float(self._choice(self.definition.params["q"]))


def _fitting(definition: Definition, asked: Asked, headers: Sequence[str] | None) -> str | None:
    """Return the form whose columns the table has when it lacks those of the usual form."""
    if headers is None:
        return None

    def fits(form: Form) -> bool:
        dated_by = {form.time, asked.at}
        return all(asked.columns.get(one, one) in headers for one in {*form.columns} - dated_by)

    fitting = [name for name, form in definition.forms.items() if fits(form)]
    if fits(definition.default) or not fitting:
        return None
    if len(fitting) > 1:
        raise KpiError(f"{definition.code}, form", found="nothing", allowed=", ".join(fitting))
    return fitting[0]


def _form(definition: Definition, name: str | None) -> Form:
    if name is None:
        return definition.default
    if name not in definition.forms:
        raise UnknownNameError(f"form of {definition.code}", name, definition.forms)
    return definition.forms[name]


def _time(place: str, value: Any) -> Any:
    try:
        return moment(value)
    except (TypeError, ValueError) as error:
        allowed = "a date or a time without zone, such as 2025-12-31"
        raise KpiError(place, found=repr(value), allowed=allowed) from error


def _number(place: str, value: Any, param: Param) -> float:
    least = -math.inf if param.least is None else param.least
    most = math.inf if param.most is None else param.most
    good = hasattr(value, "__float__") and not isinstance(value, bool)
    if not good or not math.isfinite(value) or not least <= value <= most:
        raise KpiError(place, found=repr(value), allowed=f"a number from {least:g} to {most:g}")
    return float(value)


def _option(value: Any, param: Param) -> str:
    if param.options and value not in param.options:
        raise UnknownNameError(f"option of {param.name}", value, param.options)
    return str(value)
