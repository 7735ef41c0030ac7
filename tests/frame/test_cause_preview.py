"""Causes before the data, in a browser: the preview of a test, the verdict asked below it."""

from __future__ import annotations

import pytest

from cstrain.desk import reply
from cstrain.drawing.view import exercise_view
from cstrain.language import LANGUAGES
from cstrain.library.exercises import exercise

pytestmark = pytest.mark.browser
VERIFY = "n06/verify_causes"


def answered(stage, language):
    """Answer every preview that was asked for and not yet answered, as a host does."""
    stage.page.wait_for_function("model.sent.some(one => one.do === 'preview')")
    for message in stage.sent("preview"):
        about = {key: message[key] for key in ("do", "field", "part", "choices")}
        found = reply({**about, "exercise": VERIFY, "language": language})
        stage.tell({**found, "serial": message["serial"]})


def opened(mount, language, width=1280, **context):
    answer = exercise(VERIFY).model.answers[language]
    stage = mount(exercise_view(VERIFY, language), state={"answer": answer}, width=width, **context)
    for place in range(3):
        part = stage.page.locator(".c-part:visible").nth(place)
        part.locator("select, input:checked").first.focus()
    stage.page.wait_for_function("model.sent.filter(one => one.do === 'preview').length >= 3")
    answered(stage, language)
    return stage


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_test_shows_its_ratio_picture_and_strata(mount, language, width):
    stage = opened(mount, language, width)
    previews = stage.page.locator(".c-part:visible .c-preview")
    assert previews.count() == 3
    for place, number in enumerate(("1.39", "0.97", "0.99")):
        one = previews.nth(place)
        assert number in one.locator(".c-preview-number").inner_text()
        assert one.locator("svg title").count() == 1
        assert one.locator("table thead th[scope=col]").count() == 4
    assert stage.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert stage.problems == []


def test_the_verdict_stands_below_and_asks_for_no_new_preview(mount):
    stage = opened(mount, "en")
    part = stage.page.locator(".c-part:visible").first
    preview, after = (part.locator(one).bounding_box() for one in (".c-preview", ".c-after"))
    compact = part.locator(".c-compact").bounding_box()
    assert after["y"] > compact["y"]
    assert preview["y"] < after["y"] + after["height"]
    before = len(stage.sent("preview"))
    part.locator(".c-after select").select_option("untested")
    stage.page.wait_for_timeout(500)
    assert len(stage.sent("preview")) == before
    assert stage.check()["tests_c"]["choices"]["C2_verdict"] == "untested"
