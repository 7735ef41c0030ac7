"""The queue laboratory in JupyterLab: by keyboard, typed, simulated, on a phone, no hard barrier."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from pathlib import Path

import pytest
from playwright import sync_api
from work_through import no_errors_of_ours

from cstrain.language import LANGUAGES
from cstrain.library.words import words

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from test_lab import Running

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Return a running JupyterLab with a notebook of the laboratory in either language."""
    folder = tmp_path_factory.mktemp("queue") / "book"
    running = Running(folder, "--language", "en")
    for language in LANGUAGES:
        code = f'from cstrain import queue_lab\n\nqueue_lab("{language}")'
        cell = {"cell_type": "code", "source": code, "outputs": [], "execution_count": None}
        made = {"cells": [{**cell, "id": "a", "metadata": {}}], "nbformat": 4, "nbformat_minor": 5}
        made["metadata"] = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        (folder / language / "queue.ipynb").write_text(json.dumps(made), encoding="utf-8")
    running.get("/api/status")
    yield running
    running.process.terminate()
    running.process.communicate(timeout=60)


def open_lab(page, lab, language):
    page.goto(
        f"http://127.0.0.1:{lab.port}/lab/tree/{language}/queue.ipynb?token={lab.token}&reset"
    )
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for(timeout=60_000)
    idle = page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')
    idle.wait_for(state="attached", timeout=60_000)
    if page.viewport_size["width"] < 600:
        page.keyboard.press("Control+B")  # JupyterLab's side bar leaves a phone no room
    started = page.locator(".jp-InputPrompt", has_text=re.compile(r"\[[*\d]"))
    for _ in range(10):  # a kernel that is not connected yet drops the first ones
        page.locator(".jp-Cell").first.click()
        page.keyboard.press("Control+Enter")
        with contextlib.suppress(sync_api.TimeoutError):
            started.first.wait_for(timeout=5000)
            break
    page.locator(".cstrain-lab img").wait_for(state="attached", timeout=60_000)


def violations(page, axe):
    page.evaluate(axe)
    return page.evaluate(
        """axe.run(".cstrain-lab").then((found) => found.violations.map(
             (one) => [one.id, one.impact, one.nodes.map((node) => node.html)]))"""
    )


def verdict(page, words_in_it):
    page.locator(".queue-verdict", has_text=words_in_it).wait_for()


def test_by_keyboard_and_typed(page, lab, axe_source):
    with no_errors_of_ours(page):
        open_lab(page, lab, "en")
        verdict(page, "26 agents keep the target")
        page.locator(".queue-notes", has_text="Simulated 10 times").wait_for()
        page.get_by_role("slider", name="Agents at work").focus()
        for _ in range(6):
            page.keyboard.press("ArrowLeft")
        verdict(page, "22 erlang of work for 20 agents")
        page.locator('.cstrain-lab img[alt^="22 erlang of work, 20 agents"]').wait_for()
        page.get_by_role("button", name="Simulate").press("Enter")
        page.locator(".queue-notes", has_text="Simulated 10 times").wait_for()
        typed = page.get_by_role("textbox", name="Agents at work")
        typed.click()
        page.keyboard.press("Control+A")
        page.keyboard.type("30")
        page.keyboard.press("Tab")
        verdict(page, "30 agents keep the target")
        assert page.evaluate("document.activeElement.type") == "checkbox"  # the next control
        page.keyboard.press("Space")
        page.get_by_text("same as C").wait_for()
        assert violations(page, axe_source) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_a_phone(browser, lab, language):
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(30_000)
    open_lab(page, lab, language)
    page.locator(".queue-notes", has_text=words("queue_words", language)["note_level"]).wait_for()
    box = page.evaluate(
        """[...document.querySelectorAll(".cstrain-lab, .cstrain-queue > div")].map(
             (one) => [one.scrollWidth, one.clientWidth])"""
    )
    assert box
    assert all(needed <= there for needed, there in box), box
    context.close()
