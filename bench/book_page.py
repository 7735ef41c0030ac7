"""The live page of the book: build time, page weight, first and later checks.

Run it with: python bench/book_page.py (needs requirements-test.txt and a Chromium)

The book is built into a scratch folder and served on this machine. The first check is timed from
the click on a fresh browser profile, worker and Pyodide included; the yardstick beside it is
Pyodide alone, started in an empty worker on the same machine in the same run.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

ROOT: Final = Path(__file__).resolve().parent.parent
_FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_BARE: Final = """async (where) => {
  const source = `import("${where}pyodide.mjs").then(async ({ loadPyodide }) => {
    await loadPyodide({ indexURL: "${where}" }); postMessage("ready"); })`;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const start = performance.now();
  await new Promise((done) => { new Worker(url, { type: "module" }).onmessage = done; });
  return (performance.now() - start) / 1000;
}"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the figures are what is printed."""


def serve(folder: Path) -> str:
    """Serve the folder on this machine and return its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def click_to_verdict(page: Page, letter: str) -> float:
    """Choose a letter in the last exercise, press Check, return the seconds to the verdict."""
    frame = page.locator("#n03-match_stories .cstrain-live")
    frame.locator("select").first.select_option(letter)
    frame.locator(".c-verdict").evaluate("one => one.replaceChildren()")
    start = time.perf_counter()
    frame.locator("button.c-primary").click()
    frame.locator(".c-verdict-line").wait_for()
    return time.perf_counter() - start


def page_weight(browser: Browser, address: str, site: Path) -> int:
    """Return the bytes of the lesson's page and all it asks for, each packed by gzip."""
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(f"{address}/zh/n03_smart_goals.html", wait_until="networkidle")
    files = {site / one.removeprefix(f"{address}/").split("?")[0] for one in asked}
    return sum(len(gzip.compress(one.read_bytes())) for one in files if one.is_file())


def main() -> None:
    """Print the figures."""
    site = Path(tempfile.mkdtemp()) / "site"
    start = time.perf_counter()
    command = [sys.executable, str(ROOT / "book/build.py"), "book", "--out", str(site)]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    print(f"book build, both languages      {time.perf_counter() - start:.1f} s")
    address = serve(site)
    path = shutil.which("chromium") or shutil.which("google-chrome") or "chrome"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=_FLAGS)
        print(f"N03 page without the worker     {page_weight(browser, address, site) / 1e6:.2f} MB")
        firsts, laters, bare = [], [], []
        for _ in range(3):
            page = browser.new_context().new_page()
            page.goto(f"{address}/zh/n03_smart_goals.html")
            firsts.append(click_to_verdict(page, "S"))
            laters += [click_to_verdict(page, letter) for letter in "MARTS"]
            page.context.close()
            other = browser.new_context().new_page()
            other.goto(f"{address}/index.html")
            bare.append(other.evaluate(_BARE, f"{address}/pyodide/"))
            other.context.close()
        browser.close()
    first, later, alone = min(firsts), statistics.median(laters), min(bare)
    print(f"first check, cold, best of 3    {first:.2f} s")
    print(f"Pyodide alone, cold, best of 3  {alone:.2f} s")
    print(f"ratio first check / Pyodide     {first / alone:.2f}")
    print(f"later checks, median of 15      {later:.3f} s")


if __name__ == "__main__":
    main()
