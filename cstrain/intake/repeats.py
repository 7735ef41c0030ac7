"""Rows that are there twice: equal rows, and newer rows of the same record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cstrain.intake.raw_table import RawTable

_RECORDS: Final = 0.05  # more repeated numbers than this: the numbers are none of records
_FEW: Final = 20


@dataclass
class Repeats:
    """Places of rows: left out as equal or as older, or only told."""

    equal: list[int] = field(default_factory=list)
    older: list[int] = field(default_factory=list)
    equal_told: list[int] = field(default_factory=list)
    number_again: list[int] = field(default_factory=list)


def find_repeats(
    table: RawTable,
    numbers: Sequence[Any] | None,
    newest: Sequence[Any] | None,
    clocked: Sequence[bool] | None,
) -> Repeats:
    """Return the rows that repeat others.

    numbers  the record number of each row, None where it is missing
    newest   the latest time of each row, by which the newer of two is known
    clocked  which rows have a time of day; without it and without a number two customers may
             well have given equal answers, so equal rows are only told
    """
    found = Repeats()
    for at in _equal(table):
        numbered = numbers is not None and numbers[at] is not None
        if numbered or (clocked is not None and clocked[at]):
            found.equal.append(at)
        else:
            found.equal_told.append(at)
    if numbers is not None:
        _same_numbers(found, numbers, newest)
    return found


def _equal(table: RawTable) -> list[int]:
    """Return the places of rows that are equal to an earlier one in all columns."""
    import pandas as pd  # type: ignore[import-untyped] # noqa: PLC0415 - only data need it

    hashes = pd.Series(list(map(hash, zip(*table.columns, strict=True))))
    again = hashes[hashes.duplicated(keep=False)]
    firsts: dict[tuple[Any, ...], int] = {}
    found = []
    for at in again.index:  # equal hashes may be chance: the rows themselves decide
        cells = tuple(column[at] for column in table.columns)
        if firsts.setdefault(cells, at) != at:
            found.append(int(at))
    return found


def _same_numbers(found: Repeats, numbers: Sequence[Any], newest: Sequence[Any] | None) -> None:
    """Sort out rows with the same number: the newest stays, if they are versions of a record."""
    gone = set(found.equal)
    first: dict[Any, int] = {}
    groups: dict[Any, list[int]] = {}
    for at, number in enumerate(numbers):
        if number is None or at in gone:
            continue
        if number in first:
            groups.setdefault(number, [first[number]]).append(at)
        else:
            first[number] = at
    repeated = sum(len(places) - 1 for places in groups.values())
    if repeated > max(_FEW, _RECORDS * len(numbers)):
        found.number_again = sorted(at for places in groups.values() for at in places[1:])
        return
    for places in groups.values():
        best = max(places, key=lambda at: (_time(newest, at), at))
        found.older += [at for at in places if at != best]
    found.older.sort()


def _time(newest: Sequence[Any] | None, at: int) -> Any:
    if newest is None or newest[at] is None:
        return 0
    return newest[at]
