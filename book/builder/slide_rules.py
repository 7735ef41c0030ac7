"""Slides from a lesson: which of its cells becomes a slide, and what is left for the speaker.

A section (a heading of level 2 or 3) begins a slide. On it stand the sentences with something in
bold; a section without any shows its first sentence. Every list, table and picture is shown, long
ones on several slides; every exercise is a slide. All other prose, and the notes for trainers,
are the speaker's notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from markdown_it.tree import SyntaxTreeNode

from builder.cells import Cell
from builder.notebooks import TRAINER
from builder.slide_text import (
    blocks,
    html_of,
    inline,
    key_sentences,
    sentences,
    short,
    source_of,
    width,
)
from cstrain.html import escape

EXERCISE: Final = re.compile(r'\.exercise\("(\w+)"\)')
_POINTS_WIDE: Final = 420  # Latin letters on one slide of points
_MOST_ITEMS: Final = 6
_MOST_ROWS: Final = 6
_ROWS_WIDE: Final = 900
_DENSE: Final = 330
_DENSE_TABLE: Final = 560
_TAG: Final = re.compile(r"<[^>]+>")
_SKIPPED: Final = frozenset({"setup", "code-way", "answer"})


@dataclass
class Slide:
    """One slide: its section and title, the points, one larger thing below, and the notes.

    `told` is the first thing that its prose tells.
    """

    title: str
    section: str = ""
    kind: str = "points"
    lead: str = ""
    points: list[str] = field(default_factory=list)
    body: str = ""
    notes: list[str] = field(default_factory=list)
    exercise: str = ""
    told: str = ""

    @property
    def dense(self) -> bool:
        """Say whether so much stands on it that the letters have to be smaller."""
        if self.kind == "picture":
            return False
        told = sum(map(width, self.points)) + width(_TAG.sub("", self.body))
        return told > (_DENSE_TABLE if self.kind == "table" else _DENSE)

    @property
    def bare(self) -> bool:
        """Say whether nothing is shown on it but its title."""
        return not (self.points or self.body or self.exercise)


class Deck:
    """The slides of a lesson, made cell by cell."""

    def __init__(self, labels: frozenset[str]) -> None:
        self.labels = labels
        self.slides: list[Slide] = []

    def add(self, cell: Cell) -> None:
        """Take the next cell of the lesson."""
        tags = set(cell.metadata.get("tags", ()))
        if tags & _SKIPPED:
            return
        if "record" in tags:
            self.slides.pop()  # the section is about a table that only a learner has
        elif TRAINER in tags:
            self.last.notes += [html_of(one) for one in blocks(cell.source)]
        elif cell.cell_type == "markdown":
            for block in blocks(cell.source):
                self._block(block)
        elif "exercise" in tags:
            name = EXERCISE.search(cell.source)
            if name:
                self._new(kind="exercise").exercise = name[1]
        elif "picture" in tags:
            self._picture(cell)

    @property
    def last(self) -> Slide:
        """Return the slide that is being filled."""
        return self.slides[-1]

    def _new(self, title: str = "", kind: str = "points") -> Slide:
        last = self.slides[-1] if self.slides else Slide("")
        self.slides.append(Slide(title or last.title, last.section, kind))
        return self.last

    def _block(self, block: SyntaxTreeNode) -> None:
        if block.type == "heading":
            self._heading(block)
        elif block.type == "paragraph":
            self._paragraph(source_of(block), html_of(block))
        elif block.type in {"bullet_list", "ordered_list"}:
            self._list(block)
        elif block.type == "table":
            self._table(block)
        else:
            self.last.notes.append(html_of(block))

    def _heading(self, block: SyntaxTreeNode) -> None:
        title, level = source_of(block), int(block.tag[1])
        made = self._new(title, "title" if level == 1 else "points")
        if level == 2:
            made.section = title

    def _paragraph(self, text: str, html: str) -> None:
        if text.startswith("*") and not text.startswith("**") and self.last.kind == "picture":
            self.last.lead = text.strip("*")
            return
        self.last.notes.append(html)
        self.last.told = self.last.told or text
        for one in key_sentences(text, self.labels):
            slide = self.last
            full = sum(map(width, slide.points)) + width(one) > _POINTS_WIDE
            if slide.kind not in {"points", "title"} or slide.body or (slide.points and full):
                slide = self._new()
            slide.points.append(one)

    def _list(self, block: SyntaxTreeNode) -> None:
        items = [source_of(one) for one in block.children]
        told = [short(one) for one in items]
        ordered = block.type == "ordered_list"
        for start, some in _parts(told, _MOST_ITEMS, _POINTS_WIDE):
            slide = self.last
            room = _POINTS_WIDE - sum(map(width, slide.points))
            if slide.kind != "points" or slide.body or sum(map(width, some)) > room:
                slide = self._new()
            rows = "".join(f"<li>{inline(one)}</li>" for one in some)
            number = f' start="{start + 1}"' if ordered and start else ""
            slide.body = f"<ol{number}>{rows}</ol>" if ordered else f"<ul>{rows}</ul>"
            slide.kind = "list"
        if told != items:
            self.last.notes.append(html_of(block))

    def _table(self, block: SyntaxTreeNode) -> None:
        head, *more = block.children
        rows = list(more[0].children) if more else []
        texts = [" ".join(_cells(row)) for row in rows]
        for start, some in _parts(texts, _MOST_ROWS, _ROWS_WIDE):
            shown = rows[start : start + len(some)]
            body = "".join(html_of(row) for row in shown)
            slide = self._new(kind="table") if not self.last.bare else self.last
            slide.kind = "table"
            slide.body = f"<table>{html_of(head)}<tbody>{body}</tbody></table>"

    def _picture(self, cell: Cell) -> None:
        for output in cell.outputs:
            image = output.get("data", {})
            if "image/svg+xml" in image or "image/png" in image:
                slide = self._new(kind="picture") if not self.last.bare else self.last
                slide.kind = "picture"
                slide.body = _image(image)


def deck_of(cells: list[Cell], labels: frozenset[str]) -> list[Slide]:
    """Return the slides of a lesson's cells; a text that begins with a label only tells."""
    deck = Deck(labels)
    for cell in cells:
        deck.add(cell)
    return list(_led(deck.slides))


def _led(slides: list[Slide]) -> Iterator[Slide]:
    """Return the slides; one that would be bare shows the first sentence of what is said."""
    for slide in slides:
        if slide.bare and slide.kind != "title":
            if not slide.told:
                continue
            slide.kind, slide.lead = "lead", sentences(slide.told)[0]
        yield slide


def _parts(texts: list[str], most: int, wide: int) -> Iterator[tuple[int, list[str]]]:
    """Return the texts in parts that fit, as even as they come, each with its place."""
    pages = max(-(-len(texts) // most), -(-sum(map(width, texts)) // wide), 1)
    each = -(-len(texts) // pages)
    for start in range(0, len(texts), each):
        yield start, texts[start : start + each]


def _cells(row: SyntaxTreeNode) -> Iterator[str]:
    for cell in row.children:
        yield source_of(cell)


def _image(data: Any) -> str:
    told = "".join(data.get("text/plain", ""))
    if "image/svg+xml" in data:
        return f'<div class="s-picture">{"".join(data["image/svg+xml"])}</div>'
    base = "".join(data["image/png"]).replace("\n", "")
    return f'<img src="data:image/png;base64,{base}" alt="{escape(told)}">'
