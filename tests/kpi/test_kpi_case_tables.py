"""The KPIs of lesson 4 on the tables of Cases A, B and C, against pandas by hand."""

import numpy as np
import pandas as pd
import pytest

from cstrain.datasets import folder
from cstrain.kpi import kpi

WEEK = pd.Timedelta(days=7)


def read(name, *dates):
    return pd.read_csv(folder() / f"{name}.csv", parse_dates=list(dates))


def months(times):
    return times.dt.to_period("M").dt.to_timestamp()


def same(found, expected, group="period"):
    """Compare a frame of `kpi` with a series by group."""
    shown = found.set_index(group)["value"]
    assert list(shown.index) == list(expected.index)
    assert np.allclose(shown.to_numpy(float), expected.to_numpy(float), equal_nan=True)


@pytest.fixture(scope="module")
def reviews():
    orders = read("A/orders", "order_day")[["order_id", "order_day"]]
    return read("A/reviews", "created_at").merge(orders, on="order_id")


@pytest.fixture(scope="module")
def returns():
    return read("A/returns", "received_at", "refunded_at")


@pytest.fixture(scope="module")
def contacts():
    return read("C/contacts", "at")


class TestCaseA:
    def test_reviews_by_month_of_the_order(self, reviews):
        month, bad = months(reviews["order_day"]), reviews["stars"] <= 3
        asked = {"period": "month", "at": "order_day"}
        same(kpi("NEG", reviews, **asked), bad.groupby(month).mean())
        same(kpi("REC", reviews, **asked), reviews["revised"][bad].groupby(month[bad]).mean())

    def test_returned_orders_by_month_of_the_order(self, returns):
        orders = read("A/orders", "order_day")
        joined = orders.merge(returns[["order_id", "return_id"]], on="order_id", how="left")
        gone = orders["order_id"].isin(returns["order_id"])
        found = kpi("RET", joined, period="month")
        same(found, gone.groupby(months(orders["order_day"])).mean())
        assert found["denominator"].sum() == len(orders)

    def test_refunds_by_month_received(self, returns):
        month = months(returns["received_at"])
        days = (returns["refunded_at"] - returns["received_at"]) / pd.Timedelta(days=1)
        same(kpi("RFT", returns, period="month"), days.groupby(month).median())
        same(kpi("RFT", returns, period="month", q=0.9), days.groupby(month).quantile(0.9))
        same(kpi("CHS", returns, period="month"), returns["chase_ticket"].groupby(month).mean())

    def test_tickets(self):
        tickets = read("A/tickets", "opened_at", "first_response_at", "closed_at")
        wait = (tickets["first_response_at"] - tickets["opened_at"]).dt.total_seconds()
        took = (tickets["closed_at"] - tickets["opened_at"]).dt.total_seconds() / 3600
        channel = tickets["channel"]
        same(kpi("FRT", tickets, by="channel"), wait.groupby(channel).median(), "channel")
        same(kpi("RST", tickets, by="channel"), took.groupby(channel).median(), "channel")
        reopened = tickets["reopened"].groupby(channel).mean()
        same(kpi("REO", tickets, by="channel"), reopened, "channel")
        asked = {"by": "channel", "form": "scores", "columns": {"at": "opened_at"}}
        same(
            kpi("RSP", tickets, **asked), tickets["csat"].notna().groupby(channel).mean(), "channel"
        )
        on_time = kpi("SLA", tickets, by="channel", limit_h=4)
        same(on_time, (took <= 4).groupby(channel).mean(), "channel")

    def test_customers(self):
        customers = read("A/customers", "first_order", "last_order")
        member, again = customers["member"], customers["repurchase_90d"]
        same(
            kpi("RPR", customers, form="flag", by="member"), again.groupby(member).mean(), "member"
        )
        bought = customers["orders_n"] >= 2
        same(
            kpi("RPR", customers, form="customers", by="member"),
            bought.groupby(member).mean(),
            "member",
        )
        complained = 1000 * customers["complaint"].groupby(member).mean()
        same(kpi("CMP", customers, by="member"), complained, "member")
        orders = read("A/orders", "order_day")
        (found,) = kpi("RPR", orders, columns={"at": "order_day"})["value"]
        assert found == pytest.approx(bought[customers["orders_n"] > 0].mean())


