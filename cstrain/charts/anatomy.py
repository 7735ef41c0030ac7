"""The anatomy of a KPI as SVG: what stands above and below the line, and what goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cstrain.charts.labels import tidy, wrapped
from cstrain.charts.measure import Speech, speech
from cstrain.charts.picture import Drawing
from cstrain.drawing import svg
from cstrain.kpi.definition import Definition, Param
from cstrain.kpi.definitions import definition

_WIDTH: Final = 520  # a phone shows it at three quarters
_SIZE: Final = 14
_LINE: Final = 20
_LEFT: Final = 96  # where the boxes begin; before them stands "SL ="
_EDGE: Final = 12
_MOST: Final = 8  # lines of a text
_ROWS: Final = ("window", "clock", "exclusions", "unit", "direction")


@dataclass(frozen=True)
class _Block:
    """Parts of the drawing and how far down they reach."""

    parts: list[str]
    bottom: float


def kpi_anatomy(code: str, *, language: str) -> Drawing:
    """Return the anatomy of a KPI of the dictionary, by its code or Python name.

    >>> kpi_anatomy("SL", language="en").alt.partition(". ")[0]
    'service level (SL): Above the line: Calls answered within 20 s, that second included'
    """
    kpi = definition(str(code))
    say = speech(kpi.code, language)
    texts = _texts(kpi, say)
    head = svg.text(_EDGE, 26, say.title, size=17)
    above = _box("above", texts["above"], 42, say)
    middle = above.bottom + 14
    line = svg.polyline([(_LEFT, middle), (_WIDTH - _EDGE, middle)], "plan")
    below = _box("below", texts["below"], middle + 14, say)
    result = svg.text(_LEFT - 10, middle + 5, f"{kpi.code} =", anchor="end", size=16)
    rows = _rows({key: texts[key] for key in _ROWS}, below.bottom + 26, say)
    alt = say.alt("anatomy", *([_heading(key, text, say)] for key, text in texts.items()))
    drawn = svg.figure(
        [head, *above.parts, line, *below.parts, result, *rows.parts],
        size=(_WIDTH, int(rows.bottom + 6)),
        title=say.title,
        description=alt,
    )
    return Drawing(drawn, alt)


def _texts(kpi: Definition, say: Speech) -> dict[str, str]:
    """Return what is said of each part, the parameters at their defaults."""
    chosen = {name: _default(one) for name, one in kpi.params.items()}
    keys = ("above", "below", "window", "clock", "exclusions")
    said = {key: tidy(kpi.card[key][say.language].format_map(chosen)) for key in keys}
    said["unit"] = say.unit or say.word("plain_number")
    said["direction"] = say.word(f"good_{kpi.good}")
    return said


def _default(param: Param) -> str:
    found = param.default
    if isinstance(found, tuple):
        return ", ".join(found)
    if isinstance(found, (int, float)):
        return f"{found:g}"
    return found or ""


def _heading(key: str, text: str, say: Speech) -> str:
    """Return a part as a sentence without its stop."""
    return say.word("part", part=say.word(f"part_{key}"), text=text.rstrip(".。"))


def _box(key: str, text: str, top: float, say: Speech) -> _Block:
    width = _WIDTH - _EDGE - _LEFT
    lines = wrapped(text, _halves(width - 24), _MOST)
    height = 34 + _LINE * len(lines)
    parts = [
        svg.box(_LEFT, top, (width, height), "goal"),
        svg.text(_LEFT + 12, top + 20, say.word(f"mark_{key}"), size=12),
    ]
    for row, line in enumerate(lines):
        parts.append(svg.text(_LEFT + 12, top + 42 + row * _LINE, line, size=_SIZE))
    return _Block(parts, top + height)


def _rows(texts: Mapping[str, str], top: float, say: Speech) -> _Block:
    parts: list[str] = []
    start = _LEFT + 12
    for key, text in texts.items():
        lines = wrapped(text, _halves(_WIDTH - _EDGE - start), _MOST)
        parts.append(svg.line((_EDGE, top - 15), (_WIDTH - _EDGE, top - 15), "baseline"))
        parts.append(svg.text(_EDGE, top + 5, say.word(f"part_{key}"), size=_SIZE))
        for row, line in enumerate(lines):
            parts.append(svg.text(start, top + 5 + row * _LINE, line, size=_SIZE))
        top += _LINE * len(lines) + 16
    return _Block(parts, top - 16)


def _halves(width: float) -> int:
    """Return how many halves of an em fit; Latin letters are a little wider than half."""
    return int(width / (_SIZE * 0.55))
