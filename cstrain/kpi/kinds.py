"""What kind of value each name of a formula stands for, found out from how it is used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from cstrain.kpi.errors import KpiError
from cstrain.kpi.nodes import (
    Absolute,
    Arith,
    AsNumber,
    Between,
    Column,
    Compare,
    Const,
    Day,
    Is,
    Known,
    Latest,
    Name,
    Neighbour,
    Node,
    OneOf,
    OrElse,
    PerUnit,
    Shift,
    Span,
    is_condition,
    walk,
)

# "any": only asked whether it is there, or compared with another name; "columns": a list of names
Kind = Literal["number", "flag", "text", "time", "any", "columns"]
SHOWN: Final[Mapping[Kind, str]] = {
    "number": "number",
    "flag": "true or false",
    "text": "text",
    "time": "time",
    "any": "nothing",
    "columns": "columns",
}
_NUMBERS: Final = (Arith, Absolute, Between, AsNumber, OrElse)
_TIMES: Final = (Shift, Day, Latest, Neighbour)
_SAME_ONLY: Final = ("==", "!=")


def kinds_of(formulas: Iterable[Node], known: Mapping[str, Kind] | None = None) -> dict[str, Kind]:
    """Return the kind of every name (or column) in the formulas; contradictions are errors.

    `known` says what is certain beforehand. True and false may stand for 1 and 0, and 1 and 0
    for true and false.

    >>> from cstrain.kpi.formula import read_formula
    >>> kinds_of([read_formula("outcome == 'answered' and wait_s <= 20")])
    {'outcome': 'text', 'wait_s': 'number'}
    """
    found = dict(known or {})
    listed = list(formulas)
    for _ in range(2):  # the second time, names compared with each other know what they are
        for formula in listed:
            if not is_condition(formula):
                _need(formula, "number", found)
            for part in walk(formula):
                _look_at(part, found)
    return found


def _look_at(part: Node, found: dict[str, Kind]) -> None:
    match part:
        case Compare():
            _compare(part, found)
        case OneOf(of, values):
            _need(of, "text" if isinstance(values[0], str) else "number", found)
        case Is(of):
            _need(of, "flag", found)
        case Known(of) | PerUnit(_, Node() as of):
            _name_seen(of, found)
        case Arith(_, left, right) | OrElse(left, right):
            _need(left, "number", found)
            _need(right, "number", found)
        case Absolute(of) | Span(_, of):
            _need(of, "number", found)
        case Shift(of) | Day(of):
            _need(of, "time", found)
        case Between(_, start, end):
            _need(start, "time", found)
            _need(end, "time", found)


def _compare(part: Compare, found: dict[str, Kind]) -> None:
    sides: list[Kind] = [_kind(one, found) or "any" for one in (part.left, part.right)]
    kind: Kind = next((one for one in sides if one != "any"), "any")
    if kind in {"text", "flag", "columns"} and part.op not in _SAME_ONLY:
        named = (one.name for one in (part.left, part.right) if isinstance(one, (Name, Column)))
        raise KpiError(next(named, part.op), found=SHOWN[kind], allowed="number or time")
    _need(part.left, kind, found)
    _need(part.right, kind, found)


def _name_seen(node: Node, found: dict[str, Kind]) -> None:
    if isinstance(node, (Name, Column)):
        found.setdefault(node.name, "any")


def _need(node: Node, kind: Kind, found: dict[str, Kind]) -> None:
    has = _kind(node, found)
    fits = has in {None, "any", kind} or kind == "any" or {has, kind} == {"number", "flag"}
    if not fits:
        place = node.name if isinstance(node, (Name, Column)) else "formula"
        raise KpiError(place, found=SHOWN[has or "any"], allowed=SHOWN[kind])
    if isinstance(node, (Name, Column)) and (has in {None, "any"} or kind == "flag"):
        found[node.name] = kind


def _kind(node: Node, found: Mapping[str, Kind]) -> Kind | None:
    match node:
        case Name(name) | Column(name):
            return found.get(name)
        case Const(value):
            return kind_of_value(value)
        case PerUnit(function):
            return None if function in {"min", "max"} else "number"
        case Span():
            return "any"
    if isinstance(node, _TIMES):
        return "time"
    return "number" if isinstance(node, _NUMBERS) else "flag"


def kind_of_value(value: object) -> Kind:
    """Return the kind of one value that is not missing.

    >>> kind_of_value(True), kind_of_value(3), kind_of_value("a"), kind_of_value(dt.date.max)
    ('flag', 'number', 'text', 'time')
    """
    if isinstance(value, str):
        return "text"
    if isinstance(value, dt.date):
        return "time"
    if type(value).__name__ in {"bool", "bool_"}:  # NumPy's truth values are no bool of Python's
        return "flag"
    if hasattr(value, "__float__"):
        return "number"
    allowed = "numbers, texts, true and false, times"
    raise KpiError("value", found=type(value).__name__, allowed=allowed)
