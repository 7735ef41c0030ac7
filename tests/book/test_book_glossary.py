"""The glossary, the links to it from the lessons, and the definition cards of the KPIs."""

from __future__ import annotations

import gzip
import re
import sys

import pytest
from built_site import LANGUAGES, ROOT
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st

from cstrain.errors import ContentError
from cstrain.kpi.definitions import codes
from cstrain.library import glossary as library
from cstrain.library.glossary import glossary
from cstrain.library.lessons import lessons
from cstrain.table_reader import TableReader

sys.path.insert(0, str(ROOT / "book"))

from builder.entries import entries, families
from builder.term_links import finder_of, link_first_uses

BOTH = pytest.mark.parametrize("language", LANGUAGES)
LESSONS = [one.page for one in lessons().values()]
MOST_GZIP = 300_000
TERM = re.compile(r'<a class="cstrain-term reference internal" href="([^"]+)">(.*?)</a>', re.DOTALL)


def source(site, language, name):
    return (site / language / f"{name}.html").read_text(encoding="utf-8")


def linked(markup, language="en", lesson="n03"):
    """Return the links that a paragraph and what stands around it get."""
    document = nodes.document(None, None)
    document += markup
    link_first_uses(document, lesson, language)
    return [
        (one.astext(), one["refuri"].partition("#")[2].removeprefix("term-"))
        for one in document.findall(nodes.reference)
        if "cstrain-term" in one["classes"]
    ]


def paragraph(text):
    return nodes.paragraph("", "", nodes.Text(text))


# Content


@BOTH
def test_every_term_has_one_sentence_of_meaning(language):
    end = {"zh": "。", "en": "."}[language]
    for one in glossary().values():
        if one.meaning is None:
            assert one.kpi in codes()
        else:
            said = one.meaning[language]
            assert said.endswith(end), one.id
            assert said.count(end) == 1, one.id
            assert 8 <= len(said) <= 200, one.id
            assert all(form.strip() for form in one.forms[language]), one.id


def test_no_two_terms_mean_the_same_and_no_meaning_repeats_its_term():
    for language in LANGUAGES:
        said = [one.meaning[language] for one in glossary().values() if one.meaning]
        assert len(said) == len(set(said))
    for one in entries():
        assert one.meaning.en.lower().rstrip(".") != one.name.en.lower()


def test_every_kpi_is_in_one_family():
    assert sorted(code for one in families() for code in one.codes) == sorted(codes())


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ({}, "goal"),
        ({"goal": {"zh": "意思。"}}, "goal.en"),
        ({"goal": {"zh": "意思。", "en": "Meaning.", "own": True}}, "goal.own"),
        ({"goal": {"zh": "意思。", "en": "Meaning.", "own_en": "yes"}}, "goal.own_en"),
        ({"goal": {"kpi": 3}}, "goal.kpi"),
    ],
)
def test_a_term_without_its_meaning_names_file_and_key(table, key):
    row = {"id": "goal", "zh": "目标", "en": "goal", "lesson": "n03"}
    with pytest.raises(ContentError, match=re.escape(f"definitions.toml, {key}")):
        library._term(row, TableReader("definitions.toml", table))


# Finding terms in running text


@pytest.mark.parametrize(
    ("text", "language", "lesson", "found"),
    [
        ("Root causes, and a root cause.", "en", "n05", [("Root causes", "root_cause")]),
        ("The net promoter score rose", "en", "n04", [("net promoter score", "NPS")]),
        ("first contact resolution (FCR)", "en", "n04", [("first contact resolution", "FCR")]),
        ("a goal-setting talk, goalless", "en", "n03", []),
        ("SL is not slow; SLOW is not SL", "en", "n04", [("SL", "SL")]),
        ("Simpson’s paradox", "en", "n04", [("Simpson’s paradox", "simpsons_paradox")]),
        ("These points weigh most", "en", "n03", []),
        ("Members collect points", "en", "n14", [("points", "points")]),
        (
            "目标管理从目标开始",
            "zh",
            "n03",
            [("目标管理", "management_by_objectives"), ("目标", "goal")],
        ),
        ("首次解决率与一次解决率", "zh", "n04", [("首次解决率", "FCR")]),
        ("相关部门", "zh", "n04", []),
        ("相关不等于因果", "zh", "n05", [("相关", "correlation")]),
        (
            "KPIs用SMART原则",
            "zh",
            "n03",
            [("KPIs", "key_performance_indicator"), ("SMART原则", "smart_criteria")],
        ),
    ],
)
def test_the_first_use_of_the_longest_term_is_linked(text, language, lesson, found):
    assert linked(paragraph(text), language, lesson) == found


