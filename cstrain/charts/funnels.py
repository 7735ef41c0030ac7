"""The funnel: how many are left at each step, and where most are lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cstrain.charts.canvas import NORMAL, PAPER, SMALL, blank, picture, sheet
from cstrain.charts.errors import ChartError
from cstrain.charts.labels import names_of, shortened, tidy, width_of
from cstrain.charts.measure import Measure, Speech, number, percent, speech
from cstrain.charts.picture import Picture
from cstrain.charts.readings import Columns, count_of, rows_of
from cstrain.charts.style import FOG, GREY, INDIGO, WINE, look
from cstrain.language import Text

# Steps of a contact; these codes are shown translated, and plain counts are taken in this order.
STAGES: Final = ("offered", "answered", "resolved", "no_repeat")
_MOST: Final = 12
_SLIVER: Final = 0.004  # the width of a bar that would be too thin to see
_LINE: Final = 425.0  # points of width for the words over a bar


@dataclass(frozen=True)
class _Step:
    name: str
    count: float
    before: float | None  # the count of the step before

    @property
    def lost(self) -> float:
        return 0.0 if self.before is None else self.before - self.count


def funnel(
    stages: Any, columns: Columns = None, *, about: str | Text | Measure = "", language: str
) -> Picture:
    """Return how many are left at each step, as shares of the first step and of the one before.

    `stages` are pairs of name and count, a mapping, a frame, or up to four plain counts: offered,
    answered, resolved, no repeat. No step can be larger than the one before.

    >>> funnel([1000, 900, 720, 648], language="en")
    ... # doctest: +ELLIPSIS
    funnel: offered 1,000; answered 900 (90.0% of the first, 90.0% of the step before); ...
    """
    say = speech(about, language)
    steps = _steps(rows_of("stages", stages, columns, 2), say)
    if not steps:
        return blank(say, "funnel")
    worst = max(steps, key=lambda one: one.lost)
    with look():
        drawn, axes = sheet(0.5 + 0.76 * len(steps), say)
        axes.set_axis_off()
        widest = steps[0].count or 1.0
        for row, step in enumerate(steps):
            _draw(axes, row, step, widest, say)
            if step is worst and step.lost:
                _mark_loss(axes, row, step, widest, say)
        axes.set(xlim=(0, 1.0), ylim=(len(steps) - 0.7, -0.6))
        return picture(drawn, _alt(steps, worst, say))


def _steps(rows: Sequence[tuple[Any, ...]], say: Speech) -> list[_Step]:
    if len(rows) > _MOST:
        raise ChartError("stages", found=f"{len(rows)} steps", allowed=f"at most {_MOST}")
    labels = [label for label, _ in rows]
    if labels == list(range(1, len(rows) + 1)) and len(rows) <= len(STAGES):
        labels = list(STAGES[: len(rows)])  # plain counts
    known = [say.word(one) if one in STAGES else one for one in map(_plain, labels)]
    steps: list[_Step] = []
    for index, (name, row) in enumerate(zip(names_of(known), rows, strict=True)):
        count = count_of(f"stages[{index}]", row[1])
        before = steps[-1].count if steps else None
        if before is not None and count > before:
            allowed = f"at most {number(before)}, the step before"
            raise ChartError(f"stages[{index}], {name}", found=number(count), allowed=allowed)
        steps.append(_Step(name, count, before))
    return steps


def _plain(label: Any) -> Any:
    return tidy(label) if isinstance(label, str) else label


def _share(part: float, whole: float | None) -> str:
    return f"{percent(part / whole)}%" if whole else "–"


def _draw(axes: Any, row: int, step: _Step, widest: float, say: Speech) -> None:
    width = step.count / widest
    if step.before is not None:
        before = step.before / widest
        axes.barh(row, before - width, left=width, height=0.42, color=FOG, linewidth=0)
    axes.barh(row, max(width, _SLIVER if step.count else 0.0), height=0.42, color=INDIGO)
    shares = "" if step.before is None else _shares(step, widest, say)
    count = number(step.count)
    room = int((_LINE - 5.1 * width_of(shares)) / 6.0) - len(count) - 2
    told = say.word("stage", name=shortened(step.name, max(room, 6)), count=count)
    axes.text(0, row - 0.27, told, ha="left", va="bottom", fontsize=NORMAL)
    axes.text(1.0, row - 0.27, shares, ha="right", va="bottom", fontsize=SMALL, color=GREY)


def _shares(step: _Step, widest: float, say: Speech) -> str:
    parts = [
        say.word("of_first", share=_share(step.count, widest)),
        say.word("of_before", share=_share(step.count, step.before)),
    ]
    return " · ".join(parts)


def _mark_loss(axes: Any, row: int, step: _Step, widest: float, say: Speech) -> None:
    width, before = step.count / widest, (step.before or 0.0) / widest
    axes.barh(
        row,
        before - width,
        left=width,
        height=0.42,
        color="none",
        edgecolor=WINE,
        hatch="////",
        linewidth=1.0,
    )
    told = say.word("most_lost", count=number(step.lost))
    if before < 0.7:  # beside the bar, or within it where that leaves no room
        axes.text(before + 0.01, row, told, va="center", fontsize=SMALL, color=WINE)
    elif width > 0.35:
        axes.text(width - 0.01, row, told, ha="right", va="center", fontsize=SMALL, color="white")
    else:
        place = (width + before) / 2
        axes.text(place, row, told, ha="center", va="center", fontsize=SMALL, bbox=PAPER)


def _alt(steps: Sequence[_Step], worst: _Step, say: Speech) -> str:
    first = steps[0]
    clauses = [say.word("funnel_first", name=say.named(first.name), count=number(first.count))]
    for step in steps[1:]:
        facts = {
            "first": _share(step.count, first.count),
            "before": _share(step.count, step.before),
        }
        key = "funnel_step" if step.before else "funnel_first"
        clauses.append(say.word(key, name=say.named(step.name), count=number(step.count), **facts))
    if worst.lost:
        before = steps[steps.index(worst) - 1]
        told = {
            "before": say.named(before.name),
            "after": say.named(worst.name),
            "count": number(worst.lost),
        }
        clauses.append(say.word("funnel_most", **told))
    return say.alt("funnel", clauses)
