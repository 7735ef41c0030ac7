"""A fishbone as SVG: head, spine and ribs, causes as twigs, what was found about each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from cstrain.causes.fishbone import Fishbone
from cstrain.causes.names import bone_name
from cstrain.drawing import svg
from cstrain.drawing.fishbone_layout import (
    ASIDE,
    BOLD,
    LABEL,
    LEADING,
    LEFT_GAP,
    RIGHT_GAP,
    SIZES,
    SLANT,
    Bone,
    Layout,
    Placed,
    lay_out,
    placed,
)
from cstrain.drawing.fishbone_said import cause_marks, description, legend_marks
from cstrain.drawing.rca_marks import (
    FONTS,
    MARK_ROW,
    TEAL,
    drawn_row,
    row_width,
    rows_of,
    star,
    titled,
    words_at,
)
from cstrain.drawing.rca_text import clean, ems, fit
from cstrain.html import escape
from cstrain.language import HTML_LANG, Language, as_language
from cstrain.library.words import words

_MARGIN, _HEAD_WIDTH, _TAIL = 16, 220, 30
_HEAD_GAP, _LEGEND_GAP, _STEP = 26, 18, 14
_LABEL_SIZE: Final = 14
_SIDEWAYS: Final = 1.5  # width to height of a page held sideways: the picture is never taller
_HEAD_FILL: Final = "#0f6e6e"
_RIB: Final = f'stroke="{TEAL}" stroke-width="2.5" stroke-linecap="round"'
_SPINE: Final = f'stroke="{TEAL}" stroke-width="5" stroke-linecap="round"'
_TWIG: Final = f'stroke="{TEAL}" stroke-width="1.3"'
_SUB: Final = 'stroke="#7a8690" stroke-width="1" fill="none"'
_GUIDE: Final = 'stroke="#7a8690" stroke-width="1.3" stroke-dasharray="2 5"'


def fishbone_svg(
    fishbone: Fishbone | Mapping[str, Any],
    language: str,
    *,
    verdicts: Mapping[str, str] | None = None,
    notes: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Return the fishbone as SVG; it grows with its causes, and nothing overlaps.

    `verdicts` gives what the data say of a cause (supported, rejected, untested), `notes` the
    codes of what was found in it, both by the cause's id.

    >>> fishbone_svg(Fishbone(), "en").startswith('<svg class="cstrain-figure" role="img"')
    True
    """
    chosen = as_language(language)
    bones = fishbone if isinstance(fishbone, Fishbone) else Fishbone.from_plain(fishbone)[0]
    said = words("rca_figure_words", chosen)
    marks = cause_marks(bones, said, verdicts or {}, notes or {})
    layout = lay_out(bones, marks)
    title, told = description(bones, chosen, verdicts or {})
    parts, size = _picture(bones, layout, chosen, legend_marks(bones, marks, said))
    return svg.figure(
        [f'<g lang="{HTML_LANG[chosen]}" font-family="{FONTS}">', *parts, "</g>"],
        size=size,
        title=title,
        description=told,
    )


def _picture(
    fishbone: Fishbone, layout: Layout, language: Language, legend: Sequence[Any]
) -> tuple[list[str], tuple[int, int]]:
    longest = max(layout.above, layout.below)
    first = _MARGIN + layout.pitch - LEFT_GAP + SLANT * longest
    feet = [first + place * layout.pitch for place in range(len(layout.pairs))]
    head_x = (feet[-1] if feet else first) + _HEAD_GAP
    head, head_height, head_width = _head(fishbone, language)
    width = head_x + head_width + _MARGIN
    spine = _MARGIN + max(layout.above, head_height / 2)
    bottom = spine + max(layout.below if _has_below(layout) else 0, head_height / 2)
    parts = [f'<g transform="translate({head_x:.1f} {spine:.1f})">{head}</g>']
    parts += _spine(feet, head_x, spine, layout)
    for foot, (above, below) in zip(feet, layout.pairs, strict=True):
        for bone, up in ((above, True), (below, False)):
            if bone is not None:
                parts += _Rib(bone, layout, foot, spine, up=up).drawn(language)
    rows = rows_of(legend, width - 2 * _MARGIN)
    for number, row in enumerate(rows):
        y = bottom + _LEGEND_GAP + (number + 0.5) * MARK_ROW
        parts.append(drawn_row(row, width - _MARGIN - row_width(row), y))
    height = bottom + _MARGIN + (len(rows) * MARK_ROW + _LEGEND_GAP if rows else 0)
    return _sideways(parts, width, height)


