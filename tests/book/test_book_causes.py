"""N05 and N06 in a page of the book: causes judged and put before the data by the page's Python."""

from __future__ import annotations

import json

import pytest
from answers import right, wrong
from built_site import LANGUAGES
from learner import Learner
from rca_keys import (
    TESTED,
    back_to,
    build_fishbone,
    check_built,
    open_step,
    press,
    tab_to,
    word,
)
from work_through import serious_violations, sideways, values_of_all, wait_for_values, work_through

from cstrain.library.lessons import lesson
from cstrain.library.words import words

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LESSONS = ("n05", "n06")


def address_of(lesson_id, language):
    return f"{language}/{lesson(lesson_id).page}.html"


# Every lesson is walked in both languages: in one here, in the other in JupyterLab.
@pytest.mark.parametrize(("language", "lesson_id"), [("zh", "n05"), ("en", "n06")])
def test_every_exercise_wrong_then_right_and_all_of_it_comes_back(
    open_page, axe_source, language, lesson_id
):
    about = lesson(lesson_id)
    page = open_page(address_of(lesson_id, language))
    work_through(page, language, about.exercises)
    record = page.locator(".cstrain-record .cstrain-live")
    assert "100" in record.locator(".c-total").inner_text()
    assert serious_violations(page, axe_source) == []
    assert page.problems == []
    values = values_of_all(page, language, about.exercises)
    again = open_page(address_of(lesson_id, language), context=page.context)
    page.close()
    wait_for_values(again, language, values)
    passed = again.locator(".c-verdict.c-of-passed")
    passed.nth(len(about.exercises) - 1).wait_for(timeout=120_000)
    assert passed.count() == len(about.exercises)


def test_a_fishbone_by_keyboard_alone_is_there_after_reloading_and_travels_as_a_file(
    open_page, tmp_path
):
    page = open_page(address_of("n06", "en"))
    root = Learner(page, "n06/case_fishbone", "en").root
    build_fishbone(page, root)
    verdicts = [f".c-data-{one}" for *_, one in TESTED.values()]
    for at, verdict in enumerate(verdicts):
        root.locator(".c-test").nth(at).locator(f"{verdict}:visible").wait_for(timeout=60_000)
    check_built(json.loads(exported(page, root, tmp_path / "first.json")))
    root.get_by_text("Saved", exact=True).wait_for()
    page.reload()
    root.locator(".c-step-done", has_text="20 on 5 bones").wait_for()
    assert exported(page, root, tmp_path / "second.json") == read(tmp_path / "first.json")
    root.locator("svg text", has_text="rejected").first.wait_for(timeout=60_000)
    emptied(page, root)
    with page.expect_file_chooser() as chooser:
        back_to(page, root.locator("input[type=file]").first)
        press(page, "Enter")
    chooser.value.set_files(tmp_path / "first.json")
    root.locator(".c-told", has_text=word("imported")).wait_for()
    assert exported(page, root, tmp_path / "third.json") == read(tmp_path / "first.json")
    assert page.problems == []


def read(file):
    return file.read_text(encoding="utf-8")


def exported(page, root, file):
    """Export by keyboard and return the file's text."""
    button = root.get_by_role("button", name=word("export_json"))
    if not button.is_visible():
        open_step(page, root, 8)
    tab_to(page, button)
    with page.expect_download() as download:
        press(page, "Enter")
    download.value.save_as(file)
    return read(file)


def emptied(page, root):
    said = words("words", "en")
    for key in ("again", "again_yes"):
        tab_to(page, root.get_by_role("button", name=said[key], exact=True))
        press(page, "Enter")
    root.locator(".c-step-done", has_text="20 on 5 bones").wait_for(state="detached")


@pytest.mark.parametrize("lesson_id", LESSONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_nothing_scrolls_sideways_with_all_feedback_shown(
    open_page, language, lesson_id
):
    page = open_page(address_of(lesson_id, language), viewport={"width": 390, "height": 844})
    for name in lesson(lesson_id).exercises:
        learner = Learner(page, name, language)
        learner.fill(wrong(name, language)[0])
        learner.check()
    page.wait_for_timeout(1500)  # for the last previews
    assert sideways(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_cause_gets_its_badge_from_the_data_in_the_page(open_page):
    page = open_page(address_of("n06", "en"))
    learner = Learner(page, "n06/case_fishbone", "en")
    learner.fill(right("n06/case_fishbone", "en"))
    picture = learner.root.locator("svg[role=img]").first
    picture.wait_for(timeout=60_000)
    picture.get_by_text("rejected").first.wait_for(state="attached", timeout=60_000)
    assert picture.get_by_text("supported").count()
    assert not [one for one in page.log if ".csv" in one]  # counts travel with the engine


def test_own_data_stay_in_the_page(open_page, tmp_path):
    file = tmp_path / "calls.csv"
    # Late are 4 of 10 nights and 2 of 10 days: a ratio of 2.
    rows = [f"{at % 2},{int(at % 20 < (8 if at % 2 else 4))}" for at in range(800)]
    file.write_text("\n".join(["night,late", *rows]), encoding="utf-8")
    page = open_page(address_of("n05", "en"))
    root = Learner(page, "n05/five_whys_case", "en").root
    root.get_by_role("radio").first.check()
    root.locator(".c-outline-text").first.click()
    page.keyboard.type("One agent at night")
    root.get_by_role("button", name="Test with data").click()
    root.get_by_role("button", name="With my own data").click()
    told = root.locator(".c-own-told", has_text="no data here yet")
    told.wait_for(timeout=60_000)
    before = len(page.log)
    root.locator(".c-own-source input[type=file]").set_input_files(file)
    for at, name in enumerate(("night", "late")):
        pick = root.locator(".c-own-pick").nth(at)
        pick.locator(f"option[value={name}]").wait_for(state="attached")
        pick.locator("select").first.select_option(name)
        pick.get_by_role("textbox").fill("1")
    root.locator(".c-own").get_by_text("2 (1.59–2.52), n=800, calls.csv").wait_for(timeout=30_000)
    assert root.locator(".c-own .c-data-supported").count() == 1
    assert page.log[before:] == []
    assert page.problems == []
