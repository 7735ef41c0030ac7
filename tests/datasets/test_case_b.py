"""Case B: the same bytes anew, and every planted truth found again in the files with pandas."""

import importlib
import math
import re
import sys
import tomllib
from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from cstrain.datasets import folder, table

RECIPES = folder() / "recipes"
HOME = folder() / "B"
TABLES = {"units": 1_680, "bills": 6_720, "repairs": 5_416, "calls": 6_000, "survey": 424}
TABLES["staff"] = 26
DATES = {
    "units": [],
    "bills": ["paid_on"],
    "repairs": ["reported_at", "completed_at", "closed_at"],
    "calls": ["at"],
    "survey": [],
    "staff": ["hire_date", "left_on"],
}
DIMENSIONS = ["TAN", "EMP", "RES", "PRO", "REL"]
ITEMS = [f"{side}_{name}{n}" for side in "EP" for name in DIMENSIONS for n in (1, 2, 3)]
MAY_BE_EMPTY = {
    ("bills", "paid_on"),
    ("bills", "stated_reason"),
    ("repairs", "satisfaction"),
    ("calls", "talk_s"),
    ("calls", "greeting_ok"),
    ("calls", "agent_id"),
    ("staff", "trade"),
    ("staff", "left_on"),
    ("survey", "comment_zh"),
    ("survey", "comment_en"),
    *(("survey", item) for item in ITEMS),
}
APRIL, MAY = pd.Timestamp("2025-04-01"), pd.Timestamp("2025-05-01")
END = pd.Timestamp("2026-02-01")


@pytest.fixture(scope="module")
def recipe():
    before = set(sys.modules)
    sys.path.insert(0, str(RECIPES))
    yield importlib.import_module("case_b")
    sys.path.remove(str(RECIPES))
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(RECIPES)):
            del sys.modules[name]


def read(where):
    return {name: pd.read_csv(where / f"{name}.csv", parse_dates=DATES[name]) for name in TABLES}


@pytest.fixture(scope="module")
def tables():
    return read(HOME)


@pytest.fixture(scope="module")
def variant(recipe, tmp_path_factory):
    to = tmp_path_factory.mktemp("variant")
    recipe.run(recipe.RECIPE, ["--variant", str(recipe.VARIANT_SEED), "--to", str(to)])
    return read(to)


@pytest.fixture(params=["shipped", "variant"])
def either(request, tables, variant):
    return {"shipped": tables, "variant": variant}[request.param]


def jobs(tables):
    rows = tables["repairs"]
    hours = (rows["completed_at"] - rows["reported_at"]) / pd.Timedelta(hours=1)
    return rows.assign(
        hours=hours,
        bad=rows["reopened"] | (hours > 72),
        wrong=~rows["first_trade_ok"],
        uncoded=~rows["coded"],
        since=rows["reported_at"] >= APRIL,
        app=rows["channel"] == "app",
        quarter=rows["reported_at"].dt.quarter,
    )


def charges(tables):
    units = tables["units"]
    bad = jobs(tables).query("bad")[["unit_id", "quarter"]]
    earlier = units.loc[units["bad_2024q4"], ["unit_id"]].assign(quarter=0)
    bad = pd.concat([bad, earlier])
    touched = pd.concat([bad, bad.assign(quarter=bad["quarter"] + 1)]).drop_duplicates()
    rows = tables["bills"].merge(units, on="unit_id", validate="m:1")
    rows = rows.merge(touched.assign(exposed=True), on=["unit_id", "quarter"], how="left")
    return rows.assign(
        exposed=rows["exposed"].notna(),
        unpaid=rows["paid_cny"] == 0,
        tenant=rows["occupant"] == "tenant",
        old=rows["building"].isin([5, 6]),
        wechat=rows["notice"] == "wechat",
        later=rows["quarter"] > 1,
    )


def ratio(rows, exposed, outcome, strata):
    """Mantel and Haenszel with the interval of Greenland and Robins, written anew."""
    top = bottom = spread = 0.0
    for _, part in rows.groupby(strata):
        a, n1 = part.loc[part[exposed], outcome].sum(), part[exposed].sum()
        c, n0 = part.loc[~part[exposed], outcome].sum(), (~part[exposed]).sum()
        if n1 and n0:
            n = n1 + n0
            top += a * n0 / n
            bottom += c * n1 / n
            spread += ((a + c) * n1 * n0 - a * c * n) / n**2
    middle, se = top / bottom, math.sqrt(spread / (top * bottom))
    return middle, middle * math.exp(-1.96 * se), middle * math.exp(1.96 * se)


