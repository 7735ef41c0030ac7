"""Case C: the same bytes anew, and every planted truth found again in the files with pandas."""

import importlib
import math
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cstrain.datasets import folder

RECIPES = folder() / "recipes"
HOME = folder() / "C"
TABLES = {
    "contacts": 22_268,
    "intervals": 5_124,
    "field_jobs": 5_008,
    "agents": 60,
    "agent_months": 326,
    "kb": 80,
    "survey": 1_200,
    "policy": 6,
}
DATES = {
    "contacts": ["at"],
    "intervals": ["date"],
    "field_jobs": ["window_start", "arrived_at", "completed_at"],
    "agents": ["hire_date"],
    "kb": ["published_on"],
    "policy": ["date"],
}
DIMENSIONS = ("TAN", "EMP", "RES", "PRO", "REL")
ITEMS = [f"{face}_{name}{place}" for face in "EP" for name in DIMENSIONS for place in (1, 2, 3)]
MAY_BE_EMPTY = {
    ("contacts", "error_code"),
    ("contacts", "csat"),
    ("field_jobs", "csat"),
    ("kb", "error_code"),
    *(("survey", item) for item in ITEMS),
}
ISSUE = ["customer_id", "product", "reason"]
WEEK = pd.Timedelta(days=7)
LOG_END = pd.Timestamp("2025-10-01")
POLICY, ARTICLE = pd.Timestamp("2025-07-01"), pd.Timestamp("2025-08-11")
HIRED = pd.Timestamp("2025-06-01")
LATER = ["2025-07", "2025-08", "2025-09"]


@pytest.fixture(scope="module")
def recipe():
    before = set(sys.modules)
    sys.path.insert(0, str(RECIPES))
    yield importlib.import_module("case_c")
    sys.path.remove(str(RECIPES))
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(RECIPES)):
            del sys.modules[name]


def read(where):
    return {
        name: pd.read_csv(where / f"{name}.csv", parse_dates=DATES.get(name, [])) for name in TABLES
    }


@pytest.fixture(scope="module")
def tables():
    return read(HOME)


@pytest.fixture(scope="module")
def variant(recipe, tmp_path_factory):
    to = tmp_path_factory.mktemp("variant")
    recipe.run(recipe.RECIPE, ["--variant", str(recipe.VARIANT_SEED), "--to", str(to)])
    return read(to)


@pytest.fixture(scope="module")
def logs(tables, variant):
    return {"shipped": placed(tables), "variant": placed(variant)}


@pytest.fixture(params=["shipped", "variant"])
def which(request):
    return request.param


@pytest.fixture
def either(which, tables, variant):
    return {"shipped": tables, "variant": variant}[which]


@pytest.fixture
def log(which, logs):
    return logs[which]


def placed(tables):
    """The log with each contact's place in its chain, worked out by looking at its neighbours."""
    log = tables["contacts"].merge(
        tables["agents"][["agent_id", "hire_date", "team"]], on="agent_id", validate="m:1"
    )
    log = log.sort_values([*ISSUE, "at"], kind="stable")
    groups = log.groupby(ISSUE)["at"]
    log = log.assign(
        first=~((log["at"] - groups.shift(1)) <= WEEK),
        repeat=(groups.shift(-1) - log["at"]) <= WEEK,
        eligible=log["at"] <= LOG_END - WEEK,
        month=log["at"].dt.strftime("%Y-%m"),
        e7=log["error_code"] == "E7",
        late=log["at"] >= POLICY,
    )
    return log.assign(
        e7_before=log["e7"] & (log["at"] < ARTICLE),
        s2_since=(log["site"] == "S2") & log["late"],
    ).sort_values("contact_id")


def fcr(log):
    return 1 - log.loc[log["eligible"], "repeat"].mean()


def fcri(log):
    return fcr(log[log["first"]])


