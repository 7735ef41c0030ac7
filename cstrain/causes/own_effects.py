"""What a company's own data say of a cause: the effect test of the cases, on columns one chose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import eq, ge, le
from typing import Any, Final

from cstrain.causes.own_cells import Kind, day_of, is_blank, number_of, shown_cell
from cstrain.causes.own_tables import OwnDataError, OwnTable, counts_of, own_table
from cstrain.causes.own_test import OwnResult, OwnTest, Pick
from cstrain.stats.effects import Effect, Stratum, Verdict, effect, verdict
from cstrain.stats.groups import Group
from cstrain.stats.intervals import Interval

MOST_VALUES: Final = 60  # of a column that makes strata
LISTED_VALUES: Final = 100  # of a column that are offered to choose from
FEW_EVENTS: Final = 5  # on either side: a rule of thumb for an interval of a ratio
_HOLDS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {"is": eq, "from": ge, "upto": le}
_Side = Callable[[str], "bool | None"]


@dataclass(frozen=True)
class OwnEffect:
    """What came out: the effect, its strata by name, what to mind (codes with facts)."""

    test: OwnTest
    found: Effect
    cells: tuple[tuple[str, Stratum], ...]
    notes: tuple[tuple[str, dict[str, int]], ...]

    @property
    def result(self) -> OwnResult:
        """Return what is kept of it with today's date."""
        within = self.found.stratified_ratio
        return OwnResult(
            day=date.today().isoformat(),  # noqa: DTZ011 - the day on the learner's own calendar
            ratio=_kept(within.estimate),
            low=_kept(within.low),
            high=_kept(within.high),
            n=self.found.exposed.n + self.found.unexposed.n,
        )


@dataclass(frozen=True)
class ColumnValues:
    """What is in a column: its kind, its most frequent values, its ends, the blank cells."""

    kind: Kind
    values: tuple[str, ...]
    more: int
    ends: tuple[str, str]
    blank: int


def own_effect(test: OwnTest) -> OwnEffect:
    """Return the effect of a whole test; OwnDataError says why there is none.

    >>> from cstrain.causes.own_tables import close_files, open_text
    >>> rows = ["1,y"] * 30 + ["1,n"] * 70 + ["0,y"] * 10 + ["0,n"] * 90
    >>> _ = open_text("t.csv", "late,bad" + chr(10) + chr(10).join(rows))
    >>> found = own_effect(OwnTest("t.csv", Pick("late", "is", "1"), Pick("bad", "is", "y")))
    >>> round(found.found.ratio.estimate, 3), found.found.verdict
    (3.0, 'supported')
    >>> close_files()
    """
    about = own_table(test.table)
    columns = [test.exposure.column, test.outcome.column, *test.strata]
    if len(set(columns)) < len(columns):
        raise OwnDataError("same_column")
    counts = counts_of(test.table, columns)
    exposed, happened = (_side(one, about) for one in (test.exposure, test.outcome))
    for place, column in enumerate(columns):
        if all(is_blank(cells[place]) for cells in counts):
            raise OwnDataError("column_empty", words=column)
    tables, excluded = _tables(counts, exposed, happened, _levels(test.strata, about))
    cells = tuple((name, _stratum(one)) for name, one in sorted(tables.items()))
    found = effect([one for _, one in cells], excluded=excluded)
    _refuse(found)
    return OwnEffect(test, found, cells, tuple(_notes(found)))


def values_of(name: str, column: str) -> ColumnValues:
    """Return what one can choose from in a column."""
    kind = own_table(name).columns.get(column, "text")
    found: Counter[str] = Counter()
    blank = 0
    for (cell,), number in counts_of(name, [column]).items():
        if is_blank(cell):
            blank += number
        else:
            found[shown_cell(cell)] += number
    listed = [one for one, _ in found.most_common(LISTED_VALUES)]
    ends = _ends(found, kind)
    return ColumnValues(kind, tuple(listed), len(found) - len(listed), ends, blank)


def verdict_of(result: OwnResult) -> Verdict:
    """Return the verdict that a kept result means.

    >>> verdict_of(OwnResult("2025-11-01", 3.0, 1.5, 5.8, 200))
    'supported'
    """
    return verdict(Interval(result.ratio, result.low, result.high))


