"""Where the tables lie: one folder a shelf, each with its index."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Final

CASES: Final = ("A", "B", "C")
MINE: Final = "mine"  # the shelf of the user's own tables
ENVIRONMENT: Final = "CSTRAIN_DATA"
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
    home, own = folder(), own_folder() / MINE
    known = {"": home / "small", **{case: home / case for case in CASES}}
    return {**known, MINE: own} if (own / "index.toml").is_file() else known


def own_folder() -> Path:
    """Return the folder of the user's own tables: named in CSTRAIN_DATA, or the platform's."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return Path(named).expanduser()
    try:
        import platformdirs  # noqa: PLC0415 - not there, and not needed, inside a book page
    except ImportError:
        return folder()
    return platformdirs.user_data_path("cstrain", appauthor=False) / "data"
