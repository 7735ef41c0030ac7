"""How a text is worded, whatever it is about: its pieces with topics, numbers and dates masked.

Two goals of different industries have little in common but this: the same small words around
what changes. The wordings are names of what was seen, for a learned reader to weigh.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final

from cstrain.text.cues import HAN
from cstrain.text.reading import Reading
from cstrain.text.times import Time

Known = Callable[[str], bool]
_PIECE: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|[\u3400-\u9fff]|\d+|[^\sa-z\d\u3400-\u9fff]")
_UNIT: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|[\u3400-\u9fff]|\d+(?:\.\d+)?")
_SMALL: Final = frozenset(
    re.split(
        " ",
        "the a an of to in on at for per by from and or with within is are be been was were will "
        "our we their its it this that than all each every not no may must as more less any do so "
        "if when who what how them they he she you your us i my me",
    )
)
_ARROW: Final = re.compile(
    r"(?:→|->|=>|>>|\bto\b|\bat\b|[到至达为]|(?:down|up) to|\bnow\b|\bis\b|:)"
    r"\s*(?:about|约|under|below|over)?\s*[-~]?\s*$"
)
_FROM: Final = re.compile(r"(?:\bfrom\b|[由从]|\bwas\b|原来|\bvs\b|against|之前|\(was|than)\s*$")
_ENDS: Final = re.compile(
    r"\b(?:by|before|until|within|end of|no later than|from)\b|[前内底末起]|截止"
)
_LIMIT: Final = re.compile(r"\b(?:by|before|until|within|no later than)\b|[前内]|截止")
_SEGMENT: Final = re.compile(r"[,;、/|\n•:。.]+|\s-+\s")
_TO_COME: Final = ("date", "length", "days")
_COPY: Final = 3  # so many pieces in a row that stand in the situation are copied


def wordings(reading: Reading, known: Known) -> set[str]:
    """Return the names of what was seen in the wording of a text.

    `known` tells a word of the situation, which is masked like numbers and dates are.
    """
    seen = set(_grams(_masked(reading, known)))
    seen.update(_tags(reading))
    seen.update(_times(reading))
    seen.update(_sizes(reading))
    return seen


def steps(name: str, value: float, edges: Iterable[float]) -> Iterator[str]:
    """Yield one name for every edge that the value reaches.

    >>> list(steps("n", 2, (1, 2, 3)))
    ['n>=1', 'n>=2']
    """
    return (f"{name}>={edge}" for edge in edges if value >= edge)


def place_of_numbers(reading: Reading, class_of: Callable[[float], str]) -> Iterator[str]:
    """Yield what kind of level stands first, last, behind "to" and behind "from"."""
    spans = [(one.start, one.end) for one in reading.times]
    numbers = [one for one in reading.numbers if not any(a <= one.start < b for a, b in spans)]
    if not numbers:
        return
    yield f"n:first={class_of(numbers[0].value)}"
    yield f"n:last={class_of(numbers[-1].value)}"
    if len(numbers) == 1:
        yield f"n:only={class_of(numbers[0].value)}"
    for one in numbers:
        before = reading.text[max(0, one.start - 12) : one.start]
        where = "to" if _ARROW.search(before) else "from" if _FROM.search(before) else "bare"
        yield f"n:{where}={class_of(one.value)}"


def copied_shares(reading: Reading, words: str) -> tuple[float, float]:
    """Return which share of a text is copied from the words, and which share occurs in them."""
    own = _UNIT.findall(reading.text)
    if not own:
        return 0.0, 0.0
    runs, singles = _pieces_of(words)
    copied = [False] * len(own)
    for place in range(len(own) - _COPY + 1):
        if tuple(own[place : place + _COPY]) in runs:
            copied[place : place + _COPY] = [True] * _COPY
    return sum(copied) / len(own), sum(one in singles for one in own) / len(own)


@lru_cache(maxsize=64)
def _pieces_of(words: str) -> tuple[frozenset[tuple[str, ...]], frozenset[str]]:
    there = _UNIT.findall(words)
    runs = (tuple(there[place : place + _COPY]) for place in range(len(there) - _COPY + 1))
    return frozenset(runs), frozenset(there)


def _masked(reading: Reading, known: Known) -> list[str]:
    done: list[str] = []
    shown: Time | None = None
    for match in _PIECE.finditer(reading.text):
        time = next((t for t in reading.times if t.start <= match.start() < t.end), None)
        if time is not None:
            if time is not shown:
                done.append(f"<{time.kind}>")
            shown = time
            continue
        shown = None
        piece = _mask(match, reading.text, known)
        if piece == "<n>" and done[-1:] == ["."] and done[-2:-1] == ["<n>"]:
            done.pop()
        elif piece not in ("<n>", "<t>") or done[-1:] != [piece]:
            done.append(piece)
    return done


def _mask(match: re.Match[str], text: str, known: Known) -> str:
    piece, start, end = match.group(), match.start(), match.end()
    if piece.isdigit():
        return "<n>"
    if HAN.match(piece):
        behind = HAN.match(text[end : end + 1]) and known(text[start : end + 1])
        before = HAN.match(text[start - 1 : start]) and known(text[start - 1 : end])
        return "<t>" if behind or before else piece
    topical = piece.isalpha() and len(piece) > 2 and piece not in _SMALL and known(piece)
    return "<t>" if topical else piece


def _grams(pieces: list[str]) -> Iterator[str]:
    row = ["^", *pieces, "$"]
    for size in (1, 2, 3):
        for place in range(len(row) - size + 1):
            yield f"{size}:{' '.join(row[place : place + size])}"
    yield from (f"h:{one}" for one in pieces[:3])
    yield from (f"e:{one}" for one in pieces[-3:])


def _tags(reading: Reading) -> Iterator[str]:
    for tag in reading.hits:
        if tag.startswith(("c_", "o_", "g_")):
            continue  # what it is about
        yield f"t:{tag}"
        for name, stretch in (("tf", reading.sentences[:1]), ("tl", reading.sentences[-1:])):
            if stretch and reading.has(tag, stretch[0]):
                yield f"{name}:{tag}"


def _times(reading: Reading) -> Iterator[str]:
    text = reading.text
    for time in reading.times:
        near = text[time.start : time.end + 2]
        ends = "d" if _ENDS.search(near) else ""
        yield f"w:{time.kind}"
        yield f"w:{time.kind}{ends}"
        yield f"w:{time.kind}{'m' if time.marked else ''}{ends}{_far(time, reading)}"
    ahead = [one for one in reading.times if one.kind in _TO_COME]
    behind = [one for one in reading.times if one.kind == "past"]
    yield f"w:{'f' if ahead else ''}{'p' if behind else ''}"
    latest = [max((one.start for one in many), default=-1) for many in (ahead, behind)]
    if latest[0] != latest[1]:
        yield "w:lastfut" if latest[0] > latest[1] else "w:lastpast"
    limit = any(_LIMIT.search(text[one.start : one.end + 2]) for one in ahead)
    whole = (0, len(text))
    acts = any(reading.has(tag, whole) for tag in ("change_up", "change_down"))
    signed = reading.has("goal_sign", whole)
    yield f"w:limit={limit}"
    yield f"x:{limit}|{acts}|{signed}"


def _far(time: Time, reading: Reading) -> str:
    if time.last is None:
        return ""
    days = (time.last - reading.today).days
    return "soon" if days <= 100 else "mid" if days <= 240 else "far"


def _sizes(reading: Reading) -> Iterator[str]:
    text = reading.text
    yield from steps("s:len", len(text), (15, 30, 60, 120, 240))
    yield from steps("s:nums", len(reading.numbers), (1, 2, 3, 5, 8))
    yield from steps("s:sent", len(reading.sentences), (2, 3, 4, 6))
    parts = [part.strip() for part in _SEGMENT.split(text) if part.strip()]
    sizes = [len(part) if HAN.search(part) else 2 * len(part.split()) for part in parts]
    if sizes:
        yield from steps("s:seg", sum(sizes) / len(sizes), (3, 5, 8, 12, 18))
        yield from steps("s:nseg", len(sizes), (2, 3, 5, 8))
        yield from steps("s:maxseg", max(sizes), (4, 6, 8, 12, 20))
    if "?" in text:
        yield "s:asks"
    if text.rstrip().endswith("?"):
        yield "s:ends_asking"
