"""`compare`: the effect test on the rows of a table, plain rows or any frame alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from numbers import Real
from typing import Any, Final, TypeAlias

from cstrain.errors import UnknownNameError
from cstrain.stats.arguments import missing
from cstrain.stats.effects import Effect, Stratum, effect
from cstrain.stats.errors import StatsError
from cstrain.stats.groups import Group

# A column of flags, a column with the one value that counts, or a function of a row.
Selector: TypeAlias = "str | tuple[str, Any] | Callable[[Any], Any]"
# How often a combination of cells occurs: exposure, outcome, stratum ...
Counts: TypeAlias = "Iterable[tuple[tuple[Any, ...], int]]"

_FLAGS: Final = {"true": True, "false": False, "1": True, "0": False}


def compare(
    table: Any,
    exposure: Selector,
    outcome: Selector,
    strata: str | Sequence[Selector] | None = None,
) -> Effect:
    """Return how the risk of an outcome differs between exposed and unexposed rows.

    `table` is a list of rows (dicts) or a frame that Narwhals knows: pandas, Polars, DuckDB,
    PyArrow and others; lazy ones are counted where they are. Exposure and outcome are each the
    name of a column of flags (true, false, 1, 0), a pair (column, value), or a function of a
    row such as `lambda row: row["wait_h"] > 48`; on a frame the same function makes one
    condition of whole columns, so join conditions by & and |. Strata are names of columns, or
    functions. A row in which any of these is missing (None, not a number, blank text) is
    excluded and counted; a function's value is missing when a column it looks at is.

    >>> rows = [{"late": place < 20, "bad": place % 4 == 0, "site": "S1"} for place in range(40)]
    >>> found = compare(rows, "late", "bad", strata="site")
    >>> found.exposed, found.unexposed, found.stratified_ratio.estimate, found.verdict
    (Group(events=5, n=20), Group(events=5, n=20), 1.0, 'untested')
    """
    within = [strata] if isinstance(strata, str) else list(strata or ())
    selectors = [exposure, outcome, *within]
    if isinstance(table, (str, bytes, Mapping)):
        raise _no_table(table)
    if isinstance(table, (list, tuple, Iterator)):
        counts = _counts_of_rows(list(table), selectors)
    else:
        from cstrain.stats.frame_counts import counts_of_frame  # noqa: PLC0415 - needs Narwhals

        columns = [one[0] if isinstance(one, tuple) else one for one in selectors]
        counts = counts_of_frame(table, columns)
    return _effect_of(counts, selectors)


def flag(place: str, value: Any) -> bool | None:
    """Return a cell as true or false, None when it is missing; anything else is an error.

    >>> [flag("late", one) for one in (True, "false", 1, "", None)]
    [True, False, True, None, None]
    """
    if missing(value):
        return None
    if isinstance(value, str):
        found = _FLAGS.get(value.strip().lower())
    else:
        found = bool(value) if value in {0, 1} else None
    if found is None:
        raise StatsError(place, found=repr(value), allowed="true, false, 1, 0 or nothing")
    return found


def _effect_of(counts: Counts, selectors: Sequence[Selector]) -> Effect:
    exposure, outcome, *within = selectors
    cells: dict[tuple[Hashable, ...], Counter[tuple[bool, bool]]] = {}
    excluded = 0
    for (seen, happened, *stratum), count in counts:
        exposed, event = _flag_of(exposure, seen), _flag_of(outcome, happened)
        place = tuple(
            _flag_of(one, cell) if isinstance(one, tuple) else cell
            for one, cell in zip(within, stratum, strict=True)
        )
        if exposed is None or event is None or any(map(missing, place)):
            excluded += count
        else:
            cells.setdefault(place, Counter())[exposed, event] += count
    return effect(map(_stratum, cells.values()), excluded=excluded)


def _stratum(found: Counter[tuple[bool, bool]]) -> Stratum:
    exposed, unexposed = (
        Group(found[side, True], found[side, True] + found[side, False]) for side in (True, False)
    )
    return Stratum(exposed, unexposed)


def _flag_of(selector: Selector, value: Any) -> bool | None:
    if not isinstance(selector, tuple):
        return flag(selector if isinstance(selector, str) else "function", value)
    column, wanted = selector
    if missing(value):
        return None
    if isinstance(wanted, bool):
        return flag(column, value) is wanted
    if _kind(value) != _kind(wanted):
        raise StatsError(column, found=repr(value), allowed=f"{_kind(wanted)}, as {wanted!r}")
    return bool(value == wanted)


def _kind(value: Any) -> str:
    for kind, name in ((str, "text"), (Real, "number"), (date, "date")):
        if isinstance(value, kind):
            return name
    return type(value).__name__


class _Row(Mapping[str, Any]):
    """A row that remembers whether anybody looked at a missing cell."""

    def __init__(self, cells: Mapping[str, Any]) -> None:
        self.cells, self.looked_at_missing = cells, False

    def __getitem__(self, name: str) -> Any:
        value = self.cells[name]
        self.looked_at_missing |= missing(value)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)


def _counts_of_rows(rows: Sequence[Any], selectors: Sequence[Selector]) -> Counts:
    for place, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise StatsError(f"table[{place}]", found=type(row).__name__, allowed="a dict")
    columns = dict.fromkeys(name for row in rows for name in row)
    for one in selectors:
        name = one[0] if isinstance(one, tuple) else one
        if rows and isinstance(name, str) and name not in columns:
            raise UnknownNameError("column", name, columns)
    made = Counter(tuple(_cell(row, one, columns) for one in selectors) for row in rows)
    return made.items()


def _cell(row: Mapping[str, Any], selector: Selector, columns: Mapping[str, Any]) -> Any:
    if isinstance(selector, str):
        return row.get(selector)
    if isinstance(selector, tuple):
        return row.get(selector[0])
    watched = _Row({**columns, **row})
    try:
        value = selector(watched)
    except KeyError as error:
        raise UnknownNameError("column", error.args[0], columns) from error
    except (AttributeError, TypeError, ValueError):  # None > 48, None.strip(), float("")
        if not watched.looked_at_missing:
            raise
        value = None
    return None if watched.looked_at_missing else value


def _no_table(found: Any) -> StatsError:
    return StatsError("table", found=type(found).__name__, allowed="a list of rows, or a frame")
