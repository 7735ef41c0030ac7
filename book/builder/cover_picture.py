"""The picture on the cover: a fishbone whose causes have been put before the data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cstrain.causes.fishbone import SCHEMES, Category
from cstrain.causes.names import bone_name
from cstrain.html import escape
from cstrain.language import HTML_LANG, Language
from cstrain.library.words import words

_WIDTH, _HEIGHT, _SPINE = 590, 340, 164
_TOP, _BOTTOM = 42, 286
_FEET: Final = (150, 268, 386)  # where the ribs meet the spine
_LEAN: Final = 46
_HEAD_AT: Final = 428
# Of every rib, from its outer end to the spine, what became of its causes: + stands, - fell.
_CAUSES: Final = ("--", "-+-", "-", "--", "-", "+-")
_TWIG: Final = 62


def cover_picture(language: Language) -> str:
    """Return the picture as SVG; its colours are those of the page."""
    said = words("home_words", language)
    bones = [bone_name(Category(one), language) for one in SCHEMES["6P"]]
    return (
        f'<svg class="fish" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'lang="{HTML_LANG[language]}" aria-label="{escape(said["cover_picture"])}">'
        f'<path class="spine" d="M18 {_SPINE}H{_HEAD_AT}"/>'
        f'<path class="tail" d="M18 {_SPINE}l-14 -22M18 {_SPINE}l-14 22"/>'
        f"{''.join(_ribs(bones))}{_head(said['cover_picture_head'])}{_legend(language)}</svg>"
    )


def _ribs(bones: list[str]) -> Iterator[str]:
    for place, (name, causes) in enumerate(zip(bones, _CAUSES, strict=True)):
        foot, is_up = _FEET[place % 3], place < 3
        end = _TOP if is_up else _BOTTOM
        yield f'<path class="rib" d="M{foot} {_SPINE}L{foot - _LEAN} {end}"/>'
        label = end - 12 if is_up else end + 22
        yield f'<text class="bone" x="{foot - _LEAN}" y="{label}">{escape(name)}</text>'
        for number, kind in enumerate(causes, start=1):
            share = number / (len(causes) + 1)
            x = foot - _LEAN + _LEAN * share
            yield _cause(x, end + (_SPINE - end) * share, kind)


def _cause(x: float, y: float, kind: str) -> str:
    css = "stands" if kind == "+" else "falls"
    start = x - _TWIG
    return (
        f'<path class="twig {css}" d="M{start:.0f} {y:.0f}H{x:.0f}"/>'
        f'<g class="{css}" transform="translate({start:.0f} {y:.0f})">{_mark(kind)}</g>'
    )


def _mark(kind: str) -> str:
    sign = "M-4 0l3 3.4l5.4 -6.4" if kind == "+" else "M-3.4 -3.4l6.8 6.8M-3.4 3.4l6.8 -6.8"
    return f'<circle r="9"/><path d="{sign}"/>'


def _head(text: str) -> str:
    middle = (_HEAD_AT + _WIDTH) / 2
    outline = f"M{_HEAD_AT} {_SPINE - 48}H{_WIDTH - 30}q26 0 26 48t-26 48H{_HEAD_AT}z"
    return (
        f'<path class="head" d="{outline}"/>'
        f'<text class="problem" x="{middle - 3:.0f}" y="{_SPINE + 6}">{escape(text)}</text>'
    )


def _legend(language: Language) -> str:
    said = words("home_words", language)
    rows = (("+", "stands", 452, 0), ("-", "falls", 452, 30))
    return "".join(
        f'<g class="{css}" transform="translate({x} {_SPINE + 92 + down})">{_mark(kind)}</g>'
        f'<text class="legend" x="{x + 17}" y="{_SPINE + 98 + down}">'
        f"{escape(said[f'cover_picture_{css}'])}</text>"
        for kind, css, x, down in rows
    )
