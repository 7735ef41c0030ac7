"""The cells of a mapped column as typed values; what cannot be read is named, row by row."""

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
_NEVER: Final = dt.datetime(9999, 1, 1)  # noqa: DTZ001 - local, by design
_TEN: Final = 0.05  # so many scores above 5 speak for a scale of 10
_PLAIN: Final = 19  # characters of "2025-07-01 09:30:00"
_TEXTS: Final = frozenset({"id", "group", "text"})
_TRUTHS: Final = frozenset({0, 1})  # and so True and False
UNITS: Final = {60.0: "min", 3600.0: "h", 86400.0: "d"}


@dataclass
class Typed:
    """A column: its values row by row, what is wrong and where, what is to be told of it.

    Columns of texts keep their cells, which are masked later; of the others a series is left.
    """

    field: Field
    cells: Sequence[Any] = ()
    series: Any = None
    bad: Mapping[str, Sequence[tuple[int, Any]]] = made_by(default_factory=dict)  # by code
    told: Mapping[str, Sequence[int]] = made_by(default_factory=dict)  # by code
    notes: list[Note] = made_by(default_factory=list)

    @property
    def is_text(self) -> bool:
        """Say whether the cells stay texts."""
        return self.field.kind in _TEXTS


@dataclass(frozen=True)
class Reader:
    """How columns are read in this run."""

    options: Options
    words: Mapping[str, Mapping[str, str]]  # own words of closed lists, by field
    today: dt.date
    counts: bool  # a table of counted calls: "answered" is a number there

    def typed(self, what: Field, header: str, cells: Sequence[Any]) -> Typed:
        """Return a column read as a field."""
        if what.kind in _TEXTS:
            return Typed(what, cells)
        if what.kind == "time":
            return self._times(what, cells)
        notes: list[Note] = []
        factor = 1.0
        if what.kind == "seconds":
            factor = unit_of(header) or 1.0
            if factor != 1.0:
                notes.append(Note("unit", {"field": what.key, "unit": UNITS[factor]}))
        if what.key == "csat":
            what = scaled(what, self.options, cells)
        found = read_cells(cells, what, factor)
        self._own_words(what.key, cells, found.known, found.bad)
        series = _series(what, found.known, cells, counts=self.counts)
        return Typed(what, series=series, bad=_places(cells, found.bad), notes=notes)

    def _times(self, what: Field, cells: Sequence[Any]) -> Typed:
        import pandas as pd  # type: ignore[import-untyped] # noqa: PLC0415 - only data need it

        latest = _NEVER if what.future else dt.datetime.combine(self.today, dt.time.max)
        plain = _plain_times(cells)
        if plain is not None and not ((plain < _OLDEST) | (plain > latest)).any():
            return Typed(what, series=plain)
        zone = ZoneInfo(self.options.zone)
        found = read_times(cells, zone, day_first=self.options.day_first)
        series = pd.Series(list(map(found.known.get, cells)), dtype="datetime64[us]")
        odd = ((series < _OLDEST) | (series > latest)).to_numpy()
        for cell in {cells[at] for at in odd.nonzero()[0].tolist()}:
            early = (found.known.pop(cell) or latest) < _OLDEST
            found.bad[cell] = "too_old" if early else "in_future"
            found.told.pop(cell, None)
        if odd.any():
            series = series.mask(odd)
        told = {
            code: [at for at, _ in places] for code, places in _places(cells, found.told).items()
        }
        return Typed(what, series=series, bad=_places(cells, found.bad), told=told)

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


def _plain_times(cells: Sequence[Any]) -> Any:
    """Return a series where all cells are blank or written alike, as exports of systems are.

    That is much sooner than looking at each cell; None when any cell is something else.
    """
    import pandas as pd  # noqa: PLC0415 - only data need it

    first = next((one for one in cells if one), None)
    if not isinstance(first, str) or len(first) != _PLAIN or first[10] not in " T":
        return None
    form = f"%Y-%m-%d{first[10]}%H:%M:%S"
    try:
        series = pd.Series(
            pd.to_datetime(cells, format=form, errors="coerce").astype("datetime64[us]")
        )
    except (TypeError, ValueError):
        return None
    odd = series.isna().to_numpy().nonzero()[0].tolist()
    return None if any(cells[at] for at in odd) else series


def _series(what: Field, known: Mapping[Any, Any], cells: Sequence[Any], *, counts: bool) -> Any:
    """Return a column as a series; what is missing is NaN or NA."""
    import numpy as np  # noqa: PLC0415 - only data need it
    import pandas as pd  # noqa: PLC0415

    values = list(map(known.get, cells))
    if what.kind == "category":
        return pd.Series(values, dtype="str")
    truths = not counts and {one for one in known.values() if one is not None} <= _TRUTHS
    if what.kind == "flag" or (what.kind == "count" and truths):
        return pd.Series([None if one is None else bool(one) for one in values], dtype="boolean")
    return pd.Series(np.array(values, dtype="float64"))


def _places(cells: Sequence[Any], codes: Mapping[Any, str]) -> dict[str, list[tuple[int, Any]]]:
    """Return the places of cells with a code, with the cells, by code."""
    made: dict[str, list[tuple[int, Any]]] = {}
    if codes:
        for at, cell in enumerate(cells):
            code = codes.get(cell)
            if code is not None:
                made.setdefault(code, []).append((at, cell))
    return made


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
