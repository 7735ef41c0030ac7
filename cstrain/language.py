"""The two languages, and a text that always has both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from cstrain.errors import UnknownNameError

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
# BCP 47 tags for the lang attribute: Simplified Chinese is named by its script.
HTML_LANG: Final[dict[Language, str]] = {"zh": "zh-Hans", "en": "en"}


@dataclass(frozen=True)
class Text:
    """One sentence or name in both languages.

    >>> Text(zh="mubiao", en="goal")["en"]
    'goal'
    """

    zh: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def as_language(name: object) -> Language:
    """Return the language code, or raise UnknownNameError naming the known ones."""
    if name in LANGUAGES:
        return name
    raise UnknownNameError("language", name, LANGUAGES)
