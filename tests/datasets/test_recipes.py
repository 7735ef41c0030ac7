"""The small tables come out of their recipes byte by byte, and a broken promise writes nothing."""

import subprocess
import sys

import pytest

from cstrain.datasets import folder, table


def test_made_anew_the_small_tables_are_the_same(script, tmp_path):
    make_all = script("make_all")
    make_all.make(tmp_path, small_only=True)
    assert make_all.differing(tmp_path, small_only=True) == []


def test_every_recipe_of_an_index_is_made_by_the_one_command(script):
    make_all = script("make_all")
    named = {table(name).recipe for name in script("cstrain.datasets").dataset_names(hidden=True)}
    run = {sys.modules[one.make.__module__].__file__ for one in (*make_all.CASES, *make_all.SMALL)}
    assert {f"recipes/{path.rpartition('/')[2]}" for path in run} == named


def test_the_command_names_what_differs(script, tmp_path, monkeypatch, capsys):
    make_all = script("make_all")
    make_all.make(tmp_path, small_only=True)
    (tmp_path / "small" / "mu3.csv").write_text("csat\n5\n", encoding="utf-8")
    (tmp_path / "small" / "mu4.csv").unlink()
    monkeypatch.setattr(make_all, "DATASETS", tmp_path)
    with pytest.raises(SystemExit, match=r"small/mu3\.csv, small/mu4\.csv"):
        make_all.main(["--check", "--only", "small"])
    make_all.main(["--only", "small"])
    make_all.main(["--check", "--only", "small"])
    assert "every table" in capsys.readouterr().out


def test_a_broken_promise_writes_nothing(script, tmp_path):
    tables, small = script("micro_tables"), script("small")
    make = tables.RECIPE.make
    worse = small.SmallRecipe("worse", lambda: {**make(), "mu7": tables.GROUPS[::-1]}, tables.check)
    with pytest.raises(script("recipe").BrokenPromiseError, match="interval of T2"):
        worse.write(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_recipe_runs_as_a_script(tmp_path):
    command = [sys.executable, folder() / "recipes" / "micro_tables.py", "--to", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("wrote the micro-tables")
    assert (tmp_path / "small" / "mu1.csv").read_bytes() == table("mu1").file.read_bytes()
