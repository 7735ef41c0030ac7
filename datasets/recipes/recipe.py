"""What the recipes of the case companies share: rows to files, promises, the command line."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

DATASETS = Path(__file__).resolve().parent.parent
# Rows are dataclasses: a table's columns are the fields of its rows.
Tables = Mapping[str, Sequence[Any]]


class BrokenPromiseError(Exception):
    """A planted truth that the generated rows do not show."""


def require(good: object, what: str) -> None:
    """Stop when a promise does not hold."""
    if not good:
        raise BrokenPromiseError(what)


def within(value: float | None, low: float, high: float, what: str) -> None:
    """Stop unless the value lies from low to high."""
    inside = value is not None and low <= value <= high
    require(inside, f"{what} is {value}, promised {low} to {high}")


@dataclass(frozen=True)
class Recipe:
    """A case: its folder, how to make and check its tables, its keys, the two chosen seeds."""

    case: str
    make: Callable[[int], Tables]
    check: Callable[[Tables], None]
    keys: Callable[[Tables], Mapping[str, object]]
    seed: int
    variant_seed: int
    decimals: Mapping[str, int] = field(default_factory=dict)  # of float columns, else 2


def cell(value: object, decimals: int = 2) -> str:
    """Return a value as it stands in a file: true/false, ISO times, fixed decimals, empty."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.{decimals}f}"
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
    return str(value)


def write(tables: Tables, to: Path, decimals: Mapping[str, int]) -> None:
    """Write each table as UTF-8 with plain line ends, on every system alike."""
    to.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = [one.name for one in fields(rows[0])]
        places = [decimals.get(column, 2) for column in columns]
        with (to / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(columns)
            for row in rows:
                values = (getattr(row, column) for column in columns)
                out.writerow(map(cell, values, places))


def build(recipe: Recipe, seed: int, to: Path) -> Tables:
    """Make the tables, check every promise, and only then write them."""
    tables = recipe.make(seed)
    recipe.check(tables)
    write(tables, to, recipe.decimals)
    return tables


def search(recipe: Recipe, seeds: Iterable[int]) -> list[int]:
    """Print seed by seed whether every promise holds; return those that pass."""
    good = []
    for seed in seeds:
        try:
            recipe.check(recipe.make(seed))
        except BrokenPromiseError as broken:
            print(f"seed {seed}: {broken}")
        else:
            print(f"seed {seed}: passes")
            good.append(seed)
    return good


def run(recipe: Recipe, arguments: Sequence[str] | None = None) -> None:
    """Run the command line of a recipe; a broken promise stops it with one sentence."""
    parser = argparse.ArgumentParser(description=f"Make the tables of case {recipe.case}.")
    parser.add_argument("--variant", type=int, metavar="SEED", help="make the assessment variant")
    parser.add_argument("--to", type=Path, metavar="DIR", help="folder to write to")
    parser.add_argument("--search", type=int, metavar="N", help="try the seeds 1 to N")
    parser.add_argument("--keys", action="store_true", help="print the keys, write nothing")
    asked = parser.parse_args(arguments)
    seed = recipe.seed if asked.variant is None else asked.variant
    usual = DATASETS if asked.variant is None else DATASETS.parent / "build" / "variant"
    to = asked.to or usual / recipe.case
    if asked.search:
        print("pass:", search(recipe, range(1, asked.search + 1)))
    elif asked.keys:
        print(json.dumps(recipe.keys(recipe.make(seed)), indent=2, default=str))
    else:
        _build_or_stop(recipe, seed, to)


def _build_or_stop(recipe: Recipe, seed: int, to: Path) -> None:
    try:
        tables = build(recipe, seed, to)
    except BrokenPromiseError as broken:
        sys.exit(f"case {recipe.case}, seed {seed}: {broken}; nothing was written")
    print(f"wrote {', '.join(tables)} to {to}")
