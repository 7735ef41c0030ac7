"""Every page of the built book: complete in both languages, and from nowhere but its own site."""

from __future__ import annotations

import functools
import gzip
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from built_site import LANGUAGES, PAGES

BOTH = pytest.mark.parametrize("language", LANGUAGES)
EVERY = pytest.mark.parametrize("name", PAGES)
LOADED = re.compile(
    r"""(?:src|data-src|srcset|poster|action)\s*=\s*["'](?:https?:)?//[^"']*"""
    r"""|<link[^>]*href=["'](?:https?:)?//[^"']*|<a[^>]*href=["'](?:https?:)?//[^"']*"""
    r"""|url\(\s*["']?(?:https?:)?//[^)]*|@import\s+["'](?:https?:)?//[^"']*"""
)
MOST_GZIP = 300_000  # bytes of a page before anything is touched


def names(site, language):
    folder = site / language
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*.html")}


def test_both_languages_have_the_same_pages(site):
    assert names(site, "zh") == names(site, "en")
    assert {f"{name}.html" for name in PAGES} <= names(site, "zh")


@BOTH
@EVERY
def test_a_page_links_to_itself_in_the_other_language(site, language, name):
    html = (site / language / f"{name}.html").read_text(encoding="utf-8")
    links = re.findall(r'<a class="cstrain-language" href="([^"]+)"', html)
    other = "en" if language == "zh" else "zh"
    assert links == [f"../{other}/{name}.html"]
    assert (site / language / links[0]).is_file()


class _Places(HTMLParser):
    """The places of a page: what it links to or loads, and what can be linked to."""

    def __init__(self, text):
        super().__init__()
        self.links, self.anchors = set(), {"", "top"}
        self.feed(text)

    def handle_starttag(self, _, attrs):
        told = dict(attrs)
        self.anchors |= {told[one] for one in ("id", "name") if told.get(one)}
        self.links |= {told[one] for one in ("href", "src", "data-src") if told.get(one)}


@functools.cache
def places(file):
    return _Places(file.read_text(encoding="utf-8"))


def is_ours(file, site):
    """Tell pages from those that JupyterLite brings."""
    return file.suffix == ".html" and file.is_file() and "lite" not in file.relative_to(site).parts


def test_every_link_of_every_page_leads_to_a_place_that_is_there(site):
    assert len(places(site / "zh" / "n03_smart_goals.html").links) > 20
    wrong = []
    for file in sorted(site.glob("*.html")) + sorted(
        one for language in LANGUAGES for one in (site / language).rglob("*.html")
    ):
        for link in sorted(places(file).links):
            path, _, anchor = link.partition("#")
            if re.match(r"(data|mailto|blob):", link):
                continue
            target = (file.parent / unquote(path.partition("?")[0])).resolve() if path else file
            target = target / "index.html" if target.is_dir() else target
            known = places(target).anchors if is_ours(target, site) else {unquote(anchor)}
            if not target.is_file() or unquote(anchor) not in known:
                wrong.append((file.relative_to(site).as_posix(), link))
    assert wrong == []


def test_no_file_of_the_site_names_another_host_to_load_from(site):
    """Pages, styles and our own scripts; what Pyodide and JupyterLite are made of is run below."""
    named = {}
    for file in site.rglob("*"):
        if file.suffix in {".html", ".css"} and "lite" not in file.relative_to(site).parts:
            found = LOADED.findall(file.read_text(encoding="utf-8"))
            if found:
                named[file.relative_to(site).as_posix()] = found
    assert named == {}


@pytest.mark.browser
@BOTH
@EVERY
def test_a_page_asks_its_own_site_only_and_has_no_error(open_page, address, language, name):
    page = open_page(f"{language}/{name}.html")
    page.wait_for_load_state("networkidle")
    foreign = [url for url in page.log if not url.startswith((address, "data:", "blob:"))]
    assert foreign == []
    assert page.problems == []
    assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[language]


@pytest.mark.browser
@BOTH
def test_python_is_not_fetched_before_a_check(open_page, language):
    page = open_page(f"{language}/n03_smart_goals.html")
    page.wait_for_selector(".cstrain-live")
    page.wait_for_load_state("networkidle")
    assert [url for url in page.log if "pyodide" in url or "/engine/" in url] == []


@pytest.mark.browser
@pytest.mark.parametrize("name", ["n04_kpi", "search", "my_record", "glossary"])
def test_a_page_is_light(open_page, site, address, name):
    page = open_page(f"zh/{name}.html", service_workers="block")
    page.wait_for_load_state("networkidle")
    paths = {url.removeprefix(address).split("?")[0].lstrip("/") for url in page.log}
    weights = {path: len(gzip.compress((site / path).read_bytes())) for path in paths}
    assert sum(weights.values()) <= MOST_GZIP, sorted(weights.items(), key=lambda one: -one[1])[:5]


@BOTH
def test_every_picture_has_an_alternative_text(site, language):
    html = (site / language / "n03_smart_goals.html").read_text(encoding="utf-8")
    pictures = re.findall(r"<img[^>]*>", html)
    assert len(pictures) == 5
    for one in pictures:
        assert len(re.search(r'alt="([^"]*)"', one)[1]) > 20, one


@BOTH
def test_the_pages_show_no_code_of_setup_and_pictures(site, language):
    html = (site / language / "n03_smart_goals.html").read_text(encoding="utf-8")
    for code in ("load_dataset", "progress_chart", ".exercise(", "SOLUTION"):
        assert code not in html


@pytest.mark.browser
@pytest.mark.parametrize("locale", ["zh-CN", "zh-TW", "en-GB", "fr-FR"])
def test_the_first_page_leads_to_the_browsers_language(open_page, locale):
    page = open_page("index.html", locale=locale)
    page.wait_for_url("**/zh/index.html" if locale.startswith("zh") else "**/en/index.html")


@pytest.mark.browser
def test_the_chosen_language_is_remembered(open_page, address):
    page = open_page("zh/n00_start.html", locale="zh-CN")
    page.locator("a.cstrain-language").click()
    page.wait_for_url("**/en/n00_start.html")
    page.goto(f"{address}/index.html")
    page.wait_for_url("**/en/index.html")


@pytest.mark.browser
@pytest.mark.parametrize("name", ["index", "n00_start", "n03_smart_goals"])
@BOTH
def test_a_phone_needs_no_sideways_scrolling(open_page, language, name):
    page = open_page(f"{language}/{name}.html", viewport={"width": 360, "height": 800})
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    box = page.locator("a.cstrain-language").bounding_box()
    assert box["y"] >= 0
    assert box["height"] >= 24


@pytest.mark.browser
def test_on_paper_the_sheets_stand_instead_of_the_forms(open_page):
    page = open_page("en/n03_smart_goals.html")
    page.wait_for_selector(".cstrain-live")
    assert page.locator(".cstrain-sheet:visible").count() == 0
    page.emulate_media(media="print")
    assert page.locator(".cstrain-sheet:visible").count() == 8
    assert page.locator(".cstrain-live:visible").count() == 0
