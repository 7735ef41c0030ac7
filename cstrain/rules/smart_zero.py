"""Rule 0 of the judge: is it a goal at all? And which sentences of it speak of the goal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from cstrain.text import cues
from cstrain.text.clauses import Stretch
from cstrain.text.lexicon import TOKEN
from cstrain.text.reading import Reading
from cstrain.text.zh import COMPARED_WITH, DONE

# In this order: the strongest reason is the one that is told.
KINDS: Final = ("withdrawn", "copied", "claim", "question", "undecided", "past_report")
# Beside a report or a question, a number with a day to come states something to reach.
_ASIDE: Final = frozenset({"past_report", "question"})
_SAME_IN_PRESENT: Final = frozenset({"cut", "hit", "set"})  # "we cut" may be a plan
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz")
_SHORT: Final = 40  # characters; a longer text says something beside "see attached"
_IRREGULAR: Final = frozenset({"did", "had", "went", "took", "saw", "got", "came", "gave"})
# Verbs that tell of a level that has moved by itself: after a noun they are no participle.
_MOVED: Final = frozenset(
    {"dropped", "improved", "increased", "decreased", "climbed", "declined", "fell", "rose", "grew"}
)
_LONG_LIST: Final = 5  # so many bare names in a row are a list of keywords, whatever they name
_DOING: Final = ("result_done", "result_make", "activity", "zero_goal", "behaviour", "change_keep")
_AGAIN: Final = re.compile(r"([a-z]{2,4})\1+")  # "asdasd"
_NO_VOWEL: Final = re.compile(r"[bcdfghjklmnpqrstvwxz]{3,}")


@dataclass(frozen=True)
class Live:
    """Why a text is no goal, or the stretches that speak of the goal."""

    reason: str | None
    stretches: tuple[Stretch, ...]


def living(reading: Reading, known: Callable[[str], bool]) -> Live:
    """Return the part of a text that can be a goal; `known` tells a word of the situation."""
    kinds = kinds_of(reading)
    at_once = _at_once(reading, kinds, known)
    if at_once:
        return Live(at_once, ())
    if kinds[:1] == ["question"] and reading.has("agreed", reading.sentences[-1]):
        kinds = ["live" if kind == "question" else kind for kind in kinds]
    found = [kind for kind in KINDS if kind in kinds]
    stretches = _alive(reading, kinds)
    if not stretches or (found and not _could_be_goal(reading, stretches, found)):
        return Live(found[0] if found else "empty", ())
    return Live(None, stretches)


def kinds_of(reading: Reading) -> list[str]:
    """Return what each sentence is, "live" for one that can speak of a goal."""
    return [_kind(reading, one) for one in reading.sentences]


def _at_once(reading: Reading, kinds: list[str], known: Callable[[str], bool]) -> str:
    """Return why the text as a whole is no goal, "" when its sentences have to tell."""
    reasons = {
        "empty": _is_empty(reading),
        "gibberish": _is_filler(reading) or _is_gibberish(reading, known),
        "keywords": _is_keywords(reading),
        "claim": _claim_spread(reading),
        # What follows a task or a definition is still the task.
        "copied": "copied" in (kinds[:1] + kinds[-1:]) and not _commits(reading),
        "undecided": kinds[-1:] == ["undecided"] and not _number_in(reading, reading.sentences[-1]),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _is_empty(reading: Reading) -> bool:
    if len(cues.LETTER.findall(reading.text)) < 2:
        return True
    return len(reading.text) <= _SHORT and reading.has("placeholder", (0, len(reading.text)))


def _is_filler(reading: Reading) -> bool:
    whole = (0, len(reading.text))
    moves = any(reading.has(tag, whole) for tag in ("change_up", "change_down", "from_marker"))
    return reading.has("filler", whole) and not moves


def _commits(reading: Reading) -> bool:
    """Say whether the text, beside a task or definition, moves a level of the writer's own."""
    whole = (0, len(reading.text))
    moves = any(reading.has(tag, whole) for tag in ("change_up", "change_down"))
    return moves and reading.has("from_marker", whole)


def _alive(reading: Reading, kinds: list[str]) -> tuple[Stretch, ...]:
    first = max((i + 1 for i, kind in enumerate(kinds) if kind == "withdrawn"), default=0)
    alive = [
        stretch
        for i, (stretch, kind) in enumerate(zip(reading.sentences, kinds, strict=True))
        if i >= first and kind == "live"
    ]
    if first:
        start, end = reading.sentences[first - 1]
        again = reading.tagged("instead", start, end)
        withdrawn = reading.tagged("withdrawn", start, end)
        if again and withdrawn and again[-1].start > withdrawn[-1].start:
            alive.insert(0, (again[-1].start, end))
    return tuple(alive)


