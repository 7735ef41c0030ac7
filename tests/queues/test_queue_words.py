"""What the queue laboratory says: every word used, every case a sentence, both languages."""

from __future__ import annotations

import doctest
import importlib
import re
import sys
from pathlib import Path

import pytest

import cstrain
from cstrain.charts import queue_chart
from cstrain.charts.style import drawable
from cstrain.drawing.queue_speech import speech
from cstrain.drawing.queue_table import queue_table
from cstrain.errors import CstrainError
from cstrain.language import LANGUAGES
from cstrain.library.words import texts
from cstrain.queues.comparison import compare
from cstrain.queues.scenario import Scenario
from cstrain.queues.simulation import NOT_RUN, Simulation, simulate

N04 = {"contacts": 120, "aht_s": 330, "agents": 26, "max_occupancy": 0.85, "shrinkage": 0.3}
QUEUES = {
    "meets": {"patience_s": 180},
    "exactly": {"patience_s": 180, "agents": 25},
    "misses": {},
    "too_busy": {"max_occupancy": 0.7, "agents": 28},
    "unsettled": {"agents": 23},
    "grows": {"agents": 20},
    "held": {"agents": 20, "patience_s": 180},
    "no_calls": {"contacts": 0},
    "no_handling": {"aht_s": 0},
    "no_agents": {"agents": 0},
    "all_hang_up": {"agents": 0, "patience_s": 60},
    "too_patient": {"patience_s": 1e9},
    "nobody_answered": {"agents": 1, "patience_s": 1e-3, "contacts": 400},
    "kept_even_so": {"agents": 20, "patience_s": 180, "target": 0.5, "max_occupancy": 1},
    "no_shrinkage": {"shrinkage": 0},
    "large": {"contacts": 4000, "agents": 800},
    "tiny": {"contacts": 0.01, "agents": 1},
}
MADE = ("unit_", "verdict_", "row_", "sim_", "grow_", "say_", "erlang_", "simulation_")
MADE += ("exponential", "lognormal")  # options of a drop-down


MODULES = [
    *(f"cstrain.queues.{name}" for name in ("scenario", "calls", "simulation", "comparison")),
    *(f"cstrain.drawing.queue_{name}" for name in ("said", "speech", "table")),
    "cstrain.charts.queues",
    "cstrain.ui.delayed",
    "cstrain.ui.queue_lab",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def scenario(name):
    return Scenario(**{**N04, **QUEUES[name]})


def said(table):
    yield from (table.verdict, *table.inputs, *table.notes)
    for row in table.rows:
        yield from (row.label, *row.cells, row.said)


def test_every_word_is_used():
    root = Path(cstrain.__file__).parent
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("drawing", "charts", "ui")
        for path in (root / folder).glob("*queue*.py")
    )
    unused = [
        key
        for key in texts("queue_words")
        if not re.search(f"[\"']{key}[\"']", code) and not key.startswith(MADE)
    ]
    assert unused == []


def test_the_figure_font_has_every_character():
    signs = {sign for one in texts("queue_words").values() for sign in one.zh + one.en}
    assert {sign for sign in signs if ord(sign) not in drawable()} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("run", [False, True], ids=["formulas", "simulated"])
@pytest.mark.parametrize("name", QUEUES)
def test_every_case_is_told_whole(name, run, language):
    asked = scenario(name)
    made = simulate(asked, replications=2, calls=50) if run else NOT_RUN
    table = queue_table(compare(asked, made), language)
    for text in said(table):
        assert text
        assert not re.search(r"[{}]|None|nan|inf\b", text), text
    stop = "。" if language == "zh" else "."
    for text in (table.verdict, *table.notes, *(row.said for row in table.rows)):
        assert text.endswith(stop), text
    assert len(table.rows) == 8
    assert all(len(row.cells) in {1, 3} for row in table.rows)


@pytest.mark.parametrize("name", QUEUES)
def test_the_languages_say_the_same_figures(name):
    asked = scenario(name)
    found = compare(asked, simulate(asked, replications=2, calls=50))
    zh, en = (
        [sorted(re.findall(r"\d[\d.,]*\d|\d", text)) for text in said(queue_table(found, one))]
        for one in LANGUAGES
    )
    assert zh == en


