"""A text in which words of lists were found."""

from __future__ import annotations

from collections.abc import Mapping

from cstrain.text.lexicon import Hit
from cstrain.text.normalise import Folded


class Marked:
    """What every text with hits can tell; `start` is where the part that was read begins."""

    folded: Folded
    start: int
    hits: Mapping[str, tuple[Hit, ...]]

    def has(self, tag: str) -> bool:
        """Say whether a word of the list stands in it."""
        return tag in self.hits

    def words(self, *tags: str) -> str:
        """Return the writer's own words for the longest hit of the lists, nothing when none."""
        found = [hit for tag in tags for hit in self.hits.get(tag, ())]
        if not found:
            return ""
        longest = max(found, key=lambda hit: hit.end - hit.start)
        return self.folded.span(self.start + longest.start, self.start + longest.end).text
