"""Where the whys stand: a level in a row, branches side by side, as close as they fit."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cstrain.causes.forest import in_depth
from cstrain.causes.tree import WhyNode

# Width of a box, by how many stand side by side: the widest that still fits a column of text.
_WIDTHS: Final = ((1.0, 300), (2.0, 270), (3.0, 240), (5.0, 210))
_NARROWEST: Final = 184
GAP: Final = 22


@dataclass
class _Branch:
    """A node with all below it, in a frame of its own: where it is, how far each level reaches."""

    x: float = 0.0
    reach: deque[tuple[float, float]] = field(default_factory=deque)


@dataclass(frozen=True)
class Tree:
    """The nodes in order with their levels (0 is the head), and where their boxes begin."""

    nodes: tuple[tuple[int, str], ...]
    columns: Mapping[str, float]  # the middle of a box, counted in boxes from the left
    breadth: float  # how many boxes stand side by side
    width: int  # of a box


def lay_out(nodes: Sequence[WhyNode]) -> Tree:
    """Return every node's place; the head has the key "".

    >>> tree = lay_out([WhyNode("a"), WhyNode("b"), WhyNode("c", "b")])
    >>> tree.columns
    {'': 0.5, 'a': 0.0, 'b': 1.0, 'c': 1.0}
    """
    listed = [(0, "", ""), *((level, one.id, one.parent) for level, one in in_depth(nodes))]
    below: dict[str, list[str]] = {}
    for _, key, parent in listed[1:]:
        below.setdefault(parent, []).append(key)
    branches: dict[str, _Branch] = {}
    shifts: dict[str, float] = {"": 0.0}
    for _, key, _ in reversed(listed):
        branches[key] = _joined([branches[one] for one in below.get(key, ())], shifts, below, key)
    columns: dict[str, float] = {}
    for _, key, parent in listed:
        shifts[key] += shifts[parent] if key else 0.0
        columns[key] = branches[key].x + shifts[key]
    least = min(columns.values())
    breadth = max(columns.values()) - least + 1
    return Tree(
        tuple((level, key) for level, key, _ in listed),
        {key: x - least for key, x in columns.items()},
        breadth,
        next((wide for most, wide in _WIDTHS if breadth <= most), _NARROWEST),
    )


def _joined(
    branches: Sequence[_Branch],
    shifts: dict[str, float],
    below: Mapping[str, Sequence[str]],
    key: str,
) -> _Branch:
    """Put the branches of a node beside each other, and the node above their middle."""
    if not branches:
        return _Branch(0.0, deque([(0.0, 0.0)]))
    first = branches[0]
    places = []
    for name, branch in zip(below[key], branches, strict=True):
        shift = 0.0 if branch is first else _shift(first, branch)
        shifts[name] = shift
        places.append(branch.x + shift)
        if branch is not first:
            _widen(first, branch, shift)
    middle = (places[0] + places[-1]) / 2
    first.reach.appendleft((middle, middle))
    return _Branch(middle, first.reach)


def _shift(left: _Branch, right: _Branch) -> float:
    """Return how far a branch moves, so that it is clear of all to its left."""
    pairs = zip(left.reach, right.reach, strict=False)
    return max(end - start + 1 for (_, end), (start, _) in pairs)


def _widen(left: _Branch, right: _Branch, shift: float) -> None:
    shared = min(len(left.reach), len(right.reach))
    ends = [right.reach[place][1] + shift for place in range(shared)]
    for place, end in enumerate(ends):
        left.reach[place] = (left.reach[place][0], end)
    for start, end in list(right.reach)[shared:]:
        left.reach.append((start + shift, end + shift))