def test_made_anew_the_bytes_are_the_same(recipe, tmp_path):
    recipe.run(recipe.RECIPE, ["--to", str(tmp_path)])
    assert {path.stem for path in tmp_path.iterdir()} == set(TABLES)
    for name in TABLES:
        assert (tmp_path / f"{name}.csv").read_bytes() == (HOME / f"{name}.csv").read_bytes()


def test_the_variant_is_another_world(recipe, variant, tables):
    assert recipe.SEED != recipe.VARIANT_SEED
    assert not variant["units"]["area_m2"].equals(tables["units"]["area_m2"])


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"coded_since": 0.90}, "coded by phone and desk since"),
        ({"wrong_uncoded": 0.06}, "wrong trade if not coded"),
        ({"arrears_exposed": 0.06}, "arrears of the exposed"),
        ({"fee_high_unpaid": 0.60}, "fee too high, of the unpaid"),
        ({"callback": 0.90}, "closed loop before"),
        ({"more_rings": 2.0}, "three rings before"),
        ({"straight_liners": 9}, "people in the cleaned survey"),
        ({"calls": 5_999}, "number of calls"),
    ],
)
def test_a_tampered_parameter_stops_the_recipe(recipe, tmp_path, change, broken):
    tampered = replace(
        recipe.RECIPE, make=partial(recipe.make, plan=replace(recipe.PLAN, **change))
    )
    with pytest.raises(SystemExit, match=f"{broken}.*nothing was written"):
        recipe.run(tampered, ["--to", str(tmp_path / "none")])
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", TABLES)
def test_form_of_the_files(tables, name):
    raw = (HOME / f"{name}.csv").read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    table = tables[name]
    assert len(table) == TABLES[name]
    if name != "survey":
        assert not table.duplicated(table.columns[0]).any()
    for column in table:
        assert table[column].notna().all() or (name, column) in MAY_BE_EMPTY
    cells = pd.read_csv(HOME / f"{name}.csv", dtype=str, keep_default_na=False)
    stamp = (
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d" if name in {"repairs", "calls"} else r"\d{4}-\d\d-\d\d"
    )
    for column in DATES[name]:
        assert table[column].dtype.kind == "M"
        assert cells.loc[cells[column] != "", column].str.fullmatch(stamp).all()
    for column in table.select_dtypes("bool"):
        assert set(cells[column]) == {"true", "false"}
    for column in ("billed_cny", "paid_cny", "fee_cny_m2_month", "area_m2"):
        if column in cells:
            places = r"\d+\.\d" if column == "area_m2" else r"\d+\.\d\d"
            assert cells[column].str.fullmatch(places).all()
    whole = {"satisfaction", "talk_s", *ITEMS} & set(cells)
    assert all(cells[column].str.fullmatch(r"\d*").all() for column in whole)


VALUES = {
    ("units", "building"): set(range(1, 9)),
    ("units", "occupant"): {"owner", "tenant", "vacant"},
    ("units", "notice"): {"paper", "wechat"},
    ("units", "fee_cny_m2_month"): {2.6},
    ("bills", "quarter"): {1, 2, 3, 4},
    ("bills", "stated_reason"): {"fee_high", "repair_unsolved", "not_home", "forgot", "other"},
    ("repairs", "channel"): {"phone", "desk", "app"},
    ("repairs", "category"): {"plumbing", "electrical", "leak", "door", "lift", "public"},
    ("repairs", "visits"): {1, 2},
    ("repairs", "satisfaction"): {1, 2, 3, 4, 5},
    ("repairs", "scope"): {"in", "out"},
    ("calls", "greeting_ok"): {True, False},
    ("survey", "building"): set(range(1, 9)),
    ("survey", "fee_opinion"): {"fee_high", "fair", "no_opinion"},
    ("staff", "post"): {
        *("manager", "front_desk", "engineering", "order", "cleaning", "environment")
    },
    ("staff", "trade"): {"plumbing", "electrical", "joinery"},
    ("staff", "shift"): {"day", "early", "late", "night"},
    ("staff", "judged_on"): {
        *("call_length", "jobs_done", "rounds_done", "inspection_mark", "collection_rate")
    },
}


