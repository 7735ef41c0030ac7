"""The book on a device: kept after the first visit, whole, one version at a time, installable."""

from __future__ import annotations

import json
import shutil
import sys
import time

import pytest
from built_site import LANGUAGES, ROOT, served

sys.path.insert(0, str(ROOT / "book"))

from builder.offline import put_offline
from builder.one_build import Build
from builder.staging import Places

MATCH = "#n03-match_stories"
LONG_MS = 90_000  # until all is kept, on a busy machine
# Reading comes first, for four seconds; a test does not read.
AT_ONCE = (
    "const later = setTimeout;"
    "setTimeout = (work, ms, ...rest) => later(work, ms === 4000 ? 20 : ms, ...rest);"
)
SAVING = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"


@pytest.fixture
def copy(site, tmp_path):
    """Return a copy of the site below a folder, without what is not kept anyway."""
    folder = tmp_path / "host" / "some" / "repo"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("lite", "*.pdf"))
    return folder


@pytest.fixture
def visit(open_page):
    """Return a function that opens a page in a browser that may keep it."""

    def make(url, script=""):
        def prepare(page):
            page.add_init_script(AT_ONCE + script)

        return open_page(url, service_workers="allow", before=prepare)

    return make


def until(page, script, arg=None):
    """Wait until a script that returns a promise comes to something true; return that."""
    end = time.monotonic() + LONG_MS / 1000
    while not (found := page.evaluate(script, arg)):
        assert time.monotonic() < end, script
        time.sleep(0.1)
    return found


def is_kept(page):
    page.locator(".cstrain-kept").wait_for(timeout=LONG_MS)


def verdict(page, letters="SSSSS"):
    menus = page.locator(f"{MATCH} .cstrain-live select")
    menus.first.wait_for()
    for place, letter in enumerate(letters):
        menus.nth(place).select_option(letter)
    page.locator(f"{MATCH} button.c-primary").click()
    shown = page.locator(f"{MATCH} .c-verdict:not(:empty)")
    shown.wait_for(timeout=LONG_MS)
    return shown.inner_text()


@pytest.mark.browser
def test_after_one_visit_everything_works_without_a_server(visit, copy):
    with served(copy.parents[1]) as where:  # below a folder, as on user.github.io/repo
        root = f"{where}/some/repo"
        page = visit(f"{root}/zh/n00_start.html")
        is_kept(page)
    assert page.problems == []
    page.goto(f"{root}/zh/n03_smart_goals.html?from=link#top")
    assert "5" in verdict(page)
    page.goto(f"{root}/zh/")
    assert page.locator("a.cstrain-language").is_visible()
    foreign = [url for url in page.log if not url.startswith((where, "data:", "blob:"))]
    assert foreign == []


@pytest.mark.browser
def test_the_other_language_and_the_big_tables_are_not_fetched_beforehand(visit, copy):
    with served(copy) as where:
        page = visit(f"{where}/en/n00_start.html")
        is_kept(page)
        kept = page.evaluate(
            "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
            " (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"
        )
    assert "/en/n04_kpi.html" in kept
    assert "/pyodide/pyodide.asm.wasm" in kept
    assert [one for one in kept if one.startswith("/zh/") or "/tables/" in one] == []


@pytest.mark.browser
def test_a_new_version_takes_the_place_of_the_old_one_as_a_whole(visit, copy):
    with served(copy) as where:
        page = visit(f"{where}/zh/n00_start.html")
        is_kept(page)
        old = page.evaluate("caches.keys()")
        _change(copy, "Changed by the test")
        page.reload()  # the kept page; the browser finds the new version meanwhile
        new = until(
            page,
            "async (old) => (await caches.keys()).find((one) => !old.includes(one))",
            old,
        )
        until(
            page,
            "async (name) => Boolean(await (await caches.open(name))"
            ".match(new URL('../kept/zh', location)))",
            new,
        )
        until(
            page,
            "navigator.serviceWorker.ready.then((one) => !one.waiting && !one.installing)",
        )
    page.reload()  # the server is gone
    assert page.title() == "Changed by the test"
    assert page.locator(".cstrain-language").is_visible()


def _change(site, title):
    """Publish the site anew with another title on a page."""
    _retitle(site / "zh" / "n00_start.html", title)
    shutil.rmtree(site / "icons")
    put_offline(Build(site, site, Places("", "")))


def _retitle(page, title):
    html = page.read_text(encoding="utf-8")
    head, rest = html.split("<title>", 1)
    page.write_text(f"{head}<title>{title}</title>{rest.split('</title>', 1)[1]}", encoding="utf-8")


@pytest.mark.browser
def test_a_file_of_another_version_is_shown_but_never_kept(visit, copy):
    with served(copy) as where:
        page = visit(f"{where}/en/n00_start.html", SAVING)
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        _retitle(copy / "en" / "kpi.html", "Newer")
        page.goto(f"{where}/en/kpi.html")
        assert page.title() == "Newer"
        page.goto(f"{where}/en/glossary.html")
        until(page, "caches.match(new URL('glossary.html', location)).then(Boolean)")
        assert page.evaluate("caches.match(new URL('kpi.html', location)).then(Boolean)") is False


@pytest.mark.browser
def test_no_space_left_is_harmless(visit, copy):
    full = (
        "Cache.prototype.put = () => Promise.reject(new DOMException('', 'QuotaExceededError'));\n"
    )
    worker = copy / "sw.js"
    worker.write_text(full + worker.read_text(encoding="utf-8"), encoding="utf-8")
    with served(copy) as where:
        page = visit(f"{where}/zh/n03_smart_goals.html")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        assert "5" in verdict(page)
        assert page.locator(".cstrain-kept").count() == 0
    assert page.problems == []


@pytest.mark.browser
def test_a_browser_without_service_workers_says_nothing(visit, copy):
    gone = "delete Navigator.prototype.serviceWorker;"
    with served(copy) as where:
        page = visit(f"{where}/zh/n00_start.html", gone)
        page.wait_for_load_state("networkidle")
    assert page.problems == []
    page = visit((copy / "zh" / "n00_start.html").as_uri())
    assert page.locator(".cstrain-kept").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_can_put_the_book_on_its_home_screen(site, language):
    html = (site / language / "index.html").read_text(encoding="utf-8")
    assert '<link rel="manifest" href="manifest.webmanifest">' in html
    assert '<meta name="theme-color"' in html
    folder = site / language
    about = json.loads((folder / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert about["lang"] == {"zh": "zh-Hans", "en": "en"}[language]
    assert about["display"] == "standalone"
    assert (folder / about["start_url"]).is_file()
    for icon in about["icons"]:
        assert (folder / icon["src"]).is_file()
    assert {one["sizes"] for one in about["icons"]} == {"192x192", "512x512", "any"}


@pytest.mark.browser
def test_chromium_finds_the_manifest_good(visit, address):
    page = visit(f"{address}/zh/index.html")
    told = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert told["errors"] == []
    assert told["url"].endswith("/zh/manifest.webmanifest")


def test_the_list_names_every_file_that_is_kept_with_its_digest(site):
    text = (site / "sw.js").read_text(encoding="utf-8").split("\n", 1)[0]
    about = json.loads(text.removeprefix("const ABOUT = ").removesuffix(";"))
    listed = {*about["core"], *about["languages"]["zh"], *about["languages"]["en"]}
    assert {"index.html", "zh/n03_smart_goals.html", "en/n06_fishbone.html"} <= listed
    assert listed <= set(about["files"])
    for name in listed:
        assert (site / name).is_file(), name
    assert [one for one in about["files"] if one.startswith("lite/")] == []
