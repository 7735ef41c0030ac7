"""A file that is not taken, as a code and facts; said in one sentence in either language."""

from __future__ import annotations

from typing import Final

from cstrain.errors import CstrainError
from cstrain.language import Language, Text
from cstrain.library.words import texts


class IntakeError(CstrainError):
    """A refusal: a code of content/intake/refusals.toml. No fact holds the content of a cell.

    >>> print(IntakeError("too_many_columns", columns=300, most=200).said("en"))
    The table has 300 columns and at most 200 are read. Export only the columns you need.
    """

    def __init__(self, code: str, **facts: object) -> None:
        self.code: Final = code
        self.facts: Final = facts
        super().__init__(self.said("en"))

    def said(self, language: Language) -> str:
        """Return the sentence in a language; facts may be texts of both."""
        facts = {
            key: one[language] if isinstance(one, Text) else one for key, one in self.facts.items()
        }
        return texts("intake/refusals")[self.code][language].format_map(facts)
