"""Edges that engines treat differently by themselves: all of them have to give these numbers."""

import math

import narwhals as nw
import pytest
from engines import MAKERS, day, on, plain, report_on

from cstrain.kpi import kpi

NAN, INF = math.nan, math.inf


def call(outcome, wait, **more):
    return {"outcome": outcome, "wait_s": wait, **more}


def contact(customer, issue, at, **more):
    return {"customer_id": customer, "issue": issue, "at": day(at), **more}


def value_of(engine, rows, code, **asked):
    (found,) = on(engine, rows, code, **asked)
    return found["value"], found["denominator"], found["excluded"]


class TestMissingValues:
    def test_nothing_to_divide_by(self, engine):
        rows = [call("abandoned", 3.0), call("abandoned", 5.0)]
        assert on(engine, rows, "SL") == [
            {"numerator": 0, "denominator": 0, "value": None, "rows": 2, "excluded": 2}
        ]

    @pytest.mark.parametrize("wait", [None, NAN, INF, -INF])
    def test_a_wait_that_is_none(self, engine, wait):
        rows = [call("answered", 10.0), call("answered", wait), call("abandoned", wait)]
        assert value_of(engine, rows, "SL") == (1, 1, 2)
        assert value_of(engine, rows, "SL", base="answered_or_late") == (1, 1, 2)
        assert value_of(engine, rows, "ASA") == (10, 1, 2)

    def test_a_missing_outcome_is_neither(self, engine):
        rows = [call("answered", 1), call(None, 1), call("blocked", 1)]
        assert value_of(engine, rows, "ANS") == (1, 1, 2)
        # "not" does not make a missing value count
        assert value_of(engine, rows, "ANS", eligible="not outcome == 'blocked'") == (1, 1, 2)
        assert value_of(engine, rows, "ANS", eligible="outcome not in ('x', 'y')") == (1, 1, 2)

    def test_a_missing_part_is_not_zero(self, engine):
        rows = [
            {"talk_s": 100, "hold_s": 0, "wrap_s": 20},
            {"talk_s": 900, "hold_s": None, "wrap_s": 20},
        ]
        assert value_of(engine, rows, "AHT") == (120, 1, 1)

    def test_empty_amounts(self, engine):
        rows = [{"billed_cny": 100.0, "paid_cny": 90.0}, {"billed_cny": 100.0, "paid_cny": None}]
        assert value_of(engine, rows, "COL") == (0.9, 100, 1)
        assert value_of(engine, rows, "COL", unpaid="zero") == (0.45, 200, 0)

    def test_bills_of_nothing(self, engine):
        rows = [{"billed_cny": 0, "paid_cny": 0}]
        assert value_of(engine, rows, "COL") == (None, 0, 0)

    def test_flags_that_are_true_false_or_missing(self, engine):
        rows = [{"stars": 1, "revised": one} for one in (True, False, None, True)]
        assert value_of(engine, rows, "REC") == (2 / 3, 3, 1)

    def test_flags_written_as_1_and_0(self, engine):
        rows = [{"stars": 1, "revised": one} for one in (1, 0, None, 1, 2)]
        assert value_of(engine, rows, "REC") == (2 / 3, 3, 2)

    def test_a_column_with_nothing_in_it(self, engine):
        rows = [{"stars": 1, "revised": None}, {"stars": 2, "revised": None}]
        assert value_of(engine, rows, "REC") == (None, 0, 2)
        rows = [{"csat": None}, {"csat": None}]
        assert value_of(engine, rows, "CSM") == (None, 0, 2)
        assert value_of(engine, rows, "CSAT") == (None, 0, 2)

    def test_scores_outside_the_scale(self, engine):
        rows = [{"csat": one} for one in (5, 9, 0, 1)]
        assert value_of(engine, rows, "CSAT") == (0.5, 2, 2)
        rows = [{"nps": one} for one in (11, 10, -1, None, 0)]
        assert value_of(engine, rows, "NPS") == (0, 2, 3)

    def test_rings_of_calls_that_nobody_answered(self, engine):
        rows = [
            {"answered": True, "rings": 3},
            {"answered": False, "rings": None},
            {"answered": True, "rings": None},
            {"answered": None, "rings": 1},
        ]
        assert value_of(engine, rows, "RING") == (0.5, 2, 2)
        assert value_of(engine, rows, "RING", base="answered") == (1, 1, 3)


class TestBoundaries:
    def test_the_target_second_is_included(self, engine):
        rows = [call("answered", 20), call("answered", 20.001), call("abandoned", 5)]
        assert value_of(engine, rows, "SL") == (0.5, 2, 1)
        assert value_of(engine, rows, "SL", target_s=21) == (1, 2, 1)
        assert value_of(engine, rows, "SL", short_s=4.9) == (1 / 3, 3, 0)

    def test_the_most_stars_of_a_negative_review(self, engine):
        rows = [{"stars": one} for one in (1, 2, 3, 4, 5)]
        assert value_of(engine, rows, "NEG") == (0.6, 5, 0)
        assert value_of(engine, rows, "NEG", limit=2) == (0.4, 5, 0)


