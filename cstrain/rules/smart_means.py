"""Means that the constraints forbid: hiring, outsourcing, gifts, releases in a freeze."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from cstrain.text import cues
from cstrain.text.clauses import Stretch, clauses
from cstrain.text.dates import times_in
from cstrain.text.lexicon import lexicon
from cstrain.text.likeness import features, pairs_of, stems_of
from cstrain.text.normalise import fold
from cstrain.text.numbers import numbers_in
from cstrain.text.reading import Reading
from cstrain.text.situation import Situation

_WITHOUT_GAP: Final = 12


@dataclass(frozen=True)
class Ban:
    """One forbidden thing: the kinds of means it names, its other words, its dates."""

    kinds: frozenset[str]
    pairs: frozenset[str]
    stems: frozenset[str]
    first: date | None = None
    last: date | None = None
    rest_pairs: frozenset[str] = frozenset()
    rest_stems: frozenset[str] = frozenset()
    core_pairs: frozenset[str] = frozenset()
    core_stems: frozenset[str] = frozenset()


def bans_of(situation: Situation) -> tuple[Ban, ...]:
    """Return what the constraints forbid."""
    return tuple(
        ban
        for text in (situation.constraints.zh, situation.constraints.en)
        for ban in _bans(text, situation.today)
    )


@lru_cache(maxsize=256)
def _bans(text: str, today: date) -> tuple[Ban, ...]:
    return tuple(
        ban for part in cues.PART_END.split(text) for ban in _of_part(fold(part).text, today)
    )


def _of_part(part: str, today: date) -> Iterator[Ban]:
    hits = lexicon().scan(part)
    if "prohibit" not in hits:
        return
    kinds = frozenset(tag for tag in hits if tag.startswith("f_"))
    spans = [t for t in times_in(part, today) if t.first is not None]
    first = last = None
    if len(spans) >= 2:
        first, last = spans[0].first, spans[-1].last
    core = part[hits["prohibit"][0].end :]
    rest = list(part)
    for hit in (h for tag in kinds for h in hits[tag]):
        rest[hit.start : hit.end] = " " * (hit.end - hit.start)
    other = "".join(rest)
    yield Ban(
        kinds=kinds,
        pairs=pairs_of(part),
        stems=stems_of(part),
        first=first,
        last=last,
        rest_pairs=pairs_of(other),
        rest_stems=stems_of(other),
        core_pairs=pairs_of(core),
        core_stems=stems_of(core),
    )


def forbidden_words(
    reading: Reading, live: tuple[Stretch, ...], situation: Situation, day: date | None
) -> str:
    """Return the words of a forbidden means that the goal wants to use, "" when it uses none."""
    bans = bans_of(situation)
    for stretch in live:
        for hit_start, hit_end, kind in _used(reading, stretch):
            for ban in bans:
                if kind in ban.kinds and _same(reading, (hit_start, hit_end), ban, day):
                    return reading.words(hit_start, hit_end)
        words = _alike(reading, stretch, bans, situation)
        if words:
            return words
    return ""


def _used(reading: Reading, stretch: Stretch) -> Iterator[tuple[int, int, str]]:
    for hit in reading.group("f_", *stretch):
        before = reading.tagged("without", max(stretch[0], hit.start - _WITHOUT_GAP), hit.start)
        if not before:
            yield hit.start, hit.end, hit.tag


def _same(reading: Reading, at: Stretch, ban: Ban, day: date | None) -> bool:
    start, end = at
    kind = {hit.tag for hit in reading.group("f_", start, end)}
    if ban.first and ban.last:
        return day is not None and ban.first <= day <= ban.last and "f_release" in kind
    strong = [h for h in reading.tagged("strong_means", start, end) if h.start == start]
    if strong and not kind & {"f_budget"}:
        return True
    clause = reading.clause(start)
    words = reading.text[clause[0] : clause[1]]
    if "f_hire" in kind:
        return _adds_people(reading, clause)
    pairs = len(pairs_of(words) & ban.rest_pairs)
    stems = len(stems_of(words) & ban.rest_stems)
    own = ban.kinds & kind
    return bool(own) and (pairs >= 1 or stems >= 1 or "f_gift" in own) and "f_budget" not in kind


def _adds_people(reading: Reading, clause: Stretch) -> bool:
    start, end = clause
    number = any(n.unit in ("people", "") and start <= n.start < end for n in reading.numbers)
    return number and (reading.has("change_up", clause) or reading.has("person", clause))


def _alike(reading: Reading, stretch: Stretch, bans: tuple[Ban, ...], situation: Situation) -> str:
    """Return a clause that says nearly the same as a ban does, or names the very thing it bans."""
    common_pairs, common_stems = _common(reading, situation)
    for start, end in clauses(reading.text[stretch[0] : stretch[1]]):
        words = reading.text[stretch[0] + start : stretch[0] + end]
        if reading.has("without", (stretch[0] + start, stretch[0] + end)):
            continue
        pairs, stems = pairs_of(words), stems_of(words)
        for ban in bans:
            if _covers(pairs, ban.pairs, 5) or _covers(stems, ban.stems, 4):
                return reading.words(stretch[0] + start, stretch[0] + end)
            novel = ban.core_pairs & pairs - common_pairs
            if ban.first is None and (novel or len(ban.core_stems & stems - common_stems) >= 2):
                return reading.words(stretch[0] + start, stretch[0] + end)
    return ""


def _common(reading: Reading, situation: Situation) -> tuple[frozenset[str], frozenset[str]]:
    """Return words that say nothing about a ban: those of the field, the team and the objective."""
    tags = ("c_", "g_", "part_who", "person", "deliverable", "behaviour", "change_", "own_task")
    known = " ".join(
        reading.text[h.start : h.end] for p in tags for h in reading.group(p, 0, len(reading.text))
    )
    texts = (
        situation.industry,
        situation.team,
        situation.objective,
        *(m.names for m in situation.metrics),
    )
    around = " ".join([known, *(t.zh for t in texts), *(t.en for t in texts)])
    return features(around).pairs, features(around).stems


def _covers(found: frozenset[str], wanted: frozenset[str], least: int) -> bool:
    common = len(found & wanted)
    return common >= least and common * 2 >= len(wanted)


def over_budget(reading: Reading, live: tuple[Stretch, ...], situation: Situation) -> str:
    """Return the words of a sum that the goal spends and the stated budget does not hold."""
    limit = _budget(situation)
    if limit is None:
        return ""
    for start, end in live:
        for number in reading.numbers:
            if not (start <= number.start < end and number.unit == "money"):
                continue
            clause = reading.clause(number.start)
            spends = reading.has("f_budget", clause) and not reading.has("c_cost", clause)
            if spends and number.value > limit:
                return reading.words(number.start, number.end)
    return ""


def _budget(situation: Situation) -> float | None:
    for text in (situation.constraints.zh, situation.constraints.en):
        for part in cues.PART_END.split(text):
            folded = fold(part).text
            if "f_budget" not in lexicon().scan(folded):
                continue
            money = [n.value for n in numbers_in(folded) if n.unit == "money"]
            if money:
                return money[0]
    return None
