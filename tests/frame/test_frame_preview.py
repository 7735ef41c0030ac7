"""The live preview in a browser: asked after every change, shown with marks, never in the way."""

from __future__ import annotations

import pytest
from frame_stage import exercise_view

from cstrain.desk import reply
from cstrain.drawing.view import exercise_view as real_view
from cstrain.library.exercises import exercise

pytestmark = pytest.mark.browser

ABC = [{"key": one, "label": f"Label {one}"} for one in "abc"]
PARTS = [{"key": "P", "label": "Part P"}, {"key": "Q", "label": "Part Q"}]
CASES = [{"key": "seen", "visible": True}]


def question(key, **more):
    return {
        "key": key,
        "label": f"Question {key}",
        "options": ABC,
        "part": "",
        "place": None,
        **more,
    }


def builder(**more):
    return {
        "key": "it",
        "shape": "builder",
        "label": "The field",
        "help": "",
        "required": True,
        "engine": "e",
        "code": None,
        "cases": CASES,
        "preview": "seen",
        "parts": [],
        "compact": False,
        "questions": [question("one"), question("two")],
        **more,
    }


def told(serial, **more):
    return {
        "do": "preview",
        "field": "it",
        "part": "",
        "serial": serial,
        "open": [],
        "values": [{"group": "", "number": "0.5000", "sum": "1 ÷ 2"}],
        "counts": [{"mark": "above", "text": "above: 1"}, {"mark": "out", "text": "out: 1"}],
        "caption": "The rows",
        "mark": "Where",
        "columns": ["Who", "Sum"],
        "adds": [],
        "rows": [
            {"mark": "above", "word": "counts", "why": "", "cells": ["K1", "10"], "adds": []},
            {
                "mark": "out",
                "word": "left out",
                "why": "too young",
                "cells": ["<b>", "1,200.5"],
                "adds": [],
            },
        ],
        "rest": "",
        **more,
    }


def choose(stage, *keys, nth=0):
    for place, key in enumerate(keys):
        stage.page.locator(".c-question").nth(nth + place).get_by_text(f"Label {key}").click()


def asked(stage, count):
    stage.page.wait_for_function(
        f"model.sent.filter(one => one.do === 'preview').length >= {count}"
    )
    return stage.sent("preview")


def words_of(stage):
    return stage.page.locator(".c-preview").first.inner_text()


def test_open_questions_are_named_and_nothing_is_asked(mount):
    stage = mount(exercise_view([builder()]))
    assert stage.page.locator(".c-preview-open li").all_inner_texts() == [
        "Question one",
        "Question two",
    ]
    choose(stage, "a")
    stage.page.wait_for_timeout(500)
    assert "Question two" in words_of(stage)
    assert "Question one" not in words_of(stage)
    assert stage.sent("preview") == []


def test_a_complete_definition_is_asked_about_once_after_a_pause(mount):
    stage = mount(exercise_view([builder()]))
    choose(stage, "a", "b")
    choose(stage, "c")
    (message,) = asked(stage, 1)
    assert {key: message[key] for key in ("field", "part", "choices")} == {
        "field": "it", "part": "", "choices": {"one": "c", "two": "b"},
    }  # fmt: skip
    stage.page.wait_for_timeout(500)
    assert len(stage.sent("preview")) == 1
    assert stage.page.locator(".c-preview[aria-busy=true]").count() == 1


def test_number_and_rows_have_symbol_word_and_heading(mount):
    stage = mount(exercise_view([builder()]))
    choose(stage, "a", "b")
    stage.tell(told(asked(stage, 1)[-1]["serial"]))
    page = stage.page
    assert page.locator(".c-preview-number[aria-live=polite]").inner_text() == "0.5000 1 ÷ 2"
    assert page.locator(".c-preview[aria-busy]").count() == 0
    assert page.locator(".c-preview-table caption").inner_text() == "The rows"
    assert page.locator(".c-preview-table thead th[scope=col]").all_inner_texts() == [
        "Where",
        "Who",
        "Sum",
    ]
    heads = page.locator(".c-preview-table tbody th[scope=row]")
    assert heads.all_inner_texts() == ["●counts", "–left out\ntoo young"]
    assert page.locator(".c-preview-table tbody td").all_inner_texts() == [
        "K1",
        "10",
        "<b>",
        "1,200.5",
    ]
    assert page.locator(".c-preview-table td.c-amount").count() == 2  # numbers stand right
    assert page.locator(".c-preview-counts li").all_inner_texts() == ["●above: 1", "–out: 1"]
    assert page.locator(".c-preview-box").get_attribute("tabindex") == "0"
    assert stage.problems == []


