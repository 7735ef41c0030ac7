"""Entries that name their parent: children, paths, levels, and the mending of broken ones.

Everything walks with a stack of its own, so that no depth is too deep.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final, Protocol, TypeVar

from cstrain.causes.errors import CausesError
from cstrain.causes.mends import Mender
from cstrain.errors import UnknownNameError

_ID: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class Entry(Protocol):
    """A record with an id and the id of its parent; "" is the head."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> str:
        """Its id, unique among its kind."""

    @property
    def parent(self) -> str:
        """The id of the entry it hangs on, "" for the head."""


One = TypeVar("One", bound=Entry)


def children_by_parent(entries: Iterable[One]) -> dict[str, list[One]]:
    """Return the entries under each parent, in their order."""
    found: dict[str, list[One]] = {}
    for one in entries:
        found.setdefault(one.parent, []).append(one)
    return found


def in_depth(entries: Iterable[One], start: str = "") -> list[tuple[int, One]]:
    """Return (level, entry) from the head down, each before what hangs on it; level 1 is first."""
    below = children_by_parent(entries)
    waiting = [(1, one) for one in reversed(below.get(start, []))]
    found = []
    while waiting:
        level, one = waiting.pop()
        found.append((level, one))
        waiting.extend((level + 1, child) for child in reversed(below.get(one.id, [])))
    return found


def leaf_paths(entries: Iterable[One]) -> list[tuple[One, ...]]:
    """Return every way from the head to an entry that nothing hangs on."""
    found, way = [], list[One]()
    walked = in_depth(entries)
    for place, (level, one) in enumerate(walked):
        way[level - 1 :] = [one]
        if place + 1 == len(walked) or walked[place + 1][0] <= level:
            found.append(tuple(way))
    return found


def way_to(entries: Iterable[One], key: str) -> tuple[One, ...]:
    """Return the entries from the head down to the one with this id; () for an unknown id."""
    by_id = {one.id: one for one in entries}
    way: list[One] = []
    while key in by_id:
        way.append(by_id.pop(key))  # popped, so that even a circle comes to an end
        key = way[-1].parent
    return tuple(reversed(way))


def subtree(entries: Iterable[One], key: str) -> frozenset[str]:
    """Return the id and the ids of all that hangs on it."""
    return frozenset({key, *(one.id for _level, one in in_depth(entries, key))})


def free_id(letter: str, taken: Iterable[str]) -> str:
    """Return the next id of this letter that is not taken.

    >>> free_id("n", ["n1", "n7"])
    'n8'
    """
    numbers = [
        int(one.removeprefix(letter))
        for one in taken
        if one.startswith(letter) and re.fullmatch("[0-9]{1,9}", one.removeprefix(letter))
    ]
    return f"{letter}{max(numbers, default=0) + 1}"


def check_id(entries: Iterable[Entry], key: str) -> str:
    """Return the id, or raise UnknownNameError naming the known ones."""
    known = [one.id for one in entries]
    if key not in known:
        raise UnknownNameError("id", key, known)
    return key


def changed(entries: Iterable[One], key: str, **changes: Any) -> tuple[One, ...]:
    """Return the entries with one of them changed; its id and place stay."""
    kept = tuple(entries)
    check_id(kept, key)
    fixed = {"id", "parent"} & changes.keys()
    if fixed:
        raise CausesError("changes", found=sorted(fixed), allowed="all but id and parent")
    return tuple(replace(one, **changes) if one.id == key else one for one in kept)


def moved(entries: Sequence[One], key: str, parent: str, before: str = "") -> tuple[One, ...]:
    """Return the entries with one hung on another parent, before a sibling or as the last."""
    one = next(one for one in entries if one.id == check_id(entries, key))
    if parent and check_id(entries, parent) in subtree(entries, key):
        raise CausesError("parent", found=parent, allowed="an entry that does not hang on it")
    rest = [other for other in entries if other.id != key]
    siblings = [other.id for other in rest if other.parent == parent]
    if before and before not in siblings:
        raise UnknownNameError("sibling", before, siblings)
    place = [other.id for other in rest].index(before) if before else len(rest)
    return (*rest[:place], replace(one, parent=parent), *rest[place:])


def sound_ids(
    names: Sequence[str], letter: str, words: Sequence[str], mender: Mender
) -> tuple[str, ...]:
    """Return ids that are plain and all different; the first entry with a name keeps it."""
    taken = {one for one in names if _ID.fullmatch(one)}
    number = int(free_id(letter, taken).removeprefix(letter))
    seen: set[str] = set()
    ids = []
    for name, text in zip(names, words, strict=True):
        if name in taken and name not in seen:
            seen.add(name)
            ids.append(name)
            continue
        mender.note("id_double" if name in seen else "id_new", words=text)
        ids.append(f"{letter}{number}")
        number += 1
    return tuple(ids)


def sound_parents(
    names: Sequence[str], wanted: Sequence[str], words: Sequence[str], mender: Mender
) -> list[int | None]:
    """Return the place of each entry's parent; None hangs on the head. There is no circle."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name, []).append(place)
    parents: list[int | None] = []
    for place, name in enumerate(wanted):
        found = _nearest(places.get(name, []), place) if name else None
        if name and found is None:
            mender.note("parent_missing", words=words[place])
        parents.append(found)
    _cut_circles(parents, words, mender)
    return parents


def _nearest(places: Sequence[int], place: int) -> int | None:
    """Return the last place before this one, else the first behind.

    Of a name given twice (two lists put together) the nearest one is most likely meant.
    """
    at = bisect_left(places, place)
    if at:
        return places[at - 1]
    return places[0] if places else None


def _cut_circles(parents: list[int | None], words: Sequence[str], mender: Mender) -> None:
    done: set[int] = set()
    for start in range(len(parents)):
        way: list[int] = []
        on_way: set[int] = set()
        place: int | None = start
        while place is not None and place not in done and place not in on_way:
            way.append(place)
            on_way.add(place)
            place = parents[place]
        if place is not None and place in on_way:
            first = min(way[way.index(place) :])
            parents[first] = None
            mender.note("cycle", words=words[first])
        done |= on_way
