"""Entries of several learners into groups that say the same; what one learner holds apart stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from cstrain.causes.likeness import SAME, pairs, plain

Item = TypeVar("Item")
# How well an entry fits into a group that says the same: the more the better, None not at all.
Fit = Callable[["Group[Item]", "Written[Item]", "int | None"], "int | None"]


@dataclass(frozen=True)
class Written(Generic[Item]):
    """An entry: whose it is, its place in her list, what it hangs on, where it stands."""

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
    """Return the groups, taking the entries as they come: parents before what hangs on them."""
    groups: list[Group[Item]] = []
    group_of: dict[tuple[int, str], int] = {}
    index: dict[str, list[int]] = {}
    for one in entries:
        under = group_of.get((one.learner, one.parent)) if one.parent else None
        grams = _grams(one.text)
        ranked = []
        for number, likeness in _alike(grams, groups, index):
            group = groups[number]
            rank = fit(group, one, under)
            apart = all(member.learner != one.learner for member in group.members)
            if rank is not None and apart:
                ranked.append((rank, likeness, -number))
        if ranked:
            number = -max(ranked)[2]
            groups[number].members.append(one)
        else:
            number = len(groups)
            groups.append(Group([one], under))
            for gram in grams:
                index.setdefault(gram, []).append(number)
        group_of[one.learner, one.id] = number
    return groups


def _alike(
    grams: frozenset[str], groups: list[Group[Item]], index: dict[str, list[int]]
) -> list[tuple[int, float]]:
    """Return the groups whose wording is the same, with the likeness."""
    common = Counter(number for gram in grams for number in index.get(gram, ()))
    found = []
    for number, count in common.items():
        likeness = 2 * count / (len(grams) + len(_grams(groups[number].first.text)))
        if likeness >= SAME:
            found.append((number, likeness))
    return found


def _grams(text: str) -> frozenset[str]:
    """Return what `dice` compares; a text of a single character is like itself only."""
    return pairs(text) or frozenset(filter(None, [plain(text)]))
