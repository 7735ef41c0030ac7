"""A Sphinx extension: below a lesson's title, what else can be done with the lesson."""

from __future__ import annotations

import re
from typing import Any, Final

from sphinx.application import Sphinx

from builder.lite_place import notebook_link
from builder.places import pages
from builder.print_links import add_print_settings, print_tools
from cstrain.html import escape
from cstrain.language import as_language
from cstrain.library.words import words

# A title as "N03 SMART goals: from a wish to a card" has a name and what it promises.
_TITLE: Final = re.compile(r"<h1>(?P<name>[^<:\uff1a]+)(?P<colon>[:\uff1a] ?)(?P<more>[^<]+)")
# Below it stands one line: how long it takes, and how many points there are.
_HEAD_END: Final = re.compile(r"</h1>(?:\s*<p>.*?</p>)?", re.DOTALL)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_config_value("cstrain_lite", "", "html")
    app.add_config_value("cstrain_lite_full", default=False, rebuild="html")
    add_print_settings(app)
    app.connect("html-page-context", _add_tools)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _add_tools(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    lessons = {one.name for one in pages() if one.lesson}
    tools = _notebook_tool(app, page) + print_tools(app, page) if page in lessons else ""
    context["body"] = with_head(context.get("body", ""), tools)


def with_head(body: str, tools: str) -> str:
    r"""Return the page with a title in two lines, and the tools below its first paragraph.

    >>> with_head("<h1>N03: how</h1><p>90 minutes</p><p>…</p>", "[tools]")[:75]
    '<h1><span class="lesson-name">N03</span><span class="lesson-colon">: </span>'
    """
    body = _TITLE.sub(
        r'<h1><span class="lesson-name">\g<name></span><span class="lesson-colon">\g<colon></span>'
        r'<span class="lesson-promise">\g<more></span>',
        body,
        count=1,
    )
    if not tools:
        return body
    block = f'<div class="cstrain-lesson-tools">{tools}</div>'
    return _HEAD_END.sub(lambda head: head[0] + block, body, count=1)


def _notebook_tool(app: Sphinx, page: str) -> str:
    """Return the link to the whole notebook; what works there is said before the click."""
    if not app.config.cstrain_lite:
        return ""
    language = as_language(app.config.cstrain_language)
    said = words("lite_words", language)
    about = said["open_about_full" if app.config.cstrain_lite_full else "open_about"]
    href = escape(f"{app.config.cstrain_lite}{notebook_link(language, page)}")
    return (
        f'<p class="cstrain-open-notebook"><a href="{href}" target="_blank" '
        f'aria-describedby="open-notebook-about">{escape(said["open"])}</a> '
        f'<span id="open-notebook-about">{escape(about)}</span></p>'
    )
