"""The book without a network: the service worker with its list of files, manifests, icons."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from builder.one_build import Build
from builder.places import BOOK
from cstrain.language import HTML_LANG, LANGUAGES, Language
from cstrain.library.words import words

_WORKER: Final = "sw.js"
_ICONS: Final = ("192.png", "512.png", "maskable.svg")
# Notebooks in the browser have a service worker of their own.
_NOT_KEPT: Final = ("lite/", _WORKER, "book.json", ".nojekyll")
# Kept when they are first fetched, not beforehand: big, and for few.
_LATER: Final = ("/tables/", "/print/", "/slides/", ".pdf")
_COLOR, _GROUND = "#0f6e6e", "#ffffff"


def put_offline(build: Build) -> None:
    """Write what keeps the finished site on a device; nothing may change in it afterwards."""
    (build.site / "icons").mkdir()
    for name in _ICONS:
        shutil.copyfile(BOOK / "host" / "icons" / name, build.site / "icons" / name)
    for language in LANGUAGES:
        text = json.dumps(_manifest(language), ensure_ascii=False, indent=1) + "\n"
        path = build.site / language / "manifest.webmanifest"
        path.write_text(text, encoding="utf-8", newline="\n")
    about = json.dumps(_about(build.site), ensure_ascii=False, sort_keys=True)
    worker = (BOOK / "host" / _WORKER).read_text(encoding="utf-8")
    text = f"const ABOUT = {about};\n{worker}"
    (build.site / _WORKER).write_text(text, encoding="utf-8", newline="\n")


def _manifest(language: Language) -> dict[str, Any]:
    said = words("offline_words", language)
    icons = [
        {"src": f"../icons/{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    cut = {"src": "../icons/maskable.svg", "sizes": "any", "type": "image/svg+xml"}
    return {
        "name": words("host_words", language)["book_title"],
        "short_name": said["short_name"],
        "description": said["description"],
        "lang": HTML_LANG[language],
        "start_url": "index.html",
        "scope": "../",
        "display": "standalone",
        "theme_color": _COLOR,
        "background_color": _GROUND,
        "icons": [*icons, {**cut, "purpose": "maskable"}],
    }


def _about(site: Path) -> dict[str, Any]:
    """Return the version, every file with its digest, and what belongs to which language."""
    files = {}
    for file in sorted(one for one in site.rglob("*") if one.is_file()):
        name = file.relative_to(site).as_posix()
        if not name.startswith(_NOT_KEPT):
            files[name] = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    at_once = [one for one in files if not any(part in f"/{one}" for part in _LATER)]
    of_language = {
        one: [name for name in at_once if name.startswith(f"{one}/")] for one in LANGUAGES
    }
    return {
        "version": _version(files.items()),
        "files": files,
        "languages": of_language,
        "core": [name for name in at_once if not name.startswith(tuple(of_language))],
    }


def _version(files: Iterable[tuple[str, str]]) -> str:
    text = "".join(f"{name}\0{digest}\n" for name, digest in files)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
