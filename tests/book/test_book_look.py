"""What every page looks like: type, colours, figures, targets for fingers, what the theme left."""

from __future__ import annotations

import re
import sys

import pytest
from bs4 import BeautifulSoup
from built_site import LANGUAGES, ROOT

from cstrain.library.words import words

sys.path.insert(0, str(ROOT / "book"))

from builder.lesson_tools import with_head

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language", LANGUAGES)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
HOUSE = "#0f6e6e", "#6cc9c3"
# Of the theme: places for advertisements, buttons without a use, names of makers.
LEFTOVERS = re.compile(r"ethical-ad|toggleFullScreen|[Pp]owered by|readthedocs|onlyprint|genindex")
FINGER = """() => [...document.querySelectorAll("header a, .bd-header-article :is(a, button),"
  + ".cstrain-lesson-tools a, .cstrain-kpi-links a, .map-projects td a, .prev-next-area a,"
  + ".cstrain-glossary-filter fieldset label, summary, .cstrain-search-also a, .h-button")]
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width && one.checkVisibility())
  .filter(([, box]) => box.width < 44 || box.height < 43.5)
  .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width} x ${box.height}`)"""
# Text in the other language that does not say so. Code and columns of data are in no language, and
# a date may be written as a table has it.
FOREIGN = {
    "en": re.compile(r"[\u4e00-\u9fff]"),
    "zh": re.compile(r"^[A-Za-z][A-Za-z ,'-]{6,}$"),
}
WRITTEN_DATE = re.compile(r"\d+年\d+月\d+日")
IN_NO_LANGUAGE = ["script", "style", "template", "code", "pre", "td", "th"]


def page_names(site, language):
    return sorted(one.stem for one in (site / language).glob("*.html"))


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("<h1>Map</h1><p>One.</p><p>Two.</p>", "<h1>Map</h1><p>One.</p>TOOLS<p>Two.</p>"),
        (
            "<h1>Map</h1><p>A <a>term</a>.</p><p>B</p>",
            "<h1>Map</h1><p>A <a>term</a>.</p>TOOLS<p>B</p>",
        ),
        (
            "<h1>Map</h1><ul><li>One.</li></ul><p>B</p>",
            "<h1>Map</h1>TOOLS<ul><li>One.</li></ul><p>B</p>",
        ),
    ],
    ids=["text", "text with a link", "no text"],
)
def test_the_tools_of_a_lesson_stand_below_its_first_line(body, made):
    block = '<div class="cstrain-lesson-tools">x</div>'
    assert with_head(body, "x") == made.replace("TOOLS", block)


@pytest.mark.parametrize("title", ["N03 Goals: how", "N03 目标：怎么定", "N03 Goals"])
def test_a_title_in_two_lines_reads_as_before(title):
    made = BeautifulSoup(with_head(f"<h1>{title}</h1>", ""), "html.parser")
    assert made.get_text() == title
    assert len(made.find_all("span")) == (0 if title == "N03 Goals" else 3)


@BOTH
def test_nothing_of_the_theme_is_left_over(site, language):
    for file in sorted((site / language).glob("*.html")):
        found = LEFTOVERS.search(file.read_text(encoding="utf-8"))
        assert found is None, f"{file.name}: {found}"


@BOTH
def test_the_menu_has_parts_and_short_names(open_page, language):
    page = open_page(f"{language}/n03_smart_goals.html")
    said = words("home_words", language)
    menu = page.locator(".bd-sidebar-primary")
    parts = [said[f"part_{one}"] for one in ("start", "lessons", "reference")]
    assert menu.locator("p.caption").all_inner_texts() == parts
    names = [one.strip() for one in menu.locator("li a").all_inner_texts()]
    assert names[0] == said["cover_name"]
    assert max(map(len, names)) <= 24
    assert page.locator(".onthispage").inner_text().strip() == said["on_page"]
    assert page.locator(".right-next .prev-next-title").inner_text() in names


def test_a_finger_meets_every_button_of_the_pages(open_page, site):
    page, small = open_page("zh/index.html", **PHONE), {}
    for name in set(page_names(site, "zh")) - {"n04_kpi", "n05_five_whys", "n06_fishbone"}:
        page.goto(re.sub(r"\w+\.html.*", f"{name}.html", page.url))
        found = page.evaluate(FINGER)
        if found:
            small[name] = found
    assert small == {}


@BOTH
def test_text_in_the_other_language_says_so(site, language):
    foreign = {}
    for file in sorted((site / language).glob("*.html")):
        html = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for text in html.body.find_all(string=FOREIGN[language]):
            bare = WRITTEN_DATE.sub("", text.strip())
            if not FOREIGN[language].search(bare) or text.find_parent(IN_NO_LANGUAGE):
                continue
            if text.find_parent(lang=True)["lang"].startswith(language):
                foreign.setdefault(file.name, set()).add(bare)
    assert foreign == {}


