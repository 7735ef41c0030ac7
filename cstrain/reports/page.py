"""The frame of a document to carry away: one HTML file that needs nothing but itself."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Final

import cstrain
from cstrain.html import escape
from cstrain.language import HTML_LANG, Language
from cstrain.library.words import words

_STYLE: Final = Path(__file__).resolve().parent / "report.css"
# The page may use its own style and its own button, and may ask nobody for anything.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_RADIUS: Final = 52
_ROUND: Final = 2 * math.pi * _RADIUS
_SIZES: Final = {1: 36, 2: 36, 3: 34, 4: 28, 5: 24}  # of the figure in a ring, by its length


def document(body: str, *, title: str, css: str, language: Language) -> str:
    """Return the whole document; `css` is the class of its body, which the style goes by."""
    said = words("report_words", language)
    bar = (
        f'<div class="bar"><button type="button" onclick="window.print()">{escape(said["print"])}'
        f"</button><span>{escape(said['print_help'])}</span></div>"
    )
    whole = body.encode("utf-8", "replace").decode()  # half a character is none
    return (
        f'<!DOCTYPE html>\n<html lang="{HTML_LANG[language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="generator" content="cstrain {cstrain.__version__}">'
        f"<title>{escape(title)}</title><style>\n{_style()}</style></head>"
        f'<body class="{css}">{bar}<main>{whole}</main></body></html>\n'
    )


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")


def ring(share: float, big: str, small: str, label: str) -> str:
    """Return a ring that is filled by a share from 0 to 1, with two lines of text in it."""
    filled = max(0.0, min(1.0, share)) * _ROUND
    return (
        f'<svg class="ring" role="img" viewBox="0 0 128 128" aria-label="{escape(label)}">'
        f'<circle cx="64" cy="64" r="{_RADIUS}" class="ring-empty"/>'
        f'<circle cx="64" cy="64" r="{_RADIUS}" class="ring-full" transform="rotate(-90 64 64)" '
        f'stroke-dasharray="{filled:.1f} {_ROUND:.1f}"/>'
        f'<text x="64" y="71" class="ring-big" font-size="{_SIZES.get(len(big), 21)}">'
        f"{escape(big)}</text>"
        f'<text x="64" y="91" class="ring-small">{escape(small)}</text></svg>'
    )


def joined(items: list[str], mark: str) -> str:
    """Return items joined by a mark, with a blank after it where the mark is not Chinese.

    >>> joined(["a", "b"], ";")
    'a; b'
    """
    return spaced(mark).join(items)


def spaced(mark: str) -> str:
    """Return a mark or a word with the blank that follows it in Latin text."""
    return f"{mark} " if mark.isascii() else mark


def meter(share: float) -> str:
    """Return a bar that is filled by a share from 0 to 1; the number stands beside it."""
    width = 100 * max(0.0, min(1.0, share))
    return f'<span class="meter" aria-hidden="true"><i style="width:{width:.0f}%"></i></span>'


def facts(pairs: list[tuple[str, str]]) -> str:
    """Return names and values side by side; what has no value is left out."""
    inner = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in pairs
        if value
    )
    return f'<dl class="facts">{inner}</dl>'
