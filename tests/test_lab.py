"""`cstrain lab` for real: a server that starts, answers, opens the start page and ends cleanly."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from cstrain import lab, workspace
from cstrain.lab import LabError, chosen_language, free_port
from cstrain.library.words import messages
from cstrain.workspace import lay_out, shipped_notebooks, start_notebook

pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
ROOT = Path(__file__).resolve().parent.parent
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals are sent the POSIX way")


def notebook(text: str, output: str = "") -> str:
    outputs = [{"output_type": "stream", "name": "stdout", "text": [output]}] if output else []
    code = {"cell_type": "code", "source": ["1 + 1"], "outputs": outputs, "execution_count": 1}
    return json.dumps({"cells": [{"cell_type": "markdown", "source": [text]}, code]})


def write(folder: Path, text: str, name: str = "zh/n00_start.ipynb") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


class Running:
    """A running `cstrain lab` and what it has printed."""

    def __init__(self, folder, *arguments):
        # A port of our own: tests in other processes may start a server at the same moment.
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        command = [sys.executable, "-m", "cstrain.cli", "lab", "--no-browser", "--port", port]
        inherited = os.environ.get("PYTHONPATH", "")
        self.process = subprocess.Popen(
            [*command, "--folder", folder, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), inherited])},
            cwd=folder.parent,
        )
        self.lines = []
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if "Ctrl+C" in line:
                break
        else:
            self.process.kill()
            pytest.fail(self.process.communicate()[1])
        self.url_line = next(one for one in self.lines if "http" in one)
        found = re.search(r"http://127\.0\.0\.1:(\d+)(\S+)\?token=(\w+)", self.url_line)
        assert found, self.lines
        self.port, self.page, self.token = found.groups()
        self.url = found[0]

    def get(self, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.token}"},
        )
        deadline = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own
                    return answer.status, answer.read().decode()
            except urllib.error.URLError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def end(self, number):
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out, err


@pytest.fixture
def run(tmp_path):
    started = []

    def make(*arguments, folder="book"):
        started.append(Running(tmp_path / folder, *arguments))
        return started[-1]

    yield make
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.process.communicate()


def children_of(pid):
    found = Path("/proc").glob("[0-9]*/stat")
    parts = [(one.parent.name, one.read_text().rpartition(")")[2].split()) for one in found]
    return [child for child, stat in parts if stat[1] == str(pid)]


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_starts_serves_and_ends_with_its_kernels(run, tmp_path, answers_folder, number):
    lab = run("--language", "en")
    assert "listens on" in lab.lines[0]
    assert str(answers_folder) in "\n".join(lab.lines)
    assert str(tmp_path / "book") in "\n".join(lab.lines)
    assert lab.page == "/lab/tree/en/n00_start.ipynb"
    status, page = lab.get("/lab")
    assert status == 200
    assert "JupyterLab" in page
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"http://127.0.0.1:{lab.port}/api/contents", timeout=10)
    _, specs = lab.get("/api/kernelspecs")
    spec = json.loads(specs)["kernelspecs"]["python3"]["spec"]
    assert spec["argv"][0] == sys.executable
    lab.get("/api/kernels", {"name": "python3"})
    kernels = children_of(lab.process.pid)
    assert kernels or not Path("/proc/self").exists()
    code, out, err = lab.end(number)
    assert code == 0, err
    assert "cstrain" not in err  # a kernel ended while it starts may complain, we may not
    assert "Closed" in out
    time.sleep(0.5)
    assert [one for one in kernels if alive(one)] == []


@POSIX
@pytest.mark.slow
def test_a_closed_answers_folder_is_told_at_the_start(run, tmp_path, monkeypatch):
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setenv("CSTRAIN_ANSWERS", str(tmp_path / "taken" / "answers"))
    lab = run("--language", "en")
    assert "may not be written to" in lab.lines[0]
    assert str(tmp_path / "taken") in lab.lines[0]
    assert lab.end(signal.SIGINT)[0] == 0


@pytest.mark.browser
@pytest.mark.slow
@POSIX
def test_chinese_menus_and_the_start_page_without_a_pop_up(run, browser):
    lab = run("--language", "zh")
    page = browser.new_page()
    page.goto(lab.url)
    page.wait_for_selector(".lm-MenuBar-itemLabel", timeout=60_000)
    page.wait_for_selector(".jp-NotebookPanel .jp-MarkdownOutput h1", timeout=60_000)
    menus = page.locator(".lm-MenuBar-itemLabel").all_text_contents()
    assert {"文件", "编辑", "运行"} <= {one.strip() for one in menus}
    assert page.locator(".lm-TabBar-tab.lm-mod-current", has_text="n00_start").count()
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    page.wait_for_timeout(1500)
    assert page.locator(".Toastify__toast").count() == 0
    page.close()
    assert lab.end(signal.SIGINT)[0] == 0


def test_shipped_notebooks_have_a_start_page_in_both_languages():
    for language in ("zh", "en"):
        assert start_notebook(shipped_notebooks(), language) == f"{language}/n00_start.ipynb"


def test_nothing_of_the_users_own_jupyter_is_used(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", "elsewhere")
    made = lab.environment(tmp_path)
    inside = [one for name, one in made.items() if name.endswith("_DIR") or name == "IPYTHONDIR"]
    assert all(one.startswith(str(tmp_path)) for one in inside)
    assert made["JUPYTER_PATH"].split(os.pathsep)[0].startswith(str(tmp_path))


def call(*arguments, cwd):
    command = [sys.executable, "-m", "cstrain.cli", "lab", "--no-browser", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=env, cwd=cwd, timeout=60, check=False
    )


def test_a_taken_port_is_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = call("--language", "en", "--port", port, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert port in done.stderr


@pytest.mark.parametrize(("language", "said"), [("zh", "不是文件夹"), ("en", "not a folder")])
def test_a_file_in_place_of_the_folder_is_one_sentence(tmp_path, language, said):
    (tmp_path / "book").write_text("a file")
    done = call("--language", language, "--folder", "book", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


@pytest.mark.parametrize("port", ["0", "65536", "x", "-1", "８０"])
def test_a_port_that_is_none_is_a_usage_error(tmp_path, port):
    assert call(f"--port={port}", cwd=tmp_path).returncode == 2


def test_without_jupyterlab_it_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setattr(lab.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(LabError) as caught:
        lab.start(lab.Wanted("en", tmp_path), lambda *_: None)
    assert caught.value.code == "no_jupyterlab"


def test_a_free_port_is_found_and_a_taken_one_named():
    first = free_port(None)
    with socket.socket() as taken:
        if os.name == "posix":
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", first))
        taken.listen()
        assert free_port(None) != first
        with pytest.raises(LabError) as caught:
            free_port(first)
    assert caught.value.facts == {"port": first}


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({"LC_MESSAGES": "zh_TW"}, "zh"),
    ],
)
def test_language_of_the_computer(monkeypatch, tmp_path, variables, expected):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert chosen_language(tmp_path) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Chinese (Simplified)_China", "zh"), ("English_United States", "en"), (None, "en")],
)
def test_language_of_a_windows_locale(monkeypatch, tmp_path, name, expected):
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(lab.locale, "getlocale", lambda: (name, None))
    assert chosen_language(tmp_path) == expected


@pytest.mark.parametrize("content", ['{"language": "zh"}', '{"language": "fr"}', "[]", "{", ""])
def test_the_last_choice_counts_unless_it_is_broken(monkeypatch, tmp_path, content):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    write(tmp_path, content, ".cstrain/choice.json")
    assert chosen_language(tmp_path) == ("zh" if "zh" in content else "en")


def test_every_code_has_its_sentence():
    source = (ROOT / "cstrain" / "lab.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'(?:LabError|tell)\("(\w+)"', source))
    assert len(codes) >= 7
    assert codes <= set(messages()["lab"])


# The workbook folder


def test_notebooks_come_and_unchanged_ones_follow_the_edition(tmp_path):
    source, folder = tmp_path / "source", tmp_path / "book"
    shipped = write(source, notebook("first"))
    mine = folder / "zh" / "n00_start.ipynb"
    assert lay_out(folder, source).beside == ()
    assert mine.read_text() == shipped.read_text()
    mine.write_text(notebook("first", output="it was run"))  # running is no change
    write(source, notebook("second"))
    assert lay_out(folder, source).beside == ()
    assert mine.read_text() == notebook("second")


def test_a_run_notebook_of_the_same_edition_is_left_alone(tmp_path):
    source, folder = tmp_path / "source", tmp_path / "book"
    write(source, notebook("first"))
    lay_out(folder, source)
    mine = write(folder, notebook("first", output="it was run"))
    lay_out(folder, source)
    assert "it was run" in mine.read_text()


def test_a_changed_notebook_is_never_overwritten(tmp_path):
    source, folder = tmp_path / "source", tmp_path / "book"
    write(source, notebook("first"))
    lay_out(folder, source)
    mine = write(folder, notebook("first, and my notes"))
    write(source, notebook("second"))
    (beside,) = lay_out(folder, source).beside
    assert mine.read_text() == notebook("first, and my notes")
    assert (folder / beside).read_text() == notebook("second")
    assert lay_out(folder, source).beside == ()  # it is told once
    (folder / beside).unlink()
    assert lay_out(folder, source).beside == ()  # and not forced upon anybody
    write(source, notebook("third"))
    (beside,) = lay_out(folder, source).beside
    assert (folder / beside).read_text() == notebook("third")
    assert mine.read_text() == notebook("first, and my notes")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cells": [1]}'])
def test_a_broken_notebook_counts_as_changed(tmp_path, content):
    source, folder = tmp_path / "source", tmp_path / "book"
    write(source, notebook("first"))
    mine = write(folder, content)
    assert len(lay_out(folder, source).beside) == 1
    assert mine.read_text() == content


def test_a_removed_notebook_comes_back(tmp_path):
    source, folder = tmp_path / "source", tmp_path / "book"
    write(source, notebook("first"))
    lay_out(folder, source)
    (folder / "zh" / "n00_start.ipynb").unlink()
    lay_out(folder, source)
    assert (folder / "zh" / "n00_start.ipynb").exists()


def test_a_broken_list_of_editions_harms_nothing(tmp_path):
    source, folder = tmp_path / "source", tmp_path / "book"
    write(source, notebook("first"))
    lay_out(folder, source)
    write(folder, "[1", f"{workspace.PRIVATE}/edition.json")
    mine = write(folder, notebook("mine"))
    lay_out(folder, source)
    assert mine.read_text() == notebook("mine")
