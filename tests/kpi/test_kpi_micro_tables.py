"""The micro-tables of lesson N04: their numbers were worked by hand, and hold on every engine."""

import pytest
from engines import day, on, report_on

MU1 = [
    {
        "interval_start": day(f"2025-06-02 {start}"),
        "offered": offered,
        "answered_20s": soon,
        "answered": answered,
        "short_abandoned": short,
        "abandoned": abandoned,
        "aht_s": aht,
        "staffed": staffed,
    }
    for start, offered, soon, answered, short, abandoned, aht, staffed in [
        ("09:00", 40, 30, 36, 1, 4, 240, 6),
        ("09:30", 50, 33, 44, 2, 6, 260, 7),
        ("10:00", 60, 36, 50, 2, 10, 300, 9),
        ("10:30", 30, 27, 30, 0, 0, 200, 6),
    ]
]
MU2 = [
    {"ticket": ticket, "customer_id": customer, "issue": issue, "at": day(f"2025-{at}")}
    for ticket, customer, issue, at in [
        ("T01", "K1", "size", "10-01 09:00"),
        ("T02", "K2", "refund", "10-01 10:00"),
        ("T03", "K1", "size", "10-04 11:00"),
        ("T04", "K3", "damage", "10-02 15:00"),
        ("T05", "K1", "refund", "10-05 09:00"),
        ("T06", "K2", "refund", "10-08 09:59"),
        ("T07", "K4", "size", "10-03 12:00"),
        ("T08", "K4", "size", "10-11 12:00"),
        ("T09", "K5", "damage", "10-13 08:00"),
        ("T10", "K6", "size", "10-05 18:00"),
    ]
]
MU3 = [{"csat": score} for score in (5, 5, 4, 3, 5, 2, 4, 5, 1, 4)]
MU4 = [{"nps": score} for score in (10, 9, 9, 8, 7, 6, 10, 3, 8, 9, 5, 10)]
MU5 = [
    {"building": building, "billed_cny": billed, "paid_cny": paid}
    for building, billed, paid in [
        ("B1", 120_000, 114_000),
        ("B2", 80_000, 74_400),
        ("B5", 300_000, 240_000),
    ]
]
MU6 = [
    {"rings": rings, "answered": place != 11}
    for place, rings in enumerate((1, 2, 2, 3, 5, 2, 4, 1, 3, 3, 6, 2), start=1)
]

CASES = [
    ("SL", MU1, {"form": "intervals"}, 126, 175, 0.72),
    ("ABR", MU1, {"form": "intervals"}, 15, 175, 0.0857),
    ("ABR", MU1, {"form": "intervals", "base": "offered"}, 20, 180, 0.1111),
    ("ANS", MU1, {"form": "intervals"}, 160, 180, 0.8889),
    ("AHT", MU1, {"form": "intervals"}, 41_080, 160, 256.75),
    ("OCC", MU1, {"form": "intervals"}, 41_080, 50_400, 0.8151),
    ("FCR", MU2, {"end": "2025-10-14"}, 5, 7, 0.7143),
    ("RPT", MU2, {"end": "2025-10-14"}, 2, 7, 0.2857),
    ("FCRI", MU2, {"end": "2025-10-14"}, 4, 6, 0.6667),
    ("FCR", MU2, {"end": "2025-10-14", "level": "issue"}, 4, 6, 0.6667),
    ("CSAT", MU3, {}, 7, 10, 0.70),
    ("CSM", MU3, {}, 38, 10, 3.8),
    ("NPS", MU4, {}, 3, 12, 25),
    ("COL", MU5, {}, 428_400, 500_000, 0.8568),
    ("RING", MU6, {}, 9, 12, 0.75),
    ("RING", MU6, {"base": "answered"}, 9, 11, 0.8182),
]


@pytest.mark.parametrize(
    "case",
    CASES,
    ids=[f"{one[0]}-{'-'.join(map(str, one[2].values()))}" for one in CASES],
)
def test_the_bold_numbers(engine, case):
    code, rows, asked, above, below, value = case
    (found,) = on(engine, rows, code, **asked)
    assert (found["numerator"], found["denominator"]) == (above, below)
    assert found["value"] == pytest.approx(value, abs=5e-5)
    assert found["rows"] == len(rows)


def test_the_pooled_value_is_not_the_mean_of_rates(engine):
    rates = [one["value"] for one in on(engine, MU5, "COL", by="building")]
    assert sum(rates) / 3 == pytest.approx(0.8933, abs=5e-5)
    intervals = on(engine, MU1, "SL", form="intervals", by="interval_start")
    assert sum(one["value"] for one in intervals) / 4 == pytest.approx(0.7444, abs=5e-5)


def test_a_report_of_the_intervals(engine):
    (found,) = report_on(engine, MU1, ["SL", "ABR", "AHT", "OCC", "ANS"], form="intervals")
    assert found.pop("rows") == 4
    assert found == pytest.approx(
        {
            "SL": 0.72,
            "SL_n": 175,
            "ABR": 15 / 175,
            "ABR_n": 175,
            "AHT": 256.75,
            "AHT_n": 160,
            "OCC": 41_080 / 50_400,
            "OCC_n": 50_400,
            "ANS": 160 / 180,
            "ANS_n": 180,
        }
    )


# Ten calls on which five ways to compute a service level give five figures.
TEN_CALLS = [
    {"outcome": outcome, "wait_s": wait}
    for outcome, wait in [
        ("answered", 3),
        ("answered", 12),
        ("answered", 20),
        ("answered", 21),
        ("answered", 90),
        ("abandoned", 2),
        ("abandoned", 5),
        ("abandoned", 6),
        ("abandoned", 20),
        ("abandoned", 75),
    ]
]


@pytest.mark.parametrize(
    ("base", "value"),
    [
        ("offered", 0.30),
        ("offered_short_ok", 0.70),
        ("answered", 0.60),
        ("answered_or_late", 0.50),
        ("less_short", 0.375),
    ],
)
def test_five_service_levels_of_ten_calls(engine, base, value):
    (found,) = on(engine, TEN_CALLS, "SL", base=base)
    assert found["value"] == pytest.approx(value)
