"""Accessibility of every page: axe, the keyboard, the width of a phone, and words in one language."""

from __future__ import annotations

import re

import pytest
from built_site import LANGUAGES

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language", LANGUAGES)
# Of the theme: words that a page in Chinese must not have in its labels.
LABEL = re.compile(r'(?:aria-label|title|placeholder|data-bs-title)="([^"]*)"')


def page_names(site, language):
    return sorted(one.stem for one in (site / language).glob("*.html"))


@pytest.mark.parametrize(("language", "scheme"), [("zh", "light"), ("en", "dark")])
def test_no_page_has_a_serious_fault_or_asks_another_host(
    open_page, address, site, axe_source, language, scheme
):
    page, faults = open_page(f"{language}/index.html", color_scheme=scheme), []
    for name in page_names(site, language):
        page.goto(re.sub(r"\w+\.html.*", f"{name}.html", page.url))
        page.wait_for_load_state("networkidle")
        page.evaluate(axe_source)
        found = page.evaluate("async () => (await axe.run()).violations")
        faults += [
            (name, one["id"], one["nodes"][0]["html"][:200])
            for one in found
            if one["impact"] in {"serious", "critical"}
        ]
    assert faults == []
    assert page.problems == []
    assert [url for url in page.log if not url.startswith((address, "data:", "blob:"))] == []


@BOTH
def test_no_page_is_wider_than_a_phone(open_page, site, language):
    page = open_page(f"{language}/index.html", viewport={"width": 390, "height": 844})
    wide = {}
    for name in page_names(site, language):
        page.goto(re.sub(r"\w+\.html.*", f"{name}.html", page.url))
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            wide[name] = width
    assert wide == {}


def test_the_labels_of_chinese_pages_are_chinese(site):
    english = {}
    for file in sorted((site / "zh").glob("*.html")):
        html = file.read_text(encoding="utf-8")
        html = re.sub(r'<a class="cstrain-language".*?</a>', "", html)
        head, _, rest = html.partition("<article")
        for label in LABEL.findall(head + rest.partition("</article>")[2]):
            if re.search(r"[A-Za-z]{4}", label) and not re.search(r"[\u4e00-\u9fff]", label):
                english.setdefault(label, file.name)
    assert english == {}


def test_the_keyboard_reaches_text_menu_and_search(open_page):
    page = open_page("zh/n03_smart_goals.html")
    page.keyboard.press("Tab")
    skip = page.evaluate("() => document.activeElement.getAttribute('href')")
    assert skip == "#main-content"
    page.keyboard.press("Enter")
    page.keyboard.press("Control+k")
    page.locator("dialog[open] input[type=search]").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
