"""A raw table and a mapping become a checked one: typed, without contradictions, accounted for.

The policy, in the order in which a row is judged; the first reason that holds is its only one:

1. no record at all (blank, a total, the header again, too many cells): left out
2. equal to an earlier row, where a number or a time of day tells that it is the same: left out
3. an older version of a record with the same number: left out, the newest stays
4. a test agent or test customer: left out
5. times the wrong way round, or a part larger than its whole: left out, for nobody can tell
   which of the two is wrong
6. a cell that cannot be read or cannot be true: blanked, the row stays
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from cstrain.intake.errors import IntakeError
from cstrain.intake.findings import Checked, Problem
from cstrain.intake.mapping import ColumnMapping, check_mapping
from cstrain.intake.masking import Masker, as_text, is_missing_text, shown_cell
from cstrain.intake.masks_of_table import masked_columns
from cstrain.intake.raw_table import Note, RawTable
from cstrain.intake.repeats import equal_rows, same_numbers
from cstrain.intake.typed_columns import Reader, Typed, csat_params
from cstrain.intake.vocabulary import fields, plain_value, value_words
from cstrain.language import Text

_TOLD_ROWS: Final = 20  # of what is only told so many rows are named
Progress = Callable[[str, float], None]


def check_table(
    table: RawTable,
    mapping: ColumnMapping,
    masker: Masker,
    *,
    today: dt.date | None = None,
    progress: Progress = lambda _stage, _share: None,
) -> Checked:
    """Return the table checked and masked; `today` is the last day a time may have.

    Raises IntakeError when no row is left.
    """
    check_mapping(mapping, table.headers)
    numbers = _numbers(table, mapping)
    equal = equal_rows(table, numbers)
    typed: dict[str, Typed] = {}
    for key, one in _typed(table, mapping, today or dt.datetime.now().date()):  # noqa: DTZ005 - local, by design
        typed[key] = one
        progress("checking", len(typed) / (len(mapping.columns) + 1))
    judged = _Judged(table, typed)
    judged.rows(equal, numbers, mapping.options.zone)
    kept = [at for at, code in enumerate(judged.gone) if code is None]
    if not kept:
        worst = max(judged.problems, key=lambda one: one.count)
        reason = Text(worst.reason("zh"), worst.reason("en"))
        raise IntakeError("nothing_left", reason=reason, count=worst.count)
    problems = [*judged.problems, *judged.cells(masker)]
    frame, notes = masked_columns(table, typed, kept, masker, progress)
    return Checked(
        frame=frame,
        read=table.read,
        problems=tuple(problems),
        notes=(*table.notes, *_notes(typed, mapping), *notes),
        zone=mapping.options.zone,
        mapping=dict(mapping.columns),
        params=csat_params(typed["csat"], mapping.options) if "csat" in typed else {},
        kpis=mapping.options.kpis,
    )


def _numbers(table: RawTable, mapping: ColumnMapping) -> list[str | None] | None:
    """Return the record number of every row, None where it is missing."""
    if "row_id" not in mapping.columns:
        return None
    cells = table.column(mapping.columns["row_id"])
    return [None if is_missing_text(one) else as_text(one) for one in cells]


def _typed(table: RawTable, mapping: ColumnMapping, today: dt.date) -> Iterator[tuple[str, Typed]]:
    """Yield the columns one by one; a raw column that is not needed any more goes at once."""
    counts = "offered" in mapping.columns
    reader = Reader(mapping.options, mapping.values, today, counts)
    for key, what in fields().items():
        if key in mapping.columns:
            header = mapping.columns[key]
            one = reader.typed(what, header, table.column(header))
            if not one.is_text:
                table.drop(header)
            yield key, one


class _Judged:
    """Judges rows; `gone` holds for every row the reason for which it is left out, or None."""

    def __init__(self, table: RawTable, typed: Mapping[str, Typed]) -> None:
        self.table, self.typed = table, typed
        self.gone: list[str | None] = [None] * len(table.rows)
        self.problems: list[Problem] = []

    def rows(self, equal: Sequence[int], numbers: Sequence[Any] | None, zone: str) -> None:
        """Judge all rows by all rules."""
        for code in dict.fromkeys(one.code for one in self.table.left_out):
            rows = [one.row for one in self.table.left_out if one.code == code]
            self.problems.append(Problem(code, len(rows), rows))
        if self.table.short:
            rows = self.table.short
            self.problems.append(Problem("too_few_cells", len(rows), rows[:_TOLD_ROWS]))
        self._repeats(equal, numbers)
        self._tests()
        for key, one in self.typed.items():
            self._pair(key, one.field.after, "time_order", before=True)
            self._pair(key, one.field.within, "part_exceeds", before=False)
        for key, one in self.typed.items():
            for code, places in sorted(one.told.items()):
                self._tell(code, places, key, zone=zone)

    def cells(self, masker: Masker) -> Iterator[Problem]:
        """Yield what is blanked in the rows that are kept."""
        for key, one in self.typed.items():
            for code in sorted(one.bad):
                kept = [(at, cell) for at, cell in one.bad[code] if self.gone[at] is None]
                shown = {cell: shown_cell(cell, masker) for cell in {cell for _, cell in kept}}
                rows = [self.table.rows[at] for at, _ in kept]
                if rows:
                    told = [shown[cell] for _, cell in kept]
                    yield Problem(code, len(rows), rows, key, shown=told)

    def _leave_out(
        self, code: str, places: Sequence[int], key: str | None = None, other: str | None = None
    ) -> None:
        fresh = [at for at in places if self.gone[at] is None]
        for at in fresh:
            self.gone[at] = code
        if fresh:
            rows = [self.table.rows[at] for at in fresh]
            self.problems.append(Problem(code, len(rows), rows, key, other))

    def _tell(self, code: str, places: Sequence[int], key: str | None = None, **facts: Any) -> None:
        if places:
            rows = [self.table.rows[at] for at in places[:_TOLD_ROWS]]
            self.problems.append(Problem(code, len(places), rows, key, facts=facts))

    def _repeats(self, equal: Sequence[int], numbers: Sequence[Any] | None) -> None:
        times = [one for one in self.typed.values() if one.field.kind == "time"]
        clocked = _clocked(times)
        judged = [at for at in equal if (numbers and numbers[at] is not None) or clocked(at)]
        self._leave_out("duplicate", judged)
        self._tell("same_row", sorted(set(equal) - set(judged)))
        if numbers is not None:
            older, again = same_numbers(numbers, self.gone, _newest(times))
            self._leave_out("older_version", older, "row_id")
            self._tell("id_again", again, "row_id")

    def _tests(self) -> None:
        words = value_words("tests")
        for key in ("agent_id", "customer_id"):
            cells = self.typed[key].cells if key in self.typed else ()
            tests = {
                one for one in set(cells) if isinstance(one, str) and plain_value(one) in words
            }
            if tests:
                places = [at for at, one in enumerate(cells) if one in tests]
                self._leave_out("test_row", places, key)

    def _pair(self, key: str, other: str | None, code: str, *, before: bool) -> None:
        """Leave out rows in which a value is smaller (`before`) or larger than the other."""
        other = self._present(other)
        if other is None:
            return
        one, two = self.typed[key].series, self.typed[other].series
        if one.dtype != two.dtype:  # a count beside true and false
            return
        wrong = (one < two if before else one > two).fillna(value=False).to_numpy(dtype=bool)
        self._leave_out(code, wrong.nonzero()[0].tolist(), key, other)

    def _present(self, key: str | None) -> str | None:
        """Return the field, or what stands in for it, if it is there."""
        if key is None or key in self.typed:
            return key
        return next((one for one in fields()[key].stands_in if one in self.typed), None)


def _clocked(times: Sequence[Typed]) -> Callable[[int], bool]:
    """Return a function that says whether a row has a time of day in any of its times."""
    known = [one.series.to_numpy() for one in times]

    def clocked(at: int) -> bool:
        # What is missing differs from itself and is no time of day.
        return any(
            column[at] == column[at] and column[at] != column[at].astype("datetime64[D]")
            for column in known
        )

    return clocked


def _newest(times: Sequence[Typed]) -> Callable[[int], int]:
    """Return a function that says how new a row is: its update, else its latest time."""
    telling = [one for one in times if one.field.key == "updated_at"] or times
    known = [one.series.to_numpy().view("int64") for one in telling]  # missing is the smallest

    def newest(at: int) -> int:
        return max((int(column[at]) for column in known), default=0)

    return newest


def _notes(typed: Mapping[str, Typed], mapping: ColumnMapping) -> Iterator[Note]:
    for one in typed.values():
        yield from one.notes
    if any(one.field.kind == "time" for one in typed.values()):
        yield Note("zone", {"zone": mapping.options.zone})
    if "csat" in typed:
        found = csat_params(typed["csat"], mapping.options)
        facts = {"least": found["worst"], "most": found["best"], "top": found["top"]}
        yield Note("scale", {key: f"{value:g}" for key, value in facts.items()})
