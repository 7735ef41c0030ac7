"""Building again: the same bytes anywhere, one lesson anew, and a last site that nothing harms."""

from __future__ import annotations

import hashlib
import json
import resource
import shutil
import signal
import subprocess
import sys

import pytest
from built_site import ROOT

NOT_SOURCES = (".*", "build", "cstrain-workbook", "node_modules", "__pycache__", "*.egg-info")
LESSON = "notebooks/en/n03_smart_goals.ipynb"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the sources in a folder of another name, where nothing was ever built."""
    folder = tmp_path_factory.mktemp("elsewhere") / "a copy 副本"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_SOURCES))
    return folder


def start(copy, *options, out="public", **how):
    command = [sys.executable, "book/build.py", "book", "--out", out, *options]
    return subprocess.Popen(
        command, cwd=copy, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **how
    )


def build(copy, *options, **how):
    with start(copy, *options, **how) as running:
        _, said = running.communicate()
    return running.returncode, [line for line in said.splitlines() if not line.startswith("[")]


def content(site):
    """Return the digest of every file of a site, by its path there."""
    return {
        one.relative_to(site).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in site.rglob("*")
        if one.is_file()
    }


@pytest.fixture(scope="module")
def first(copy):
    """Build the copy's site once and return what is in it."""
    assert build(copy) == (0, [])
    return content(copy / "public")


def test_the_same_sources_give_the_same_bytes_in_any_folder(site, first):
    assert first == content(site)


def put_line(copy, line):
    """Put a line of Markdown at the end of the lesson's first cell of text; it is taken away again.

    Gives back what takes it away.
    """
    path = copy / LESSON
    before = path.read_text(encoding="utf-8")
    made = json.loads(before)
    cell = next(one for one in made["cells"] if one["cell_type"] == "markdown")
    cell["source"] = ["".join(cell["source"]), "\n\n" + line + "\n"]
    path.write_text(json.dumps(made), encoding="utf-8")
    return lambda: path.write_text(before, encoding="utf-8")


def leftovers(copy):
    return [one.name for one in copy.iterdir() if one.name.startswith(".public")]


def test_a_broken_lesson_is_named_and_the_last_site_stays(copy, first):
    mend = put_line(copy, "{ref}`nowhere-at-all`")
    status, (said,) = build(copy)
    mend()
    assert status == 2
    assert said.startswith("n03_smart_goals (en): ")
    assert "nowhere-at-all" in said
    assert content(copy / "public") == first
    assert leftovers(copy) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_no_space_is_one_sentence_and_the_last_site_stays(copy, first):
    def leave_little():
        # The system's answer to a file that grows too big is that of a full disk.
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    status, (said,) = build(copy, preexec_fn=leave_little)
    assert status == 2
    assert "no space is left. Make room" in said
    assert content(copy / "public") == first
    assert leftovers(copy) == []


@pytest.mark.skipif(sys.platform != "linux", reason="a place where even root may not write")
def test_a_place_without_the_right_to_write_is_one_sentence(copy):
    status, (said,) = build(copy, out="/sys/cstrain-site")
    assert status == 2
    assert said.startswith("/sys/")
    assert "name another folder with --out" in said


def until_pages(running):
    """Wait until the build is in the midst of the pages."""
    for line in running.stderr:
        if line.startswith("[2/"):
            return
    raise AssertionError("the build has ended before its pages")


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_build_leaves_the_last_site(copy, first, how):
    with start(copy) as running:
        until_pages(running)
        running.send_signal(how)
        running.communicate()
    assert running.returncode == {signal.SIGTERM: 143, signal.SIGINT: 130}.get(how, -how)
    assert content(copy / "public") == first
    if how != signal.SIGKILL:
        assert leftovers(copy) == []


def test_one_changed_lesson_changes_its_own_pages_and_nothing_else(copy, first):
    """The build that comes after those above, which were interrupted."""
    mend = put_line(copy, "Kingfishers are counted here.")
    assert build(copy) == (0, [])
    mend()
    made = content(copy / "public")
    changed = {name for name in made.keys() | first.keys() if made.get(name) != first.get(name)}
    assert not [name for name in changed if name.startswith("zh/")]
    pages = {name for name in changed if name.endswith((".html", ".pdf"))}
    assert "en/n03_smart_goals.html" in pages
    assert not [name for name in pages if "n03" not in name]
    html = (copy / "public" / "en" / "n03_smart_goals.html").read_text(encoding="utf-8")
    assert "Kingfishers are counted here." in html
    assert leftovers(copy) == []
