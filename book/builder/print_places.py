"""Where a language's folder has what is printed and shown: named once, for makers and links."""

from __future__ import annotations

from typing import Final

SHEETS: Final = "print"
ANSWERS: Final = "-answers"  # after the lesson's id
VARIANTS: Final = "-assessment"  # after the lesson's id, before ANSWERS
SLIDES: Final = "slides"
