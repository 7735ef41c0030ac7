"""Rules for one goal in free text: vague words, figure, object, deadline, and the way there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from cstrain.goals.metrics import METRICS, plain_text
from cstrain.rules.base import Asked, Ruling
from cstrain.text.dates import deadline_in, no_such_day, times_in
from cstrain.text.normalise import Span, fold
from cstrain.text.numbers import numbers_in
from cstrain.text.vague import vague_hits

# Without a situation a deadline is still a deadline; its year then does not matter.
_SOME_DAY: Final = date(2026, 1, 1)
_SENTENCE: Final = {"zh": 4, "en": 2}  # fewer characters or words say nothing
_COPIED: Final = 0.7  # share of common character pairs from which two texts say the same


def no_vague_words(asked: Asked) -> Ruling:
    """Pass when none of the fields has a vague word; names those that were found.

    `words` are vague in this exercise. What is no sentence is not clear either.
    """
    texts = [text for key in asked.fields if (text := asked.values[key])]
    hits = [span.text for text in texts for span in vague_hits(text)]
    own = _all_words(asked.params.get("words", {}).values())
    hits += [word for word in own if any(word in text.lower() for text in texts)]
    if hits:
        return Ruling(0.0, "vague", {"words": ", ".join(dict.fromkeys(hits))})
    if all(_too_short(text, _SENTENCE) for text in texts):
        return Ruling(0.0, "no_words", {"words": texts[0]})
    return Ruling(1.0, "clear")


def number_with_unit(asked: Asked) -> Ruling:
    """Pass when a figure with its unit stands in the text; a part of a date is none."""
    folded = fold(asked.value)
    days = [t for t in times_in(folded.text, _today(asked)) if t.kind in ("date", "past")]
    deadline = deadline_in(asked.value, _today(asked))
    taken = deadline.words if deadline else Span(0, 0, "")
    found = [
        (one, folded.span(one.start, one.end))
        for one in numbers_in(folded.text)
        if not any(day.start <= one.start < day.end for day in days)
    ]
    free = [
        (one, span) for one, span in found if span.end <= taken.start or span.start >= taken.end
    ]
    for one, span in free:
        if one.unit:
            return Ruling(1.0, "figure", {"words": span.text})
    if free:
        return Ruling(0.0, "no_unit", {"words": free[0][1].text})
    return Ruling(0.0, "no_figure")


def names_object(asked: Asked) -> Ruling:
    """Pass when one of the metrics (`object`, codes) or of the given words is named."""
    text: str = asked.value
    for code in asked.params.get("object", ()):
        if METRICS[code].said_in(text):
            return Ruling(1.0, "named", {"metric": code})
    plain = plain_text(text)
    for word in _all_words(asked.params.get("words", {}).values()):
        if plain_text(word) in plain:
            return Ruling(1.0, "said", {"words": word})
    return Ruling(0.0, "no_object")


def _all_words(lists: Iterable[Iterable[str]]) -> Iterable[str]:
    return (word for one in lists for word in one)


def has_time_limit(asked: Asked) -> Ruling:
    """Pass when a date or a bounded period after today can be read in the text."""
    wrong = no_such_day(asked.value)
    if wrong:
        return Ruling(0.0, "no_such_day", {"words": wrong.text})
    found = deadline_in(asked.value, _today(asked))
    if found is None:
        return Ruling(0.0, "no_deadline")
    return Ruling(1.0, "deadline", {"words": found.words.text, "day": found.day.isoformat()})


def how_is_new(asked: Asked) -> Ruling:
    """Pass when the way (first field) is long enough and is not the goal (second field) again."""
    least = asked.params.get("least", {"zh": 6, "en": 3})
    way: str = asked.value
    goal: str = asked.values[asked.fields[1]] or ""
    if _too_short(way, least):
        return Ruling(0.0, "short", {"words": way})
    if goal and _alike(way, goal) >= _COPIED:
        return Ruling(0.0, "copied", {"words": way})
    return Ruling(1.0, "new", {"words": way})


def _too_short(text: str, least: Mapping[str, int]) -> bool:
    han = sum("\u4e00" <= sign <= "\u9fff" for sign in text)
    latin = len([word for word in text.split() if any(sign.isalpha() for sign in word)])
    return han < least["zh"] and latin < least["en"]


def _alike(one: str, other: str) -> float:
    pairs, others = _pairs(one), _pairs(other)
    return len(pairs & others) / max(1, min(len(pairs), len(others)))


def _pairs(text: str) -> set[str]:
    plain = plain_text(text)
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def _today(asked: Asked) -> date:
    return asked.situation.today if asked.situation else _SOME_DAY
