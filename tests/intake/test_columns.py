"""Headers and values give a guess with a confidence; doubt maps nothing; mapping files."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstrain.datasets import folder
from cstrain.intake.columns import guess_columns, name_score, personal_kind
from cstrain.intake.errors import IntakeError
from cstrain.intake.mapping import (
    ColumnMapping,
    Options,
    as_mapping,
    check_mapping,
    mapping_text,
    read_mapping,
    used_mapping_text,
)
from cstrain.intake.masking import Masker
from cstrain.intake.raw_table import RawTable
from cstrain.intake.reading import read_table
from cstrain.intake.vocabulary import fields, personal_headers, plain_header
from cstrain.kpi.definitions import codes, definition
from cstrain.library.toml_file import CONTENT, read_toml

FIELDS = read_toml(CONTENT / "intake" / "fields.toml")


def guessed(columns):
    length = max(map(len, columns.values()))
    table = RawTable(tuple(columns), [list(one) for one in columns.values()], range(2, 2 + length))
    return guess_columns(table)


def test_no_header_means_two_fields():
    had = {}
    for key, about in FIELDS.items():
        for header in [*about["zh"], *about["en"]]:
            other = had.setdefault(plain_header(header), key)
            apart = other == key or fields()[key].beside or fields()[other].beside
            assert apart, f"{header}: {other}, {key}"
    assert not set(had) & set(personal_headers())


def test_every_column_of_a_definition_can_be_mapped():
    for code in codes():
        known = definition(code)
        for form in (known.default, *known.forms.values()):
            assert known.statistic == "function" or set(form.columns) <= set(fields()), code


@pytest.mark.parametrize("key", [key for key in FIELDS if key != "created_at"])
@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_each_header_of_a_field_is_recognised(key, tongue):
    for header in FIELDS[key][tongue]:
        assert name_score(header, fields()[key]) == 1.0
        assert name_score(f" {header.upper()} (s)", fields()[key]) == 1.0


GOOD = {
    "time": ["2025-07-01 09:30", "2025-07-02 10:00", "2025-07-03 11:00"],
    "seconds": ["30", "20", "25"],
    "number": ["1", "2", "3"],
    "count": ["1", "2", "3"],
    "score": ["1", "3", "5"],
    "flag": ["是", "否", "是"],
    "category": ["answered", "abandoned", "answered"],
    "id": ["T1", "T2", "T3"],
    "group": ["x", "y", "x"],
    "text": ["one", "two", "three"],
}


@given(st.data())
def test_a_known_header_with_fitting_values_is_taken(data):
    chosen = data.draw(
        st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=6, unique=True)
    )
    columns = {}
    for key in chosen:
        tongue = data.draw(st.sampled_from(["zh", "en"]))
        names = [one for one in FIELDS[key][tongue] if one not in columns]
        columns[data.draw(st.sampled_from(names))] = GOOD[FIELDS[key]["kind"]]
    if "created_at" in chosen or "opened_at" in chosen:
        return  # one header names both, and the others decide
    taken = guessed(columns).mapping()
    assert taken == dict(zip(chosen, columns, strict=True))


def test_two_headers_for_one_field_are_a_doubt():
    found = guessed({"评价内容": ["a", "b"], "问题描述": ["c", "d"]})
    assert not found.taken
    assert [one.header for one in found.doubtful["comment"]] == ["评价内容", "问题描述"]


def test_values_speak_against_a_name():
    found = guessed({"等待时长": ["张三", "李四", "王五"], "满意度": ["好", "还行", "不错"]})
    assert not found.taken


def test_values_alone_are_enough_where_a_closed_list_is_met():
    found = guessed({"col7": ["接通", "放弃", "接通"], "x": ["1", "2", "3"]})
    assert found.mapping() == {"outcome": "col7"}


def test_created_at_is_what_the_other_columns_make_it():
    times = GOOD["time"]
    assert guessed({"created_at": times, "stars": ["1", "5", "4"]}).mapping()["created_at"]
    assert guessed({"created_at": times, "closed_at": times}).mapping()["opened_at"] == "created_at"


def test_personal_columns_are_set_aside_but_may_tell_customers_apart():
    found = guessed({"客户姓名": ["张伟", "王芳"], "联系电话": ["13812345678", "13912345678"]})
    assert found.personal == {"客户姓名": "name", "联系电话": "phone"}
    assert found.mapping() == {"customer_id": "联系电话"}
    both = guessed({"客户编号": ["U1", "U2"], "联系电话": ["13812345678", "13912345678"]})
    assert both.mapping() == {"customer_id": "客户编号"}
    assert personal_kind("家庭住址") == "value"
    assert personal_kind("事由") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A/tickets", {"row_id", "customer_id", "agent_id", "opened_at", "closed_at", "csat"}),
        ("A/reviews", {"row_id", "order_id", "created_at", "stars", "revised"}),
        ("B/bills", {"billed_cny", "paid_cny"}),
        ("B/calls", {"row_id", "agent_id", "at", "rings", "answered", "talk_s"}),
        ("C/contacts", {"customer_id", "at", "wait_s", "talk_s", "hold_s", "wrap_s", "csat"}),
        ("C/intervals", {"offered", "answered", "answered_20s", "abandoned", "aht_s", "staffed"}),
    ],
)
def test_the_case_tables_are_recognised(name, expected):
    assert expected <= set(guess_columns(read_table(folder() / f"{name}.csv")).taken)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5, unique=True), st.data())
def test_nothing_breaks_the_guess(headers, data):
    cells = st.lists(
        st.text(max_size=8) | st.none() | st.floats() | st.booleans(), min_size=3, max_size=3
    )
    found = guessed({one: data.draw(cells) for one in headers})
    assert all(0 <= one.confidence <= 1 for one in found.taken.values())
    assert len(set(found.mapping().values())) == len(found.taken)


# Mapping files


def test_a_written_mapping_is_read_back(tmp_path):
    found = guessed(
        {'创建时间 "x"\\': GOOD["time"], "满意度": GOOD["score"], "无关": ["1", "2", "3"]}
    )
    for language in ("zh", "en"):
        path = tmp_path / f"{language}.toml"
        path.write_text(mapping_text(found, language, str), encoding="utf-8")
        assert read_mapping(path).columns == found.mapping()


def test_the_mapping_of_a_run_is_read_back(tmp_path):
    options = Options(
        "UTC", day_first=True, csat_scale=(1, 10), csat_top=9, sheet="S 1", kpis=("CSAT",)
    )
    mapping = ColumnMapping({"csat": "满意度"}, options, {"outcome": {"转人工成功": "answered"}})
    path = tmp_path / "m.toml"
    path.write_text(used_mapping_text(mapping, "zh", str), encoding="utf-8")
    assert read_mapping(path) == mapping
    hidden = used_mapping_text(mapping, "zh", lambda _: "*")
    assert "满意度" not in hidden.replace("满意度评分", "").split("\n", 1)[1]


def test_json_and_plain_toml_with_a_mark(tmp_path):
    path = tmp_path / "m.json"
    path.write_text(json.dumps({"csat": "满意度"}), encoding="utf-8")
    assert read_mapping(path).columns == {"csat": "满意度"}
    path.write_text('csat = "满意度"\n', encoding="utf-8-sig")
    assert read_mapping(path).columns == {"csat": "满意度"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("csat = ", "mapping_broken"),
        ("{", "mapping_broken"),
        ("csatt = 'x'", "mapping_field"),
        ("csat = 5", "mapping_option"),
        ("[options]\nzone = 'Mars/Base'", "mapping_option"),
        ("[options]\nzone = '../../etc/passwd'", "mapping_option"),
        ("[options]\nzonne = 'UTC'", "mapping_option"),
        ("[options]\ndates = 'american'", "mapping_option"),
        ("[options]\ncsat_scale = [5, 1]", "mapping_option"),
        ("[options]\ncsat_top = true", "mapping_option"),
        ("[options]\nkpis = ['FCRR']", "mapping_option"),
        ("[options]\nsheet = 1", "mapping_option"),
        ("[values.outcome]\nx = 'lost'", "mapping_option"),
        ("[values.wait_s]\nx = '1'", "mapping_option"),
        ("options = 1", "mapping_option"),
    ],
)
def test_mistakes_in_a_mapping_are_sentences(tmp_path, text, expected):
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(IntakeError) as told:
        read_mapping(path)
    assert told.value.code == expected
    assert all("{" not in told.value.said(one) for one in ("zh", "en"))


def test_a_mapping_is_checked_against_the_table(tmp_path):
    with pytest.raises(IntakeError, match="满意"):
        check_mapping(ColumnMapping({"csat": "满意度1"}), ["满意度", "客服"])
    with pytest.raises(IntakeError) as told:
        check_mapping(ColumnMapping({"csat": "x", "nps": "x"}), ["x"])
    assert told.value.code == "mapping_twice"
    with pytest.raises(IntakeError) as told:
        check_mapping(ColumnMapping({}), ["x"])
    assert told.value.code == "no_fields"
    with pytest.raises(IntakeError) as told:
        read_mapping(tmp_path / "none.toml")
    assert told.value.code == "mapping_missing"


def test_a_guess_is_a_mapping():
    assert as_mapping(guessed({"满意度": GOOD["score"]})).columns == {"csat": "满意度"}
    assert tomllib.loads(mapping_text(guessed({"x": ["1"]}), "en", str))["columns"] == {}


def test_a_header_that_is_personal_data_is_written_nowhere():
    found = guessed({"满意度13812345678": GOOD["score"], "张伟先生": ["a", "b", "c"]})
    text = mapping_text(found, "zh", Masker("zh").text)
    assert "13812345678" not in text
    assert "张伟" not in text