def mantel_haenszel(rows, exposed, strata):
    """The effect test of the curriculum, worked out from counts by stratum."""
    table = pd.DataFrame(
        {"x": exposed, "y": rows["repeat"], "s": strata.groupby(list(strata)).ngroup()}
    )
    table = table[rows["first"] & rows["eligible"]]
    n = table.pivot_table("y", "s", "x", aggfunc=["sum", "count"]).dropna()
    a, c = n["sum", True], n["sum", False]
    n1, n0 = n["count", True], n["count", False]
    size = n1 + n0
    top, bottom = (a * n0 / size).sum(), (c * n1 / size).sum()
    spread = (((a + c) * n1 * n0 - a * c * size) / size**2).sum()
    ratio, se = top / bottom, math.sqrt(spread / (top * bottom))
    return ratio, ratio * math.exp(-1.96 * se), ratio * math.exp(1.96 * se)


# ------------------------------------------------------------------------------- the recipe


def test_made_anew_the_bytes_are_the_same(recipe, tmp_path):
    recipe.run(recipe.RECIPE, ["--to", str(tmp_path)])
    assert {path.name for path in HOME.glob("*.csv")} == {f"{name}.csv" for name in TABLES}
    for name in TABLES:
        made = (tmp_path / f"{name}.csv").read_bytes()
        assert made == (HOME / f"{name}.csv").read_bytes(), name
        assert b"\r" not in made


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"resolved_s2_policy": 0.0}, "S2|policy|July"),
        ({"resolved_e7": 0.83}, "July"),
        ({"new_agents_s2": 0.2}, "new agents at S2"),
        ({"repeat_unresolved": 0.5}, "contacts"),
        ({"recorded_e7": 0.85}, "recorded"),
        ({"agent_fcr_s2_policy": 0.0}, "ranks"),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_a_tampered_number_stops_the_recipe_and_writes_nothing(recipe, tmp_path, change, broken):
    def tampered(seed):
        return recipe.make(seed, replace(recipe.PLAN, **change))

    with pytest.raises(SystemExit, match=rf"case C.*({broken}).*nothing was written"):
        recipe.run(replace(recipe.RECIPE, make=tampered), ["--to", str(tmp_path / "C")])
    assert not (tmp_path / "C").exists()


def test_the_variant_is_another_half_year(recipe, tables, variant):
    assert recipe.SEED != recipe.VARIANT_SEED
    assert not tables["contacts"].head(100).equals(variant["contacts"].head(100))


def test_the_keys_are_those_of_the_files(recipe, tables, logs):
    found = recipe.keys(recipe.make(recipe.SEED))
    log = logs["shipped"]
    for month, rows in log.groupby("month"):
        key = found["q1_resolution"][month]
        assert key["FCR"] == pytest.approx(fcr(rows))
        assert key["FCRI"] == pytest.approx(fcri(rows))
        assert key["self_mark"] == pytest.approx(rows["resolved_flag"].mean())
    july, april = log[log["month"] == "2025-07"], log[log["month"] == "2025-04"]
    plain = july[~july["e7"]]
    steps = [fcri(july), fcri(plain), fcri(plain[plain["site"] == "S1"]), fcri(april)]
    loss = found["q5_july_loss"]
    assert [loss["e7"], loss["policy"], loss["rest"]] == pytest.approx(
        [steps[1] - steps[0], steps[2] - steps[1], steps[3] - steps[2]]
    )
    again = (~log["first"]).sum()
    assert found["q10_repeat_cost"] == {
        "contacts": again,
        "sample_cny": again * 9,
        "company_cny": again * 90,
    }
    handled = log[["talk_s", "hold_s", "wrap_s"]].sum(axis=1).groupby(log["month"]).mean()
    happy = (log["csat"].dropna() >= 4).groupby(log["month"]).mean()
    lines = tables["intervals"].groupby(tables["intervals"]["date"].dt.strftime("%Y-%m"))
    sums = lines[["offered", "short_abandoned", "answered_20s"]].sum()
    in_time = sums["answered_20s"] / (sums["offered"] - sums["short_abandoned"])
    for month, key in found["n04_q5_kpi_table"].items():
        assert [key["SL"], key["AHT"], key["CSAT"]] == pytest.approx(
            [in_time[month], handled[month], happy[month]]
        )
    late = tables["intervals"]["date"] >= POLICY
    offered = tables["intervals"]["offered"]
    status = found["n15_q1_status"]
    assert status["growth"] == pytest.approx(offered[late].sum() / offered[~late].sum() - 1)
    assert status["CMP"] == pytest.approx(1_000 * (log["reason"] == "complaint").mean())
    assert status["head_count"] == tables["agents"]["team"].value_counts().to_dict()


