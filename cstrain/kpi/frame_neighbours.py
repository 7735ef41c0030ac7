"""The next or previous time with the same keys, as a column of a frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import narwhals as nw

from cstrain.kpi.frame_columns import Frame


@dataclass(frozen=True)
class Wanted:
    """A column to be made: its name, and the columns it is made from."""

    name: str
    later: bool
    keys: Sequence[str]
    time: str


def with_neighbours(frame: Frame, wanted: Sequence[Wanted]) -> Frame:
    """Return the frame with the wanted columns.

    A row whose keys or time are missing has no neighbour and is nobody's. Rows at the same time
    are not each other's neighbours.
    """
    if not wanted:
        return frame
    if frame.implementation.is_duckdb():
        frame = _by_duckdb(frame, wanted)
    else:
        for one in wanted:
            frame = _by_narwhals(frame, one)
    whole = {
        one.name: [~nw.col(name).is_null() for name in (*one.keys, one.time)] for one in wanted
    }
    return frame.with_columns(
        **{name: nw.when(*conditions).then(nw.col(name)) for name, conditions in whole.items()}
    )


def _by_duckdb(frame: Frame, wanted: Sequence[Wanted]) -> Frame:
    """Return the columns by one sort: only SQL can say "without the rows at the same time"."""
    made = ", ".join(f"{_WINDOWS[one.later].format(**_quoted(one))}" for one in wanted)
    relation = cast("Any", frame.to_native()).project(f"*, {made}")
    return cast("Frame", nw.from_native(relation))


_WINDOWS: Mapping[bool, str] = {
    True: (
        "first_value({time}) over (partition by {keys} order by {time}"
        " rows between current row and unbounded following exclude group) as {name}"
    ),
    False: (
        "last_value({time}) over (partition by {keys} order by {time}"
        " rows between unbounded preceding and current row exclude group) as {name}"
    ),
}


def _quoted(one: Wanted) -> dict[str, str]:
    keys = ", ".join(f'"{name}"' for name in one.keys)
    return {"name": f'"{one.name}"', "time": f'"{one.time}"', "keys": keys}


def _by_narwhals(frame: Frame, one: Wanted) -> Frame:
    """Return the column by a sort and a grouping: the row beside has it, or one at the same time.

    The order among rows at the same time is left open: exactly one of them stands beside a row
    of another time, whichever that is, and tells the others.
    """
    time, made = nw.col(one.time), nw.col(one.name)
    beside = time.shift(-1 if one.later else 1).over(*one.keys, order_by=[one.time])
    strictly = made > time if one.later else made < time
    return (
        frame.with_columns(beside.alias(one.name))
        .with_columns(nw.when(strictly).then(made).alias(one.name))
        .with_columns(made.max().over(*one.keys, one.time).alias(one.name))
    )
