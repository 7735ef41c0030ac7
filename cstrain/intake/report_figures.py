"""The figures of a report: a KPI over the months, shares by group with their intervals."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from cstrain.charts.over_time import run_chart
from cstrain.charts.picture import Picture
from cstrain.charts.shares import intervals
from cstrain.charts.style import look
from cstrain.intake.report import Computed, Report
from cstrain.intake.said import Said

_MONTHS: Final = 3  # fewer are no course over time
_RUNS: Final = 8
_SHARES: Final = 6
_ORDER: Final = ("team", "channel", "agent_id", "issue", "product")


@dataclass(frozen=True)
class Figure:
    """A picture as the address of its data, and its words."""

    source: str
    alt: str
    title: str


def figures(report: Report, said: Said) -> Iterator[Figure]:
    """Yield the figures worth drawing, the shares first."""
    ordered = sorted(report.computed, key=lambda one: not one.counted)
    yield from _over_time(report, said, ordered)
    yield from _by_group(report, said, ordered)


def _over_time(report: Report, said: Said, ordered: list[Computed]) -> Iterator[Figure]:
    drawn = 0
    for one in ordered:
        points = []
        for row in report.months:
            cell = row.cells.get(one.code)
            points.append((row.name, None if cell is None or cell.hidden else cell.value))
        there = [at for at, (_, value) in enumerate(points) if value is not None]
        if len(there) < _MONTHS:
            continue
        points = points[there[0] : there[-1] + 1]
        made = run_chart(points, about=one.code, language=said.language)
        yield _figure(made, f"{said.titled(one)} · {said.word('by_month')}")
        drawn += 1
        if drawn == _RUNS:
            return


def _by_group(report: Report, said: Said, ordered: list[Computed]) -> Iterator[Figure]:
    dimensions = [key for key in _ORDER if key in report.groups][:2]
    drawn = 0
    for one in ordered:
        for key in dimensions:
            rows = [_counts(one, row.name, row.cells.get(one.code)) for row in report.groups[key]]
            known = [(said.group(name), *rest) for row in rows if row for name, *rest in [row]]
            if not one.counted or len(known) < 2 or drawn == _SHARES:
                continue
            made = intervals(known, about=one.code, language=said.language)
            by = said.word("by_group", field=said.field(key))
            yield _figure(made, f"{said.titled(one)} · {by}")
            drawn += 1


def _counts(one: Computed, name: str | None, cell: Any) -> tuple[str | None, int, int] | None:
    if cell is None or cell.hidden or cell.value is None or not cell.n:
        return None
    return name, round(cell.value * cell.n / one.definition.scale), int(cell.n)


def _figure(made: Picture, title: str) -> Figure:
    raw = io.BytesIO()
    with look():
        made.figure.savefig(raw, format="png", metadata={"Software": None})
    data = base64.b64encode(raw.getvalue()).decode("ascii")
    return Figure(f"data:image/png;base64,{data}", made.alt, title)