class TestRepeats:
    END = "2025-10-31"

    def fcr(self, engine, rows, code="FCR", **asked):
        (found,) = on(engine, rows, code, **{"end": self.END, **asked})
        return found["numerator"], found["denominator"]

    def test_exactly_seven_days_is_a_repeat(self, engine):
        rows = [
            contact("K1", "size", "2025-10-01 09:00"),
            contact("K1", "size", "2025-10-08 09:00"),
        ]
        assert self.fcr(engine, rows) == (1, 2)
        assert self.fcr(engine, rows, bound="out") == (2, 2)
        assert self.fcr(engine, rows, window=6.5) == (2, 2)

    def test_a_second_later_is_none(self, engine):
        rows = [
            contact("K1", "size", "2025-10-01 09:00"),
            contact("K1", "size", "2025-10-08 09:00:01"),
        ]
        assert self.fcr(engine, rows) == (2, 2)

    def test_exactly_seven_days_before_the_end_is_eligible(self, engine):
        rows = [contact("K1", "size", "2025-10-24"), contact("K2", "size", "2025-10-24 00:00:01")]
        assert self.fcr(engine, rows) == (1, 1)

    def test_equal_time_stamps_are_no_repeat(self, engine):
        rows = [contact("K1", "size", "2025-10-01"), contact("K1", "size", "2025-10-01")]
        assert self.fcr(engine, rows) == (2, 2)

    def test_a_later_one_repeats_all_equal_time_stamps(self, engine):
        rows = [contact("K1", "size", "2025-10-01")] * 3 + [contact("K1", "size", "2025-10-02")] * 2
        assert self.fcr(engine, rows) == (2, 5)
        assert self.fcr(engine, rows, "RPT") == (3, 5)
        assert self.fcr(engine, rows, "FCRI") == (0, 3)

    def test_other_matter_other_customer_are_none(self, engine):
        rows = [
            contact("K1", "size", "2025-10-01"),
            contact("K1", "refund", "2025-10-02"),
            contact("K2", "size", "2025-10-02"),
        ]
        assert self.fcr(engine, rows) == (3, 3)
        assert self.fcr(engine, rows, keys="customer_id") == (2, 3)
        assert self.fcr(engine, rows, keys=["issue"]) == (2, 3)

    def test_unknown_customers_are_not_one_customer(self, engine):
        rows = [
            contact(one, "size", f"2025-10-0{day}")
            for one, day in ((None, 1), (None, 2), ("K1", 3))
        ]
        (found,) = on(engine, rows, "FCR", end=self.END)
        assert (found["numerator"], found["denominator"], found["excluded"]) == (1, 1, 2)

    def test_rows_without_a_time(self, engine):
        rows = [contact("K1", "size", "2025-10-01"), contact("K1", "size", "2025-10-02")]
        rows.append({"customer_id": "K1", "issue": "size", "at": None})
        (found,) = on(engine, rows, "FCR", end=self.END)
        assert (found["numerator"], found["denominator"], found["excluded"]) == (1, 2, 1)

    def test_the_end_is_the_latest_time_when_none_is_given(self, engine):
        rows = [contact("K1", "size", "2025-10-01"), contact("K2", "size", "2025-10-08")]
        (found,) = on(engine, rows, "FCR")
        assert (found["numerator"], found["denominator"], found["excluded"]) == (1, 1, 1)

    def test_no_eligible_row(self, engine):
        rows = [contact("K1", "size", "2025-10-30")]
        assert on(engine, rows, "FCR", end=self.END)[0]["value"] is None
        assert on(engine, rows, "FCR")[0]["value"] is None

    def test_rows_that_may_not_count_are_still_repeats(self, engine):
        rows = [
            contact("K1", "size", "2025-10-01", channel="phone"),
            contact("K1", "size", "2025-10-02", channel="chat"),
        ]
        (found,) = on(engine, rows, "FCR", end=self.END, eligible="channel == 'phone'")
        assert (found["numerator"], found["denominator"], found["excluded"]) == (0, 1, 1)

    def test_a_chain_begins_anew_after_the_window(self, engine):
        rows = [
            contact("K1", "size", at)
            for at in ("2025-10-01", "2025-10-05", "2025-10-12", "2025-10-19 00:00:01")
        ]
        # the second and third follow within seven days, the fourth does not
        assert self.fcr(engine, rows, "FCRI") == (1, 2)
        assert self.fcr(engine, rows, "FCRI", bound="out") == (2, 3)

    def test_by_the_mark_of_the_agent(self, engine):
        rows = [{"resolved": one} for one in (True, False, None, True)]
        assert value_of(engine, rows, "FCR", form="flag") == (2 / 3, 3, 1)


