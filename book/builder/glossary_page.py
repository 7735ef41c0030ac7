"""The glossary as a page: bilingual, by lesson, with anchors that both languages share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from builder.entries import Entry, entries
from cstrain.html import escape
from cstrain.language import HTML_LANG, LANGUAGES, Language
from cstrain.library.course import course
from cstrain.library.words import words


def glossary_page(language: Language) -> str:
    """Return the page as MyST Markdown: the filter, then a section of terms for each lesson."""
    said = words("find_words", language)
    terms = [one for one in entries() if one.term]
    groups = [(lesson, list(some)) for lesson, some in groupby(terms, lambda one: one.lesson)]
    lead = said["glossary_lead"].format(count=len(terms))
    parts = [f"# {said['glossary']}", lead, _filter([one for one, _ in groups], language)]
    for lesson, some in groups:
        parts += [f"(terms-{lesson})=\n## {_title(lesson, language)}", _list(some, language)]
    return "\n\n".join(parts) + "\n"


def _title(lesson: str, language: Language) -> str:
    number = int(lesson.removeprefix("n"))
    planned = next(one for one in course() if one.number == number)
    return f"{planned.label} {planned.title[language]}"


def _filter(lessons: Sequence[str], language: Language) -> str:
    """Return the choice of a lesson, which needs no script, and a field, which does."""
    said = words("find_words", language)
    chips = "".join(
        f'<label><input type="radio" name="show" id="show-{one}"{checked}>{escape(name)}</label>'
        for one, name, checked in [
            ("all", said["glossary_all"], " checked"),
            *((one, one.upper(), "") for one in lessons),
        ]
    )
    rules = "".join(
        f"section:has(> .cstrain-glossary-filter #show-{one}:checked) > "
        f"section:not(:has(> #terms-{one})){{display:none}}"
        for one in lessons
    )
    return (
        f"<style>{rules}</style>"
        '<form class="cstrain-glossary-filter" autocomplete="off">'
        f'<p class="cstrain-filter-word" hidden><label>{escape(said["glossary_filter"])} '
        '<input type="search" name="word" spellcheck="false"></label></p>'
        f"<fieldset><legend>{escape(said['glossary_show'])}</legend>{chips}</fieldset>"
        f'<p role="status" class="cstrain-filter-told" data-none="{escape(said["glossary_none"])}"'
        f' data-hidden="{escape(said["glossary_hidden"])}"></p></form>'
    )


def _list(some: Sequence[Entry], language: Language) -> str:
    return f'<dl class="cstrain-terms">{"".join(_item(one, language) for one in some)}</dl>'


def _item(one: Entry, language: Language) -> str:
    said = words("find_words", language)
    other = next(tongue for tongue in LANGUAGES if tongue != language)
    also = " ".join(dict.fromkeys(_searched(one)))
    card = "".join(
        f' <a href="{place}">{escape(said["to_card"])} {one.kpi}</a>' for place in one.places[:-1]
    )
    return (
        f'<div id="{one.term}" data-also="{escape(also)}"><dt><strong>{escape(one.name[language])}'
        f'</strong> <span lang="{HTML_LANG[other]}">{escape(one.name[other])}</span>'
        f'<a class="headerlink" href="#{one.term}" title="{escape(said["glossary_link"])}">#</a>'
        f"</dt><dd>{escape(one.meaning[language])}{card}</dd></div>"
    )


def _searched(one: Entry) -> Iterator[str]:
    """Return all ways of writing the term, for the filter."""
    for tongue in LANGUAGES:
        yield from (form.lower() for form in one.forms[tongue])
    yield from (form.lower() for form in one.others)
