"""A few SVG parts: text that is always escaped, a figure that screen readers can read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cstrain.html import escape

# Paint stands in the figure itself, so that it looks the same in a page, a notebook and on paper.
# Every colour has a contrast of at least 3 : 1 on white and on the dark theme's background;
# dashes, symbols and labels always say it too.
_PAINT: Final = {
    "axis": 'stroke="currentColor" stroke-width="1"',
    "baseline": 'stroke="#7a8690" stroke-width="1.5" stroke-dasharray="2 4"',
    "target": 'stroke="#1a9b8f" stroke-width="2" stroke-dasharray="8 4"',
    "plan": 'stroke="#5b7fd6" stroke-width="2.5"',
    "point": 'fill="#5b7fd6"',
    "other": 'stroke="#c0673a" stroke-width="2" stroke-dasharray="5 4"',
    "join": 'stroke="#7a8690" stroke-width="1.5"',
    "goal": 'fill="none" stroke="#1a9b8f" stroke-width="1.5"',
    "good_side": 'fill="#1a9b8f" fill-opacity="0.14" stroke="none"',
    "trouble": 'fill="none" stroke="#c0673a" stroke-width="1.5" stroke-dasharray="5 4"',
}


def figure(parts: Iterable[str], *, size: tuple[int, int], title: str, description: str) -> str:
    """Return an SVG that scales to its column, with a title and a description for readers."""
    width, height = size
    return (
        f'<svg class="cstrain-figure" role="img" viewBox="0 0 {width} {height}" '
        f'xmlns="http://www.w3.org/2000/svg" font-family="inherit" font-size="13" '
        f'style="max-width:{width}px;width:100%;height:auto">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(parts)}</svg>"
    )


def text(x: float, y: float, words: object, *, anchor: str = "start", size: int = 13) -> str:
    """Return a line of text; the anchor is start, middle or end."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" '
        f'fill="currentColor">{escape(words)}</text>'
    )


def line(start: tuple[float, float], end: tuple[float, float], paint: str) -> str:
    """Return a straight line; `paint` names colour and dashes."""
    (x1, y1), (x2, y2) = start, end
    return f'<line {_PAINT[paint]} x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def polyline(points: Iterable[tuple[float, float]], paint: str) -> str:
    """Return a line through the points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline {_PAINT[paint]} fill="none" points="{path}"/>'


def dot(x: float, y: float, paint: str, radius: float = 5) -> str:
    """Return a filled circle."""
    return f'<circle {_PAINT[paint]} cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'


def box(x: float, y: float, size: tuple[float, float], paint: str) -> str:
    """Return a box with rounded corners."""
    return (
        f'<rect {_PAINT[paint]} x="{x:.1f}" y="{y:.1f}" width="{size[0]:g}" '
        f'height="{size[1]:g}" rx="6"/>'
    )
