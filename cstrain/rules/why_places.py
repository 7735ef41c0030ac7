"""Where each level of a tree stands in the true chains of a case, as far as its cards tell.

A level is written in the learner's own words, so its place is read from its evidence: it may
stand where one of its cards is evidence. On every way down the places are those of one chain and
never go back. Of all assignments the one that gives most points is taken.

A link counts when it goes to the next place of the chain (from the problem to the first). Two
levels on one place count as well, once a place: many places of the graph hold two statements
("no owner, and nobody checks"), and to tell them in two levels is more careful, not less. A third
level on the same place adds no step. A jump over a place counts nothing: the missing link is
just what the lesson is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cstrain.causes.forest import children_by_parent, in_depth
from cstrain.causes.tree import WhyNode
from cstrain.rules.case_graph import CaseGraph, Place

_EVIDENCE: Final = 25  # the points of both parts, so that the best assignment is that of points
_LINK: Final = 20
COUNTING: Final = ("next", "same")


@dataclass(frozen=True)
class Stand:
    """Where a level stands, None when its cards do not tell; `link` is how it follows from above.

    "next" and "same" count; "jump" leaves out a place, "third" is one level too many on a place,
    "open" says that this level or the one above has no place.
    """

    place: Place | None
    link: str

    @property
    def linked(self) -> bool:
        """Say whether the link counts."""
        return self.link in COUNTING


@dataclass(frozen=True)
class _Above:
    """The last place on the way down; `near`: it is the parent's; `twice`: told in two levels."""

    chain: str = ""
    number: int = 0
    near: bool = True
    twice: bool = False


_Best = dict[tuple[str, _Above], tuple[int, Place | None]]
_Below = Mapping[str, Sequence[WhyNode]]


def stands(nodes: Sequence[WhyNode], graph: CaseGraph) -> dict[str, Stand]:
    """Return where every level stands, by its id."""
    below = children_by_parent(nodes)
    walked = [one for _level, one in in_depth(nodes)]
    states = tuple(_states(graph))
    best: _Best = {}
    for node in reversed(walked):  # those below first
        offered = (None, *graph.supported(node.evidence))
        # Among equals the next step is taken to be the one meant, and a last level to be the root.
        way = -1 if node.id in below else 1
        for state in states:
            fitting = [one for one in offered if one is None or _allowed(state, one)]
            worth = {one: _worth(node, state, one, below, best) for one in fitting}
            chosen = max(fitting, key=lambda one: (worth[one], way * one.number if one else 0))
            best[node.id, state] = worth[chosen], chosen
    return _read_back(walked, best)


def _states(graph: CaseGraph) -> Iterator[_Above]:
    for near in (True, False):
        yield _Above(near=near)
        for one in graph.places:
            for twice in (False, True):
                yield _Above(one.chain, one.number, near, twice)


def _allowed(above: _Above, place: Place) -> bool:
    return not above.chain or (place.chain == above.chain and place.number >= above.number)


def _worth(node: WhyNode, above: _Above, place: Place | None, below: _Below, best: _Best) -> int:
    own = 0
    if place is not None:
        own = _EVIDENCE + _LINK * (_link(above, place) in COUNTING)
    then = _after(above, place)
    return own + sum(best[one.id, then][0] for one in below.get(node.id, ()))


def _link(above: _Above, place: Place | None) -> str:
    if place is None or not above.near:
        return "open"
    if place.number == above.number:
        return "third" if above.twice else "same"
    return "next" if place.number == above.number + 1 else "jump"


def _after(above: _Above, place: Place | None) -> _Above:
    if place is None:
        return replace(above, near=False)
    same = above.number == place.number
    return _Above(place.chain, place.number, near=True, twice=same)


def _read_back(walked: Sequence[WhyNode], best: _Best) -> dict[str, Stand]:
    found: dict[str, Stand] = {}
    state_below = {"": _Above()}
    for node in walked:
        above = state_below[node.parent]
        place = best[node.id, above][1]
        found[node.id] = Stand(place, _link(above, place))
        state_below[node.id] = _after(above, place)
    return found
