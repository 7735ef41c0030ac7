"""Turns a formula into a function of a row's number, over columns held as plain lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cstrain.kpi.folding import ARITH, COMPARE
from cstrain.kpi.nodes import (
    Absolute,
    All,
    Arith,
    AsNumber,
    Between,
    Compare,
    Const,
    Day,
    Is,
    Known,
    Node,
    OneOf,
    OrElse,
    Shift,
    Some,
    Span,
    is_condition,
)

# A value (None when missing), or whether a condition holds, in the row with that number.
Reader = Callable[[int], Any]
Cells = Mapping[Node, Sequence[Any]]


def reader(node: Node, cells: Cells) -> Reader:
    """Return the function that works a part of a formula out; `cells` are its open ends.

    >>> from cstrain.kpi.nodes import Column
    >>> reader(Compare("<=", Column("wait_s"), Const(20)), {Column("wait_s"): [5, None]})(1)
    False
    """
    if node in cells:
        return cells[node].__getitem__
    if isinstance(node, Const):
        value = node.value
        return lambda _: value
    return _condition(node, cells) if is_condition(node) else _value(node, cells)


def _condition(node: Node, cells: Cells) -> Reader:
    match node:
        case Compare(op, left, right):
            return _compare(COMPARE[op], reader(left, cells), reader(right, cells))
        case All(parts):
            every = [reader(one, cells) for one in parts]
            return lambda row: all(one(row) for one in every)
        case Some(parts):
            several = [reader(one, cells) for one in parts]
            return lambda row: any(one(row) for one in several)
        case Is(of, wanted):
            flag = reader(of, cells)
            return lambda row: flag(row) is wanted
        case Known(of, wanted):
            value = reader(of, cells)
            return lambda row: (value(row) is not None) == wanted
        case OneOf(of, values, inside):
            return _one_of(reader(of, cells), values, inside=inside)
    raise TypeError(node)


def _compare(compare: Callable[[Any, Any], bool], left: Reader, right: Reader) -> Reader:
    def holds(row: int) -> bool:
        one, other = left(row), right(row)
        return one is not None and other is not None and compare(one, other)

    return holds


def _one_of(value: Reader, values: Sequence[Any], *, inside: bool) -> Reader:
    def holds(row: int) -> bool:
        found = value(row)
        return found is not None and (found in values) == inside

    return holds


def _value(node: Node, cells: Cells) -> Reader:
    match node:
        case Arith(op, left, right):
            return _arith(op, reader(left, cells), reader(right, cells))
        case AsNumber(of):
            holds = reader(of, cells)
            return lambda row: int(holds(row))
        case Absolute(of):
            return _where_known(abs, reader(of, cells))
        case OrElse(of, other):
            return _or_else(reader(of, cells), reader(other, cells))
        case Between(unit_s, start, end):
            return _between(unit_s, reader(start, cells), reader(end, cells))
    return _time(node, cells)


def _time(node: Node, cells: Cells) -> Reader:
    match node:
        case Day(of):
            return _where_known(_midnight, reader(of, cells))
        case Shift(of, Span(unit_s, Const(count)), sign):
            step = dt.timedelta(seconds=sign * unit_s * float(count))  # type: ignore[arg-type]
            return _where_known(lambda time: time + step, reader(of, cells))
    raise TypeError(node)


def _arith(op: str, left: Reader, right: Reader) -> Reader:
    def number(row: int) -> float | None:
        one, other = left(row), right(row)
        if one is None or other is None:
            return None
        if op == "/":
            return None if other == 0 else float(one / other)
        return float(ARITH[op](one, other))

    return number


def _or_else(value: Reader, other: Reader) -> Reader:
    def number(row: int) -> Any:
        found = value(row)
        return other(row) if found is None else found

    return number


def _between(unit_s: int, start: Reader, end: Reader) -> Reader:
    def length(row: int) -> float | None:
        first, last = start(row), end(row)
        if first is None or last is None:
            return None
        micro_s = (last - first) // dt.timedelta(microseconds=1)
        return float(micro_s / (unit_s * 1_000_000))

    return length


def _where_known(change: Callable[[Any], Any], value: Reader) -> Reader:
    def changed(row: int) -> Any:
        found = value(row)
        return None if found is None else change(found)

    return changed


def _midnight(time: dt.datetime) -> dt.datetime:
    return time.replace(hour=0, minute=0, second=0, microsecond=0)
