"""The micro-tables give the lesson's numbers, by the KPI engine and by hand."""

import pytest

from cstrain import kpi
from cstrain.datasets import load_dataset, typed_rows
from cstrain.stats.intervals import wilson

# Table, code, further choices, value: the bold numbers of the lesson.
CASES = [
    ("mu1", "SL", {"form": "intervals"}, 0.7200),
    ("mu1", "ABR", {"form": "intervals"}, 0.0857),
    ("mu1", "ANS", {"form": "intervals"}, 0.8889),
    ("mu1", "AHT", {"form": "intervals"}, 256.75),
    ("mu1", "OCC", {"form": "intervals"}, 0.8151),
    ("mu2", "FCR", {"end": "2025-10-14"}, 0.7143),
    ("mu2", "FCRI", {"end": "2025-10-14"}, 0.6667),
    ("mu3", "CSAT", {}, 0.70),
    ("mu3", "CSM", {}, 3.8),
    ("mu4", "NPS", {}, 25),
    ("mu5", "COL", {}, 0.8568),
    ("mu6", "RING", {}, 0.75),
    ("mu6", "RING", {"base": "answered"}, 0.8182),
]


@pytest.mark.parametrize(("name", "code", "choices", "value"), CASES)
def test_the_bold_numbers(name, code, choices, value):
    (found,) = kpi(code, typed_rows(name), **choices)
    assert found.value == pytest.approx(value, abs=5e-5)
    frame = kpi(code, load_dataset(name), **choices)
    assert float(frame["value"].iloc[0]) == pytest.approx(value, abs=5e-5)


def test_the_usual_mistakes():
    rows = load_dataset("mu1")
    rates = rows["answered_20s"] / (rows["offered"] - rows["short_abandoned"])
    assert rates.mean() == pytest.approx(0.7444, abs=5e-5)
    assert rows["aht_s"].mean() == 250
    assert rows["abandoned"].sum() / rows["offered"].sum() == pytest.approx(0.1111, abs=5e-5)
    houses = load_dataset("mu5")
    assert (houses["paid_cny"] / houses["billed_cny"]).mean() == pytest.approx(0.8933, abs=5e-5)


def test_intervals():
    found = [wilson(one["satisfied"], one["answers"]) for one in typed_rows("mu7")]
    assert [(round(one.low, 3), round(one.high, 3)) for one in found] == [
        (0.575, 0.801),
        (0.397, 0.892),
    ]


def test_the_paradox():
    rows = load_dataset("mu8").set_index(["channel", "site"])
    share = rows["solved"] / rows["contacts"]
    assert share.round(2).to_dict() == {
        ("phone", "S1"): 0.85,
        ("chat", "S1"): 0.60,
        ("phone", "S2"): 0.90,
        ("chat", "S2"): 0.65,
    }
    whole = rows.groupby("site").sum()
    assert (whole["solved"] / whole["contacts"]).to_dict() == {"S1": 0.80, "S2": 0.70}
