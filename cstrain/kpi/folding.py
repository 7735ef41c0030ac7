"""Works out what is certain before any row is read: parts of a formula that are constant."""

from __future__ import annotations

import datetime as dt
import operator
from dataclasses import replace
from typing import Any, Final

from cstrain.kpi.nodes import (
    FALSE,
    TRUE,
    All,
    Arith,
    AsNumber,
    Column,
    Columns,
    Compare,
    Const,
    Is,
    Known,
    Node,
    OneOf,
    Shift,
    Some,
    Span,
    opposite,
)

COMPARE: Final[dict[str, Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
ARITH: Final[dict[str, Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def folded(node: Node) -> Node:
    """Return a part whose parts are folded already, as simple as it can be.

    >>> folded(All((TRUE, Known(Column("wait_s"), wanted=True))))
    Known(of=Column(name='wait_s'), wanted=True)
    """
    match node:
        case All(parts):
            return _joined(parts, TRUE)
        case Some(parts):
            return _joined(parts, FALSE)
        case Known(Columns(names), wanted):
            each = tuple(Known(Column(one), wanted) for one in names)
            return All(each) if wanted else Some(each)
        case Is(of, wanted) if of in (TRUE, FALSE):
            return of if wanted else opposite(of)
        case AsNumber(of) if of in (TRUE, FALSE):
            return Const(int(of == TRUE))
    return _worked_out(node)


def _worked_out(node: Node) -> Node:
    match node:
        case Known(Const(), wanted):
            return Const(value=wanted)
        case Compare(op, Const(left), Const(right)):
            return Const(value=bool(COMPARE[op](left, right)))
        case OneOf(Const(value), values, inside):
            return Const(value=(value in values) == inside)
        case Arith(op, Const(left), Const(right)) if op in ARITH:
            return Const(ARITH[op](left, right))
        case Shift(Const(dt.datetime() as start), Span(unit_s, Const(count)), sign):
            return Const(start + dt.timedelta(seconds=sign * unit_s * float(count)))  # type: ignore[arg-type]
    return node


def _joined(parts: tuple[Node, ...], neutral: Const) -> Node:
    """Return the parts without neutral ones; one that settles the matter stands alone."""
    kept: list[Node] = []
    for one in parts:
        if one == opposite(neutral):
            return one
        if one != neutral:
            same = (isinstance(one, All) and neutral == TRUE) or (
                isinstance(one, Some) and neutral == FALSE
            )
            kept += one.parts if same else [one]  # type: ignore[attr-defined]
    if len(kept) < 2:
        return kept[0] if kept else neutral
    return replace(All(()) if neutral == TRUE else Some(()), parts=tuple(kept))
