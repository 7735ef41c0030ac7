"""Situations that exercises are set in: background, present values, reach, constraints."""

from __future__ import annotations

from functools import cache

from cstrain.errors import UnknownNameError
from cstrain.language import Text
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.table_reader import TableReader
from cstrain.text.situation import Situation


@cache
def situation_names() -> tuple[str, ...]:
    """Return the names of all situations."""
    return tuple(sorted(path.stem for path in (CONTENT / "situations").glob("*.toml")))


@cache
def situation(name: str) -> Situation:
    """Return the situation; an unknown name is answered with the nearest one."""
    return Situation.from_dict(_reader(name).raw)


@cache
def background(name: str) -> Text:
    """Return what the learner reads about the situation."""
    return _reader(name).text("background")


def _reader(name: str) -> TableReader:
    if name not in situation_names():
        raise UnknownNameError("situation", name, situation_names())
    path = CONTENT / "situations" / f"{name}.toml"
    return TableReader(shown_name(path), read_toml(path))
