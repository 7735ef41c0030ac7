"""The records everything is made of: small, frozen, without any sentence in a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from cstrain.language import Text

Outcome = Literal["passed", "partly", "failed", "not_attempted", "unreadable"]
OUTCOMES: Final[tuple[Outcome, ...]] = (
    "passed",
    "partly",
    "failed",
    "not_attempted",
    "unreadable",
)
PRACTICE: Final = "practice"
ASSESSMENT: Final = "assessment"
Fact = str | int | float | bool
Facts = Mapping[str, Fact]
Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One input of an exercise: its shape's name, its label, and the shape's own parameters.

    `when` = (key of a choice, option): the field is asked for only while that option is chosen.
    """

    key: str
    shape: str
    label: Text
    help: Text | None
    required: bool
    params: Mapping[str, Any]
    when: tuple[str, str] | None = None


@dataclass(frozen=True)
class Criterion:
    """One thing that is judged, the rule that judges it and the points it is worth."""

    key: str
    points: float
    rule: str
    fields: tuple[str, ...]
    title: Text
    why: Text
    next: Text
    params: Mapping[str, Any]
    say: Mapping[str, Text]
    items: Mapping[str, Text]


@dataclass(frozen=True)
class Sample:
    """A sample answer with the exact points it must get; the samples are the exercise's tests."""

    name: str
    language: str | None
    answer: Answer
    points: float
    outcomes: Mapping[str, Outcome]


@dataclass(frozen=True)
class Model:
    """The model answer per language (often the same) and the note that explains it."""

    answers: Mapping[str, Answer]
    note: Text


@dataclass(frozen=True)
class Exercise:
    """One exercise as its content file describes it; `id` is "<lesson>/<file name>".

    `drawing` names the figure that is drawn from the answer, with its parameters; mostly empty.
    `use` is "practice", or "assessment" for a variant that learners meet on the day only: it
    stands in no lesson's list, and the published book holds neither it nor its key.
    """

    id: str
    number: int
    kind: str
    points: float
    minutes: int
    title: Text
    task: Text
    situation: str | None
    fields: tuple[Field, ...]
    criteria: tuple[Criterion, ...]
    hints: tuple[Text, ...]
    model: Model
    samples: tuple[Sample, ...]
    drawing: Mapping[str, Any]
    use: str = PRACTICE

    @property
    def lesson(self) -> str:
        """Return the lesson id, the part before the slash."""
        return self.id.split("/")[0]

    def field(self, key: str) -> Field:
        """Return the field with this key."""
        return next(one for one in self.fields if one.key == key)


@dataclass(frozen=True)
class Item:
    """What was found for one card, row or sub-rule inside a criterion."""

    key: str
    outcome: Outcome
    code: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """The verdict on one criterion: outcome, points, a code for the reason and its facts.

    `fields` are those that it is about, where these are not all of the criterion's.
    """

    criterion: str
    outcome: Outcome
    points: float
    code: str
    facts: Facts = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    notes: tuple[tuple[str, Facts], ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """All findings of one check, without a sentence in it; `wording.say` makes the feedback."""

    exercise: str
    outcome: Outcome
    points: float
    findings: tuple[Finding, ...]
