"""Feedback as static HTML, for the output of a code cell and for stored notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cstrain.html import escape
from cstrain.language import HTML_LANG, Language
from cstrain.library.words import words

MARKS: Final = {
    "passed": "✓",
    "partly": "△",
    "failed": "○",
    "not_attempted": "–",
    "unreadable": "?",
}


def feedback_html(feedback: Mapping[str, Any], language: Language) -> str:
    """Return the feedback as HTML with a symbol, a word and the points for every finding."""
    said = words("words", language)
    findings = "".join(_finding(one, said) for one in feedback["findings"])
    notes = "".join(f"<p>{one}</p>" for one in feedback["notes"])
    return (
        f'<div class="cstrain cstrain-told" lang="{HTML_LANG[language]}" role="status">'
        f"<p><strong>{_mark(feedback['outcome'], said)}</strong> {feedback['headline']}</p>"
        f"<ul>{findings}</ul>{notes}{feedback.get('drawing') or ''}</div>"
    )


def _finding(finding: Mapping[str, Any], said: Mapping[str, str]) -> str:
    items = "".join(
        f"<li>{_mark(one['outcome'], said)} {one['label']} {one['text']}</li>"
        for one in finding["items"]
    )
    inner = f"<ul>{items}</ul>" if items else ""
    return (
        f"<li><strong>{escape(finding['title'])}</strong> "
        f"{_mark(finding['outcome'], said)} {finding['points']:g}/{finding['of']:g} "
        f"{finding['text']} {finding['next']}{inner}</li>"
    )


def _mark(outcome: str, said: Mapping[str, str]) -> str:
    return f"{MARKS[outcome]} {escape(said[f'outcome_{outcome}'])}"
