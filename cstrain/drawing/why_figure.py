"""A why tree as SVG: the problem on top, a level in a row, links that were read back or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from cstrain.causes.tree import WhyNode, WhyTree
from cstrain.drawing import svg
from cstrain.drawing.fishbone_said import brief, joined
from cstrain.drawing.rca_marks import (
    FONTS,
    GREY,
    MARK_ROW,
    RED,
    SMALL,
    TEAL,
    Mark,
    drawn_row,
    row_width,
    rows_of,
    words_at,
)
from cstrain.drawing.rca_text import clean, ems
from cstrain.drawing.why_boxes import Box, boxes_of, end_of
from cstrain.drawing.why_layout import GAP, Tree, lay_out
from cstrain.language import HTML_LANG, as_language
from cstrain.library.words import words

_MARGIN, _LINK, _TRUNK = 14, 52, 12
_JOIN: Final = f'stroke="{GREY}" stroke-width="1.5" fill="none"'
_HELD: Final = f'stroke="{TEAL}" stroke-width="2.5" fill="none"'
_OPEN: Final = f'stroke="{GREY}" stroke-width="1.8" stroke-dasharray="4 4" fill="none"'
_BROKEN: Final = f'stroke="{RED}" stroke-width="2.2" stroke-linecap="round" fill="none"'
_LINKS: Final[Mapping[bool | None, str]] = {
    True: "link_held",
    None: "link_open",
    False: "link_broken",
}
_MOST_NAMED: Final = 4


def why_svg(
    tree: WhyTree | Mapping[str, Any],
    language: str,
    *,
    verdicts: Mapping[str, str] | None = None,
    notes: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Return the why tree as SVG.

    `verdicts` of the data and `notes`, the codes of what was found in a node, go by its id.

    >>> why_svg(WhyTree("Calls wait", (), (WhyNode("n1", "", "One agent at 18:00"),)), "en")[:26]
    '<svg class="cstrain-figure'
    """
    chosen = as_language(language)
    whys = tree if isinstance(tree, WhyTree) else WhyTree.from_plain(tree)[0]
    said = words("rca_figure_words", chosen)
    found = notes if isinstance(notes, Mapping) else {}
    picture = _Picture(whys, said, found, verdicts or {})
    title = said["why_title"].format(head=brief(whys.problem, 40) or said["head_open"])
    return svg.figure(
        [f'<g lang="{HTML_LANG[chosen]}" font-family="{FONTS}">', *picture.drawn(), "</g>"],
        size=picture.size,
        title=title,
        description=joined(_sentences(whys, picture.tree, said, found), said["said_after"]),
    )


