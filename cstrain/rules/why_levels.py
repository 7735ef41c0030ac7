"""The levels of a why tree that are weighed: blank ones left out, repetitions said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from cstrain.causes.forest import in_depth, leaf_paths
from cstrain.causes.likeness import dice, plain
from cstrain.causes.tree import WhyNode, WhyTree
from cstrain.causes.whys import WhysJudgement, judge_whys
from cstrain.rules.rca_points import shown

MOST_LEVELS: Final = 200  # are weighed; the largest honest trees have some 60
MOST_PATHS: Final = 60  # every path costs about 2 ms
_REPEATS: Final = 0.85  # likeness from which a level is the same text again; the rest is meaning


@dataclass(frozen=True)
class Repeated:
    """A level that says word for word what another one says, or the problem itself."""

    node: WhyNode
    of: str


@dataclass(frozen=True)
class Levels:
    """What is written in a tree: the levels that count, and those that repeat another.

    A level below a blank or repeated one hangs on the next level above that counts.
    """

    problem: str
    nodes: tuple[WhyNode, ...]
    repeated: tuple[Repeated, ...]
    left: int  # levels beyond the most, which are not weighed

    @property
    def count(self) -> int:
        """Return the number of written levels: what shares are shares of."""
        return len(self.nodes) + len(self.repeated)


@dataclass(frozen=True)
class Way:
    """A path from the problem to a leaf, and its judgement."""

    nodes: tuple[WhyNode, ...]
    judged: WhysJudgement

    @property
    def deep(self) -> int:
        """Return how many levels say something new."""
        return sum(one.adds for one in self.judged.levels)


def written(tree: WhyTree) -> Levels:
    """Return the levels of a tree that are weighed.

    >>> tree = WhyTree("late", (), (WhyNode("a", "", "ill"), WhyNode("b", "a", "Ill!")))
    >>> len(written(tree).nodes), written(tree).repeated[0].of
    (1, 'ill')
    """
    full = [one for one in tree.nodes if plain(one.text)]
    texts = [tree.problem] if plain(tree.problem) else []
    counting: set[str] = set()
    repeated = []
    for one in full[:MOST_LEVELS]:  # in the order given, so that the copy is the later one
        same = _same(one.text, texts)
        if same is None:
            texts.append(one.text)
            counting.add(one.id)
        else:
            repeated.append(Repeated(one, shown(same)))
    above = {"": ""}  # the id itself, or of a level left out the one that it would hang on
    kept = []
    for _level, one in in_depth(tree.nodes):
        parent = above[one.parent]
        above[one.id] = one.id if one.id in counting else parent
        if one.id in counting:
            kept.append(replace(one, parent=parent))
    left = max(0, len(full) - MOST_LEVELS)
    return Levels(tree.problem, tuple(kept), tuple(repeated), left)


def _same(text: str, others: Sequence[str]) -> str | None:
    return next((one for one in others if dice(one, text) >= _REPEATS), None)


def ways(levels: Levels) -> tuple[Way, ...]:
    """Return the judged paths, the longest first."""
    paths = sorted(leaf_paths(levels.nodes), key=len, reverse=True)[:MOST_PATHS]
    return tuple(
        Way(path, judge_whys(levels.problem, [one.text for one in path])) for path in paths
    )
