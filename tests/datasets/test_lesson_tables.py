"""What the lessons plant in the small tables, found again with pandas and by other ways."""

import numpy as np
import pandas as pd
import pytest

from cstrain.datasets import load_dataset
from cstrain.stats.agreement import cohen_kappa

DRIVERS = {"REL": 0.28, "RES": 0.24, "PRO": 0.20, "EMP": 0.18, "TAN": 0.10}
ITEMS = [f"item_{place}" for place in range(1, 7)]


# --- N02: organisation -----------------------------------------------------------------------


def chart_faults(chart):
    two = chart.dropna(subset=["line_manager_id", "second_manager_id"])
    dual = two[two["line_manager_id"] != two["second_manager_id"]]["emp_id"]
    leaders = chart[chart["role"] == "leader"]["emp_id"]
    reports = chart.groupby("line_manager_id").size().reindex(leaders, fill_value=0)
    without = chart["refund_limit_cny"].fillna(0) == 0
    gap = chart[chart["answers_for_refund"] & without]["emp_id"]
    return sorted(dual), reports[(reports < 5) | (reports > 12)].to_dict(), sorted(gap)


def test_org_chart():
    chart = load_dataset("org_chart")
    assert chart["role"].value_counts().to_dict() == {"agent": 24, "leader": 3, "head": 1}
    reports = chart.groupby("line_manager_id").size()
    assert sorted(reports[["P02", "P03", "P04"]]) == [1, 7, 16]
    assert chart["second_manager_id"].count() == 2
    dual, span, gap = chart_faults(chart)
    assert (len(dual), len(gap)) == (2, 3)
    assert span == {"P02": 16, "P03": 1}
    limits = chart.set_index("emp_id")["refund_limit_cny"][gap]
    assert limits.isna().sum() == 1
    assert set(chart["line_manager_id"].dropna()) <= set(chart["emp_id"])


def test_hidden_org_chart_has_what_is_easy_to_misread():
    chart = load_dataset("org_chart_hidden")
    dual, span, gap = chart_faults(chart)
    assert dual == ["Z10", "Z28", "Z33"]
    assert span == {"Z03": 13, "Z05": 4, "Z06": 0}
    assert gap == ["Z04", "Z22", "Z38"]
    seconds = chart.dropna(subset="second_manager_id")
    assert len(seconds) == 5  # one is the line manager too, one has no line manager
    reports = chart.groupby("line_manager_id").size()
    assert {5, 12} <= set(reports)
    # Counting second managers as well, or every row of a boss, gives another answer.
    assert (chart["second_manager_id"] == "Z05").sum() + reports["Z05"] == 5


def test_org_line():
    line = load_dataset("org_line").set_index("station")["rate_per_h"]
    assert list(line) == [30, 12, 18, 9, 20]
    assert (line.idxmin(), line.min()) == ("inspect", 9)
    assert round(8 / line.min(), 3) == 0.889
    assert line.drop("inspect").idxmin() == "approve"


# --- N10: audit ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def audit():
    items = load_dataset("audit_items")[["item", "dimension"]]
    return load_dataset("audit_checks").merge(items, on="item")


def test_audit_is_complete(audit):
    keys = audit.groupby(["post", "month", "item"])["check"]
    assert (keys.nunique() == 8).all()
    assert len(keys) == 6 * 12 * 24
    assert set(audit["result"]) == {"P", "F", "NA"}
    counts = load_dataset("audit_items")["dimension"].value_counts().to_dict()
    assert counts == {"TAN": 14, "REL": 3, "RES": 3, "PRO": 2, "EMP": 2}
    assert audit["second_result"].count() == round(len(audit) / 10)


def test_equal_weights_hide_what_driver_weights_show(audit):
    judged = audit[audit["result"] != "NA"].assign(passed=lambda one: one["result"] == "P")
    csat = load_dataset("audit_csat").set_index(["post", "month"])["csat"]
    old = judged.groupby(["post", "month"])["passed"].mean()
    parts = judged.pivot_table("passed", ["post", "month"], "dimension")
    new = sum(weight * parts[name] for name, weight in DRIVERS.items())
    assert len(csat) == len(old) == 72
    assert 0 < old.corr(csat) < 0.30
    assert new.corr(csat) >= 0.55
    assert abs(parts["TAN"].corr(csat)) < 0.15
    assert 0.06 < parts["TAN"].std() < 0.11
    whole = judged.groupby("dimension")["passed"].mean()
    assert whole["TAN"] == pytest.approx(0.90, abs=0.035)
    assert whole["REL"] == pytest.approx(0.57, abs=0.035)


def test_auditors_agree_as_planned(audit):
    twice = audit.dropna(subset="second_result")
    both = twice[(twice["result"] != "NA") & (twice["second_result"] != "NA")]
    assert (both["result"] == both["second_result"]).mean() == pytest.approx(0.85, abs=0.02)
    found = cohen_kappa(both["result"], both["second_result"])
    same = (both["result"] == both["second_result"]).mean()
    shares = [both[one].value_counts(normalize=True) for one in ("result", "second_result")]
    chance = (shares[0] * shares[1]).sum()
    assert found.kappa.estimate == pytest.approx((same - chance) / (1 - chance))