class _Picture:
    """Boxes, links and names of levels at their places."""

    def __init__(
        self,
        whys: WhyTree,
        said: Mapping[str, str],
        notes: Mapping[str, Sequence[str]],
        verdicts: Mapping[str, str],
    ) -> None:
        self.tree: Tree = lay_out(whys.nodes)
        self._said, self._nodes = said, whys.nodes
        self._boxes = boxes_of(whys, self.tree.width, said, notes, verdicts)
        levels = max(level for level, _ in self.tree.nodes)
        self._gutter = ems(said["level"].format(number=levels)) * SMALL * 1.05 + 8
        self._tops = self._rows(levels)
        self._width = self._left(self.tree.breadth) - GAP + _MARGIN
        used = {_LINKS[one.back_test] for one in whys.nodes}
        marks = [Mark(kind, said[kind]) for kind in _LINKS.values() if kind in used]
        self._legend_rows = rows_of(marks, self._width - 2 * _MARGIN)

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height."""
        legend = len(self._legend_rows) * MARK_ROW + (12 if self._legend_rows else 0)
        return round(self._width), round(self._tops[-1] + legend + _MARGIN)

    def drawn(self) -> Iterator[str]:
        """Return all parts, links first."""
        below: dict[str, list[WhyNode]] = {}
        for one in self._nodes:
            below.setdefault(one.parent, []).append(one)
        level_of = {key: level for level, key in self.tree.nodes}
        for parent, whys in below.items():
            if parent in level_of:
                yield from self._links(parent, level_of[parent], whys)
        for level, key in self.tree.nodes:
            x = self._left(self.tree.columns[key])
            yield self._boxes[key].drawn(x, self._tops[level], self.tree.width)
        yield from self._levels()
        yield from self._legend()

    def _rows(self, levels: int) -> list[float]:
        """Return where each level begins, and where the last one ends."""
        heights = [0.0] * (levels + 1)
        for level, key in self.tree.nodes:
            heights[level] = max(heights[level], self._boxes[key].height)
        tops = [float(_MARGIN)]
        for height in heights:
            tops.append(tops[-1] + height + _LINK)
        tops[-1] -= _LINK
        return tops

    def _left(self, column: float) -> float:
        return _MARGIN + self._gutter + column * (self.tree.width + GAP)

    def _middle(self, key: str) -> float:
        return self._left(self.tree.columns[key]) + self.tree.width / 2

    def _links(self, parent: str, level: int, whys: Sequence[WhyNode]) -> Iterator[str]:
        box: Box = self._boxes[parent]
        x, top = self._middle(parent), self._tops[level] + box.height
        end = self._tops[level + 1]
        bus = end - _LINK + _TRUNK
        if len(whys) == 1 and self._middle(whys[0].id) == x:
            yield from self._link(whys[0], x, top, end)
            return
        ends = [self._middle(one.id) for one in whys]
        yield (
            f'<path d="M{x:.1f} {top:.1f}V{bus:.1f}M{min(x, *ends):.1f} {bus:.1f}'
            f'H{max(x, *ends):.1f}" {_JOIN}/>'
        )
        for one, place in zip(whys, ends, strict=True):
            yield from self._link(one, place, bus, end)

    def _link(self, node: WhyNode, x: float, top: float, end: float) -> Iterator[str]:
        middle = end - (_LINK - _TRUNK) / 2
        if node.back_test is False:
            yield (
                f'<path d="M{x:.1f} {top:.1f}V{middle - 9:.1f}M{x:.1f} {middle + 9:.1f}V{end:.1f}'
                f'M{x - 6:.1f} {middle - 6:.1f}l12 12m0-12l-12 12" {_BROKEN}/>'
            )
        else:
            paint = _HELD if node.back_test else _OPEN
            yield f'<path d="M{x:.1f} {top:.1f}V{end:.1f}" {paint}/>'
        sign = {True: "✓", None: "?", False: "✗"}[node.back_test]
        why, back = f"{self._said['why']} ↓", f"↑ {self._said['therefore']} {sign}"
        yield words_at(x - 12 - ems(why) * SMALL, middle + 4, why, size=SMALL)
        yield words_at(x + 12, middle + 4, back, size=SMALL)

    def _levels(self) -> Iterator[str]:
        for level, (top, after) in enumerate(zip(self._tops, self._tops[1:], strict=False)):
            last = after - (_LINK if level + 2 < len(self._tops) else 0)
            name = self._said["level"].format(number=level) if level else self._said["problem"]
            yield words_at(_MARGIN - 6, (top + last) / 2 + 4, name, size=SMALL)

    def _legend(self) -> Iterator[str]:
        for number, row in enumerate(self._legend_rows):
            y = self._tops[-1] + 12 + (number + 0.5) * MARK_ROW
            yield drawn_row(row, self._width - _MARGIN - row_width(row), y)


def _sentences(
    whys: WhyTree,
    tree: Tree,
    said: Mapping[str, str],
    notes: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    if not whys.nodes:
        yield said["why_empty"]
        return
    inner = {one.parent for one in whys.nodes}
    ends = [one for one in whys.nodes if one.id not in inner]
    depth = max(level for level, _ in tree.nodes)
    yield said["why_counts"].format(count=len(whys.nodes), depth=depth, ends=len(ends))
    tested = [one.back_test for one in whys.nodes]
    yield said["why_links"].format(
        held=tested.count(True), broken=tested.count(False), open=tested.count(None)
    )
    yield said["why_evidence"].format(count=sum(1 for one in whys.nodes if one.evidence))
    roots = [one for one in ends if end_of(one, leaf=True) == "root" and clean(one.text)]
    if roots:
        named = (said["quoted"].format(words=brief(one.text, 30)) for one in roots[:_MOST_NAMED])
        yield said["why_roots"].format(causes=joined(named, said["listed"]))
    noted = sum(1 for one in whys.nodes if notes.get(one.id))
    if noted:
        yield said["why_noted"].format(count=noted)
