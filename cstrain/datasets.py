"""The shipped tables: rows by the standard library, or a pandas frame."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cstrain.errors import ContentError, UnknownNameError
from cstrain.library.toml_file import read_toml
from cstrain.table_reader import TableReader

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]

_PACKAGE: Final = Path(__file__).resolve().parent


@cache
def folder() -> Path:
    """Return the folder of the tables: inside an installed package, beside it in a checkout."""
    installed = _PACKAGE / "_datasets"
    return installed if installed.is_dir() else _PACKAGE.parent / "datasets"


@cache
def names() -> tuple[str, ...]:
    """Return the names of all tables."""
    return tuple(sorted(_index().raw))


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table as the file has them: every cell is text, empty ones too.

    >>> len(rows("goal_tree"))
    18
    """
    with _path(name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def load_dataset(name: str) -> pd.DataFrame:
    """Return a table as a pandas frame: empty text stays "", columns named as dates are dates.

    An unknown name is answered with the nearest one.
    """
    import pandas as pd  # noqa: PLC0415 - pandas is loaded only when a table is asked for

    about = _index().child(name) if name in names() else None
    dates = list(about.strings("dates")) if about and about.has("dates") else []
    return pd.read_csv(_path(name), keep_default_na=False, parse_dates=dates)


def _path(name: str) -> Path:
    if name not in names():
        raise UnknownNameError("table", name, names())
    path = folder() / f"{name}.csv"
    if not path.is_file():
        raise ContentError("datasets/index.toml", name, found="nothing", allowed=f"file {path}")
    return path


@cache
def _index() -> TableReader:
    return TableReader("datasets/index.toml", read_toml(folder() / "index.toml"))
