"""Reads the parameters of a KPI definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from cstrain.goals.metrics import unit_named
from cstrain.kpi.definition import Param, ParamKind
from cstrain.language import Text
from cstrain.table_reader import TableReader

_HUGE: Final = 1e12
# A parameter's key that says its kind and what it is when nothing is given.
_KINDS: Final = ("default", "columns", "latest", "required")


def read_params(reader: TableReader) -> dict[str, Param]:
    """Return the parameters by name, in the order of the file."""
    if not reader.has("params"):
        return {}
    table = reader.child("params")
    return {name: _param(name, table.child(name)) for name in table.raw}


def check_unit(reader: TableReader, key: str) -> str:
    """Return a unit of content/metrics.toml by its key."""
    found = reader.string(key)
    unit = unit_named(found)
    if unit is None or unit.key != found:
        raise reader.wrong(key, "a key of units in metrics.toml")
    return found


def _param(name: str, one: TableReader) -> Param:
    given = [key for key in _KINDS if one.has(key)]
    if len(given) != 1:
        found = " and ".join(given) or "nothing"
        raise one.wrong_value("default", found, f"exactly one of {', '.join(_KINDS)}")
    label = one.text("label")
    made = {"default": _with_default, "columns": _columns, "latest": _latest, "required": _asked}
    param = made[given[0]](name, label, one)
    one.finish()
    return param


def _with_default(name: str, label: Text, one: TableReader) -> Param:
    if not isinstance(one.raw["default"], str):
        return _number(name, label, one, default=one.number("default", least=-_HUGE))
    options = _options(one)
    return Param(name, label, "text", one.one_of("default", tuple(options)), options=options)


def _number(name: str, label: Text, one: TableReader, *, default: float | None) -> Param:
    least = one.number("least", least=-_HUGE) if one.has("least") else None
    most = one.number("most", least=-_HUGE) if one.has("most") else None
    unit = check_unit(one, "unit") if one.has("unit") else None
    low, high = -_HUGE if least is None else least, _HUGE if most is None else most
    if default is not None and not low <= default <= high:
        raise one.wrong("default", "a number between least and most")
    return Param(name, label, "number", default, unit, least, most)


def _options(one: TableReader) -> Mapping[str, Text]:
    options = one.texts("options")
    if len(options) < 2:
        raise one.wrong("options", "a table of at least 2 options with zh and en")
    return options


def _columns(name: str, label: Text, one: TableReader) -> Param:
    return Param(name, label, "columns", one.strings("columns"))


def _latest(name: str, label: Text, one: TableReader) -> Param:
    return Param(name, label, "time", None, latest=one.strings("latest"))


def _asked(name: str, label: Text, one: TableReader) -> Param:
    kind = cast("ParamKind", one.one_of("required", ("number", "text", "time", "columns")))
    if kind == "number":
        return _number(name, label, one, default=None)
    options = _options(one) if kind == "text" else {}
    return Param(name, label, kind, None, options=options)
