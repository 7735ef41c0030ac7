"""What a page of the book weighs before anything is touched, and when a slow line shows it.

python bench/book_weight.py build/site

Weights are gzip, all requests of a page added up. The slow line is Chromium's own throttling:
1.5 Mbit/s down, 150 ms a round trip, a window as wide as a phone.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import sys
import threading
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar

from playwright.sync_api import Browser, sync_playwright

LANGUAGES = ("zh", "en")
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 187_500, "uploadThroughput": 93_750}
PHONE = {"width": 390, "height": 844}


class Packed(http.server.SimpleHTTPRequestHandler):
    """Serves every file as gzip, as a host of static pages does."""

    extensions_map: ClassVar = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
    }

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send one file."""
        file = Path(self.translate_path(self.path))
        if not file.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        data = gzip.compress(file.read_bytes())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def main(folder: Path) -> None:
    """Print a line a page, then the slow line's figures of the first lesson."""
    handler = functools.partial(Packed, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=sys.argv[2] if sys.argv[2:] else None)
        for language in LANGUAGES:
            for page in sorted((folder / language).glob("*.html")):
                path = f"{language}/{page.name}"
                print(f"{path:28} {_weight(browser, folder, address, path) // 1000:4} kB")
        for language in LANGUAGES:
            first, ready = _slowly(browser, f"{address}/{language}/n03_smart_goals.html")
            print(f"{language}: first text after {first:.0f} ms, page ready after {ready:.0f} ms")
        browser.close()
    server.shutdown()


def _weight(browser: Browser, folder: Path, address: str, path: str) -> int:
    context = browser.new_context(service_workers="block")
    page, asked = context.new_page(), set()
    page.on("request", lambda one: asked.add(one.url.split("?")[0].split("#")[0]))
    page.goto(f"{address}/{path}")
    page.wait_for_load_state("networkidle")
    context.close()
    files = [folder / one.removeprefix(f"{address}/") for one in asked if one.startswith(address)]
    return sum(len(gzip.compress(file.read_bytes())) for file in files if file.is_file())


def _slowly(browser: Browser, url: str) -> tuple[float, float]:
    context = browser.new_context(service_workers="block", viewport=PHONE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    page.goto(url)
    first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    context.close()
    return first, ready


if __name__ == "__main__":
    main(Path(sys.argv[1]))