@pytest.mark.parametrize(("language", "least", "most"), [("zh", 36, 41), ("en", 55, 85)])
def test_a_line_has_a_length_that_is_good_to_read(open_page, language, least, most):
    page = open_page(f"{language}/n03_smart_goals.html", viewport={"width": 1920, "height": 900})
    length = page.evaluate(
        """() => {
          const [longest] = [...document.querySelectorAll(".bd-article section > p")]
            .sort((one, other) => other.textContent.length - one.textContent.length);
          return longest.textContent.length / longest.getBoundingClientRect().height
            * parseFloat(getComputedStyle(longest).lineHeight);
        }"""
    )
    assert least <= length <= most


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_colour_leads_through_page_and_exercise(open_page, scheme):
    page = open_page("zh/n03_smart_goals.html", color_scheme=scheme)
    page.locator(".cstrain-live").first.wait_for()
    told = page.evaluate(
        """() => [getComputedStyle(document.documentElement).getPropertyValue("--pst-color-link"),
          getComputedStyle(document.querySelector(".cstrain-live")).getPropertyValue("--c-accent")]"""
    )
    assert set(told) == {HOUSE[scheme == "dark"]}


@pytest.mark.parametrize("width", [390, 1280])
def test_a_figure_keeps_its_shape_and_can_be_read(open_page, width):
    page = open_page("zh/n03_smart_goals.html", viewport={"width": width, "height": 800})
    figures = page.locator(".cell_output img")
    figures.evaluate_all("all => all.forEach((one) => { one.loading = 'eager'; })")
    page.wait_for_function("() => [...document.images].every((one) => one.naturalWidth)")
    for drawn_wide, drawn_high, wide, high in figures.evaluate_all(
        "all => all.map((one) => [+one.getAttribute('width'), +one.getAttribute('height'),"
        " one.clientWidth, one.clientHeight])"
    ):
        assert wide / high == pytest.approx(drawn_wide / drawn_high, rel=0.02)
        assert wide >= min(drawn_wide, 500)
    boxes = page.locator(".cell_output:has(> img)")
    for moves, reached in boxes.evaluate_all(
        "all => all.map((one) => [one.scrollWidth > one.clientWidth, one.tabIndex === 0])"
    ):
        assert reached == moves


def test_a_figure_stands_on_the_ground_of_the_dark_page(open_page):
    page = open_page("zh/n04_kpi.html", color_scheme="dark")
    figure = page.locator(".cell_output img").first
    look = figure.evaluate("one => [getComputedStyle(one).filter, getComputedStyle(one).padding]")
    assert look[0].startswith("invert(1) hue-rotate(180deg)")
    assert look[1] == "0px"
    page.evaluate("() => { document.documentElement.dataset.theme = 'light'; }")
    assert figure.evaluate("one => getComputedStyle(one).filter") == "none"


def test_the_bar_at_the_top_covers_no_heading_that_was_asked_for(open_page):
    page = open_page("zh/glossary.html")
    for link in page.locator(".bd-sidebar-secondary a").all()[:4]:
        page.goto(page.url.split("#")[0] + link.get_attribute("href"))
        top, bar = page.evaluate(
            """() => [document.querySelector(":target").querySelector("h1, h2, h3")
                .getBoundingClientRect().top,
              document.querySelector(".bd-header-article").getBoundingClientRect().bottom]"""
        )
        assert top >= bar


def test_on_paper_a_page_has_its_title_once_and_no_buttons(open_page):
    page = open_page("en/n03_smart_goals.html")
    page.emulate_media(media="print")
    assert page.locator("h1:visible").count() == 1
    assert page.locator(".cstrain-lesson-tools:visible, .bd-header-article:visible").count() == 0
    page.goto(page.url.replace("n03_smart_goals", "index"))
    assert page.locator(".h-button:visible").count() == 0


def test_paper_is_white_also_from_a_dark_screen(open_page):
    page = open_page("zh/n04_kpi.html", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        """() => [document.body, ...document.querySelectorAll(
            ".bd-article :is(h1, h2, p, td, th, pre, .cstrain)")]
          .filter((one) => one.checkVisibility())
          .map((one) => getComputedStyle(one).color.match(/[\\d.]+/g).slice(0, 3).map(Number))"""
    )
    assert len(colours) > 100
    assert max(max(one) for one in colours) < 160  # dark enough on white
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    figure = page.locator(".cell_output img").first
    assert figure.evaluate("one => getComputedStyle(one).filter") == "none"


def test_nothing_moves_for_those_who_want_it_still(open_page):
    page = open_page("en/n03_smart_goals.html", reduced_motion="reduce")
    page.locator("a.cstrain-term").first.hover()
    shown = page.locator(".cstrain-meaning:visible")
    shown.wait_for()
    moved = page.evaluate(
        "() => document.getAnimations().filter((one) => one.effect.getTiming().duration > 1).length"
    )
    assert moved == 0
    scrolling = "() => getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(scrolling) == "auto"
