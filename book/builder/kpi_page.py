"""The definition cards of all KPIs as a page: a line each, and below it the card."""

from __future__ import annotations

from builder.entries import GLOSSARY_PAGE, entries, families
from cstrain.drawing.kpi_card import card_text, kpi_card
from cstrain.html import escape
from cstrain.kpi.definitions import definition
from cstrain.language import Language
from cstrain.library.words import words


def kpi_page(language: Language) -> str:
    """Return the page as MyST Markdown; the anchor of a card is its code in both languages."""
    said = words("find_words", language)
    lead = said["kpi_lead"].format(count=sum(len(one.codes) for one in families()))
    parts = [f"# {said['kpi']}", lead]
    for one in families():
        cards = "".join(_card(code, language) for code in one.codes)
        parts += [f"(kpi-{one.key})=\n## {one.title[language]}", f"<div>{cards}</div>"]
    return "\n\n".join(parts) + "\n"


def _card(code: str, language: Language) -> str:
    said, about = words("find_words", language), definition(code)
    terms = {one.kpi: one.term for one in entries()}
    term = (
        f'<a href="{GLOSSARY_PAGE}.html#{terms[code]}">{escape(said["kpi_term"])}</a>'
        if terms[code]
        else ""
    )
    return (
        f'<details class="cstrain-kpi" id="{code}"><summary>'
        f"<strong>{escape(about.name[language])}</strong> <code>{code}</code> "
        f"<span>{escape(card_text(about, 'question', language))}</span></summary>"
        f"{kpi_card(code, language)._repr_html_()}"
        f'<p class="cstrain-kpi-links"><a href="#{code}">{escape(said["kpi_link"])}</a> {term}</p>'
        "</details>"
    )
