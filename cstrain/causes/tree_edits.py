"""Edits of a why tree; each returns a new tree and leaves the old one as it was.

>>> tree = add_why(WhyTree("Calls wait too long"), "Nobody is there from 18:00 on")
>>> tree = add_why(tree, "The hand-over meeting is at 18:00", below="n1")
>>> [(one.id, one.parent) for one in tree.nodes]
[('n1', ''), ('n2', 'n1')]
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from cstrain.causes.forest import changed, check_id, free_id, moved, subtree
from cstrain.causes.tree import WhyNode, WhyTree


def add_why(tree: WhyTree, text: str, *, below: str = "", beside: str = "") -> WhyTree:
    """Return the tree with one more why, below a node ("" the head) or right behind a sibling.

    Its id is `next_why(tree)`, asked before.
    """
    if beside:
        place = [one.id for one in tree.nodes].index(check_id(tree.nodes, beside)) + 1
        parent = tree.nodes[place - 1].parent
    else:
        place, parent = len(tree.nodes), below and check_id(tree.nodes, below)
    node = WhyNode(next_why(tree), parent, text)
    return replace(tree, nodes=(*tree.nodes[:place], node, *tree.nodes[place:]))


def next_why(tree: WhyTree) -> str:
    """Return the id that the next node gets."""
    return free_id("n", (one.id for one in tree.nodes))


def edit_why(tree: WhyTree, node: str, **changes: Any) -> WhyTree:
    """Return the tree with fields of a node changed: text, evidence, back_test, controllable."""
    return replace(tree, nodes=changed(tree.nodes, node, **changes))


def attach(tree: WhyTree, node: str, cards: Iterable[str]) -> WhyTree:
    """Return the tree with cards added to a node, or to the head ("")."""
    if not node:
        return replace(tree, evidence=tuple(dict.fromkeys((*tree.evidence, *cards))))
    one = next(one for one in tree.nodes if one.id == check_id(tree.nodes, node))
    return edit_why(tree, node, evidence=tuple(dict.fromkeys((*one.evidence, *cards))))


def move_why(tree: WhyTree, node: str, below: str = "", *, before: str = "") -> WhyTree:
    """Return the tree with a node, and all below it, hung on another one ("" the head)."""
    return replace(tree, nodes=moved(tree.nodes, node, below, before))


def remove_why(tree: WhyTree, node: str) -> WhyTree:
    """Return the tree without a node and all below it."""
    gone = subtree(tree.nodes, check_id(tree.nodes, node))
    return replace(tree, nodes=tuple(one for one in tree.nodes if one.id not in gone))
