"""Fishbones of several learners in one: the same causes joined, votes added, nothing left out.

The order in which the learners come makes no difference: the fishbones are put in an order of
their own first. Of one learner's entries none are joined; what she holds apart stays apart.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cstrain.causes.case_test import CauseTest
from cstrain.causes.fishbone import (
    OTHER,
    SCHEMES,
    Category,
    Cause,
    Fishbone,
    Head,
    Measure,
)
from cstrain.causes.forest import free_id, in_depth
from cstrain.causes.grouping import Group, Written, grouped
from cstrain.causes.likeness import plain
from cstrain.causes.mends import Mend, Mender
from cstrain.causes.tree import WhyNode

# Every code a merger can have; each has its sentence in content/messages/rca.toml.
CODES: Final = ("heads_differ", "schemes_differ", "tests_differ", "answers_differ")


@dataclass(frozen=True)
class Joined:
    """Entries that became one: its id, the wording it has, those it does not show any more."""

    kind: str  # "cause", "why" or "measure"
    id: str
    text: str
    others: tuple[str, ...]
    learners: int


@dataclass(frozen=True)
class Merged:
    """The common fishbone, what was joined in it, and what the learners did not agree on."""

    fishbone: Fishbone
    joined: tuple[Joined, ...] = ()
    mends: tuple[Mend, ...] = ()


def merge(fishbones: Iterable[Fishbone]) -> Merged:
    """Return the fishbones of several learners as one.

    >>> from cstrain.causes.fishbone_edits import add_cause, vote
    >>> one = vote(add_cause(Fishbone(), "process", "No check before shipping"), "c1", 2)
    >>> other = vote(add_cause(Fishbone(), "process", "no check before shipping!"), "c1", 3)
    >>> [(cause.text, cause.votes) for cause in merge([one, other]).fishbone.causes]
    [('no check before shipping!', 5)]
    """
    ordered = sorted(fishbones, key=_canonical)
    return _Merger(ordered).merged() if ordered else Merged(Fishbone())


def _canonical(fishbone: Fishbone) -> tuple[int, str]:
    return -len(fishbone.causes), json.dumps(fishbone.as_plain(), sort_keys=True)


class _Merger:
    """One merger: the groups of causes first, everything else by them."""

    def __init__(self, fishbones: Sequence[Fishbone]) -> None:
        self.fishbones = fishbones
        self.mender = Mender()
        self.joined: list[Joined] = []
        self.bones = _Bones(fishbones, self.mender)
        groups = grouped(self._written_causes(), _fits_cause)
        self.groups = groups
        shown = sorted(range(len(groups)), key=lambda number: groups[number].in_order[0].order)
        self.ids = {number: f"c{place}" for place, number in enumerate(shown, start=1)}
        self.id_of = {
            (one.learner, one.id): self.ids[number]
            for number, group in enumerate(groups)
            for one in group.members
        }

    def merged(self) -> Merged:
        """Return the result."""
        bones = self._bones_of_groups()
        causes = [self._cause(number, bones[number]) for number in self.ids]
        fishbone = Fishbone(
            head=_head([one.head for one in self.fishbones], self.mender),
            scheme=self.bones.scheme,
            categories=self.bones.kept({one.category for one in causes}),
            causes=tuple(causes),
            whys=self._whys(),
            measures=self._measures(),
        )
        # Sums and lists of many learners can be longer than a fishbone may hold.
        within, limits = Fishbone.from_plain(fishbone.as_plain())
        return Merged(within, tuple(self.joined), (*self.mender.named(), *limits))

    def _written_causes(self) -> Iterator[Written[Cause]]:
        for learner, fishbone in enumerate(self.fishbones):
            places = {one.id: place for place, one in enumerate(fishbone.causes)}
            used = _used(fishbone)
            for level, one in in_depth(fishbone.causes):
                if one.text.strip() or one.id in used:
                    bone = self.bones.of(fishbone, one.category)
                    place = places[one.id]
                    yield Written(level, learner, place, one.id, one.parent, one.text, bone, one)

    def _bones_of_groups(self) -> list[str]:
        """Return the bone of each group: the one with most votes; below a cause that of the cause.

        A group comes behind the one it hangs on, so one pass is enough.
        """
        found: list[str] = []
        for group in self.groups:
            if group.under is not None:
                found.append(found[group.under])
                continue
            votes, times = Counter[str](), Counter[str]()
            for one in group.members:
                votes[one.bone] += one.item.votes
                times[one.bone] += 1
            ranked = [(-votes[key], -times[key], self.bones.place(key), key) for key in times]
            found.append(min(ranked)[-1])
        return found

    def _cause(self, number: int, bone: str) -> Cause:
        group = self.groups[number]
        items = [one.item for one in group.in_order]
        worded = _best_worded(group)
        text = worded[0].text
        self._note_joined("cause", self.ids[number], text, group)
        return Cause(
            id=self.ids[number],
            category=bone,
            parent="" if group.under is None else self.ids[group.under],
            text=text,
            votes=sum(one.votes for one in items),
            top=any(one.top for one in items),
            evidence=_cards(one.evidence for one in items),
            test=self._test([one.test for one in worded], text),
        )

    def _test(self, tests: Sequence[CauseTest | None], text: str) -> CauseTest | None:
        different = list(dict.fromkeys(one for one in tests if one is not None))
        if len(different) > 1:
            self.mender.note("tests_differ", words=text, count=len(different))
        return different[0] if different else None

    def _whys(self) -> dict[str, tuple[WhyNode, ...]]:
        whys = {}
        for number, key in self.ids.items():
            groups = grouped(self._written_whys(self.groups[number]), _fits_why)
            if groups:
                whys[key] = tuple(self._nodes(groups))
        return whys

    def _written_whys(self, group: Group[Cause]) -> Iterator[Written[WhyNode]]:
        for cause in group.in_order:
            nodes = self.fishbones[cause.learner].whys.get(cause.id, ())
            places = {one.id: place for place, one in enumerate(nodes)}
            for level, one in in_depth(nodes):
                place = places[one.id]
                yield Written(level, cause.learner, place, one.id, one.parent, one.text, "", one)

    def _nodes(self, groups: Sequence[Group[WhyNode]]) -> Iterator[WhyNode]:
        shown = sorted(range(len(groups)), key=lambda number: groups[number].in_order[0].order)
        ids = {number: f"n{place}" for place, number in enumerate(shown, start=1)}
        for number, key in ids.items():
            group = groups[number]
            items = [one.item for one in group.in_order]
            self._note_joined("why", key, group.first.text, group)
            yield WhyNode(
                id=key,
                parent="" if group.under is None else ids[group.under],
                text=group.first.text,
                evidence=_cards(one.evidence for one in items),
                back_test=self._agreed((one.back_test for one in items), group.first.text),
                controllable=self._agreed((one.controllable for one in items), group.first.text),
                own=next((one.own for one in items if one.own), None),
                test=next((one.test for one in items if one.test), None),
            )

    def _agreed(self, answers: Iterable[bool | None], text: str) -> bool | None:
        """Return what all who answered say; where they differ it is open again."""
        given = {one for one in answers if one is not None}
        if len(given) > 1:
            self.mender.note("answers_differ", words=text)
        return given.pop() if len(given) == 1 else None

    def _measures(self) -> tuple[Measure, ...]:
        groups = grouped(self._written_measures(), _fits_measure)
        groups.sort(key=lambda group: group.in_order[0].order)
        return tuple(self._measure(f"m{n}", group) for n, group in enumerate(groups, start=1))

    def _written_measures(self) -> Iterator[Written[Measure]]:
        """Return the measures; those against a cause are grouped first, the others join them."""
        for learner, fishbone in enumerate(self.fishbones):
            for place, one in enumerate(fishbone.measures):
                if one.text.strip() or one.owner.strip() or one.impact or one.effort:
                    against = self.id_of.get((learner, one.cause), "")
                    level = 1 if against else 2
                    yield Written(level, learner, place, one.id, "", one.text, against, one)

    def _measure(self, key: str, group: Group[Measure]) -> Measure:
        items = [one.item for one in group.in_order]
        self._note_joined("measure", key, group.first.text, group)
        return Measure(
            id=key,
            text=group.first.text,
            cause=group.first.bone,
            impact=_middle([one.impact for one in items]),
            effort=_middle([one.effort for one in items]),
            owner=" / ".join(dict.fromkeys(one.owner for one in items if one.owner.strip())),
            chosen=any(one.chosen for one in items),
        )

    def _note_joined(
        self, kind: str, key: str, text: str, group: Group[Cause] | Group[WhyNode] | Group[Measure]
    ) -> None:
        if len(group.members) > 1:
            texts = dict.fromkeys(one.text for one in group.in_order)
            others = tuple(one for one in texts if one != text)
            self.joined.append(Joined(kind, key, text, others, len(group.members)))


class _Bones:
    """The common bones: those without a name by their id, the learners' own by their name."""

    def __init__(self, fishbones: Sequence[Fishbone], mender: Mender) -> None:
        used = Counter(one.scheme for one in fishbones)
        order = list(SCHEMES)
        self.scheme = min(used, key=lambda one: (-used[one], order.index(one)))
        if len(used) > 1:
            mender.note("schemes_differ", scheme=self.scheme, count=len(used))
        self._ids: dict[str, str] = {}
        self._bones: dict[str, Category] = {}
        self._always: set[str] = set()
        # The bones of the common scheme come first.
        for fishbone in sorted(fishbones, key=lambda one: one.scheme != self.scheme):
            for one in fishbone.categories:
                self._take(one, always=fishbone.scheme == self.scheme or bool(one.name))

    def of(self, fishbone: Fishbone, category: str) -> str:
        """Return the common id of a bone of one fishbone."""
        bone = next((one for one in fishbone.categories if one.id == category), None)
        return self._take(bone or Category(category or OTHER), always=False)

    def place(self, key: str) -> int:
        """Return where a bone comes among the common ones."""
        return list(self._bones).index(key)

    def kept(self, used: set[str]) -> tuple[Category, ...]:
        """Return the bones of the common scheme, the learners' own ones, and those with causes."""
        return tuple(one for key, one in self._bones.items() if key in used | self._always)

    def _take(self, bone: Category, *, always: bool) -> str:
        name = f"={plain(bone.name) or bone.name}" if bone.name else bone.id
        if name not in self._ids:
            free = bone.id not in self._bones
            key = bone.id if free else free_id("b", self._bones)
            self._ids[name] = key
            self._bones[key] = Category(key, bone.name)
        key = self._ids[name]
        if always:
            self._always.add(key)
        return key


