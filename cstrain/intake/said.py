"""What a report says, in one language: values with units, notes, reasons, names of fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cstrain.charts.measure import Speech, number, speech
from cstrain.intake.findings import Checked, Problem, label
from cstrain.intake.limits import SMALL
from cstrain.intake.masking import Masker
from cstrain.intake.raw_table import Note
from cstrain.intake.report import Cell, Computed, Report, Skipped
from cstrain.intake.text_reading import SEPARATORS
from cstrain.intake.vocabulary import fields, joined, word
from cstrain.language import Language
from cstrain.library.words import texts


@dataclass(frozen=True)
class Said:
    """Speaks one language; the masker goes over every name that came with the file."""

    language: Language
    masker: Masker

    def word(self, key: str, **facts: object) -> str:
        """Return a word of the reports."""
        return word(key, self.language, **facts)

    def field(self, key: str | None) -> str:
        """Return what people call a field."""
        return label(key, self.language)

    def header(self, header: str) -> str:
        """Return a header of the user's table, masked: it may be a row of data by mistake."""
        return self.masker.text(header)

    def note(self, note: Note) -> str:
        """Return a note as a sentence."""
        facts = {
            key: self._fact(note.code, key, one) if isinstance(one, str) else one
            for key, one in note.facts.items()
        }
        return texts("intake/notes")[note.code][self.language].format_map(facts)

    def _fact(self, code: str, key: str, fact: str) -> str:
        if key in {"field", "other"}:
            return self.field(fact)
        if code == "separator":
            return self.word(f"separator_{SEPARATORS[fact]}")
        if code == "masked":
            return self.word("personal_value" if fact == "value" else fact)
        return self.masker.text(fact)

    def reason(self, problem: Problem) -> str:
        """Return why a row or a cell is a problem."""
        return problem.reason(self.language)

    def name(self, one: Computed | Skipped) -> str:
        """Return the name of a KPI."""
        return one.definition.name[self.language]

    def titled(self, one: Computed | Skipped) -> str:
        """Return the name of a KPI with its code."""
        return self.word("titled", name=self.name(one), code=one.definition.code)

    def speech(self, code: str) -> Speech:
        """Return how the values of a KPI are said."""
        return speech(code, self.language)

    def value(self, code: str, value: float | None) -> str:
        """Return a value with its unit."""
        return self.word("nothing") if value is None else self.speech(code).value(value)

    def cell(self, code: str, cell: Cell | None) -> str:
        """Return the KPI of a group; one of too few is not told."""
        if cell is None:
            return self.word("nothing")
        if cell.hidden:
            return self.word("hidden", least=SMALL)
        return self.value(code, cell.value)

    def number(self, value: float | None) -> str:
        """Return a plain number; whole ones in full."""
        if value is None:
            return self.word("nothing")
        return f"{value:,.0f}" if float(value).is_integer() else number(value)

    def interval(self, one: Computed) -> str:
        """Return an interval, or nothing where there is none."""
        if one.interval.low is None or one.interval.high is None:
            return self.word("nothing")
        low, high = (self.value(one.code, end) for end in (one.interval.low, one.interval.high))
        return self.word("from_to", low=low, high=high)

    def group(self, name: str | None) -> str:
        """Return the name of a group."""
        return self.word("blank_group") if name is None else name

    def needs(self, one: Skipped) -> str:
        """Return why a KPI was not computed."""
        if one.why == "needs":
            named = joined((self.field(key) for key in one.needs), self.language)
            return self.word("needs", fields=named)
        return self.word(one.why, code=one.definition.code)

    def source(self, file: str, report: Report) -> str:
        """Return what the data are and which time they cover."""
        name = self.masker.text(file)
        if report.first is None:
            return self.word("made_of_undated", name=name)
        first, last = (str(one)[:10] for one in (report.first, report.last))
        return self.word("made_of", name=name, first=first, last=last)

    def notes(self, checked: Checked, report: Report) -> Iterator[str]:
        """Yield all notes as sentences."""
        for one in (*checked.notes, *report.notes):
            yield self.note(one)

    def exclusions(self, checked: Checked) -> Iterator[Sequence[Any]]:
        """Yield treatment, field, reason and count of every kind of problem."""
        order = ("excluded", "blanked", "told")
        for one in sorted(checked.problems, key=lambda one: order.index(one.treatment)):
            field = self.field(one.key) or self.word("nothing")
            yield self.word(one.treatment), field, self.reason(one), one.count

    def columns(self, checked: Checked) -> Iterator[Sequence[str]]:
        """Yield field and header of every column that was used."""
        for key in fields():
            if key in checked.mapping:
                yield self.field(key), self.header(checked.mapping[key])


def problem_rows(checked: Checked, said: Said) -> Iterator[tuple[int, str, str, str, str]]:
    """Yield row, field, what stood there, reason and treatment of every listed problem."""
    for one in checked.problems:
        field, reason = said.field(one.key), said.reason(one)
        treatment = said.word(one.treatment)
        for place, row in enumerate(one.rows):
            shown = one.shown[place] if place < len(one.shown) else ""
            yield row, field, shown, reason, treatment
