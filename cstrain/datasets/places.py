"""Where the tables lie: one folder a shelf, each with its index."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

CASES: Final = ("A", "B", "C")
_PACKAGE: Final = Path(__file__).resolve().parent.parent


@cache
def folder() -> Path:
    """Return the folder of the tables: inside an installed package, beside it in a checkout."""
    installed = _PACKAGE / "_datasets"
    return installed if installed.is_dir() else _PACKAGE.parent / "datasets"


def shelves() -> dict[str, Path]:
    """Return the folders by what stands before the dot of a table's name; "" for none.

    A folder of other tables with an `index.toml` of the same form is one more line here.
    """
    home = folder()
    return {"": home / "small", **{case: home / case for case in CASES}}
