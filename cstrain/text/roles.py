"""The role of every number in a goal: level wanted, present level, change, name, head-count ..."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from cstrain.text import cues, zh
from cstrain.text.lexicon import Hit
from cstrain.text.markers import bound_behind, bound_length, goes_on, is_labelled, marker_before
from cstrain.text.numbers import Number
from cstrain.text.reading import Reading
from cstrain.text.service_time import is_service
from cstrain.text.units import is_time

Role = Literal[
    "time", "label", "year", "name", "rhythm", "activity", "people", "means", "now", "change",
    "level",
    "free",
]  # fmt: skip


@dataclass(frozen=True)
class Placed:
    """A number with its role and the words around it that belong to it."""

    number: Number
    role: Role
    start: int
    end: int
    marker: str = ""
    bound: str = ""


def placed_numbers(reading: Reading) -> tuple[Placed, ...]:
    """Return the numbers of a reading, each with its role."""
    return tuple(_placed(reading, number) for number in reading.numbers)


def _placed(reading: Reading, number: Number) -> Placed:
    for role, test in _TESTS:
        if test(reading, number):
            return Placed(number, role, number.start, number.end)
    return _by_marker(reading, number)


def _in_time(reading: Reading, number: Number) -> bool:
    for time in reading.times:
        if time.start <= number.start < time.end or number.start <= time.start < number.end:
            if time.kind == "window":
                return number.unit in ("month", "week", "year")
            return not is_service(reading, time)
    return False


def _is_label(reading: Reading, number: Number) -> bool:
    text = reading.text
    if cues.LABEL.search(text[max(0, number.start - 9) : number.start]):
        return True
    line_start = text.rfind("\n", 0, number.start) + 1
    if (
        not text[line_start : number.start].strip()
        and cues.LIST_NUMBER.match(text, number.end)
        and not number.unit
    ):
        return True
    if number.unit or number.value != int(number.value):
        return False
    long = number.value >= 10_000 and "," not in text[number.start : number.end]
    near = [
        h
        for h in reading.tagged("label_word", max(0, number.start - 12), number.start)
        if number.start - h.end <= 3
    ]
    return bool(near) and (
        long
        or (
            text[near[-1].end : number.start] in ("-", " ", "")
            and number.value < 20
            and _named(reading, near[-1])
        )
    )


def _named(reading: Reading, hit: Hit) -> bool:
    words = reading.text[hit.start : hit.end]
    return words in (
        "tier",
        "level",
        "kr",
        "room",
        "floor",
        "line",
        "version",
        "phase",
        "step",
        "fl",
        "gate",
        "terminal",
        "building",
        "shop",
        "branch",
        "team",
        "group",
        "desk",
        "class",
        "case",
        "o",
    )


def _is_year(reading: Reading, number: Number) -> bool:
    words = reading.text[number.start : number.end]
    return not number.unit and bool(re.fullmatch(r"(?:19|20)\d\d", words))


def _is_article(reading: Reading, number: Number) -> bool:
    """Say whether a Chinese "one" or "two" only stands before a noun: one list, floor two."""
    words = reading.text[number.start : number.words_end]
    if number.kind != "plain" or is_time(number.unit) or number.unit in ("pp", "score", "money"):
        return False
    if (
        words in zh.DIGITS
        and reading.text[number.words_end : number.words_end + 1] in zh.ORDINAL_NOUNS
    ):
        return True
    return words == zh.ONE and not _after_change(reading, number)


def _is_scale(reading: Reading, number: Number) -> bool:
    """Say whether the number is the top of a scale: 4.4 out of 5."""
    before = reading.text[max(0, number.start - 8) : number.start]
    behind = reading.text[number.end : number.end + 1]
    return bool(cues.SCALE.search(before)) or behind == zh.SCALE_MARK


def _is_rhythm(reading: Reading, number: Number) -> bool:
    """Say whether the number counts how often something is done."""
    if number.is_share or is_time(number.unit) or number.kind == "factor":
        return False
    first, last = reading.clause(number.start)
    near = [
        t
        for t in reading.times
        if t.kind == "rhythm"
        and first <= t.start < last
        and (0 <= number.start - t.end <= 4 or 0 <= t.start - number.end <= 28)
    ]
    if not near or _is_now_behind(reading, near[-1].end):
        return False
    low = min([number.start, *(t.start for t in near)])
    bounds = (first, min(last, number.end + 6))
    if reading.has("at_most", bounds) or reading.has("at_least", bounds):
        return False
    before = reading.tagged("to_marker", max(0, low - 5), low) + reading.tagged(
        "from_marker", max(0, low - 5), low
    )
    return not any(not reading.text[h.end : low].strip() for h in before)


def _is_now_behind(reading: Reading, end: int) -> bool:
    """Say whether "today" or "now" follows: 70 a month today is the present level."""
    return any(0 <= h.start - end <= 2 for h in reading.tagged("from_behind", end, end + 14))


def _is_activity(reading: Reading, number: Number) -> bool:
    if number.unit and number.unit != "x":
        return False
    text = reading.text
    behind = text[number.end : number.end + 40]
    for hit in reading.tagged("activity_unit", number.words_end, number.end + 40):
        gap = text[number.words_end : hit.start]
        if (
            len(gap.split()) <= 3
            and not re.search(r"[\d,.;]", gap)
            and (len(gap) <= 2 or gap.isascii())
        ):
            return (
                reading.has("activity", reading.clause(number.start))
                or hit.end - hit.start <= 2
                or "recording" in behind
            )
    return False


def _is_people(reading: Reading, number: Number) -> bool:
    clause = reading.clause(number.start)
    if number.is_share or is_time(number.unit):
        return False
    if bound_behind(reading, number, clause):
        return False
    if number.unit == "people":
        return not _after_change(reading, number)
    text = reading.text
    for hit in reading.tagged("person", number.words_end, min(clause[1], number.end + 30)):
        gap = text[number.words_end : hit.start]
        if (
            len(gap.split()) <= 2
            and (gap.isascii() or len(gap) <= 2)
            and not re.search(r"\b(?:of|by|to|a|per)\b", gap)
        ):
            return not _after_change(reading, number)
    return False


def _after_change(reading: Reading, number: Number) -> bool:
    """Say whether a marker of a target stands right before the number."""
    text = reading.text
    return any(
        not text[h.end : number.start].strip() and text[h.start : h.end] not in cues.WEAK_TO
        for h in reading.tagged("to_marker", max(0, number.start - 5), number.start)
    )


def _is_means(reading: Reading, number: Number) -> bool:
    if number.unit != "money":
        return False
    clause = reading.clause(number.start)
    return reading.has("f_gift", clause) or reading.has("f_budget", clause)


_TESTS: Final[tuple[tuple[Role, Callable[[Reading, Number], bool]], ...]] = (
    ("time", _in_time),
    ("label", _is_label),
    ("label", _is_scale),
    ("label", _is_article),
    ("year", _is_year),
    ("rhythm", _is_rhythm),
    ("activity", _is_activity),
    ("people", _is_people),
    ("means", _is_means),
)


def _by_marker(reading: Reading, number: Number) -> Placed:
    start, end = number.start, number.end
    if number.kind == "factor":
        return Placed(number, "change", start, end, "factor")
    if number.unit == "pp" or cues.MORE_BEHIND.match(reading.text, end):
        return Placed(number, "change", start, end, "by_marker")
    if cues.ARROW_BEFORE.search(reading.text[max(0, start - 6) : start]):
        return Placed(number, "level", start, end, "to_marker")
    if _is_start(reading, number):
        return Placed(number, "now", start, end, "from_marker")
    return _marked(reading, number)


def _is_start(reading: Reading, number: Number) -> bool:
    """Say whether the number is left behind: an arrow, "to 90" or "now" follows."""
    end = number.end
    _, last = reading.clause(number.start)
    now = any(0 <= h.start - end <= 12 for h in reading.tagged("from_behind", end, last))
    now = now and not any(end <= other.start < last for other in reading.numbers)
    arrow = cues.ARROW_BEHIND.match(reading.text, end) is not None
    return now or arrow or goes_on(reading, number)


def _marked(reading: Reading, number: Number) -> Placed:
    clause = reading.clause(number.start)
    bound = bound_behind(reading, number, clause)
    marker = marker_before(reading, number, clause)
    end = number.end + bound_length(reading, number, bound)
    role = _role_of(reading, number, marker, bound)
    tag = marker.tag if marker else ""
    if tag in ("at_least", "at_most"):
        bound = tag
    keep = (
        marker is not None
        and role in ("level", "change")
        and tag not in ("change_up", "change_down")
    )
    joined = marker is not None and role == "change"
    start = marker.start if marker is not None and (keep or joined) else number.start
    if role == "free" and (is_labelled(reading, number.start) or _is_allowed_time(reading, number)):
        return Placed(number, "level", number.start, end, "to_marker", bound)
    return Placed(number, role, start, end, tag, bound)


def _is_allowed_time(reading: Reading, number: Number) -> bool:
    """Say whether the number is the time allowed for each case: answered in 90 seconds."""
    return is_time(number.unit) and any(
        time.kind == "service" and time.start <= number.start < time.end for time in reading.times
    )


def _role_of(reading: Reading, number: Number, marker: Hit | None, bound: str) -> Role:
    open_role: Role = "level" if bound else "free"
    if marker is None or marker.tag == "change_any":
        return open_role
    if marker.tag == "from_marker":
        return "now"
    if marker.tag in ("at_least", "at_most", "to_marker", "change_keep"):
        return "level"
    close = number.start - marker.end <= 1
    han = cues.HAN.match(reading.text[marker.start]) is not None
    by = marker.tag == "by_marker" or (han and close and not bound)
    return "change" if by else open_role
