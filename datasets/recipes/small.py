"""What the recipes of the small tables share: checked, then written to `datasets/small`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from recipe import DATASETS, BrokenPromiseError, Tables, write


@dataclass(frozen=True)
class SmallRecipe:
    """Some small tables: how they are made, what must hold of them, decimals of float columns."""

    name: str
    make: Callable[[], Tables]
    check: Callable[[Tables], None]
    decimals: Mapping[str, int] = field(default_factory=dict)

    def write(self, to: Path) -> None:
        """Make the tables, check every promise, and only then write them below a folder."""
        tables = self.make()
        self.check(tables)
        write(tables, to / "small", self.decimals)


def run(recipe: SmallRecipe, arguments: Sequence[str] | None = None) -> None:
    """Run the command line of a recipe; a broken promise stops it with one sentence."""
    parser = argparse.ArgumentParser(description=f"Make the small tables of {recipe.name}.")
    parser.add_argument(
        "--to", type=Path, default=DATASETS, metavar="DIR", help="instead of datasets"
    )
    asked = parser.parse_args(arguments)
    try:
        recipe.write(asked.to)
    except BrokenPromiseError as broken:
        sys.exit(f"{recipe.name}: {broken}; nothing was written")
    print(f"wrote {recipe.name} to {asked.to / 'small'}")