@pytest.mark.parametrize(("name", "column"), VALUES)
def test_values_come_from_the_lists(tables, name, column):
    assert set(tables[name][column].dropna()) == VALUES[name, column]


def test_numbers_stay_on_their_scales(either):
    assert either["units"]["area_m2"].between(55, 160).all()
    assert (either["units"].groupby("building").size() == 210).all()
    assert either["calls"]["rings"].ge(1).all()
    assert either["calls"]["talk_s"].dropna().ge(1).all()
    survey = either["survey"]
    assert survey[ITEMS].isin([*range(1, 8), np.nan]).all(axis=None)
    assert survey["overall"].isin(range(1, 11)).all()
    assert survey["nps"].isin(range(11)).all()


def test_ids_exist_where_they_are_looked_up(either):
    units, bills, staff = either["units"], either["bills"], either["staff"].set_index("staff_id")
    assert units["unit_id"].str.fullmatch(r"[1-8]-(0[1-9]|1\d|2[01])(0[1-9]|10)").all()
    assert (units["unit_id"].str[0].astype(int) == units["building"]).all()
    assert either["repairs"]["unit_id"].isin(units["unit_id"]).all()
    assert (bills.groupby("unit_id")["quarter"].agg(set) == {1, 2, 3, 4}).all()
    assert set(bills["unit_id"]) == set(units["unit_id"])
    posts = staff["post"]
    assert set(either["calls"]["agent_id"].dropna()) == set(posts[posts == "front_desk"].index)
    assert set(either["repairs"]["tech_id"]) == set(posts[posts == "engineering"].index)
    assert (staff["trade"].notna() == (posts == "engineering")).all()
    trades = either["repairs"]["category"].map(
        {"plumbing": "plumbing", "leak": "plumbing", "door": "joinery"}
    )
    own = either["repairs"]["tech_id"].map(staff["trade"])
    assert (own == trades.fillna("electrical")).all()
    app = either["repairs"].query("channel == 'app'").merge(units, on="unit_id")
    assert app["app_bound"].all()


def test_a_bill_is_paid_in_full_or_not_at_all(either):
    rows = charges(either)
    assert (rows["billed_cny"] - rows["area_m2"] * 2.6 * 3).abs().max() < 0.006
    assert (rows["unpaid"] | (rows["paid_cny"] == rows["billed_cny"])).all()
    assert (rows["unpaid"] == rows["paid_on"].isna()).all()
    assert (rows["unpaid"] == rows["stated_reason"].notna()).all()
    month = rows["quarter"] * 3 - 1
    issued = pd.to_datetime("2025-" + month.astype(str).str.zfill(2) + "-14")
    paid = rows.loc[~rows["unpaid"], "paid_on"]
    assert (paid > issued[paid.index]).all()
    assert (paid < END).all()


def test_times_follow_each_other(either):
    rows = either["repairs"]
    assert rows["reported_at"].is_monotonic_increasing
    assert rows["reported_at"].between("2025-01-01", "2026-01-01", inclusive="left").all()
    assert (rows["reported_at"] < rows["completed_at"]).all()
    assert (rows["completed_at"] < rows["closed_at"]).all()
    assert (rows["closed_at"] < END).all()
    wait = rows["closed_at"] - rows["completed_at"]
    assert (wait[~rows["callback"]] == pd.Timedelta(days=1)).all()
    assert (wait[rows["callback"]] < pd.Timedelta(days=1)).all()
    assert ((rows["visits"] == 2) == (~rows["first_trade_ok"] | rows["reopened"])).all()
    calls = either["calls"]
    assert calls["at"].is_monotonic_increasing
    assert calls["at"].between("2025-01-01", "2026-01-01", inclusive="left").all()
    for column in ("talk_s", "greeting_ok", "agent_id"):
        assert (calls[column].notna() == calls["answered"]).all()
    staff = either["staff"]
    assert (staff["hire_date"] < "2025-01-01").all()
    assert staff["left_on"].dropna().tolist() == [MAY]
    gone = staff.loc[staff["left_on"].notna(), "staff_id"].item()
    assert (rows.loc[rows["tech_id"] == gone, "reported_at"] < MAY).all()


