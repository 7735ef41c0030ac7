"""What `kpi` returned, as a table to read: both sides of the line, the result, rows left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cstrain.charts.labels import absent, names_of
from cstrain.charts.measure import Speech, number, speech
from cstrain.html import escape
from cstrain.kpi.value import Value
from cstrain.language import HTML_LANG, Language, as_language
from cstrain.library.words import words

_RESULT: Final = ("numerator", "denominator", "value", "rows", "excluded")
_LEFT: Final = "text-align:start"
_KEPT: Final = "word-break:keep-all"  # on a phone no heading falls into single characters
_RIGHT: Final = "text-align:end;font-variant-numeric:tabular-nums"


@dataclass(frozen=True)
class _Row:
    """One result: what it is called in its line, how its numbers are said, and the numbers."""

    names: tuple[str, ...]
    say: Speech
    result: Value


class KpiTable:
    """Results in one language: HTML in a notebook, a line a result everywhere else."""

    def __init__(
        self, language: Language, title: str, heads: Sequence[str], rows: Iterable[_Row]
    ) -> None:
        self._language: Language = language
        self._said = words("kpi_card", language)
        self._title, self._heads, self._rows = title, heads, list(rows)

    def __repr__(self) -> str:
        return "\n".join(_line(one, self._title, self._said) for one in self._rows)

    def _repr_html_(self) -> str:
        heads = [(self._said.get(one, one), _LEFT) for one in self._heads]
        heads += [(self._said[one], _RIGHT) for one in _RESULT]
        head = "".join(
            f'<th scope="col" style="{style};{_KEPT}">{escape(name)}</th>' for name, style in heads
        )
        body = "".join(_cells(one, self._said) for one in self._rows)
        title = f'<caption style="caption-side:top;{_LEFT}">{escape(self._title)}</caption>'
        return (
            f'<table class="cstrain-kpi-table" lang="{HTML_LANG[self._language]}">'
            f"{title if self._title else ''}"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


def kpi_table(code: str, found: Any, *, language: str) -> KpiTable:
    """Return the results of `kpi`, a list of `Value` or a frame, as a table.

    >>> from cstrain.kpi.compute import kpi
    >>> kpi_table("RING", kpi("RING", [{"answered": True, "rings": 2}]), language="en")
    three-ring answer rate (RING): 1 ÷ 1 = 100.0%; rows left out: 0
    """
    say, results = speech(code, language), list(_results(found))
    groups = list(results[0].group) if results else []
    columns = [names_of([one.group[key] for one in results]) for key in groups]
    names = list(zip(*columns, strict=True)) or [()] * len(results)
    rows = (_Row(here, say, one) for here, one in zip(names, results, strict=True))
    return KpiTable(say.language, say.title, groups, rows)


def kpi_list(found: Mapping[str, Any], *, language: str) -> KpiTable:
    """Return the results of several KPIs of one table, a line a KPI: {code: result of `kpi`}."""
    rows = [
        _Row((say.title,), say, one)
        for say, results in ((speech(code, language), found[code]) for code in found)
        for one in _results(results)
    ]
    return KpiTable(as_language(language), "", ["kpi"], rows)


def kpi_choices(code: str, found: Mapping[str, Any], *, language: str) -> KpiTable:
    """Return one KPI defined in several ways, a line a way: {what was chosen: result of `kpi`}."""
    say = speech(code, language)
    rows = [_Row((name,), say, one) for name in found for one in _results(found[name])]
    return KpiTable(say.language, say.title, ["choice"], rows)


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


def _line(one: _Row, title: str, said: Mapping[str, str]) -> str:
    name = " · ".join(filter(None, (title, *one.names)))
    facts = {**_facts(one.result, one.say), "name": name}
    return said[
        "single" if None in (one.result.numerator, one.result.denominator) else "line"
    ].format_map(facts)


def _cells(one: _Row, said: Mapping[str, str]) -> str:
    told = _facts(one.result, one.say)
    facts = {key: escape(value or said["nothing"]) for key, value in told.items()}
    facts["value"] = f"<strong>{facts['value']}</strong>"
    heads = "".join(f'<th scope="row" style="{_LEFT}">{escape(name)}</th>' for name in one.names)
    cells = "".join(f'<td style="{_RIGHT}">{facts[key]}</td>' for key in _RESULT)
    return f"<tr>{heads}{cells}</tr>"


def _facts(one: Value, say: Speech) -> dict[str, str]:
    """Return the numbers as text; empty where there is none, as above the line of a median."""
    counts = {key: getattr(one, key) for key in _RESULT if key != "value"}
    told = {key: "" if found is None else number(found) for key, found in counts.items()}
    return {**told, "value": "–" if one.value is None else say.value(one.value)}