def _used(fishbone: Fishbone) -> set[str]:
    """Return the ids of causes that hold more than a text."""
    held = {one.cause for one in fishbone.measures} | {one.parent for one in fishbone.causes}
    own = {one.id for one in fishbone.causes if one.votes or one.top or one.evidence or one.test}
    return held | own | {key for key, nodes in fishbone.whys.items() if nodes}


def _best_worded(group: Group[Cause]) -> list[Cause]:
    """Return the causes of a group, the one with most votes first; it gives the wording."""
    return sorted((one.item for one in group.in_order), key=lambda one: -one.votes)


def _fits_cause(group: Group[Cause], one: Written[Cause], under: int | None) -> int | None:
    same_bone = group.first.bone == one.bone
    return same_bone + (same_bone and group.under == under)


def _fits_why(group: Group[WhyNode], _one: Written[WhyNode], under: int | None) -> int | None:
    return 0 if group.under == under else None


def _fits_measure(group: Group[Measure], one: Written[Measure], _under: int | None) -> int | None:
    if group.first.bone == one.bone:
        return 1
    return None if one.bone else 0


def _cards(many: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for cards in many for one in cards))


def _middle(ratings: Sequence[int | None]) -> int | None:
    """Return the mean of the ratings given, a half rounded up."""
    given = [one for one in ratings if one is not None]
    return math.floor(sum(given) / len(given) + 0.5) if given else None


def _head(heads: Sequence[Head], mender: Mender) -> Head:
    """Return the head that most learners have; the statements of others are named."""
    statements = Counter(plain(one.statement) for one in heads if plain(one.statement))
    common = statements.most_common(1)[0][0] if statements else ""
    ours = [one for one in heads if plain(one.statement) in ("", common)]
    pick = _picker(ours)
    head = Head(pick("statement"), pick("metric"), pick("value"), pick("standard"))
    different: dict[str, str] = {}
    for one in heads:
        for key, text in one.as_plain().items():
            if text.strip() and plain(text) != plain(getattr(head, key)):
                different.setdefault(plain(text), text)
    for words in different.values():
        mender.note("heads_differ", words=words)
    return head


def _picker(heads: Sequence[Head]) -> Callable[[str], str]:
    plains: list[Mapping[str, str]] = [one.as_plain() for one in heads]

    def pick(key: str) -> str:
        given = Counter(one[key] for one in plains if one[key].strip())
        return given.most_common(1)[0][0] if given else ""

    return pick
