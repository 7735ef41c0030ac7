"""Every lesson in JupyterLab: done wrong and right, closed, reopened, exported, imported."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

import pytest
from learner import Learner
from playwright.sync_api import TimeoutError  # noqa: A004 - Playwright's own
from work_through import (
    no_errors_of_ours,
    serious_violations,
    values_of_all,
    wait_for_values,
    work_through,
)

from cstrain.library.lessons import lesson

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from test_lab import Running

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def lab(tmp_path):
    """Return a starter of `cstrain lab`; every one shares the answers of this test."""
    started = []

    def start(language):
        folder = tmp_path / f"book{len(started)}"
        started.append(Running(folder, "--language", language))
        return started[-1]

    yield start
    for one in started:
        one.process.terminate()
        one.process.communicate(timeout=60)


def open_lesson(page, lab, language, about):
    """Open the lesson's notebook and run all of it, as the start page says."""
    address = f"http://127.0.0.1:{lab.port}/lab/tree/{language}/{about.page}.ipynb"
    lab.get("/api/status")  # the address is told a moment before the server answers
    page.goto(f"{address}?token={lab.token}&reset")
    run_all(page, lab)


def run_all(page, lab):
    """Press the toolbar's run-all and confirm, as the start page says.

    The page says "idle" before it has its kernel, and a press in between does nothing; whoever
    sees no form presses once more.
    """
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for(timeout=60_000)
    wait_for_kernel(page, lab)
    for seconds in (60, 120):
        page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for(timeout=60_000)
        page.locator('[data-command="notebook:restart-run-all"]').first.click()
        page.locator(".jp-Dialog .jp-mod-accept").click()
        with contextlib.suppress(TimeoutError):
            page.locator(".cstrain-live").first.wait_for(state="attached", timeout=seconds * 1000)
            return
    pytest.fail("no form after the notebook was run twice")


def wait_for_kernel(page, lab):
    """Wait until the server has an idle kernel for the page, and the page a moment to hear of it."""
    for _ in range(240):
        kernels = [one["kernel"] for one in json.loads(lab.get("/api/sessions")[1])]
        if kernels and all(one["execution_state"] == "idle" for one in kernels):
            break
        page.wait_for_timeout(250)
    page.wait_for_timeout(1000)


# Every lesson is walked in both languages: in one here, in the other in the book.
@pytest.mark.parametrize(
    ("language", "lesson_id"), [("zh", "n03"), ("en", "n04"), ("en", "n05"), ("zh", "n06")]
)
def test_lesson_in_jupyterlab(page, lab, language, lesson_id, axe_source):
    about, running = lesson(lesson_id), lab(language)
    with no_errors_of_ours(page):
        open_lesson(page, running, language, about)
        work_through(page, language, about.exercises)
        record = page.locator(".cstrain-live").last
        record.scroll_into_view_if_needed()
        assert "100" in record.locator(".c-total").inner_text()
        assert serious_violations(page, axe_source) == []
    values = values_of_all(page, language, about.exercises)
    page.close()
    reopened = page.context.new_page()
    open_lesson(reopened, running, language, about)
    wait_for_values(reopened, language, values)
    first = Learner(reopened, about.exercises[0], language)
    assert first.root.locator(".c-verdict.c-of-passed").count() == 1
    with reopened.expect_download() as download:
        record = reopened.locator(".cstrain-live:has(.c-total)").last
        record.wait_for(state="attached", timeout=60_000)
        record.scroll_into_view_if_needed()
        record.locator(".c-exchange button").click()
    record.locator(".c-carry button").first.click()  # the learner's report, from the same record
    record.locator(".c-carry a[download]").wait_for(timeout=60_000)
    exported = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert exported["schema"] == "cstrain.record"
    assert {one["exercise"] for one in exported["attempts"]} == set(about.exercises)
