"""Pictures of causes out of the content: a fishbone, and the whys below one of its causes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cstrain.causes.fishbone import Fishbone, dug
from cstrain.charts.impacts import impact_effort
from cstrain.charts.paretos import pareto
from cstrain.charts.picture import Drawing, Picture, entry
from cstrain.drawing.causes_outline import causes_outline
from cstrain.drawing.fishbone_figure import fishbone_svg
from cstrain.drawing.fishbone_said import description
from cstrain.drawing.why_figure import why_svg
from cstrain.errors import UnknownNameError
from cstrain.html import escape
from cstrain.language import LANGUAGES, Language, as_language
from cstrain.library.words import words


class Folded:
    """A picture's words behind a line that opens them: HTML, or one line of text."""

    def __init__(self, language: Language, text: str, html: str) -> None:
        self._language, self._text, self._html = language, text, html

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str:
        opener = words("rca_figure_words", self._language)["outline_open"]
        return (
            '<details class="cstrain cstrain-sheet"><summary style="cursor:pointer">'
            f"{escape(opener)}</summary>{self._html}</details>"
        )


def fishbone(picture: str, language: str) -> Drawing:
    """Return the fishbone of a picture: causes on their bones, votes, marks and verdicts."""
    chosen = as_language(language)
    found, verdicts = _read(picture, chosen)
    alt = entry("fishbone", picture).text("alt")[chosen]
    return Drawing(fishbone_svg(found, chosen, verdicts=verdicts), alt)


def fishbone_outline(picture: str, language: str) -> Folded:
    """Return the fishbone of a picture as a nested list, for a phone and for a screen reader."""
    chosen = as_language(language)
    found, verdicts = _read(picture, chosen)
    _, told = description(found, chosen, verdicts)
    return Folded(chosen, told, causes_outline(found, chosen, verdicts=verdicts))


def fishbone_whys(picture: str, cause: str, language: str) -> Drawing:
    """Return the whys below one cause of a picture's fishbone, the cause at the head."""
    chosen = as_language(language)
    found, _ = _read(picture, chosen)
    if cause not in found.whys:
        raise UnknownNameError("cause with whys", cause, found.whys)
    tree = dug(found, cause)
    alt = " → ".join([tree.problem, *(one.text for one in tree.nodes)])
    return Drawing(why_svg(tree, chosen), alt)


def fishbone_pareto(picture: str, about: str, language: str) -> Picture:
    """Return the counts that a picture's problem was split into, largest first."""
    raw = in_language(entry("fishbone", picture).raw["counts"], as_language(language))
    return pareto([(one["name"], one["count"]) for one in raw], about=about, language=language)


def fishbone_measures(picture: str, about: str, language: str) -> Picture:
    """Return the countermeasures of a picture's fishbone by impact and effort."""
    found, _ = _read(picture, as_language(language))
    rows = [(one.text, one.impact, one.effort) for one in found.measures]
    return impact_effort(rows, about=about, language=language)


def _read(picture: str, language: Language) -> tuple[Fishbone, dict[str, str]]:
    raw = in_language(dict(entry("fishbone", picture).raw), language)
    keys = ("head", "scheme", "causes", "whys", "measures")
    verdicts = {one["id"]: one["verdict"] for one in raw["causes"] if "verdict" in one}
    causes = [{key: one[key] for key in one if key != "verdict"} for one in raw["causes"]]
    plain = {**{key: raw[key] for key in keys if key in raw}, "causes": causes}
    return Fishbone.from_plain(plain)[0], verdicts


def in_language(value: Any, language: Language) -> Any:
    """Return a table of the content with every text in one language.

    >>> in_language({"id": "c1", "text": {"zh": "x", "en": "slow"}}, "en")
    {'id': 'c1', 'text': 'slow'}
    """
    if isinstance(value, Mapping):
        if set(value) == set(LANGUAGES):
            return value[language]
        return {key: in_language(one, language) for key, one in value.items()}
    if isinstance(value, list):
        return [in_language(one, language) for one in value]
    return value