def _sideways(parts: list[str], width: float, height: float) -> tuple[list[str], tuple[int, int]]:
    """Put a picture that is too tall into the middle of a wider one: it prints on one page."""
    wide = max(width, height * _SIDEWAYS)
    if wide > width:
        shift = (wide - width) / 2
        parts = [f'<g transform="translate({shift:.1f} 0)">', *parts, "</g>"]
    return parts, (round(wide), round(height))


def _has_below(layout: Layout) -> bool:
    return any(below for _, below in layout.pairs)


def _spine(feet: Sequence[float], head_x: float, y: float, layout: Layout) -> Iterator[str]:
    # The tail begins left of the words nearest to the spine.
    tail = (feet[0] if feet else head_x) - layout.pitch
    yield f'<path d="M{tail:.1f} {y:.1f}H{head_x + 4:.1f}" {_SPINE}/>'
    fork = "".join(f"M{tail:.1f} {y:.1f}l{-_TAIL:.1f} {way * _TAIL * 0.8:.1f}" for way in (-1, 1))
    yield f'<path d="{fork}" {_SPINE}/>'


class _Rib:
    """A rib with the words to the left of it; above or below the spine."""

    def __init__(self, bone: Bone, layout: Layout, foot: float, spine: float, *, up: bool) -> None:
        self._bone, self._layout = bone, layout
        self._foot, self._spine, self._up = foot, spine, up
        self._length = layout.above if up else layout.below

    def drawn(self, language: Language) -> Iterator[str]:
        end = -self._length + LABEL / 2 if self._up else self._length - LABEL / 2
        yield (
            f'<path d="M{self._foot:.1f} {self._spine:.1f}L{self._x(end):.1f} '
            f'{self._spine + end:.1f}" {_RIB}/>'
        )
        yield self._label(end, language)
        if not self._bone.groups:
            yield from self._guides()
        for group in placed(self._bone, self._length, up=self._up):
            yield from self._group(group)

    def _x(self, y: float) -> float:
        """Return where the rib is at a distance from the spine."""
        return self._foot - SLANT * abs(y)

    def _left(self, y: float) -> float:
        """Return where words may begin at a distance from the spine."""
        return self._x(y) - self._layout.pitch + LEFT_GAP

    def _label(self, end: float, language: Language) -> str:
        said = words("rca_figure_words", language)
        name = bone_name(self._bone.category, language)
        count = f" {self._bone.count}"
        if self._bone.parts > 1:
            count += f" ({self._bone.part}/{self._bone.parts})"
        room = self._layout.pitch - 44 - ems(count) * _LABEL_SIZE
        fitted = fit(name, room / BOLD, _LABEL_SIZE, 1)
        shown = "".join(fitted.lines) or said["cause_open"]
        width = ems(shown + count) * _LABEL_SIZE * BOLD + 22
        x, y = self._x(end), self._spine + end
        inner = (
            f'<rect x="{x - width / 2:.1f}" y="{y - 13:.1f}" width="{width:.1f}" height="26" '
            f'rx="13" fill="{_HEAD_FILL}" stroke="{TEAL}"/>'
            f'<text x="{x:.1f}" y="{y + 5:.1f}" font-size="{_LABEL_SIZE}" text-anchor="middle" '
            f'font-weight="600" fill="#ffffff">{escape(shown + count)}</text>'
        )
        return titled(inner, fitted.whole, kind="bone", key=self._bone.category.id)

    def _guides(self) -> Iterator[str]:
        """Return the places where causes will stand."""
        for share in (0.36, 0.62):
            y = (self._length - LABEL) * share * (-1 if self._up else 1)
            x = self._x(y)
            long = min(self._layout.strip * 0.6, 130)
            yield f'<path d="M{x - long:.1f} {self._spine + y:.1f}H{x:.1f}" {_GUIDE}/>'

    def _group(self, group: Sequence[Placed]) -> Iterator[str]:
        seen: dict[str, tuple[Placed, float]] = {}
        for one in group:
            above = seen.get(one.row.cause.parent)
            x = self._start(one, above[1] if above else 0)
            seen[one.row.cause.id] = (one, x)
            twig = self._joined(one, x, *above) if above else self._twig(one)
            yield titled(
                twig + self._words(one, x),
                one.row.whole,
                kind="cause",
                key=one.row.cause.id,
            )

    def _start(self, one: Placed, above: float) -> float:
        """Return where a row begins: below the spine behind its parent, as far as it has room."""
        x = self._left(one.bottom if self._up else one.top) + one.row.indent
        last = self._x(one.bottom) - RIGHT_GAP - one.row.width
        return x if self._up or not above else max(x, min(above + _STEP, last))

    def _twig(self, one: Placed) -> str:
        y, start = self._spine + one.bottom, self._left(one.bottom)
        return f'<path d="M{start:.1f} {y:.1f}H{self._x(one.bottom):.1f}" {_TWIG}/>'

    def _joined(self, one: Placed, x: float, above: Placed, above_x: float) -> str:
        """Return the line to the cause above, which runs down along the rib, left of all words."""
        indent, bottom = above.row.indent + 4, self._spine + above.bottom
        middle = one.top + LEADING[one.row.kind] * 0.55
        down = self._left(middle) + indent
        return (
            f'<path d="M{above_x + 4:.1f} {bottom:.1f}H{self._left(above.bottom) + indent:.1f}'
            f'L{down:.1f} {self._spine + middle:.1f}H{max(x - 3, down):.1f}" {_SUB}/>'
        )

    def _words(self, one: Placed, x: float) -> str:
        row, kind, y = one.row, one.row.kind, self._spine + one.top
        parts = [star(x + 8, y + LEADING[kind] * 0.55)] if row.cause.top else []
        for line in row.lines:
            y += LEADING[kind]
            weight = 600 if row.cause.top else 400
            start = x + row.start - row.indent
            parts.append(words_at(start, y - 4, line, size=SIZES[kind], weight=weight))
        if row.beside:
            signs = drawn_row(row.marks[0], x + row.end - row.indent + ASIDE, y - 8)
            return "".join(parts) + signs
        for marks in row.marks:
            parts.append(drawn_row(marks, x, y + MARK_ROW / 2))
            y += MARK_ROW
        return "".join(parts)


