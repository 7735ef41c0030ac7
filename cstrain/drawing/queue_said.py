"""What is said of a queue: the verdict, one sentence a row, what holds and what does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cstrain.drawing.queue_speech import QueueSpeech, erlang, figure
from cstrain.queues.calls import LOGNORMAL_CV
from cstrain.queues.comparison import Comparison, Figures

# The figures of a row by the attribute that they are in all three columns.
FIGURES: Final = ("service_level", "asa_s", "wait_probability", "abandonment", "occupancy")


def verdict(found: Comparison, say: QueueSpeech) -> str:
    """Return how the queue stands, and what it takes, in two or three sentences."""
    asked, figures = found.scenario, found.fitting
    level, busy, gone = figures.service_level, figures.occupancy, figures.abandonment
    head = say.word(
        f"verdict_{found.verdict}",
        load=say.load(asked.load_erlang),
        agents=asked.agents,
        target_s=say.time(asked.target_s),
        level=say.share(level or 0.0, asked.target),
        target=say.share(asked.target),
        occupancy=say.share(busy or 0.0, asked.max_occupancy),
        most=say.share(asked.max_occupancy),
        abandonment=say.share(gone or 0.0),
    )
    return say.joined(head, _queue(found, say), _need(found, say), _other(found, say))


def _queue(found: Comparison, say: QueueSpeech) -> str:
    if not found.simulation.queue or found.verdict != "grows":
        return ""
    moment, waiting = found.simulation.queue[-1]
    return say.word("waiting", time=say.time(moment), count=figure(round(waiting)))


def _need(found: Comparison, say: QueueSpeech) -> str:
    need, agents = found.need.agents, found.scenario.agents
    if found.need.code != "holds" or need is None:
        return ""
    if found.verdict == "held_by_hang_ups" and need <= agents:
        return say.word("kept_even_so", target=say.share(found.scenario.target))
    key = "more" if need > agents else "spare" if need < agents else "enough"
    return say.word(key, need=need, scheduled=found.need.scheduled)


def _other(found: Comparison, say: QueueSpeech) -> str:
    differs = found.need_c.agents != found.need.agents
    return say.word("other_formula", need=found.need_c.agents) if differs else ""


def load_said(found: Comparison, say: QueueSpeech) -> str:
    """Return where the load comes from."""
    asked = found.scenario
    return say.word(
        "say_load",
        contacts=figure(asked.contacts),
        aht=say.word("unit_s", value=figure(asked.aht_s)),
        interval=say.word("unit_s", value=f"{asked.interval_s:g}"),
        load=erlang(asked.load_erlang),
    )


def figure_said(name: str, found: Comparison, say: QueueSpeech) -> str:
    """Return the sentence about one figure, by the formula that fits, or why it has none."""
    figures = found.fitting
    if figures.code != "holds":
        return _without_formula(name, found, say)
    sentences: dict[str, Callable[[Figures, Comparison, QueueSpeech], str]] = {
        "service_level": _level,
        "asa_s": _asa,
        "wait_probability": _wait,
        "abandonment": _abandonment,
        "occupancy": _occupancy,
    }
    return sentences[name](figures, found, say)


def _level(figures: Figures, found: Comparison, say: QueueSpeech) -> str:
    asked, level = found.scenario, figures.service_level or 0.0
    key = "say_level_meets" if level >= asked.target else "say_level_misses"
    return say.word(
        key,
        value=say.share(level, asked.target),
        target_s=say.time(asked.target_s),
        target=say.share(asked.target),
    )


def _asa(figures: Figures, _found: Comparison, say: QueueSpeech) -> str:
    if figures.asa_s is None:
        return say.word("say_asa_nobody")
    return say.word("say_asa", value=say.time(figures.asa_s))


def _wait(figures: Figures, _found: Comparison, say: QueueSpeech) -> str:
    return say.word("say_wait", value=say.share(figures.wait_probability or 0.0))


def _abandonment(figures: Figures, found: Comparison, say: QueueSpeech) -> str:
    if found.patient:
        return say.word("say_abandonment_none")
    gone = figures.abandonment or 0.0
    half_hour = found.scenario.arrivals_per_s * 1800
    return say.word("say_abandonment", value=say.share(gone), count=figure(gone * half_hour))


def _occupancy(figures: Figures, found: Comparison, say: QueueSpeech) -> str:
    busy, most = figures.occupancy or 0.0, found.scenario.max_occupancy
    key = "say_occupancy_over" if busy > most else "say_occupancy"
    return say.word(key, minutes=figure(round(60 * busy)), most=say.share(most))


def _without_formula(name: str, found: Comparison, say: QueueSpeech) -> str:
    estimate = getattr(found.simulation, name)
    if found.fitting.code == "unstable" and estimate is not None:
        return say.word(
            f"grow_{name}",
            time=say.time(found.simulation.measured_s),
            value=shown(name, estimate.value, say),
            target_s=say.time(found.scenario.target_s),
        )
    return say.word(f"say_{found.fitting.code}")


def need_said(name: str, found: Comparison, say: QueueSpeech) -> str:
    """Return the sentence about the agents needed, at work or on the schedule."""
    if found.need.code != "holds":
        return say.word(f"say_{found.need.code}")
    shrinkage = found.scenario.shrinkage
    same = name == "scheduled" and not shrinkage
    return say.word(
        "say_scheduled_same" if same else f"say_{name}",
        agents=found.need.agents,
        scheduled=found.need.scheduled,
        shrinkage=say.share(shrinkage),
        rest=say.share(1 - shrinkage),
    )


def shown(name: str, value: float, say: QueueSpeech) -> str:
    """Return a figure with its unit."""
    return say.time(value) if name == "asa_s" else say.share(value)


def span(name: str, low: float, high: float, say: QueueSpeech) -> str:
    """Return an interval, the unit said once."""
    return say.time_span(low, high) if name == "asa_s" else say.share_span(low, high)


def notes(found: Comparison, say: QueueSpeech, *, lognormal: bool) -> list[str]:
    """Return what the figures suppose, and how the simulation was made."""
    run = found.simulation
    made = say.word(
        f"sim_{run.code}",
        replications=run.replications,
        warm_up=say.time(run.warm_up_s),
        calls=figure(run.offered // max(1, run.replications)),
        time=say.time(run.measured_s),
    )
    told = [say.word("note_level"), say.word("note_formulas"), made]
    if lognormal and run.ran:
        told.append(say.word("note_lognormal", spread=say.share(LOGNORMAL_CV)))
    if found.erlang_a.code == "too_patient":
        told.append(say.word("note_too_patient"))
    return told
