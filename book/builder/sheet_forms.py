"""Blank forms that fill a page: a fishbone, and a chain of whys with room for the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cstrain.drawing.view import exercise_view
from cstrain.html import escape
from cstrain.language import Language
from cstrain.library.words import words
from cstrain.model import Exercise

_FISH: Final = (1040, 640)
_TWIGS: Final = 4
_WHYS: Final = 6  # five, and one more for whoever needs it
_WHY: Final = (680, 940)
_INK: Final = 'stroke="#333" fill="none"'
_PALE: Final = 'stroke="#888" stroke-width="1" stroke-dasharray="1 4" stroke-linecap="round"'


def blank_forms(exercise: Exercise, language: Language) -> Iterator[str]:
    """Return the blank forms that an exercise's fields are drawn on."""
    said, view = words("print_words", language), exercise_view(exercise, language)
    for field in view["fields"]:
        if field["shape"] == "fishbone":
            names = [one["label"] for one in field["schemes"][0]["bones"]]
            yield _page("p-wide", said["blank_fishbone"], _fish(names, said["problem"]))
        if field["shape"] in {"fishbone", "why_tree"}:
            yield _page("p-tall", said["blank_whys"], _whys(field["said"], said))


def _page(css: str, title: str, drawn: str) -> str:
    return f'<section class="p-blank-form {css}"><h2>{escape(title)}</h2>{drawn}</section>'


def _svg(size: tuple[int, int], title: str, parts: Sequence[str]) -> str:
    width, height = size
    return (
        f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {width} {height}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="16" fill="#333"{more}>{escape(text)}</text>'


def _fish(names: Sequence[str], problem: str) -> str:
    width, height = _FISH
    middle, neck = height / 2, width - 190
    parts = [
        f'<path d="M36 {middle:g}H{neck}" {_INK} stroke-width="4"/>',
        f'<path d="M36 {middle:g}l-24 -34M36 {middle:g}l-24 34" {_INK} stroke-width="3"/>',
        f'<rect x="{neck}" y="{middle - 80:g}" width="186" height="160" rx="10" {_INK}/>',
        _text(neck + 12, middle - 56, problem),
    ]
    step = (neck - 60) / ((len(names) + 1) // 2)
    for place, name in enumerate(names):
        parts += _rib(name, 60 + step * (place // 2 + 1), up=place % 2 == 0)
    return _svg(_FISH, problem, parts)


def _rib(name: str, root: float, *, up: bool) -> Iterator[str]:
    middle = _FISH[1] / 2
    end = 64 if up else _FISH[1] - 64
    tip = root - 120
    yield f'<path d="M{root:g} {middle:g}L{tip:g} {end:g}" {_INK} stroke-width="2.5"/>'
    place = 34 if up else _FISH[1] - 26
    yield _text(tip, place, name, ' font-weight="700" text-anchor="middle"')
    for twig in range(_TWIGS):
        share = (twig + 1) / (_TWIGS + 0.8)
        y = end + (middle - end) * share
        x = tip + (root - tip) * share
        yield f'<path d="M{x - 150:g} {y:g}H{x:g}" {_PALE}/>'


def _whys(own: Mapping[str, str], said: Mapping[str, str]) -> str:
    width, height = _WHY
    row = height / (_WHYS + 1)
    box, side, tall = width - 250, 210, row - 40
    parts = [_box(0, 4, width - 4, tall), _text(12, 28, said["problem"])]
    for level in range(1, _WHYS + 1):
        top = row * level + 4
        x = 16
        parts += [
            f'<path d="M{x + 60} {top - 2:g}v-34m-6 10l6 -10l6 10" {_INK} stroke-width="1.5"/>',
            _text(x + 76, top - 12, own["why"], ' font-style="normal"'),
            _box(0, top, box, tall),
            _text(12, top + 24, str(level), ' font-weight="700"'),
            _box(width - side - 4, top, side, tall, dashed=True),
            _text(width - side + 8, top + 24, said["evidence"]),
        ]
    return _svg(_WHY, said["blank_whys"], parts)


def _box(x: float, y: float, width: float, height: float, *, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    return (
        f'<rect x="{x + 2:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="8" {_INK}'
        f' stroke-width="1.5"{dash}/>'
    )
