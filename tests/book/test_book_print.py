"""Worksheets and answer sheets: what stands on them, and the PDFs that are printed of them."""

from __future__ import annotations

import re
import sys

import pypdf
import pytest
from built_site import LANGUAGES, ROOT
from published import bare
from work_through import serious_violations

sys.path.insert(0, str(ROOT / "book"))

from builder import pdf_cache, print_page
from builder.failures import BookError
from builder.one_build import Build
from builder.pdf_cache import print_all
from builder.print_page import Printed, checked_address
from builder.put_print import put_print
from builder.sheets import worksheet, worksheets

from cstrain.commands.printing import FIXED_TIME
from cstrain.datasets import rows, table
from cstrain.drawing.view import exercise_view
from cstrain.language import HTML_LANG
from cstrain.library.exercises import exercise
from cstrain.library.lessons import lesson, lessons
from cstrain.library.words import words

BOTH = [(one, language) for one in lessons() for language in LANGUAGES]
A4 = {(595, 842), (842, 595)}  # points, upright and sideways


def sheets_of(html):
    """Return the ids of the sheets of a page, in order."""
    return re.findall(r'<section class="p-sheet" id="([^"]+)"', html)


def labels_of(view):
    """Return what somebody who fills the sheet in must be able to read, as bare text."""
    fields = view["fields"]
    wanted = [one["label"] for one in fields]
    for key in ("options", "cards", "items", "left", "right", "groups", "columns", "rows"):
        wanted += [each["label"] for one in fields for each in one.get(key) or ()]
    for one in fields:
        wanted += [each["label"] for each in one.get("questions", ())]
        wanted += [each["label"] for part in one.get("sections", ()) for each in part["fields"]]
        inner = one.get("columns") or ()
        wanted += [each["label"] for column in inner for each in column.get("options", ())]
    return [bare(one) for one in wanted]


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_every_exercise_has_its_sheet_with_all_that_is_asked(name, language):
    about = lesson(name)
    page = worksheets(about, language, Printed())
    assert sheets_of(page) == [one.replace("/", "-") for one in about.exercises]
    assert f'lang="{HTML_LANG[language]}"' in page
    parts = page.split('<section class="p-sheet"')[1:]
    said = words("print_words", language)
    for each, html in zip(about.all_exercises(), parts, strict=True):
        view, text = exercise_view(each, language), bare(html)
        assert [one for one in labels_of(view) if one not in text] == []
        assert bare(view["task"]) in text
        assert not view["situation"] or bare(view["situation"]) in text
        assert all(f'p-blank">{said[key]}<' in html for key in ("name", "class", "date"))
        assert bare(each.model.note[language]) not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_to_cut_out_are_those_of_the_exercises(language):
    page = worksheets(lesson("n05"), language, Printed())
    cards = [bare(one) for one in re.findall(r'<li class="p-card-\w+">(.*?)</li>', page)]
    view = exercise_view("n05/fact_or_blame", language)["fields"][0]
    for one in (*view["cards"], *view["groups"]):
        assert bare(one["label"]) in cards
    decks = exercise_view("n05/five_whys_case", language)["fields"][1]["decks"]
    assert set(decks) == {"A", "B", "C"}
    for deck in decks.values():
        assert len(deck) == 24
        assert all(bare(f"{one['key']}  {one['label']}") in cards for one in deck)


@pytest.mark.parametrize(
    ("name", "shape"), [("n05", "p-tall"), ("n06", "p-wide"), ("n06", "p-tall")]
)
def test_a_blank_form_fills_a_page(name, shape):
    page = worksheets(lesson(name), "en", Printed())
    (form,) = re.findall(rf'<section class="p-blank-form {shape}">(.*?)</section>', page)
    names = [
        one["label"]
        for one in exercise_view("n06/case_fishbone", "en")["fields"][1]["schemes"][0]["bones"]
    ]
    expected = names if shape == "p-wide" else [str(one) for one in range(1, 7)]
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", form)
    assert [one for one in expected if one not in texts] == []


