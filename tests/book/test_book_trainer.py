"""The trainer's edition: what it adds, and that the learner's edition holds none of it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from urllib.parse import unquote, urlsplit

import pytest
from built_site import LANGUAGES, ROOT
from published import bare, found_in, published
from work_through import serious_violations

sys.path.insert(0, str(ROOT / "book"))

from builder.agendas import agenda_pages, teaching_page
from builder.answer_sheets import answer_sheet
from builder.extra_pages import TRAINER_PAGES
from builder.notes import all_notes, notes
from builder.one_build import Build
from builder.places import pages
from builder.put_print import put_print
from builder.put_slides import put_slides
from builder.self_study import self_study
from builder.slide_text import sentences, width
from builder.sphinx_run import build_pages
from builder.staging import Places, stage
from builder.teaching_file import agendas, clock
from builder.truths import truths_page

from cstrain.causes.effects import cause_tests, effect_of
from cstrain.datasets import CASES
from cstrain.library.course import course
from cstrain.library.lessons import lessons

NOTES = all_notes()
PLACES = Places(host="../host/x/", pyodide="../pyodide/")
OF_AN_AGENDA = ("what", "instead", "drop", "wrong")


def trainers_sentences():
    """Return every sentence that only trainers get, in both languages."""
    told = [text for note in NOTES for text in note.values()]
    for agenda in agendas():
        told += [agenda.lead.zh, agenda.lead.en, agenda.room.zh, agenda.room.en]
        for step in agenda.steps:
            texts = (getattr(step, name) for name in OF_AN_AGENDA)
            told += [one for text in texts if text for one in (text.zh, text.en)]
    return sorted({one for text in told for one in long_sentences(text)})


def long_sentences(text):
    """Return the sentences of a Markdown text, and of its tables' cells, that are no mere phrase."""
    cells = (cell for line in text.splitlines() for cell in line.split("|"))
    return [one for cell in cells for one in sentences(cell.strip()) if width(one) > 28]


WHOLE = "n05"  # the lesson that is read whole; of the others the title is enough


def trainers_pages(folder):
    """Stage what only trainers get, and of the lessons as much as the links need."""
    stage("zh", folder, PLACES, trainer=True)
    for one in lessons().values():
        path = folder / f"{one.page}.ipynb"
        made = json.loads(path.read_text(encoding="utf-8"))
        if one.id != WHOLE:
            titles = (cell for cell in made["cells"] if "".join(cell["source"]).startswith("# "))
            made["cells"] = [next(titles)]
            path.write_text(json.dumps(made), encoding="utf-8")
    root, *others = [*TRAINER_PAGES, "self_study", *(one.page for one in lessons().values())]
    toc = {"format": "jb-book", "root": root, "chapters": [{"file": one} for one in others]}
    (folder / "_toc.yml").write_text(json.dumps(toc), encoding="utf-8")


@pytest.fixture(scope="module")
def trainer_site(tmp_path_factory):
    """Build in one language what the edition adds, without PDFs; warnings are errors."""
    scratch = tmp_path_factory.mktemp("trainer")
    site = scratch / "site"
    site.mkdir()
    shutil.move(build_pages("zh", "zh-trainers-pages", trainers_pages, scratch), site / "zh")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSTRAIN_BROWSER", "no-browser-of-this-name")
        put_print(Build(site, scratch, PLACES, "trainer"))
    put_slides(Build(site, scratch, PLACES, "trainer"))
    return site


# ---- The learner's edition ----


def test_there_are_notes_in_both_languages_for_every_lesson():
    assert len(NOTES) >= len(lessons())
    assert all(note["zh"].strip() and note["en"].strip() for note in NOTES)
    assert len(trainers_sentences()) > 100


def test_the_learners_site_holds_no_sentence_for_trainers(site):
    assert found_in(site, trainers_sentences()) == []


def test_the_learners_site_has_no_page_of_the_trainers(site):
    for language in LANGUAGES:
        names = {one.name for one in (site / language).rglob("*.html")}
        assert names.isdisjoint({f"{one}.html" for one in TRAINER_PAGES})
        assert not [one for one in names if "answers" in one]
        assert not (site / language / "slides").exists()
        assert "self_study.html" in names


@pytest.mark.parametrize("how", ["page", "json", "archive"])
def test_a_sentence_that_slips_in_is_found(tmp_path, how):
    note = max(trainers_sentences(), key=len)
    if how == "page":
        half = len(note) // 2
        text = f"<p>{note[:half]}<em>{note[half:]}</em></p>".replace("'", "&#x27;")
        (tmp_path / "a.html").write_text(text, encoding="utf-8")
    elif how == "json":
        (tmp_path / "a.json").write_text(json.dumps({"text": note}), encoding="utf-8")
    else:
        with zipfile.ZipFile(tmp_path / "a.whl", "w") as packed:
            packed.writestr("cstrain/content/x.toml", f'zh = "{note}"')
    assert [one for _, one in found_in(tmp_path, [note])] == [note]