class TestTimes:
    def test_durations_and_their_quantiles(self, engine):
        rows = [
            {"received_at": day("2025-09-30 12:00"), "refunded_at": day(refunded)}
            for refunded in ("2025-10-01 12:00", "2025-10-02 12:00", "2025-10-05 00:00")
        ]
        rows.append({"received_at": day("2025-09-30 12:00"), "refunded_at": None})
        rows.append(
            {"received_at": day("2025-09-30 12:00"), "refunded_at": day("2025-09-30 11:59")}
        )
        assert value_of(engine, rows, "RFT") == (2, 3, 2)
        # type 7: 0.9 of the way over two gaps is 1.8, so 2 + 0.8 * 2.5
        assert value_of(engine, rows, "RFT", q=0.9)[0] == pytest.approx(4)
        assert value_of(engine, rows, "RFT", q=0)[0] == 1

    def test_no_duration_at_all(self, engine):
        rows = [{"received_at": day("2025-09-30 12:00"), "refunded_at": None}]
        assert value_of(engine, rows, "RFT") == (None, 0, 1)

    @pytest.mark.parametrize(
        ("period", "starts"),
        [
            ("day", ["2024-02-29", "2024-03-01", "2024-12-31", "2025-01-01"]),
            ("week", ["2024-02-26", "2024-12-30"]),
            ("month", ["2024-02-01", "2024-03-01", "2024-12-01", "2025-01-01"]),
            ("quarter", ["2024-01-01", "2024-10-01", "2025-01-01"]),
            ("year", ["2024-01-01", "2025-01-01"]),
        ],
    )
    def test_midnight_and_month_ends(self, engine, period, starts):
        times = [
            "2024-02-29 23:59:59.999999",
            "2024-03-01 00:00",
            "2024-12-31 23:59:59",
            "2025-01-01 00:00",
        ]
        rows = [{"csat": 4, "at": day(one)} for one in times]
        found = on(engine, rows, "CSM", period=period)
        assert [one["period"] for one in found] == [day(one) for one in starts]
        assert sum(one["rows"] for one in found) == 4

    def test_the_week_begins_on_monday(self, engine):
        rows = [{"csat": 4, "at": day(f"2025-06-{one:02}")} for one in range(1, 17)]
        found = on(engine, rows, "CSM", period="week")
        assert [(str(one["period"])[:10], one["rows"]) for one in found] == [
            ("2025-05-26", 1),
            ("2025-06-02", 7),
            ("2025-06-09", 7),
            ("2025-06-16", 1),
        ]

    def test_rows_without_a_time_are_a_period_of_their_own(self, engine):
        rows = [{"csat": 5, "at": None}, {"csat": 3, "at": day("2025-06-01")}]
        found = on(engine, rows, "CSM", period="month")
        assert [(one["period"], one["value"]) for one in found] == [
            (day("2025-06-01"), 3),
            (None, 5),
        ]

    def test_another_column_may_date_the_rows(self, engine):
        rows = [{"stars": 1, "ordered": day("2025-06-30"), "created_at": day("2025-07-02")}]
        (found,) = on(engine, rows, "NEG", period="month", at="ordered")
        assert found["period"] == day("2025-06-01")

    def test_dates_are_midnights(self, engine):
        rows = [
            {"customer_id": "K1", "issue": "size", "at": day(f"2025-10-{one:02}").date()}
            for one in (1, 8, 20)
        ]
        (found,) = on(engine, rows, "FCR", end="2025-10-31")
        assert (found["numerator"], found["denominator"]) == (2, 3)

    def test_the_backlog_at_a_moment(self, engine):
        rows = [
            {"opened_at": day("2025-06-01"), "closed_at": day("2025-06-30")},
            {"opened_at": day("2025-06-30"), "closed_at": None},
            {"opened_at": day("2025-06-30 00:00:01"), "closed_at": None},
            {"opened_at": day("2025-06-02"), "closed_at": day("2025-07-01")},
            {"opened_at": None, "closed_at": day("2025-07-03")},
        ]
        (found,) = on(engine, rows, "BKL", as_of="2025-06-30")
        assert found == {
            "numerator": 2,
            "denominator": None,
            "value": 2,
            "rows": 5,
            "excluded": 1,
        }
        assert value_of(engine, rows, "BKL")[0] == 2  # at 3 July, the latest time of all
        assert value_of(engine, rows, "BKL", as_of="2025-05-01")[0] == 0


