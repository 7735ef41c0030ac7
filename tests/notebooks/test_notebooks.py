"""The notebooks: made from their sources, executed, in step, and the same when run again."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from cstrain.errors import ContentError
from cstrain.library.lessons import lessons

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

from builder.cells import code_cell, new_notebook, read_notebook  # noqa: E402 - needs the path
from builder.notebooks import notebook, pieces  # noqa: E402
from builder.places import NOTEBOOKS, Page, Target, pages, targets  # noqa: E402
from builder.running import same  # noqa: E402

EVERY = pytest.mark.parametrize("target", targets(), ids=lambda one: one.path.as_posix())
LESSONS = [one for one in pages() if one.lesson]


def stored(target):
    return read_notebook(NOTEBOOKS / target.path)


def code_cells(target):
    return [cell for cell in stored(target).cells if cell.cell_type == "code"]


@EVERY
def test_every_code_cell_was_executed(target):
    counts = [cell.execution_count for cell in code_cells(target)]
    assert counts == list(range(1, len(counts) + 1))


@EVERY
def test_no_widget_state_no_error_and_no_warning_is_stored(target):
    assert "widgets" not in stored(target).metadata
    for cell in code_cells(target):
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr"
            assert "application/vnd.jupyter.widget-view+json" not in output.get("data", {})


@EVERY
def test_cell_ids_are_different(target):
    ids = [cell.id for cell in stored(target).cells]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("page", pages(), ids=lambda one: one.name)
def test_the_languages_share_ids_kinds_and_code(page):
    zh, en = (stored(Target(page, language, solved=False)).cells for language in ("zh", "en"))
    assert [(one.id, one.cell_type) for one in zh] == [(one.id, one.cell_type) for one in en]
    assert [code(one) for one in zh] == [code(one) for one in en]


def code(cell):
    return re.sub(r'language="\w\w"', "", cell.source) if cell.cell_type == "code" else ""


@pytest.mark.parametrize("page", LESSONS, ids=lambda one: one.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_learners_notebook_has_the_exercise_and_no_solution(page, language):
    text = "\n".join(one.source for one in code_cells(Target(page, language, solved=False)))
    assert text.count(".exercise(") == len(lessons()[page.lesson].exercises)
    assert "SOLUTION" not in text
    assert ".model(" not in text
    for piece in pieces(page.source):
        for region in re.findall(
            r"# BEGIN SOLUTION\n(.*?)# END SOLUTION", piece.code or "", re.DOTALL
        ):
            assert region.strip() not in text


@pytest.mark.parametrize("page", LESSONS, ids=lambda one: one.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_solutions_score_100(page, language):
    cells = code_cells(Target(page, language, solved=True))
    scores = [one for one in cells if one.source.endswith(".score()")]
    assert [one.outputs[0].data["text/plain"] for one in scores] == ["100.0"]
    answered = [one for one in cells if "code-way" in one.metadata.get("tags", [])]
    exercises = lessons()[page.lesson].all_exercises()
    fields = [field for one in exercises for field in one.fields]
    assert bool(answered) == any(field.params.get("code") for field in fields)
    for one in answered:
        points, of = one.outputs[0].data["text/plain"].split("/")
        assert points == of, one.source


@pytest.mark.slow
def test_the_stored_notebooks_are_those_of_the_sources():
    done = subprocess.run(
        [sys.executable, "book/build.py", "notebooks", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_run_again_every_output_is_the_same(tmp_path):
    # The settings of this repository's tests (warnings are errors) are not meant for nbval's run.
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-cell-timeout=120", "-q"]
    env = {**os.environ, "CSTRAIN_ANSWERS": str(tmp_path / "answers"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, "-c", os.devnull, "-p", "no:cacheprovider", str(NOTEBOOKS)],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    cells = sum(len(code_cells(target)) for target in targets())
    assert f"{cells} passed" in done.stdout


def write(folder, text):
    path = folder / "n99_try.md"
    head = (
        "---\nkernelspec:\n  display_name: Python 3\n  language: python\n  name: python3\n---\n\n"
    )
    path.write_text(head + text, encoding="utf-8")
    return Page("n99_try", path, "n03")


ZH, EN = '+++ {"tags": ["zh"]}\n\n文字\n\n', '+++ {"tags": ["en"]}\n\ntext\n\n'


def cell(source):
    return f"```{{code-cell}} ipython3\n{source}\n```\n\n"


@pytest.mark.parametrize("text", [ZH, EN, ZH + ZH + EN, EN + ZH, ZH + cell("1") + EN], ids=range(5))
def test_a_text_without_its_other_language_is_refused(tmp_path, text):
    with pytest.raises(ContentError, match="zh, then en"):
        pieces(write(tmp_path, text).source)


@pytest.mark.parametrize("marker", ["# BEGIN SOLUTION", "# END SOLUTION"])
def test_a_solution_marker_alone_is_refused(tmp_path, marker):
    page = write(tmp_path, ZH + EN + cell(f"{marker}\nx = 1"))
    with pytest.raises(ContentError, match="in pairs"):
        notebook(Target(page, "zh", solved=False))


def test_a_solution_becomes_dots_for_learners_and_stays_in_the_solutions(tmp_path):
    source = "def f():\n    # BEGIN SOLUTION\n    return 1\n    # END SOLUTION\n\n\nf()"
    page = write(tmp_path, ZH + EN + cell(source))
    kept = notebook(Target(page, "en", solved=True)).cells[-1].source
    cut = notebook(Target(page, "en", solved=False)).cells[-1].source
    assert cut == "def f():\n    ...\n\n\nf()"
    assert kept == "def f():\n    return 1\n\n\nf()"


def test_setup_speaks_the_notebooks_language_and_exercises_are_answered(tmp_path):
    setup = cell('from cstrain import lesson\n\nn03 = lesson("n03")')
    page = write(tmp_path, setup + ZH + EN + cell('n03.exercise("goal_card")'))
    made = notebook(Target(page, "zh", solved=True)).cells
    assert 'lesson("n03", language="zh")' in made[0].source
    assert made[1].source == "文字"
    assert made[-1].source == 'n03.answer("goal_card", n03.model("goal_card"))'


def test_ids_stay_when_a_cell_is_put_in_before(tmp_path):
    target = Target(write(tmp_path, ZH + EN), "zh", solved=False)
    before = [one.id for one in notebook(target).cells]
    other = Target(write(tmp_path, cell("1") + ZH + EN), "en", solved=False)
    assert [one.id for one in notebook(other).cells][1:] == before


def with_picture(grey, width=4):
    import base64  # noqa: PLC0415 - only here
    import io  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    raw = io.BytesIO()
    Image.new("RGB", (width, 4), (grey, grey, grey)).save(raw, "PNG")
    data = {"image/png": base64.b64encode(raw.getvalue()).decode(), "text/plain": "a line"}
    made = new_notebook()
    output = nbformat.v4.new_output("display_data", data=data)
    made.cells = [code_cell("draw()", id="a", outputs=[output], execution_count=1)]
    return made


def test_stale_is_another_text_or_another_picture():
    made = with_picture(100)
    text = json.dumps(made)
    assert same(text, made)
    assert same(json.dumps(with_picture(101)), made), "a shade lighter: another Matplotlib build"
    assert not same(json.dumps(with_picture(120)), made)
    assert not same(json.dumps(with_picture(100, width=5)), made)
    assert not same(text.replace("draw()", "paint()"), made)
    assert not same("", made)
