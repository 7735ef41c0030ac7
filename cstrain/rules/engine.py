"""What an engine is, and the plain form of what a learner's function returns."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cstrain.model import Facts
from cstrain.rules.seen import Seen, SeenFigures

if TYPE_CHECKING:
    from cstrain.causes.effects import CauseEffect

Choices = Mapping[str, str]
CaseArgs = Mapping[str, Any]
_LONGEST: Final = 200  # characters of a value that has no plain form
_DEEPEST: Final = 6  # levels of lists in a result; none of ours has more than two


@dataclass(frozen=True)
class Difference:
    """How a result differs from the right one: a code and its facts."""

    code: str
    facts: Facts


def plain_value(value: Any, depth: int = _DEEPEST) -> Any:
    """Return a value as plain JSON: sets sorted, numbers of other libraries unpacked.

    What has no plain form becomes text, so that nothing with an own idea of equality is kept.

    >>> plain_value({("b", "a")}), plain_value((0.5, "peach")), plain_value(float("nan"))
    ([['b', 'a']], [0.5, 'peach'], 'nan')
    """
    if value is None or type(value) in {bool, int, str}:
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else str(float(value))
    return _plain_many(value, depth - 1) if depth else repr(value)[:_LONGEST]


def _plain_many(value: Any, depth: int) -> Any:
    if isinstance(value, (set, frozenset)):
        return sorted((plain_value(one, depth) for one in value), key=repr)
    if isinstance(value, (list, tuple)):
        return [plain_value(one, depth) for one in value]
    if isinstance(value, Mapping):
        return {str(key): plain_value(one, depth) for key, one in value.items()}
    for name in ("tolist", "item"):  # series, arrays and scalars of numpy and pandas
        if callable(getattr(value, name, None)):
            return plain_value(getattr(value, name)(), depth)
    return repr(value)[:_LONGEST]


def _plain(result: Any, _: CaseArgs) -> Any:
    return plain_value(result)


@dataclass(frozen=True)
class Engine:
    """One engine; `compare` returns None when a result is as good as the right one.

    `arguments` makes them anew each time, for a learner's function may change what it gets;
    `keep` makes plain what the function returns; `preview` shows what one part of a definition
    selects.
    Where `questions` is empty they stand in the exercise file.
    """

    questions: Mapping[str, tuple[str, ...]]
    right: Choices
    arguments: Callable[[CaseArgs], tuple[Any, ...]]
    run: Callable[[Choices, CaseArgs], Any]
    compare: Callable[[Any, Any, CaseArgs], Difference | None]
    keep: Callable[[Any, CaseArgs], Any] = _plain
    preview: Callable[[Choices, CaseArgs, str], Seen | SeenFigures | CauseEffect] | None = None


def case_args(params: Mapping[str, Any], case: Mapping[str, Any]) -> CaseArgs:
    """Return what an engine is told: what the field says about all cases, and the case's own."""
    tables = {"tables": case["tables"]} if case.get("tables") else {}
    return {**params.get("about", {}), **case["args"], **tables}


def short(value: Any, most: int = 60) -> str:
    """Return a value as a text that fits into a sentence."""
    text = str(value)
    return text if len(text) <= most else text[: most - 1] + "…"