# ---------------------------------------------------------------- form, domains, references


def test_rows_and_empty_cells(tables, variant):
    assert {name: len(table) for name, table in tables.items()} == TABLES
    for either in (tables, variant):
        for name, table in either.items():
            for column in table:
                if (name, column) not in MAY_BE_EMPTY:
                    assert table[column].notna().all(), (name, column)


@pytest.mark.parametrize("name", TABLES)
def test_cells_are_written_as_agreed(name):
    text = (HOME / f"{name}.csv").read_text(encoding="utf-8")
    assert "True" not in text
    assert "nan" not in text.lower()
    assert "None" not in text


def test_ids_exist_and_are_unique(either):
    names = {"contacts": "contact_id", "field_jobs": "job_id", "agents": "agent_id"}
    for table, column in {**names, "kb": "article_id"}.items():
        assert either[table][column].is_unique
    agents = set(either["agents"]["agent_id"])
    assert agents == {f"E{place:02d}" for place in range(1, 61)}
    assert set(either["contacts"]["agent_id"]) <= agents
    assert set(either["agent_months"]["agent_id"]) == agents
    jobs = either["field_jobs"]
    assert jobs["contact_id"].is_unique
    joined = jobs.merge(either["contacts"], on="contact_id")
    assert len(joined) == len(jobs)
    assert (joined["reason"] == "fault").all()
    assert not either["agent_months"].duplicated(["agent_id", "month"]).any()
    assert not either["intervals"].duplicated(["date", "half_hour"]).any()


DOMAINS = {
    ("contacts", "site"): {"S1", "S2"},
    ("contacts", "channel"): {"phone", "chat", "wechat", "mail"},
    ("contacts", "product"): {"AC-X2", "AC", "fridge", "washer", "kitchen"},
    ("contacts", "reason"): {"fault", "how_to", "install", "order", "complaint"},
    ("contacts", "transfers"): {0, 1, 2},
    ("contacts", "csat"): {1, 2, 3, 4, 5},
    ("field_jobs", "visits"): {1, 2},
    ("field_jobs", "city"): {f"Y{place:02d}" for place in range(1, 13)},
    ("agents", "team"): {"phone", "online", "mail"},
    ("agents", "level"): {"junior", "intermediate", "senior"},
    ("kb", "product"): {"AC-X2", "AC", "fridge", "washer", "kitchen"},
    ("policy", "site"): {"S2", "both"},
    ("survey", "site"): {"S1", "S2"},
    ("survey", "P_REL3"): {1, 2, 3, 4, 5, 6, 7},
}


@pytest.mark.parametrize(("table", "column"), DOMAINS)
def test_values_are_those_of_the_card(either, table, column):
    assert set(either[table][column].dropna()) == DOMAINS[table, column]


def test_times_follow_each_other(either):
    log = either["contacts"]
    assert log["at"].is_monotonic_increasing
    assert log["at"].dt.hour.between(8, 21).all()
    assert log["at"].between("2025-04-01", LOG_END, inclusive="left").all()
    assert not log.duplicated([*ISSUE, "at"]).any()
    jobs = either["field_jobs"].merge(log[["contact_id", "at"]], on="contact_id")
    stages = jobs[["at", "window_start", "arrived_at", "completed_at"]]
    assert (stages.diff(axis=1).iloc[:, 1:] >= pd.Timedelta(0)).all().all()
    in_window = jobs["arrived_at"] - jobs["window_start"] <= pd.Timedelta(hours=2)
    assert (in_window == jobs["on_time"]).all()
    assert not ((log["at"] > log["at"].max() - WEEK) & (log["at"] <= LOG_END - WEEK)).any()