def test_an_older_answer_is_not_shown(mount):
    stage = mount(exercise_view([builder()]))
    choose(stage, "a", "b")
    first = asked(stage, 1)[-1]["serial"]
    choose(stage, "c")
    stage.tell(told(first))
    assert "0.5000" not in words_of(stage)
    second = asked(stage, 2)[-1]["serial"]
    stage.tell(told(second))
    assert "0.5000" in words_of(stage)
    stage.tell(told(first, values=[{"group": "", "number": "0.9", "sum": ""}]))
    assert "0.9" not in words_of(stage).replace("0.5000", "")


def test_the_check_neither_waits_nor_is_held_up(mount):
    stage = mount(exercise_view([builder()]))
    choose(stage, "a", "b")
    asked(stage, 1)
    check = stage.page.locator(".c-primary")
    assert check.get_attribute("aria-disabled") != "true"
    assert stage.check() == {"it": {"via": "builder", "choices": {"one": "a", "two": "b"}}}
    stage.tell(told(stage.sent("preview")[-1]["serial"]))
    assert check.get_attribute("aria-disabled") == "true"  # still waiting for the check's own reply


def test_waiting_and_failing_are_told_in_its_own_place(mount):
    stage = mount(exercise_view([builder()]))
    choose(stage, "a", "b")
    serial = asked(stage, 1)[-1]["serial"]
    place = {"do": "preview", "field": "it", "part": "", "serial": serial}
    stage.tell({**place, "busy": "Getting ready"})
    assert words_of(stage) == "Getting ready"
    stage.tell({**place, "text": "Not possible"})
    assert words_of(stage) == "Not possible"
    assert stage.page.locator(".c-notice").count() == 0


def test_a_dead_kernel_is_told_and_can_be_asked_again(mount):
    stage = mount(exercise_view([builder()]))
    stage.page.evaluate("model.dead = true")
    choose(stage, "a", "b")
    again = stage.page.locator(".c-preview button")
    again.wait_for()
    stage.page.evaluate("model.dead = false")
    again.click()
    stage.tell(told(asked(stage, 1)[-1]["serial"]))
    assert "0.5000" in words_of(stage)


def test_a_stored_answer_waits_until_somebody_turns_to_it(mount):
    stored = {"it": {"via": "builder", "choices": {"one": "a", "two": "b"}}}
    stage = mount(exercise_view([builder()]), state={"answer": stored})
    stage.page.wait_for_timeout(500)
    assert stage.sent("preview") == []
    stage.page.locator("input[type=radio]:checked").first.focus()
    assert asked(stage, 1)[-1]["choices"] == stored["it"]["choices"]
    stage.page.locator("input[type=radio]:checked").nth(1).focus()
    stage.page.wait_for_timeout(500)
    assert len(stage.sent("preview")) == 1


def test_starting_again_clears_it(mount):
    stage = mount(exercise_view([builder()]))
    choose(stage, "a", "b")
    stage.tell(told(asked(stage, 1)[-1]["serial"]))
    stage.page.get_by_role("button", name="Start again").click()
    stage.page.get_by_role("button", name="Clear it").click()
    assert "Question one" in words_of(stage)
    assert stage.page.locator(".c-preview-table").count() == 0


def test_every_part_has_its_own(mount):
    questions = [question("one", part="P"), question("two", part="Q")]
    stage = mount(exercise_view([builder(parts=PARTS, questions=questions)]))
    assert stage.page.locator("fieldset.c-part > legend").all_inner_texts() == ["Part P", "Part Q"]
    choose(stage, "b", nth=1)
    message = asked(stage, 1)[-1]
    assert (message["part"], message["choices"]) == ("Q", {"two": "b"})
    months = [{"group": f"2025-{one:02}", "number": "0.5", "sum": ""} for one in range(1, 4)]
    stage.tell(told(message["serial"], part="Q", values=months))
    panels = stage.page.locator(".c-preview")
    assert "Question one" in panels.nth(0).inner_text()
    assert panels.nth(1).locator(".c-preview-groups th").all_inner_texts() == [
        "2025-01",
        "2025-02",
        "2025-03",
    ]
    assert panels.nth(1).locator("details").get_attribute("open") is None  # long tables fold


