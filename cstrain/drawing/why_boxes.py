"""The boxes of a why tree: the words of a why, its evidence, where it ends, what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cstrain.causes.tree import WhyNode, WhyTree
from cstrain.drawing.rca_marks import (
    AMBER,
    GREEN,
    GREY,
    MARK_ROW,
    RED,
    TEAL,
    Mark,
    drawn_row,
    flag_marks,
    rows_of,
    short_mark,
    titled,
    words_at,
)
from cstrain.drawing.rca_text import fit

_PADDING, _LINE, _MOST_LINES, _MOST_CARDS, _CARD_ROOM = 12, 18, 5, 4, 88
_SIZE: Final = 13
_HEAD_FILL: Final = "#0f6e6e"
_SHOWN_OTHERWISE: Final = frozenset({"no_evidence", "link_broken"})  # by a sign, by the link
# How a box looks by where its path ends: the same outline for everyone who prints in grey.
_OUTLINES: Final[Mapping[str, str]] = {
    "": f'rx="8" fill="{TEAL}" fill-opacity="0.06" stroke="{TEAL}" stroke-width="1.3"',
    "end": f'rx="8" fill="{TEAL}" fill-opacity="0.06" stroke="{GREY}" stroke-width="1.5" '
    'stroke-dasharray="5 4"',
    "root": f'rx="8" fill="{GREEN}" fill-opacity="0.1" stroke="{GREEN}" stroke-width="3"',
    "out_of_hand": f'rx="0" fill="{RED}" fill-opacity="0.06" stroke="{RED}" stroke-width="1.5"',
}


@dataclass(frozen=True)
class Box:
    """A box before it has a place."""

    key: str
    lines: tuple[str, ...]
    whole: str
    marks: tuple[tuple[Mark, ...], ...]
    end: str = ""  # root, out_of_hand, end; "" where more whys follow
    noted: bool = False

    @property
    def height(self) -> float:
        """Return how high it has to be."""
        rows = len(self.marks) * (MARK_ROW + 2) + (4 if self.marks else 0)
        return 2 * _PADDING + len(self.lines) * _LINE + rows - 4

    def drawn(self, x: float, y: float, width: float) -> str:
        """Return the box with its top left corner at (x, y)."""
        head = not self.key
        outline = f'rx="10" fill="{_HEAD_FILL}"' if head else _OUTLINES[self.end]
        parts = [_rect(x, y, width, self.height, outline)]
        if self.noted:
            parts.append(f'<path d="M{x + 3:.1f} {y + 8:.1f}v{self.height - 16:.1f}" {_NOTED}/>')
        top = y + _PADDING - 4
        paint, weight = ("#ffffff", 600) if head else ("currentColor", 400)
        for line in self.lines:
            top += _LINE
            parts.append(
                words_at(x + _PADDING, top - 3, line, size=_SIZE, weight=weight, paint=paint)
            )
        top += 6
        for row in self.marks:
            parts.append(drawn_row(row, x + _PADDING, top + MARK_ROW / 2))
            top += MARK_ROW + 2
        return titled("".join(parts), self.whole, kind="why", key=self.key or "head")


_NOTED: Final = f'stroke="{AMBER}" stroke-width="4" stroke-linecap="round"'


def end_of(node: WhyNode, *, leaf: bool) -> str:
    """Return what a path's end is: root, out_of_hand or end; "" of a node that goes on."""
    if not leaf:
        return ""
    return {True: "root", False: "out_of_hand", None: "end"}[node.controllable]


def boxes_of(
    tree: WhyTree,
    width: float,
    said: Mapping[str, str],
    notes: Mapping[str, Sequence[str]],
    verdicts: Mapping[str, str],
) -> dict[str, Box]:
    """Return the box of the head (key "") and of every node."""
    room = width - 2 * _PADDING
    fitted = fit(tree.problem or said["head_open"], room / 1.1, _SIZE, _MOST_LINES)
    cards = [Mark("white", one.label) for one in _cards(tree.evidence, said, room)]
    found = {"": Box("", fitted.lines, fitted.whole, rows_of(cards, room))}
    parents = {one.parent for one in tree.nodes}
    for one in tree.nodes:
        end = end_of(one, leaf=one.id not in parents)
        signs = [key for key in (end, verdicts.get(one.id, "")) if key in said]
        found[one.id] = _box(one, signs, room, said, notes.get(one.id, ()))
    return found


def _box(
    node: WhyNode, signs: Sequence[str], room: float, said: Mapping[str, str], codes: Sequence[str]
) -> Box:
    """Return the box of a why; `signs` are where its path ends and what the data say of it."""
    end = next((one for one in signs if one in _OUTLINES), "")
    fitted = fit(node.text or said["cause_open"], room, _SIZE, _MOST_LINES)
    shown = {*_SHOWN_OTHERWISE, "outside" if end == "out_of_hand" else ""}
    wanted = [one for one in _codes(codes) if one not in shown]
    flags = flag_marks(wanted, said, room)
    marks = _cards(node.evidence, said, room) or [short_mark("bare", said["no_cards"], room)]
    marks += [short_mark(one, said[one], room) for one in signs]
    rows = (*rows_of(marks, room), *rows_of(flags, room))
    return Box(node.id, fitted.lines or ("…",), fitted.whole, rows, end, noted=bool(flags))


def _codes(codes: object) -> list[str]:
    listed = [codes] if isinstance(codes, str) else codes if isinstance(codes, Sequence) else ()
    return [str(one[0]) if isinstance(one, tuple) and one else str(one) for one in listed]


def _cards(cards: Sequence[str], said: Mapping[str, str], room: float) -> list[Mark]:
    most = min(room, _CARD_ROOM)
    marks = [short_mark("card", one, most) for one in cards[:_MOST_CARDS]]
    if len(cards) > _MOST_CARDS:
        marks.append(short_mark("card", said["more"].format(count=len(cards) - _MOST_CARDS), most))
    return marks


def _rect(x: float, y: float, width: float, height: float, rest: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {rest}/>'