def test_nobody_works_before_being_hired(either, log):
    assert (log["at"] >= log["hire_date"]).all()
    new = log["hire_date"] >= HIRED
    assert (log.loc[new, "at"] >= pd.Timestamp("2025-06-15")).all()
    months = either["agent_months"].merge(either["agents"], on="agent_id")
    assert (months["month"] >= months["hire_date"].dt.strftime("%Y-%m")).all()
    team = log["channel"].map({"phone": "phone", "chat": "online", "wechat": "online"})
    assert (team.fillna("mail") == log["team"]).all()


def test_intervals_add_up(either):
    rows = either["intervals"]
    assert (rows["answered"] == rows["offered"] - rows["abandoned"]).all()
    assert (rows["answered_20s"] <= rows["answered"]).all()
    assert (rows["short_abandoned"] <= rows["abandoned"]).all()
    assert rows["staffed"].min() >= 2
    assert rows.groupby("date").size().eq(28).all()


def test_occupancy_is_that_of_the_half_hour(either):
    log = either["contacts"]
    slots = log.groupby(["site", log["at"].dt.floor("30min")])["occupancy"].nunique()
    assert slots.eq(1).all()


# ------------------------------------------------------------------------- planted truths


def test_resolution_falls_in_july(log):
    months = dict(list(log.groupby("month")))
    assert 0.82 <= fcri(months["2025-04"]) <= 0.87
    assert 0.71 <= fcri(months["2025-07"]) <= 0.76
    assert 0.79 <= fcri(months["2025-09"]) <= 0.84
    assert 0.735 <= fcr(months["2025-07"]) <= 0.785  # diluted on every contact
    assert log.groupby("month")["resolved_flag"].mean().between(0.85, 0.92).all()


def test_e7_before_and_since_the_article(tables, variant, log):
    e7 = log[log["e7"]]
    assert fcri(e7[e7["at"] < ARTICLE]) <= 0.46
    assert fcri(e7[e7["at"] >= ARTICLE]) >= 0.73
    assert (e7["product"] == "AC-X2").all()
    assert (e7["reason"] == "fault").all()
    assert (e7["at"] >= HIRED).all()
    for either in (tables, variant):
        about = either["kb"][either["kb"]["error_code"] == "E7"]
        assert about["published_on"].tolist() == [ARTICLE]
    moved = (log["transfers"] > 0).groupby(log["e7_before"]).mean()
    assert 0.39 <= moved[True] <= 0.45
    assert 0.10 <= moved[False] <= 0.12


def test_the_new_appliance(log):
    x2 = log[log["product"] == "AC-X2"]
    assert x2["at"].min() >= pd.Timestamp("2025-05-20")
    firsts = log[log["first"]]
    shares = (firsts["product"] == "AC-X2").groupby(firsts["month"]).mean()
    for month, aim in zip(shares.index, (0.0, 0.05, 0.20, 0.32, 0.30, 0.22), strict=True):
        assert shares[month] == pytest.approx(aim, abs=0.025), month


def test_s2_since_its_scorecard(either, log):
    change = either["policy"].set_index("change").loc["scorecard_weight"]
    assert (change["date"], change["site"]) == (POLICY, "S2")
    plain = log[~log["e7"]]
    found = {key: fcri(rows) for key, rows in plain.groupby(["site", "late"])}
    assert 0.74 <= found["S2", True] <= 0.785
    for key in (("S1", False), ("S1", True), ("S2", False)):
        assert 0.82 <= found[key] <= 0.86
    handle = log[["talk_s", "hold_s", "wrap_s"]].sum(axis=1)
    aht = handle.groupby([log["site"], log["late"]]).mean()
    assert 0.76 <= aht["S2", True] / aht["S2", False] <= 0.84
    assert 0.98 <= aht["S1", True] / aht["S1", False] <= 1.05
    csat = log.groupby(["site", "late"])["csat"].mean()
    assert -0.36 <= csat["S2", True] - csat["S2", False] <= -0.15


