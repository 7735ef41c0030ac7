"""The cover, the map, the first page and the way between the languages."""

from __future__ import annotations

import json
import sys

import pytest
from built_site import LANGUAGES, ROOT
from learner import Learner

from cstrain.library.course import course
from cstrain.library.exercises import exercise
from cstrain.library.lessons import lessons
from cstrain.library.words import texts, words

sys.path.insert(0, str(ROOT / "book"))

from builder.first_page import lost_page

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language", LANGUAGES)
FIRST = next(iter(lessons().values())).exercises[0]


def test_the_course_has_all_sixteen_lessons_and_agrees_with_those_written():
    assert [one.label for one in course()] == [f"N{number:02}" for number in range(1, 17)]
    assert [one.lesson for one in course() if one.lesson] == list(lessons().values())
    assert sum(one.minutes for one in course()) == 33.5 * 60  # the curriculum's six weeks


@BOTH
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["wide", "phone"])
def test_one_screen_says_what_it_is_and_one_click_starts_the_first_exercise(
    open_page, language, size
):
    page = open_page(f"{language}/index.html", viewport={"width": size[0], "height": size[1]})
    start = page.locator("#cover-start")
    box = start.bounding_box()
    assert box["y"] + box["height"] <= size[1]
    assert box["height"] >= 44
    assert page.locator("#home-continue").is_hidden()
    start.click()
    page.wait_for_url("**/n03_smart_goals.html#*")
    asked = page.locator(f'[data-exercise="{FIRST}"]')
    asked.locator(".cstrain-live").wait_for()
    assert asked.evaluate("one => Math.abs(one.getBoundingClientRect().top)") < size[1]


def test_what_was_done_shows_on_the_map_and_the_cover_leads_back_to_it(open_page):
    page = open_page("en/n03_smart_goals.html")
    at_work = Learner(page, "n03/match_stories", "en")
    at_work.fill(exercise("n03/match_stories").model.answers["en"])
    at_work.check()
    page.wait_for_function("() => localStorage.getItem('cstrain-scores')")
    told = json.loads(page.evaluate("() => localStorage.getItem('cstrain-scores')"))
    assert told == {"n03": {"points": 5}}
    said = words("home_words", "zh")
    page.goto(page.url.replace("/en/n03_smart_goals.html", "/zh/course_map.html"))
    page.wait_for_function("() => document.getElementById('home-told').textContent")
    row = page.locator("#n03 .map-state").inner_text()
    assert row == f"{said['tried'].format(tried=1, all=7)} · {said['points_last'].format(points=5)}"
    assert said["tried_none"] in page.locator("#n04").inner_text()
    page.goto(page.url.replace("course_map", "index"))
    page.locator("#home-continue a").click()
    page.wait_for_url("**/zh/n03_smart_goals.html#n03-match_stories")


def test_a_broken_memory_of_points_does_no_harm(open_page):
    page = open_page("en/course_map.html")
    for stored in ("{", "null", '{"n03": {"points": "<b>9</b>"}}', '{"n03": 5}'):
        page.evaluate("text => localStorage.setItem('cstrain-scores', text)", stored)
        page.reload()
        page.wait_for_function("() => document.getElementById('home-told').textContent")
        told = page.locator("#n03 .map-state").inner_text()
        assert told == words("home_words", "en")["tried_none"]
    assert page.problems == []


def test_the_other_language_opens_at_the_same_place(open_page):
    page = open_page("zh/n03_smart_goals.html")
    page.wait_for_selector(".cstrain-live")
    asked = '[data-exercise="n03/goal_card"]'
    page.locator(asked).evaluate("one => one.scrollIntoView()")
    # By the mouse itself: Playwright's click scrolls first.
    box = page.locator("a.cstrain-language").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/en/n03_smart_goals.html**")
    page.wait_for_function(
        f"() => Math.abs(document.querySelector('{asked}').getBoundingClientRect().top) < 200"
    )
    assert page.evaluate("() => localStorage.getItem('cstrain-language')") == "en"


def test_an_address_that_both_languages_know_is_kept(open_page):
    page = open_page("zh/glossary.html#term-goal")
    page.evaluate("() => scrollTo(0, 0)")
    page.locator("a.cstrain-language").click()
    page.wait_for_url("**/en/glossary.html#term-goal")


@BOTH
def test_the_pages_of_a_lesson_have_the_same_places_in_both_languages(site, language):
    other = "en" if language == "zh" else "zh"
    for lesson in lessons().values():
        counts = []
        for one in (language, other):
            html = (site / one / f"{lesson.page}.html").read_text("utf-8")
            article = html.partition("<article")[2].partition("</article>")[0]
            marks = ("<h1", "<h2", "<h3", 'class="cstrain-exercise"')
            counts.append([article.count(mark) for mark in marks])
        assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("locale", "language"), [("zh-CN", "zh"), ("zh-TW", "zh"), ("de-DE", "en")]
)
def test_the_first_page_guesses_the_language_of_the_browser(open_page, locale, language):
    page = open_page("index.html", locale=locale)
    page.wait_for_url(f"**/{language}/index.html")


def test_without_scripts_the_first_page_offers_both_languages(open_page):
    page = open_page("index.html", java_script_enabled=False)
    for language in LANGUAGES:
        assert page.get_by_role(
            "link", name=words("home_words", language)["first_open"]
        ).is_visible()


@pytest.mark.parametrize("wrong", ["zh/n99.html", "nothing.html", "en/a/b/c.html"])
def test_the_page_for_a_wrong_address_leads_back(open_page, address, wrong):
    page = open_page("404.html")
    page.route(f"**/{wrong}", lambda one: one.fulfill(body=lost_page(), content_type="text/html"))
    page.goto(f"{address}/{wrong}")
    page.get_by_role("link", name=words("home_words", "en")["lost_home"]).click()
    page.wait_for_url(f"{address}/en/index.html")


@BOTH
def test_every_page_says_what_it_is_about(site, language):
    for page in sorted((site / language).glob("*.html")):
        html = page.read_text(encoding="utf-8")
        assert html.count('<meta name="description" content="') == 1, page.name
        assert html.count('rel="alternate" hreflang=') == len(LANGUAGES), page.name


def test_no_word_of_the_cover_is_left_unsaid_or_unused():
    used = "\n".join(
        file.read_text(encoding="utf-8")
        for pattern in ("builder/*.py", "host/home.js", "_templates/*", "_toc.yml")
        for file in (ROOT / "book").glob(pattern)
    )
    families = ("benefit_", "cover_picture_")
    unused = [
        key for key in texts("home_words") if key not in used and not key.startswith(families)
    ]
    assert unused == []