def _could_be_goal(reading: Reading, alive: tuple[Stretch, ...], found: Sequence[str]) -> bool:
    """Say whether what is left beside a question or report still states something to reach."""
    for start, end in alive:
        number = any(start <= n.start < end for n in reading.numbers)
        verb = any(
            reading.has(tag, (start, end))
            for tag in ("change_up", "change_down", "change_any", "result_done", "result_make")
        )
        if number and (verb or (_ASIDE.issuperset(found) and _future(reading, (start, end)))):
            return True
        if verb and found == ["past_report"] and _future(reading, (start, end)):
            return True
        if found in (["past_report"], ["question"]) and reading.has("behaviour", (start, end)):
            return True
    return False


def _future(reading: Reading, stretch: Stretch) -> bool:
    start, end = stretch
    return any(
        t.kind in ("date", "length", "days") and start <= t.start < end for t in reading.times
    )


def _kind(reading: Reading, stretch: Stretch) -> str:
    for kind, test in _TESTS:
        if test(reading, stretch):
            return kind
    return "live"


def _withdrawn(reading: Reading, stretch: Stretch) -> bool:
    start, end = stretch
    for hit in reading.tagged("withdrawn", start, end):
        inside = any(
            one.start <= hit.start and hit.end < one.end for one in reading.group("c_", start, end)
        )
        clause = reading.clause(hit.start)
        means = [
            f for f in reading.group("f_", *clause) if f.end <= hit.start or f.start >= hit.end
        ]
        about_means = bool(means) and clause != stretch
        if not inside and not (about_means and not _number_in(reading, clause)):
            return True
    return False


def _number_in(reading: Reading, stretch: Stretch) -> bool:
    return any(stretch[0] <= n.start < stretch[1] for n in reading.numbers)


def _copied(reading: Reading, stretch: Stretch) -> bool:
    return reading.has("task_copied", stretch)


def _claim(reading: Reading, stretch: Stretch) -> bool:
    start, end = stretch
    named = {reading.text[h.start : h.end] for h in reading.tagged("criterion_word", start, end)}
    if len(named) >= 3:
        return True
    speaks = len(named) >= 1 and bool(reading.tagged("keyword_only", start, end))
    return speaks and not _number_in(reading, stretch)


def _claim_spread(reading: Reading) -> bool:
    """Say whether the criteria are listed over several sentences and nothing else is said."""
    whole = (0, len(reading.text))
    named = {reading.text[h.start : h.end] for h in reading.tagged("criterion_word")}
    changes = any(reading.has(tag, whole) for tag in ("change_up", "change_down", "from_marker"))
    lettered = bool(cues.LETTERS_IN_A_ROW.search(reading.text))
    return (len(named) >= 4 or lettered) and not changes


def _question(reading: Reading, stretch: Stretch) -> bool:
    start, end = stretch
    words = reading.text[start:end].rstrip(" \n\"')")
    if words.endswith("?") and reading.text[start:end].count('"') % 2:
        return False  # it stands inside a quotation: somebody's words, such as a script
    if words.endswith("?") or cues.PARTICLE_END.search(words):
        return True
    lead = start + len(reading.text[start:end]) - len(reading.text[start:end].lstrip())
    for hit in reading.tagged("question_start", start, end):
        han = bool(cues.HAN.match(reading.text[hit.start]))
        if han and hit.end - hit.start >= 3:
            return True
        if hit.start == lead and (han or hit.end - hit.start >= 7) and _asks(reading.text, hit.end):
            return True
    return False


def _asks(text: str, end: int) -> bool:
    return text[end : end + 1] in (" ", "") or bool(cues.HAN.match(text[end]))


def _undecided(reading: Reading, stretch: Stretch) -> bool:
    return reading.has("undecided", stretch)


def _past(reading: Reading, stretch: Stretch) -> bool:
    start, end = stretch
    if reading.has("past_done", stretch) and cues.COMPARED.search(reading.text[start:end]):
        return True
    if reading.has("goal_sign", stretch) or _has_deadline(reading, stretch):
        return False
    if reading.has("past_done", stretch) or _was(reading, stretch):
        return True
    verbs = reading.tagged("past_verb", start, end)
    behind = [t for t in reading.times if t.kind == "past" and start <= t.start < end]
    reported = [t for t in behind if not cues.STRONG_DEADLINE.search(reading.text[t.start : t.end])]
    reported = [t for t in reported if not COMPARED_WITH.search(reading.text[start : t.start])]
    changes = any(reading.has(tag, stretch) for tag in ("change_up", "change_down"))
    if reported and (verbs or changes or DONE in reading.text[start:end]):
        return True
    return _told_of_us(reading, stretch)


def _done(reading: Reading, stretch: Stretch) -> bool:
    return reading.has("past_done", stretch)


