"""The book built once for all tests, and a server that shows it."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh", "en")
PAGES = ("index", "n00_start", "n03_smart_goals", "search")
BUILD_SECONDS = 240


def shared_site(tmp_path_factory):
    """Build the book, or wait for the other test process that does; return the site's folder.

    While one works on tests, CSTRAIN_SITE names a book that is built already.
    """
    if "CSTRAIN_SITE" in os.environ:
        return Path(os.environ["CSTRAIN_SITE"])
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    site, mark = base / "site", base / "site.building"
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return _built_elsewhere(site, mark)
    command = [sys.executable, "book/build.py", "book", "--out", str(site)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    mark.write_text(done.stderr, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def _built_elsewhere(site, mark):
    end = time.monotonic() + BUILD_SECONDS
    while not site.is_dir():
        assert time.monotonic() < end, "the other test process has not built the book"
        assert not mark.read_text(encoding="utf-8"), mark.read_text(encoding="utf-8")
        time.sleep(0.5)
    return site


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def served(folder):
    """Serve a folder on this machine; gives the address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
