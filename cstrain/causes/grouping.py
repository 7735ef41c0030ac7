"""Entries of several learners into groups that say the same; what one learner holds apart stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from cstrain.causes.likeness import SAME, pairs, plain

Item = TypeVar("Item")
# How well an entry fits into a group that says the same: the more the better, None not at all.
Fit = Callable[["Group[Item]", "Written[Item]", "int | None"], "int | None"]


@dataclass(frozen=True)
class Written(Generic[Item]):
    """An entry: whose it is, its place in her list, what it hangs on, where it stands.

    Entries are grouped level by level; what an entry hangs on lies on an earlier one.
    """

    level: int
    learner: int
    place: int
    id: str
    parent: str
    text: str
    bone: str
    item: Item

    @property
    def order(self) -> tuple[int, int]:
        """Where it comes among the entries of all."""
        return self.learner, self.place

    @property
    def turn(self) -> tuple[int, int, int]:
        """When it is grouped."""
        return self.level, self.learner, self.place


@dataclass(frozen=True)
class Group(Generic[Item]):
    """Entries that say the same; `under` is the number of the group that the first hangs on."""

    members: list[Written[Item]]
    under: int | None

    @property
    def first(self) -> Written[Item]:
        """The entry whose wording and place the group keeps."""
        return self.members[0]

    @property
    def in_order(self) -> list[Written[Item]]:
        """The members in the order of learners."""
        return sorted(self.members, key=lambda one: one.order)


def grouped(entries: Iterable[Written[Item]], fit: Fit[Item]) -> list[Group[Item]]:
    """Return the groups, each behind the one it hangs under.

    Of one learner's entries those that fit best choose first, and no two come into one group.
    """
    groups: list[Group[Item]] = []
    group_of: dict[tuple[int, str], int] = {}
    index: dict[str, list[int]] = {}
    ordered = sorted(entries, key=lambda one: one.turn)
    for _turn, batch in groupby(ordered, key=lambda one: one.turn[:2]):
        mine = list(batch)
        unders = [group_of.get((one.learner, one.parent)) for one in mine]
        ranked = [
            (-rank, -likeness, number, place)
            for place, one in enumerate(mine)
            for number, likeness in _alike(one, groups, index)
            if (rank := fit(groups[number], one, unders[place])) is not None
        ]
        placed: dict[int, int] = {}
        for _rank, _likeness, number, place in sorted(ranked):
            if place not in placed and number not in placed.values():
                placed[place] = number
                groups[number].members.append(mine[place])
        for place, one in enumerate(mine):
            if place not in placed:
                placed[place] = len(groups)
                groups.append(Group([one], unders[place]))
                for gram in _grams(one.text):
                    index.setdefault(gram, []).append(placed[place])
            group_of[one.learner, one.id] = placed[place]
    return groups


def _alike(
    one: Written[Item], groups: list[Group[Item]], index: dict[str, list[int]]
) -> list[tuple[int, float]]:
    """Return the groups that say the same without an entry of this learner, and the likeness."""
    grams = _grams(one.text)
    common = Counter(number for gram in grams for number in index.get(gram, ()))
    found = []
    for number, count in common.items():
        likeness = 2 * count / (len(grams) + len(_grams(groups[number].first.text)))
        apart = all(member.learner != one.learner for member in groups[number].members)
        if likeness >= SAME and apart:
            found.append((number, likeness))
    return found


def _grams(text: str) -> frozenset[str]:
    """Return what `dice` compares; a text of a single character is like itself only."""
    return pairs(text) or frozenset(filter(None, [plain(text)]))
