"""The book on nginx, by the recipe in book/publish: types, caching, compression, a folder below."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml
from built_site import ROOT

RECIPES = ROOT / "book" / "publish"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

needs_nginx = pytest.mark.skipif(
    NGINX is None and not os.environ.get("CI"), reason="nginx is not on this machine"
)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def nginx(site, tmp_path_factory):
    """Serve the site at the root and, by the same recipe, below /book/; give the address."""
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    folder.chmod(0o755)
    www = folder / "www"
    shutil.copytree(site, www, symlinks=True)
    (www / "book").symlink_to(site, target_is_directory=True)
    recipe = (RECIPES / "nginx.conf").read_text(encoding="utf-8")
    recipe = recipe.replace("/srv/cstrain/public", str(www))
    recipe = recipe.replace("include mime.types", "include /etc/nginx/mime.types")
    paths = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"user {Path.home().owner()};pid {folder}/pid;error_log {folder}/errors;events {{}}"
        f"http {{ access_log off;{paths} server {{ listen 127.0.0.1:{port};\n{recipe} }} }}",
        encoding="utf-8",
    )
    command = [NGINX, "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors")]
    server = subprocess.Popen([*command, "-g", "daemon off;"])
    end = time.monotonic() + 20
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/index.html").close()
            break
        except OSError:
            assert server.poll() is None, (folder / "errors").read_text()
            assert time.monotonic() < end
            time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=10)


def asked(url):
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - ours
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - our own server
        return dict(answer.headers), answer.read()


@needs_nginx
@pytest.mark.parametrize("below", ["", "book/"])
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("zh/index.html", "text/html; charset=utf-8"),
        ("pyodide/pyodide.mjs", "text/javascript"),
        ("pyodide/pyodide.asm.wasm", "application/wasm"),
    ],
)
def test_types_compression_and_pages_asked_for_anew(nginx, below, path, kind):
    headers, _ = asked(f"{nginx}/{below}{path}")
    assert headers["Content-Type"] == kind
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Content-Encoding"] == "gzip"


@needs_nginx
def test_what_is_named_by_its_content_is_kept_and_the_worker_is_not(nginx, site):
    (host,) = (site / "host").iterdir()
    headers, _ = asked(f"{nginx}/book/host/{host.name}/host.js")
    assert "immutable" in headers["Cache-Control"]
    headers, _ = asked(f"{nginx}/sw.js")
    assert headers["Cache-Control"] == "no-cache"


@needs_nginx
def test_a_wrong_address_gets_our_page(nginx):
    with pytest.raises(urllib.error.HTTPError) as refused:
        asked(f"{nginx}/zh/n99.html")
    assert refused.value.code == 404
    assert b"course_map.html" in gzip.decompress(refused.value.read())


@needs_nginx
@pytest.mark.browser
def test_an_exercise_works_below_an_address(nginx, open_page):
    page = open_page(f"{nginx}/book/en/n03_smart_goals.html")
    block = page.locator('[data-exercise="n03/match_stories"]')
    block.locator("select").first.select_option(index=1)
    block.get_by_role("button", name="Check", exact=True).click()
    block.locator(".c-verdict-line").wait_for(timeout=60_000)
    assert page.problems == []


@pytest.mark.parametrize("name", ["github-pages.yml", "gitlab-ci.yml"])
def test_the_recipes_of_hosts_call_the_command_that_there_is(name):
    text = (RECIPES / name).read_text(encoding="utf-8")
    assert yaml.safe_load(text)
    assert "cstrain book --out public" in text
    assert (ROOT / "requirements-test.txt").is_file()
    assert "requirements-test.txt" in text
