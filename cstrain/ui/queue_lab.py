"""The queue laboratory: sliders for a queue, and what formulas and a simulation say of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import anywidget
import ipywidgets as w
from IPython.display import display

from cstrain.charts.picture import Picture
from cstrain.charts.queues import queue_chart
from cstrain.drawing.queue_speech import QueueSpeech, speech
from cstrain.drawing.queue_table import QueueTable, queue_table
from cstrain.errors import UnknownNameError
from cstrain.html import escape
from cstrain.queues.calls import Handling
from cstrain.queues.comparison import Comparison, compare
from cstrain.queues.scenario import Scenario
from cstrain.queues.simulation import HANDLINGS, NOT_RUN, Simulation, simulate
from cstrain.ui.delayed import Delayed

_STATIC: Final = Path(__file__).resolve().parent / "static" / "labs"
_QUIET_S: Final = 0.3  # without a change, before the picture is drawn anew
_PATIENCE_S: Final = 180  # where the slider stands while nobody hangs up
# The case of lesson N04, with callers who hang up.
_START: Final[Mapping[str, float | None]] = {
    "contacts": 120,
    "aht_s": 330,
    "agents": 26,
    "patience_s": _PATIENCE_S,
    "target_s": 20,
    "target": 0.8,
    "shrinkage": 0.3,
    "max_occupancy": 0.85,
}
_DUST: Final = 6  # decimals; what a front end sends back may differ in the last one of a float
_STEPS: Final = (1, 0.1, 0.01, 0.001)
_SHARES: Final = ("target", "shrinkage", "max_occupancy")
# What a slider reaches by itself: least, most, step; shares in percent.
_RANGES: Final[Mapping[str, tuple[float, float, float]]] = {
    "contacts": (0, 400, 1),
    "aht_s": (0, 900, 10),
    "agents": (0, 240, 1),
    "patience_s": (10, 900, 10),
    "target_s": (0, 120, 5),
    "target": (50, 99, 1),
    "shrinkage": (0, 60, 1),
    "max_occupancy": (50, 100, 1),
}


def queue_lab(language: str = "zh", **start: float | None) -> QueueLab:
    """Return the queue laboratory, to be shown as the last line of a cell.

    `start` sets where its sliders stand: contacts (per half hour), aht_s, agents, patience_s
    (None: nobody hangs up), target_s, and the shares target, shrinkage, max_occupancy.
    """
    for name in start:
        if name not in _START:
            raise UnknownNameError("setting of the queue laboratory", name, _START)
    return QueueLab(speech(language), {**_START, **start})


def _style(name: str) -> str:
    return (_STATIC / f"{name}.css").read_text(encoding="utf-8")


class _Look(anywidget.AnyWidget):
    """The style of a laboratory, and names for its sliders, which ipywidgets has not."""

    _esm = _STATIC / "queue_lab.js"
    _css = _style("queue_lab") + _style("queue_table")


class QueueLab:
    """Controls, verdict, table and picture of one queue.

    The table follows every change at once, the picture when the changes pause, the simulation
    when its button is pressed. A front end shows one form of an output: so that both table and
    picture are there where no kernel runs, the laboratory is two outputs, and where it is alive
    the second holds what the figures suppose.
    """

    def __init__(self, say: QueueSpeech, start: Mapping[str, float | None]) -> None:
        self._say = say
        self.scenario = _scenario(start)
        self.controls = {name: _slider(name, start[name], say) for name in _START}
        self.hang_up = w.Checkbox(
            value=start["patience_s"] is not None, description=say.word("hang_up"), indent=False
        )
        self.controls["patience_s"].disabled = start["patience_s"] is None
        self.handling = w.Dropdown(
            options=[(say.word(one), one) for one in HANDLINGS], description=say.word("handling")
        )
        self.simulated_by: Handling = self.handling.value
        self.button = w.Button(description=say.word("simulate"), button_style="primary")
        self.result, self.picture, self.notes = w.HTML(), w.HTML(), w.HTML()
        self.simulation = self._simulated()
        self._draw_later = Delayed(self._draw, _QUIET_S)
        self._tell()
        self._draw()
        self.widget = self._laid_out()
        for one in (*self.controls.values(), self.hang_up, self.handling):
            one.observe(self._changed, "value")
        self.button.on_click(self._pressed)

    @property
    def comparison(self) -> Comparison:
        """The queue by both formulas, beside the simulation if it was simulated."""
        return compare(self.scenario, self.simulation)

    @property
    def table(self) -> QueueTable:
        """What the table says now."""
        lognormal = self.simulated_by == "lognormal"
        return queue_table(self.comparison, self._say.language, lognormal=lognormal)

    def chart(self) -> Picture:
        """Return the picture of the queue as it is set now."""
        return queue_chart(self.comparison, language=self._say.language)

    def __repr__(self) -> str:
        table = self.table
        return f"{table.title}: {table.verdict}"

    def _ipython_display_(self) -> None:
        say, table = self._say, self.table
        paper = table.sheet(say.word("not_live"), say.word("inputs"), _style("queue_table"))
        _show(self.widget, {"text/html": paper, "text/plain": repr(self)})
        try:
            _show(self.notes, _forms(self.chart()))
        except ImportError:  # without Matplotlib there is the table
            _show(self.notes, {})

    def _laid_out(self) -> Any:
        say = self._say
        head = w.HTML(f"<h3>{escape(say.word('title'))}</h3><p>{escape(say.word('intro'))}</p>")
        columns = "repeat(auto-fit, minmax(min(15rem, 100%), 1fr))"
        boxes = [*self.controls.values()]
        boxes.insert(boxes.index(self.controls["patience_s"]), self.hang_up)
        controls = w.GridBox(
            [*boxes, self.handling, self.button], layout={"grid_template_columns": columns}
        )
        controls.add_class("lab-controls")
        self.result.layout.flex, self.picture.layout.flex = "1 1 22rem", "1 1 26rem"
        parts = w.Box([self.result, self.picture], layout={"flex_flow": "row wrap"})
        parts.add_class("lab-parts")
        whole = w.VBox([_Look(), head, controls, parts])
        whole.add_class("cstrain-lab")
        return whole

    def _changed(self, _change: object) -> None:
        asked = (self._asked(), self.handling.value)
        if asked == (self.scenario, self.simulated_by):
            return  # a front end sends values back when it draws them first
        self.scenario, self.simulated_by = asked
        self.controls["patience_s"].disabled = self.scenario.patient
        self.simulation = NOT_RUN
        self._tell()
        self._draw_later()

    def _asked(self) -> Scenario:
        values = {name: round(one.value, _DUST) for name, one in self.controls.items()}
        shares = {name: values[name] / 100 for name in _SHARES}
        patience = values["patience_s"] if self.hang_up.value else None
        return _scenario({**values, **shares, "patience_s": patience})

    def _pressed(self, _button: object) -> None:
        self._draw_later.cancel()
        self.button.disabled = True
        self.button.description = self._say.word("simulating")
        try:
            self.simulation = self._simulated()
            self._tell()
            self._draw()
        finally:
            self.button.disabled = False
            self.button.description = self._say.word("simulate")

    def _simulated(self) -> Simulation:
        return simulate(self.scenario, handling=self.simulated_by)

    def _tell(self) -> None:
        table = self.table
        self.result.value = table.html()
        self.notes.value = table.notes_html()

    def _draw(self) -> None:
        try:
            chart = self.chart()
        except ImportError:  # without Matplotlib there is the table
            return
        data = _forms(chart)["image/png"]
        self.picture.value = f'<img alt="{escape(chart.alt)}" src="data:image/png;base64,{data}">'


def _scenario(values: Mapping[str, Any]) -> Scenario:
    patience = values["patience_s"]
    return Scenario(**{**values, "patience_s": math.inf if patience is None else patience})


def _slider(name: str, start: float | None, say: QueueSpeech) -> Any:
    least, most, step = _RANGES[name]
    value = _PATIENCE_S if start is None else start
    value = round(100 * value if name in _SHARES else value, _DUST)
    about = {
        "value": value,
        "min": min(least, value),
        "max": max(most, value),
        "step": _step(value - min(least, value), step),
        "description": say.word(name),
    }
    if name == "agents":
        return w.IntSlider(**about)
    return w.FloatSlider(readout_format=".6", **about)


def _step(way: float, usual: float) -> float:
    """Return a step that leads to where the slider starts; a front end would move it otherwise."""
    fitting = (one for one in (usual, *_STEPS) if abs(way / one - round(way / one)) < 1e-6)
    return next(fitting, _STEPS[-1])


def _forms(picture: Any) -> dict[str, str]:
    """Return what a front end may show of an object."""
    data = picture._repr_mimebundle_()
    return dict(data[0] if isinstance(data, tuple) else data)


def _show(live: Any, stored: Mapping[str, str]) -> None:
    """Show a widget while a kernel runs, and what is stored where none does."""
    display({**_forms(live), **stored}, raw=True)  # type: ignore[no-untyped-call]
