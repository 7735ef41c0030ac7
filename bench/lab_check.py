"""From click to feedback in JupyterLab.

Run it with: python bench/lab_check.py (needs requirements-test.txt and a Chromium)

A real server, a real kernel: the lesson's notebook is run once, then an exercise is checked 15
times with changing answers. The kernel's own share is timed beside it, without the browser.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from cstrain.checking import check
from cstrain.library.exercises import exercise

_FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_RUNS: Final = 15


def started(folder: Path) -> tuple[subprocess.Popen[str], str, str]:
    """Start `cstrain lab` and return the process, its address and its token."""
    command = [sys.executable, "-m", "cstrain.cli", "lab", "--no-browser", "--language", "zh"]
    environment = {**os.environ, "CSTRAIN_ANSWERS": str(folder / "answers")}
    process = subprocess.Popen(
        [*command, "--folder", str(folder / "book")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env=environment,
    )
    line = process.stdout.readline() if process.stdout else ""
    found = re.search(r"(http://[\d.]+:\d+)/\S+token=(\w+)", line)
    if not found:
        raise SystemExit(f"the server did not start: {line}")
    with urllib.request.urlopen(f"{found[1]}/api", timeout=30):  # noqa: S310 - our own server
        return process, found[1], found[2]


def click_to_feedback(page: Page, letter: str) -> float:
    """Choose a letter in the last exercise, press Check, return the seconds to the verdict."""
    frame = page.locator(".cstrain-live", has=page.locator(".c-match")).first
    frame.locator("select").first.select_option(letter)
    frame.locator(".c-verdict").evaluate("one => one.replaceChildren()")
    start = time.perf_counter()
    frame.locator("button.c-primary").click()
    frame.locator(".c-verdict-line").wait_for()
    return time.perf_counter() - start


def main() -> None:
    """Print the figures."""
    folder = Path(tempfile.mkdtemp())
    process, address, token = started(folder)
    path = shutil.which("chromium") or shutil.which("google-chrome") or "chrome"
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=path, args=_FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(f"{address}/lab/tree/zh/n03_smart_goals.ipynb?token={token}&reset")
            page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
            page.locator('[data-command="notebook:restart-run-all"]').first.click()
            page.locator(".jp-Dialog .jp-mod-accept").click()
            page.locator(".cstrain-live .c-match").first.wait_for(timeout=60_000)
            times = [click_to_feedback(page, "SMART"[run % 5]) for run in range(_RUNS)]
            browser.close()
    finally:
        process.terminate()
        process.wait(30)
    answers = [one.answer for one in exercise("n03/match_stories").samples] * 20
    start = time.perf_counter()
    for answer in answers:
        check("n03/match_stories", answer)
    alone = (time.perf_counter() - start) / len(answers)
    print(f"click to feedback, median of {_RUNS}  {statistics.median(times):.3f} s")
    print(f"click to feedback, slowest       {max(times):.3f} s")
    print(f"the checker's own share          {alone * 1000:.2f} ms")


if __name__ == "__main__":
    main()
