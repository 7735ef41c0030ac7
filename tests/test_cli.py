"""The command line: help, exit status, one sentence for each mistake, UTF-8 everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import cstrain
from cstrain.cli import main
from cstrain.commands import build_book, exercise_lint, lesson_lint
from cstrain.commands.check_content import problems_in
from cstrain.library.exercises import load_exercise
from cstrain.library.toml_file import CONTENT

ROOT = Path(__file__).resolve().parent.parent
EXERCISE = CONTENT / "exercises" / "n03" / "match_stories.toml"
COMMANDS = ("lab", "book", "check", "judge")


def call(*arguments, given=b"", **environment):
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, "-m", "cstrain.cli", *arguments],
        input=given,
        capture_output=True,
        env=env,
        timeout=60,
        check=False,
    )


def copy_of(source, folder, *changes):
    text = source.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / source.parent.name / source.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"example: cstrain {command}" in capsys.readouterr().out


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    assert [one for one in COMMANDS if one not in out] == []


def test_version(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert cstrain.__version__ in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [[], ["chek"], ["lab", "--language", "fr"], ["check", "a", "b"]])
def test_a_wrong_call_ends_with_2(wrong, capsys):
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


# cstrain check


def test_all_content_is_clean(capsys):
    assert main(["check"]) == 0, capsys.readouterr().out


def test_an_edited_copy_outside_the_package_is_checked(tmp_path, capsys):
    path = copy_of(EXERCISE, tmp_path)
    assert main(["check", str(path)]) == 0, capsys.readouterr().out
    assert main(["check", str(tmp_path)]) == 0, capsys.readouterr().out


def changed_copy(tmp_path, old, new):
    return [str(one) for one in problems_in(copy_of(EXERCISE, tmp_path, (old, new)))]


def test_a_sample_that_gets_other_points_is_named(tmp_path):
    about = load_exercise(EXERCISE)
    sample = about.samples[0]
    text = EXERCISE.read_text(encoding="utf-8")
    block = text[text.index(f'name = "{sample.name}"') :]
    line = next(one for one in block.splitlines() if one.startswith("points"))
    old = block[: block.index(line) + len(line)]
    said = changed_copy(tmp_path, old, old.replace(line, "points = 0.25"))
    assert said
    assert all("samples[0]" in one and sample.name in one for one in said)
    assert all("0.25" in one for one in said)


def test_an_unknown_rule_is_named_with_the_nearest(tmp_path):
    rule = load_exercise(EXERCISE).criteria[0].rule
    said = changed_copy(tmp_path, f'rule = "{rule}"', f'rule = "{rule[:-1]}"')
    assert said
    assert f'Did you mean "{rule}"?' in said[0]


def test_a_missing_language_is_named(tmp_path):
    text = EXERCISE.read_text(encoding="utf-8")
    title = next(one for one in text.splitlines() if one.startswith("title"))
    said = changed_copy(tmp_path, title, 'title = { zh = "只有中文" }')
    assert any("title.en" in one and "zh and en" in one for one in said)


@pytest.mark.parametrize(
    ("zh", "en", "word"),
    [
        ("共{all}项", "All of {al}", "placeholders"),
        ("共{all}项", "All", "placeholders"),
        ("至少3条", "At least 4", "numbers"),
        ("85.3%", "85.2%", "numbers"),
        ("3个月", "a quarter", "numbers"),
    ],
)
def test_texts_out_of_step_are_named(tmp_path, zh, en, word):
    path = tmp_path / "messages.toml"
    path.write_text(f'[one]\nzh = "{zh}"\nen = "{en}"\n', encoding="utf-8")
    said = [str(one) for one in problems_in(path)]
    assert len(said) == 1
    assert said[0].startswith("messages.toml, one: ")
    assert word in said[0]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("12,000件", "12000 cases"),
        ("6月30日", "30 June"),
        ("12个月", "12 months"),
        ("{a}{a}", "{a}"),
    ],
)
def test_texts_in_step_pass(tmp_path, zh, en):
    path = tmp_path / "messages.toml"
    path.write_text(f'[one]\nzh = "{zh}"\nen = "{en}"\n', encoding="utf-8")
    assert list(problems_in(path)) == []


def test_a_rule_that_breaks_on_its_parameters_is_a_problem_not_a_traceback(tmp_path, monkeypatch):
    def broken(*_rest):
        raise KeyError("expect")

    monkeypatch.setattr(exercise_lint, "check", broken)
    said = [str(one) for one in problems_in(copy_of(EXERCISE, tmp_path))]
    assert said
    assert "KeyError: 'expect'" in said[0]


LESSON = """---
kernelspec: x
---