BOUNDS = {"csat": [0.90, 0.85, 0.75], "ear": [0.95, 0.90, 0.80], "clr": [0.95, 0.85, 0.70], "complaints_per_1000": [-2, -4, -8]}  # fmt: skip


@pytest.mark.parametrize("name", ["audit_grades", "audit_grades_hidden"])
def test_every_grade_is_given_and_bounds_occur(name):
    table = load_dataset(name)
    for column, bounds in BOUNDS.items():
        values = table[column].dropna() * (-1 if bounds[0] < 0 else 1)
        given = {sum(value >= bound for bound in bounds) for value in values}
        assert given == {0, 1, 2, 3}, column
        assert set(values) & set(bounds), f"no value on a bound in {column}"
    assert table.isna().sum().sum() >= 1


def test_audit_grades_have_the_values_of_the_lesson():
    table = load_dataset("audit_grades")
    assert {0.90, 0.8999, 0.85, 0.75} <= set(table["csat"])
    assert {2.0, 4.01} <= set(table["complaints_per_1000"])


def test_two_weeks_are_out_of_control():
    weeks = load_dataset("qa_scores").set_index("week")
    centre = weeks["defects"].sum() / weeks["checked"].sum()
    sigma = np.sqrt(centre * (1 - centre) / 150)
    share = weeks["defects"] / weeks["checked"]
    assert 0.122 <= centre + 3 * sigma <= 0.130
    assert list(share[(share > centre + 3 * sigma) | (share < max(0, centre - 3 * sigma))].index) == [22, 23]  # fmt: skip
    assert list(weeks["defects"][[22, 23]]) == [25, 24]


# --- N11: people -----------------------------------------------------------------------------


def test_skills_gaps():
    matrix = load_dataset("skills_matrix").set_index(["staff_id", "team"])
    assert matrix.shape == (24, 7)
    able = (matrix >= 2).groupby("team").sum()
    gaps = {(team, skill) for skill in able for team in able.index[able[skill] < 2]}
    assert gaps == {
        ("phone", "creativity"),
        ("online", "conflict"),
        ("mail", "negotiation"),
    }
    assert set(matrix.to_numpy().ravel()) == {0, 1, 2, 3}


def test_candidates():
    table = load_dataset("candidates").set_index("candidate")
    totals = (table * [0.25, 0.20, 0.20, 0.10, 0.10, 0.15]).sum(axis=1)
    assert totals.round(10).tolist() == [4.40, 4.00, 3.95, 3.60, 3.75, 3.40, 3.35, 3.70]
    fit = totals[table["service_awareness"] >= 3].sort_values(ascending=False)
    assert list(fit.index) == ["K2", "K3", "K5", "K8", "K4", "K6", "K7"]


def test_training_effects():
    table = load_dataset("training")
    assert table["group"].value_counts().to_dict() == {"trained": 60, "waitlist": 60}
    means = table.assign(gain=table["post"] - table["pre"]).groupby("group").mean(numeric_only=True)
    gap = means.loc["trained"] - means.loc["waitlist"]
    assert means["gain"].round(9).to_dict() == {"trained": 12.0, "waitlist": 5.0}
    assert gap[["gain", "qa_30", "qa_60"]].round(9).tolist() == [7.0, 3.0, 1.5]
    spread = table.groupby("group")[["qa_30", "qa_60"]].std()
    assert spread.to_numpy() == pytest.approx(4, abs=0.9)


# --- N12: 360-degree ratings -----------------------------------------------------------------


def test_biases_are_found_in_those_planned_and_in_nobody_else():
    table = load_dataset("perf_360")
    kinds = pd.crosstab(table["ratee_id"], table["rater_type"])
    assert (kinds == {"customer": 8, "external": 1, "peer": 4, "self": 1, "subordinate": 3, "supervisor": 1}).all(axis=None)  # fmt: skip
    table["mean"] = table[ITEMS].mean(axis=1)
    total = table.groupby("ratee_id")["mean"].transform("sum")
    table["above"] = table["mean"] - (total - table["mean"]) / 17
    table["spread"] = table[ITEMS].std(axis=1, ddof=0)
    raters = table.groupby("rater_id").agg(n=("mean", "size"), above=("above", "mean"), spread=("spread", "mean"))  # fmt: skip
    many = raters[(raters["n"] > 1)]
    assert list(many[many["above"] >= 0.5].index) == ["R07"]
    assert list(many[(many["spread"] < 0.15)].index) == ["R15"]
    assert raters["n"][["R07", "R15"]].tolist() == [5, 5]
    own = table[table["rater_type"] == "self"].set_index("ratee_id")["above"]
    assert list(own[own >= 0.7].index) == ["E09"]
    by_kind = table.pivot_table("mean", "ratee_id", "rater_type")
    favour = by_kind["supervisor"] - by_kind["customer"]
    assert favour.idxmax() == "E04"
    assert favour["E04"] >= 0.7 > favour.drop("E04").max()