def test_what_is_published_is_really_read(site):
    names = [name for name, _ in published(site)]
    assert "zh/n05_five_whys.html" in names
    assert any("/engine/core.zip/cstrain/content/" in one for one in names)
    assert any(".whl/cstrain/content/" in one for one in names)
    assert any(one.startswith("lite/") and one.endswith(".ipynb") for one in names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_stored_notebooks_for_learners_hold_no_notes(language):
    folder = ROOT / "notebooks" / language
    wanted = [one for note in NOTES for one in long_sentences(note[language])]
    assert found_in(folder, wanted) == []
    solved = ROOT / "notebooks" / "solutions" / language
    assert {one for _, one in found_in(solved, wanted)} == set(wanted)


# ---- Assessment variants ----

EXAM = """
use = "assessment"
number = 9
"""
KEY = "zebra crossing number 7"
TRY = """
import sys, pathlib
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/book"]
from builder.engine_zip import write_engine
from builder.one_build import Build
from builder.places import pages
from builder.put_print import put_print
out = pathlib.Path(sys.argv[2])
write_engine(out / "learner" / "engine.zip")
for edition in sys.argv[3:]:
    put_print(Build(out / edition, out, None, edition))
"""


@pytest.fixture(scope="module")
def with_exam(tmp_path_factory):
    """Copy the sources with a variant for assessment in them; return copy and what it publishes."""
    copy = tmp_path_factory.mktemp("exam")
    for name in ("cstrain", "book", "datasets"):
        skip = shutil.ignore_patterns("__pycache__", "[A-C]", "cards", "recipes")
        shutil.copytree(ROOT / name, copy / name, ignore=skip)
    for case in CASES:
        shutil.copytree(ROOT / "datasets" / case, copy / "datasets" / case)
    folder = copy / "cstrain" / "content" / "exercises" / "n05"
    text = (folder / "blame_cycle.toml").read_text(encoding="utf-8")
    text = re.sub(r"^number = \d+\n", EXAM.lstrip(), text, flags=re.MULTILINE)
    note = re.search(r'^note = \{ zh = "([^"]*)"', text, re.MULTILINE)[1]
    (folder / "exam_cycle.toml").write_text(text.replace(note, f"{KEY} {note}"), encoding="utf-8")
    return copy


def published_by(copy, out, *editions):
    (out / "learner").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-c", TRY, str(copy), str(out), *editions],
        cwd=copy,
        env={"CSTRAIN_BROWSER": "none", "PATH": "", "PYTHONUTF8": "1", "HOME": str(out)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return out


def test_a_variant_for_assessment_is_for_trainers_only(with_exam, tmp_path):
    out = published_by(with_exam, tmp_path, "learner", "trainer")
    assert found_in(out / "learner", [KEY, "exam_cycle"]) == []
    for language in LANGUAGES:
        folder = out / "trainer" / language / "print"
        assert "n05-exam_cycle" in (folder / "n05-assessment.html").read_text(encoding="utf-8")
        key = (folder / "n05-assessment-answers.html").read_text(encoding="utf-8")
        assert (KEY in key) == (language == "zh")


def test_without_the_mark_the_same_file_would_be_published(with_exam, tmp_path):
    """The mark is what keeps it back: take it off, and the archive holds the key."""
    file = with_exam / "cstrain" / "content" / "exercises" / "n05" / "exam_cycle.toml"
    marked = file.read_text(encoding="utf-8")
    file.write_text(marked.replace('use = "assessment"\n', ""), encoding="utf-8")
    out = published_by(with_exam, tmp_path)
    file.write_text(marked, encoding="utf-8")
    assert {one for _, one in found_in(out / "learner", [KEY])} == {KEY}


def test_a_variant_in_the_list_of_a_lesson_is_refused(with_exam, tmp_path):
    file = with_exam / "cstrain" / "content" / "lessons.toml"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace('"blame_cycle",', '"blame_cycle", "exam_cycle",'), "utf-8")
    with pytest.raises(AssertionError, match=r"n05\.exercises: found .?n05/exam_cycle"):
        published_by(with_exam, tmp_path)
    file.write_text(before, encoding="utf-8")


# ---- What the trainer's edition adds ----


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_stand_in_a_box_at_their_place(tmp_path, language):
    stage(language, tmp_path / "learner", PLACES)
    stage(language, tmp_path / "trainer", PLACES, trainer=True)
    for lesson in lessons().values():
        name = f"{lesson.page}.ipynb"
        cells = json.loads((tmp_path / "trainer" / name).read_text(encoding="utf-8"))["cells"]
        boxed = [
            place for place, one in enumerate(cells) if "trainer" in one["metadata"].get("tags", ())
        ]
        assert boxed, name
        plain = json.loads((tmp_path / "learner" / name).read_text(encoding="utf-8"))["cells"]
        assert [one["id"] for one in plain] == [
            one["id"] for place, one in enumerate(cells) if place not in boxed
        ]
        for place in boxed:
            assert "".join(cells[place]["source"]).startswith("::::{admonition}")
            assert "activity" in cells[place - 1]["metadata"]["tags"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_sheet_has_the_answer_the_reasons_and_all_points(language):
    for lesson in lessons().values():
        for one in lesson.all_exercises():
            sheet = answer_sheet(one, lesson, language)
            shown = bare(sheet)
            for criterion in one.criteria:
                for text in (criterion.title, criterion.why, criterion.next):
                    assert bare(text[language].replace("`", "")) in shown, (one.id, criterion.key)
            assert bare(one.model.note[language]) in shown
            table = sheet.split('class="p-criteria"')[1].split("</table>")[0]
            points = re.findall(r"</th><td>([\d.]+)</td>", table)
            assert sum(map(float, points)) == pytest.approx(one.points), one.id


def test_agendas_add_up_and_a_fifth_can_be_saved():
    hours = {"agenda_half_day": [3.5], "agenda_one_day": [8], "agenda_two_days": [8.5, 8.5]}
    for agenda in agendas():
        days = [sum(one.minutes for one in steps) / 60 for _, steps in agenda.days]
        assert days == hours[agenda.page]
        work = [one for one in agenda.steps if one.short is not None]
        assert sum(one.short for one in work) <= 0.8 * sum(one.minutes for one in work)
        assert all(one.drop for one in work)
        assert not [one for one in agenda.steps if one.short is None and (one.lesson or one.what)]


def test_a_clock():
    assert clock("13:45", 75) == "15:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agenda_links_what_is_there_and_says_what_to_do_without(language):
    for name, make in agenda_pages().items():
        text = make(language)
        agenda = next(one for one in agendas() if one.page == name)
        for step in agenda.steps:
            if step.lesson and step.lesson.lesson:
                assert f"]({step.lesson.lesson.page}.ipynb)" in text
            elif step.lesson:
                assert step.instead[language] in text
            if step.wrong:
                assert step.wrong[language] in text
        told = bare(text)
        assert told.count("、" if language == "en" else ",") == 0  # each language's own marks


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plan_of_six_weeks_has_every_lesson_once(language):
    table = self_study(language).split("##")[0]
    for one in course():
        assert table.count(f"{one.label} {one.title[language]}") == 1
    assert "33.5" in table


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_truth_names_every_cause_with_its_verdict(language):
    text = truths_page(language)
    assert text.count("<svg") == len(CASES)
    for case in CASES:
        for test in cause_tests(case, language):
            row = next(
                one for one in text.splitlines() if f"| {test['factor']} {test['name']}" in one
            )
            found = effect_of(case, test["factor"])
            assert found.test.why[language] in row
            assert f"{found.deciding.estimate:.2f}" in row


def test_the_first_page_lists_every_lesson():
    text = teaching_page("en")
    assert all(one.label in text for one in course())
    assert text.count("-answers.") == len(lessons())
    assert "(self_study.md)" in text


HREF = re.compile(r'(?:href|src)="([^"]+)"')


# Not built here, or of both editions.
ELSEWHERE = ("../host/", "../en/", "../lite/", "glossary.html", "kpi.html")
MAIN = re.compile(r"<main.*</main>", re.DOTALL)


@pytest.mark.slow
def test_every_link_of_the_trainers_pages_leads_somewhere(trainer_site):
    folder, missing = trainer_site / "zh", []
    made = [folder / f"{one}.html" for one in (*TRAINER_PAGES, "self_study")]
    made += [*(folder / "print").glob("*.html"), *(folder / "slides").glob("*.html")]
    made += [folder / f"{one.page}.html" for one in lessons().values()]
    for page in made:
        for href in HREF.findall(MAIN.search(page.read_text(encoding="utf-8"))[0]):
            about = urlsplit(href)
            assert (about.scheme in {"", "data"}, about.netloc) == (True, ""), (page.name, href)
            if about.scheme or not about.path or href.startswith(ELSEWHERE):
                continue
            target = page.parent / unquote(about.path)
            found = target.is_file() or about.path.endswith(".pdf")
            if found and about.fragment.startswith(f"{WHOLE}-"):
                found = f'id="{about.fragment}"' in target.read_text(encoding="utf-8")
            missing += [] if found else [(page.name, href)]
    assert missing == []


@pytest.mark.slow
def test_the_trainers_edition_says_what_the_learners_does_not(trainer_site):
    whole = next(one for one in pages() if one.lesson == WHOLE)
    texts = [text for note in notes(whole) for text in long_sentences(note["zh"])]
    for agenda in agendas():
        told = [getattr(step, name) for step in agenda.steps for name in ("what", "drop", "wrong")]
        texts += [one for text in told if text for one in long_sentences(text.zh)]
    assert {one for _, one in found_in(trainer_site, texts)} == set(texts)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("name", ["agenda_two_days", "teaching", "case_truths"])
def test_trainers_pages_are_accessible_also_on_a_phone(trainer_site, browser, axe_source, name):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto((trainer_site / "zh" / f"{name}.html").as_uri())
    assert serious_violations(page, axe_source) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
