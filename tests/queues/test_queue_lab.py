"""The queue laboratory driven through its traits, and what it leaves where no kernel runs."""

from __future__ import annotations

import asyncio
import base64
import re
import sys

import ipywidgets
import pytest

from cstrain import queue_lab
from cstrain.errors import CstrainError
from cstrain.language import LANGUAGES
from cstrain.queues.simulation import NOT_RUN
from cstrain.ui import queue_lab as module
from cstrain.ui.delayed import Delayed

LABELS = {
    "zh": "在岗座席（人）",
    "en": "Agents at work",
}


@pytest.fixture
def lab():
    return queue_lab("en")


@pytest.fixture
def shown(monkeypatch):
    """Return the outputs that are displayed."""
    outputs = []

    def display(data, *, raw):
        assert raw
        outputs.append(data)

    monkeypatch.setattr(module, "display", display)
    return outputs


def text(html):
    return re.sub(r"<[^>]+>", " ", html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_control_has_its_visible_label(language):
    made = queue_lab(language)
    assert made.controls["agents"].description == LABELS[language]
    every = [*made.controls.values(), made.hang_up, made.handling, made.button]
    assert all(one.description for one in every)
    assert len({one.description for one in every}) == len(every)


def test_it_opens_simulated_with_table_and_picture(lab):
    assert lab.simulation.code == "steady"
    assert "26 agents keep the target" in text(lab.result.value)
    assert "84.2–89.9%" in lab.result.value
    assert re.match(r'<img alt="22 erlang of work, 26 agents: [^"]+" src="data:', lab.picture.value)
    assert "Simulated 10 times" in text(lab.notes.value)


def test_a_change_tells_the_table_and_forgets_the_simulation(lab):
    before = lab.picture.value
    lab.controls["agents"].value = 20
    assert "22 erlang of work for 20 agents" in text(lab.result.value)
    assert lab.simulation is NOT_RUN
    assert "press Simulate" in text(lab.notes.value)
    assert lab.picture.value != before


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("contacts", 60, "contacts", 60),
        ("aht_s", 200, "aht_s", 200),
        ("patience_s", 60, "patience_s", 60),
        ("target_s", 30, "target_s", 30),
        ("target", 90, "target", 0.9),
        ("shrinkage", 25, "shrinkage", 0.25),
        ("max_occupancy", 70, "max_occupancy", 0.7),
    ],
)
def test_each_slider_sets_its_own_value(lab, name, value, field, expected):
    before = lab.scenario
    lab.controls[name].value = value
    assert getattr(lab.scenario, field) == expected
    changed = {one for one in vars(before) if getattr(before, one) != getattr(lab.scenario, one)}
    assert changed == {field}


def test_nobody_hangs_up(lab):
    lab.hang_up.value = False
    assert lab.scenario.patient
    assert lab.controls["patience_s"].disabled
    assert "75.2%" in text(lab.result.value)
    lab.hang_up.value = True
    assert lab.scenario.patience_s == 180
    assert not lab.controls["patience_s"].disabled


def test_the_button_simulates_what_is_set(lab):
    lab.hang_up.value = False
    lab.controls["agents"].value = 20
    lab.button.click()
    assert lab.simulation.code == "growing"
    assert "callers are waiting" in text(lab.result.value)
    assert "Simulated: the number waiting grows" in lab.picture.value
    assert (lab.button.disabled, lab.button.description) == (False, "Simulate")


def test_another_distribution_is_simulated_and_told(lab):
    lab.handling.value = "lognormal"
    assert lab.simulation is NOT_RUN
    lab.button.click()
    assert "log-normal with the same mean" in text(lab.notes.value)


def test_a_value_that_comes_back_as_it_went_changes_nothing(lab):
    """A front end sends 330.00000000000006 for 330 when it first draws a slider."""
    lab.controls["aht_s"].value = 330.00000000000006
    assert lab.simulation.code == "steady"


def test_the_ends_of_every_slider_are_told(lab, monkeypatch):
    monkeypatch.setattr(lab, "_draw_later", lambda: None)
    for one in lab.controls.values():
        start = one.value
        for end in (one.min, one.max):
            one.value = end
            assert text(lab.result.value).strip()
        one.value = start
    for one in lab.controls.values():
        one.value = one.max
    assert "erlang" in text(lab.result.value)
    assert repr(lab.chart())
    for one in lab.controls.values():
        one.value = one.min
    assert "Nobody calls" in text(lab.result.value)
    assert repr(lab.chart()) == "0 erlang of work, 0 agents: no data to draw."