# --- N13 and N15: teams ----------------------------------------------------------------------


def test_difference_in_differences_and_the_response_rate():
    table = load_dataset("incentive_panel")
    table["late"] = table["month"] >= "2025-07"
    means = table.groupby(["team", "late"])[["csat_pct", "response_rate"]].mean().round(9)
    assert means["csat_pct"].tolist() == [82.0, 87.0, 82.5, 85.5]
    assert means["response_rate"]["T1"].tolist() == [0.31, 0.19]
    assert abs(means["response_rate"]["T2"].diff().iloc[-1]) < 0.01
    assert set(table[table["bonus"]]["team"]) == {"T1"}
    assert (table["bonus"] == ((table["team"] == "T1") & table["late"])).all()


def test_climate_correlations():
    table = load_dataset("team_climate").drop(columns="team_id")
    found = table.corr()
    assert found.loc["climate", "turnover_pct"] == pytest.approx(-0.60, abs=0.003)
    assert found.loc["climate", "csat_pct"] == pytest.approx(0.50, abs=0.003)
    assert found.loc["pay_cny", "csat_pct"] == pytest.approx(0.0, abs=0.003)
    assert table["climate"].between(1, 5).all()


# --- N05: evidence ---------------------------------------------------------------------------


def test_evidence_cards_and_their_key():
    key = load_dataset("evidence_key")
    graph = load_dataset("causal_graph")
    for case in "ABC":
        cards = load_dataset(f"evidence_{case}")
        own = key[key["case"] == case]
        assert list(cards["card_id"]) == list(own["card_id"])
        assert own["kind"].value_counts().to_dict() == {"true": 10, "irrelevant": 8, "opinion": 6}
        # The order gives nothing away: the codes are well mixed.
        assert own["code"].tolist() != sorted(own["code"])
        assert (own["kind"] != own["kind"].shift()).sum() >= 10
        used = graph[graph["case"] == case]["cards"].str.split().explode()
        assert set(used) == set(own[own["kind"] == "true"]["card_id"])
    assert graph.groupby("chain")["place"].max().to_dict() == {"A1": 6, "B1": 7, "C1": 5, "C2": 5}
    below = graph.dropna(subset="explains")
    assert (below["explains"] == below["chain"] + "." + (below["place"] - 1).astype(str)).all()
    assert (graph[graph["place"] == 0]["kind"] == "head").all()
    assert len(graph[graph["kind"] == "root"]) == 4


def test_figures_on_cards_are_those_of_the_cases():
    said = {
        row["card_id"]: (row["text_zh"], row["text_en"])
        for case in "ABC"
        for _, row in load_dataset(f"evidence_{case}").iterrows()
    }
    cards = load_dataset("evidence_key").set_index(["case", "code"])["card_id"]
    reviews = load_dataset("A.reviews").merge(load_dataset("A.orders"), on="order_id")
    bad = (reviews["stars"] <= 3).groupby(reviews["order_day"] >= "2025-09-15").mean() * 100
    bills = load_dataset("B.bills").groupby("quarter")[["paid_cny", "billed_cny"]].sum()
    paid = bills["paid_cny"] / bills["billed_cny"] * 100
    repairs = load_dataset("B.repairs")
    hours = (repairs["completed_at"] - repairs["reported_at"]) / pd.Timedelta(hours=1)
    median = hours.groupby(repairs["first_trade_ok"]).median()
    calls = load_dataset("C.intervals")
    volume = calls.groupby(calls["date"].dt.month)["offered"].sum()
    expected = {
        ("A", "T1"): (bad[False], bad[True]),
        ("B", "T1"): (paid[1], paid[4]),
        ("B", "T4"): (median[False], median[True]),
        ("C", "I1"): (round(volume[7] / volume[4], 1),),
    }
    for place, figures in expected.items():
        for text in said[cards[place]]:
            for figure in figures:
                shown = f"{figure}" if place == ("C", "I1") else f"{figure:.0f}"
                assert shown in text, (place, shown)


def test_the_cases_head_of_the_chain_agrees_with_its_card():
    graph = load_dataset("causal_graph")
    heads = graph[graph["place"] == 0].set_index("chain")
    figures = {chain: set(pd.Series(heads.loc[chain, "text_en"]).str.findall(r"\d+(?:\.\d+)?").iloc[0]) for chain in heads.index}  # fmt: skip
    for chain, case in (("A1", "A"), ("B1", "B"), ("C1", "C"), ("C2", "C")):
        deck = load_dataset(f"evidence_{case}").set_index("card_id")
        text = deck.loc[heads.loc[chain, "cards"], "text_en"]
        assert figures[chain] <= set(pd.Series(text).str.findall(r"\d+(?:\.\d+)?").iloc[0])