def test_findings_stand_at_their_part(mount):
    questions = [question("one", part="P"), question("two", part="Q")]
    item = {"key": "Q", "outcome": "failed", "label": "", "text": "Not this one"}
    finding = {
        "criterion": "c", "fields": ["it"], "title": "T", "outcome": "failed", "points": 0, "of": 1,
        "text": "said", "next": "", "items": [item],
    }  # fmt: skip
    feedback = {
        "outcome": "failed",
        "points": 0,
        "of": 1,
        "headline": "h",
        "findings": [finding],
        "notes": [],
    }
    state = {"answer": {"it": {"via": "builder", "choices": {"one": "a"}}}, "feedback": feedback}
    stage = mount(exercise_view([builder(parts=PARTS, questions=questions)]), state=state)
    parts = stage.page.locator("fieldset.c-part")
    assert parts.nth(1).locator(".c-note").count() == 1
    assert parts.nth(0).locator(".c-note").count() == 0


def test_compact_questions_are_menus_above_and_below_a_line(mount):
    questions = [
        question("up", place="above"),
        question("down", place="below"),
        question("how"),
    ]
    stage = mount(exercise_view([builder(compact=True, questions=questions)]))
    menus = stage.page.locator(".c-compact select")
    assert menus.count() == 3
    for place, label in enumerate(["Question up", "Question down", "Question how"]):
        assert menus.nth(place).evaluate("one => one.labels[0].textContent") == label
    tops = [one.bounding_box()["y"] for one in stage.page.locator(".c-fraction > *").all()]
    assert tops == sorted(tops)
    assert stage.page.locator(".c-fraction > hr").count() == 1
    for place, key in enumerate("abc"):
        menus.nth(place).select_option(key)
    assert asked(stage, 1)[-1]["choices"] == {"up": "a", "down": "b", "how": "c"}


CHOICE = {
    "key": "which",
    "shape": "choice",
    "label": "Which",
    "help": "",
    "required": True,
    "options": ABC,
}


def test_a_field_that_depends_on_a_choice(mount):
    fields = [CHOICE, {**builder(), "when": {"field": "which", "is": "b"}}]
    stage = mount(exercise_view(fields))
    dependent = stage.page.locator(".c-field").nth(1)
    assert dependent.is_hidden()
    stage.page.locator(".c-field").first.get_by_text("Label b").click()
    assert dependent.is_visible()
    choose(stage, "a", "b")
    stage.page.locator(".c-field").first.get_by_text("Label a").click()
    assert dependent.is_hidden()
    assert stage.check()["it"]["choices"] == {"one": "a", "two": "b"}  # kept out of sight


def test_a_stored_choice_shows_its_field(mount):
    fields = [CHOICE, {**builder(), "when": {"field": "which", "is": "b"}}]
    stage = mount(exercise_view(fields), state={"answer": {"which": "b"}})
    assert stage.page.locator(".c-field").nth(1).is_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [360, 390, 1280])
@pytest.mark.parametrize(
    ("name", "field", "place"),
    [
        ("clean_tickets", "plan", 0),
        ("interval_kpis", "sl", 0),
        ("first_contact_resolution", "fcr", 0),
    ],
)
def test_a_real_preview_fits_its_page(mount, language, width, name, field, place):
    view = real_view(f"n04/{name}", language)
    choices = exercise(f"n04/{name}").model.answers[language][field]["choices"]
    answer = {field: {"via": "builder", "choices": choices}}
    stage = mount(view, state={"answer": answer}, width=width)
    block = stage.page.locator(".c-field").nth(place)
    block.locator("input:checked, select").first.focus()
    message = asked(stage, 1)[-1]
    about = {key: message[key] for key in ("do", "field", "part", "choices")}
    found = reply({**about, "exercise": view["id"], "language": language})
    stage.tell({**found, "serial": message["serial"]})
    assert block.locator(".c-preview-value").first.inner_text()
    assert stage.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert stage.problems == []
