"""Turns a formula into a Narwhals expression that means the same on every engine."""

from __future__ import annotations

import operator
from functools import reduce
from typing import Final

import narwhals as nw

from cstrain.kpi.folding import ARITH, COMPARE
from cstrain.kpi.nodes import (
    Absolute,
    All,
    Arith,
    AsNumber,
    Between,
    Column,
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

_MICRO: Final = 1_000_000


def expression(node: Node) -> nw.Expr:
    """Return a part of a formula, whose open ends are all columns, as an expression.

    A condition may come out null where a value is missing: All and Some keep null from becoming
    true, and `when` takes it as not holding.
    """
    if isinstance(node, Column):
        return nw.col(node.name)
    if isinstance(node, Const):
        return nw.lit(node.value)
    return _condition(node) if is_condition(node) else _value(node)


def _condition(node: Node) -> nw.Expr:
    match node:
        case Compare(op, left, right):
            return _compare(op, left, right)
        case All(parts):
            return reduce(operator.and_, (expression(one) for one in parts))
        case Some(parts):
            return reduce(operator.or_, (expression(one) for one in parts))
        case Is(of, wanted):
            return expression(of) == nw.lit(wanted)
        case Known(of, wanted):
            missing = expression(of).is_null()
            return ~missing if wanted else missing
        case OneOf(of, values, inside):
            each = [_compare("==" if inside else "!=", of, Const(one)) for one in values]
            return reduce(operator.or_ if inside else operator.and_, each)
    raise TypeError(node)


def _compare(op: str, left: Node, right: Node) -> nw.Expr:
    one, other = expression(left), expression(right)
    holds: nw.Expr = COMPARE[op](one, other)
    if op == "!=":  # to NumPy a missing value is unlike any other
        for side, node in ((one, left), (other, right)):
            holds = holds if isinstance(node, Const) else holds & ~side.is_null()
    return holds


def _value(node: Node) -> nw.Expr:
    match node:
        case Arith(op, left, right):
            return _arith(op, _number(left), _number(right))
        case AsNumber(of):
            return nw.when(expression(of)).then(1).otherwise(0)
        case Absolute(of):
            return _number(of).abs()
        case OrElse(of, other):
            value = _number(of)
            return nw.when(~value.is_null()).then(value).otherwise(_number(other))
        case Between(unit_s, start, end):
            length = expression(end) - expression(start)
            return length.dt.total_microseconds() / (unit_s * _MICRO)
    return _time(node)


def _time(node: Node) -> nw.Expr:
    match node:
        case Day(of):
            return expression(of).dt.truncate("1d")
        case Shift(of, Span(unit_s, Const(count)), sign):
            return _shifted(expression(of), sign * unit_s * float(count))  # type: ignore[arg-type]
    raise TypeError(node)


def _arith(op: str, left: nw.Expr, right: nw.Expr) -> nw.Expr:
    if op == "/":
        return nw.when(right != 0).then(left / right)
    made: nw.Expr = ARITH[op](left, right)
    return made


def _number(node: Node) -> nw.Expr:
    # Small whole numbers must not overflow, and those without a sign must be able to get one.
    return expression(node).cast(nw.Float64)


def _shifted(time: nw.Expr, seconds: float) -> nw.Expr:
    days, rest = divmod(seconds, 86_400)
    if rest == 0:
        return time.dt.offset_by(f"{days:.0f}d")
    return time.dt.offset_by(f"{seconds * _MICRO:.0f}us")
