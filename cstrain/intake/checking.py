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
from cstrain.intake.repeats import find_repeats
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
    reader = Reader(mapping.options, mapping.values, today or dt.datetime.now().date())  # noqa: DTZ005 - local, by design
    typed: dict[str, Typed] = {}
    for place, key in enumerate(one for one in fields() if one in mapping.columns):
        header = mapping.columns[key]
        typed[key] = reader.typed(fields()[key], header, table.column(header))
        progress("checking", (place + 1) / (len(mapping.columns) + 1))
    judged = _Judged(table, typed)
    judged.rows(mapping.options.zone)
    kept = [at for at, code in enumerate(judged.gone) if code is None]
    if not kept:
        worst = max(judged.problems, key=lambda one: one.count)
        reason = Text(worst.reason("zh"), worst.reason("en"))
        raise IntakeError("nothing_left", reason=reason, count=worst.count)
    problems = [*judged.problems, *_cell_problems(table, typed, judged.gone, masker)]
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


class _Judged:
    """Judges rows; `gone` holds for every row the reason for which it is left out, or None."""

    def __init__(self, table: RawTable, typed: Mapping[str, Typed]) -> None:
        self.table, self.typed = table, typed
        self.gone: list[str | None] = [None] * len(table.rows)
        self.problems: list[Problem] = []

    def rows(self, zone: str) -> None:
        """Judge all rows by all rules."""
        for code in dict.fromkeys(one.code for one in self.table.left_out):
            rows = [one.row for one in self.table.left_out if one.code == code]
            self.problems.append(Problem(code, len(rows), rows))
        if self.table.short:
            rows = self.table.short
            self.problems.append(Problem("too_few_cells", len(rows), rows[:_TOLD_ROWS]))
        self._repeats()
        self._tests()
        for key, one in self.typed.items():
            self._pair(key, one.field.after, "time_order", before=True)
            self._pair(key, one.field.within, "part_exceeds", before=False)
        self._told(zone)

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

    def _repeats(self) -> None:
        numbers = None
        if "row_id" in self.typed:
            cells = self.typed["row_id"].cells
            numbers = [None if is_missing_text(one) else as_text(one) for one in cells]
        times = [one for one in self.typed.values() if one.field.kind == "time"]
        clocked, newest = _clocked(times), _newest(times)
        found = find_repeats(self.table, numbers, newest, clocked)
        self._leave_out("duplicate", found.equal)
        self._leave_out("older_version", found.older, "row_id")
        self._tell("same_row", found.equal_told)
        self._tell("id_again", found.number_again, "row_id")

    def _tests(self) -> None:
        words = value_words("tests")
        for key in ("agent_id", "customer_id"):
            if key not in self.typed:
                continue
            cells = self.typed[key].cells
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
        one, two = self.typed[key].listed(), self.typed[other].listed()
        places = [
            at
            for at, (left, right) in enumerate(zip(one, two, strict=True))
            if left is not None and right is not None and (left < right if before else left > right)
        ]
        self._leave_out(code, places, key, other)

    def _present(self, key: str | None) -> str | None:
        """Return the field, or what stands in for it, if it is there."""
        if key is None or key in self.typed:
            return key
        return next((one for one in fields()[key].stands_in if one in self.typed), None)

    def _told(self, zone: str) -> None:
        for key, one in self.typed.items():
            for code in sorted(set(one.told.values())):
                cells = {cell for cell, told in one.told.items() if told == code}
                places = [at for at, cell in enumerate(one.cells) if cell in cells]
                self._tell(code, places, key, zone=zone)


def _clocked(times: Sequence[Typed]) -> list[bool] | None:
    """Return which rows have a time of day in any of their times."""
    if not times:
        return None
    made = [False] * len(times[0].cells)
    midnight = dt.time()
    for one in times:
        clock = {cell for cell, value in one.values.items() if value and value.time() != midnight}
        if clock:
            made = [had or cell in clock for had, cell in zip(made, one.cells, strict=True)]
    return made


def _newest(times: Sequence[Typed]) -> list[Any] | None:
    """Return for every row what tells how new it is: its update, else its latest time."""
    updated = [one for one in times if one.field.key == "updated_at"] or list(times)
    if not updated:
        return None
    least = dt.datetime(1, 1, 1)  # noqa: DTZ001 - local, by design
    columns = [one.listed() for one in updated]
    return [max(one or least for one in row) for row in zip(*columns, strict=True)]


def _cell_problems(
    table: RawTable, typed: Mapping[str, Typed], gone: Sequence[str | None], masker: Masker
) -> Iterator[Problem]:
    """Yield what is blanked in the rows that are kept."""
    for key, one in typed.items():
        by_code: dict[str, tuple[list[int], list[str]]] = {}
        if not one.bad:
            continue
        shown = {cell: shown_cell(cell, masker) for cell in one.bad}
        for at, cell in enumerate(one.cells):
            code = one.bad.get(cell)
            if code is not None and gone[at] is None:
                rows, cells = by_code.setdefault(code, ([], []))
                rows.append(table.rows[at])
                cells.append(shown[cell])
        for code in sorted(by_code):
            rows, cells = by_code[code]
            yield Problem(code, len(rows), rows, key, shown=cells)


def _notes(typed: Mapping[str, Typed], mapping: ColumnMapping) -> Iterator[Note]:
    for one in typed.values():
        yield from one.notes
    if any(one.field.kind == "time" for one in typed.values()):
        yield Note("zone", {"zone": mapping.options.zone})
    if "csat" in typed:
        found = csat_params(typed["csat"], mapping.options)
        facts = {"least": found["worst"], "most": found["best"], "top": found["top"]}
        yield Note("scale", {key: f"{value:g}" for key, value in facts.items()})
