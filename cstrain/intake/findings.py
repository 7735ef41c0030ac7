"""What the checks found: problems by row, field and reason, and what became of every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cstrain.intake.raw_table import Note
from cstrain.intake.vocabulary import fields, problem_texts, treatment
from cstrain.language import Language


@dataclass(frozen=True)
class Problem:
    """One kind of problem in one field: how often, in which rows, what stood there.

    `rows` are the numbers of the file. Of what is only told, the first rows alone are listed.
    """

    code: str
    count: int
    rows: Sequence[int]
    key: str | None = None  # the field
    other: str | None = None
    shown: Sequence[str] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def treatment(self) -> str:
        """What is done: excluded, blanked or told."""
        return treatment(self.code)

    def reason(self, language: Language) -> str:
        """Return the reason in words."""
        facts = {
            "field": label(self.key, language),
            "other": label(self.other, language),
            **self.facts,
        }
        return problem_texts()[self.code][language].format_map(facts)


@dataclass(frozen=True)
class Checked:
    """A table after the checks: typed columns of the rows that are kept, by field.

    `read` = `kept` + excluded: every row is accounted for, once.
    """

    frame: Any
    read: int
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    zone: str
    mapping: Mapping[str, str]
    params: Mapping[str, Any] = field(default_factory=dict)
    kpis: tuple[str, ...] = ()

    @property
    def kept(self) -> int:
        """How many rows are kept."""
        return len(self.frame)

    def total(self, done: str) -> int:
        """Return how many rows were excluded, or cells blanked."""
        return sum(one.count for one in self.problems if one.treatment == done)


def label(key: str | None, language: Language) -> str:
    """Return what people call a field."""
    known = fields().get(key or "")
    return known.label[language] if known else key or ""
