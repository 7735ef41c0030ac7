"""Reads a formula such as `outcome == 'answered' and wait_s <= target_s` into nodes.

Python's own parser does the reading; only what stands in the tables below is let through.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Final

from cstrain.kpi.errors import KpiError
from cstrain.kpi.nodes import (
    FALSE,
    TRUE,
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
    Name,
    Node,
    OneOf,
    OrElse,
    PerUnit,
    Shift,
    Some,
    Span,
    opposite,
)

_LONGEST: Final = 2_000
_DEEPEST: Final = 50
_LARGEST: Final = 1e15
_ARITHMETIC: Final = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISONS: Final = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_UNITS: Final = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}
_WORDS: Final = {"true": TRUE, "false": FALSE}
_AGGREGATES: Final = ("sum", "min", "max", "distinct")


def read_formula(text: str) -> Node:
    """Return a formula as nodes: a condition, or a value.

    >>> read_formula("not wait_s <= 20")
    Compare(op='>', left=Name(name='wait_s'), right=Const(value=20))
    """
    tree = _tree(text)
    return _condition(tree) if _looks_like_a_condition(tree) else _value(tree)


def read_condition(text: str) -> Node:
    """Return a formula that holds or does not; a bare name is a true-or-false column."""
    return _condition(_tree(text))


def read_aggregate(text: str) -> PerUnit:
    """Return what a unit's rows add up to: count, or sum, min, max, distinct of a formula.

    >>> read_aggregate("sum(amount)")
    PerUnit(function='sum', of=Name(name='amount'))
    """
    if text.strip() == "count":
        return PerUnit("count", None)
    tree = _tree(text)
    if not isinstance(tree, ast.Call) or _called(tree) not in _AGGREGATES or len(tree.args) != 1:
        raise _wrong(tree, f"count, {', '.join(f'{one}(...)' for one in _AGGREGATES)}")
    return PerUnit(_called(tree), _value(tree.args[0]))


def _tree(text: str) -> ast.expr:
    if not text.strip() or len(text) > _LONGEST:
        raise KpiError("formula", found=f"{len(text)} signs", allowed=f"1 to {_LONGEST}")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        allowed = "names, numbers, 'texts', + - * /, == != < <= > >= in, and or not"
        raise KpiError("formula", found=repr(text), allowed=allowed) from error
    level: list[ast.AST] = [tree]
    for _ in range(_DEEPEST):
        level = [inner for one in level for inner in ast.iter_child_nodes(one)]
    if level:
        raise KpiError("formula", found="parts within parts", allowed=f"{_DEEPEST} levels")
    return tree


def _looks_like_a_condition(tree: ast.expr) -> bool:
    if isinstance(tree, ast.UnaryOp):
        return isinstance(tree.op, ast.Not)
    if isinstance(tree, ast.Call):
        return _called(tree) in {"known", "absent"}
    if isinstance(tree, ast.Name):
        return tree.id in _WORDS
    return isinstance(tree, (ast.Compare, ast.BoolOp)) or (
        isinstance(tree, ast.Constant) and isinstance(tree.value, bool)
    )


def _condition(tree: ast.expr) -> Node:
    match tree:
        case ast.Name(id=name):
            return _WORDS.get(name) or Is(Name(name), wanted=True)
        case ast.Constant(value=bool(value)):
            return Const(value=value)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return opposite(_condition(inner))
        case ast.BoolOp(op=op, values=values):
            parts = tuple(map(_condition, values))
            return All(parts) if isinstance(op, ast.And) else Some(parts)
        case ast.Compare():
            return _comparison(tree)
        case ast.Call() if _called(tree) in {"known", "absent"}:
            return Known(_value(_only_argument(tree)), wanted=_called(tree) == "known")
    raise _wrong(tree, "a condition")


def _comparison(tree: ast.Compare) -> Node:
    left, pairs = tree.left, []
    for op, right in zip(tree.ops, tree.comparators, strict=True):
        pairs.append(_pair(op, left, right))
        left = right
    return pairs[0] if len(pairs) == 1 else All(tuple(pairs))


def _pair(op: ast.cmpop, left: ast.expr, right: ast.expr) -> Node:
    if isinstance(op, (ast.In, ast.NotIn)):
        return OneOf(_value(left), _listed(right), inside=isinstance(op, ast.In))
    if type(op) not in _COMPARISONS:
        raise _wrong(right, "== != < <= > >= in")
    sign = _COMPARISONS[type(op)]
    if _is_truth(right):
        holds = _condition(left)
        wanted = (_condition(right) == TRUE) == (sign == "==")
        if sign not in {"==", "!="}:
            raise _wrong(right, "== or != with true and false")
        return holds if wanted else opposite(holds)
    return Compare(sign, _value(left), _value(right))


def _is_truth(tree: ast.expr) -> bool:
    named = isinstance(tree, ast.Name) and tree.id in _WORDS
    return named or (isinstance(tree, ast.Constant) and isinstance(tree.value, bool))


def _listed(tree: ast.expr) -> tuple[float | str, ...]:
    if not isinstance(tree, (ast.Tuple, ast.List, ast.Set)):
        raise _wrong(tree, "a list of values such as ('a', 'b')")
    values = [_value(one) for one in tree.elts]
    kinds = {type(one.value) is str for one in values if isinstance(one, Const)}
    if len(kinds) != 1 or not all(isinstance(one, Const) for one in values):
        raise _wrong(tree, "a list of only numbers or only texts")
    return tuple(one.value for one in values if isinstance(one, Const))  # type: ignore[misc]


def _value(tree: ast.expr) -> Node:
    if _looks_like_a_condition(tree):
        return AsNumber(_condition(tree))
    match tree:
        case ast.Name(id=name):
            return Name(name)
        case ast.Constant(value=str() | int() | float() as value):
            if not isinstance(value, str) and not abs(value) <= _LARGEST:
                raise _wrong(tree, f"a number up to {_LARGEST:g}")
            return Const(value)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return _negative(_value(inner))
        case ast.BinOp() if type(tree.op) in _ARITHMETIC:
            return _arithmetic(_ARITHMETIC[type(tree.op)], _value(tree.left), _value(tree.right))
        case ast.Call():
            return _call(tree)
    raise _wrong(tree, "a name, a number, a 'text', + - * /, a listed function")


def _negative(node: Node) -> Node:
    if isinstance(node, Const) and not isinstance(node.value, (str, dt.datetime)):
        return Const(-node.value)
    return Arith("-", Const(0), node)


def _arithmetic(op: str, left: Node, right: Node) -> Node:
    if not isinstance(right, Span):
        return Arith(op, left, right)
    if op not in {"+", "-"}:
        raise KpiError("formula", found=f"{op} before a span of time", allowed="+ or -")
    return Shift(left, right, 1 if op == "+" else -1)


def _call(tree: ast.Call) -> Node:
    name = _called(tree)
    if name in _UNITS:
        return Span(_UNITS[name], _value(_only_argument(tree)))
    if name in _CALLS:
        return _CALLS[name](_value(_only_argument(tree)))
    if name not in _PAIRS or len(tree.args) != 2 or tree.keywords:
        raise _wrong(tree, ", ".join(sorted([*_CALLS, *_PAIRS, *_UNITS, "known", "absent"])))
    return _PAIRS[name](_value(tree.args[0]), _value(tree.args[1]))


def _moment(node: Node) -> Node:
    try:
        return Const(moment(node.value if isinstance(node, Const) else None))
    except (TypeError, ValueError) as error:
        allowed = "time('2025-12-31') or time('2025-12-31 18:00')"
        raise KpiError("formula", found=node, allowed=allowed) from error


_CALLS: Final[dict[str, Callable[[Node], Node]]] = {
    "abs": Absolute,
    "day": Day,
    "time": _moment,
}
_PAIRS: Final[dict[str, Callable[[Node, Node], Node]]] = {
    "or_else": OrElse,
    **{f"{unit}_between": partial(Between, seconds) for unit, seconds in _UNITS.items()},
}


def moment(value: object) -> dt.datetime:
    """Return a date, a time or an ISO text as a time without zone; raise ValueError otherwise.

    >>> moment("2025-12-31")
    datetime.datetime(2025, 12, 31, 0, 0)
    """
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    if isinstance(value, dt.datetime):
        if value.tzinfo is not None or value != value:  # noqa: PLR0124 - only NaT differs
            raise ValueError(value)
        return value
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - local, by design
    raise ValueError(value)


def _called(tree: ast.Call) -> str:
    return tree.func.id if isinstance(tree.func, ast.Name) else ""


def _only_argument(tree: ast.Call) -> ast.expr:
    if len(tree.args) != 1 or tree.keywords:
        raise _wrong(tree, f"{_called(tree)}(...) with one value")
    return tree.args[0]


def _wrong(tree: ast.AST, allowed: str) -> KpiError:
    return KpiError("formula", found=ast.unparse(tree), allowed=allowed)
