"""A lesson on a phone, by finger alone: every control is large enough, every verdict in sight."""

from __future__ import annotations

import pytest
from answers import right, wrong
from learner import WAIT_MS, Learner, press

from cstrain.library.lessons import lesson

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PAGE = "zh/n03_smart_goals.html"
EXERCISES = lesson("n03").exercises
LONG = "https://" + "a" * 3000

# A radio button or a check box is as large as its label; a grip is only the other way to move.
SMALL = """root => [...root.querySelectorAll('button, select, input, textarea, summary, .c-grip')]
  .map((one) => (['radio', 'checkbox'].includes(one.type) ? one.closest('label') : one))
  .filter((one) => one.offsetParent && !one.matches('.c-picker, .c-sr'))
  .filter((one) => one.getBoundingClientRect().height < (one.matches('.c-grip') ? 24 : 43.5))
  .map((one) => one.outerHTML.slice(0, 200))"""
IN_SIGHT = """one => {
  const { top, bottom } = one.getBoundingClientRect();
  const x = one.getBoundingClientRect().left + 5;
  return top >= 0 && bottom <= innerHeight && one.contains(document.elementFromPoint(x, top + 5));
}"""


def is_in_sight(page, element):
    """Wait until the whole element is on the screen, with nothing over it."""
    handle = element.element_handle()
    page.wait_for_function(IN_SIGHT, arg=handle, timeout=5_000)


def test_a_lesson_by_finger(open_page):
    page = open_page(PAGE, **PHONE)
    for name in EXERCISES:
        learner = Learner(page, name, "zh")
        learner.fill(right(name, "zh"))
        learner.check()
        verdict = learner.root.locator(".c-verdict.c-of-passed")
        is_in_sight(page, verdict)
        assert learner.root.evaluate(SMALL) == [], name
    page.evaluate("scrollBy(0, -600)")
    assert not page.locator("#pst-back-to-top").is_visible(), "it would float over the exercises"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.problems == []


def test_what_is_asked_for_comes_into_sight_and_keeps_its_size(open_page):
    page = open_page(PAGE, **PHONE)
    name = "n03/match_stories"
    learner = Learner(page, name, "zh")
    for level, answer in enumerate(wrong(name, "zh"), start=1):
        learner.fill(answer)
        learner.check()
        is_in_sight(page, learner.root.locator(".c-verdict"))
        press(learner.root.locator(".c-actions button").nth(1))
        hint = learner.root.locator(".c-hint").nth(level - 1)
        hint.wait_for(timeout=WAIT_MS)
        is_in_sight(page, hint)
        press(learner.root.locator(".c-verdict .c-link"))
        is_in_sight(page, learner.root.locator(".c-note:not(.c-of-passed)").first)
    press(learner.root.locator(".c-actions button").nth(2))
    shown = learner.root.locator(".c-solution th").first
    shown.wait_for(timeout=WAIT_MS)
    is_in_sight(page, shown)
    answer = learner.root.locator(".c-solution td").first
    assert answer.bounding_box()["width"] > 200, (
        "what is answered stands below, not squeezed beside"
    )

    # A word without end keeps to the page, a text without end to its box.
    learner = Learner(page, "n03/rewrite_vague_goal", "zh")
    learner.fill({"goal_1": LONG, "how_1": LONG})
    learner.check()
    is_in_sight(page, learner.root.locator(".c-verdict"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert learner.root.locator("textarea").first.bounding_box()["height"] < 600