class TestCaseB:
    def test_fees_by_quarter(self):
        bills = read("B/bills")
        sums = bills.groupby("quarter")[["paid_cny", "billed_cny"]].sum()
        same(kpi("COL", bills, by="quarter"), sums["paid_cny"] / sums["billed_cny"], "quarter")

    def test_calls_by_month(self):
        calls = read("B/calls", "at")
        month = months(calls["at"])
        soon = calls["answered"] & (calls["rings"] <= 3)
        same(kpi("RING", calls, period="month"), soon.groupby(month).mean())
        talked = calls["answered"] & (calls["talk_s"] >= 10)
        same(kpi("EAR", calls, form="calls", period="month"), talked.groupby(month).mean())

    def test_repairs_by_month_completed(self):
        repairs = read("B/repairs", "reported_at", "completed_at", "closed_at")
        month = months(repairs["completed_at"])
        fixed = (repairs["visits"] == 1) & ~repairs["reopened"]
        same(kpi("FTR", repairs, period="month"), fixed.groupby(month).mean())
        same(kpi("CLR", repairs, period="month"), repairs["callback"].groupby(month).mean())
        asked = {"period": "month", "form": "repairs", "at": "completed_at"}
        hours = (repairs["completed_at"] - repairs["reported_at"]) / pd.Timedelta(hours=1)
        same(kpi("RST", repairs, **asked), hours.groupby(month).median())
        same(kpi("REO", repairs, **asked), repairs["reopened"].groupby(month).mean())
        names = {"csat": "satisfaction", "at": "completed_at"}
        given = repairs["satisfaction"].dropna()
        same(
            kpi("CSAT", repairs, period="month", columns=names),
            (given >= 4).groupby(month[given.index]).mean(),
        )

    def test_staff(self):
        staff = read("B/staff", "hire_date", "left_on")
        (now,) = kpi("HDC", staff, as_of="2025-12-31")["value"]
        assert now == staff["left_on"].isna().sum()
        (found,) = kpi("ATT", staff, start="2024-12-31", end="2025-12-31")["value"]
        gone = staff["left_on"].notna().sum()
        assert found == pytest.approx(gone / (len(staff) - gone / 2))


class TestCaseC:
    def test_lines_by_month(self):
        lines = read("C/intervals", "date")
        sums = lines.groupby(months(lines["date"])).sum(numeric_only=True)
        base = sums["offered"] - sums["short_abandoned"]
        asked = {"form": "intervals", "period": "month", "at": "date"}
        same(kpi("SL", lines, **asked), sums["answered_20s"] / base)
        same(kpi("ABR", lines, **asked), (sums["abandoned"] - sums["short_abandoned"]) / base)
        same(kpi("ANS", lines, **asked), sums["answered"] / sums["offered"])
        work = (lines["answered"] * lines["aht_s"]).groupby(months(lines["date"])).sum()
        same(kpi("OCC", lines, **asked), work / (sums["staffed"] * 1800))

    def test_load_of_a_half_hour(self):
        lines = read("C/intervals", "date")
        load = lines["offered"] * lines["aht_s"] / 1800
        same(
            kpi("LOAD", lines, by="half_hour"), load.groupby(lines["half_hour"]).mean(), "half_hour"
        )

    def test_contacts_by_month(self, contacts):
        month = months(contacts["at"])
        handle = contacts[["talk_s", "hold_s", "wrap_s"]].sum(axis=1)
        same(kpi("AHT", contacts, period="month"), handle.groupby(month).mean())
        given = contacts["csat"].dropna()
        same(kpi("CSAT", contacts, period="month"), (given >= 4).groupby(month[given.index]).mean())
        moved = contacts["transfers"] > 0
        same(kpi("TRF", contacts, period="month"), moved.groupby(month).mean())
        bad = 1000 * (contacts["reason"] == "complaint").groupby(month).mean()
        same(kpi("CMP", contacts, form="reasons", period="month"), bad)

    def test_first_contact_resolution_by_month(self, contacts):
        keys = ["customer_id", "product", "reason"]
        log = contacts.sort_values("at")
        times = log.groupby(keys)["at"]
        repeated = (times.shift(-1) - log["at"]) <= WEEK
        first = ~((log["at"] - times.shift(1)) <= WEEK)
        eligible = log["at"] <= pd.Timestamp("2025-10-01") - WEEK
        month = months(log["at"])
        asked = {"keys": keys, "end": "2025-10-01", "period": "month"}
        same(kpi("FCR", contacts, **asked), (~repeated)[eligible].groupby(month[eligible]).mean())
        same(kpi("RPT", contacts, **asked), repeated[eligible].groupby(month[eligible]).mean())
        chain = eligible & first
        same(kpi("FCRI", contacts, **asked), (~repeated)[chain].groupby(month[chain]).mean())

    def test_visits_at_home(self):
        jobs = read("C/field_jobs", "window_start", "arrived_at", "completed_at")
        month = months(jobs["window_start"])
        marked = jobs["on_time"].groupby(month).mean()
        same(kpi("ONT", jobs, form="flag", period="month"), marked)
        same(kpi("ONT", jobs, period="month"), marked)

    def test_head_count_by_team(self):
        agents = read("C/agents", "hire_date")
        found = kpi("HDC", agents, form="staff", by="team", as_of="2025-09-30")
        same(found, agents.groupby("team").size(), "team")

    def test_quality_of_agents(self):
        scores = read("C/agent_months")
        names = {"qa_score": "QA"}
        same(
            kpi("QA", scores, form="scores", by="month", columns=names),
            scores.groupby("month")["QA"].mean(),
            "month",
        )
