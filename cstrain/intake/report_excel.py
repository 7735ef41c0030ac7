"""The report as a workbook: every text is written as a text, never as a formula or a link."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from cstrain.intake.errors import IntakeError
from cstrain.intake.findings import Checked
from cstrain.intake.limits import LISTED_PROBLEMS, SMALL
from cstrain.intake.report import Cell, Computed, GroupRow, Report
from cstrain.intake.said import Said, problem_rows
from cstrain.intake.vocabulary import joined
from cstrain.kpi import explain

_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_NAME: Final = 31  # characters in the name of a sheet
_WIDEST: Final = 60
_FORMATS: Final = {"share": "0.0%"}
_CONTROL: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 65534, 65535])
_CELL: Final = 32_000  # Excel's limit is 32,767 characters


def need_writer() -> None:
    """Refuse with a sentence when the component that writes workbooks is missing."""
    if importlib.util.find_spec("xlsxwriter") is None:
        raise IntakeError("needs_xlsxwriter")


def write_workbook(path: Path, file: str, checked: Checked, report: Report, said: Said) -> None:
    """Write the workbook: summary, months, groups, problems, exclusions, definitions."""
    import xlsxwriter  # noqa: PLC0415 - only the report needs it

    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheets = _Sheets(book, said)
        _summary(sheets, file, checked, report)
        if report.months:
            dated = [one for one in report.computed if one.time]
            _groups(sheets, said.word("by_month"), said.word("month"), report.months, dated)
        for key, rows in report.groups.items():
            name = said.word("by_group", field=said.field(key))
            _groups(sheets, name, said.field(key), rows, report.computed)
        _problems(sheets, checked)
        _exclusions(sheets, checked, report)
        _definitions(sheets, report)


@dataclass(frozen=True)
class _Figure:
    """A number with its format."""

    value: float
    form: str


class _Sheets:
    """Adds sheets with a heading row; knows the formats of the book."""

    def __init__(self, book: Any, said: Said) -> None:
        self.book, self.said = book, said
        self._bold = book.add_format({"bold": True, "bg_color": "#F3F6F8", "bottom": 1})
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._formats: dict[str, Any] = {}
        self._names: set[str] = set()

    def add(
        self,
        name: str,
        head: Sequence[str],
        rows: Iterable[Sequence[Any]],
        above: Sequence[str] = (),
    ) -> None:
        """Add a sheet: lines above, a heading row that stays in sight, the rows."""
        sheet = self.book.add_worksheet(self._free(name))
        widths = [_width(one) for one in head]
        for row, text in enumerate(above):
            sheet.write_string(row, 0, _text(text), self._title if row == 0 else None)
        top = len(above) + bool(above)
        for at, one in enumerate(head):
            sheet.write_string(top, at, _text(one), self._bold)
        for row, cells in enumerate(rows, start=top + 1):
            for at, one in enumerate(cells):
                self._write(sheet, row, at, one)
                if row < top + 200:
                    widths[at] = max(widths[at], _width(one))
        for at, width in enumerate(widths):
            sheet.set_column(at, at, min(width, _WIDEST) + 2)
        sheet.freeze_panes(top + 1, 1)

    def _write(self, sheet: Any, row: int, at: int, cell: Any) -> None:
        if isinstance(cell, _Figure):
            sheet.write_number(row, at, cell.value, self._number(cell.form))
        elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
            sheet.write_number(row, at, cell)
        elif cell is not None:
            text = _text(cell)
            sheet.write_string(row, at, text, self._wrap if _width(text) > _WIDEST else None)

    def _number(self, form: str) -> Any:
        if form not in self._formats:
            self._formats[form] = self.book.add_format({"num_format": form})
        return self._formats[form]

    def _free(self, name: str) -> str:
        base = " ".join(name.translate(_FORBIDDEN).split())[: _NAME - 4] or "-"
        made, again = base, 1
        while made.casefold() in self._names:
            again += 1
            made = f"{base} {again}"
        self._names.add(made.casefold())
        return made


def _summary(sheets: _Sheets, file: str, checked: Checked, report: Report) -> None:
    said = sheets.said
    keys = ("kpi", "code", "value", "unit_column", "above", "below", "left_out")
    head = [*(said.word(one) for one in keys), said.word("interval"), ""]
    rows = [
        (
            said.name(one),
            one.code,
            _figure(one, one.value),
            said.speech(one.code).unit,
            one.numerator,
            one.denominator,
            one.excluded,
            _figure(one, one.interval.low),
            _figure(one, one.interval.high),
        )
        for one in report.computed
    ]
    ledger = (
        ("rows_read", checked.read),
        ("rows_excluded", checked.total("excluded")),
        ("rows_kept", checked.kept),
        ("cells_blanked", checked.total("blanked")),
    )
    above = [
        said.word("title", name=said.masker.text(Path(file).stem)),
        said.source(file, report),
        joined((f"{said.word(key)} {count:,}" for key, count in ledger), said.language),
        said.word("interval_hint"),
    ]
    sheets.add(said.word("summary"), head, rows, above)


def _groups(
    sheets: _Sheets, name: str, what: str, rows: Sequence[GroupRow], listed: Iterable[Computed]
) -> None:
    said, computed = sheets.said, list(listed)
    head = [what, said.word("rows")]
    for one in computed:
        head += [said.titled(one), f"{one.code} {said.word('n')}"]
    body = []
    for row in rows:
        cells: list[Any] = [said.group(row.name), row.rows]
        for one in computed:
            cells += _group_cells(one, row.cells.get(one.code), said)
        body.append(cells)
    sheets.add(name, head, body, [name, said.word("small_hint", least=SMALL)])


def _group_cells(one: Computed, cell: Cell | None, said: Said) -> tuple[Any, Any]:
    if cell is None:
        return None, None
    if cell.hidden:
        return said.word("hidden", least=SMALL), None
    return _figure(one, cell.value), cell.n


def _problems(sheets: _Sheets, checked: Checked) -> None:
    said = sheets.said
    head = [said.word(one) for one in ("row", "field", "found", "reason", "treatment")]
    count = sum(len(one.rows) for one in checked.problems)
    above = [said.word("problems")]
    if count > LISTED_PROBLEMS:
        facts = {"most": f"{LISTED_PROBLEMS:,}", "count": f"{count:,}"}
        above.append(said.word("more_listed", **facts))
    listed = islice(problem_rows(checked, said), LISTED_PROBLEMS)
    sheets.add(said.word("problems"), head, listed, above)


def _exclusions(sheets: _Sheets, checked: Checked, report: Report) -> None:
    said = sheets.said
    head = [said.word(one) for one in ("treatment", "field", "reason", "n")]
    sheets.add(said.word("exclusions"), head, said.exclusions(checked), [said.word("ledger")])
    notes = [(one,) for one in (*said.notes(checked, report), said.word("masked_hint"))]
    sheets.add(said.word("notes"), [said.word("notes")], notes)
    head = [said.word("field"), said.word("header")]
    sheets.add(said.word("columns_head"), head, said.columns(checked))


def _definitions(sheets: _Sheets, report: Report) -> None:
    said = sheets.said
    rows: list[tuple[Any, ...]] = []
    for one in report.computed:
        lines = explain(one.code, said.language).splitlines()[2:]
        texts = (line.strip().lstrip("- ").replace("**", "") for line in lines)
        rows += [(one.code, said.name(one), text) for text in texts]
    head = [said.word("code"), said.word("kpi"), said.word("definitions")]
    sheets.add(said.word("definitions"), head, rows)
    head = [said.word("code"), said.word("kpi"), said.word("reason")]
    skipped = [(one.definition.code, said.name(one), said.needs(one)) for one in report.skipped]
    sheets.add(said.word("skipped"), head, skipped)


def _figure(one: Computed, value: float | None) -> _Figure | None:
    if value is None:
        return None
    plain = "#,##0" if float(value).is_integer() else "#,##0.00"
    return _Figure(float(value), _FORMATS.get(one.definition.unit, plain))


def _text(cell: Any) -> str:
    return str(cell).translate(_CONTROL)[:_CELL]


def _width(cell: Any) -> int:
    text = f"{cell.value:,.2f}" if isinstance(cell, _Figure) else str("" if cell is None else cell)
    return sum(2 if ord(one) > 0x2E80 else 1 for one in text)
