"""Labels that the theme has in English only, said in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from cstrain.html import escape
from cstrain.language import Language
from cstrain.library.words import words

# What the theme says in an attribute -> its name in home_words.toml.
_SAID: Final[Mapping[str, str]] = {
    "Color mode": "color_mode",
    "Dark": "color_mode",
    "Light": "color_mode",
    "Main": "nav_book",
    "System Settings": "color_mode",
    "Toggle primary sidebar": "menu",
    "Toggle secondary sidebar": "on_page",
}
_LABEL: Final = re.compile(r'\b(aria-label|title|data-bs-title)="([^"]*)"')
# A name of its own hides from a screen reader what the button shows.
_SEARCH: Final = re.compile(r'(<button class="btn search-button-field[^>]*?)\s+aria-label="[^"]*"')


def in_words(html: str, language: Language) -> str:
    """Return the page with the theme's labels in its language; the article stays as it is."""
    head, start, rest = html.partition("<article")
    article, end, foot = rest.partition("</article>")
    return f"{_said(head, language)}{start}{article}{end}{_said(foot, language)}"


def _said(html: str, language: Language) -> str:
    known = words("home_words", language)

    def say(found: re.Match[str]) -> str:
        key = _SAID.get(found[2])
        return f'{found[1]}="{escape(known[key])}"' if key else found[0]

    return _SEARCH.sub(r"\1", _LABEL.sub(say, html))
