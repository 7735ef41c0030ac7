"""A table of weekday by hour: when the work comes, or how a value goes through the week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from cstrain.charts.canvas import SMALL, blank, name_marks, picture, sheet
from cstrain.charts.errors import ChartError
from cstrain.charts.labels import absent
from cstrain.charts.measure import Measure, Speech, number, speech
from cstrain.charts.picture import Picture
from cstrain.charts.readings import Columns, rows_of, value_of
from cstrain.charts.style import look
from cstrain.language import Text

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PALE: Final = (0.96, 0.97, 0.98)
_FULL: Final = (0.20, 0.13, 0.53)  # INDIGO
Cells = Mapping[tuple[int, int], float]  # (hour, weekday from Monday = 0)


def week_table(
    times: Any, columns: Columns = None, *, about: str | Text | Measure = "", language: str
) -> Picture:
    """Return a table of weekday by hour, the darker the more, each cell with its number.

    `times` are date-times (or ISO texts): how many fall into each cell. Pairs of time and value,
    or a frame with two `columns`, give the mean value of each cell.

    >>> calls = ["2025-11-03 09:10", "2025-11-03 09:40", "2025-11-04 14:00"]
    >>> week_table(calls, about="Calls", language="en")
    Calls: times: 3; most on Mon at 9:00: 2; least, where there are any, on Tue at 14:00: 1.
    """
    say = speech(about, language)
    listed, means = _read(times, columns)
    if not listed:
        return blank(say, "week_table")
    cells = _cells(listed, means=means)
    with look():
        hours = range(min(hour for hour, _ in cells), max(hour for hour, _ in cells) + 1)
        drawn, axes = sheet(0.8 + 0.29 * len(hours), say)
        _draw(axes, cells, hours, say)
        return picture(drawn, _alt(cells, len(listed), say, means=means))


def _read(times: Any, columns: Columns) -> tuple[list[tuple[datetime, float]], bool]:
    """Return times with values, and whether there are values: without them each counts 1."""
    if columns is not None and len(columns) == 1:
        times, columns = list(times[columns[0]]), None
    rows = rows_of("times", times, columns, 2)
    means = not all(row[0] == place for place, row in enumerate(rows, start=1))
    found = []
    for index, (first, second) in enumerate(rows):
        time = _time(f"times[{index}]", first if means else second)
        value = value_of(f"times[{index}], value", second) if means else 1.0
        if time is not None and value is not None:
            found.append((time, value))
    return found, means


def _time(place: str, found: Any) -> datetime | None:
    if absent(found):
        return None
    if isinstance(found, str):
        try:
            return datetime.fromisoformat(found.strip())
        except ValueError:
            pass
    elif isinstance(found, datetime):
        return found
    elif isinstance(found, date):
        return datetime(found.year, found.month, found.day)  # noqa: DTZ001 - local, as it came
    raise ChartError(place, found=repr(found), allowed="a time such as 2025-11-03 09:10")


def _cells(
    listed: Sequence[tuple[datetime, float]], *, means: bool
) -> dict[tuple[int, int], float]:
    sums: dict[tuple[int, int], float] = {}
    sizes: dict[tuple[int, int], int] = {}
    for time, value in listed:
        cell = (time.hour, time.weekday())
        sums[cell] = sums.get(cell, 0.0) + value
        sizes[cell] = sizes.get(cell, 0) + 1
    return {cell: one / sizes[cell] if means else one for cell, one in sorted(sums.items())}


def _draw(axes: Any, cells: Cells, hours: range, say: Speech) -> None:
    least, most = min(cells.values()), max(cells.values())
    for (hour, day), value in cells.items():
        share = (value - least) / (most - least) if most > least else 1.0
        paint = [pale + (full - pale) * share for pale, full in zip(_PALE, _FULL, strict=True)]
        axes.barh(hour, 1, left=day - 0.5, height=1, color=paint, edgecolor="white")
        ink = "white" if share > 0.63 else "black"  # either has a contrast of at least 4.4 : 1
        told = say.tick(value)
        axes.text(day, hour, told, ha="center", va="center", fontsize=SMALL, color=ink)
    name_marks(axes.xaxis, range(7), [say.word(f"day_{one}") for one in _DAYS])
    name_marks(axes.yaxis, list(hours), [say.word("hour", hour=one) for one in hours])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set(xlim=(-0.5, 6.5), ylim=(hours[-1] + 0.5, hours[0] - 0.5))


def _alt(cells: Cells, times: int, say: Speech, *, means: bool) -> str:
    highest = max(cells, key=lambda one: cells[one])
    lowest = min(cells, key=lambda one: cells[one])
    kind = "mean" if means else "count"
    told = [say.word("times", count=number(times))]
    for key, (hour, day) in (("most", highest), ("least", lowest)):
        facts = {"day": say.word(f"day_{_DAYS[day]}"), "hour": hour}
        told.append(say.word(f"{key}_{kind}", value=say.value(cells[hour, day]), **facts))
    return say.alt("week_table", told)
