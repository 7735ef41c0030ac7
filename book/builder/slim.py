"""Pages light enough for a slow line: what a page carries but has no use for is left out.

The theme brings every icon, rule and figure for every book there could be. Only what the pages of
this book show stays; figures are packed without loss and are fetched when they come into sight.
"""

from __future__ import annotations

import base64
import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from PIL import Image

from builder.icons import STYLE, cut_font, drawings, with_drawings
from builder.one_build import Build
from builder.style_sheets import pruned, words_in
from builder.theme_words import in_words
from cstrain.language import LANGUAGES, Language

_ICON_SCRIPT: Final = "_static/scripts/fontawesome.js"
_ICON_FONT: Final = "_static/vendor/fontawesome/webfonts/fa-solid-900.ttf"
_ICON_LINKS: Final = re.compile(
    r"\s*<(?:script|link)\b[^>]*/fontawesome\.js[^>]*>(?:\s*</script>)?|"
    r"\s*<link\b[^>]*/webfonts/[^>]*>"
)
_ICON_FACES: Final = re.compile(r"@font-face\{[^}]*(?:Font ?Awesome)[^}]*\}")
_ICON_CHARACTER: Final = re.compile(r"\\(f[0-9a-f]{3})\b")
_UNUSED: Final = ("*.map", "*.LICENSE.txt", "webpack-macros.html", "sbt-webpack-macros.html")
_DRAWN: Final = re.compile(r'<svg\b[^>]*\bviewBox="0 0 ([\d.]+) ([\d.]+)"')
_PICTURE: Final = re.compile(r'<img\b([^>]*?)\bsrc="((?:\.\./)*_images/[^"]+)"([^>]*?)\s*/?>')


def make_light(build: Build) -> None:
    """Take out of both languages' pages what they have no use for."""
    for language in LANGUAGES:
        _make_light(build.site / language, build.site, language)


def _make_light(folder: Path, site: Path, language: Language) -> None:
    icons = drawings(folder / _ICON_SCRIPT)
    sizes = _pack_pictures(folder / "_images") | _drawn_sizes(folder / "_images")
    pages = sorted(folder.rglob("*.html"))
    known: set[str] = set()
    for page in pages:
        if "_static" not in page.relative_to(folder).parts:
            html = with_drawings(page.read_text(encoding="utf-8"), icons)
            html = in_words(_lazy(_ICON_LINKS.sub("", html), sizes), language)
            page.write_text(html, encoding="utf-8", newline="\n")
            known |= words_in(html)
    font = folder / _ICON_FONT
    (folder / _ICON_SCRIPT).unlink()
    for script in sorted([*folder.rglob("*.js"), *(site / "host").rglob("*.js")]):
        if script.name != "searchindex.js":
            known |= words_in(script.read_text(encoding="utf-8"))
    for sheet in sorted((folder / "_static").rglob("*.css")):
        _prune(sheet, known, font)
    _take_out(folder / "_static")


def _prune(sheet: Path, known: set[str], font: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    had_icons = bool(_ICON_FACES.search(text))
    made = pruned(_ICON_FACES.sub("", text), known)
    if had_icons:
        made += STYLE + _font_face(font, made)
    sheet.write_text(made, encoding="utf-8", newline="\n")


def _font_face(font: Path, sheet: str) -> str:
    """Return the rule for a font with the icons that styles name by their characters."""
    used = {int(one, 16) for one in _ICON_CHARACTER.findall(sheet)} | {0xF107}
    data = base64.b64encode(cut_font(font, used)).decode()
    return (
        "@font-face{font-family:Font Awesome\\ 6 Free;font-style:normal;font-weight:900;"
        f'src:url("data:font/woff;base64,{data}") format("woff")}}'
    )


def _take_out(static: Path) -> None:
    for kind in _UNUSED:
        for file in static.rglob(kind):
            file.unlink()
    for file in static.rglob("webfonts/*"):
        file.unlink()


def _pack_pictures(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Pack every PNG as WebP without loss; returns name before -> name, width and height."""
    files = sorted(folder.glob("*.png")) if folder.is_dir() else []
    with ThreadPoolExecutor(max_workers=2) as workers:
        return dict(zip((one.name for one in files), workers.map(_pack, files), strict=True))


def _drawn_sizes(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Return the same for SVG: the size it is drawn for, which a page keeps free for it."""
    made = {}
    for file in sorted(folder.glob("*.svg")):
        size = _DRAWN.search(file.read_text(encoding="utf-8"))
        if size:
            made[file.name] = file.name, round(float(size[1])), round(float(size[2]))
    return made


def _pack(file: Path) -> tuple[str, int, int]:
    made = io.BytesIO()
    with Image.open(file) as picture:
        width, height = picture.size
        picture.save(made, "WEBP", lossless=True, quality=100, method=4)
    target = file.with_suffix(".webp")
    target.write_bytes(made.getvalue())
    file.unlink()
    return target.name, width, height


def _lazy(html: str, sizes: dict[str, tuple[str, int, int]]) -> str:
    """Return a page whose pictures are the packed ones, fetched when they come into sight."""

    def one(found: re.Match[str]) -> str:
        folder, name = found[2].rsplit("/", 1)
        fresh, *size = sizes.get(name, (name,))
        extent = f' width="{size[0]}" height="{size[1]}"' if size else ""
        rest = f"{found[1].strip()} {found[3].strip()}".strip()
        return f'<img {rest} src="{folder}/{fresh}"{extent} loading="lazy" decoding="async">'

    html = _PICTURE.sub(one, html)
    for name, (fresh, *_) in sizes.items():  # where a page only links to a picture
        html = html.replace(name, fresh)
    return html
