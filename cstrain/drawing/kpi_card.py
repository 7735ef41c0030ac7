"""Definition cards of KPIs: one as a table, several folded, the whole dictionary as an overview."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from cstrain.goals.metrics import METRICS
from cstrain.html import escape, inline
from cstrain.kpi.card import explain
from cstrain.kpi.definition import CARD, Definition, Param
from cstrain.kpi.definitions import codes, definition
from cstrain.language import HTML_LANG, Language, as_language
from cstrain.library.words import words

_FORMULA: Final = ("above", "below")
_LINE: Final = "border-bottom:2px solid currentColor"  # the line between above and below
# JupyterLab sets every cell to the right, and makes all columns equally wide.
_AUTO: Final = "table-layout:auto"
_START: Final = "text-align:start"
_HEADING: Final = f"min-width:6.5em;{_START}"
_OPENER: Final = "cursor:pointer;padding:0.3rem 0"
_KEPT: Final = "white-space:nowrap"
_CAPTION: Final = "caption-side:top;text-align:start;padding:0.2rem 0 0.5rem;font-size:1.1em"


class KpiCard:
    """One card or several in one language: HTML in a notebook, plain text everywhere else."""

    def __init__(self, language: Language, text: str, html: str) -> None:
        self._lang, self._text, self._html = HTML_LANG[language], text, html

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str:
        css = "cstrain cstrain-sheet cstrain-kpi-card"
        return f'<section class="{css}" lang="{self._lang}">{self._html}</section>'


def kpi_card(code: str, language: str) -> KpiCard:
    """Return the definition card of a KPI, by its code or Python name; fit for printing.

    >>> print(kpi_card("ring_answer_rate", "en"))  # doctest: +ELLIPSIS
    ## three-ring answer rate (RING)
    ...
    """
    chosen, about = as_language(language), definition(code)
    return KpiCard(chosen, explain(about.code, chosen), _card(about, chosen))


def kpi_cards(language: str, some: Sequence[str] = ()) -> KpiCard:
    """Return folded cards of some KPIs; without codes the dictionary, one line a KPI."""
    chosen = as_language(language)
    if not some:
        return _overview(chosen)
    known = [definition(one) for one in some]
    text = "\n\n".join(explain(one.code, chosen) for one in known)
    return KpiCard(chosen, text, "".join(_folded(one, chosen) for one in known))


def _card(about: Definition, language: Language) -> str:
    caption = (
        f'<caption style="{_CAPTION}"><strong>{escape(about.name[language])}</strong> '
        f"<code>{about.code}</code></caption>"
    )
    rows = "".join(_row(*one) for one in _rows(about, language))
    opening = f'<table class="sheet-table" style="{_AUTO}">'
    return f"{opening}{caption}<tbody>{rows}</tbody></table>"


def _row(heading: str, html: str, style: str = "") -> str:
    head = f'<th scope="row" style="{_HEADING};{style}">{escape(heading)}</th>'
    return f'<tr>{head}<td style="{_START};{style}">{html}</td></tr>'


def _rows(about: Definition, language: Language) -> Iterator[tuple[str, str, str]]:
    """Return heading, HTML and style of each row: the question, the formula, what goes with it."""
    said, heads = words("kpi_card", language), words("kpi_words", language)
    for key in ("question", *(one for one in CARD if one != "question")):
        style = _LINE if key == "above" and about.statistic == "ratio" else ""
        yield heads[key].rstrip(":："), inline(card_text(about, key, language)), style
        if key == "exclusions":
            yield said["unit"], escape(_unit(about, language)), ""
            yield said["direction"], escape(_direction(about, language)), ""
            if about.params:
                yield said["adjust"], _choices(about.params.values(), language), ""
    if about.function:
        yield heads["function"].rstrip(":："), f"<code>{escape(about.function)}</code>", ""


def card_text(about: Definition, key: str, language: Language) -> str:
    """Return one text of a KPI's card, with its usual numbers put in."""
    usual = {name: _usual(one) for name, one in about.params.items()}
    return about.card[key][language].format_map(usual)


def _usual(param: Param) -> str:
    found = param.default
    if isinstance(found, tuple):
        return ", ".join(found)
    if isinstance(found, (int, float)):
        return f"{found:g}"
    return found or ""


def _choices(params: Iterable[Param], language: Language) -> str:
    return "<ul>" + "".join(f"<li>{_choice(one, language)}</li>" for one in params) + "</ul>"


def _choice(param: Param, language: Language) -> str:
    said, label = words("kpi_card", language), param.label[language]
    if param.options:
        each = (
            said["option"].format(text=text[language]) if key == param.default else text[language]
            for key, text in param.options.items()
        )
        return escape(label) + "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in each) + "</ul>"
    usual = _usual(param)
    if not usual:
        return escape(label)
    if param.unit:
        usual = _with_unit(usual, param.unit, language)
    return escape(said["usual"].format(label=label, value=usual))


def _with_unit(value: str, unit: str, language: Language) -> str:
    # A share that may be chosen is typed as it stands, 0.5, not in percent.
    known = words("chart_words", language)
    return value if unit == "share" else known[f"unit_{unit}"].format(value=value)


def _unit(about: Definition, language: Language) -> str:
    known = words("chart_words", language)
    return known[f"unit_{about.unit}"].format(value="").strip() or known["plain_number"]


def _direction(about: Definition, language: Language) -> str:
    return words("chart_words", language)[f"good_{about.good}"]


def _folded(about: Definition, language: Language) -> str:
    facts = {
        "name": about.name[language],
        "code": about.code,
        "question": card_text(about, "question", language),
    }
    summary = escape(words("kpi_card", language)["folded"].format_map(facts))
    return (
        f'<details><summary style="{_OPENER}">{summary}</summary>{_card(about, language)}</details>'
    )


def _overview(language: Language) -> KpiCard:
    said = words("kpi_card", language)
    known = [definition(one) for one in _ordered()]
    head = "".join(
        f'<th scope="col" style="{_START}">{escape(said[one])}</th>'
        for one in ("name", "formula", "direction", "unit")
    )
    body = "".join(_line(one, language) for one in known)
    summary = escape(said["all"].format(count=len(known)))
    opening = f'<table style="{_AUTO}">'
    table = f"{opening}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    html = f'<details><summary style="{_OPENER}">{summary}</summary>{table}</details>'
    text = "\n".join(
        f"{one.code}: {one.name[language]}; {_direction(one, language)}" for one in known
    )
    return KpiCard(language, text, html)


def _ordered() -> list[str]:
    """Return all codes: those of the KPI dictionary in its order, then the others."""
    known = set(codes())
    return [one for one in METRICS if one in known] + sorted(known - set(METRICS))


def _line(about: Definition, language: Language) -> str:
    above, below = (inline(card_text(about, key, language)) for key in _FORMULA)
    if about.statistic == "ratio":
        formula = f'<div style="{_LINE}">{above}</div><div>{below}</div>'
    else:
        formula = f"<div>{above}</div><div>{below}</div>"
    direction, unit = escape(_direction(about, language)), escape(_unit(about, language))
    name = f'{escape(about.name[language])} <code style="{_KEPT}">{about.code}</code>'
    return (
        f'<tr><th scope="row" style="{_START}">{name}</th>'
        f'<td style="min-width:12em;{_START}">{formula}</td>'
        f'<td style="{_START}">{direction}</td><td style="{_KEPT};{_START}">{unit}</td></tr>'
    )
