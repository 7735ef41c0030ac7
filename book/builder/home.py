"""A Sphinx extension: the cover and the map know the learner; every page says what it is about."""

from __future__ import annotations

import json
from typing import Any, Final

from sphinx.application import Sphinx

from builder.contents import short_names
from builder.cover import exercise_address
from builder.places import pages
from cstrain.html import escape
from cstrain.language import HTML_LANG, LANGUAGES, Language, as_language
from cstrain.library.course import course
from cstrain.library.lessons import lessons
from cstrain.library.words import words

# The pages that show how far the learner is.
_KNOWING: Final = ("index", "course_map")
_TOLD: Final = (
    "cover_continue",
    "map_all",
    "map_none",
    "map_not_lasting",
    "points_last",
    "tried",
    "tried_none",
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("builder-inited", _add_files)
    app.connect("html-page-context", _complete)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _add_files(app: Sphinx) -> None:
    # Seen from the folder _static.
    app.add_css_file(f"../{app.config.cstrain_host}home.css")
    for script in ("figures.js", "place.js"):
        app.add_js_file(f"../{app.config.cstrain_host}{script}", type="module")


def _complete(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    language = as_language(app.config.cstrain_language)
    context["metatags"] = context.get("metatags", "") + _about(
        page, language, context.get("title", "")
    )
    _name_neighbours(app, page, context, language)
    if page in _KNOWING:
        source = escape(f"{app.config.cstrain_host}home.js")
        context["body"] += f'{_data(language)}<script type="module" src="{source}"></script>'


def _name_neighbours(app: Sphinx, page: str, context: dict[str, Any], language: Language) -> None:
    """Put the short names into the menu and below the page, where long titles fill a phone."""
    cover = words("home_words", language)["cover_name"]
    context["root_title"] = cover
    names = {app.config.root_doc: cover, **short_names(language)}
    around = app.env.collect_relations().get(page, (None, None, None))
    for key, other in zip(("prev", "next"), around[1:], strict=True):
        if context.get(key) and other in names:
            context[key] = {**context[key], "title": names[other]}


def _about(page: str, language: Language, title: str) -> str:
    """Return what search engines and shared links show of the page."""
    goals = {one.lesson.page: one.goal[language] for one in course() if one.lesson}
    said = escape(goals.get(page) or words("home_words", language)["description_cover"])
    name = escape(words("host_words", language)["book_title"])
    others = "".join(
        f'<link rel="alternate" hreflang="{HTML_LANG[one]}" href="../{one}/{escape(page)}.html">'
        for one in LANGUAGES
    )
    return (
        f'<meta name="description" content="{said}"><meta property="og:type" content="website">'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" '
        f'content="{name}"><meta property="og:description" content="{said}">{others}'
    )


def _data(language: Language) -> str:
    """Return what home.js works on: the lessons with their exercises, and its words."""
    said = words("home_words", language)
    known = [
        {
            "id": lesson.id,
            "exercises": [
                {
                    "id": one.id,
                    "name": f"N{lesson.number:02} {one.title[language]}",
                    "href": exercise_address(lesson, place),
                }
                for place, one in enumerate(lesson.all_exercises())
            ],
        }
        for lesson in lessons().values()
        if lesson.page in {one.name for one in pages()}
    ]
    about = {"lessons": known, "words": {key: said[key] for key in _TOLD}}
    text = json.dumps(about, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="cstrain-home">{text}</script>'
