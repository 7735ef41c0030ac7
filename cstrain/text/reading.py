"""Everything that is found in a goal's text in one pass: words, numbers, times, clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from cstrain.text.clauses import Stretch, clauses, holding, sentences
from cstrain.text.dates import times_in
from cstrain.text.lexicon import Hit, lexicon
from cstrain.text.normalise import Folded, fold
from cstrain.text.numbers import Number, numbers_in
from cstrain.text.times import Time

# A goal has a handful of numbers; a text of nothing but numbers must not take long.
_MOST_NUMBERS: Final = 150
_MOST_TIMES: Final = 80


@dataclass(frozen=True)
class Reading:
    """A folded text with what was found in it; all places are in the folded text."""

    folded: Folded
    today: date
    hits: dict[str, tuple[Hit, ...]]
    numbers: tuple[Number, ...]
    times: tuple[Time, ...]
    sentences: tuple[Stretch, ...]
    clauses: tuple[Stretch, ...]

    @property
    def text(self) -> str:
        """Return the folded text."""
        return self.folded.text

    def tagged(self, tag: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Return the hits of a list that lie wholly in the stretch."""
        last = len(self.text) if end is None else end
        return [hit for hit in self.hits.get(tag, ()) if start <= hit.start and hit.end <= last]

    def has(self, tag: str, stretch: Stretch) -> bool:
        """Say whether a word of the list stands in the stretch."""
        start, end = stretch
        return any(start <= hit.start and hit.end <= end for hit in self.hits.get(tag, ()))

    def group(self, prefix: str, start: int, end: int) -> Iterator[Hit]:
        """Yield the hits of all lists whose name starts so, in the stretch."""
        for tag in self.hits:
            if tag.startswith(prefix):
                yield from self.tagged(tag, start, end)

    def clause(self, place: int) -> Stretch:
        """Return the clause that holds the place."""
        return holding(self.clauses, place)

    def sentence(self, place: int) -> Stretch:
        """Return the sentence that holds the place."""
        return holding(self.sentences, place)

    def words(self, start: int, end: int) -> str:
        """Return the learner's own words of a stretch."""
        return self.folded.span(start, end).text


def read(raw: str, today: date) -> Reading:
    """Return the reading of a learner's text."""
    folded = fold(raw)
    text = folded.text
    return Reading(
        folded=folded,
        today=today,
        hits=lexicon().scan(text),
        numbers=numbers_in(text)[:_MOST_NUMBERS],
        times=times_in(text, today)[:_MOST_TIMES],
        sentences=sentences(text),
        clauses=clauses(text),
    )