def _head(fishbone: Fishbone, language: Language) -> tuple[str, float, float]:
    """Return the head around (0, 0) at its left, its height and its width."""
    said, head = words("rca_figure_words", language), fishbone.head
    fitted = fit(head.statement or said["head_open"], _HEAD_WIDTH - 24, 16 * BOLD, 5)
    now = [said[f"head_{key}"].format(value=clean(value)) for key, value in
           (("now", head.value), ("standard", head.standard)) if clean(value)]  # fmt: skip
    facts: list[str] = []
    for text in filter(None, (clean(head.metric), *now)):
        facts += fit(text, _HEAD_WIDTH - 24, 13, 2).lines
    height = len(fitted.lines) * 21 + len(facts) * 18 + (8 if facts else 0) + 40
    y = -height / 2 + 20
    parts = [_head_shape(height)]
    for line in fitted.lines:
        y += 21
        parts.append(words_at(20, y - 5, line, size=16, weight=600, paint="#ffffff"))
    y += 8
    for line in facts:
        y += 18
        parts.append(words_at(20, y - 5, line, size=13, paint="#ffffff"))
    whole = fitted.whole or ""
    return titled("".join(parts), whole, kind="head", key="head"), height, _HEAD_WIDTH + 34


def _head_shape(height: float) -> str:
    """Return the outline of a fish's head that looks to the right."""
    half, side = height / 2, _HEAD_WIDTH
    path = (
        f"M8 {-half:.1f}H{side - 14}Q{side + 8} {-half * 0.8:.1f} {side + 34} 0"
        f"Q{side + 8} {half * 0.8:.1f} {side - 14} {half:.1f}H8Q-8 0 8 {-half:.1f}z"
    )
    return f'<path d="{path}" fill="{_HEAD_FILL}"/>'
