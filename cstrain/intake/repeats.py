"""Rows that are there twice: equal rows, and newer rows of the same record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from cstrain.intake.raw_table import RawTable

_RECORDS: Final = 0.05  # more repeated numbers than this: the numbers are none of records
_FEW: Final = 20


def equal_rows(table: RawTable, numbers: Sequence[Any] | None) -> list[int]:
    """Return the places of rows that are equal to an earlier one in all columns.

    Rows with different record numbers differ, so with `numbers` few rows have to be compared.
    """
    if numbers is None:
        places: Sequence[int] = range(len(table.rows))
    else:
        groups = _repeated(numbers, lambda _: True).values()
        blank = [at for at, number in enumerate(numbers) if number is None]
        places = sorted([*(at for listed in groups for at in listed), *blank])
    if len(places) < len(table.rows):
        return _equal(table, places)
    # Equal hashes may be chance: the rows themselves decide.
    hashes: dict[int, int] = {}
    again: set[int] = set()
    for at, found in enumerate(map(hash, zip(*table.columns, strict=True))):
        first = hashes.setdefault(found, at)
        if first != at:
            again |= {first, at}
    return _equal(table, sorted(again))


def same_numbers(
    numbers: Sequence[Any], gone: Sequence[Any], newest: Callable[[int], Any]
) -> tuple[list[int], list[int]]:
    """Return the older rows of records that are there more than once, and rows only to tell.

    Where many numbers repeat they are none of records (each contact of a ticket has a row, say):
    then nothing is older, the repeats are only told.
    """
    groups = _repeated(numbers, lambda at: gone[at] is None)
    again = sorted(at for places in groups.values() for at in places[1:])
    if len(again) > max(_FEW, _RECORDS * len(numbers)):
        return [], again
    older = []
    for places in groups.values():
        best = max(places, key=lambda at: (newest(at), at))
        older += [at for at in places if at != best]
    return sorted(older), []


def _repeated(numbers: Sequence[Any], counts: Callable[[int], bool]) -> dict[Any, list[int]]:
    """Return the places of every number that is there more than once; None is no number."""
    first: dict[Any, int] = {}
    groups: dict[Any, list[int]] = {}
    for at, number in enumerate(numbers):
        if number is not None and first.setdefault(number, at) != at:
            groups.setdefault(number, [first[number]]).append(at)
    counted = {number: list(filter(counts, places)) for number, places in groups.items()}
    return {number: places for number, places in counted.items() if len(places) > 1}


def _equal(table: RawTable, places: Sequence[int]) -> list[int]:
    firsts: dict[tuple[Any, ...], int] = {}
    found = []
    for at in places:
        cells = tuple(column[at] for column in table.columns)
        if firsts.setdefault(cells, at) != at:
            found.append(at)
    return found
