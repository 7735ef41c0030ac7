"""Where a notebook opens in the browser; known to the pages, which are made before it is there."""

from __future__ import annotations

from typing import Final

from cstrain.language import Language

# The folder of the notebook's app: one with menus in each language.
APPS: Final[dict[Language, str]] = {"en": "notebooks", "zh": "notebooks-zh"}


def notebook_link(language: Language, page: str) -> str:
    """Return the address of a page's notebook, seen from the folder `lite`.

    >>> notebook_link("zh", "n03_smart_goals")
    'notebooks-zh/index.html?path=zh/n03_smart_goals.ipynb'
    """
    return f"{APPS[language]}/index.html?path={language}/{page}.ipynb"
