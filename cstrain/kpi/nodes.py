"""The parts of a formula: small frozen records, the same for every engine.

Conditions are Const (true, false), Compare, OneOf, Is, Known, All and Some; all others are
values. Name stands for whatever a definition calls by that name; resolving replaces it by a
Column, a Const, a Neighbour, a Latest or a PerUnit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Final


@dataclass(frozen=True)
class Node:
    """Any part of a formula."""


@dataclass(frozen=True)
class Const(Node):
    """A number, a text, true or false, or a moment."""

    value: float | str | bool | dt.datetime


@dataclass(frozen=True)
class Name(Node):
    """A name that has not been resolved yet."""

    name: str


@dataclass(frozen=True)
class Column(Node):
    """A column of the table, by the table's own header."""

    name: str


@dataclass(frozen=True)
class Columns(Node):
    """Several columns, of which a formula can only ask whether all are known."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Neighbour(Node):
    """The strictly later (or earlier) time of the nearest row with the same keys."""

    later: bool
    keys: tuple[str, ...]
    time: str


@dataclass(frozen=True)
class Latest(Node):
    """The latest time in these columns of the whole table."""

    columns: tuple[str, ...]


@dataclass(frozen=True)
class PerUnit(Node):
    """What the rows of one unit add up to: count, sum, min, max or distinct."""

    function: str
    of: Node | None


@dataclass(frozen=True)
class Arith(Node):
    """Two numbers and + - * or / between them."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Absolute(Node):
    """A number without its sign."""

    of: Node


@dataclass(frozen=True)
class OrElse(Node):
    """A number, or another one where it is missing."""

    of: Node
    other: Node


@dataclass(frozen=True)
class Span(Node):
    """A length of time: `count` units of `unit_s` seconds."""

    unit_s: int
    count: Node


@dataclass(frozen=True)
class Shift(Node):
    """A time moved by a span, later (sign 1) or earlier (sign -1)."""

    of: Node
    span: Node
    sign: int


@dataclass(frozen=True)
class Between(Node):
    """How long it is from start to end, in units of `unit_s` seconds."""

    unit_s: int
    start: Node
    end: Node


@dataclass(frozen=True)
class Day(Node):
    """The midnight at which the day of a time begins."""

    of: Node


@dataclass(frozen=True)
class AsNumber(Node):
    """A condition used as a number: 1 where it holds, else 0."""

    of: Node


@dataclass(frozen=True)
class Compare(Node):
    """Two values and == != < <= > or >= between them; holds only when both are known."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True)
class OneOf(Node):
    """A known value that is (or is not) one of the listed ones."""

    of: Node
    values: tuple[float | str, ...]
    inside: bool


@dataclass(frozen=True)
class Is(Node):
    """A true-or-false value that is known to be the wanted one."""

    of: Node
    wanted: bool


@dataclass(frozen=True)
class Known(Node):
    """A value that is there (or, with wanted false, is missing)."""

    of: Node
    wanted: bool


@dataclass(frozen=True)
class All(Node):
    """Every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Some(Node):
    """At least one part holds."""

    parts: tuple[Node, ...]


TRUE: Final = Const(value=True)
FALSE: Final = Const(value=False)
_CONDITIONS: Final = (Compare, OneOf, Is, Known, All, Some)
_OPPOSITE: Final = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def is_condition(node: Node) -> bool:
    """Say whether a part either holds or does not, rather than being a value."""
    return isinstance(node, _CONDITIONS) or node in (TRUE, FALSE)


def opposite(node: Node) -> Node:
    """Return the condition that holds when this one is known not to.

    A comparison with a missing value holds neither way, so `not` never stays in a formula.

    >>> opposite(Compare("<=", Name("a"), Const(5)))
    Compare(op='>', left=Name(name='a'), right=Const(value=5))
    """
    match node:
        case Const(value):
            return Const(value=not value)
        case Compare(op):
            return replace(node, op=_OPPOSITE[op])
        case OneOf(_, _, inside):
            return replace(node, inside=not inside)
        case Is(_, wanted) | Known(_, wanted):
            return replace(node, wanted=not wanted)
        case All(parts):
            return Some(tuple(map(opposite, parts)))
        case Some(parts):
            return All(tuple(map(opposite, parts)))
    raise TypeError(node)


def parts_of(node: Node) -> Iterator[Node]:
    """Return the parts directly inside a part."""
    for one in fields(node):
        found = getattr(node, one.name)
        if isinstance(found, Node):
            yield found
        elif isinstance(found, tuple):
            yield from (part for part in found if isinstance(part, Node))


def walk(node: Node) -> Iterator[Node]:
    """Return a part and everything inside it."""
    yield node
    for one in parts_of(node):
        yield from walk(one)


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return the part with everything inside it changed, from the inside out."""
    made: dict[str, Any] = {}
    for one in fields(node):
        found = getattr(node, one.name)
        if isinstance(found, Node):
            made[one.name] = rebuilt(found, change)
        elif isinstance(found, tuple) and any(isinstance(part, Node) for part in found):
            made[one.name] = tuple(rebuilt(part, change) for part in found)
    return change(replace(node, **made) if made else node)
