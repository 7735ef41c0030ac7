"""The why tree: a problem, the whys below it, and what each level stands on.

{"problem": "…", "evidence": ["A12"], "nodes": [{"id": "n1", "parent": "", "text": "…",
"evidence": ["A03"], "back_test": true, "controllable": null}]}
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from cstrain.causes.case_test import CauseTest, read_cause_test
from cstrain.causes.forest import in_depth, leaf_paths, sound_ids, sound_parents, way_to
from cstrain.causes.mends import MOST_NODES, Mend, Mender
from cstrain.causes.own_test import OwnTest, read_own_test

TREE_KEYS: Final = ("problem", "evidence", "nodes")
_NODE_KEYS: Final = (
    "id", "parent", "text", "evidence", "back_test", "controllable", "test", "own",
)  # fmt: skip
_ABOUT: Final = ("format", "version")  # of an exported file, which exchange.py reads


@dataclass(frozen=True)
class WhyNode:
    """One why: `back_test` says whether "therefore" was read back and held, None not yet asked.

    `controllable` says whether we can change it; it is asked where a path ends. `test` puts it
    before the data of a case, `own` before a company's own.
    """

    id: str
    parent: str = ""
    text: str = ""
    evidence: tuple[str, ...] = ()
    back_test: bool | None = None
    controllable: bool | None = None
    own: OwnTest | None = None
    test: CauseTest | None = None

    def as_plain(self) -> dict[str, Any]:
        """Return the node as plain JSON values."""
        plain: dict[str, Any] = {
            "id": self.id,
            "parent": self.parent,
            "text": self.text,
            "evidence": list(self.evidence),
            "back_test": self.back_test,
            "controllable": self.controllable,
        }
        for key, one in (("test", self.test), ("own", self.own)):
            if one is not None:
                plain[key] = one.as_plain()
        return plain


@dataclass(frozen=True)
class WhyTree:
    """A problem and its whys; a parent of "" is the problem, the order is that of siblings."""

    problem: str = ""
    evidence: tuple[str, ...] = ()
    nodes: tuple[WhyNode, ...] = ()

    @classmethod
    def from_plain(cls, value: Any) -> tuple[WhyTree, tuple[Mend, ...]]:
        """Return the tree in plain JSON values, and what had to be mended in them.

        >>> tree, mends = WhyTree.from_plain({"nodes": [{"id": "a", "parent": "gone"}]})
        >>> tree.nodes[0].parent, mends[0].code
        ('', 'parent_missing')
        """
        mender = Mender()
        raw = mender.table(value, (*TREE_KEYS, *_ABOUT))
        tree = cls(
            problem=mender.text(raw.get("problem"), "problem"),
            evidence=mender.evidence(raw.get("evidence")),
            nodes=read_nodes(raw.get("nodes"), mender),
        )
        return tree, mender.named()

    def as_plain(self) -> dict[str, Any]:
        """Return the tree as plain JSON values."""
        return {
            "problem": self.problem,
            "evidence": list(self.evidence),
            "nodes": [one.as_plain() for one in self.nodes],
        }


def read_nodes(found: Any, mender: Mender) -> tuple[WhyNode, ...]:
    """Return the nodes in a list of plain values: ids all different, no circle, none left out."""
    raws = mender.entries(found, _NODE_KEYS, "nodes", MOST_NODES)
    names = [mender.name(raw.get("id")) for raw in raws]
    texts = [mender.text(raw.get("text"), "text") for raw in raws]
    wanted = [mender.name(raw.get("parent")) for raw in raws]
    ids = sound_ids(names, "n", texts, mender)
    parents = sound_parents(names, wanted, texts, mender)
    return tuple(
        WhyNode(
            id=ids[place],
            parent="" if parent is None else ids[parent],
            text=texts[place],
            evidence=mender.evidence(raw.get("evidence")),
            back_test=mender.flag(raw.get("back_test"), "back_test"),
            controllable=mender.flag(raw.get("controllable"), "controllable"),
            own=read_own_test(raw.get("own"), mender),
            test=read_cause_test(raw.get("test"), mender),
        )
        for place, (raw, parent) in enumerate(zip(raws, parents, strict=True))
    )


def paths(tree: WhyTree) -> list[tuple[WhyNode, ...]]:
    """Return every way from the head (not in it) to a leaf.

    >>> tree = WhyTree("late", (), (WhyNode("a"), WhyNode("b", "a"), WhyNode("c", "a")))
    >>> [[node.id for node in path] for path in paths(tree)]
    [['a', 'b'], ['a', 'c']]
    """
    return leaf_paths(tree.nodes)


def path_to(tree: WhyTree, node: str) -> tuple[WhyNode, ...]:
    """Return the nodes from the head (not in it) down to this one."""
    return way_to(tree.nodes, node)


def children(tree: WhyTree, node: str = "") -> tuple[WhyNode, ...]:
    """Return what hangs directly on a node, "" on the head."""
    return tuple(one for one in tree.nodes if one.parent == node)


def leaves(tree: WhyTree) -> tuple[WhyNode, ...]:
    """Return the nodes that nothing hangs on, in their order."""
    inner = {one.parent for one in tree.nodes}
    return tuple(one for one in tree.nodes if one.id not in inner)


def levels(tree: WhyTree) -> dict[str, int]:
    """Return the distance of every node from the head.

    >>> levels(WhyTree("late", (), (WhyNode("a"), WhyNode("b", "a"))))
    {'a': 1, 'b': 2}
    """
    return {one.id: level for level, one in in_depth(tree.nodes)}


def depth(tree: WhyTree) -> int:
    """Return the number of levels below the head."""
    return max(levels(tree).values(), default=0)


def chain_texts(path: Iterable[WhyNode]) -> list[str]:
    """Return the texts along a path, as the judge of five whys takes them."""
    return [one.text for one in path]
