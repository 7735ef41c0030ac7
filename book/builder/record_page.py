"""The page with the record of all lessons, and everything that a learner carries away."""

from __future__ import annotations

from typing import Final

from cstrain.drawing.page import course_block
from cstrain.language import Language
from cstrain.library.words import words

RECORD_PAGE: Final = "my_record"


def record_page(language: Language) -> str:
    """Return the page as MyST Markdown."""
    said = words("carry_words", language)
    parts = (
        f"# {said['page_title']}",
        said["page_lead"],
        course_block(language),
        said["page_proof"],
    )
    return "\n\n".join(parts) + "\n"
