"""What is done about each problem, by row number; every row is accounted for."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ticket_rows import HEADER, ticket

from cstrain.datasets import folder
from cstrain.intake.checking import check_table
from cstrain.intake.columns import guess_columns
from cstrain.intake.errors import IntakeError
from cstrain.intake.mapping import ColumnMapping, Options, as_mapping
from cstrain.intake.masking import Masker
from cstrain.intake.raw_table import RawTable
from cstrain.intake.reading import read_table

TODAY = dt.date(2025, 12, 31)


def checked(path, options=None, **values):
    table = read_table(path)
    mapping = as_mapping(guess_columns(table), options)
    mapping = ColumnMapping(mapping.columns, mapping.options, values)
    return check_table(table, mapping, Masker("zh", b"0" * 16), today=TODAY)


def found(result):
    return {(one.code, one.key): list(one.rows) for one in result.problems}


def balanced(result):
    return result.read == result.kept + result.total("excluded")


def test_the_dirty_table_of_the_lesson_gives_its_planted_counts():
    result = checked(folder() / "small" / "kpi_dirty.csv")
    counts = {one.code: one.count for one in result.problems}
    expected = {
        "duplicate": 9,
        "older_version": 6,
        "test_row": 4,
        "time_order": 5,
        "out_of_scale": 3,
    }
    assert counts == expected
    assert (result.read, result.kept) == (300, 276)
    assert result.frame["closed_at"].isna().sum() == 12  # still open, and kept
    assert result.frame["opened_at"].notna().all()  # those in another format were read


def test_each_problem_is_named_by_row_and_field(csv_file):
    rows = [ticket(at) for at in range(20)]
    rows[1] = ticket(1, 满意度="9")
    rows[2] = ticket(2, 满意度="4.5")
    rows[3] = ticket(3, **{"等待时长(秒)": "-3"})
    rows[4] = ticket(4, **{"等待时长(秒)": "很久"})
    rows[5] = ticket(5, 创建时间="03/04/2025")
    rows[6] = ticket(6, 关闭时间="2025-07-01 00:00:01")
    rows[7] = ticket(7, 客服="TEST")
    rows[8] = ticket(8, 关闭时间="2031-01-01")
    rows[9] = ticket(9, 创建时间="1970-01-01 00:00:00")
    rows.append(rows[10])
    rows.append(ticket(11, 满意度="1", 关闭时间="2025-07-30 00:00:00"))
    result = checked(csv_file(rows))
    assert found(result) == {
        ("duplicate", None): [22],
        ("older_version", "row_id"): [13],
        ("test_row", "agent_id"): [9],
        ("time_order", "closed_at"): [8],
        ("ambiguous_date", "opened_at"): [7],
        ("too_old", "opened_at"): [11],
        ("in_future", "closed_at"): [10],
        ("negative", "wait_s"): [5],
        ("unreadable_number", "wait_s"): [6],
        ("out_of_scale", "csat"): [3],
        ("not_whole", "csat"): [4],
    }
    assert balanced(result)
    shown = {one.code: list(one.shown) for one in result.problems}
    assert shown["ambiguous_date"] == ["03/04/2025"]
    assert shown["unreadable_number"] == ["文字（2个字符）"]


def test_a_cell_of_a_row_that_is_left_out_is_no_problem_of_its_own(csv_file):
    rows = [ticket(at) for at in range(9)]
    rows.append(ticket(9, 客服="测试", 满意度="99"))
    assert set(found(checked(csv_file(rows)))) == {("test_row", "agent_id")}


def test_numbers_that_repeat_often_are_none_of_records(csv_file):
    rows = [ticket(at, 工单编号=f"T{at % 30}") for at in range(60)]
    result = checked(csv_file(rows))
    assert (result.kept, {one.code for one in result.problems}) == (60, {"id_again"})


def test_equal_rows_without_number_and_time_of_day_are_kept(csv_file):
    rows = [["客服", "满意度"], ["A", "5"], ["A", "5"], ["A", "4"]]
    result = checked(csv_file(rows[1:], header=rows[0]))
    assert (result.kept, found(result)) == (3, {("same_row", None): [3]})
    header = ["客服", "创建时间"]
    timed = [["A", "2025-07-01 09:30:00"]] * 2 + [["A", "2025-07-01"]] * 2
    result = checked(csv_file(timed, header=header))
    assert found(result) == {("duplicate", None): [3], ("same_row", None): [5]}


def test_parts_larger_than_their_whole(csv_file):
    header = ["日期", "呼入量", "接听量", "平均处理时长"]
    rows = [["2025-07-01", "40", "36", "240"], ["2025-07-02", "40", "46", "240"]]
    result = checked(csv_file(rows, header=header))
    assert found(result) == {("part_exceeds", "answered"): [3]}
    assert result.frame["answered"].tolist() == [36.0]


def test_zones_are_told_and_converted(csv_file):
    rows = [ticket(at) for at in range(5)]
    rows[2] = ticket(2, 创建时间="2025-07-01T15:00:00Z")
    result = checked(csv_file(rows))
    codes = {one.code: one.count for one in result.problems if one.key == "opened_at"}
    assert codes == {"zone_moved": 1, "no_zone": 4}
    assert str(result.frame["opened_at"][2]) == "2025-07-01 23:00:00"
    assert result.zone == "Asia/Shanghai"
    london = checked(csv_file(rows), Options(zone="Europe/London"))
    assert str(london.frame["opened_at"][2]) == "2025-07-01 16:00:00"


def test_own_words_for_a_closed_list(csv_file):
    header = ["来电时间", "接听结果", "等待时长"]
    rows = [["2025-07-01 09:00", "转人工成功", "5"], ["2025-07-01 09:01", "放弃", "9"]]
    rows += [["2025-07-01 09:02", "接通", "9"]]
    path = csv_file(rows, header=header)
    assert found(checked(path)) == {("unknown_value", "outcome"): [2]}
    result = checked(path, outcome={"转人工成功": "answered"})
    assert result.frame["outcome"].tolist() == ["answered", "abandoned", "answered"]


def test_scale_of_ten(csv_file):
    rows = [ticket(at, 满意度=str(1 + at % 10)) for at in range(40)]
    result = checked(csv_file(rows))
    assert result.params == {"worst": 1, "best": 10, "top": 9}
    assert not result.problems


def test_answered_is_a_flag_of_calls_and_a_count_of_intervals(csv_file):
    header = ["来电时间", "响铃声数", "已接听"]
    result = checked(
        csv_file([["2025-07-01 09:00", "2", "1"], ["2025-07-01 09:05", "6", "0"]], header=header)
    )
    assert str(result.frame["answered"].dtype) == "boolean"


def test_nothing_left_is_one_sentence_in_either_language(csv_file):
    rows = [ticket(at, 客服="TEST") for at in range(5)]
    with pytest.raises(IntakeError) as told:
        checked(csv_file(rows))
    assert "测试用的客服" in told.value.said("zh")
    assert "test agent" in told.value.said("en")


CELLS = st.sampled_from(
    [
        "",
        "5",
        "-1",
        "9",
        "inf",
        "nan",
        "2025-07-01",
        "2025-07-01 09:00",
        "03/04/2025",
        "45839",
        "是",
    ]
) | st.text(max_size=6)


@given(st.lists(st.lists(CELLS, min_size=12, max_size=12), min_size=1, max_size=12))
def test_every_row_is_accounted_for_whatever_stands_in_it(rows):
    table = RawTable(
        tuple(HEADER), [list(one) for one in zip(*rows, strict=True)], range(2, 2 + len(rows))
    )
    keys = {
        "row_id": "工单编号",
        "customer_id": "客户编号",
        "agent_id": "客服",
        "issue": "问题类型",
        "opened_at": "创建时间",
        "closed_at": "关闭时间",
        "wait_s": "等待时长(秒)",
        "csat": "满意度",
        "comment": "备注",
    }
    try:
        result = check_table(table, ColumnMapping(keys), Masker("zh", b"0" * 16), today=TODAY)
    except IntakeError as error:
        assert error.code == "nothing_left"
        return
    assert balanced(result)
    assert result.kept == len(result.frame)