class TestGroups:
    def test_missing_keys_are_a_group_of_their_own_and_come_last(self, engine):
        rows = [
            {"team": team, "site": site, "csat": score}
            for team, site, score in [
                (None, "S1", 1),
                ("B", None, 2),
                ("A", "S2", 3),
                ("B", "S1", 4),
                (None, None, 5),
                (None, "S1", 3),
            ]
        ]
        found = on(engine, rows, "CSM", by=["team", "site"])
        assert [(one["team"], one["site"], one["value"]) for one in found] == [
            ("A", "S2", 3),
            ("B", "S1", 4),
            ("B", None, 2),
            (None, "S1", 2),
            (None, None, 5),
        ]

    def test_a_number_that_is_none_is_a_missing_key(self, engine):
        rows = [{"line": one, "csat": 4} for one in (2.0, NAN, 1.0, None, 2.0)]
        found = on(engine, rows, "CSM", by="line")
        assert [(one["line"], one["rows"]) for one in found] == [(1, 1), (2, 2), (None, 2)]

    def test_flags_and_times_as_keys(self, engine):
        rows = [
            {"vip": vip, "at": day(at), "csat": 4}
            for vip, at in [(True, "2025-06-02"), (False, "2025-06-01"), (True, "2025-06-01")]
        ]
        found = on(engine, rows, "CSM", by=["at", "vip"])
        assert [(str(one["at"])[8:10], one["vip"]) for one in found] == [
            ("01", False),
            ("01", True),
            ("02", True),
        ]

    def test_no_rows(self):
        assert kpi("CSM", [], by="team") == []
        (found,) = kpi("CSM", [])
        assert (found.value, found.rows) == (None, 0)

    @pytest.mark.parametrize("engine", [one for one in MAKERS if one != "rows"])
    def test_a_frame_without_rows(self, engine):
        rows = [{"team": "A", "csat": 4.0, "at": day("2025-06-01")}]
        frame = MAKERS[engine](rows)
        empty = nw.from_native(frame).filter(nw.col("csat") > 5).to_native()
        (found,) = plain(kpi("CSM", empty))
        assert (found["value"], found["rows"]) == (None, 0)
        assert plain(kpi("CSM", empty, by="team", period="month")) == []


ORDERS = [
    {"customer_id": customer, "region": region, "at": None if at is None else day(at)}
    for customer, region, at in [
        ("K1", "N", "2025-06-01 10:00"),
        ("K1", "N", "2025-06-01 18:00"),
        ("K2", "N", "2025-06-01 09:00"),
        ("K2", "S", "2025-06-05 09:00"),
        ("K3", "S", "2025-06-07 09:00"),
        (None, "S", "2025-06-07 09:00"),
        (None, "S", "2025-06-08 09:00"),
        ("K4", None, None),
    ]
]


class TestUnits:
    def test_customers_who_came_back(self, engine):
        assert on(engine, ORDERS, "RPR") == [
            {"numerator": 2, "denominator": 3, "value": 2 / 3, "rows": 8, "excluded": 3}
        ]

    def test_split_orders_are_one_purchase(self, engine):
        (found,) = on(engine, ORDERS, "RPR", counted="days")
        assert (found["numerator"], found["denominator"]) == (1, 3)

    def test_units_within_groups(self, engine):
        found = on(engine, ORDERS, "RPR", by="region")
        assert [(one["region"], one["numerator"], one["denominator"]) for one in found] == [
            ("N", 1, 2),
            ("S", 0, 2),
            (None, 0, 0),
        ]
        assert [(one["rows"], one["excluded"]) for one in found] == [(3, 0), (4, 2), (1, 1)]

    def test_only_eligible_orders_are_counted(self, engine):
        (found,) = on(engine, ORDERS, "RPR", eligible="region == 'N'")
        assert (found["numerator"], found["denominator"], found["excluded"]) == (1, 2, 5)

    def test_from_a_table_of_customers(self, engine):
        rows = [{"orders_n": one} for one in (0, 1, 2, 3, None)]
        assert value_of(engine, rows, "RPR", form="customers") == (2 / 3, 3, 2)

    def test_units_beside_rows_in_one_report(self, engine):
        rows = [{**one, "csat": 4} for one in ORDERS]
        found = report_on(engine, rows, ["RPR", "CSM"], by="region", detail=False)
        assert found == [
            {"region": "N", "rows": 3, "RPR": 0.5, "CSM": 4},
            {"region": "S", "rows": 4, "RPR": 0, "CSM": 4},
            {"region": None, "rows": 1, "RPR": None, "CSM": 4},
        ]
        (whole,) = report_on(engine, rows, ["CSM", "RPR"])
        assert whole == {"rows": 8, "CSM": 4, "CSM_n": 8, "RPR": 2 / 3, "RPR_n": 3}
