"""The report as one page that needs nothing else: figures inside, no request, prints well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import cstrain
from cstrain.html import escape, markdown
from cstrain.intake.findings import Checked, Problem
from cstrain.intake.limits import SMALL
from cstrain.intake.report import Computed, GroupRow, Report
from cstrain.intake.report_figures import figures
from cstrain.intake.said import Said
from cstrain.intake.vocabulary import joined
from cstrain.kpi import explain
from cstrain.language import HTML_LANG

_CSS: Final = Path(__file__).resolve().parent / "report.css"
_ROWS: Final = 12  # row numbers shown for a problem
# Nothing may be loaded or run, whatever a cell of the user's table says.
_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


@dataclass(frozen=True)
class Html:
    """A piece of HTML that is safe already."""

    text: str


Cell = str | int | Html


def report_page(file: str, checked: Checked, report: Report, said: Said) -> str:
    """Return the whole page."""
    title = said.word("title", name=said.masker.text(Path(file).stem))
    parts = list(_sections(checked, report, said))
    links = "".join(f'<li><a href="#{key}">{escape(head)}</a></li>' for key, head, _ in parts)
    sections = "".join(
        f'<section id="{key}"><h2>{escape(head)}</h2>{body}</section>' for key, head, body in parts
    )
    return (
        f'<!doctype html><html lang="{HTML_LANG[said.language]}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_css()}</style></head><body>"
        f'<header><h1>{escape(title)}</h1><p class="soft">{escape(said.source(file, report))}</p>'
        f'<nav aria-label="{escape(said.word("contents"))}"><ul>{links}</ul></nav></header>'
        f"<main>{sections}</main><footer><p>{escape(said.word('synthetic_no'))}</p>"
        f"<p>{escape(said.word('computed_by', version=cstrain.__version__))}</p></footer>"
        "</body></html>\n"
    )


def _sections(checked: Checked, report: Report, said: Said) -> Iterator[tuple[str, str, str]]:
    yield "summary", said.word("summary"), _ledger(checked, said) + _summary(report, said)
    drawn = "".join(
        f'<figure><img src="{one.source}" alt="{escape(one.alt)}">'
        f"<figcaption>{escape(one.title)}</figcaption></figure>"
        for one in figures(report, said)
    )
    if drawn:
        yield "figures", said.word("figures"), f'<div class="figures">{drawn}</div>'
    if report.months:
        dated = [one for one in report.computed if one.time]
        body = _grouped(report.months, dated, said.word("month"), said)
        yield "months", said.word("by_month"), body
    for key, rows in report.groups.items():
        head = said.word("by_group", field=said.field(key))
        yield f"by-{key}", head, _grouped(rows, report.computed, said.field(key), said)
    yield "problems", said.word("exclusions"), _problems(checked, said)
    yield "notes", said.word("notes"), _notes(checked, report, said)
    yield "definitions", said.word("definitions"), _definitions(report, said)
    yield "skipped", said.word("skipped"), _skipped(report, said)


def _ledger(checked: Checked, said: Said) -> str:
    counts = (
        ("rows_read", checked.read),
        ("rows_excluded", checked.total("excluded")),
        ("rows_kept", checked.kept),
        ("cells_blanked", checked.total("blanked")),
    )
    tiles = "".join(
        f"<li><strong>{count:,}</strong>{escape(said.word(key))}</li>" for key, count in counts
    )
    return f'<ul class="ledger" aria-label="{escape(said.word("ledger"))}">{tiles}</ul>'


def _summary(report: Report, said: Said) -> str:
    head = [said.word(one) for one in ("kpi", "value", "interval", "above", "below", "left_out")]
    rows: list[Sequence[Cell]] = [
        (
            said.titled(one),
            Html(f'<td class="num key">{escape(said.value(one.code, one.value))}</td>'),
            said.interval(one),
            said.number(one.numerator),
            said.number(one.denominator),
            said.number(one.excluded),
        )
        for one in report.computed
    ]
    hint = f'<p class="soft">{escape(said.word("interval_hint"))}</p>'
    return _table(head, rows, "summary", said.word("summary")) + hint


def _grouped(rows: Sequence[GroupRow], computed: Iterable[Computed], what: str, said: Said) -> str:
    listed = list(computed)
    head = [what, said.word("rows"), *map(said.titled, listed)]
    body: list[Sequence[Cell]] = [
        (
            said.group(row.name),
            f"{row.rows:,}",
            *(_group_cell(one, row, said) for one in listed),
        )
        for row in rows
    ]
    hint = f'<p class="soft">{escape(said.word("small_hint", least=SMALL))}</p>'
    return _table(head, body, "groups", what) + hint


def _group_cell(one: Computed, row: GroupRow, said: Said) -> Html:
    cell = row.cells.get(one.code)
    n = ""
    if cell is not None and cell.n is not None and not cell.hidden and one.denominator_counts:
        n = f'<span class="n">{said.word("n")}={said.number(cell.n)}</span>'
    return Html(f'<td class="num">{escape(said.cell(one.code, cell))}{n}</td>')


def _problems(checked: Checked, said: Said) -> str:
    if not checked.problems:
        return f"<p>{escape(said.word('no_problems'))}</p>"
    head = [said.word(one) for one in ("treatment", "field", "reason", "n")]
    head.append(said.word("first_rows", most=_ROWS))
    order = ("excluded", "blanked", "told")
    listed = sorted(checked.problems, key=lambda one: order.index(one.treatment))
    rows: list[Sequence[Cell]] = [
        (
            said.word(one.treatment),
            said.field(one.key) or said.word("nothing"),
            said.reason(one),
            f"{one.count:,}",
            Html(f"<td>{escape(_places(one, said))}</td>"),
        )
        for one in listed
    ]
    return _table(head, rows, "problems", said.word("problems"))


def _places(one: Problem, said: Said) -> str:
    """Return the first rows of a problem, with what stood there."""
    shown = [
        f"{row} ({one.shown[at]})" if at < len(one.shown) and one.shown[at] else str(row)
        for at, row in enumerate(list(one.rows[:_ROWS]))
    ]
    more = ["…"] if one.count > len(shown) else []
    return joined([*shown, *more], said.language)


def _notes(checked: Checked, report: Report, said: Said) -> str:
    notes = [*said.notes(checked, report), said.word("masked_hint")]
    listed = "".join(f"<li>{escape(one)}</li>" for one in notes)
    head = [said.word("field"), said.word("header")]
    columns = _table(head, said.columns(checked), "columns", said.word("columns_head"))
    return f"<ul>{listed}</ul><h3>{escape(said.word('columns_head'))}</h3>{columns}"


def _definitions(report: Report, said: Said) -> str:
    made = []
    for one in report.computed:
        lines = explain(one.code, said.language).split("\n", 2)
        set_ = [f"{key} = {value:g}" for key, value in one.params.items()]
        set_ += [f"form = {one.form}"] if one.form else []
        listed = ", ".join(set_) or said.word("default_settings")
        name = said.word("show_card", name=said.name(one), code=one.code)
        made.append(
            f"<details><summary>{escape(name)}</summary>"
            f"<p>{escape(said.word('settings', listed=listed))}</p>{markdown(lines[2])}</details>"
        )
    return "".join(made)


def _skipped(report: Report, said: Said) -> str:
    head = [said.word("kpi"), said.word("reason")]
    rows = [(said.titled(one), said.needs(one)) for one in report.skipped]
    name = said.word("skipped")
    table = _table(head, rows, "skipped", name)
    return f"<details><summary>{escape(name)} ({len(rows)})</summary>{table}</details>"


def _table(head: Sequence[str], rows: Iterable[Sequence[Cell]], css: str, name: str) -> str:
    """Return a table whose first column names the row; it scrolls sideways, not the page."""
    listed = [list(row) for row in rows]
    numeric = {
        at for at in range(1, len(head)) if listed and all(_figures(row[at]) for row in listed)
    }
    top = "".join(
        f'<th scope="col"{" class=num" if at in numeric else ""}>{escape(one)}</th>'
        for at, one in enumerate(head)
    )
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(_td(one, numeric=at in numeric) for at, one in enumerate(row[1:], start=1))
        + "</tr>"
        for row in listed
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(name)}">'
        f'<table class="{css}"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _td(cell: Cell, *, numeric: bool) -> str:
    if isinstance(cell, Html):
        return cell.text
    return f"<td{' class=num' if numeric else ''}>{escape(cell)}</td>"


def _figures(cell: Cell) -> bool:
    if isinstance(cell, Html):
        return "num" in cell.text
    return not any(one.isalpha() for one in str(cell))


@cache
def _css() -> str:
    return _CSS.read_text(encoding="utf-8")
