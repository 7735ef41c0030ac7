"""A Sphinx extension: the live exercises' scripts and the language link."""

from __future__ import annotations

import json
from typing import Any, Final

from sphinx.application import Sphinx

from cstrain.html import escape
from cstrain.language import HTML_LANG, LANGUAGES, as_language
from cstrain.library.words import message, words

# In every page with exercises, and no module: it has to speak where modules cannot be loaded, as
# in a page opened from a disk.
_GUARD: Final = """
(function () {
  function say(text) {
    if (window.cstrainHost || document.querySelector(".cstrain-not-live")) return;
    document.querySelectorAll(".cstrain-exercise").forEach(function (block, place) {
      var note = document.createElement("p");
      note.className = "cstrain-not-live";
      if (place === 0) note.setAttribute("role", "status");
      note.textContent = text;
      block.prepend(note);
    });
  }
  var words = JSON.parse(document.getElementById("cstrain-host").textContent).words;
  var fromDisk = location.protocol === "file:";
  window.cstrainNotStarted = function () { say(fromDisk ? words.from_disk : words.not_started); };
  setTimeout(window.cstrainNotStarted, 9000);
})();
"""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_config_value("cstrain_language", "en", "html")
    app.add_config_value("cstrain_host", "../host/", "html")
    app.add_config_value("cstrain_pyodide", "../pyodide/", "html")
    # jupyter-book sets these two for extensions that the list in _config.yml leaves out.
    for name in ("comments_config", "thebe_config"):
        if name not in app.config:
            app.add_config_value(name, {}, "html")
    app.connect("builder-inited", _add_style)
    # Before the theme, which tries its templates out while the context is made.
    app.connect("html-page-context", _complete, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _add_style(app: Sphinx) -> None:
    app.add_css_file(f"../{app.config.cstrain_host}book.css")  # seen from the folder _static


def _complete(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    language = as_language(app.config.cstrain_language)
    other = next(one for one in LANGUAGES if one != language)
    said = words("host_words", language)
    context["cstrain_language"] = language
    context["cstrain_other"], context["cstrain_other_lang"] = other, HTML_LANG[other]
    context["cstrain_words"] = said
    if "cstrain-view" not in context.get("body", ""):
        return
    stored = {code: message("progress", code)[language] for code in ("saved", "imported")}
    about = {
        "language": language,
        "words": {**said, **stored},
        "pyodide": app.config.cstrain_pyodide,
        "archive": f"{app.config.cstrain_host}engine/core.zip",
        "tables": f"{app.config.cstrain_host}tables/",
    }
    context["body"] = _tools(about, app.config.cstrain_host) + context["body"]


def _tools(about: dict[str, Any], host: str) -> str:
    data = json.dumps(about, ensure_ascii=False).replace("<", "\\u003c")
    no_script = escape(about["words"]["no_script"])
    return (
        f'<link rel="stylesheet" href="{escape(host)}frame.css">'
        f'<noscript><p class="cstrain-not-live">{no_script}</p></noscript>'
        f'<script type="application/json" id="cstrain-host">{data}</script>'
        f"<script>{_GUARD}</script>"
        f'<script type="module" src="{escape(host)}host.js" onerror="cstrainNotStarted()"></script>'
    )