def _ends(found: Counter[str], kind: Kind) -> tuple[str, str]:
    read: Callable[[str], Any] = {"number": number_of, "time": day_of}.get(kind, lambda _: None)
    known = [(value, one) for one in found if (value := read(one)) is not None]
    if not known:
        return ("", "")
    first, last = (chosen(known, key=lambda pair: pair[0])[1] for chosen in (min, max))
    return first, last


def _side(pick: Pick, about: OwnTable) -> _Side:
    """Return what sorts a cell: true, false, or None where nothing is in it."""
    kind = about.columns.get(pick.column, "text")
    if kind == "text" or (kind == "time" and pick.how == "is"):
        wanted = shown_cell(pick.value)
        return lambda cell: None if is_blank(cell) else shown_cell(cell) == wanted
    read, code = (day_of, "no_day") if kind == "time" else (number_of, "no_number")
    return _beyond(pick, read, code)


def _beyond(pick: Pick, read: Callable[[str], Any], code: str) -> _Side:
    bound = read(pick.value)
    if bound is None:
        raise OwnDataError(code, words=pick.value)
    holds = _HOLDS[pick.how]

    def sorted_cell(cell: str) -> bool | None:
        value = read(cell)
        if value is None:
            return None
        return bool(holds(value, bound))

    return sorted_cell


def _levels(strata: Sequence[str], about: OwnTable) -> list[Callable[[str], str | None]]:
    """Return what names the stratum of a cell: its month where it is a time, else the cell."""
    for one in strata:
        if about.columns.get(one) == "time":
            continue
        values = values_of(about.name, one)
        count = len(values.values) + values.more
        if count > MOST_VALUES:
            raise OwnDataError("strata_many", words=one, count=count, most=MOST_VALUES)
    return [_month if about.columns.get(one) == "time" else _level for one in strata]


def _level(cell: str) -> str | None:
    return None if is_blank(cell) else shown_cell(cell)


def _month(cell: str) -> str | None:
    day = day_of(cell)
    return None if day is None else f"{day:%Y-%m}"


def _tables(
    counts: Counter[tuple[str, ...]],
    exposed: _Side,
    happened: _Side,
    levels: Sequence[Callable[[str], str | None]],
) -> tuple[dict[str, Counter[tuple[bool, bool]]], int]:
    tables: dict[str, Counter[tuple[bool, bool]]] = {}
    excluded = 0
    for (first, second, *rest), number in counts.items():
        side, event = exposed(first), happened(second)
        place = [level(cell) for level, cell in zip(levels, rest, strict=True)]
        known = [one for one in place if one is not None]
        if side is None or event is None or len(known) < len(place):
            excluded += number
        else:
            tables.setdefault(" · ".join(known), Counter())[side, event] += number
    return tables, excluded


def _stratum(found: Counter[tuple[bool, bool]]) -> Stratum:
    sides = (
        Group(found[side, True], found[side, True] + found[side, False]) for side in (True, False)
    )
    return Stratum(*sides)


def _refuse(found: Effect) -> None:
    """Say why nothing can be compared, where that is so."""
    exposed, unexposed = found.exposed, found.unexposed
    events = exposed.events + unexposed.events
    if not exposed.n and not unexposed.n:
        raise OwnDataError("no_rows", count=found.excluded)
    if not exposed.n:
        raise OwnDataError("none_exposed", count=unexposed.n)
    if not unexposed.n:
        raise OwnDataError("all_exposed", count=exposed.n)
    if not events:
        raise OwnDataError("never_happens", count=exposed.n + unexposed.n)
    if events == exposed.n + unexposed.n:
        raise OwnDataError("always_happens", count=events)
    if not found.strata_used:
        raise OwnDataError("strata_one_sided", count=found.strata_skipped)


def _notes(found: Effect) -> list[tuple[str, dict[str, int]]]:
    notes: list[tuple[str, dict[str, int]]] = []
    if found.excluded:
        notes.append(("excluded", {"count": found.excluded}))
    if found.strata_skipped:
        facts = {"used": found.strata_used, "skipped": found.strata_skipped}
        notes.append(("strata_skipped", facts))
    if min(found.exposed.events, found.unexposed.events) < FEW_EVENTS:
        facts = {"first": found.exposed.events, "second": found.unexposed.events}
        notes.append(("few_events", facts))
    return notes


def _kept(one: float | None) -> float | None:
    return None if one is None else round(one, 6)