```{code-cell} ipython3
:tags: [setup]
n03 = 1
```

+++ {"tags": ["zh"]}

# 目标 3

[词典](glossary.md)

+++ {"tags": ["en"]}

# Goals 3

[Glossary](glossary.md)

```{code-cell} ipython3
:tags: [exercise]
n03.exercise("goal_card")
```
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# Goals 3", "# Goals 4", "numbers"),
        ("# Goals 3", "## Goals 3", "headings"),
        ("[Glossary](glossary.md)", "[Glossary](words.md)", "links"),
        ('+++ {"tags": ["en"]}', '+++ {"tags": ["zh"]}', "line 10"),
        ('"goal_card"', '"goal_crad"', "goal_crad"),
    ],
)
def test_a_lesson_out_of_step_is_named(tmp_path, old, new, said):
    assert old in LESSON
    path = tmp_path / "n99.md"
    path.write_text(LESSON, encoding="utf-8")
    assert list(lesson_lint.lesson_problems(path)) == []
    path.write_text(LESSON.replace(old, new, 1), encoding="utf-8")
    found = [str(one) for one in lesson_lint.lesson_problems(path)]
    assert found
    assert found[0].startswith("n99.md, ")
    assert said in found[0]


@pytest.mark.parametrize("name", ["nothing.toml", "folder"])
def test_what_is_not_there_is_one_sentence(tmp_path, name):
    (tmp_path / "folder").mkdir()
    done = call("check", str(tmp_path / name))
    told = done.stdout + done.stderr
    assert done.returncode == 1
    assert b"Traceback" not in told
    assert name.encode() in told


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes('[one]\nzh = "目标"\n'.encode("gbk"))
    done = call("check", str(path))
    assert done.returncode == 1
    assert b"line 2" in done.stdout


def test_output_is_utf8_in_the_c_locale(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text('[one]\nzh = "目标"\nen = 3\n', encoding="utf-8")
    path2 = tmp_path / "目标.toml"
    path.rename(path2)
    done = call("check", str(path2), LC_ALL="C", PYTHONIOENCODING="ascii")
    assert "目标.toml" in done.stdout.decode("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="pipes break the POSIX way")
def test_a_reader_who_stops_is_no_traceback(tmp_path):
    for number in range(300):
        (tmp_path / f"{number}.toml").write_text("[a]\nzh = ''", encoding="utf-8")
    script = f'"{sys.executable}" -m cstrain.cli check "{tmp_path}" | head -n 1'
    done = subprocess.run(
        ["sh", "-c", script],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


# cstrain judge and cstrain book


def test_judge_answers_every_line_and_names_the_bad_one():
    texts = ("industry", "team", "objective", "constraints")
    context = {f"{name}_{language}": name for name in texts for language in ("zh", "en")}
    context |= {"today": "2026-11-01", "metrics": []}
    lines = [
        json.dumps({"id": "one", "text": "我们会做得更好。", "context": context}),
        "{ not json",
        json.dumps({"id": "three", "text": "Be better.", "context": context}),
    ]
    done = call("judge", given="\n".join(lines).encode(), LC_ALL="C")
    assert done.returncode == 0, done.stderr
    answers = [json.loads(one) for one in done.stdout.decode("utf-8").splitlines()]
    assert [one["id"] for one in answers] == ["one", None, "three"]
    assert set(answers[0]["labels"]) == set("SMART")
    assert "error" in answers[1]


def test_book_outside_a_checkout_is_one_sentence(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(build_book, "_BUILDER", tmp_path / "build.py")
    assert main(["book"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_book_runs_the_builder_with_its_options(monkeypatch, tmp_path, capfd):
    builder = tmp_path / "build.py"
    builder.write_text("def main(given):\n    print(given)\n    return 2\n", encoding="utf-8")
    monkeypatch.setattr(build_book, "_BUILDER", builder)
    asked = ["--out", "a b", "--pyodide", "x", "--port", "8123", "--no-lite", "--serve"]
    assert main(["book", *asked]) == 2
    assert str(["book", *asked]) in capfd.readouterr().out
