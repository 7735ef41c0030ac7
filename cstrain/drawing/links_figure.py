"""Boxes and arrows as SVG: what leads to what, in the places that the content gives them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from cstrain.drawing import svg
from cstrain.drawing.rca_text import fit

_BOX: Final = (150, 56)
_STEP: Final = (172, 88)  # from one place to the next
_SIZE, _LINE, _TOP = 14, 16, 34
_ARROW: Final = 8
_HEAD: Final = 14
Place = tuple[float, float]


def links_svg(
    boxes: Mapping[str, Mapping[str, Any]],
    arrows: Sequence[Sequence[str]],
    *,
    heads: Sequence[Mapping[str, Any]] = (),
    title: str,
    description: str,
) -> str:
    """Return boxes (text, at: column and row, kind: "goal" or "trouble") joined by arrows.

    An arrow is from, to, and its paint. `heads` are words above the box at a place (text, at).
    Three columns are still read on a phone.

    >>> two = {"a": {"text": "late", "at": [0, 0]}, "b": {"text": "angry", "at": [1, 0]}}
    >>> links_svg(two, [["a", "b", "join"]], title="Links", description="late, angry")[:26]
    '<svg class="cstrain-figure'
    """
    places = {key: _place(one["at"]) for key, one in boxes.items()}
    above = [(_place(one["at"]), one["text"]) for one in heads]
    parts = [svg.text(x, y - _HEAD, words) for (x, y), words in above]
    parts += [_arrow(places[start], places[end], paint) for start, end, paint in arrows]
    parts += [_box(one, places[key]) for key, one in boxes.items()]
    right = max(x for x, _ in places.values()) + _BOX[0] + 4
    bottom = max(y for _, y in places.values()) + _BOX[1] + 6
    return svg.figure(parts, size=(int(right), int(bottom)), title=title, description=description)


def _place(at: Sequence[float]) -> Place:
    return at[0] * _STEP[0] + 4, at[1] * _STEP[1] + _TOP


def _box(one: Mapping[str, Any], place: Place) -> str:
    x, y = place
    lines = fit(one["text"], _BOX[0] - 12, _SIZE, 3).lines
    first = y + _BOX[1] / 2 - (len(lines) - 1) * _LINE / 2 + 4
    said = "".join(
        svg.text(x + _BOX[0] / 2, first + at * _LINE, line, anchor="middle", size=_SIZE)
        for at, line in enumerate(lines)
    )
    return svg.box(x, y, _BOX, str(one.get("kind", "goal"))) + said


def _arrow(start: Place, end: Place, paint: str) -> str:
    """Draw from the edge of one box to the edge of the other."""
    (x1, y1), (x2, y2) = _middle(start), _middle(end)
    there, back = _edge((x1, y1), (x2, y2)), _edge((x2, y2), (x1, y1))
    angle = math.atan2(back[1] - there[1], back[0] - there[0])
    wings = [
        (back[0] - _ARROW * math.cos(angle + turn), back[1] - _ARROW * math.sin(angle + turn))
        for turn in (0.45, -0.45)
    ]
    return svg.line(there, back, paint) + svg.polyline([wings[0], back, wings[1]], "join")


def _middle(place: Place) -> Place:
    return place[0] + _BOX[0] / 2, place[1] + _BOX[1] / 2


def _edge(inner: Place, outer: Place) -> Place:
    """Return where the line from the middle of a box to another leaves it, with a small gap."""
    dx, dy = outer[0] - inner[0], outer[1] - inner[1]
    width, height = _BOX[0] / 2 + 3, _BOX[1] / 2 + 3
    share = min(width / abs(dx) if dx else math.inf, height / abs(dy) if dy else math.inf)
    return inner[0] + dx * share, inner[1] + dy * share