def test_headings_links_and_code_are_left_alone():
    section = nodes.section("", nodes.title("", "The goal"), ids=["x"])
    section += nodes.paragraph("", "", nodes.reference("", "goal", refuri="x.html"))
    section += nodes.paragraph("", "", nodes.literal("", "goal"))
    section += nodes.literal_block("", "goal")
    section += nodes.raw("", "<p>goal</p>", format="html")
    section += nodes.container("", paragraph("goal"), classes=["cell"])
    assert linked(section) == []
    section += nodes.bullet_list("", nodes.list_item("", paragraph("a milestone and a goal")))
    assert linked(section) == [("milestone", "milestone"), ("goal", "goal")]


@given(
    st.lists(
        st.sampled_from(["目标", "goal ", "KPI", "客户", "x", "-", " ", "满意度", "s"]), max_size=12
    )
)
def test_what_is_found_stands_in_order_and_apart(parts):
    text = "".join(parts)
    for language in LANGUAGES:
        at = 0
        for begin, end, entry in finder_of(language, "n04").finds(text):
            assert at <= begin < end <= len(text)
            assert entry in entries()
            at = end


# The built pages


@BOTH
@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_links_each_term_once_and_to_an_entry(site, language, name):
    page = source(site, language, name)
    links = TERM.findall(page)
    assert len(links) >= 10
    assert len({href for href, _ in links}) == len(links)
    for href, text in links:
        file, _, anchor = href.partition("#")
        assert f'id="{anchor}"' in source(site, language, file.removesuffix(".html")), href
        assert "<" not in text, text
    for heading in re.findall(r"<h\d>.*?</h\d>", page):
        assert "cstrain-term" not in heading
    for block in re.findall(r'<div class="cstrain-exercise".*?</section></div>', page, re.DOTALL):
        assert "cstrain-term" not in block


def test_both_languages_share_the_addresses(site):
    terms = {one.term for one in entries() if one.term}
    assert len(terms) == len(glossary())
    for language in LANGUAGES:
        page = source(site, language, "glossary")
        assert set(re.findall(r'<div id="(term-\w+)"', page)) == terms
        cards = re.findall(
            r'<details class="cstrain-kpi" id="(\w+)"', source(site, language, "kpi")
        )
        assert sorted(cards) == sorted(codes())
        for href in re.findall(r'href="(kpi|glossary)\.html#([\w-]+)"', page):
            assert f'id="{href[1]}"' in source(site, language, href[0])


@BOTH
@pytest.mark.parametrize("name", ["glossary", "kpi"])
def test_the_pages_are_light(site, language, name):
    assert len(gzip.compress(source(site, language, name).encode())) <= MOST_GZIP / 4


@pytest.mark.browser
def test_a_term_opens_under_the_pointer_and_closes_with_escape(open_page):
    page = open_page("zh/n03_smart_goals.html")
    term = page.locator("a.cstrain-term[href='glossary.html#term-milestone']")
    term.scroll_into_view_if_needed()
    term.hover()
    box = page.locator(".cstrain-meaning")
    box.wait_for(state="visible")
    told = box.locator("[role=tooltip]")
    meaning = glossary()["milestone"]
    assert meaning.meaning.zh in told.text_content()
    assert told.locator("[lang]").text_content() == meaning.name.en
    assert term.get_attribute("aria-describedby") == told.get_attribute("id")
    box.hover()
    page.wait_for_timeout(400)
    assert box.is_visible()
    page.keyboard.press("Escape")
    assert box.is_hidden()
    assert term.get_attribute("aria-describedby") is None
    assert page.problems == []