def test_it_starts_where_it_is_told():
    lab = queue_lab("en", contacts=42, aht_s=303, agents=300, patience_s=None, target=0.995)
    assert (lab.scenario.agents, lab.scenario.aht_s, lab.scenario.target) == (300, 303, 0.995)
    assert lab.scenario.patient
    assert not lab.hang_up.value
    assert lab.controls["agents"].max == 300
    assert lab.controls["aht_s"].step == 1  # with 10 a front end would move it to 300
    assert lab.controls["target"].step == 0.1


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ({"agent": 3}, 'no setting of the queue laboratory "agent". Did you mean "agents"?'),
        ({"agents": -1}, "agents: found -1; allowed: a whole number from 0."),
        ({"contacts": float("nan")}, "contacts: found nan; allowed: a number from 0."),
        ({"contacts": None}, "contacts: found None; allowed: a number from 0."),
        ({"target": 80}, "target: found 80; allowed: a share, 0 to below 1."),
        (
            {"contacts": 1e12},
            "contacts: found 1000000000000.0; allowed: a number from 0 to 100,000.",
        ),
    ],
    ids=str,
)
def test_a_wrong_start_is_told_in_a_sentence(start, told):
    with pytest.raises(CstrainError, match=f"^{re.escape(told)}$"):
        queue_lab("en", **start)


def test_an_unknown_language_is_told():
    with pytest.raises(CstrainError, match='no language "de"'):
        queue_lab("de")


# --- what is stored ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_kernel_runs_there_are_a_table_and_a_picture(shown, language):
    queue_lab(language)._ipython_display_()
    first, second = shown
    widget = "application/vnd.jupyter.widget-view+json"
    assert set(first) == {widget, "text/html", "text/plain"}
    assert set(second) == {widget, "image/png", "text/plain"}
    assert base64.b64decode(second["image/png"]).startswith(b"\x89PNG")
    paper = first["text/html"]
    assert LABELS[language] in paper
    assert paper.count('<th scope="row"') == 8
    assert not re.search(r"<(script|input|button)|https?:", paper)
    assert "<" not in first["text/plain"] + second["text/plain"]


def test_the_stored_form_is_the_same_again(shown):
    for _ in range(2):
        queue_lab("zh")._ipython_display_()
    stored = [{key: one for key, one in data.items() if "widget" not in key} for data in shown]
    assert stored[:2] == stored[2:]


def test_the_stored_form_is_of_what_was_asked(shown):
    queue_lab("en", contacts=42, aht_s=300, agents=6, patience_s=None)._ipython_display_()
    assert "7 erlang of work for 6 agents: the queue grows without end" in shown[0]["text/plain"]
    assert "nobody hangs up" in shown[0]["text/html"]


def test_without_simpy_the_laboratory_opens(monkeypatch):
    monkeypatch.setitem(sys.modules, "simpy", None)
    lab = queue_lab("en")
    assert "SimPy is not installed here" in text(lab.notes.value)
    lab.button.click()
    assert "26 agents keep the target" in text(lab.result.value)


def test_without_matplotlib_there_is_the_table(monkeypatch, shown):
    def no_chart(*_, **__):
        raise ImportError("matplotlib")

    monkeypatch.setattr(module, "queue_chart", no_chart)
    lab = queue_lab("en")
    lab.controls["agents"].value = 20
    lab._ipython_display_()
    assert lab.picture.value == ""
    assert "20 agents" in shown[0]["text/html"]


def test_no_widget_is_left_without_a_model(lab):
    def walk(one):
        yield one
        for child in getattr(one, "children", ()):
            yield from walk(child)

    every = list(walk(lab.widget))
    assert {lab.result, lab.picture, lab.button, *lab.controls.values()} <= set(every)
    assert all(isinstance(one, ipywidgets.Widget) for one in every)


# --- waiting until changes pause ---------------------------------------------------------------


def test_many_changes_are_one_call():
    calls = []

    async def work():
        later = Delayed(lambda: calls.append(1), 0.01)
        for _ in range(5):
            later()
        assert calls == []
        await asyncio.sleep(0.1)
        later()
        later.cancel()
        await asyncio.sleep(0.05)

    asyncio.run(work())
    assert calls == [1]


def test_the_picture_waits_while_changes_come(lab, monkeypatch):
    drawn = []
    monkeypatch.setattr(lab, "chart", lambda: drawn.append(1))
    later = module.Delayed(lab.chart, 0.01)
    monkeypatch.setattr(lab, "_draw_later", later)

    async def work():
        for agents in range(20, 26):
            lab.controls["agents"].value = agents
            assert f"{agents} agents" in text(lab.result.value)
        assert drawn == []
        await asyncio.sleep(0.1)

    asyncio.run(work())
    assert drawn == [1]
