"""Carrying away in the record's frame: what it asks for, and what it shows of what comes."""

from __future__ import annotations

import pytest

from cstrain.drawing.view import course_view, record_view
from cstrain.language import LANGUAGES
from cstrain.library.lessons import lessons
from cstrain.library.words import words

pytestmark = pytest.mark.browser

SAID = words("carry_words", "en")
FILE = {"do": "document", "what": "report", "name": "r.html", "text": "<p>It is here</p>"}

SCORE = {"score": [{"do": "score", "score": None}]}


def field(stage, key):
    return stage.page.get_by_label(SAID[key])


def press(stage, key):
    stage.page.locator(".c-carry").get_by_role("button", name=SAID[key], exact=True).click()


def told(stage):
    return stage.page.locator(".c-carry [role=status]").inner_text()


def test_a_document_is_asked_for_and_can_be_opened_and_saved(mount, tmp_path):
    # A page without an address may keep nothing: the name is asked for all the same.
    stage = mount(record_view("n05", "en"), replies={**SCORE, "document": [FILE]})
    field(stage, "scope").select_option("course")
    field(stage, "name").fill("Mia Holm")
    press(stage, "report")
    stage.page.get_by_role("link", name=SAID["open_file"]).wait_for()
    asked = {"do": "document", "what": "report", "scope": "course", "name": "Mia Holm"}
    assert stage.sent("document") == [asked]
    with stage.page.expect_download() as download:
        stage.page.get_by_role("link", name=SAID["save_file"]).click()
    assert download.value.suggested_filename == "r.html"
    download.value.save_as(tmp_path / "r.html")
    assert (tmp_path / "r.html").read_text(encoding="utf-8") == FILE["text"]
    assert SAID["certificate_help"] not in told(stage)
    stage.tell({**FILE, "what": "certificate"})
    assert SAID["certificate_help"] in told(stage)
    assert stage.problems == []


def test_a_refusal_leads_to_the_name_and_an_error_ends_the_waiting(mount):
    refused = {"do": "refused", "text": "A name <q>please</q>."}
    stage = mount(record_view("n05", "en"), replies={**SCORE, "document": [refused]})
    press(stage, "certificate")
    stage.page.get_by_text("A name please.").wait_for()
    assert field(stage, "name").evaluate("one => one === document.activeElement")
    stage.tell({"do": "error", "text": "Something went wrong."})
    assert told(stage) == ""
    assert "Something went wrong." in stage.page.locator(".c-status").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_courses_record_has_a_line_a_lesson(mount, language):
    view = course_view(language)
    stage = mount(view, width=360)
    rows = stage.page.locator("tbody tr")
    assert rows.count() == len(lessons())
    assert lessons()["n05"].title[language] in rows.nth(2).inner_text()
    options = stage.page.locator(".c-carry option").all_text_contents()
    assert len(options) == len(lessons()) + 1
    small = stage.page.locator(".c-carry :is(button, input, select)").evaluate_all(
        "all => all.filter((one) => one.getBoundingClientRect().height < 24).length"
    )
    assert small == 0
