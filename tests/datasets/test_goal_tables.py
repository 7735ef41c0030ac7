"""The tables of goals: inside the promised ranges, and in the cases' months as the cases say."""

from dataclasses import replace

import pandas as pd
import pytest

from cstrain.datasets import load_dataset, rows


def test_a_broken_promise_stops_the_recipe(script):
    recipe, broken = script("goals"), script("recipe").BrokenPromiseError
    kept = replace(recipe.TREE[-1], deadline="2026-09-30")
    with pytest.raises(broken, match="late"):
        recipe.check_tree((*recipe.TREE[:-1], kept), recipe.TREE_TRUTH)
    with pytest.raises(broken, match="432"):
        recipe.check_history(list(recipe.history())[1:])
    rosy = [replace(one, value=0.99) for one in recipe.history()]
    with pytest.raises(broken, match="NEG of T_A"):
        recipe.check_history(rosy)


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


def by_month(frame, time, good):
    """Return the share of true values by month, from a frame with a time column."""
    return good.groupby(frame[time].dt.strftime("%Y-%m")).mean()


def month_values():
    """Return each case's own values, worked out from its tables with pandas."""
    reviews = load_dataset("A.reviews").merge(load_dataset("A.orders"), on="order_id")
    bad = reviews[reviews["stars"] <= 3]
    repairs = load_dataset("B.repairs")
    bills = load_dataset("B.bills").groupby("quarter")[["paid_cny", "billed_cny"]].sum()
    quarters = bills["paid_cny"] / bills["billed_cny"]
    log = load_dataset("C.contacts").sort_values("at")
    wait = log.groupby(["customer_id", "product", "reason"])["at"].shift(-1) - log["at"]
    early = log[log["at"] <= pd.Timestamp("2025-09-24")]
    again = (wait[early.index] <= pd.Timedelta(days=7)) & (wait[early.index] > pd.Timedelta(0))
    rated = log.dropna(subset="csat")
    done = repairs[repairs["completed_at"] < "2026"]
    return {
        ("NEG", "T_A"): by_month(reviews, "order_day", reviews["stars"] <= 3),
        ("REC", "T_A"): by_month(bad, "order_day", bad["revised"]),
        ("COL", "T_B"): pd.Series({f"2025-{m:02d}": quarters[(m + 2) // 3] for m in range(1, 13)}),
        ("FTR", "T_B"): by_month(done, "completed_at", (done["visits"] == 1) & ~done["reopened"]),
        ("FCR", "T_C"): by_month(early, "at", ~again),
        ("CSAT", "T_C"): by_month(rated, "at", rated["csat"] >= 4),
    }


@pytest.fixture(scope="module")
def of_cases():
    return month_values()


@pytest.mark.parametrize("key", ["NEG T_A", "REC T_A", "COL T_B", "FTR T_B", "FCR T_C", "CSAT T_C"])
def test_in_a_cases_months_the_values_are_those_of_the_case(of_cases, key):
    metric, team = key.split()
    found = {
        one["month"]: float(one["value"])
        for one in rows("goal_history")
        if (one["metric"], one["team"]) == (metric, team)
    }
    expected = of_cases[metric, team]
    assert len(expected) in {6, 12}
    for month, value in expected.items():
        assert found[month] == pytest.approx(value, abs=5.1e-5), month


# Ranges measured for the cases, curriculum section C.
RANGES = [
    ("NEG", "T_A", ("2025-07", "2025-08"), 0.030, 0.048),
    ("NEG", "T_A", ("2025-10", "2025-11", "2025-12"), 0.080, 0.105),
    ("REC", "T_A", ("2025-07", "2025-08", "2025-09"), 0.35, 0.42),
    ("REC", "T_A", ("2025-10", "2025-11", "2025-12"), 0.18, 0.25),
    ("COL", "T_B", ("2025-01", "2025-02", "2025-03"), 0.870, 0.895),
    ("COL", "T_B", ("2025-10", "2025-11", "2025-12"), 0.775, 0.830),
    ("FCR", "T_C", ("2025-04",), 0.82, 0.87),
    ("FCR", "T_C", ("2025-07",), 0.75, 0.77),
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
