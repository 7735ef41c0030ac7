"""The whole notebook in the browser, as a reader gets there from a lesson's page."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from built_site import ROOT
from learner import Learner

from cstrain.language import LANGUAGES
from cstrain.library.exercises import exercise
from cstrain.library.words import words

sys.path.insert(0, str(ROOT / "book"))

from builder import wheels as fetching
from builder.cells import code_cell, new_notebook, read_notebook
from builder.lite import is_full
from builder.lite_cells import for_browser
from builder.plain_python import COMPILED, runs
from builder.wheels import WheelsError, wheels

SECONDS = 60_000
MENU = {"zh": ("运行", "运行所有单元格"), "en": ("Run", "Run All Cells")}
ASKED = "n03/match_stories"


def run_all(page, language):
    menu, item = MENU[language]
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=SECONDS)
    page.get_by_role("menuitem", name=menu, exact=True).first.click()
    page.locator(".lm-Menu-itemLabel:visible").filter(has_text=item).first.click()
    page.locator(".cstrain-live").last.wait_for(state="attached", timeout=SECONDS)
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for(timeout=SECONDS)


def test_a_lesson_opens_as_a_notebook_and_its_record_goes_back_to_the_page(
    open_page, address, tmp_path
):
    page = open_page("en/n03_smart_goals.html", service_workers="allow")
    link = page.get_by_role("link", name=words("lite_words", "en")["open"])
    said = page.locator("#open-notebook-about").inner_text()
    assert "pandas" in said
    with page.context.expect_page() as opened:
        link.click()
    book, asked = opened.value, []
    page.context.on("request", lambda one: asked.append(one.url))
    run_all(book, "en")
    assert book.locator('.jp-Notebook [data-mime-type$="stderr"], .jp-RenderedError').count() == 0

    at_work = Learner(book, ASKED, "en")
    model = exercise(ASKED).model.answers["en"]
    at_work.fill({"stories": {**model["stories"], "alice": "M", "chadwick": "S"}})
    at_work.check()
    wrong = at_work.points()
    at_work.fill(model)
    at_work.check()
    assert (wrong < 5, at_work.points()) == (True, 5)

    book.reload()
    run_all(book, "en")
    record = book.locator(".cstrain-live").last
    assert "5 of 100" in record.inner_text()
    with book.expect_download() as got:
        record.get_by_role("button", name="Export the record").click()
    got.value.save_as(tmp_path / "record.json")
    assert len(json.loads((tmp_path / "record.json").read_text("utf-8"))["attempts"]) >= 2

    mine = page.locator(".cstrain-record")
    mine.locator("input[type=file]").set_input_files(tmp_path / "record.json")
    page.wait_for_function(
        "() => document.querySelector('.cstrain-record').innerText.includes('5 of 100')",
        timeout=SECONDS,
    )
    ours = (address, "data:", "blob:", "attachment:", address.replace("http", "ws"))
    assert [one for one in asked if not one.startswith(ours)] == []


def test_in_chinese_the_menus_are_chinese_and_nothing_fails(open_page):
    page = open_page(
        "lite/notebooks-zh/index.html?path=zh/n05_five_whys.ipynb", service_workers="allow"
    )
    run_all(page, "zh")
    assert page.locator(".cstrain-live").count() == 7
    assert page.locator('.jp-Notebook [data-mime-type$="stderr"], .jp-RenderedError').count() == 0
    assert words("lite_words", "zh")["as_stored"] in page.locator(".jp-Notebook").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_pandas_every_result_is_there_all_the_same(site, language):
    for file in sorted((site / "lite" / "files" / language).glob("n0*.ipynb")):
        made = read_notebook(file)
        stored = read_notebook(ROOT / "notebooks" / language / file.name)
        code = [one for one in made.cells if one.cell_type == "code"]
        shown = [one for one in stored.cells if one.cell_type == "code" and one.outputs]
        as_stored = [one for one in made.cells if one.id.endswith("-as-stored")]
        assert len([one for one in code if one.outputs]) + len(as_stored) == len(shown)
        pictures = [one for one in as_stored if one.get("attachments")]
        assert all(
            f"(attachment:{name})" in one.source for one in pictures for name in one.attachments
        )
        assert not [one for one in code if "import pandas" in one.source]


def test_what_stands_on_a_missing_value_does_not_run_either():
    cells = ["import no_such_module", "x = 1\ny = no_such_module.z", "y + x", "x"]
    assert runs(cells) == [[False], [True, False], [False], [True]]


def test_a_notebook_with_everything_installed_stays_as_it_is():
    stored = read_notebook(ROOT / "notebooks" / "en" / "n05_five_whys.ipynb")
    made = for_browser(stored, "en", full=True)
    assert [one.source for one in made.cells[1:]] == [one.source for one in stored.cells]


def test_a_cell_keeps_what_later_cells_stand_on():
    made = new_notebook()
    first = code_cell("import pandas as pd\nx = 2\npd.Series([x])")
    first.outputs = [{"output_type": "execute_result", "data": {"text/plain": "2"}}]
    made.cells = [first, code_cell("x + 1")]
    sources = [one.source for one in for_browser(made, "en", full=False).cells[1:]]
    assert sources[0] == "x = 2"
    assert sources[-1] == "x + 1"


def test_the_list_of_packages_holds_what_the_notebooks_import(site):
    lock = json.loads((site / "lite" / "packages" / "pyodide-lock.json").read_text("utf-8"))
    packages = lock["packages"]
    folder = site / "lite" / "packages"
    assert all((folder / one["file_name"]).is_file() for one in packages.values())
    assert all(need in packages for one in packages.values() for need in one["depends"])
    assert {"cstrain", "anywidget", "ipywidgets", "ipython"} <= {*packages}
    assert not {*COMPILED} & {*packages}


def test_a_distribution_is_full_when_its_wheels_are_there(tmp_path):
    names = {name: {"file_name": f"{name}.whl"} for name in COMPILED}
    lock = tmp_path / "pyodide-lock.json"
    lock.write_text(json.dumps({"packages": names}), encoding="utf-8")
    assert not is_full(str(tmp_path))
    for name in COMPILED:
        (tmp_path / f"{name}.whl").touch()
    assert is_full(str(tmp_path))
    lock.write_text("{", encoding="utf-8")
    assert not is_full(str(tmp_path))
    assert not is_full(None)


def test_without_a_network_the_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(fetching.platformdirs, "user_cache_path", lambda _: tmp_path)
    monkeypatch.setattr(fetching.sys, "executable", "/nowhere/python")
    with pytest.raises(WheelsError, match="--no-lite"):
        wheels()
    assert not (tmp_path / "wheels").exists()


def test_no_wheel_of_the_list_is_taken_unverified():
    text = Path(fetching._LIST).read_text(encoding="utf-8")
    pins = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert len(pins) == len(fetching._PIN.findall(text)) == len(wheels())
