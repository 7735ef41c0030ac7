"""A Sphinx extension: the first use of a term or KPI in a lesson leads to what it means."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from docutils import nodes  # type: ignore[import-untyped]
from sphinx.application import Sphinx

from builder.entries import KPI_PAGE, Entry, entries
from builder.places import pages
from cstrain.language import HTML_LANG, LANGUAGES, Language, as_language
from cstrain.library.words import words

TERM: Final = "cstrain-term"
_CLOSED: Final = (
    nodes.title,
    nodes.reference,
    nodes.literal,
    nodes.literal_block,
    nodes.raw,
    nodes.image,
    nodes.comment,
)
_LATIN: Final = re.compile(r"[A-Za-z0-9]")
_GAP_PATTERN: Final = r"[\s\-\u2010\u2011\u2013]+"
_GAP: Final = re.compile(_GAP_PATTERN)
_CAPITALS: Final = re.compile("[A-Z0-9][A-Z]|[A-Z][A-Z0-9]")  # a code: written in no other way


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("doctree-resolved", _link_terms)
    app.connect("html-page-context", _tell_meanings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _link_terms(app: Sphinx, doctree: nodes.document, name: str) -> None:
    lesson = next((one.lesson for one in pages() if one.name == name), None)
    if lesson:
        link_first_uses(doctree, lesson, as_language(app.config.cstrain_language))


def link_first_uses(doctree: nodes.document, lesson: str, language: Language) -> None:
    """Turn the first use of each term into a link: not in headings, links, code or exercises."""
    finder, done = finder_of(language, lesson), set[str]()
    for text in list(doctree.findall(nodes.Text)):
        if not _is_closed(text):
            _link_in(text, finder, done)


def _is_closed(text: nodes.Text) -> bool:
    node = text.parent
    while node is not None:
        if isinstance(node, _CLOSED) or "cell" in node.get("classes", ()):
            return True
        node = node.parent
    return False


@dataclass(frozen=True)
class Finder:
    """Finds terms in running text: at each place the longest, Latin ones as whole words."""

    pattern: re.Pattern[str]
    by_form: Mapping[str, Entry]

    def finds(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """Return where each term stands, and which it is."""
        for hit in self.pattern.finditer(text):
            form = _plain(hit[0])
            known = next(one for one in (form, form[:-1], form[:-2]) if one in self.by_form)
            yield hit.start(), hit.end(), self.by_form[known]


@cache
def finder_of(language: Language, lesson: str) -> Finder:
    """Return the finder for a lesson; what elsewhere means something else counts only at home.

    >>> [one.name.en for _, _, one in finder_of("en", "n05").finds("Root causes are no excuses.")]
    ['root cause']
    """
    by_form: dict[str, Entry] = {}
    forms = []
    for entry in entries():
        if language in entry.own and entry.lesson != lesson:
            continue
        for form in entry.forms[language]:
            by_form.setdefault(_plain(form), entry)
            forms.append(form)
    longest_first = sorted(set(forms), key=lambda one: (-len(one), one))
    return Finder(re.compile("|".join(map(_pattern, longest_first))), by_form)


def _plain(form: str) -> str:
    return _GAP.sub(" ", form).replace("\u2019", "'").lower()


def _pattern(form: str) -> str:
    found = _GAP_PATTERN.join(re.escape(part) for part in _GAP.split(form))
    found = found.replace("'", "['\u2019]")
    if not _CAPITALS.search(form):
        found = f"(?i:{found})"
    if _LATIN.match(form[0]):
        found = rf"(?<![A-Za-z0-9_\-\u2010\u2011]){found}"
    if _LATIN.match(form[-1]):
        found = rf"{found}(?:s|es)?(?![A-Za-z0-9_]|[\-\u2010\u2011][A-Za-z])"
    return found


def _link_in(text: nodes.Text, finder: Finder, done: set[str]) -> None:
    """Put the links into one text, except for what has been linked before."""
    plain, at = text.astext(), 0
    made: list[nodes.Node] = []
    for begin, end, entry in finder.finds(plain):
        place = entry.places[0]
        if place in done:
            continue
        done.add(place)
        made += [nodes.Text(plain[at:begin])] if begin > at else []
        link = nodes.reference("", plain[begin:end], refuri=place, internal=True, classes=[TERM])
        made, at = [*made, link], end
    if made:
        made += [nodes.Text(plain[at:])] if at < len(plain) else []
        text.parent.replace(text, made)


def _tell_meanings(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], doctree: object
) -> None:
    """Put what the page's terms mean into the page, for what opens at a term."""
    if not isinstance(doctree, nodes.document):
        return
    links = [one for one in doctree.findall(nodes.reference) if TERM in one["classes"]]
    if links:
        language = as_language(app.config.cstrain_language)
        known = {one.places[0]: _told(one, language) for one in entries()}
        about = {
            "lang": HTML_LANG[_other(language)],
            "terms": {place: known[place] for place in sorted(one["refuri"] for one in links)},
        }
        data = json.dumps(about, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
        context["body"] += f'<script type="application/json" id="cstrain-terms">{data}</script>'


def _told(one: Entry, language: Language) -> dict[str, Any]:
    said = words("find_words", language)
    links = [
        (said["to_card"] if place.startswith(KPI_PAGE) else said["to_term"], place)
        for place in one.places
    ]
    return {
        "name": one.name[language],
        "other": one.name[_other(language)],
        "meaning": one.meaning[language],
        "links": links,
    }


def _other(language: Language) -> Language:
    return next(one for one in LANGUAGES if one != language)