def test_the_collection_rate_falls(either):
    sums = either["bills"].groupby("quarter")[["paid_cny", "billed_cny"]].sum()
    rate = sums["paid_cny"] / sums["billed_cny"]
    assert 0.870 <= rate[1] <= 0.895
    assert 0.830 <= rate[2] <= 0.860
    assert 0.795 <= rate[3] <= 0.830
    assert 0.775 <= rate[4] <= 0.830
    assert rate.is_monotonic_decreasing


def test_the_quick_note_leaves_place_and_fault_out(either):
    rows = jobs(either)
    coded = rows.groupby(["app", "since"])["coded"].mean()
    assert 0.87 <= coded[False, False] <= 0.93
    assert 0.27 <= coded[False, True] <= 0.33
    assert coded[True].between(0.92, 0.98).all()
    wrong = rows.groupby(["app", "since"])["wrong"].mean()
    assert 0.35 <= wrong[False, True] <= 0.40
    assert 0.06 <= wrong[True, True] <= 0.105
    overall = rows.groupby("since")["wrong"].mean()
    assert 0.085 <= overall[False] <= 0.115
    assert 0.29 <= overall[True] <= 0.335
    middle, low, _ = ratio(rows, "uncoded", "wrong", "channel")
    assert 6 <= middle <= 11
    assert low > 1


def test_the_wrong_trade_makes_repairs_late_and_bad(either):
    rows = jobs(either)
    hours = rows.groupby("wrong")["hours"].median()
    assert 19 <= hours[False] <= 21
    assert 67 <= hours[True] <= 74
    bad = rows.groupby("wrong")["bad"].mean()
    assert 0.035 <= bad[False] <= 0.06
    assert 0.68 <= bad[True] <= 0.76
    assert rows.groupby("bad")["satisfaction"].mean().diff().iloc[1] < -0.9


def test_bad_repairs_end_in_arrears(either):
    rows = charges(either)
    rate = rows.groupby("exposed")["unpaid"].mean()
    assert 0.43 <= rate[True] <= 0.49
    assert 0.05 <= rate[False] <= 0.07
    share = rows.groupby("quarter")["exposed"].mean()
    assert 0.12 <= share[1] <= 0.16
    assert 0.29 <= share[4] <= 0.35
    middle, low, _ = ratio(rows, "exposed", "unpaid", "old")
    assert 6.5 <= middle <= 9
    assert low > 1
    among = rows.loc[rows["unpaid"], "exposed"].mean()
    assert 0.60 <= among * (1 - rate[False] / rate[True]) <= 0.67


# decoy, strata, first quarter, least raw ratio
DECOYS = [
    ("tenant", ["exposed"], 1, 1.15),
    ("old", ["exposed"], 1, 1.5),
    ("wechat", ["exposed", "quarter"], 2, 0.0),
]


@pytest.mark.parametrize(("factor", "strata", "quarter", "raw"), DECOYS)
def test_decoys_of_the_arrears(either, factor, strata, quarter, raw):
    rows = charges(either)
    rows = rows[rows["quarter"] >= quarter]
    middle, low, high = ratio(rows, factor, "unpaid", strata)
    assert 0.8 <= middle <= 1.25
    assert low < 1 < high < 1.6
    rates = rows.groupby(factor)["unpaid"].mean()
    assert rates[True] / rates[False] >= raw


def did(rows, others):
    rows = rows[rows["wechat"] | rows["building"].isin(others)]
    paid = (~rows["unpaid"]).groupby([rows["wechat"], rows["later"]]).agg(["mean", "size"])
    change = paid["mean"].groupby("wechat").diff().dropna()
    spread = (paid["mean"] * (1 - paid["mean"]) / paid["size"]).sum() ** 0.5
    return change[True].item() - change[False].item(), 1.96 * spread


def test_notices_differ_only_in_the_unfair_comparison(either):
    rows = charges(either)
    fair, half = did(rows, [7, 8])
    assert abs(fair) < 0.03
    assert abs(fair) < half
    unfair, _ = did(rows, [5, 6, 7, 8])
    assert 0.015 <= unfair <= 0.065


def test_the_technician_the_rings_and_the_callbacks_changed_nothing(either):
    rows, calls = jobs(either), either["calls"]
    right = rows[~rows["wrong"]]
    hours = right.groupby(right["reported_at"] >= MAY)["hours"].median()
    assert 0.9 <= hours[True] / hours[False] <= 1.1
    back = rows.groupby("since")["callback"].mean()
    assert back.between(0.72, 0.76).all()
    assert abs(back[True] - back[False]) <= 0.02
    quick = calls["answered"] & (calls["rings"] <= 3)
    three = quick.groupby(calls["at"] >= APRIL).mean()
    assert three.round(2).tolist() == [0.91, 0.90]


