"""Times as people write them: read where they can mean one thing only, else named and counted.

Every distinct text is looked at once. Local times are kept as they are; those with a zone are
converted to the one zone of the run.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from cstrain.intake.vocabulary import date_words, plain_value, value_words

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
# Excel counts days from here; that year's 29 February, which never was, lies before it.
_EXCEL: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - local, by design
_SERIAL: Final = (20_000, 80_000)  # days: 1954 to 2119
_SECONDS: Final = (900_000_000, 4_000_000_000)
_MONTHS: Final = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
_ISO_LENGTH: Final = 19  # "2025-07-01 09:30:00" has no room for a zone
_ISO: Final = re.compile(r"\d{4}-?\d\d-?\d\d")
_YMD: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b[,T]?(.*)")
_XXY: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)\b,?(.*)")
_DMY: Final = re.compile(r"(\d{1,2})[ -]([a-z]{3})[a-z]*\.?[ ,-]+(\d{4})\b,?(.*)")
_MDY: Final = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b,?(.*)")
_PACKED: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?")
_CLOCK: Final = re.compile(
    r"(?P<before>[ap]m)?\s*(?P<h>\d{1,2}):(?P<m>\d{1,2})?(?::(?P<s>\d{1,2})?(?:[.,](?P<f>\d{1,6}))?\d*)?:?"
    r"\s*(?P<after>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d|[+-]\d\d)?"
)
_ZONE: Final = re.compile(r"([+-])(\d\d):?(\d\d)?")


@dataclass
class Times:
    """What the cells of a column came to: times by cell, reasons by cell, remarks by cell."""

    known: dict[Any, dt.datetime | None] = field(default_factory=dict)
    bad: dict[Any, str] = field(default_factory=dict)
    told: dict[Any, str] = field(default_factory=dict)


def read_times(cells: Iterable[Any], zone: dt.tzinfo, *, day_first: bool | None = None) -> Times:
    """Return the times of a column's cells.

    `day_first` says what 03/04/2025 is; None leaves it to the other dates of the column, and
    without any evidence such a date is not read.

    >>> found = read_times(["2025-07-01 09:30", "13/04/2025", "03/04/2025"], dt.timezone.utc)
    >>> found.known["03/04/2025"]
    datetime.datetime(2025, 4, 3, 0, 0)
    """
    reader = _Reader(zone)
    plain, read_iso = reader.times.known, dt.datetime.fromisoformat
    for cell in set(cells):
        # Nearly all cells of nearly all tables are such times, so they come first.
        if type(cell) is str and len(cell) == _ISO_LENGTH and cell[4] == cell[7] == "-":
            try:
                plain[cell] = read_iso(cell)
            except ValueError:
                reader.read(cell)
        else:
            reader.read(cell)
    reader.decide(day_first=day_first)
    return reader.times


@dataclass(frozen=True)
class _Unclear:
    """A date of which day and month are not told apart yet."""

    first: int
    second: int
    year: int
    clock: dt.timedelta
    zone: dt.tzinfo | None


class _Reader:
    def __init__(self, zone: dt.tzinfo) -> None:
        self.zone, self.times = zone, Times()
        self._unclear: dict[str, _Unclear] = {}
        self._zoned: set[Any] = set()

    def read(self, cell: Any) -> None:
        """Take one distinct cell."""
        if isinstance(cell, str):
            self._read_text(cell)
        elif isinstance(cell, dt.datetime):
            self._keep(cell, cell)
        elif isinstance(cell, dt.date):
            self._keep(cell, dt.datetime(cell.year, cell.month, cell.day))  # noqa: DTZ001
        elif cell is None or (isinstance(cell, float) and cell != cell):  # noqa: PLR0124 - NaN
            self.times.known[cell] = None
        elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
            self._read_number(cell, float(cell))
        else:
            self.times.bad[cell] = "unreadable_time"

    def decide(self, *, day_first: bool | None) -> None:
        """Read the dates that were unclear as far as the column tells; count zones."""
        unclear = self._unclear.values()
        days = any(one.first > 12 for one in unclear)
        months = any(one.second > 12 for one in unclear)
        order = day_first if day_first is not None else None if days == months else days
        for cell, one in self._unclear.items():
            told = one.first > 12 or one.second > 12 or one.first == one.second
            if not told and order is None:
                self.times.bad[cell] = "ambiguous_date"
                continue
            first_is_day = one.first > 12 if told else bool(order)
            day, month = (one.first, one.second) if first_is_day else (one.second, one.first)
            self._keep_parts(cell, (one.year, month, day), one.clock, one.zone)
            if not told:
                self.times.told[cell] = "by_evidence"
        if self._zoned:
            for cell, value in self.times.known.items():
                if value is not None and cell not in self._zoned and _has_clock(value):
                    self.times.told[cell] = "no_zone"

    def _read_text(self, cell: str) -> None:
        if _ISO.match(cell) and len(cell) != 9:
            try:
                value = dt.datetime.fromisoformat(cell)
            except ValueError:
                pass
            else:
                self._keep(cell, value)
                return
        text = _plain(cell)
        if text in value_words("missing"):
            self.times.known[cell] = None
            return
        if text in value_words("broken"):
            self.times.bad[cell] = "broken_formula"
            return
        for pattern, take in _PATTERNS:
            found = pattern.fullmatch(text)
            if found:
                take(self, cell, found)
                return
        self._read_digits(cell, text)

    def _read_digits(self, cell: str, text: str) -> None:
        if re.fullmatch(r"\d{5}(\.\d+)?|\d{10}(\.\d+)?|\d{13}", text) and text.isascii():
            self._read_number(cell, float(text))
        else:
            self.times.bad[cell] = "unreadable_time"

    def _read_number(self, cell: Any, number: float) -> None:
        thousandth = 1000 if number > 100 * _SECONDS[1] else 1
        if _SERIAL[0] <= number <= _SERIAL[1]:
            # To the second, as people see it: 0.395833 of a day is meant to be 09:30:00.
            seconds = round(number % 1 * 86_400)
            self._keep(cell, _EXCEL + dt.timedelta(days=int(number), seconds=seconds))
            self.times.told[cell] = "serial_date"
        elif _SECONDS[0] <= number / thousandth <= _SECONDS[1]:
            self._keep(cell, _EPOCH + dt.timedelta(seconds=number / thousandth))
            self.times.told[cell] = "epoch_time"
        else:
            self.times.bad[cell] = "unreadable_time"

    def take_ymd(self, cell: str, found: re.Match[str]) -> None:
        """Take a date that begins with the year."""
        parts = (int(found[1]), int(found[2]), int(found[3]))
        self._take(cell, parts, found[4])

    def take_packed(self, cell: str, found: re.Match[str]) -> None:
        """Take a time of digits alone."""
        parts = (int(found[1]), int(found[2]), int(found[3]))
        self._take(cell, parts, f"{found[4]}:{found[5]}:{found[6] or '00'}")

    def take_named(self, cell: str, found: re.Match[str]) -> None:
        """Take a date whose month is a name."""
        day, name = (found[1], found[2]) if found[1].isdigit() else (found[2], found[1])
        if name not in _MONTHS:
            self.times.bad[cell] = "unreadable_time"
            return
        self._take(cell, (int(found[3]), _MONTHS.index(name) + 1, int(day)), found[4])

    def take_unclear(self, cell: str, found: re.Match[str]) -> None:
        """Take a date that ends with the year; a year of two digits is never read."""
        clock = _clock(found[4])
        if clock is None:
            self.times.bad[cell] = "unreadable_time"
        elif len(found[3]) == 2:
            self.times.bad[cell] = "ambiguous_date"
        else:
            self._unclear[cell] = _Unclear(int(found[1]), int(found[2]), int(found[3]), *clock)

    def _take(self, cell: str, parts: tuple[int, int, int], rest: str) -> None:
        clock = _clock(rest)
        if clock is None:
            self.times.bad[cell] = "unreadable_time"
        else:
            self._keep_parts(cell, parts, *clock)

    def _keep_parts(
        self, cell: str, parts: tuple[int, int, int], clock: dt.timedelta, zone: dt.tzinfo | None
    ) -> None:
        try:
            value = dt.datetime(*parts, tzinfo=zone) + clock
        except (ValueError, OverflowError):
            self.times.bad[cell] = "unreadable_time"
            return
        self._keep(cell, value)

    def _keep(self, cell: Any, value: dt.datetime) -> None:
        if value.tzinfo is not None:
            try:
                value = value.astimezone(self.zone).replace(tzinfo=None)
            except OverflowError:
                self.times.bad[cell] = "unreadable_time"
                return
            self._zoned.add(cell)
            self.times.told[cell] = "zone_moved"
        self.times.known[cell] = value


_Take = Callable[[_Reader, str, re.Match[str]], None]
_PATTERNS: Final[tuple[tuple[re.Pattern[str], _Take], ...]] = (
    (_YMD, _Reader.take_ymd),
    (_XXY, _Reader.take_unclear),
    (_PACKED, _Reader.take_packed),
    (_DMY, _Reader.take_named),
    (_MDY, _Reader.take_named),
)


def _clock(text: str) -> tuple[dt.timedelta, dt.tzinfo | None] | None:
    """Return the time of day and the zone; None when the text is no time of day."""
    text = text.strip()
    if not text:
        return dt.timedelta(), None
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hour, minute = int(found["h"]), int(found["m"] or 0)
    half = (found["before"] or found["after"] or "").replace(".", "")
    if half and not 0 <= hour <= 12 and not (found["before"] and hour < 24):
        return None
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or int(found["s"] or 0) > 59:
        return None
    fraction = int((found["f"] or "0").ljust(6, "0"))
    clock = dt.timedelta(
        hours=hour, minutes=minute, seconds=int(found["s"] or 0), microseconds=fraction
    )
    return clock, _zone(found["zone"])


def _zone(text: str | None) -> dt.tzinfo | None:
    if text is None:
        return None
    found = _ZONE.fullmatch(text)
    if not found:
        return dt.UTC
    offset = dt.timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if offset >= dt.timedelta(hours=24):
        return dt.UTC
    return dt.timezone(offset if found[1] == "+" else -offset)


def _plain(cell: str) -> str:
    """Return the text with words for years, months, halves of the day written as signs."""
    text = unicodedata.normalize("NFKC", cell)
    for word, sign in _words():
        if word in text:
            text = text.replace(word, sign)
    return " ".join(plain_value(text).split())


@cache
def _words() -> tuple[tuple[str, str], ...]:
    return tuple(date_words().items())


def _has_clock(value: dt.datetime) -> bool:
    return (value.hour, value.minute, value.second, value.microsecond) != (0, 0, 0, 0)
