"""The cells of a mapped column as typed values; what cannot be read is named, cell by cell."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made_by
from typing import Any, Final
from zoneinfo import ZoneInfo

from cstrain.intake.mapping import Options
from cstrain.intake.numbers_of import number_in, read_cells
from cstrain.intake.raw_table import Note
from cstrain.intake.times import read_times
from cstrain.intake.vocabulary import Field, plain_value, unit_of

_OLDEST: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - local, by design
_TEN: Final = 0.05  # so many scores above 5 speak for a scale of 10
_TEXTS: Final = frozenset({"id", "group", "text"})
UNITS: Final = {60.0: "min", 3600.0: "h", 86400.0: "d"}


@dataclass
class Typed:
    """A column: what each distinct cell came to, and what is to be told of it."""

    field: Field
    header: str
    cells: Sequence[Any]
    values: Mapping[Any, Any] = made_by(default_factory=dict)
    bad: dict[Any, str] = made_by(default_factory=dict)
    told: Mapping[Any, str] = made_by(default_factory=dict)
    notes: list[Note] = made_by(default_factory=list)

    @property
    def is_text(self) -> bool:
        """Say whether the cells stay texts, which are masked later."""
        return self.field.kind in _TEXTS

    def of(self, cells: Sequence[Any]) -> list[Any]:
        """Return the value of each cell, None where it is missing or not usable."""
        return list(map(self.values.get, cells))

    def listed(self) -> list[Any]:
        """Return the value of every row."""
        return self.of(self.cells)


@dataclass(frozen=True)
class Reader:
    """How columns are read in this run."""

    options: Options
    words: Mapping[str, Mapping[str, str]]  # own words of closed lists, by field
    today: dt.date

    def typed(self, what: Field, header: str, cells: Sequence[Any]) -> Typed:
        """Return a column read as a field."""
        if what.kind in _TEXTS:
            return Typed(what, header, cells)
        if what.kind == "time":
            return self._times(what, header, cells)
        notes: list[Note] = []
        factor = 1.0
        if what.kind == "seconds":
            factor = unit_of(header) or 1.0
            if factor != 1.0:
                notes.append(Note("unit", {"field": what.key, "unit": UNITS[factor]}))
        if what.key == "csat":
            what = scaled(what, self.options, cells)
        found = read_cells(cells, what, factor)
        self._own_words(what.key, cells, found.values, found.bad)
        return Typed(what, header, cells, found.values, found.bad, notes=notes)

    def _times(self, what: Field, header: str, cells: Sequence[Any]) -> Typed:
        found = read_times(cells, ZoneInfo(self.options.zone), day_first=self.options.day_first)
        latest = dt.datetime.combine(self.today, dt.time.max)
        for cell, value in list(found.values.items()):
            if value is None:
                continue
            code = "too_old" if value < _OLDEST else "in_future" if value > latest else None
            if code and not (what.future and code == "in_future"):
                del found.values[cell]
                found.bad[cell] = code
                found.told.pop(cell, None)
        return Typed(what, header, cells, found.values, found.bad, found.told)

    def _own_words(
        self, key: str, cells: Sequence[Any], values: dict[Any, Any], bad: dict[Any, str]
    ) -> None:
        """Read cells by the words that the user's mapping explains."""
        own = {plain_value(word): meaning for word, meaning in self.words.get(key, {}).items()}
        if not own:
            return
        for cell in set(cells):
            meaning = own.get(plain_value(str(cell)))
            if meaning is not None:
                values[cell] = {"true": True, "false": False}.get(meaning, meaning)
                bad.pop(cell, None)


def scaled(what: Field, options: Options, cells: Sequence[Any]) -> Field:
    """Return the field of satisfaction with its scale: as asked for, or told by the scores.

    A few scores above 5 are mistakes on a scale of 5; many of up to 10 are a scale of 10.
    """
    if options.csat_scale is not None:
        least, most = options.csat_scale
        return replace(what, least=float(least), most=float(most))
    counts: Counter[float] = Counter()
    for cell, count in Counter(cells).items():
        number = number_in(plain_value(cell) if isinstance(cell, str) else cell)
        if number is not None:
            counts[number] += count
    above = sum(count for number, count in counts.items() if 5 < number <= 10)
    beyond = sum(count for number, count in counts.items() if number > 10)
    ten = above > _TEN * counts.total() and beyond <= _TEN * counts.total()
    return replace(what, most=10.0) if ten else what


def csat_params(typed: Typed, options: Options) -> dict[str, float]:
    """Return the parameters of satisfaction KPIs: the ends of the scale, the lowest good score."""
    least, most = typed.field.least or 1.0, typed.field.most or 5.0
    top = options.csat_top if options.csat_top is not None else most - 1
    return {"worst": least, "best": most, "top": float(top)}