def test_the_verdict_on_more_work_than_agents():
    found = compare(Scenario(contacts=42, aht_s=300, agents=6))
    assert queue_table(found, "en").verdict.startswith(
        "7 erlang of work for 6 agents: the queue grows without end; Erlang C has no answer, "
        "the simulation shows why."
    )
    assert queue_table(found, "zh").verdict.startswith(
        "7爱尔兰的话务量，只有6名座席：队列会一直变长；Erlang C没有答案，模拟能看出原因。"
    )


def test_the_verdict_tells_how_many_wait_once_it_was_simulated():
    queue = Scenario(contacts=42, aht_s=300, agents=6)
    verdict = queue_table(compare(queue, simulate(queue)), "en").verdict
    assert "After 7.5 h some 85 callers are waiting." in verdict


def test_without_simpy_the_table_works_and_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "simpy", None)
    queue = Scenario(**N04)
    table = queue_table(compare(queue, simulate(queue)), "en")
    assert table.rows[1].cells == ("75.2%", "75.2%", "–")
    assert table.notes[-1].startswith("SimPy is not installed here")


def test_log_normal_handling_is_told():
    queue = Scenario(**N04)
    found = compare(queue, simulate(queue, replications=2, calls=50, handling="lognormal"))
    assert any("70%" in one for one in queue_table(found, "en", lognormal=True).notes)
    assert not any("70%" in one for one in queue_table(found, "en").notes)


def test_a_share_beside_its_target_is_not_rounded_onto_it():
    say = speech("en")
    assert say.share(0.79996, beside=0.8) == "79.996%"
    assert say.share(0.8, beside=0.8) == "80%"


def test_an_unknown_language_is_told():
    with pytest.raises(CstrainError, match='no language "de"'):
        queue_table(compare(Scenario(**N04)), "de")


def test_html_has_one_column_of_names_and_a_sentence_under_each():
    html = queue_table(compare(scenario("meets")), "en").html()
    assert html.count('<th scope="row"') == html.count('class="queue-said"') == 8
    assert html.count('<th scope="col"') == 3
    assert "<strong>87.7%</strong>" in html


# --- the picture -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "language"), [*((name, "zh") for name in QUEUES), ("meets", "en"), ("grows", "en")]
)
def test_every_case_is_drawn_and_described(name, language):
    asked = scenario(name)
    chart = queue_chart(
        compare(asked, simulate(asked, replications=2, calls=50)), language=language
    )
    data = chart._repr_mimebundle_()
    assert data["image/png"]
    assert not re.search(r"[{}]|None|nan|inf\b", data["text/plain"])
    assert data["text/plain"].endswith("。" if language == "zh" else ".")


def test_the_picture_is_the_same_again():
    found = compare(scenario("meets"), simulate(scenario("meets"), replications=2, calls=50))
    first, second = (queue_chart(found, language="zh")._repr_mimebundle_() for _ in range(2))
    assert first == second


def test_the_picture_names_what_is_needed_and_what_is_there():
    alt = repr(queue_chart(compare(scenario("meets")), language="en"))
    assert "The target of 80% takes 25 agents, there are 26." in alt
    assert "Erlang C does not hold with 22 agents or fewer" in alt
    labels = {
        one.get_text()
        for one in queue_chart(compare(scenario("meets")), language="en").figure.axes[0].texts
    }
    assert {"needed 25", "now 26", "target 80%"} <= labels


def test_a_growing_queue_is_drawn_by_who_waits():
    queue = Scenario(contacts=42, aht_s=300, agents=6)
    chart = queue_chart(compare(queue, simulate(queue)), language="en")
    assert repr(chart).endswith("Simulated: the number waiting grows from 0 to 85 after 7.5 h.")
    below = chart.figure.axes[1]
    assert below.get_title(loc="left") == "Callers waiting (6 agents, from an empty queue)"


def test_a_simulation_that_did_not_run_draws_nothing():
    chart = queue_chart(compare(scenario("meets"), Simulation("no_simpy")), language="en")
    assert "Simulated" not in repr(chart)