def test_a_sheet_brings_its_data_unless_the_task_tells_them():
    said = words("print_words", "en")
    about = lesson("n04")
    html = {one.id: worksheet(one, about, "en", Printed()) for one in about.all_exercises()}
    assert 'class="p-data"' in html["n04/clean_tickets"]
    assert 'class="p-data"' not in html["n04/interval_kpis"]  # its table stands in the task
    tree = worksheet(exercise("n03/check_goal_tree"), lesson("n03"), "en", Printed())
    assert all(f"<td>{one['goal_id']}</td>" in tree for one in rows("goal_tree"))
    assert not [one for one in rows("goal_tree_hidden") if f"<td>{one['goal_id']}</td>" in tree]
    assert all(one.meaning["en"] in tree for one in table("goal_tree").columns)
    assert said["data_on_page"] in html["n04/case_kpi_table"]


def test_a_code_leads_to_the_exercise_on_the_web():
    segno = pytest.importorskip("segno", reason="segno is not installed")
    about = lesson("n05")
    url = "https://example.org/book/zh/n05_five_whys.html#n05-blame_cycle"
    html = worksheet(exercise("n05/blame_cycle"), about, "zh", Printed("https://example.org/book/"))
    assert f'aria-label="{url}"' in html
    drawn = re.search(r'd="([^"]+)"', html.split("p-qr")[1])[1]
    other = worksheet(exercise("n05/blame_cycle"), about, "zh", Printed("https://example.net/"))
    assert drawn not in other
    assert drawn in segno.make(url, error="m", micro=False).svg_inline(
        scale=2, border=0, omitsize=True
    )


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "https://a b", ""])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(BookError, match="begins with https"):
        checked_address(address)


