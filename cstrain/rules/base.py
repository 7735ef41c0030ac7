"""What a rule is asked and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isclose
from typing import TYPE_CHECKING, Any

from cstrain.model import Facts, Item

if TYPE_CHECKING:
    from cstrain.language import Language
    from cstrain.model import Exercise
    from cstrain.text.situation import Situation


@dataclass(frozen=True)
class Asked:
    """One criterion's question: the parsed values of the exercise and the rule's parameters.

    `values` holds every field of the exercise, None where it was left blank; `fields` are the
    ones this criterion reads.
    """

    values: Mapping[str, Any]
    fields: tuple[str, ...]
    params: Mapping[str, Any]
    exercise: Exercise
    situation: Situation | None
    language: Language

    @property
    def value(self) -> Any:
        """Return the value of the criterion's first field."""
        return self.values[self.fields[0]]


@dataclass(frozen=True)
class Ruling:
    """A rule's answer: the share of the points (0 to 1), a reason code, facts and details.

    `notes` are said to the learner but never scored; `unreadable` means the value could not be
    understood, which costs no attempt; `fields` are those that the ruling is about, where these
    are not all of the criterion's.
    """

    share: float
    code: str
    facts: Facts = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    notes: tuple[tuple[str, Facts], ...] = ()
    unreadable: bool = False
    fields: tuple[str, ...] = ()


Rule = Callable[[Asked], Ruling]


def code_of_reading(code: str, typed: object, *read: float) -> str:
    """Return the code of a sentence on a typed number: how it was read is told only if it differs.

    >>> code_of_reading("wrong", "80%", 80.0), code_of_reading("wrong", "eighty", 80.0)
    ('wrong', 'wrong_read')
    """
    try:
        number = float(str(typed).strip().removesuffix("%"))
    except ValueError:
        return f"{code}_read"
    return code if any(isclose(number, one) for one in read) else f"{code}_read"


def mean_share(items: tuple[Item, ...], shares: Mapping[str, float] | None = None) -> float:
    """Return the share of items that passed, or the mean of the given shares per item."""
    if not items:
        return 0.0
    if shares is not None:
        return sum(shares.values()) / len(items)
    return sum(item.outcome == "passed" for item in items) / len(items)
