"""What the indexes say about the tables: titles, columns with types and units, where used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from cstrain.datasets.places import shelves
from cstrain.errors import UnknownNameError
from cstrain.language import Text
from cstrain.library.toml_file import read_toml
from cstrain.table_reader import TableReader

KINDS: Final = ("text", "int", "float", "bool", "date", "time")


@dataclass(frozen=True)
class Column:
    """A column: its type, its unit (a code, empty for none), what it means.

    `empty` says what an empty cell is: "never" there is none, "missing" the value is unknown or
    there is none, "blank" it is a text without characters.
    """

    name: str
    kind: str
    unit: str
    empty: str
    meaning: Text


@dataclass(frozen=True)
class Table:
    """A table: its file and card, what is in it, the recipe that makes it, where it is used.

    Hidden tables test what learners write; they load, but are not listed.
    """

    name: str
    title: Text
    file: Path
    rows: int
    columns: tuple[Column, ...]
    lessons: tuple[str, ...]
    recipe: str
    hidden: bool


def dataset_names(*, hidden: bool = False) -> tuple[str, ...]:
    """Return the names of all tables, the hidden ones only when asked."""
    found = [one for shelf in shelves() for one in _tables(shelf).values()]
    return tuple(one.name for one in found if hidden or not one.hidden)


def table(name: str) -> Table:
    """Return what is known of a table; an unknown name is answered with the nearest."""
    shelf, _, own = str(name).rpartition(".")
    known = _tables(shelf) if shelf in shelves() else {}
    if own not in known:
        raise UnknownNameError("table", name, dataset_names())
    return known[own]


def case_title(case: str) -> Text | None:
    """Return the title of a case's tables, None for the small ones."""
    return _reader(shelves()[case]).optional_text("title")


def forget() -> None:
    """Read the indexes anew when they are next asked for: a table has come or gone."""
    _tables_in.cache_clear()
    _reader.cache_clear()


def _tables(shelf: str) -> Mapping[str, Table]:
    return _tables_in(shelf, shelves()[shelf])


@cache
def _tables_in(shelf: str, where: Path) -> Mapping[str, Table]:
    index = _reader(where)
    recipe = index.string("recipe", "none")
    tables = index.child("tables")
    prefix = f"{shelf}." if shelf else ""
    found: dict[str, Table] = {}
    for own in tables.raw:
        about = tables.child(own)
        columns = _columns_of(about, found)
        found[own] = _table(about, prefix + own, where / f"{own}.csv", columns, recipe)
    return found


@cache
def _reader(where: Path) -> TableReader:
    return TableReader(f"datasets/{where.name}/index.toml", read_toml(where / "index.toml"))


def _columns_of(about: TableReader, known: Mapping[str, Table]) -> tuple[Column, ...]:
    """Return the columns of a table, or those of the earlier table that it is like."""
    if about.has("like"):
        return known[about.one_of("like", tuple(known))].columns
    columns = about.child("columns")
    return tuple(one for key in columns.raw for one in _columns(columns.child(key), key))


def _table(
    about: TableReader, name: str, file: Path, columns: tuple[Column, ...], recipe: str
) -> Table:
    made = Table(
        name=name,
        title=about.text("title"),
        file=file,
        rows=about.whole("rows"),
        columns=columns,
        lessons=about.strings("lessons"),
        recipe=about.string("recipe", recipe),
        hidden=about.flag("hidden", default=False),
    )
    about.finish()
    return made


def _columns(about: TableReader, names: str) -> Iterator[Column]:
    """Yield the columns that share an entry; their names stand in its key."""
    kind = about.one_of("type", KINDS)
    unit = about.string("unit") if about.has("unit") else ""
    empty = about.one_of("empty", ("missing", "blank")) if about.has("empty") else "never"
    meaning = Text(zh=about.string("zh"), en=about.string("en"))
    about.finish()
    for name in names.split():
        yield Column(name, kind, unit, empty, meaning)
