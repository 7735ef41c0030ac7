"""What `kpi` returned, as a table to read: both sides of the line, the result, rows left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from cstrain.charts.labels import absent, names_of
from cstrain.charts.measure import Speech, number, speech
from cstrain.html import escape
from cstrain.kpi.value import Value
from cstrain.language import HTML_LANG
from cstrain.library.words import words

_RESULT: Final = ("numerator", "denominator", "value", "rows", "excluded")
_LEFT: Final = "text-align:start"
_RIGHT: Final = "text-align:end;font-variant-numeric:tabular-nums"
Names = tuple[str, ...]  # the keys of a result's group, as they are shown


class KpiTable:
    """Results of one KPI in one language: HTML in a notebook, a line a group everywhere else."""

    def __init__(self, code: str, found: Any, language: str) -> None:
        self._say = speech(code, language)
        self._said = words("kpi_card", self._say.language)
        self._results = list(_results(found))
        self._groups = tuple(self._results[0].group) if self._results else ()
        columns = [names_of([one.group[key] for one in self._results]) for key in self._groups]
        self._names = list(zip(*columns, strict=True)) or [()] * len(self._results)

    def __repr__(self) -> str:
        each = zip(self._names, self._results, strict=True)
        return "\n".join(_line(names, one, self._say, self._said) for names, one in each)

    def _repr_html_(self) -> str:
        known = {one: self._said[one] for one in ("period", *_RESULT)}
        heads = [(known.get(one, one), _LEFT) for one in self._groups]
        heads += [(known[one], _RIGHT) for one in _RESULT]
        head = "".join(
            f'<th scope="col" style="{style}">{escape(name)}</th>' for name, style in heads
        )
        each = zip(self._names, self._results, strict=True)
        body = "".join(_row(names, one, self._say, self._said) for names, one in each)
        caption = f'<caption style="caption-side:top;{_LEFT}">{escape(self._say.title)}</caption>'
        return (
            f'<table class="cstrain-kpi-table" lang="{HTML_LANG[self._say.language]}">{caption}'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


def kpi_table(code: str, found: Any, *, language: str) -> KpiTable:
    """Return the results of `kpi`, a list of `Value` or a frame, as a table.

    >>> from cstrain.kpi.compute import kpi
    >>> kpi_table("RING", kpi("RING", [{"answered": True, "rings": 2}]), language="en")
    three-ring answer rate (RING): 1 ÷ 1 = 100.0%; rows left out: 0
    """
    return KpiTable(code, found, language)


def _results(found: Any) -> Iterator[Value]:
    if not hasattr(found, "columns"):
        yield from found
        return
    columns = {str(one): list(found[one]) for one in found.columns}
    for cells in zip(*columns.values(), strict=True):
        row: dict[str, Any] = dict(zip(columns, cells, strict=True))
        above, below, value = (_there(row.pop(one)) for one in _RESULT[:3])
        yield Value(above, below, value, row.pop("rows"), row.pop("excluded"), row)


def _there(value: Any) -> float | None:
    return None if absent(value) else value


def _line(names: Names, one: Value, say: Speech, said: Mapping[str, str]) -> str:
    facts = {**_facts(one, say), "name": " · ".join((say.title, *names))}
    return said["single" if one.numerator is None else "line"].format_map(facts)


def _row(names: Names, one: Value, say: Speech, said: Mapping[str, str]) -> str:
    facts = {key: escape(value or said["nothing"]) for key, value in _facts(one, say).items()}
    facts["value"] = f"<strong>{facts['value']}</strong>"
    heads = "".join(f'<th scope="row" style="{_LEFT}">{escape(name)}</th>' for name in names)
    cells = "".join(f'<td style="{_RIGHT}">{facts[key]}</td>' for key in _RESULT)
    return f"<tr>{heads}{cells}</tr>"


def _facts(one: Value, say: Speech) -> dict[str, str]:
    """Return the numbers as text; empty where there is none, as above the line of a median."""
    counts = {key: getattr(one, key) for key in _RESULT if key != "value"}
    told = {key: "" if found is None else number(found) for key, found in counts.items()}
    return {**told, "value": "–" if one.value is None else say.value(one.value)}
