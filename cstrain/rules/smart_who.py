"""Who acts in a goal: a named part of the team or only everybody; and how much is said at all."""

from __future__ import annotations

from cstrain.text import cues
from cstrain.text.clauses import Stretch
from cstrain.text.lexicon import HAN, TOKEN
from cstrain.text.likeness import features, stem, stems_of
from cstrain.text.normalise import fold
from cstrain.text.reading import Reading
from cstrain.text.situation import Situation
from cstrain.text.zh import ROLE


def is_part(reading: Reading, stretch: Stretch, situation: Situation) -> bool:
    """Say whether a named part acts; the name of the whole department is no part."""
    start, end = stretch
    whole = _one_team(situation)
    named = [(h.start, h.end) for h in reading.tagged("part_who", start, end)]
    named += [m.span() for m in ROLE.finditer(reading.text, start, end)]
    if not whole:
        named += _team_words(reading, stretch, situation)
    return any(
        not (whole and reading.text[a:b] in whole) and not _with_everyone(reading, a)
        for a, b in named
    )


def _team_words(reading: Reading, stretch: Stretch, situation: Situation) -> list[Stretch]:
    """Return where the names of the team's parts stand."""
    start, end = stretch
    text = reading.text
    own = features(f"{situation.team.zh} {situation.team.en}")
    weak = own.weak | stems_of(
        "staff team teams agents group groups people employees members night day shift"
    )
    found = [(i, i + 2) for i in range(start, end - 1) if text[i : i + 2] in own.pairs - weak]
    found += [
        m.span() for m in TOKEN.finditer(text, start, end) if stem(m.group()) in own.stems - weak
    ]
    return found


def _with_everyone(reading: Reading, place: int) -> bool:
    """Say whether "we" or "everyone" is meant and not only the part that is named."""
    clause = reading.clause(place)
    hits = reading.tagged("all_people", clause[0], place)
    return any(place - hit.end > 1 for hit in hits)


def _one_team(situation: Situation) -> str:
    """Return the name of the team when it has no parts, "" otherwise."""
    zh, en = fold(situation.team.zh).text, fold(situation.team.en).text
    parted = cues.TEAM_PARTS.search(zh) or cues.TEAM_PARTS.search(en)
    return "" if parted else f"{zh} {en}"


def content_left(reading: Reading, stretch: Stretch, more: tuple[str, ...] = ()) -> int:
    """Return how much is said beside numbers, times and empty words: characters or words."""
    start, end = stretch
    words = list(reading.text[start:end])
    tags = (
        "to_marker",
        "from_marker",
        "change_up",
        "change_down",
        "change_any",
        "everyone",
        "vague_describe",
        "by_marker",
        "goal_sign",
        *more,
    )
    pieces = [(h.start, h.end) for tag in tags for h in reading.tagged(tag, start, end)]
    pieces += [(t.start, t.end) for t in reading.times if start <= t.start < end]
    pieces += [(n.start, n.end) for n in reading.numbers if start <= n.start < end]
    for a, b in pieces:
        words[a - start : min(b, end) - start] = " " * (min(b, end) - a)
    rest = "".join(words)
    return len(HAN.findall(rest)) + len(stems_of(rest))
