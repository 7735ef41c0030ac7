"""Where everything in a fishbone stands: worked out from the words, so that nothing overlaps.

All ribs are parallel, and the words of a bone stand in the strip between its rib and the next one
to the left. The taller a row, the less of the strip's width it has, as the ribs slant: its words
are broken into as few lines as do with what is left.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from cstrain.causes.fishbone import Category, Cause, Fishbone
from cstrain.causes.forest import in_depth
from cstrain.drawing.rca_marks import MARK_ROW, Mark, narrowed, row_width, rows_of
from cstrain.drawing.rca_text import clean, ems, fit

SLANT: Final = 1 / math.tan(math.radians(60))
SIZES: Final = (13.0, 12.0, 11.0)  # of the words: a cause, below it, and further down
LEADING: Final = (17, 15, 14)
MOST_LINES: Final = (4, 3, 3)
LABEL: Final = 30  # height of the name at the end of a rib
STAR: Final = 20
LEFT_GAP, RIGHT_GAP, SPINE_GAP = 14, 12, 16
_BETWEEN, _BELOW, _FOOT, ASIDE = 13, 5, 6, 10
BOLD: Final = 1.1  # how much wider bold words are, at most
_SHORTEST_RIB: Final = 150
_INDENT, _DEEPEST_INDENT = 16, 80
_PAGE: Final = (1090, 700)  # an A4 page held sideways, less its margins, without head and legend
_HEAD_ROOM: Final = 300
_WIDTHS: Final = (330, 290, 260, 235, 215, 195, 180)
_SLACK: Final = (1.0, 1.08, 1.16, 1.3)
_LOOKED_AT: Final = 150  # characters: more than any row has room for
_CUTS: Final = (1.0, 0.75, 0.5, 0.35, 0.25, 0.17, 0.12, 0.08)


@dataclass(frozen=True)
class Row:
    """A cause in the picture: its lines of words, its signs, and its size."""

    cause: Cause
    level: int
    indent: float
    lines: tuple[str, ...]
    whole: str
    marks: tuple[tuple[Mark, ...], ...]
    beside: bool  # the signs stand behind the last words, not below them

    @property
    def kind(self) -> int:
        """Return which of the sizes it has."""
        return min(self.level, len(SIZES)) - 1

    @property
    def height(self) -> float:
        """Return its height from the top of its words to its twig."""
        return _tall(self.kind, len(self.lines), 0 if self.beside else len(self.marks))

    @property
    def start(self) -> float:
        """Return how far its words stand behind its left edge."""
        return self.indent + (STAR if self.cause.top else 0)

    @property
    def end(self) -> float:
        """Return where its last line ends, from its left edge."""
        return self.start + ems(self.lines[-1]) * _size(self.level, self.cause)

    @property
    def width(self) -> float:
        """Return how wide its words and signs are, the indent not counted."""
        words = max(map(ems, self.lines)) * _size(self.level, self.cause) + self.start - self.indent
        signs = max(map(row_width, self.marks), default=0)
        return max(words, self.end - self.indent + ASIDE + signs if self.beside else signs)


@dataclass(frozen=True)
class Bone:
    """A rib: its category, how many causes are on it, which part of the category it is."""

    category: Category
    count: int
    groups: tuple[tuple[Row, ...], ...]  # a cause and all below it, each
    part: int = 1
    parts: int = 1

    @property
    def height(self) -> float:
        """Return the height that its causes need."""
        groups = self.groups
        return sum(map(_height, groups)) + _BETWEEN * max(0, len(groups) - 1) if groups else 0


@dataclass(frozen=True)
class Layout:
    """The bones by pairs (above, below the spine) and the sizes that all of them share."""

    pairs: tuple[tuple[Bone, Bone | None], ...]
    strip: float  # width between two ribs, less the gaps
    above: float  # length of the ribs, up and down
    below: float

    @property
    def pitch(self) -> float:
        """Return how far apart two ribs are."""
        return self.strip + LEFT_GAP + RIGHT_GAP


@dataclass(frozen=True)
class Placed:
    """A row at its place along the rib; y counts downwards from the spine."""

    row: Row
    top: float
    bottom: float


def lay_out(fishbone: Fishbone, marks: Mapping[str, Sequence[Mark]]) -> Layout:
    """Return the layout that can be printed largest on a page held sideways."""
    trees = list(_trees(fishbone))
    strip, cut = _best(trees, marks)
    bones = []
    for category, groups in trees:
        rows = [
            tuple(_row(level, one, marks.get(one.id, ()), strip) for level, one in each)
            for each in groups
        ]
        count = sum(map(len, groups))
        bones += list(_cut_bone(Bone(category, count, tuple(rows)), cut))
    pairs = tuple(
        (bones[place], bones[place + 1] if place + 1 < len(bones) else None)
        for place in range(0, len(bones), 2)
    )
    return Layout(
        pairs,
        strip,
        _rib((above for above, _ in pairs)),
        _rib((below for _, below in pairs if below)),
    )


def placed(bone: Bone, length: float, *, up: bool) -> Iterator[tuple[Placed, ...]]:
    """Return the rows of each group at their places, evenly along the rib."""
    spare = (length - LABEL - SPINE_GAP - bone.height) / (len(bone.groups) + 1)
    y = (LABEL - length if up else SPINE_GAP) + max(0.0, spare)
    for group in bone.groups:
        rows = []
        for row in group:
            rows.append(Placed(row, y, y + row.height))
            y += row.height + _BELOW
        yield tuple(rows)
        y += _BETWEEN - _BELOW + max(0.0, spare)


def _trees(fishbone: Fishbone) -> Iterator[tuple[Category, list[list[tuple[int, Cause]]]]]:
    by_bone: dict[str, list[list[tuple[int, Cause]]]] = {}
    group: list[tuple[int, Cause]] = []
    for level, one in in_depth(fishbone.causes):
        if level == 1:
            group = []
            by_bone.setdefault(one.category, []).append(group)
        group.append((level, one))
    known = {one.id: one for one in fishbone.categories}
    bones = [*known.values(), *(Category(one) for one in by_bone if one not in known)]
    yield from ((bone, by_bone.get(bone.id, [])) for bone in bones)


def _indent(level: int) -> float:
    """Return how far a level is moved in: less and less, so that words keep their room."""
    deep = level - 1
    return min(_INDENT * deep, 2 * _INDENT + 6 * max(0, deep - 2), _DEEPEST_INDENT)


def _size(level: int, one: Cause) -> float:
    return SIZES[min(level, len(SIZES)) - 1] * (BOLD if one.top else 1)


def _tall(kind: int, lines: int, rows: int) -> float:
    return lines * LEADING[kind] + rows * MARK_ROW + _FOOT


def _row(level: int, one: Cause, marks: Sequence[Mark], strip: float) -> Row:
    kind, indent, size = min(level, len(SIZES)) - 1, _indent(level), _size(level, one)
    start = STAR if one.top else 0
    needed = ems(clean(one.text)[:_LOOKED_AT]) * size
    for most in range(1, MOST_LINES[kind] + 1):
        free, rows = _signs(marks, strip - indent - SLANT * _tall(kind, most, 0))
        if needed > (free - start) * most and most < MOST_LINES[kind]:
            continue
        fitted = fit(one.text, free - start, size, most)
        if not fitted.whole:
            break
    if len(fitted.lines) > 1 and not fitted.whole:
        even = min(free - start, needed / len(fitted.lines) + 2 * size)
        tighter = fit(one.text, even, size, len(fitted.lines))
        fitted = fitted if tighter.whole else tighter  # no line of a single word
    row = Row(one, level, indent, fitted.lines or ("…",), fitted.whole, rows, beside=False)
    used = row.end + ASIDE + row_width(rows[0]) if len(rows) == 1 else math.inf
    return replace(row, beside=used <= indent + free)


def _signs(marks: Sequence[Mark], free: float) -> tuple[float, tuple[tuple[Mark, ...], ...]]:
    """Return the width that is left where the signs take rows of their own, and these rows."""
    rows: tuple[tuple[Mark, ...], ...] = ()
    for count in range(len(marks) + 1):
        room = free - SLANT * MARK_ROW * count
        rows = rows_of((narrowed(one, room) for one in marks), room)
        if len(rows) <= count:
            return room, rows
    return free, rows


def _height(group: Sequence[Row]) -> float:
    return sum(row.height for row in group) + _BELOW * (len(group) - 1)


def _rib(bones: Iterable[Bone]) -> float:
    least = max((bone.height for bone in bones), default=0) + LABEL + SPINE_GAP + _BETWEEN
    return max(_SHORTEST_RIB, least)


def _cut_bone(bone: Bone, cut: float) -> Iterator[Bone]:
    """Return the bone in as many ribs as keep it below a height; a cause keeps what hangs on it."""
    heights = [_height(one) for one in bone.groups]
    places = [0, *_cuts(heights, cut), len(heights)]
    parts = [bone.groups[start:end] for start, end in pairwise(places)]
    for number, groups in enumerate(parts, 1):
        yield Bone(bone.category, bone.count, groups, number, len(parts))


def _cuts(heights: Sequence[float], cut: float) -> list[int]:
    """Return where a bone is cut: as few parts as possible, and as even as they can be."""
    places = _filled(heights, cut)
    if not places:
        return places
    even = (sum(heights) + _BETWEEN * len(heights)) / (len(places) + 1)
    for slack in _SLACK:
        found = _filled(heights, min(cut, even * slack))
        if len(found) == len(places):
            return found
    return places


def _filled(heights: Sequence[float], cut: float) -> list[int]:
    places, used = [], 0.0
    for place, height in enumerate(heights):
        if used and used + height + _BETWEEN > cut:
            places.append(place)
            used = 0.0
        used += height + _BETWEEN
    return places


_Guess = tuple[int, float, float]  # the level, the width of the words, that of the signs


def _best(
    trees: Sequence[tuple[Category, Sequence[Sequence[tuple[int, Cause]]]]],
    marks: Mapping[str, Sequence[Mark]],
) -> tuple[float, float]:
    """Return the width of a strip and the height of a rib that make the largest picture."""
    guesses = [[[_guess(*one, marks) for one in group] for group in bone] for _, bone in trees]
    best, found = 0.0, (float(_WIDTHS[0]), math.inf)
    deep = max((_indent(one[0]) for bone in guesses for group in bone for one in group), default=0)
    for strip in (deep + one for one in _WIDTHS):
        bones = [[_guessed(group, strip) for group in bone] for bone in guesses]
        lost = _lost(guesses, strip)
        tall = max((sum(bone) + _BETWEEN * len(bone) for bone in bones), default=0)
        for share in _CUTS:
            cut = max(tall * share, 1.0) if share < 1 else math.inf
            score = _score(bones, strip, cut) * (1 - lost)
            if score > best * 1.01:
                best, found = score, (float(strip), cut)
    return found


def _guess(level: int, one: Cause, marks: Mapping[str, Sequence[Mark]]) -> _Guess:
    words = ems(clean(one.text)[:_LOOKED_AT]) * _size(level, one) + (STAR if one.top else 0)
    return level, words, row_width(tuple(marks.get(one.id, ())))


def _guessed(group: Sequence[_Guess], strip: float) -> float:
    total = 0.0
    for level, words, signs in group:
        kind = min(level, len(SIZES)) - 1
        free = strip - _indent(level) - SLANT * (LEADING[kind] + _FOOT)
        lines = 1
        if words > free:
            free -= SLANT * LEADING[kind]
            lines = min(MOST_LINES[kind], math.ceil(words * 1.1 / free))
        beside = words + signs + ASIDE < lines * free
        rows = 0 if not signs or beside else math.ceil(signs / free)
        total += _tall(kind, lines, rows) + _BELOW
    return total


def _lost(bones: Sequence[Sequence[Sequence[_Guess]]], strip: float) -> float:
    """Return the share of causes whose words will have to be shortened."""
    found = [
        words * 1.08 > MOST_LINES[kind] * (strip - _indent(level) - SLANT * tall)
        for bone in bones
        for group in bone
        for level, words, signs in group
        for kind in (min(level, len(SIZES)) - 1,)
        for tall in (_tall(kind, MOST_LINES[kind], math.ceil(signs / (strip / 2))),)
    ]
    return sum(found) / (len(found) or 1)


def _score(bones: Sequence[Sequence[float]], strip: float, cut: float) -> float:
    """Return how large the picture can be printed; parts of a bone cost a little."""
    heights: list[float] = []
    for bone in bones:
        places = [0, *_cuts(bone, cut), len(bone)]
        heights += [sum(bone[a:b]) + _BETWEEN * (b - a) for a, b in pairwise(places)]
    up = max((_SHORTEST_RIB, *(one + LABEL + SPINE_GAP for one in heights[::2])))
    down = max((_SHORTEST_RIB, *(one + LABEL + SPINE_GAP for one in heights[1::2])))
    pitch = strip + LEFT_GAP + RIGHT_GAP
    width = math.ceil(len(heights) / 2) * pitch + SLANT * max(up, down) + _HEAD_ROOM
    scale = min(_PAGE[0] / width, _PAGE[1] / (up + down))
    return min(scale, 1.0) * 0.94 ** (len(heights) - len(bones))
