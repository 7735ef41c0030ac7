"""Definitions of one's own, from a path: what the shipped ones do not use runs everywhere too."""

import pytest
from engines import day, on, report_on

from cstrain.errors import CstrainError
from cstrain.kpi import explain, kpi
from cstrain.kpi.definition import CARD

HEAD = """
code = "OWN"
python = "own"
name = {{ zh = "自己的", en = "our own" }}
unit = "{unit}"
good = "down"
kind = "process"
statistic = "{statistic}"
columns = [{columns}]
"""
ROWS = [
    {
        "opened_at": day(f"2025-06-0{opened}"),
        "closed_at": None if closed is None else day(f"2025-06-{closed}"),
        "order_id": order,
        "amount": amount,
    }
    for opened, closed, order, amount in [
        (1, "02 12:00", "O1", 10.0),
        (2, None, "O1", 5.0),
        (3, None, "O2", None),
        (4, "10 00:00", "O3", 2.0),
    ]
]


@pytest.fixture
def own(tmp_path):
    """Return a maker of definition files."""

    def make(statistic, rest, *, unit="h", columns=("opened_at", "closed_at")):
        listed = ", ".join(f'"{one}"' for one in columns)
        card = "\n".join(f'{one} = {{ zh = "一", en = "one" }}' for one in CARD)
        path = tmp_path / "OWN.toml"
        head = HEAD.format(unit=unit, statistic=statistic, columns=listed)
        path.write_text(f"{head}\n{rest}\n[card]\n{card}\n", encoding="utf-8")
        return path

    return make


AS_OF = """
[params.as_of]
label = { zh = "清点时刻", en = "when" }
latest = ["opened_at", "closed_at"]
[formula]
rows = "absent(closed_at) and opened_at <= as_of"
of = "hours_between(opened_at, as_of)"
"""


def test_the_oldest_open_ticket(engine, own):
    path = own("max", AS_OF)
    (found,) = on(engine, ROWS, path)
    assert (found["value"], found["denominator"], found["excluded"]) == (8 * 24, 2, 2)
    (found,) = on(engine, ROWS, path, as_of="2025-06-03 12:00")
    assert (found["value"], found["denominator"]) == (36, 2)
    (found,) = on(engine, ROWS, path, as_of="2025-01-01")
    assert (found["value"], found["denominator"], found["excluded"]) == (None, 0, 4)


def test_a_count_of_all_rows(engine, own):
    path = own("count", '[formula]\nabove = "true"', unit="count")
    assert on(engine, ROWS, path) == [
        {"numerator": 4, "denominator": None, "value": 4, "rows": 4, "excluded": 0}
    ]
    assert [one["value"] for one in on(engine, ROWS, path, by="order_id")] == [2, 1, 1]


def test_units_with_sums_and_extremes(engine, own):
    rest = """
[per]
keys = ["order_id"]
total = "sum(amount)"
most = "max(amount)"
first = "min(opened_at)"
parts = "distinct(amount)"
closed = "sum(known(closed_at))"
[formula]
rows = "known(most) and first < time('2025-06-05')"
above = "total + parts * 100 + closed * 1000"
below = "most"
"""
    path = own("ratio", rest, columns=("opened_at", "closed_at", "order_id", "amount"))
    (found,) = on(engine, ROWS, path)
    # O1: 15 + 200 + 1000 over 10; O2 has no amount; O3: 2 + 100 + 1000 over 2
    assert (found["numerator"], found["denominator"]) == (1215 + 1102, 12)
    assert (found["rows"], found["excluded"]) == (4, 1)


def test_per_1000_and_numbers_below(engine, own):
    rest = '[formula]\nabove = "known(closed_at)"\nbelow = "amount"'
    path = own("ratio", "scale = 1000\n" + rest, unit="per_1000", columns=("closed_at", "amount"))
    (found,) = on(engine, ROWS, path)
    assert found == {
        "numerator": 2,
        "denominator": 17,
        "value": pytest.approx(2000 / 17),
        "rows": 4,
        "excluded": 1,
    }


def test_own_definitions_in_a_report_and_as_a_card(engine, own):
    path = own("count", '[formula]\nabove = "absent(closed_at)"', unit="count")
    (found,) = report_on(engine, ROWS, {"open": {"code": path}, "BKL": {}})
    assert found == {"rows": 4, "open": 2, "open_n": None, "BKL": 2, "BKL_n": None}
    assert explain(path, "en").startswith("## our own (OWN)")


def test_a_function_is_named_instead_of_computed(own):
    path = own("function", 'function = "cstrain.stats.agreement:cohen_kappa"')
    with pytest.raises(CstrainError, match=r"OWN: found kpi.*cstrain.stats.agreement:cohen_kappa"):
        kpi(path, ROWS)


def test_a_parameter_that_must_be_given(own):
    text = AS_OF.replace('latest = ["opened_at", "closed_at"]', 'required = "time"')
    path = own("max", text)
    with pytest.raises(CstrainError, match="OWN, as_of: found nothing; allowed: time"):
        kpi(path, ROWS)
    assert kpi(path, ROWS, as_of="2025-06-03 12:00")[0].value == 36
