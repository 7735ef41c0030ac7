"""Labels that others wrote: without control characters, cut or broken to the room there is."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

_WIDE: Final = frozenset("WFA")  # East Asian width: a full em; everything else about half of one
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})  # control, format, half a character
_GAP: Final = 9.0  # points between two labels of an axis


def tidy(text: object) -> str:
    """Return the text on one line, without characters that cannot be seen.

    >>> tidy(" size   too small ")
    'size too small'
    """
    joined = " ".join(str(text).split())
    return "".join(sign for sign in joined if unicodedata.category(sign) not in _UNSEEN)


def width_of(text: str) -> int:
    """Return the width of a text in halves of an em.

    >>> width_of("FCR"), width_of("FCR" + chr(0x7387))
    (3, 5)
    """
    return sum(2 if unicodedata.east_asian_width(sign) in _WIDE else 1 for sign in text)


def shortened(text: str, most: int) -> str:
    """Return the text cut to so many halves of an em, with an ellipsis.

    >>> shortened("wrong size delivered", 12)
    'wrong size…'
    """
    if width_of(text) <= most:
        return text
    while text and width_of(text) > most - 2:
        text = text[:-1]
    return f"{text.rstrip()}…"


def wrapped(text: str, most: int, lines: int = 2) -> list[str]:
    """Return the text broken into at most so many lines, the last one cut when it must be.

    >>> wrapped("first contact resolution of the phone team", 20)
    ['first contact', 'resolution of the…']
    """
    broken: list[str] = []
    rest = text
    while rest and len(broken) < lines - 1 and width_of(rest) > most:
        line = _fitting(rest, most)
        broken.append(line.rstrip())
        rest = rest[len(line) :].lstrip()
    return [*broken, shortened(rest, most)] if rest or not broken else broken


def _fitting(text: str, most: int) -> str:
    """Return the beginning of a text that fits: up to a blank, or up to any wide character."""
    end = width = 0
    while end < len(text) and width + width_of(text[end]) <= most:
        width += width_of(text[end])
        end += 1
    end = max(end, 1)
    back = end
    while back > end // 2:
        if text[back - 1 : back].isspace() or text[back : back + 1].isspace():
            return text[:back]
        if width_of(text[back - 1]) == 2 and not _closing(text[back : back + 1]):
            return text[:back]
        back -= 1
    return text[:end]


def _closing(sign: str) -> bool:
    """Say whether a character must not begin a line: closing brackets, stops, commas."""
    return bool(sign) and unicodedata.category(sign) in {"Pe", "Pf", "Po"}


def absent(value: Any) -> bool:
    """Say whether a value is missing: None, or not itself, as NaN, NaT and NA of frames are."""
    different: Any = value != value  # noqa: PLR0124 - that is the point
    try:
        return value is None or bool(different)
    except (TypeError, ValueError):
        return different is value


def names_of(labels: Sequence[Any]) -> list[str]:
    """Return labels of any kind as text: dates as ISO, first days of months as months.

    >>> from datetime import date
    >>> names_of([date(2025, 7, 1), date(2025, 8, 1)]), names_of([date(2025, 7, 14), 3.0])
    (['2025-07', '2025-08'], ['2025-07-14', '3'])
    """
    days = [one for one in labels if isinstance(one, date) and not absent(one)]
    months = len(days) > 1 and all(_opens_month(one) for one in days)
    return [_name(one, months=months) for one in labels]


def _opens_month(day: date) -> bool:
    return day.day == 1 and not (isinstance(day, datetime) and (day.hour or day.minute))


def _name(label: Any, *, months: bool) -> str:
    if absent(label):
        return "–"
    if isinstance(label, datetime):
        whole = not (label.hour or label.minute or label.second)
        label = label.date() if whole else label.isoformat(" ", "minutes")
    if isinstance(label, date):
        return label.isoformat()[: 7 if months else 10]
    if isinstance(label, float) and label.is_integer():
        return str(int(label))
    return tidy(label) or "–"


def shown_places(names: Sequence[str], room: float, size: float) -> list[int]:
    """Return which labels of an axis are shown: as many as fit into so many points of width.

    >>> shown_places(["2025-07", "2025-08", "2025-09"], 200, 9)
    [0, 1, 2]
    """
    widest = max((width_of(one) for one in names), default=1) * size * 0.6 + _GAP
    fitting = max(1, int(room / widest))
    step = -(-len(names) // fitting)
    return list(range(0, len(names), max(1, step)))