def test_july_loss_in_three_steps(log):
    july, april = log[log["month"] == "2025-07"], log[log["month"] == "2025-04"]
    plain = july[~july["e7"]]
    s1 = plain[plain["site"] == "S1"]
    assert 0.05 <= fcri(plain) - fcri(july) <= 0.075
    assert 0.02 <= fcri(s1) - fcri(plain) <= 0.04
    assert -0.012 <= fcri(april) - fcri(s1) <= 0.012


def exposures(log):
    causes = ["s2_since", "e7_before"]
    everything = log["at"].notna()
    by_cause = log[causes]
    return {
        "e7": (everything, log["e7_before"], log[["site", "late"]]),
        "s2": (log["late"], log["site"] == "S2", log[["e7_before"]]),
        "s2_spring": (~log["late"], log["site"] == "S2", log[["e7_before"]]),
        "peak": (everything, log["occupancy"] > 0.80, by_cause),
        "new": (log["at"] >= pd.Timestamp("2025-06-15"), log["hire_date"] >= HIRED, by_cause),
        "chat": (everything, log["channel"] == "chat", by_cause),
    }


@pytest.mark.parametrize(
    ("factor", "supported"),
    [
        ("e7", True),
        ("s2", True),
        ("s2_spring", False),
        ("peak", False),
        ("new", False),
        ("chat", False),
    ],
)
def test_verdicts(log, factor, supported):
    rows, exposed, strata = exposures(log)[factor]
    ratio, low, high = mantel_haenszel(log[rows], exposed[rows], strata[rows])
    if supported:
        assert ratio >= 1.3
        assert low > 1
    else:
        assert 0.9 <= ratio <= 1.1
        assert low < 1 < high < 1.6


@pytest.mark.parametrize("factor", ["peak", "new", "chat"])
def test_decoys_tempt_when_raw(log, factor):
    rows, exposed, _ = exposures(log)[factor]
    one = pd.DataFrame({"all": 1}, index=log.index)
    ratio, low, _ = mantel_haenszel(log[rows], exposed[rows], one[rows])
    assert ratio >= 1.15
    assert low > 1


def test_customers_did_not_become_more_difficult(log):
    share = (log["reason"] == "complaint").groupby(log["month"]).mean()
    assert share["2025-07"] <= share["2025-04"] + 0.01


def test_handling_time_is_not_tied_to_resolution_at_s1(either):
    months = either["agent_months"].merge(either["agents"], on="agent_id")
    means = months[months["site"] == "S1"].groupby("agent_id")[["FCR", "AHT"]].mean()
    assert abs(means["FCR"].corr(means["AHT"])) < 0.25


def test_visits_and_parts(either, log):
    jobs = either["field_jobs"].merge(log[["contact_id", "e7_before"]], on="contact_id")
    recorded = jobs.groupby("e7_before")["error_recorded"].mean()
    assert 0.20 <= recorded[True] <= 0.30
    assert 0.83 <= recorded[False] <= 0.87
    visits = jobs.groupby("error_recorded")["visits"].mean()
    assert 1.10 <= visits[True] <= 1.14
    assert 1.44 <= visits[False] <= 1.52
    assert (jobs["visits"] == 2 - jobs["part_on_hand"]).all()


def test_lines_by_month_and_peak(either):
    rows = either["intervals"]
    sums = rows.groupby(rows["date"].dt.month)[
        ["offered", "answered_20s", "abandoned", "short_abandoned"]
    ].sum()
    base = sums["offered"] - sums["short_abandoned"]
    level, lost = sums["answered_20s"] / base, (sums["abandoned"] - sums["short_abandoned"]) / base
    assert level[[4, 5, 6, 9]].between(0.74, 0.81).all()
    assert 0.55 <= level[7] <= 0.61
    assert 0.59 <= level[8] <= 0.65
    assert lost[[4, 5, 6, 9]].between(0.035, 0.057).all()
    assert 0.08 <= lost[7] <= 0.10
    july = rows[rows["date"].dt.month == 7].groupby("half_hour")["offered"].mean()
    assert july.idxmax() == "19:00"
    assert math.ceil(july.max() * 300 / 1_800 / 0.85) in {12, 13}


