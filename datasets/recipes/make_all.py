"""Makes every table of the project anew, or says which files differ from what the recipes make.

`python datasets/recipes/make_all.py` writes all of them; `--check` writes nothing and ends with
status 1 when a file differs; `--only small` leaves out the tables of the cases.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import appraisal
import audit
import case_a
import case_b
import case_c
import dirty_tickets
import effect_cells
import evidence
import goals
import micro_tables
import organisation
import people
import teams
from recipe import DATASETS, BrokenPromiseError, Recipe, build
from small import SmallRecipe

from cstrain.errors import CstrainError

CASES: Final = (case_a.RECIPE, case_b.RECIPE, case_c.RECIPE)
# Those that read the tables of the cases come after them.
SMALL: Final = (
    micro_tables.RECIPE,
    dirty_tickets.RECIPE,
    organisation.RECIPE,
    audit.RECIPE,
    people.RECIPE,
    appraisal.RECIPE,
    teams.RECIPE,
    goals.RECIPE,
    evidence.RECIPE,
    effect_cells.RECIPE,
)


def write_case(recipe: Recipe, to: Path) -> None:
    """Write the tables of a case below a folder."""
    build(recipe, recipe.seed, to / recipe.case)


def write_small(recipe: SmallRecipe, to: Path) -> None:
    """Write some small tables below a folder."""
    recipe.write(to)


def jobs(*, small_only: bool) -> list[tuple[str, Callable[[Path], None]]]:
    """Return what is to be written, in this order, by name."""
    cases = [] if small_only else CASES
    return [
        *((f"case {one.case}", lambda to, one=one: write_case(one, to)) for one in cases),
        *((one.name, lambda to, one=one: write_small(one, to)) for one in SMALL),
    ]


def make(to: Path, *, small_only: bool = False) -> None:
    """Write all tables below a folder; a broken promise stops with one sentence."""
    for name, job in jobs(small_only=small_only):
        try:
            job(to)
        except (BrokenPromiseError, CstrainError) as broken:
            sys.exit(f"{name}: {broken}; its tables were not written")


def differing(made: Path, *, small_only: bool = False) -> list[str]:
    """Return the tables that are not the same bytes in both folders, or only in one of them."""
    shelves = ["small"] if small_only else ["small", *(one.case for one in CASES)]
    names = {
        path.relative_to(home).as_posix()
        for home in (made, DATASETS)
        for shelf in shelves
        for path in (home / shelf).glob("*.csv")
    }
    return sorted(name for name in names if read(made / name) != read(DATASETS / name))


def read(file: Path) -> bytes | None:
    """Return the bytes of a file, nothing when there is none."""
    return file.read_bytes() if file.is_file() else None


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Make all tables anew.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--only", choices=["small"], help="leave out the tables of the cases")
    asked = parser.parse_args(arguments)
    small_only = asked.only == "small"
    if not asked.check:
        make(DATASETS, small_only=small_only)
        return
    with TemporaryDirectory() as folder:
        made = Path(folder)
        make(made, small_only=small_only)
        if names := differing(made, small_only=small_only):
            sys.exit(f"not as the recipes make them: {', '.join(names)}")
    print("every table is as its recipe makes it")


if __name__ == "__main__":
    main()
