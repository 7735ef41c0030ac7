"""The KPI dictionary and the relations of metrics."""

import pytest

from cstrain.goals.metrics import METRICS, relations, unit_named

CODES = [
    "SL",
    "ABR",
    "ANS",
    "ASA",
    "AHT",
    "OCC",
    "FRT",
    "RST",
    "FCR",
    "RPT",
    "TRF",
    "REO",
    "SLA",
    "BKL",
    "CSAT",
    "CSM",
    "NPS",
    "CES",
    "RSP",
    "CMP",
    "CHT",
    "NEG",
    "REC",
    "RET",
    "RFT",
    "CHS",
    "COL",
    "RING",
    "ONT",
    "CLR",
    "FTR",
    "QA",
    "RPR",
    "CHR",
    "CPC",
    "ATT",
    "EAR",
    "RFC",
    "HDC",
    "CLS",
    "EXM",
]


def test_the_41_codes_of_the_curriculum():
    assert list(METRICS) == CODES


def test_good_directions_and_kinds():
    assert {code for code, one in METRICS.items() if one.good == "range"} == {"AHT", "OCC", "HDC"}
    assert {code for code, one in METRICS.items() if one.kind == "activity"} == {"CLS"}
    for code in ("ABR", "NEG", "RFT", "CES", "BKL", "ATT"):
        assert METRICS[code].good == "down"


BOUNDS = [
    ("CSAT", 0, True), ("CSAT", 1, True), ("CSAT", 1.01, False), ("CSAT", -0.01, False),
    ("AHT", 0, False), ("AHT", 0.1, True), ("NPS", -100, True), ("NPS", 101, False),
    ("CSM", 0.9, False), ("CSM", 5, True), ("CES", 7.5, False), ("BKL", 0, True), ("EXM", 60, True),
]  # fmt: skip


@pytest.mark.parametrize(("code", "value", "good"), BOUNDS)
def test_natural_bounds(code, value, good):
    assert METRICS[code].allows(value) is good


NAMED = [
    ("CSAT", "到6月底客户满意度达到86%", True),
    ("CSAT", "Raise customer  satisfaction to 86%", True),
    ("FCR", "FCR由0.71升至0.75", True),
    ("FCR", "First-Contact Resolution to 75%", True),
    ("REC", "record every call", False),
    ("SL", "slow answers", False),
    ("RET", "return the call", False),
    ("QA", "ＱＡ得分", True),
    ("FRT", "首次响应中位数由48秒降至40秒", True),
    ("NEG", "take notes", False),
]


@pytest.mark.parametrize(("code", "text", "said"), NAMED)
def test_a_metric_is_found_in_a_sentence(code, text, said):
    assert METRICS[code].said_in(text) is said


UNITS = [("%", "share"), ("％", "share"), ("Percent", "share"), ("秒", "time"), ("min", "time"), ("Hours ", "time"),
         ("天", "time"), ("元", "money"), ("分", "score"), ("per 1,000 orders", "per_1000")]  # fmt: skip


@pytest.mark.parametrize(("typed", "kind"), UNITS)
def test_units_people_type(typed, kind):
    assert unit_named(typed).kind == kind


def test_unknown_unit():
    assert unit_named("parsec") is None
    assert unit_named("") is None


def test_relations():
    known = relations()
    assert known.serves("FCR", "CSAT")
    assert known.serves("CSAT", "CSAT")
    assert not known.serves("CSAT", "EXM")
    aims = {frozenset(pair) for pair in known.conflicts}
    assert aims == {
        frozenset({("AHT", "down"), ("FCR", "up")}),
        frozenset({("AHT", "down"), ("CSAT", "up")}),
        frozenset({("RFC", "down"), ("REC", "up")}),
        frozenset({("HDC", "down"), ("SL", "up")}),
        frozenset({("CLS", "up"), ("REO", "down")}),
    }
    assert known.guards == {"CSAT", "FCR"}
    for pair in known.conflicts:
        for metric, direction in pair:
            assert METRICS[metric].good in {direction, "range"}
