"""A few SVG parts: text that is always escaped, a figure that screen readers can read."""

from __future__ import annotations

from collections.abc import Iterable

from cstrain.html import escape


def figure(parts: Iterable[str], *, size: tuple[int, int], title: str, description: str) -> str:
    """Return an SVG that scales to its column, with a title and a description for readers."""
    width, height = size
    return (
        f'<svg class="cstrain-figure" role="img" viewBox="0 0 {width} {height}" '
        f'xmlns="http://www.w3.org/2000/svg" font-family="inherit" font-size="13" '
        f'style="max-width:{width}px;width:100%;height:auto">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(parts)}</svg>"
    )


def text(x: float, y: float, words: object, *, anchor: str = "start", css: str = "label") -> str:
    """Return a line of text; the anchor is start, middle or end."""
    return (
        f'<text class="svg-{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
        f'fill="currentColor">{escape(words)}</text>'
    )


def line(start: tuple[float, float], end: tuple[float, float], css: str) -> str:
    """Return a straight line; `css` chooses colour and dashes."""
    (x1, y1), (x2, y2) = start, end
    return f'<line class="svg-{css}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def polyline(points: Iterable[tuple[float, float]], css: str) -> str:
    """Return a line through the points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline class="svg-{css}" fill="none" points="{path}"/>'


def dot(x: float, y: float, css: str, radius: float = 5) -> str:
    """Return a filled circle."""
    return f'<circle class="svg-{css}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'
