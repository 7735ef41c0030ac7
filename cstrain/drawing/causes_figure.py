"""Causes of a case before and after the change: a panel for each stratum, two lines in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from cstrain.datasets import typed_rows
from cstrain.drawing import svg
from cstrain.html import escape
from cstrain.language import Language
from cstrain.library.cause_tests import CauseTest, cause_test, stratum_name
from cstrain.library.words import words
from cstrain.model import Exercise

# The day on which each case began to get worse.
CHANGES: Final[Mapping[str, date]] = {
    "A": date(2025, 9, 15),
    "B": date(2025, 4, 1),
    "C": date(2025, 7, 1),
}
_LEAST: Final = 25  # rows of a point; the share of fewer jumps about
_MOST_PANELS: Final = 4
_SIZE: Final = (270, 150)
_LEFT, _RIGHT, _TOP, _BOTTOM = 38, 258, 40, 124
_AROUND: Final = (
    '<div style="display:grid;gap:8px 16px;'
    'grid-template-columns:repeat(auto-fill,minmax(min(240px,100%),1fr))">{}</div>'
)


@dataclass(frozen=True)
class _Line:
    """One side of a panel: shares by place in time, None where there are too few rows; all rows."""

    shares: tuple[float | None, ...]
    n: int

    def known(self) -> list[tuple[int, float]]:
        return [(at, share) for at, share in enumerate(self.shares) if share is not None]


@dataclass(frozen=True)
class _Panel:
    stratum: str
    exposed: _Line
    unexposed: _Line


def causes_figure(exercise: Exercise, answer: Mapping[str, Any], language: Language) -> str | None:
    """Return the charts of the chosen case's causes once the right kind of chart was chosen.

    `exercise.drawing` names the choice of the case, the fields of the tests, and in `chart` the
    options that make the chart.
    """
    about = exercise.drawing
    if any(answer.get(key) != wanted for key, wanted in about["chart"].items()):
        return None
    for key in about["tests"]:
        field = exercise.field(key)
        if field.when and answer.get(field.when[0]) == field.when[1]:
            asked = field.params["about"]
            parts = [cause_chart(asked["case"], one, language) for one in asked["factors"]]
            legend = words("effect_words", language)["chart_legend"].format(least=_LEAST)
            return "".join(parts) + f"<p>{escape(legend)}</p>"
    return None


def cause_chart(case: str, factor: str, language: Language) -> str:
    """Return the panels of one cause; empty for a factor that has no chart.

    >>> cause_chart("A", "D4", "en").count("<svg")
    2
    """
    test, begins = cause_test(case, factor), _begins(case)
    panels = _panels(case, factor, begins)[:_MOST_PANELS]
    top = max((share for one in panels for share in _shares(one)), default=0.0)
    if not top:
        return ""
    drawn = [_draw(test, one, begins, top * 1.1, language) for one in panels]
    name = escape(test.name[language])
    return f"<p><strong>{name}</strong></p>{_AROUND.format(''.join(drawn))}"


def _draw(
    test: CauseTest, panel: _Panel, begins: Sequence[date], top: float, language: Language
) -> str:
    said, stratum = words("effect_words", language), stratum_name(panel.stratum, language)

    def x(at: float) -> float:
        return _LEFT + (at + 0.5) * (_RIGHT - _LEFT) / len(begins)

    def y(share: float) -> float:
        return _BOTTOM - share / top * (_BOTTOM - _TOP)

    at = x(begins.index(CHANGES[test.case]) - 0.5)
    counts = said["chart_n"].format(
        exposed=f"{panel.exposed.n:,}", unexposed=f"{panel.unexposed.n:,}"
    )
    parts = [
        svg.text(4, 16, stratum),
        svg.text(4, 31, counts, size=11),
        svg.line((_LEFT, _BOTTOM), (_RIGHT, _BOTTOM), "axis"),
        svg.line((at, _TOP - 2), (at, _BOTTOM), "target"),
        *_scale(top, y),
        *(
            svg.text(x(place), _BOTTOM + 16, f"{day.month}/{day.day}", anchor="middle", size=10)
            for place, day in enumerate(begins)
        ),
    ]
    for line, paint in ((panel.unexposed, "other"), (panel.exposed, "plan")):
        parts.append(svg.polyline([(x(place), y(one)) for place, one in line.known()], paint))
        if paint == "plan":
            parts += [svg.dot(x(place), y(one), "point", 3) for place, one in line.known()]
    return svg.figure(
        parts,
        size=_SIZE,
        title=said["chart_title"].format(name=test.name[language], stratum=stratum),
        description=_described(test, panel, said, language),
    )


def _scale(top: float, y: Any) -> Iterator[str]:
    step = next(one for one in (0.02, 0.05, 0.1, 0.2, 0.5) if top / one < 5 or one == 0.5)
    place = 0.0
    while place <= top:
        yield svg.text(_LEFT - 5, y(place) + 4, f"{100 * place:.0f}%", anchor="end", size=10)
        place += step


def _described(test: CauseTest, panel: _Panel, said: Mapping[str, str], language: Language) -> str:
    ends: dict[str, str] = {}
    for prefix, line in (("", panel.exposed), ("other_", panel.unexposed)):
        known = [f"{100 * share:.0f}%" for _, share in line.known()] or ["–"]
        ends |= {f"{prefix}first": known[0], f"{prefix}last": known[-1]}
    begins = CHANGES[test.case].isoformat()
    return said["chart_said"].format(outcome=test.outcome[language], begins=begins, **ends)


def _shares(panel: _Panel) -> Iterator[float]:
    for line in (panel.exposed, panel.unexposed):
        yield from (share for _, share in line.known())


@cache
def _rows() -> Sequence[Mapping[str, Any]]:
    return typed_rows("effect_periods")


def _begins(case: str) -> list[date]:
    return sorted({one["begins"] for one in _rows() if one["case"] == case})


def _panels(case: str, factor: str, begins: Sequence[date]) -> list[_Panel]:
    own = [one for one in _rows() if (one["case"], one["factor"]) == (case, factor)]
    strata = dict.fromkeys(one["stratum"] for one in own)
    made = []
    for stratum in strata:
        by_day = {one["begins"]: one for one in own if one["stratum"] == stratum}
        exposed, unexposed = (_line(by_day, begins, side) for side in ("exposed", "unexposed"))
        made.append(_Panel(stratum, exposed, unexposed))
    return made


def _line(by_day: Mapping[date, Mapping[str, Any]], begins: Sequence[date], side: str) -> _Line:
    counts = [by_day.get(day, {}) for day in begins]
    pairs = [(one.get(f"{side}_events", 0), one.get(f"{side}_n", 0)) for one in counts]
    shares = tuple(events / n if n >= _LEAST else None for events, n in pairs)
    return _Line(shares, sum(n for _, n in pairs))
