"""A Sphinx extension: what a page needs to be kept on a device and put on its home screen."""

from __future__ import annotations

import json
from typing import Any, Final

from sphinx.application import Sphinx

from cstrain.language import as_language
from cstrain.library.words import words

# The backgrounds of the theme, which a phone continues around the page.
_COLORS: Final = {"light": "#ffffff", "dark": "#101719"}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("builder-inited", _add_script)
    app.connect("html-page-context", _add_head)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _add_script(app: Sphinx) -> None:
    # Seen from the folder _static.
    app.add_js_file(f"../{app.config.cstrain_host}offline.js", type="module")


def _add_head(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    language = as_language(app.config.cstrain_language)
    up = "../" * page.count("/")
    about = {
        "language": language,
        "root": f"{up}../",
        "kept": words("offline_words", language)["kept"],
    }
    data = json.dumps(about, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    colors = "".join(
        f'<meta name="theme-color" content="{color}" media="(prefers-color-scheme: {scheme})">\n'
        for scheme, color in _COLORS.items()
    )
    context["metatags"] = (
        f"{context.get('metatags') or ''}\n{colors}"
        f'<link rel="manifest" href="{up}manifest.webmanifest">\n'
        f'<link rel="apple-touch-icon" href="{up}../icons/192.png">\n'
        f'<script type="application/json" id="cstrain-offline">{data}</script>\n'
    )
