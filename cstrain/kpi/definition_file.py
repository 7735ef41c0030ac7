"""Reads the definition of a KPI; every complaint names file, key, what was found, what is allowed.

The form of the file is told in CONTRIBUTING.md; content/kpi/SL.toml shows most of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar, cast

from cstrain.errors import UnknownNameError
from cstrain.kpi.definition import CARD, Definition, Derived, Form, Formula, Param, Per, Statistic
from cstrain.kpi.errors import KpiError
from cstrain.kpi.formula import read_aggregate, read_condition, read_formula
from cstrain.kpi.kinds import Kind, kinds_of
from cstrain.kpi.nodes import TRUE, Name, Node, is_condition, walk
from cstrain.kpi.param_reader import check_unit, read_params
from cstrain.language import LANGUAGES, Text
from cstrain.library.toml_file import read_toml, shown_name
from cstrain.table_reader import TableReader

Read = TypeVar("Read")

_STATISTICS: Final = ("ratio", "quantile", "max", "count", "function")
_NEEDED: Final = {"ratio": "above", "count": "above", "quantile": "of", "max": "of"}
_NEIGHBOURS: Final = ("next_time", "prev_time")
_READS: Final = {
    "rows": read_condition,
    "above": read_formula,
    "below": read_formula,
    "of": read_formula,
}
_FUNCTION: Final = re.compile(r"cstrain(\.\w+)+:\w+")
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class _Scope:
    """What the formulas of a file may name beside columns."""

    params: Mapping[str, Param]
    derive: Mapping[str, Derived]
    per: Per | None

    def row_names(self, columns: Collection[str]) -> dict[str, Kind]:
        """Return the names known before the formulas of rows are read."""
        made: dict[str, Kind] = {key: one.kind for key, one in self.params.items()}
        made.update((key, "time") for key, one in self.derive.items() if one.time in columns)
        return made


def load_definition(path: Path) -> Definition:
    """Return the definition in the file; its code is the name of the file."""
    reader = TableReader(shown_name(path), read_toml(path))
    if reader.string("code") != path.stem:
        raise reader.wrong("code", f'"{path.stem}", the name of the file')
    statistic = cast("Statistic", reader.one_of("statistic", _STATISTICS))
    params = read_params(reader)
    scope = _Scope(params, _derive(reader, params), _per(reader, params))
    made = Definition(
        code=path.stem,
        python=reader.string("python"),
        name=reader.text("name"),
        unit=check_unit(reader, "unit"),
        good=reader.one_of("good", ("up", "down", "range")),
        kind=reader.one_of("kind", ("outcome", "process", "activity")),
        statistic=statistic,
        scale=reader.number("scale", least=0) if reader.has("scale") else 1.0,
        default=_default(reader, statistic, scope),
        forms=_forms(reader, statistic, scope),
        params=params,
        derive=scope.derive,
        per=scope.per,
        card=_card(reader, params),
        function=_function(reader, statistic),
    )
    reader.finish()
    return made


def _default(reader: TableReader, statistic: Statistic, scope: _Scope) -> Form:
    columns = reader.strings("columns")
    for one in scope.params.values():
        _check_columns(reader, f"params.{one.name}", one.latest, columns)
    if scope.per:
        _check_columns(reader, "per.keys", scope.per.keys, columns)
    time = reader.one_of("time", columns) if reader.has("time") else None
    if statistic == "function":
        return Form(columns, Formula(), {}, time)
    if statistic == "quantile" and "q" not in scope.params:
        raise reader.wrong_value("params.q", "nothing", "the quantile, from 0 to 1")
    formula = _formula(reader.child("formula"), statistic, scope.params, whole=True)
    return Form(columns, formula, _kinds(reader, "formula", formula, columns, scope, time), time)


def _forms(reader: TableReader, statistic: Statistic, scope: _Scope) -> dict[str, Form]:
    if not reader.has("forms"):
        return {}
    table, made = reader.child("forms"), {}
    for name in table.raw:
        one = table.child(name)
        columns = one.strings("columns")
        time = one.one_of("time", columns) if one.has("time") else None
        label = one.text("label")
        formula = _formula(one, statistic, scope.params, whole=True)
        kinds = _kinds(reader, f"forms.{name}", formula, columns, scope, time)
        made[name] = Form(columns, formula, kinds, time, label)
    return made


def _formula(
    table: TableReader, statistic: Statistic, params: Mapping[str, Param], *, whole: bool
) -> Formula:
    """Return the expressions of a table; a table inside, named as a parameter, varies them."""
    read = {key: _read(table, key, how) for key, how in _READS.items() if table.has(key)}
    if whole and _NEEDED[statistic] not in read:
        raise table.wrong(_NEEDED[statistic], "a formula")
    for key, one in read.items():
        if not is_condition(one) and not any(isinstance(part, Name) for part in walk(one)):
            raise table.wrong(key, "a formula that names a column")
    varied = [one for one in params.values() if whole and one.options and table.has(one.name)]
    table.finish()
    variants = {one.name: _options(table, one, statistic) for one in varied}
    return Formula(**read, variants=variants)


def _options(table: TableReader, param: Param, statistic: Statistic) -> dict[str, Formula]:
    """Return what each option of a parameter changes; one that changes nothing is listed too."""
    child = table.child(param.name)
    _check_columns(table, param.name, child.raw, tuple(param.options))
    if param.default is not None and param.default not in child.raw:
        raise child.wrong(str(param.default), "a table, for it is the default")
    return {one: _formula(child.child(one), statistic, {}, whole=False) for one in child.raw}


def _kinds(
    reader: TableReader,
    key: str,
    formula: Formula,
    columns: tuple[str, ...],
    scope: _Scope,
    time: str | None,
) -> dict[str, Kind]:
    """Return the kind of every column; unknown names and contradictions are errors."""
    parts = [*formula.expressions().values()]
    for options in formula.variants.values():
        parts += [one for varied in options.values() for one in varied.expressions().values()]
    row_names = scope.row_names(columns)
    if scope.per is None or key != "formula":  # other forms are tables of units already
        found = _inferred(reader, key, parts, columns, row_names)
    else:
        params: dict[str, Kind] = {name: one.kind for name, one in scope.params.items()}
        _inferred(reader, key, parts, tuple(scope.per.columns), params)
        inside = [scope.per.rows, *scope.per.columns.values()]
        found = _inferred(reader, "per", inside, columns, row_names)
    times = {one.time for one in scope.derive.values()} | ({time} if time else set())
    times |= {name for param in scope.params.values() for name in param.latest}
    return {name: "time" if name in times else found.get(name, "any") for name in columns}


def _inferred(
    reader: TableReader,
    key: str,
    formulas: Iterable[Node],
    columns: tuple[str, ...],
    known: Mapping[str, Kind],
) -> dict[str, Kind]:
    formulas = list(formulas)
    named = {part.name for one in formulas for part in walk(one) if isinstance(part, Name)}
    _check_columns(reader, key, sorted(named), [*columns, *known])
    try:
        return kinds_of(formulas, known)
    except KpiError as error:
        raise reader.wrong_value(f"{key}: {error.place}", error.found, error.allowed) from error


def _check_columns(
    reader: TableReader, key: str, names: Iterable[str], allowed: Collection[str]
) -> None:
    for name in names:
        if name not in allowed:
            way_out = str(UnknownNameError("name", name, allowed)).removesuffix(".")
            raise reader.wrong_value(key, name, f"a column or a name of this file ({way_out})")


def _derive(reader: TableReader, params: Mapping[str, Param]) -> dict[str, Derived]:
    if not reader.has("derive"):
        return {}
    table, made = reader.child("derive"), {}
    lists = tuple(key for key, one in params.items() if one.kind == "columns")
    for name in table.raw:
        one = table.child(name)
        later = one.one_of("kind", _NEIGHBOURS) == "next_time"
        time = one.one_of("time", reader.strings("columns"))
        made[name] = Derived(later, one.one_of("keys", lists), time)
        one.finish()
    return made


def _per(reader: TableReader, params: Mapping[str, Param]) -> Per | None:
    if not reader.has("per"):
        return None
    table = reader.child("per")
    keys = table.strings("keys")
    rows = _read(table, "rows", read_condition) if table.has("rows") else TRUE
    others = [key for key in table.raw if key not in {"keys", "rows"}]
    columns = {key: _read(table, key, read_aggregate) for key in others}
    twice = sorted(set(columns) & {*params, *reader.strings("columns")})
    if twice:
        raise table.wrong(twice[0], "a name that no parameter and no column has")
    return Per(keys, columns, rows)


def _read(table: TableReader, key: str, how: Callable[[str], Read]) -> Read:
    text = table.string(key)
    try:
        return how(text)
    except KpiError as error:
        raise table.wrong_value(key, error.found, error.allowed) from error


def _card(reader: TableReader, params: Mapping[str, Param]) -> dict[str, Text]:
    table = reader.child("card")
    card = {key: table.text(key) for key in CARD}
    table.finish()
    for key, text in card.items():
        for name in [one for tongue in LANGUAGES for one in _PLACEHOLDER.findall(text[tongue])]:
            _check_columns(table, key, [name], params)
    return card


def _function(reader: TableReader, statistic: Statistic) -> str | None:
    if statistic != "function":
        return None
    if not _FUNCTION.fullmatch(reader.string("function")):
        raise reader.wrong("function", '"cstrain.module:function"')
    return reader.string("function")