def test_the_fee_is_as_high_for_payers(either):
    stated = either["bills"]["stated_reason"].value_counts(normalize=True)
    assert 0.385 <= stated["fee_high"] <= 0.435
    assert list(stated.index[:2]) == ["fee_high", "repair_unsolved"]
    rows = charges(either)
    assert rows.loc[rows["stated_reason"] == "repair_unsolved", "exposed"].all()
    opinion = cleaned(either)["fee_opinion"].value_counts(normalize=True)
    assert 0.375 <= opinion["fee_high"] <= 0.425


def cleaned(tables):
    """Clean as lesson 7 says: first row, no straight-liners, third item of trust turned."""
    rows = tables["survey"].drop_duplicates("resp_id")
    rows = rows[rows[ITEMS].max(axis=1) > rows[ITEMS].min(axis=1)].copy()
    for item in ("E_REL3", "P_REL3"):
        rows[item] = 8 - rows[item]
    return rows


def means(rows, side):
    found = {}
    for name in DIMENSIONS:
        own = rows[[f"{side}_{name}{n}" for n in (1, 2, 3)]]
        found[name] = own.mean(axis=1).where(own.notna().sum(axis=1) >= 2)
    return pd.DataFrame(found)


def alpha(items):
    full = items.dropna()
    return 1.5 * (1 - full.var().sum() / full.sum(axis=1).var())


def test_faults_of_the_survey(either):
    rows = either["survey"]
    twice = rows[rows.duplicated("resp_id", keep=False)]
    assert len(twice) == 8
    assert len(twice.drop_duplicates()) == 4
    once = rows.drop_duplicates("resp_id")
    assert len(once) == 420
    assert (once[ITEMS].max(axis=1) == once[ITEMS].min(axis=1)).sum() == 10
    assert 0.025 <= once[ITEMS].isna().mean(axis=None) <= 0.035
    assert len(cleaned(either)) == 410


def test_gaps_alphas_and_drivers_of_the_survey(either):
    rows = cleaned(either)
    seen = means(rows, "P")
    gaps = (seen - means(rows, "E")).mean()
    planted = {"TAN": -0.3, "EMP": -0.6, "RES": -1.1, "PRO": -0.5, "REL": -1.4}
    for name in DIMENSIONS:
        assert abs(gaps[name] - planted[name]) <= 0.12
        assert 0.75 <= alpha(rows[[f"P_{name}{n}" for n in (1, 2, 3)]]) <= 0.90
    unturned = rows[["P_REL1", "P_REL2", "P_REL3"]].assign(P_REL3=8 - rows["P_REL3"])
    assert alpha(unturned) < 0.45
    both = seen.assign(overall=rows["overall"]).dropna()
    standard = (both - both.mean()) / both.std()
    weight = dict(
        zip(DIMENSIONS, np.linalg.lstsq(standard[DIMENSIONS], standard["overall"])[0], strict=True)
    )
    order = ["REL", "RES", "PRO", "EMP", "TAN"]
    for more, less in pairwise(order):
        assert weight[more] - weight[less] >= 0.02
    important = {name for name in order if weight[name] > np.mean(list(weight.values()))}
    weak = {name for name in order if seen[name].mean() < seen.mean().mean()}
    assert important & weak == {"REL", "RES"}


def test_comments_stand_in_both_languages(either):
    pool = tomllib.loads((RECIPES / "case_b_texts.toml").read_text(encoding="utf-8"))["text"]
    by_zh = {one["zh"]: one for one in pool}
    assert len(pool) == len(by_zh) == len({one["en"] for one in pool}) == 60
    assert all(re.search("[\u4e00-\u9fff]", one["zh"]) for one in pool)
    assert not any(re.search("[\u3000-\u9fff\uff00-\uffef]", one["en"]) for one in pool)
    rows = either["survey"]
    assert (rows["comment_zh"].notna() == rows["comment_en"].notna()).all()
    said = rows.dropna(subset="comment_zh")
    assert said["comment_zh"].nunique() >= 40
    for row in said.itertuples():
        text = by_zh[row.comment_zh]
        assert text["en"] == row.comment_en
        if text["tag"] == "fee":
            assert row.fee_opinion == "fee_high"
        else:
            assert (text["tone"] == "bad") == (row.overall <= 6)