def test_without_segno_an_address_is_answered_with_the_way_out(monkeypatch):
    monkeypatch.setattr(print_page.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(BookError, match="pip install segno"):
        checked_address("https://example.org/")


def test_without_a_browser_there_are_pages_only_and_one_sentence(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("CSTRAIN_BROWSER", "no-browser-of-this-name")
    put_print(Build(tmp_path, tmp_path, None, "learner"))
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    assert "CSTRAIN_BROWSER" in said
    made = {one.relative_to(tmp_path).as_posix() for one in tmp_path.rglob("*.*")}
    assert made == {f"{language}/print/{one}.html" for one in lessons() for language in LANGUAGES}
    assert ".pdf" not in (tmp_path / "en" / "print" / "n05.html").read_text(encoding="utf-8")


# ---- The PDFs of the book ----


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Return a page to print that takes little time."""
    page = tmp_path_factory.mktemp("small") / "small.html"
    html = worksheets(lesson("n05"), "en", Printed())
    head, _, rest = html.partition('<section class="p-sheet"')
    sheet = rest.split("</section>")[0]
    page.write_text(f'{head}<section class="p-sheet"{sheet}</section></main>', encoding="utf-8")
    return page


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Let the cache be an empty folder of this test."""
    monkeypatch.setattr(pdf_cache.platformdirs, "user_cache_path", lambda _: tmp_path / "cache")
    return tmp_path / "cache" / "print"


@pytest.mark.usefixtures("browser_path")
def test_what_was_printed_is_printed_again_only_when_it_changed(small, cache, tmp_path):
    first, again = tmp_path / "1.pdf", tmp_path / "2.pdf"
    print_all([(small, first)])
    (kept,) = cache.iterdir()
    kept.write_bytes(b"%PDF-from-the-cache")
    print_all([(small, again)])
    assert again.read_bytes() == b"%PDF-from-the-cache"
    kept.unlink()
    print_all([(small, again)])
    assert again.read_bytes() == first.read_bytes()  # made anew, and the same byte for byte
    changed = tmp_path / "changed.html"
    changed.write_text(small.read_text(encoding="utf-8").replace("Worksheet", "Sheet"), "utf-8")
    print_all([(changed, again)])
    assert again.read_bytes() != first.read_bytes()
    assert len(list(cache.iterdir())) == 2


@pytest.mark.usefixtures("browser_path")
def test_the_lessons_page_leads_to_the_sheets(site):
    for name, language in BOTH:
        html = (site / language / f"{lesson(name).page}.html").read_text(encoding="utf-8")
        assert f'href="print/{name}.html"' in html
        assert f'href="print/{name}.pdf"' in html
        assert "-answers" not in html
        page = (site / language / "print" / f"{name}.html").read_text(encoding="utf-8")
        assert f'href="{name}.pdf"' in page
        assert f'href="../{lesson(name).page}.html"' in page


@pytest.mark.usefixtures("browser_path")
@pytest.mark.parametrize(("name", "language"), BOTH)
def test_the_pdf_of_a_lesson(site, name, language):
    path = site / language / "print" / f"{name}.pdf"
    raw, pdf = path.read_bytes(), pypdf.PdfReader(path)
    root = pdf.trailer["/Root"]
    assert {tuple(round(one) for one in page.mediabox[2:]) for page in pdf.pages} <= A4
    assert lesson(name).title[language] in pdf.metadata.title
    assert root["/Lang"] == HTML_LANG[language]
    assert root["/MarkInfo"]["/Marked"]
    assert set(re.findall(rb"Date \(([^)]*)\)", raw)) == {FIXED_TIME}
    assert str(ROOT).encode() not in raw
    assert b"file://" not in raw


@pytest.mark.usefixtures("browser_path")
@pytest.mark.parametrize(("name", "language"), [("n05", "zh"), ("n05", "en")])
def test_pages_are_numbered_and_no_title_stands_alone(site, name, language):
    pdf = pypdf.PdfReader(site / language / "print" / f"{name}.pdf")
    texts = [bare(page.extract_text()) for page in pdf.pages[:9]]  # the sheets; cards follow
    said = words("print_words", language)
    for place, text in enumerate(texts, start=1):
        assert text.startswith(f"{place}/{len(pdf.pages)}")
        assert len(text) > 80, text  # no page for a line that did not fit
    html = bare((site / language / "print" / f"{name}.html").read_text(encoding="utf-8"))
    assert set("".join(texts)) - set(html) <= set("0123456789/")  # what is copied, is what stands
    for one in lesson(name).all_exercises():
        points = said["points"].format(points=f"{one.points:g}")
        below = bare(f"{points} · {said['minutes'].format(minutes=one.minutes)}")
        (page,) = [text for text in texts if f"Q{one.number}" in text and below in text]
        assert len(page.split(below)[1]) > 60, one.id  # the task begins on the title's page


def titles_of(view):
    """Return the titles below which something must stand on the same page."""
    found = []
    for one in view["fields"]:
        # A line to write on has no text of its own.
        found += [one["label"]] if one["shape"] not in {"text", "number"} else []
        found += [each["label"] for key in ("parts", "questions") for each in one.get(key) or ()]
        found += [each["title"] for each in one.get("sections", ())]
    return tuple(bare(one) for one in found)


@pytest.mark.usefixtures("browser_path")
@pytest.mark.parametrize(("name", "language"), [("n04", "en"), ("n06", "en")])
def test_every_page_of_a_sheet_says_whose_it_is_and_ends_below_a_title(site, name, language):
    pdf = pypdf.PdfReader(site / language / "print" / f"{name}.pdf")
    seen = set()
    for page in pdf.pages:
        text = bare(page.extract_text())
        foot = re.search(
            rf"cstrain·{bare(f'N0{name[-1]} {lesson(name).title[language]}')}·Q(\d)", text
        )
        if foot is None:
            continue  # cards and blank forms
        exercise_of_page = lesson(name).all_exercises()[int(foot[1]) - 1]
        seen.add(exercise_of_page.number)
        assert not text.endswith(titles_of(exercise_view(exercise_of_page, language))), text[-60:]
    assert seen == set(range(1, len(lesson(name).exercises) + 1))


@pytest.mark.browser
@pytest.mark.parametrize("path", ["zh/print/n06.html", "en/print/n04.html"])
def test_a_page_to_print_works_on_a_phone_too(open_page, axe_source, path):
    page = open_page(path, viewport={"width": 390, "height": 844})
    assert serious_violations(page, axe_source) == []
    assert page.problems == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.browser
def test_no_text_is_cut_off_on_paper(open_page):
    page = open_page("en/print/n04.html", viewport={"width": 680, "height": 900})
    page.emulate_media(media="print")  # 680 pixels are the 180 mm between the margins
    cut = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(one => one.checkVisibility()"
        " && one.getBoundingClientRect().right > 682).map(one => one.outerHTML.slice(0, 80))"
    )
    assert cut == []
