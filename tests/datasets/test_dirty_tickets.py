"""kpi_dirty and its hidden double: counts of the faults, found again with pandas."""

from itertools import combinations

import pandas as pd
import pytest

from cstrain.datasets import load_dataset, typed_rows

SEEN = {"rows": 300, "copies": 9, "versions": 6, "backwards": 5, "tests": 4, "dates": 8, "odd": 3, "open": 12, "final": 276}  # fmt: skip
HIDDEN = {"rows": 240, "copies": 7, "versions": 5, "backwards": 4, "tests": 6, "dates": 7, "odd": 4, "open": 9, "final": 218}  # fmt: skip
OTHER = "%Y年%m月%d日 %H:%M"


@pytest.fixture(params=["kpi_dirty", "kpi_dirty_hidden"])
def name(request):
    return request.param


def expected(name):
    return SEEN if name == "kpi_dirty" else HIDDEN


def faults(raw):
    """Return the tickets of each fault and the cleaned frame, step by step as in the lesson."""
    once = raw.drop_duplicates()
    last = once.sort_values("updated_at", kind="stable").drop_duplicates("ticket_id", keep="last")
    dated = last["opened_at"].str.contains("年")
    opened = pd.to_datetime(last["opened_at"].where(~dated))
    opened = opened.fillna(pd.to_datetime(last["opened_at"].where(dated), format=OTHER))
    backwards = pd.to_datetime(last["closed_at"]) < opened
    tests = last["agent_id"] == "TEST"
    odd = last["csat"].notna() & ~last["csat"].between(1, 5)
    found = {
        "copies": raw[raw.duplicated()]["ticket_id"],
        "versions": once[once.duplicated("ticket_id")]["ticket_id"],
        "backwards": last[backwards]["ticket_id"],
        "tests": last[tests]["ticket_id"],
        "dates": last[dated]["ticket_id"],
        "odd": last[odd]["ticket_id"],
        "open": last[last["closed_at"].isna()]["ticket_id"],
    }
    return found, last[~backwards & ~tests]


def test_counts(name):
    raw = load_dataset(name)
    found, clean = faults(raw)
    counts = {key: len(ids) for key, ids in found.items()}
    assert counts | {"rows": len(raw), "final": len(clean)} == expected(name)
    # Counted in another order, without sorting out anything before.
    assert raw["ticket_id"].nunique() == len(clean) + counts["backwards"] + counts["tests"]
    assert (raw["agent_id"] == "TEST").sum() == counts["tests"]
    assert raw["closed_at"].isna().sum() == counts["open"]


def test_no_ticket_has_two_faults(name):
    found, _ = faults(load_dataset(name))
    for one, other in combinations(found.values(), 2):
        assert set(one) & set(other) == set()


def test_the_latest_version_is_not_always_the_last_row(name):
    once = load_dataset(name).drop_duplicates()
    several = once[once.duplicated("ticket_id", keep=False)].groupby("ticket_id")["updated_at"]
    assert set(several.last() == several.max()) == {True, False}
    assert several.nunique().equals(several.size())
    values = once.groupby("ticket_id")[["customer_id", "opened_at", "agent_id"]].nunique()
    assert (values == 1).all(axis=None)


def test_times_are_texts_that_can_be_read_one_way_only(name):
    for one in typed_rows(name):
        opened = one["opened_at"]
        form = OTHER if "年" in opened else "%Y-%m-%dT%H:%M:%S"
        moment = pd.to_datetime(opened, format=form)
        assert moment.second == 0
        assert pd.Timestamp(one["updated_at"]) > moment
        if one["closed_at"]:
            assert pd.Timestamp(one["updated_at"]) > pd.Timestamp(one["closed_at"])


def test_the_hidden_table_asks_more():
    raw = load_dataset("kpi_dirty_hidden")
    assert raw.groupby("ticket_id").size().max() == 3
    assert set(raw["csat"].dropna()) - {1, 2, 3, 4, 5} == {0, 7, 9, 10}
    assert set(load_dataset("kpi_dirty")["csat"].dropna()) - {1, 2, 3, 4, 5} == {9}
