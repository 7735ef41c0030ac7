"""N04 in a page of the book: previews by the page's own Python, big tables only when needed."""

from __future__ import annotations

import time

import pytest
from answers import right, wrong
from built_site import LANGUAGES
from learner import Learner
from work_through import serious_violations, sideways, values_of_all, wait_for_values, work_through

from cstrain.library.lessons import lesson

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGE = "{}/n04_kpi.html"
EXERCISES = lesson("n04").exercises
CASE = "n04/case_kpi_table"
CHECK_SECONDS = 6  # with Python running and the tables there


def tables_in(page):
    return sorted(
        one.rsplit("/", 2)[-2] + "/" + one.rsplit("/", 1)[-1] for one in page.log if ".csv" in one
    )


# Every lesson is walked in both languages: in one here, in the other in JupyterLab.
@pytest.mark.parametrize("language", ["zh"])
def test_every_exercise_wrong_then_right_and_all_of_it_comes_back(open_page, axe_source, language):
    page = open_page(PAGE.format(language))
    work_through(page, language, EXERCISES)
    record = page.locator(".cstrain-record .cstrain-live")
    assert "100" in record.locator(".c-total").inner_text()
    assert serious_violations(page, axe_source) == []
    assert page.problems == []
    values = values_of_all(page, language, EXERCISES)
    again = open_page(PAGE.format(language), context=page.context)
    page.close()
    wait_for_values(again, language, values)
    passed = again.locator(".c-verdict.c-of-passed")
    passed.nth(len(EXERCISES) - 1).wait_for(timeout=120_000)
    assert passed.count() == len(EXERCISES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_nothing_scrolls_sideways_with_all_feedback_shown(open_page, language):
    page = open_page(PAGE.format(language), viewport={"width": 390, "height": 844})
    for name in EXERCISES:
        learner = Learner(page, name, language)
        learner.fill(wrong(name, language)[0])
        learner.check()
    page.wait_for_timeout(1500)  # for the last previews
    assert sideways(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_table_stands_out_of_its_card(open_page, language):
    page = open_page(PAGE.format(language))
    page.locator(".c-many").first.wait_for(state="attached")
    assert sideways(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_preview_comes_from_the_pages_own_python(open_page):
    page = open_page(PAGE.format("zh"))
    learner = Learner(page, "n04/first_contact_resolution", "zh")
    learner.fill(right("n04/first_contact_resolution", "zh"))
    values = learner.root.locator(".c-preview-value")
    values.nth(1).wait_for(timeout=60_000)
    assert values.all_inner_texts() == ["0.7143，即71.43%", "0.6667，即66.67%"]
    assert page.problems == []


def test_tables_are_fetched_for_the_chosen_company_only_and_once(open_page):
    page = open_page(PAGE.format("en"))
    other = Learner(page, "n04/gaming", "en")
    other.fill(right("n04/gaming", "en"))
    other.check()
    assert tables_in(page) == []
    learner = Learner(page, CASE, "en")
    learner.fill(right(CASE, "en"))
    learner.root.locator(".c-preview-value").first.wait_for(timeout=60_000)
    assert tables_in(page) == ["B/bills.csv", "B/calls.csv", "B/repairs.csv"]
    learner.check()
    page.wait_for_timeout(2000)
    begun = time.monotonic()
    learner.check()
    assert time.monotonic() - begun < CHECK_SECONDS
    assert learner.points() == 20
    assert len(tables_in(page)) == 3


def test_a_table_that_cannot_be_fetched_is_told_and_fetched_later(open_page):
    page = open_page(PAGE.format("en"))
    page.context.route("**/*.csv", lambda route: route.abort())
    learner = Learner(page, CASE, "en")
    learner.fill(right(CASE, "en"))
    learner.root.locator("button.c-primary").click()
    notice = learner.root.locator(".c-notice")
    notice.wait_for(timeout=60_000)
    assert "tables of this exercise" in notice.inner_text()
    page.context.unroute("**/*.csv")
    assert learner.check()
    assert learner.points() == 20


CODE = """
def kpi_table_b(bills, calls, repairs):
    found = []
    for quarter in (1, 2, 3, 4):
        mine = [bill for bill in bills if bill["quarter"] == quarter]
        paid = sum(bill["paid_cny"] for bill in mine)
        found.append({"kpi": "COL", "period": quarter,
                      "value": paid / sum(bill["billed_cny"] for bill in mine)})
    return found
"""


def test_code_in_the_page_gets_the_same_rows(open_page):
    page = open_page(PAGE.format("en"))
    learner = Learner(page, CASE, "en")
    learner.fill({"case": "B"})
    box = learner.root.locator(".c-fields > .c-field").nth(2)
    box.locator('[role="tab"]').nth(1).click()
    box.locator("textarea").fill(CODE)
    learner.check()
    assert learner.points() == 2