@pytest.mark.browser
def test_a_term_opens_on_focus_and_enter_follows_it(open_page):
    page = open_page("en/n04_kpi.html")
    term = page.locator("a.cstrain-term[href='kpi.html#FCR']")
    term.evaluate("one => one.scrollIntoView({ block: 'center' })")
    page.keyboard.press("Tab")  # focus by keyboard from here on
    term.focus()
    box = page.locator(".cstrain-meaning")
    box.wait_for(state="visible")
    links = box.locator("a")
    assert [one.get_attribute("href") for one in links.all()] == [
        "kpi.html#FCR",
        "glossary.html#term-first_contact_resolution",
    ]
    page.keyboard.press("Enter")
    page.wait_for_url("**/kpi.html#FCR")
    assert page.locator("#FCR").evaluate("one => one.open")
    assert page.locator("#FCR table").is_visible()


@pytest.mark.browser
def test_a_tap_shows_the_meaning_and_a_link_leads_on(open_page):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = open_page("en/n06_fishbone.html", reduced_motion="reduce", **phone)
    box = page.locator(".cstrain-meaning")
    for term in (page.locator("a.cstrain-term").nth(at) for at in (0, 3, 9)):
        term.evaluate("one => one.scrollIntoView({ block: 'center' })")
        term.tap()
        box.wait_for(state="visible")
        place = box.bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert "n06_fishbone" in page.url
    term.tap()
    assert box.is_hidden()
    term.tap()
    box.locator("a").last.tap()
    page.wait_for_url("**/glossary.html#term-*")


@pytest.mark.browser
def test_without_scripts_terms_are_links_and_the_glossary_filters_by_lesson(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/zh/n03_smart_goals.html")
    page.locator("a.cstrain-term[href$='term-goal']").click()
    page.wait_for_url("**/zh/glossary.html#term-goal")
    assert page.locator("#term-goal").is_visible()
    page.locator("#show-n05").check(force=True)
    assert page.locator("#term-goal").is_hidden()
    assert page.locator("#term-root_cause").is_visible()
    assert page.locator(".cstrain-filter-word").is_hidden()
    page.goto(f"{address}/zh/kpi.html")
    page.locator("#FCR summary").click()
    assert page.locator("#FCR table").is_visible()
    context.close()


@pytest.mark.browser
def test_the_glossary_filters_by_a_word_in_either_language(open_page):
    page = open_page("en/glossary.html")
    for typed, seen, count in (
        ("鱼骨", "fishbone_diagram", 2),
        ("Ishikawa", "fishbone_diagram", 1),
        ("fcr", "first_contact_resolution", 1),
    ):
        page.fill("[name=word]", typed)
        assert page.locator(".cstrain-terms > div:visible").count() == count
        assert page.locator(f"#term-{seen}").is_visible()
    page.fill("[name=word]", "xylophone")
    assert page.locator(".cstrain-terms > div:visible").count() == 0
    assert page.locator(".cstrain-filter-told").text_content()
    page.evaluate("location.hash = '#term-goal'")
    page.wait_for_selector("#term-goal:visible")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "scheme", "path"),
    [
        ("zh", "light", "glossary.html"),
        ("en", "dark", "glossary.html"),
        ("en", "light", "kpi.html#FCR"),
        ("zh", "dark", "kpi.html#FCR"),
        ("zh", "dark", "search.html?q=KPI"),
    ],
)
def test_the_pages_have_no_serious_accessibility_fault(
    open_page, axe_source, language, path, scheme
):
    page = open_page(f"{language}/{path}", color_scheme=scheme)
    if "search" in path:
        page.wait_for_selector("ol.cstrain-found li")
    page.evaluate(axe_source)
    found = page.evaluate("async () => (await axe.run('.bd-article')).violations")
    serious = [one for one in found if one["impact"] in {"serious", "critical"}]
    assert [(one["id"], one["nodes"][0]["html"]) for one in serious] == []
    assert page.problems == []


@pytest.mark.browser
def test_an_open_term_has_no_serious_accessibility_fault(open_page, axe_source):
    page = open_page("en/n03_smart_goals.html", color_scheme="dark", reduced_motion="reduce")
    term = page.locator("a.cstrain-term").first
    term.hover()
    page.wait_for_selector(".cstrain-meaning:visible")
    page.evaluate(axe_source)
    found = page.evaluate("async () => (await axe.run('.cstrain-meaning')).violations")
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []
