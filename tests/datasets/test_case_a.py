"""Case A: the same bytes anew, and every planted truth found again in the files with pandas."""

import importlib
import math
import re
import sys
import tomllib
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest

from cstrain.datasets import folder

RECIPES = folder() / "recipes"
HOME = folder() / "A"
TABLES = {
    "orders": 16_000,
    "reviews": 7_302,
    "returns": 1_212,
    "return_events": 7_272,
    "tickets": 5_000,
    "agents": 14,
    "products": 40,
    "customers": 8_000,
}
DATES = {
    "orders": ["order_day"],
    "reviews": ["created_at"],
    "returns": ["requested_at", "received_at", "inspected_at", "refunded_at"],
    "return_events": ["at"],
    "tickets": ["opened_at", "first_response_at", "closed_at"],
    "agents": ["hire_date"],
    "products": ["page_changed_on"],
    "customers": ["first_order", "last_order"],
}
MAY_BE_EMPTY = {("reviews", "contact_delay_h"), ("tickets", "csat")}
PAGE_SKUS = {*(f"B{place:02d}" for place in range(1, 9)), "C01", "C02"}
BREAK = pd.Timestamp("2025-09-15")
STAGES = ["requested", "approved", "shipped_back", "received", "inspected", "refunded"]


@pytest.fixture(scope="module")
def recipe():
    before = set(sys.modules)
    sys.path.insert(0, str(RECIPES))
    yield importlib.import_module("case_a")
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


def reviewed(tables):
    joined = tables["reviews"].merge(tables["orders"], on="order_id", validate="1:1")
    return joined.assign(negative=joined["stars"] <= 3)


def returned(tables):
    joined = tables["returns"].merge(tables["orders"], on="order_id", validate="1:1")
    return joined.assign(
        wait=(joined["refunded_at"] - joined["received_at"]) / pd.Timedelta(days=1),
        since=joined["received_at"] >= "2025-09-01",
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
    assert not variant["orders"]["sku"].equals(tables["orders"]["sku"])


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"negative_v2": 0.0}, "negative rate after"),
        ({"chase_long": 0.08}, "chased after a long wait"),
        ({"revised_24h": 0.12}, "recovery"),
        ({"member_effect": 0.0}, "members"),
        ({"orders": 15_999}, "number of orders"),
    ],
)
def test_a_tampered_parameter_stops_the_recipe(recipe, tmp_path, change, broken):
    tampered = replace(
        recipe.RECIPE, make=partial(recipe.make, plan=replace(recipe.PLAN, **change))
    )
    with pytest.raises(SystemExit, match=f"{broken}.*nothing was written"):
        recipe.run(tampered, ["--to", str(tmp_path / "none")])
    assert not (tmp_path / "none").exists()


def cells_of(a, n1, c, n0, stratum="s"):
    """Return rows with a of n1 exposed and c of n0 unexposed that have the outcome."""
    counts = (
        ((True, True), a),
        ((True, False), n1 - a),
        ((False, True), c),
        ((False, False), n0 - c),
    )
    return [(stratum, *kind) for kind, count in counts for _ in range(count)]


# By hand: in one stratum se² = 1/a - 1/n1 + 1/c - 1/n0, here .11333, .63333 and .008.
EFFECTS = {
    "clear": (cells_of(30, 100, 10, 100), 3.0, 1.551, 5.803, "supported"),
    "too few rows": (cells_of(3, 10, 2, 10), 1.5, 0.315, 7.137, "untested"),
    "nothing there": (cells_of(200, 1000, 200, 1000), 1.0, 0.839, 1.192, "rejected"),
    "lone strata are skipped": (
        cells_of(30, 100, 10, 100) + cells_of(9, 9, 0, 0, "t") + cells_of(0, 0, 9, 9, "u"),
        *(3.0, 1.551, 5.803, "supported"),
    ),
    "no rows": ([], None, None, None, "untested"),
    "nobody unexposed": (cells_of(5, 10, 0, 0), None, None, None, "untested"),
    "no outcome without": (cells_of(5, 10, 0, 10), None, None, None, "untested"),
}


@pytest.mark.parametrize("name", EFFECTS)
def test_effect_and_verdict(recipe, name):
    rows, middle, low, high, verdict = EFFECTS[name]
    found = sys.modules["effect"].effect(rows)
    assert found.verdict == verdict
    assert (found.ratio, found.low, found.high) == pytest.approx((middle, low, high), abs=5e-4)


@pytest.mark.parametrize("name", TABLES)
def test_form_of_the_files(tables, name):
    raw = (HOME / f"{name}.csv").read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    table = tables[name]
    assert len(table) == TABLES[name]
    key = table.columns[0]
    ids = ["case_id", "stage"] if name == "return_events" else [key]
    assert not table.duplicated(ids).any()
    for column in table:
        assert table[column].notna().all() or (name, column) in MAY_BE_EMPTY
    for column in DATES[name]:
        assert table[column].dtype.kind == "M"
    cells = pd.read_csv(HOME / f"{name}.csv", dtype=str, keep_default_na=False)
    stamp = r"\d{4}-\d\d-\d\d" if name in {"orders", "agents", "products", "customers"} else None
    for column in DATES[name]:
        assert cells[column].str.fullmatch(stamp or r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d").all()
    for column in table.select_dtypes("bool"):
        assert set(cells[column]) == {"true", "false"}
    for column in table.select_dtypes("float"):
        if column != "csat":
            assert cells.loc[cells[column] != "", column].str.fullmatch(r"\d+\.\d\d").all()


VALUES = {
    ("orders", "category"): {"BED", "CUR", "STO", "FUR"},
    ("orders", "page_version"): {"v1", "v2"},
    ("orders", "warehouse"): {"W1", "W2"},
    ("orders", "carrier"): {"K1", "K2"},
    ("reviews", "stars"): {1, 2, 3, 4, 5},
    ("reviews", "tag"): {"size", "quality", "colour", "late", "damage", "attitude", "praise"},
    ("returns", "reason"): {"changed_mind", "quality", "colour", "size", "damaged"},
    ("return_events", "warehouse"): {"W1", "W2"},
    ("return_events", "stage"): set(STAGES),
    ("tickets", "channel"): {"im", "phone", "mail"},
    ("tickets", "csat"): {1, 2, 3, 4, 5},
    ("agents", "desk"): {"pre", "after", "bedding"},
    ("agents", "shift"): {"early", "late"},
    ("products", "size_table"): {"product_cm", "package_cm"},
}


@pytest.mark.parametrize(("name", "column"), VALUES)
def test_values_come_from_the_lists(tables, name, column):
    assert set(tables[name][column].dropna()) == VALUES[name, column]


def test_ids_exist_where_they_are_looked_up(either):
    orders = either["orders"]
    assert set(orders["sku"]) == set(either["products"]["sku"])
    assert set(orders["customer_id"]) == set(either["customers"]["customer_id"])
    assert set(orders["agent_id"]) | set(either["tickets"]["agent_id"]) == set(
        either["agents"]["agent_id"]
    )
    for name in ("reviews", "returns", "tickets"):
        assert either[name]["order_id"].isin(orders["order_id"]).all()
    tickets = either["tickets"].merge(orders, on="order_id")
    assert (tickets["customer_id_x"] == tickets["customer_id_y"]).all()
    goods = orders.merge(either["products"], on="sku")
    assert (goods["category_x"] == goods["category_y"]).all()
    paid = goods["price_cny"].where(~goods["promo"], 0.88 * goods["price_cny"])
    assert (goods["amount_cny"] - paid).abs().max() < 0.006
    assert (goods["cost_cny"] - 0.55 * goods["price_cny"]).abs().max() < 0.006
    assert (orders["late"] == (orders["delivery_days"] > 5.0)).all()


def test_chased_refunds_have_their_ticket(either):
    chased = either["returns"].loc[either["returns"]["chase_ticket"]]
    tickets = either["tickets"].loc[either["tickets"]["issue"] == "chase_refund"]
    both = chased.merge(tickets, on="order_id", validate="1:1")
    assert len(both) == len(chased) == len(tickets)
    assert (both["received_at"] < both["opened_at"]).all()
    assert (both["opened_at"] < both["refunded_at"]).all()


def test_times_follow_each_other(either):
    orders = either["orders"]
    assert orders["order_day"].between("2025-07-01", "2025-12-31").all()
    assert orders["hour"].between(0, 23.99).all()
    moment = orders["order_day"] + pd.to_timedelta(orders["hour"], unit="h")
    assert moment.is_monotonic_increasing
    delivered = moment + pd.to_timedelta(orders["delivery_days"], unit="D")
    delivered.index = orders["order_id"]
    for name, column in (("reviews", "created_at"), ("returns", "requested_at")):
        table = either[name]
        assert table[column].is_monotonic_increasing
        begin = table["order_id"].map(delivered).dt.round("s")
        assert (table[column] >= begin).all()
        assert (table[column] < "2026-02-01").all()
    wide = either["return_events"].pivot_table("at", "case_id", "stage", aggfunc="first")[STAGES]
    assert wide.notna().all(axis=None)
    assert (wide.T.diff().iloc[1:] > pd.Timedelta(0)).all(axis=None)
    assert (wide < "2026-02-01").all(axis=None)
    short = either["returns"].set_index("return_id")
    for stage in ("requested", "received", "inspected", "refunded"):
        assert (wide[stage] == short[f"{stage}_at"]).all()
    tickets = either["tickets"]
    assert (tickets["opened_at"] < tickets["first_response_at"]).all()
    assert (tickets["first_response_at"] < tickets["closed_at"]).all()


def test_customers_are_the_sum_of_their_orders(either):
    own = either["orders"].groupby("customer_id")
    table = either["customers"].set_index("customer_id")
    assert (own.size() == table["orders_n"]).all()
    assert (own["order_day"].min() == table["first_order"]).all()
    assert (own["order_day"].max() == table["last_order"]).all()
    assert (own["amount_cny"].sum() - table["spend_cny"]).abs().max() < 0.01
    bands = table["orders_n"].clip(upper=4).value_counts()
    assert bands.to_dict() == {1: 3_600, 2: 2_000, 3: 1_440, 4: 960}
    assert not (table["recovered"] & ~table["complaint"]).any()


def test_reviews_are_consistent(either):
    rows = reviewed(either)
    assert ((rows["tag"] == "praise") == ~rows["negative"]).all()
    assert (rows["contacted"] == rows["contact_delay_h"].notna()).all()
    assert not (rows["contacted"] & ~rows["negative"]).any()
    assert not (rows["revised"] & ~rows["negative"]).any()
    assert (rows.loc[rows["tag"] == "size", "page_version"] == "v2").all()
    assert rows.loc[rows["tag"] == "late", "late"].all()


def test_texts_fit_tag_stars_and_category(either):
    pool = tomllib.loads((RECIPES / "case_a_texts.toml").read_text(encoding="utf-8"))["text"]
    assert len(pool) == 60
    by_zh = {one["zh"]: one for one in pool}
    by_en = {one["en"] for one in pool}
    assert len(by_zh) == len(by_en) == 60
    assert all(re.search("[\u4e00-\u9fff]", one["zh"]) for one in pool)
    assert not any(re.search("[\u3000-\u9fff\uff00-\uffef]", one["en"]) for one in pool)
    used = reviewed(either)[["text_zh", "text_en", "tag", "stars", "category"]].drop_duplicates()
    for row in used.itertuples():
        text = by_zh[row.text_zh]
        assert text["en"] == row.text_en
        assert text["tag"] == row.tag
        assert row.stars in text["stars"]
        assert row.category in text["categories"]
    assert used["text_zh"].nunique() >= 55


def test_the_negative_rate_breaks_in_mid_september(either):
    rows = reviewed(either)
    after = rows["order_day"] >= BREAK
    rates = rows.groupby(after)["negative"].mean()
    assert 0.030 <= rates[False] <= 0.048
    assert 0.080 <= rates[True] <= 0.105
    weekly = rows.set_index("order_day")["negative"].resample("W-MON", closed="left", label="left")
    bad, count = weekly.sum(), weekly.count()
    drift = (bad - count * bad.sum() / count.sum()).cumsum()
    found = drift.index[int(drift.argmin()) + 1]
    assert abs((found - BREAK).days) <= 7


def test_ten_skus_carry_it(either):
    orders, goods = either["orders"], either["products"]
    assert set(orders.loc[orders["page_version"] == "v2", "sku"]) == PAGE_SKUS
    changed = goods.loc[goods["page_changed_on"] == BREAK]
    assert set(changed["sku"]) == PAGE_SKUS
    assert set(goods.loc[goods["size_table"] == "package_cm", "sku"]) == PAGE_SKUS
    rule = orders["sku"].isin(PAGE_SKUS) & (orders["order_day"] >= BREAK)
    assert ((orders["page_version"] == "v2") == rule).all()
    rows = reviewed(either)
    rows = rows[rows["order_day"] >= BREAK]
    assert set(rows.groupby("sku")["negative"].mean().nlargest(10).index) == PAGE_SKUS
    rates = rows.groupby("page_version")["negative"].mean()
    assert 0.18 <= rates["v2"] <= 0.25
    assert 0.034 <= rates["v1"] <= 0.050


def test_returns_of_the_new_pages_are_about_size(either):
    rows = returned(either)
    size = (rows["reason"] == "size").groupby(rows["page_version"]).mean()
    assert 0.70 <= size["v2"] <= 0.82
    assert 0.11 <= size["v1"] <= 0.20
    orders = either["orders"]
    rate = orders["order_id"].isin(rows["order_id"]).groupby(orders["page_version"]).mean()
    assert 0.16 <= rate["v2"] <= 0.20
    assert 0.043 <= rate["v1"] <= 0.057


def exposures(rows):
    day = rows["order_day"]
    return rows.assign(
        page=rows["page_version"] == "v2",
        new_agents=rows["hire_date"] >= "2025-09-08",
        carrier_k2=rows["carrier"] == "K2",
        rush=day.between("2025-11-01", "2025-11-11") | day.between("2025-12-10", "2025-12-12"),
        w2=rows["warehouse"] == "W2",
    )


# factor, strata, verdict, least raw ratio
FACTORS = [
    ("page", ["late"], "supported", 4.0),
    ("new_agents", ["page_version"], "rejected", 1.2),
    ("carrier_k2", ["page_version"], "rejected", 1.2),
    ("rush", ["page_version", "late"], "rejected", 0.0),
    ("w2", ["page_version"], "rejected", 1.6),
]


@pytest.mark.parametrize(("factor", "strata", "verdict", "raw"), FACTORS)
def test_causes_and_decoys_of_the_negative_rate(either, factor, strata, verdict, raw):
    rows = exposures(reviewed(either).merge(either["agents"], on="agent_id"))
    rows = rows[rows["order_day"] >= BREAK]
    middle, low, high = ratio(rows, factor, "negative", strata)
    if verdict == "supported":
        assert 4.0 <= middle <= 6.2
        assert low > 1
    else:
        assert 0.75 <= middle <= 1.25
        assert low < 1 < high < 1.6
    rates = rows.groupby(factor)["negative"].mean()
    assert rates[True] / rates[False] >= raw


def test_batch_inspection_and_innocent_finance(either):
    rows = returned(either)
    rows = rows[rows["since"]].assign(w2=lambda one: one["warehouse"] == "W2")
    middle, low, _ = ratio(rows, "w2", "chase_ticket", ["page_version"])
    assert 2.0 <= middle <= 3.5
    assert low > 1
    waits = rows.groupby("warehouse")["wait"].median()
    assert 2.4 <= waits["W2"] <= 2.8
    assert 1.1 <= waits["W1"] <= 1.5
    finance = (rows["refunded_at"] - rows["inspected_at"]).groupby(rows["warehouse"]).median()
    assert abs(finance["W2"] - finance["W1"]) < pd.Timedelta(days=0.1)
    days = rows.groupby("warehouse")["inspected_at"].agg(lambda one: set(one.dt.day_of_week))
    assert days["W2"] == {1, 4}
    assert days["W1"] == set(range(7))
    gap = (rows["inspected_at"].dt.normalize() - rows["received_at"].dt.normalize()).dt.days
    assert (gap[~rows["w2"]] == 1).all()
    assert gap[rows["w2"]].between(1, 4).all()
    everything = returned(either)
    chased = everything.groupby(everything["wait"] > 2.5)["chase_ticket"].mean()
    assert 0.30 <= chased[True] <= 0.42
    assert 0.06 <= chased[False] <= 0.10


def test_waiting_for_the_inspection_is_the_longest_stage_at_w2(either):
    wide = either["return_events"].pivot_table("at", "case_id", "stage", aggfunc="first")[STAGES]
    site = either["return_events"].groupby("case_id")["warehouse"].first()
    since = (wide["received"] >= "2025-09-01") & (site == "W2")
    medians = wide[since].T.diff().T.iloc[:, 1:].median()
    assert medians.idxmax() == "inspected"


def test_recovery_falls_with_the_delay_of_the_contact(either):
    rows = either["reviews"]
    rows = rows[rows["stars"] <= 3]
    group = pd.cut(rows["contact_delay_h"], [0, 24, 48, 1e6]).cat.codes
    rate = rows["revised"].groupby(group).mean()
    assert 0.39 <= rate[0] <= 0.56
    assert 0.20 <= rate[1] <= 0.36
    assert 0.07 <= rate[2] <= 0.16
    assert 0.0 <= rate[-1] <= 0.06
    assert 0.82 <= rows["contacted"].mean() <= 0.88
    late = rows["revised"].groupby(rows["created_at"] >= "2025-10-01").mean()
    assert 0.32 <= late[False] <= 0.43
    assert 0.17 <= late[True] <= 0.27


def test_members_and_recovery_in_repurchase(either):
    rows = either["customers"]
    raw = rows.groupby("member")["repurchase_90d"].mean()
    assert 0.36 <= raw[True] <= 0.40
    assert 0.18 <= raw[False] <= 0.22
    band = rows["orders_n"].clip(upper=4)
    rates = rows.assign(band=band, again=rows["repurchase_90d"].astype(float)).pivot_table(
        "again", "band", "member"
    )
    within = ((rates[True] - rates[False]) * band.value_counts(normalize=True)).sum()
    assert 0.035 <= within <= 0.065
    trouble = rows["complaint"].astype(int) + rows["recovered"].astype(int)
    none, unrecovered, recovered = rows.groupby(trouble)["repurchase_90d"].mean()
    assert recovered > none > unrecovered


def test_monthly_values_fit_the_history_of_goals(tables):
    """The history of the goal cards promises these ranges for the case's own months."""
    rows = reviewed(tables)
    month = rows["order_day"].dt.month
    negative = rows.groupby(month)["negative"].mean()
    assert negative[[7, 8]].between(0.030, 0.048).all()
    assert negative[[10, 11, 12]].between(0.080, 0.105).all()
    bad = rows[rows["negative"]]
    revised = bad.groupby(bad["order_day"].dt.month)["revised"].mean()
    assert revised[[7, 8, 9]].between(0.35, 0.42).all()
    assert revised[[10, 11, 12]].between(0.18, 0.25).all()


def test_the_keys_agree_with_the_files(recipe, tables):
    keys = recipe.keys(recipe.make(recipe.SEED))
    rows, back = reviewed(tables), returned(tables)
    monthly = rows.groupby(rows["order_day"].dt.strftime("%Y-%m"))["negative"].mean()
    assert keys["q1_neg_by_month"] == pytest.approx(monthly.to_dict())
    assert str(keys["q2_break_week"]) == "2025-09-15"
    assert set(keys["q3_skus"]) == PAGE_SKUS
    assert keys["q5_longest_at_w2"] == "received→inspected"
    unaffected = rows[(rows["order_day"] >= BREAK) & (rows["page_version"] == "v1")]
    assert keys["q6_expected_negative_rate"] == pytest.approx(unaffected["negative"].mean())
    bad = rows[rows["negative"]]
    fast = bad.loc[bad["contact_delay_h"] <= 24, "revised"].mean()
    none = bad.loc[~bad["contacted"], "revised"].mean()
    told = bad["contacted"].mean()
    assert keys["q7_recovery_if_fast"] == pytest.approx(told * fast + (1 - told) * none)
    v2 = back[back["page_version"] == "v2"].merge(tables["products"], on="sku")
    orders = (tables["orders"]["page_version"] == "v2").sum()
    lost = (1 - 0.05 * orders / len(v2)) * (v2["amount_cny"] - v2["cost_cny"]).sum()
    assert keys["q8_lost_margin_cny"] == pytest.approx(lost)
    returns_of = back.groupby(back["received_at"].dt.strftime("%Y-%m"))
    kpis = keys["n04_q5_kpi_table"]
    assert kpis["RFT"] == pytest.approx(returns_of["wait"].median().to_dict())
    assert kpis["CHS"] == pytest.approx(returns_of["chase_ticket"].mean().to_dict())


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_its_cards(tables, name):
    for language, synthetic in (
        ("zh", "数据为合成，不涉及真实个人"),
        ("en", "Synthetic, no real person"),
    ):
        card = (folder() / "cards" / f"A_{name}.{language}.md").read_text(encoding="utf-8")
        named = re.findall(r"^\| `(\w+)` \|", card, flags=re.MULTILINE)
        assert named == list(tables[name].columns)
        assert synthetic in card
        assert f"{TABLES[name]:,}" in card
        company = (folder() / "cards" / f"A.{language}.md").read_text(encoding="utf-8")
        assert f"| `A.{name}` | {TABLES[name]:,} |" in company
