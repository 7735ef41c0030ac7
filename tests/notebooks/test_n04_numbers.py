"""Lesson N04: what its text says of the cases' data, computed from the tables by other ways."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cstrain.datasets import load_dataset
from cstrain.stats.intervals import wilson

LESSON = Path(__file__).resolve().parents[2] / "book" / "lessons" / "n04_kpi.md"


@pytest.fixture(scope="module")
def texts():
    """Return the lesson's text in Chinese and in English, without its code."""
    cells = LESSON.read_text(encoding="utf-8").split('\n+++ {"tags": ["')[1:]
    kept = {"zh": "", "en": ""}
    for cell in cells:
        kept[cell[:2]] += cell.split("\n```{code-cell}")[0]
    return kept


def said(texts, *figures):
    for language, text in texts.items():
        for figure in figures:
            assert figure in text, f"{figure} in {language}"


def share(above, below):
    return f"{100 * above / below:.1f}%"


def test_the_evening_and_the_mean_of_its_rates(texts):
    table = load_dataset("C.intervals")
    rows = table[(table["date"] == "2025-05-15") & (table["half_hour"] >= "20:00")]
    base = rows["offered"] - rows["short_abandoned"]
    pooled = rows["answered_20s"].sum() / base.sum()
    mean = (rows["answered_20s"] / base).mean()
    assert round(100 * (mean - pooled)) == 15
    assert list(rows["offered"])[::3] == [41, 6]
    assert list(rows["answered_20s"])[-1] == 6
    said(texts, f"{100 * pooled:.1f}%", f"{100 * mean:.1f}%", "41", "15")


def test_the_funnel(texts):
    table, contacts = load_dataset("C.intervals"), load_dataset("C.contacts")
    answered = round(1000 * table["answered"].sum() / table["offered"].sum())
    same = ["customer_id", "product", "reason"]
    later = contacts.sort_values("at").groupby(same)["at"].shift(-1)
    phone = contacts[contacts["channel"] == "phone"].assign(later=later)
    resolved = round(answered * phone["resolved_flag"].mean())
    week = pd.Timedelta(days=7)
    marked = phone[phone["resolved_flag"] & (phone["at"] <= contacts["at"].max() - week)]
    stayed = round(resolved * (~(marked["later"] <= marked["at"] + week)).mean())
    said(texts, *map(str, (answered, resolved, stayed)))


def test_two_times_seventy_percent(texts):
    for events, n in ((42, 60), (7, 10)):
        found = wilson(events, n)
        said(texts, f"{100 * found.low:.1f}%", f"{100 * found.high:.1f}%")


def test_the_teams_of_april(texts):
    contacts = load_dataset("C.contacts")
    april = contacts[(contacts["at"] < "2025-05-01") & contacts["csat"].notna()]
    team = april["agent_id"].map(load_dataset("C.agents").set_index("agent_id")["team"])
    top = april["csat"] >= 4
    for name, found in top.groupby(team):
        said(texts, share(found.sum(), len(found)), str(len(found)))
        interval = wilson(int(found.sum()), len(found))
        assert interval.low < top.mean() < interval.high, name
    said(texts, share(top.sum(), len(top)))


def test_negative_reviews_by_the_month_of_the_review(texts):
    reviews = load_dataset("A.reviews")
    negative = (reviews["stars"] <= 3).groupby(reviews["created_at"].dt.strftime("%Y-%m"))
    rates, counts = negative.mean(), negative.count()
    assert len(rates) == 7
    assert (rates > 0.05).sum() == 5
    said(texts, rates.index[0], rates.index[-1], f"{100 * rates.iloc[-1]:.1f}%")
    said(texts, str(counts.iloc[-1]))
    assert counts.sum() == len(reviews)


def test_what_tickets_are_about(texts):
    counts = load_dataset("A.tickets")["issue"].value_counts()
    assert list(counts.index[:3]) == ["delivery", "product_use", "order_change"]
    assert counts.iloc[:2].sum() < 0.8 * counts.sum() <= counts.iloc[:3].sum()
    said(texts, f"{counts.iloc[0]:,}", share(counts.iloc[0], counts.sum()))
    said(texts, share(counts.iloc[:3].sum(), counts.sum()), f"{counts.sum():,}")


def test_promotion_and_returns(texts):
    orders = load_dataset("A.orders")
    returned = orders["order_id"].isin(load_dataset("A.returns")["order_id"])
    above = below = 0.0
    for _, rows in orders.assign(returned=returned).groupby("category"):
        one, other = rows[rows["promo"]], rows[~rows["promo"]]
        above += one["returned"].sum() * len(other) / len(rows)
        below += other["returned"].sum() * len(one) / len(rows)
    said(texts, f"{above / below:.2f}", "0.85", "1.10")


def test_the_last_days_look_best(texts):
    contacts = load_dataset("C.contacts")
    same = ["customer_id", "product", "reason"]
    later = contacts.sort_values("at").groupby(same)["at"].shift(-1)
    settled = ~(later.reindex(contacts.index) <= contacts["at"] + pd.Timedelta(days=7))
    days = settled.groupby(contacts["at"].dt.strftime("%Y-%m-%d")).mean().tail(19)
    before = days.iloc[:12]
    said(texts, days.index[0], days.index[-1])
    said(texts, f"{100 * before.min():.0f}%", f"{100 * before.max():.0f}%")
    assert days.iloc[-1] == 1


def test_agents_of_july(texts):
    tickets = load_dataset("A.tickets")
    rated = tickets[tickets["csat"].notna()].assign(top=tickets["csat"] >= 4)
    july = rated[rated["opened_at"] < "2025-08-01"]
    agents = july.groupby("agent_id")["top"]
    rates, counts = agents.mean(), agents.count()
    assert (rates.idxmax(), rates.idxmin()) == ("A07", "A04")
    assert (len(rates), counts.min(), counts.max()) == (10, 21, 28)
    said(texts, *(f"{100 * one:.1f}%" for one in (rates.max(), rates.min())))
    said(texts, f"{100 * july['top'].mean():.1f}%")
    assert round(100 * (rates.max() - rates.min())) == 22
    whole = rated["top"].groupby(rated["agent_id"]).mean()
    assert 7 < 100 * (whole["A07"] - whole["A04"]) < 8


def test_reopened_tickets_by_week(texts):
    tickets = load_dataset("A.tickets")
    monday = tickets["closed_at"].dt.normalize()
    monday -= pd.to_timedelta(monday.dt.day_of_week, unit="D")
    weeks = tickets["reopened"].groupby(monday)
    rates, counts = weeks.mean(), weeks.count()
    assert (len(rates), counts.iloc[-1]) == (28, 34)
    said(texts, f"{100 * rates.min():.1f}%", f"{100 * rates.max():.1f}%")
    said(texts, f"{100 * tickets['reopened'].mean():.1f}%")
    said(texts, *(f"{one:%Y-%m-%d}" for one in (rates.index[0], rates.index[-1])))