def _told_of_us(reading: Reading, stretch: Stretch) -> bool:
    """Say whether somebody is told to have done something: "we raised", "the team reached"."""
    start, end = stretch
    for verb in (
        *reading.tagged("past_verb", start, end),
        *reading.tagged("past_done", start, end),
    ):
        word = reading.text[verb.start : verb.end]
        if word in _IRREGULAR:
            return True
        before = reading.text[max(start, verb.start - 40) : verb.start]
        if word not in _SAME_IN_PRESENT and cues.PRONOUN_VERB.search(before):
            return True
        subject = cues.ONE_WHO if word in _SAME_IN_PRESENT else cues.SUBJECT
        if word in _MOVED | _SAME_IN_PRESENT and subject.search(before):
            return True
    return False


def _was(reading: Reading, stretch: Stretch) -> bool:
    """Say whether the sentence tells how something was, with no change to come."""
    start, end = stretch
    told = any(
        reading.text[v.start : v.end] in ("was", "were")
        for v in reading.tagged("past_verb", start, end)
    )
    return told and not any(reading.has(tag, stretch) for tag in ("change_up", "change_down"))


def _has_deadline(reading: Reading, stretch: Stretch) -> bool:
    start, end = stretch
    for time in reading.times:
        if time.kind not in ("date", "length", "days") or not start <= time.start < end:
            continue
        words = reading.text[time.start : time.end]
        if (
            time.kind != "date"
            or cues.STRONG_DEADLINE.search(words)
            or not any(told(reading, stretch) for told in (_done, _was, _told_of_us))
        ):
            return True
    return False


_TESTS: Final = (
    ("withdrawn", _withdrawn),
    ("copied", _copied),
    ("claim", _claim),
    ("question", _question),
    ("undecided", _undecided),
    ("past_report", _past),
)


def _is_gibberish(reading: Reading, known: Callable[[str], bool]) -> bool:
    text = reading.text
    tokens = [m.group() for m in TOKEN.finditer(text) if not m.group()[0].isdigit()]
    strange = [t for t in tokens if _strange(t) and not known(t)]
    han = cues.HAN.findall(text)
    covered = _covered(reading, known)
    repeated = bool(cues.REPEAT.search(text))
    if repeated and covered < 0.5:
        return True
    if len(strange) >= 2 and len(strange) * 3 >= len(tokens):
        return True
    if strange and len(strange) == len(tokens) and not han:
        return True
    if strange and repeated:
        return True
    odd = bool(strange) or repeated or len(cues.ALONE.findall(text)) >= 2
    return len(han) >= 4 and len(han) > 2 * len(tokens) and covered < (0.22 if odd else 0.08)


def _strange(token: str) -> bool:
    if len(token) < 3:
        return False
    return any(token in row for row in _ROWS) or bool(
        _AGAIN.fullmatch(token)
        or _NO_VOWEL.fullmatch(token)
        or re.search(r"[bcdfghjklmnpqrstvwxz]{5}", token)
    )


def _covered(reading: Reading, known: Callable[[str], bool]) -> float:
    """Return the share of Chinese characters that belong to a known word."""
    text = reading.text
    seen = [False] * len(text)
    for hits in reading.hits.values():
        for hit in hits:
            seen[hit.start : hit.end] = [True] * (hit.end - hit.start)
    for number in reading.numbers:
        seen[number.start : number.end] = [True] * (number.end - number.start)
    for time in reading.times:
        seen[time.start : time.end] = [True] * (time.end - time.start)
    for i in range(len(text) - 1):
        if not seen[i] and known(text[i : i + 2]):
            seen[i] = seen[i + 1] = True
    han = [seen[i] for i, char in enumerate(text) if cues.HAN.match(char)]
    return sum(han) / len(han) if han else 1.0


def _is_keywords(reading: Reading) -> bool:
    """Say whether the text is a bare list of words: short pieces, nothing that relates them."""
    text = (0, len(reading.text))
    if any(reading.has(tag, text) for tag in ("change_up", "change_down", "goal_sign", "at_most")):
        return False
    if any(ch in reading.text for ch in cues.RELATIONS):
        return False
    segments = [s.strip() for s in cues.LIST_MARK.split(reading.text) if s.strip()]
    words = reading.text.split()
    for parts in (segments, words if cues.HAN.search(reading.text) else []):
        if len(parts) >= _LONG_LIST and all(map(_is_label, parts)):
            return True
    if any(reading.has(tag, text) for tag in _DOING):
        return False
    pieces = [piece for piece in cues.WORD_BREAK.split(reading.text) if piece]
    if cues.HAN.search(reading.text):
        short = max(map(len, pieces), default=0) <= 8
        return len(pieces) >= 3 and short and not cues.WILL.search(reading.text)
    return len(segments) >= 3 and max(len(s.split()) for s in segments) <= 3


def _is_label(segment: str) -> bool:
    """Say whether a piece of a list is only the name of something, not a statement about it."""
    return len(segment) <= 6 if cues.HAN.search(segment) else len(segment.split()) <= 4