def test_the_collection_rate_fits_the_history_of_goals(tables):
    """The history of the goal cards tells the same story, to about one point."""
    history = pd.read_csv(table("goal_history").file).query("metric == 'COL' and team == 'T_B'")
    told = history[history["month"].isin(["2025-01", "2025-04", "2025-07", "2025-10"])]["value"]
    sums = tables["bills"].groupby("quarter")[["paid_cny", "billed_cny"]].sum()
    assert np.abs((sums["paid_cny"] / sums["billed_cny"]).array - told.array).max() <= 5.1e-5


def test_the_keys_agree_with_the_files(recipe, tables):
    keys = recipe.keys(recipe.make(recipe.SEED))
    rows, owed = jobs(tables), charges(tables)
    sums = tables["bills"].groupby("quarter")[["paid_cny", "billed_cny"]].sum()
    rate = sums["paid_cny"] / sums["billed_cny"]
    assert keys["q1_collection_by_quarter"] == pytest.approx(rate.to_dict())
    wrong = rows.groupby(["channel", "since"])["wrong"].mean()
    for channel in ("phone", "desk", "app"):
        for name, since in (("before", False), ("since_april", True)):
            assert keys["q2_wrong_trade"][channel][name] == pytest.approx(wrong[channel, since])
    dispatch = rows.groupby("wrong").agg({"hours": "median", "reopened": "mean", "bad": "mean"})
    assert list(keys["q3_by_dispatch"]["wrong"].values()) == pytest.approx(list(dispatch.loc[True]))
    risk = owed.groupby("exposed")["unpaid"].mean()
    among = owed.loc[owed["unpaid"], "exposed"].mean()
    arrears = [risk[True], risk[False], among, among * (1 - risk[False] / risk[True])]
    assert list(keys["q4_arrears"].values()) == pytest.approx(arrears)
    verdicts = {name: one["within"]["verdict"] for name, one in keys["q5_factors"].items()}
    assert verdicts == {
        "quick_note": "supported",
        "bad_repair": "supported",
        "tenants": "rejected",
        "old_buildings": "rejected",
        "wechat_notice": "rejected",
    }
    for name, others in (("7_8", [7, 8]), ("5_to_8", [5, 6, 7, 8])):
        value, half = did(owed, others)
        told = keys[f"q6_notice_against_{name}"]
        assert list(told.values()) == pytest.approx([value, value - half, value + half])
    assert keys["q7_expected_wrong_trade"] == pytest.approx(0.104)
    assert keys["q8_clr"] == pytest.approx(rows["callback"].mean())
    assert keys["q9_largest_gaps"] == ["REL", "RES"]
    assert keys["n07_q3_survey"]["n"] == 410
    gaps = (means(cleaned(tables), "P") - means(cleaned(tables), "E")).mean()
    assert keys["n07_q3_survey"]["gap"] == pytest.approx(gaps.to_dict())
    fixed = (rows["visits"] == 1) & ~rows["reopened"]
    monthly = fixed.groupby(rows["completed_at"].dt.strftime("%Y-%m")).mean()
    assert keys["n04_q5_kpi_table"]["FTR"] == pytest.approx(monthly.to_dict())
    effort = (rows["visits"] + rows["wrong"]).groupby(rows["since"]).mean()
    told = keys["n08_q5_five_criteria"]
    assert told["before"]["simplicity"] == pytest.approx(effort[False])
    assert told["since_april"]["simplicity"] == pytest.approx(effort[True])


@pytest.mark.parametrize("name", TABLES)
def test_every_column_stands_on_the_cards(tables, name):
    for language in ("zh", "en"):
        card = (folder() / "cards" / f"B_{name}.{language}.md").read_text(encoding="utf-8")
        assert all(f"`{column}`" in card for column in tables[name])
        assert {"zh": "数据为合成，不涉及真实个人", "en": "Synthetic, no real person"}[
            language
        ] in card
        assert f"{TABLES[name]:,}" in card


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_company_file_lists_the_tables(language):
    card = (folder() / "cards" / f"B.{language}.md").read_text(encoding="utf-8")
    for name, rows in TABLES.items():
        assert f"| `B.{name}` | {rows:,} |" in card
