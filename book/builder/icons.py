"""The theme's icons as drawings in the pages: its script of 1.5 MB draws a dozen of them.

Font Awesome Free draws `<i class="fa-solid fa-bars"></i>` when a page is opened. Here the same
drawing is put into the page when the book is built; the few icons that styles name by a character
come from a font cut to these characters.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from builder.failures import BookError

_DRAWN: Final = re.compile(
    r'(?:"([\w-]+)"|\b([a-z][\w]*)):\[(\d+),(\d+),\[([^\]]*)\],"\w+","([^"]+)"\]'
)
_PLACE: Final = re.compile(r'<(i|span)\s+class="([^"]*\bfa-[^"]*)"([^>]*)>\s*</\1>')
_STYLES: Final = frozenset({"fa-solid", "fa-regular", "fa-brands", "fas", "far", "fab", "fa"})
_SIZES: Final = re.compile(r"fa-(?:lg|sm|xs|2?xl|2xs|\d+x|fw)$")

# What the script adds to every page.
STYLE: Final = (
    ".svg-inline--fa{display:inline-block;height:1em;overflow:visible;vertical-align:-.125em}"
    ".svg-inline--fa.fa-lg{vertical-align:-.2em}.svg-inline--fa.fa-fw{width:1.25em}"
)


def drawings(script: Path) -> dict[str, tuple[str, str]]:
    """Return the icons in Font Awesome's script: name -> its view box and its path."""
    made: dict[str, tuple[str, str]] = {}
    for quoted, bare, width, height, aliases, path in _DRAWN.findall(
        script.read_text(encoding="utf-8")
    ):
        # The filled icons stand last, and are what a theme means by a name.
        for name in (quoted or bare, *re.findall(r'"([\w-]+)"', aliases)):
            made[name] = f"0 0 {width} {height}", path
    return made


def with_drawings(html: str, icons: Mapping[str, tuple[str, str]]) -> str:
    """Return a page with every icon drawn in it."""

    def drawn(found: re.Match[str]) -> str:
        kinds = found[2].split()
        names = [one for one in kinds if one.startswith("fa-") and not _is_style(one)]
        if not names or names[0].removeprefix("fa-") not in icons:
            raise BookError(f"The theme has no icon called {' '.join(names) or found[2]}.")
        box, path = icons[names[0].removeprefix("fa-")]
        rest = " ".join(one for one in kinds if one not in _STYLES)
        return (
            f'<svg class="svg-inline--fa {rest}"{found[3]} aria-hidden="true" focusable="false" '
            f'xmlns="http://www.w3.org/2000/svg" viewBox="{box}">'
            f'<path fill="currentColor" d="{path}"></path></svg>'
        )

    return _PLACE.sub(drawn, html)


def _is_style(name: str) -> bool:
    return name in _STYLES or bool(_SIZES.match(name))


def cut_font(font: Path, characters: Iterable[int]) -> bytes:
    """Return the font with these characters alone, as WOFF."""
    options = Options()
    options.layout_features, options.notdef_outline, options.name_IDs = [], False, []
    with TTFont(font, recalcTimestamp=False) as opened:
        cutter = Subsetter(options)
        cutter.populate(unicodes=sorted(characters))
        cutter.subset(opened)
        opened.flavor = "woff"
        made = io.BytesIO()
        opened.save(made)
    return made.getvalue()
