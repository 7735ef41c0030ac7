"""The shipped tables: made anew byte by byte, described, and inside the promised ranges."""

import importlib.util
import sys

import pytest

from cstrain.datasets import folder, load_dataset, rows, table

TABLES = ("goal_history", "goal_tree", "goal_tree_hidden")


@pytest.fixture(scope="module")
def recipe():
    spec = importlib.util.spec_from_file_location("recipe_goals", folder() / "recipes" / "goals.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their own module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_made_anew_the_bytes_are_the_same(recipe, tmp_path):
    recipe.main(tmp_path, said=lambda _: None)
    for name in TABLES:
        assert (tmp_path / f"{name}.csv").read_bytes() == table(name).file.read_bytes()


def test_a_broken_promise_stops_the_recipe(recipe):
    with pytest.raises(SystemExit, match="orphans"):
        recipe.check_tree(
            (*recipe.TREE[:-1], ("G18", "person", "x", "", "CHT", "down", "", "2026-10-15")),
            recipe.TREE_TRUTH,
        )
    with pytest.raises(SystemExit, match="432"):
        recipe.check_history(list(recipe.history())[1:])


def test_history_has_six_metrics_of_three_teams_over_two_years():
    table = rows("goal_history")
    assert len(table) == 432
    keys = {(one["metric"], one["month"], one["team"]) for one in table}
    assert len(keys) == 432
    assert {key[0] for key in keys} == {"NEG", "REC", "COL", "FTR", "FCR", "CSAT"}
    assert {key[2] for key in keys} == {"T_A", "T_B", "T_C"}
    assert (min(keys, key=lambda one: one[1])[1], max(keys, key=lambda one: one[1])[1]) == (
        "2024-01",
        "2025-12",
    )
    assert all(0 < float(one["value"]) < 1 for one in table)


# Ranges measured for the cases, curriculum section C.
RANGES = [
    ("NEG", "T_A", ("2025-07", "2025-08"), 0.030, 0.048),
    ("NEG", "T_A", ("2025-10", "2025-11", "2025-12"), 0.080, 0.105),
    ("REC", "T_A", ("2025-07", "2025-08", "2025-09"), 0.35, 0.42),
    ("REC", "T_A", ("2025-10", "2025-11", "2025-12"), 0.18, 0.25),
    ("COL", "T_B", ("2025-01", "2025-02", "2025-03"), 0.870, 0.895),
    ("COL", "T_B", ("2025-10", "2025-11", "2025-12"), 0.775, 0.830),
    ("FCR", "T_C", ("2025-04",), 0.82, 0.87),
    ("FCR", "T_C", ("2025-07",), 0.71, 0.76),
]


@pytest.mark.parametrize(("metric", "team", "months", "low", "high"), RANGES)
def test_case_values(metric, team, months, low, high):
    found = [
        float(one["value"])
        for one in rows("goal_history")
        if (one["metric"], one["team"]) == (metric, team) and one["month"] in months
    ]
    assert len(found) == len(months)
    assert all(low <= value <= high for value in found)


def test_collection_rate_is_the_quarters():
    table = [
        one["value"]
        for one in rows("goal_history")
        if (one["metric"], one["team"]) == ("COL", "T_B")
    ]
    last_year = table[12:]
    assert [len(set(last_year[start : start + 3])) for start in (0, 3, 6, 9)] == [1, 1, 1, 1]


def test_frames():
    frame = load_dataset("goal_tree")
    assert frame.shape == (18, 8)
    assert (frame["parent_id"] == "").sum() == 3  # two company goals and an orphan
    assert str(frame["deadline"].max().date()) == "2027-01-31"
    assert load_dataset("goal_history")["value"].dtype.kind == "f"
