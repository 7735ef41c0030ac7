"""A why tree: a problem, and below it one why after the other, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cstrain.causes.forest import in_depth
from cstrain.causes.tree import WhyNode, WhyTree
from cstrain.html import escape
from cstrain.shapes.base import Params, Unreadable, View, as_table, line
from cstrain.shapes.rca_parts import cards_shown, has_words, load_parts, nested, said
from cstrain.table_reader import TableReader

_RUNGS: Final = 6  # of the ladder on paper: five whys, and one more for whoever needs it


def load(reader: TableReader) -> Params:
    """Return the case field, the evidence cards and the preset problems, see `load_parts`."""
    return load_parts(reader)


def parse(value: Any, params: Params) -> dict[str, Any] | None:
    """Return the tree as plain values, mended where need be; None while no why is written."""
    if value is None:
        return None
    given = as_table(value)
    if not isinstance(given.get("nodes") or [], (list, tuple)):
        raise Unreadable("wrong_form")
    tree, _ = WhyTree.from_plain(given)
    written = any(one.text.strip() for one in tree.nodes)
    own = not (params["problem"] or params["problems"]) and has_words(tree.problem)
    return tree.as_plain() if written or own else None


def sheet(view: View) -> str:
    """Return a ladder to fill in: the problem, and rungs of why and evidence."""
    problem = escape(view["problem"]) if view.get("problem") else line()
    rungs = "".join(
        f'<tr><th scope="row">{said(view, "why")} {level}</th><td>{line()}</td><td>{line()}</td>'
        "</tr>"
        for level in range(1, _RUNGS + 1)
    )
    return (
        f'<table class="sheet-table sheet-ladder"><thead><tr><td></td>'
        f'<th scope="col">{said(view, "cause")}</th><th scope="col">{said(view, "evidence")}</th>'
        f'</tr></thead><tbody><tr><th scope="row">{said(view, "problem")}</th>'
        f'<td colspan="2">{problem}</td></tr>{rungs}</tbody></table>'
        f"<p>{said(view, 'sheet_back')}</p>"
    )


def shown(value: Any, view: View) -> str:
    """Return the tree as a nested list."""
    tree, _ = WhyTree.from_plain(value)
    head = f"<p><strong>{escape(tree.problem)}</strong>{cards_shown(tree.evidence)}</p>"
    return head + nested_whys(tree.nodes, view)


def nested_whys(nodes: tuple[WhyNode, ...], view: View) -> str:
    """Return whys as a nested list, each with its cards and what was said of it."""
    return nested((level, "".join(_told(one, view))) for level, one in in_depth(nodes))


def _told(node: WhyNode, view: View) -> Iterator[str]:
    yield f'<span class="cstrain-words">{escape(node.text)}</span>{cards_shown(node.evidence)}'
    if node.back_test is False:
        yield f" – {said(view, 'broken')}"
    if node.controllable is not None:
        yield f" – {said(view, 'ours' if node.controllable else 'not_ours')}"
