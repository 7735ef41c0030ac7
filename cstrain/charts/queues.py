"""A queue as two panels: what one agent more or less changes, and how long callers wait."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from cstrain.charts.canvas import (
    SMALL,
    WIDTH,
    blank,
    head,
    legend,
    name_lines,
    picture,
    value_axis,
)
from cstrain.charts.measure import Measure, Speech
from cstrain.charts.measure import speech as chart_speech
from cstrain.charts.picture import Picture
from cstrain.charts.style import FOG, GREY, INDIGO, ROSE, TEAL, WINE, look, panels
from cstrain.drawing.queue_speech import QueueSpeech, figure, speech
from cstrain.queues.comparison import Comparison, Figures, by_erlang_a, by_erlang_c
from cstrain.queues.scenario import MOST_AGENTS, Scenario

_SIZE: Final = (WIDTH, 6.4)
_AXES: Final = 2.1  # inches of height that are left to one of the panels
_BESIDE: Final = 3  # agents shown on either side of what matters
_MOST_POINTS: Final = 60
_INSTANTS: Final = 40
_SPARSE: Final = 5  # every fifth of them has a marker of the simulation
_LEAST_S: Final = 60  # of waiting that are shown at least
_DAY_S: Final = 28_800  # shown of a growing queue that was not simulated
Formula = tuple[str, Callable[[Scenario], Figures], str, str]  # word, figures, colour, line
_C: Final[Formula] = ("erlang_c", by_erlang_c, INDIGO, "--")
_A: Final[Formula] = ("erlang_a", by_erlang_a, WINE, "-")


def queue_chart(found: Comparison, *, language: str) -> Picture:
    """Return service level against agents, and below it how long callers wait.

    Above: both formulas, the target, the agents needed and those at work, the simulation with
    its interval. Below: the share answered within so many seconds; of a queue that grows without
    end, how many are waiting as the hours pass.

    >>> from cstrain.queues.comparison import compare
    >>> queue_chart(compare(Scenario(contacts=42, aht_s=300, agents=6)), language="en")
    ... # doctest: +ELLIPSIS
    7 erlang of work, 6 agents: Erlang C: 40.6% with 8 agents, 97.9% with 13; Erlang C does ...
    """
    say, of_chart = speech(language), _titled(found, language)
    if not found.scenario.load_erlang:
        return blank(of_chart, "dashboard")
    with look():
        drawn, (above, below) = panels(_SIZE, 2, 1)
        head(drawn, of_chart.title)
        _draw_agents(above, found, say)
        if found.verdict in {"grows", "never_answered"}:
            _draw_queue(below, found, say)
        else:
            _draw_waits(below, found, say)
        for axes in (above, below):
            axes.tick_params(labelsize=SMALL)
        legend(drawn, above, columns=3)
        return picture(drawn, _alt(found, say, of_chart))


def _titled(found: Comparison, language: str) -> Speech:
    say = speech(language)
    load = say.load(found.scenario.load_erlang)
    return chart_speech(
        Measure(say.word("chart", load=load, agents=found.scenario.agents)), language
    )


def _formulas(found: Comparison) -> list[Formula]:
    return [_C] if found.patient else [_C, _A]


def _curve(
    formula: Formula, scenarios: Sequence[Scenario], places: Sequence[float]
) -> list[tuple[float, float]]:
    """Return place and service level wherever the formula holds."""
    levels = [formula[1](one).service_level for one in scenarios]
    return [
        (place, level) for place, level in zip(places, levels, strict=True) if level is not None
    ]


def _crews(found: Comparison) -> list[int]:
    """Return the numbers of agents that are shown."""
    load, needs = found.scenario.load_erlang, (found.need_c.agents, found.need_a.agents)
    marks = [found.scenario.agents, math.floor(load), *(one for one in needs if one is not None)]
    low = max(1, min(marks) - _BESIDE)
    high = min(max(marks) + _BESIDE, MOST_AGENTS)
    step = max(1, (high - low) // _MOST_POINTS)
    return [*range(low, high, step), high]


def _by_agents(formula: Formula, found: Comparison) -> list[tuple[float, float]]:
    crews = _crews(found)
    return _curve(formula, [replace(found.scenario, agents=one) for one in crews], crews)


def _draw_agents(axes: Any, found: Comparison, say: QueueSpeech) -> None:
    asked, crews = found.scenario, _crews(found)
    _percent(axes, say.word("panel_agents", target_s=say.time(asked.target_s)), say, pad=20)
    axes.set_xlim(crews[0] - 0.5, crews[-1] + 0.5)
    value_axis(axes.xaxis, figure)
    axes.set_xlabel(say.word("axis_agents"), fontsize=SMALL)
    if asked.load_erlang >= crews[0]:
        edge = math.floor(asked.load_erlang)
        axes.axvspan(crews[0] - 0.5, edge + 0.5, color=FOG, zorder=0, label=say.word("no_erlang_c"))
    for formula in _formulas(found):
        _draw_curve(axes, formula, _by_agents(formula, found), say, marker="o")
    level = found.simulation.service_level
    if level is not None:
        spread = [[level.value - level.low], [level.high - level.value]]
        style = {"color": ROSE, "markeredgecolor": "black", "capsize": 5, "zorder": 5}
        name = say.word("simulation")
        axes.errorbar([asked.agents], [level.value], spread, fmt="D", label=name, **style)
    lines = [(asked.target, say.word("line_target", value=say.share(asked.target)), TEAL)]
    axes.axhline(asked.target, color=TEAL, linestyle="--", linewidth=1.4, zorder=1)
    name_lines(axes, lines, _AXES)
    _draw_crews(axes, found, say)


def _draw_crews(axes: Any, found: Comparison, say: QueueSpeech) -> None:
    """Mark the agents needed and those at work, named over their lines: the fewer to the left."""
    need, now = found.need.agents, found.scenario.agents
    marks = [(now, say.word("line_now", agents=now), GREY)]
    if need is not None:
        marks.append((need, say.word("line_need", need=need), TEAL))
    low, high = axes.get_xlim()
    room = (high - low) / 5
    for rank, (place, words, colour) in enumerate(sorted(marks)):
        if low <= place <= high:
            axes.axvline(place, color=colour, linestyle=":", linewidth=1.6, zorder=1)
            left = (rank == 0 and len(marks) > 1 and place - low > room) or high - place < room
            style = {"ha": "right" if left else "left", "fontsize": SMALL, "color": colour}
            axes.text(place, 1.03, words, transform=axes.get_xaxis_transform(), **style)


def _percent(axes: Any, title: str, say: QueueSpeech, pad: float = 6) -> None:
    axes.set_title(title, loc="left", fontsize=SMALL + 1, pad=pad)
    axes.set_ylim(0, 1.02)
    value_axis(axes.yaxis, lambda value: say.share(min(value, 1.0)))


def _draw_curve(
    axes: Any, formula: Formula, curve: Sequence[tuple[float, float]], say: QueueSpeech, **more: Any
) -> None:
    if curve:
        word, _, colour, line = formula
        style = {"color": colour, "linestyle": line, "markersize": 3.5, "zorder": 3}
        axes.plot(*zip(*curve, strict=True), label=say.word(word), **style, **more)


def _instants(found: Comparison) -> list[float]:
    most = max(_LEAST_S, 3 * found.scenario.target_s)
    return [most * step / _INSTANTS for step in range(_INSTANTS + 1)]


def _draw_waits(axes: Any, found: Comparison, say: QueueSpeech) -> None:
    asked, instants = found.scenario, _instants(found)
    _percent(axes, say.word("panel_waits", agents=asked.agents), say)
    axes.set_xlim(0, instants[-1])
    value_axis(axes.xaxis, figure)
    axes.set_xlabel(say.word("axis_seconds"), fontsize=SMALL)
    for formula in _formulas(found):
        scenarios = [replace(asked, target_s=one) for one in instants]
        _draw_curve(axes, formula, _curve(formula, scenarios, instants), say)
    run = found.simulation
    if run.ran:
        some = instants[::_SPARSE]
        shares = [run.answered_within(one) for one in some]
        style = {"color": ROSE, "markeredgecolor": "black", "markeredgewidth": 0.5}
        axes.plot(some, shares, "D", markersize=5, zorder=4, **style)
    axes.axhline(asked.target, color=TEAL, linestyle="--", linewidth=1.4, zorder=1)
    axes.axvline(asked.target_s, color=TEAL, linestyle="--", linewidth=1.4, zorder=1)
    name_lines(
        axes, [(asked.target, say.word("line_target", value=say.share(asked.target)), TEAL)], _AXES
    )


def _draw_queue(axes: Any, found: Comparison, say: QueueSpeech) -> None:
    """Draw how many wait as time passes, beside what comes in more than goes out."""
    asked, run = found.scenario, found.simulation
    end = run.queue[-1][0] if run.queue else _DAY_S
    unit, size = ("axis_hours", 3600) if end >= 7200 else ("axis_minutes", 60)
    axes.set_title(say.word("panel_queue", agents=asked.agents), loc="left", fontsize=SMALL + 1)
    drift = asked.arrivals_per_s - asked.agents / asked.aht_s
    if drift > 0:
        told = say.word("line_drift", count=figure(3600 * drift))
        axes.plot([0, end / size], [0, drift * end], color=GREY, linestyle="--", zorder=2)
        axes.text(0.02, 0.92, told, transform=axes.transAxes, fontsize=SMALL, color=GREY, va="top")
    if run.queue:
        times, waiting = zip(*run.queue, strict=True)
        axes.plot([one / size for one in times], waiting, color=ROSE, linewidth=2, zorder=3)
    axes.set_xlim(0, end / size)
    axes.set_ylim(0, None)
    value_axis(axes.xaxis, figure)
    value_axis(axes.yaxis, figure)
    axes.set_xlabel(say.word(unit), fontsize=SMALL)


def _alt(found: Comparison, say: QueueSpeech, of_chart: Speech) -> str:
    asked, run = found.scenario, found.simulation
    needs = ""
    if found.need.agents is not None:
        target = say.share(asked.target)
        needs = say.word("alt_need", target=target, need=found.need.agents, agents=asked.agents)
    edge = math.floor(asked.load_erlang)
    unstable = say.word("alt_unstable", agents=edge) if edge >= _crews(found)[0] else ""
    above = [_alt_curve(one, found, say) for one in _formulas(found)]
    below = [_alt_waits(one, found, say) for one in _formulas(found)]
    level, simulated = run.service_level, ""
    if level is not None and not run.queue:
        simulated = say.word(
            "alt_simulation",
            target_s=say.time(asked.target_s),
            level=say.share(level.value),
            low=say.share(level.low),
            high=say.share(level.high),
        )
    if run.queue:
        moment, waiting = run.queue[-1]
        simulated = say.word("alt_queue", time=say.time(moment), count=figure(round(waiting)))
    return of_chart.alt("dashboard", [*above, unstable], [needs], below, [simulated])


def _alt_curve(formula: Formula, found: Comparison, say: QueueSpeech) -> str:
    curve = _by_agents(formula, found)
    if not curve:
        return ""
    (low, at_low), (high, at_high) = curve[0], curve[-1]
    ends = {"at_low": say.share(at_low), "at_high": say.share(at_high)}
    return say.word(
        "alt_agents", formula=say.word(formula[0]), low=f"{low:g}", high=f"{high:g}", **ends
    )


def _alt_waits(formula: Formula, found: Comparison, say: QueueSpeech) -> str:
    figures = formula[1](found.scenario)
    if figures.service_level is None or figures.wait_probability is None:
        return ""
    return say.word(
        "alt_waits",
        formula=say.word(formula[0]),
        first=say.share(1 - figures.wait_probability),
        target_s=say.time(found.scenario.target_s),
        level=say.share(figures.service_level),
    )