# ------------------------------------------------------------------------------- the agents


def test_staff(either):
    staff = either["agents"]
    assert staff["site"].value_counts().to_dict() == {"S1": 36, "S2": 24}
    new = staff[staff["hire_date"] == HIRED]
    assert new["site"].value_counts().to_dict() == {"S2": 12, "S1": 3}
    assert staff["leader"].sum() == 6
    posts = staff.set_index("agent_id")["team"]
    assert (posts[["E02", "E05", "E21", "E33"]] == "phone").all()
    assert (posts[["E11", "E14", "E27", "E40"]] == "online").all()


@pytest.mark.parametrize(
    ("agent", "column", "spring", "summer"),
    [
        ("E02", "FCR", 0.86, 0.86),
        ("E02", "QA", 95, 95),
        ("E02", "overtime_h", 10, 38),
        ("E05", "FCR", 0.83, 0.69),
        ("E05", "AHT", 340, 262),
        ("E05", "QA", 91, 91),
        ("E11", "QA", None, 82),
        ("E11", "qa_attitude", None, 95),
        ("E11", "qa_knowledge", None, 61),
    ],
)
def test_the_three_of_the_interview(either, agent, column, spring, summer):
    rows = either["agent_months"].set_index("agent_id").loc[agent]
    late = rows["month"].isin(LATER)
    assert rows.loc[late, column].mean() == pytest.approx(summer)
    if spring is None:
        assert late.all()
        assert len(rows) == 2
    else:
        assert rows.loc[~late, column].mean() == pytest.approx(spring)


MARKS = {
    "CSAT": (3.8, 4.3, 4.6),
    "FCR": (0.65, 0.80, 0.88),
    "QA": (80, 90, 97),
    "AHT": (420, 330, 290),
    "attendance": (0.90, 0.97, 1.0),
}
USUAL = {"CSAT": 0.30, "FCR": 0.30, "QA": 0.20, "AHT": 0.10, "attendance": 0.10}
AT_S2 = {name: 0.40 if name == "AHT" else share * 2 / 3 for name, share in USUAL.items()}


def totals(tables, weights):
    months = tables["agent_months"]
    means = months[months["month"].isin(LATER)].groupby("agent_id")[list(MARKS)].mean()
    marks = pd.DataFrame(index=means.index)
    for name, (least, target, best) in MARKS.items():
        below = 100 + 40 * (means[name] - target) / (target - least)
        above = 100 + 20 * (means[name] - target) / (best - target)
        marks[name] = below.where(below < 100, above).clip(0, 120)
    return (marks * pd.Series(weights)).sum(axis=1), means


def test_totals_of_the_eight(either):
    usual, at_s2 = totals(either, USUAL)[0], totals(either, AT_S2)[0]
    aims = {"E02": 107.4, "E11": 91.0, "E14": 103.5, "E21": 100.0, "E27": 99.9}
    for agent, aim in aims.items():
        assert usual[agent] == pytest.approx(aim, abs=0.05)
    for agent, aim in {"E05": 96.2, "E33": 88.7, "E40": 112.3}.items():
        assert at_s2[agent] == pytest.approx(aim, abs=0.05)
    assert usual["E21"] >= 100 > usual["E27"]


def test_ranks_move_to_s2(either):
    before, means = totals(either, USUAL)
    after = totals(either, AT_S2)[0]
    gain = before.rank(ascending=False) - after.rank(ascending=False)
    sites = either["agents"].set_index("agent_id")["site"]
    by_site = gain.groupby(sites).mean()
    assert by_site["S2"] >= 12
    assert by_site["S1"] <= -8
    assert gain.rank().corr(means["FCR"].rank()) <= -0.5  # Spearman


