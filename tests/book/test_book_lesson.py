"""N03 in a page of the book: the same exercises, answers, points and records as in JupyterLab."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from answers import EXERCISES, right, wrong
from built_site import LANGUAGES
from learner import Learner
from work_through import serious_violations, sideways, values_of_all, wait_for_values, work_through

from cstrain.progress.store import Store
from cstrain.session import Session

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGE = "{}/n03_smart_goals.html"


# Every lesson is walked in both languages: in one here, in the other in JupyterLab.
@pytest.mark.parametrize("language", ["en"])
def test_every_exercise_wrong_then_right_and_all_of_it_comes_back(open_page, axe_source, language):
    page = open_page(PAGE.format(language))
    work_through(page, language)
    record = page.locator(".cstrain-record .cstrain-live")
    assert "100" in record.locator(".c-total").inner_text()
    assert serious_violations(page, axe_source) == []
    assert page.problems == []
    values = values_of_all(page, language)
    again = open_page(PAGE.format(language), context=page.context)
    page.close()
    wait_for_values(again, language, values)
    passed = again.locator(".c-verdict.c-of-passed")
    passed.nth(len(EXERCISES) - 1).wait_for(timeout=60_000)
    assert passed.count() == len(EXERCISES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_nothing_scrolls_sideways_with_all_feedback_shown(open_page, language):
    page = open_page(PAGE.format(language), viewport={"width": 390, "height": 844})
    for name in EXERCISES:
        learner = Learner(page, name, language)
        learner.fill(wrong(name, language)[0])
        learner.check()
    assert sideways(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_record_of_jupyterlab_is_taken_in_and_taken_back(open_page, tmp_path):
    lab = Session("n03", "zh", Store(tmp_path / "lab"))
    for name in EXERCISES:
        lab.told(name, {"do": "check", "answer": dict(right(name, "zh"))})
    text = lab.told("", {"do": "export"})[0]["text"]
    page = open_page(PAGE.format("zh"))
    record = page.locator(".cstrain-record .cstrain-live")
    file = {"name": "record.json", "mimeType": "application/json", "buffer": text.encode()}
    record.locator("input[type=file]").set_input_files(file)
    page.locator(".c-verdict.c-of-passed").nth(len(EXERCISES) - 1).wait_for(timeout=60_000)
    assert "100" in record.locator(".c-total").inner_text()
    with page.expect_download() as download:
        record.locator(".c-exchange button").click()
    back = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    other = Session("n03", "en", Store(tmp_path / "other"))
    told = other.told("", {"do": "import", "text": json.dumps(back)})
    assert told[0]["problems"] == []
    assert other.score()["score"]["points"] == 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_reaches_a_live_region(open_page, language):
    page = open_page(PAGE.format(language))
    learner = Learner(page, "n03/match_stories", language)
    learner.fill(right("n03/match_stories", language))
    said = learner.check()
    region = learner.root.locator('[role="status"]', has=page.locator(".c-verdict-line"))
    assert said in region.first.inner_text()


def test_code_in_the_page_gets_the_points_of_the_choices(open_page):
    page = open_page(PAGE.format("en"))
    learner = Learner(page, "n03/check_goal_tree", "en")
    learner.fill(right("n03/check_goal_tree", "en"))
    learner.check()
    by_choices = learner.points()
    box = learner.root.locator(".c-fields > .c-field").first
    box.locator('[role="tab"]').nth(1).click()
    box.locator("textarea").fill(
        "def orphans(tree):\n"
        "    known = {goal['goal_id'] for goal in tree}\n"
        "    return [goal['goal_id'] for goal in tree\n"
        "            if goal['level'] != 'company' and goal['parent_id'] not in known]\n"
    )
    learner.check()
    assert learner.points() == by_choices == 15


def test_answers_survive_a_restart_of_the_browser(browser, browser_path, address, tmp_path):
    def opened():
        context = browser.browser_type.launch_persistent_context(
            str(tmp_path / "profile"),
            executable_path=str(browser_path),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = context.new_page()
        page.goto(f"{address}/{PAGE.format('zh')}")
        return context, Learner(page, "n03/match_stories", "zh")

    context, learner = opened()
    learner.fill(right("n03/match_stories", "zh"))
    learner.check()
    learner.page.wait_for_timeout(500)
    context.close()
    context, learner = opened()
    learner.root.locator(".c-verdict.c-of-passed").wait_for(timeout=60_000)
    assert learner.answer() == list(right("n03/match_stories", "zh")["stories"].values())
    context.close()
