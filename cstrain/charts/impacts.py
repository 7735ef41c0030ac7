"""Measures by impact and effort: which of them bring most for what they cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cstrain.charts.canvas import SMALL, blank, head, name_marks, note, picture
from cstrain.charts.errors import ChartError
from cstrain.charts.labels import names_of, shortened
from cstrain.charts.measure import Measure, Speech, number, speech
from cstrain.charts.picture import Picture
from cstrain.charts.readings import Columns, count_of, rows_of
from cstrain.charts.style import GREY, INDIGO, WINE, look, panels
from cstrain.language import Text

CHOSEN: Final = 3
_SCALE: Final = (1, 5)
_MOST: Final = 24  # measures in the list; of more the best are shown
_WIDTH: Final = 6.0
_NAME: Final = 40


@dataclass(frozen=True)
class _Measure:
    name: str
    impact: int
    effort: int

    @property
    def ratio(self) -> float:
        return self.impact / self.effort


def impact_effort(
    measures: Any, columns: Columns = None, *, about: str | Text | Measure = "", language: str
) -> Picture:
    """Return measures on a grid of effort and impact (1 to 5), listed by impact ÷ effort.

    `measures` are rows of name, impact and effort, or a frame. The 3 best are marked, together
    with all that are as good as the third.

    >>> plans = [("new form", 5, 2), ("training", 2, 4), ("sign", 3, 1), ("robot", 4, 5)]
    >>> impact_effort(plans, about="Plans", language="en")
    ... # doctest: +ELLIPSIS
    Plans: measures: 4; most impact for the effort: sign (3 ÷ 1 = 3), new form (5 ÷ 2 = 2.5) ...
    """
    say = speech(about, language)
    ranked = _ranked(measures, columns)
    if not ranked:
        return blank(say, "impact_effort")
    best = _best(ranked)
    shown = ranked[:_MOST]
    with look():
        height = max(3.6, 1.1 + 0.22 * len(shown))
        drawn, (axes, names) = panels((_WIDTH, height), 1, 2)
        head(drawn, say.title)
        _draw_grid(axes, shown, best, say)
        _draw_list(names, shown, best, len(ranked), say)
        return picture(drawn, _alt(ranked, best, say))


def _ranked(measures: Any, columns: Columns) -> list[_Measure]:
    rows = rows_of("measures", measures, columns, 3)
    names = names_of([row[0] for row in rows])
    found = [
        _Measure(name, *(_rating(f"measures[{index}]", one) for one in row[1:]))
        for index, (name, row) in enumerate(zip(names, rows, strict=True))
    ]
    return sorted(found, key=lambda one: (-one.ratio, -one.impact, one.name))


def _rating(place: str, value: Any) -> int:
    rating = count_of(place, value, whole=True)
    if not _SCALE[0] <= rating <= _SCALE[1]:
        raise ChartError(place, found=number(rating), allowed="a whole number from 1 to 5")
    return int(rating)


def _best(ranked: Sequence[_Measure]) -> int:
    """Return how many are marked: the first ones, and all that are as good as the last of them."""
    if len(ranked) <= CHOSEN:
        return len(ranked)
    least = ranked[CHOSEN - 1].ratio
    return sum(one.ratio >= least for one in ranked)


def _draw_grid(axes: Any, shown: Sequence[_Measure], best: int, say: Speech) -> None:
    places: dict[tuple[int, int], list[int]] = {}
    for place, one in enumerate(shown):
        places.setdefault((one.effort, one.impact), []).append(place)
    for (effort, impact), members in places.items():
        top = any(one < best for one in members)
        paint = {"color": WINE if top else INDIGO, "marker": "*" if top else "o"}
        axes.plot([effort], [impact], markersize=12 if top else 6, **paint)
        below = {"xytext": (0, -8), "textcoords": "offset points", "ha": "center", "va": "top"}
        axes.annotate(_numbers(members), (effort, impact), fontsize=SMALL, **below)
    middle = sum(_SCALE) / 2
    axes.axhline(middle, color=GREY, linestyle=":", linewidth=1)
    axes.axvline(middle, color=GREY, linestyle=":", linewidth=1)
    marks = range(_SCALE[0], _SCALE[1] + 1)
    for axis in (axes.xaxis, axes.yaxis):
        name_marks(axis, list(marks), [str(one) for one in marks])
    axes.set(xlim=(0.5, 5.5), ylim=(0.3, 5.5))
    axes.set_ylabel(say.word("impact"), fontsize=SMALL)
    note(axes, say.word("effort"))


def _numbers(members: Sequence[int]) -> str:
    """Return the numbers of the measures at one place: alike in both ratings, they follow."""
    first, last = members[0] + 1, members[-1] + 1
    return str(first) if first == last else f"{first}–{last}"


def _draw_list(names: Any, shown: Sequence[_Measure], best: int, every: int, say: Speech) -> None:
    names.set_axis_off()
    names.set(xlim=(0, 1), ylim=(max(len(shown), 12) + 0.5, -0.5))
    for place, one in enumerate(shown):
        colour = WINE if place < best else "black"
        name = shortened(one.name, _NAME)
        words = {"fontsize": SMALL, "va": "center", "color": colour}
        names.text(0, place, str(place + 1), ha="right", **words)
        names.text(0.04, place, f"{'★ ' if place < best else ''}{name}", **words)
    if every > len(shown):
        rest = say.word("not_shown_measures", rest=number(every - len(shown)))
        names.text(0.04, len(shown), rest, va="center", color=GREY, fontsize=SMALL)


def _alt(ranked: Sequence[_Measure], best: int, say: Speech) -> str:
    chosen = say.listed(_said(one, say) for one in ranked[:best])
    clauses = [
        say.word("measure_count", count=number(len(ranked))),
        say.word("best_measures", listed=chosen),
    ]
    return say.alt("impact_effort", clauses)


def _said(one: _Measure, say: Speech) -> str:
    facts: Mapping[str, object] = {
        "name": say.named(one.name),
        "impact": one.impact,
        "effort": one.effort,
        "ratio": number(one.ratio),
    }
    return say.word("measure_ratio", **facts)