def test_quality_is_the_mean_of_its_parts(either):
    rows = either["agent_months"]
    parts = rows[["qa_attitude", "qa_knowledge", "qa_process"]]
    assert (parts.mean(axis=1) - rows["QA"]).abs().max() < 0.02
    assert parts.max().max() <= 100
    assert rows["attendance"].max() <= 1


# ------------------------------------------------------------------------------- the survey


@pytest.fixture
def people(either):
    rows = either["survey"].drop_duplicates("resp_id")
    rows = rows[rows[ITEMS].max(axis=1) > rows[ITEMS].min(axis=1)]
    return rows.assign(E_REL3=8 - rows["E_REL3"], P_REL3=8 - rows["P_REL3"])


def dimension(rows, face, name):
    items = rows[[f"{face}_{name}{place}" for place in (1, 2, 3)]]
    return items.mean(axis=1).where(items.count(axis=1) >= 2)


def alpha(rows, name):
    items = rows[[f"P_{name}{place}" for place in (1, 2, 3)]].dropna()
    return 1.5 * (1 - items.var().sum() / items.sum(axis=1).var())


def test_survey_is_dirty_as_planned(either, people):
    rows = either["survey"]
    assert rows["resp_id"].nunique() == 1_188
    doubled = rows[rows.duplicated("resp_id", keep=False)]
    assert len(doubled) == 24
    assert doubled.drop_duplicates().shape[0] == 12
    assert len(people) == 1_164
    assert 0.025 <= rows[ITEMS].isna().mean().mean() <= 0.035
    assert alpha(either["survey"], "REL") < 0.45


GAPS = {"TAN": -0.2, "EMP": -0.7, "RES": -0.6, "PRO": -1.3, "REL": -1.2}


@pytest.mark.parametrize(("name", "aim"), GAPS.items())
def test_gaps_and_reliability(people, name, aim):
    gap = dimension(people, "P", name) - dimension(people, "E", name)
    assert gap.mean() == pytest.approx(aim, abs=0.12)
    assert 0.75 <= alpha(people, name) <= 0.90


def test_drivers_and_quadrants(people):
    scores = pd.DataFrame({name: dimension(people, "P", name) for name in DIMENSIONS})
    full = scores.assign(overall=people["overall"]).dropna()
    ties = full.corr().drop(index="overall")
    solved = np.linalg.solve(ties[list(DIMENSIONS)].to_numpy(), ties["overall"].to_numpy())
    weights = pd.Series(solved, index=DIMENSIONS)
    order = weights.sort_values(ascending=False)
    assert list(order.index) == ["PRO", "REL", "RES", "EMP", "TAN"]
    assert order.diff().dropna().max() <= -0.02
    seen = scores.mean()
    first = (weights > weights.mean()) & (seen < seen.mean())
    assert set(first[first].index) == {"PRO", "REL"}


def test_segments_of_the_survey(people):
    pro = dimension(people, "P", "PRO").groupby(people["product"] == "AC-X2").mean()
    emp = dimension(people, "P", "EMP").groupby(people["site"] == "S2").mean()
    assert -1.2 <= pro[True] - pro[False] <= -0.6
    assert -0.6 <= emp[True] - emp[False] <= -0.2


# -------------------------------------------------------------------------------- the cards


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(
    ("language", "invented"),
    [("zh", "数据为合成，不涉及真实个人"), ("en", "Synthetic, no real person")],
)
def test_cards_name_every_column(tables, name, language, invented):
    card = (folder() / "cards" / f"C_{name}.{language}.md").read_text(encoding="utf-8")
    assert invented in card
    assert f"{len(tables[name]):,}" in card
    for column in tables[name]:
        assert f"`{column}`" in card, column


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_company_file_lists_the_tables(tables, language):
    page = (folder() / "cards" / f"C.{language}.md").read_text(encoding="utf-8")
    for name, table in tables.items():
        assert f"| `C.{name}` | {len(table):,} |" in page
