"""No phone, id number, e-mail, card, plate or name survives; order numbers and amounts do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstrain.intake.masking import Masker, shown_cell
from cstrain.intake.names import are_names, is_name
from cstrain.intake.personal import is_card, is_id_number, spots, whole_kind
from cstrain.intake.vocabulary import fields

KEY = b"0" * 16


def kinds(text):
    return [one.kind for one in spots(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("请致电13812345678谢谢", "phone"),
        ("+86 138-1234-5678", "phone"),
        ("0086 13812345678", "phone"),
        ("8613812345678", "phone"),
        ("(+86)138 1234 5678", "phone"),
        ("１３８１２３４５６７８", "phone"),
        ("一三八一二三四五六七八", "phone"),
        ("幺三八一二三四五六七八", "phone"),
        ("tel_13812345678_x", "phone"),
        ("wx13812345678", "phone"),
        ("138.1234.5678", "phone"),
        ("138·1234·5678", "phone"),
        ("1381 234 5678", "phone"),
        ("١٣٨١٢٣٤٥٦٧٨", "phone"),
        ("010-62345678", "phone"),
        ("(021)6234 5678", "phone"),
        ("0755-2345678", "phone"),
        ("02162345678", "phone"),
        ("+1 415 555 2671", "phone"),
        ("+44 20 7946 0958", "phone"),
        ("415-555-2671", "phone"),
        ("(415) 555-2671", "phone"),
        ("证件11010519491231002X。", "id_number"),
        ("11010519491231002x", "id_number"),
        ("老证130503670401001号", "id_number"),
        ("someone.else@example.com.cn", "email"),
        ("写给a@b.cn吧", "email"),
        ("ａ＠ｂ．ｃｎ", "email"),
        ("卡6222021234567890128", "card"),
        ("4111 1111 1111 1111", "card"),
        ("京A12345", "plate"),
        ("粤B·D12345", "plate"),
        ("沪AD12345挪车", "plate"),
        ("张先生来电", "name"),
        ("找欧阳娜娜女士", "name"),
        ("联系人：李四光", "name"),
        ("姓名: 王五", "name"),
        ("Mr. John Smith called", "name"),
    ],
)
def test_found(text, kind):
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "订单202507010001234",
        "单号SF1234567890123",
        "YT2512345678901",
        "JD0123456789012",
        "金额13,812,345.67元",
        "共12345678件",
        "2025-07-01 13:45:00",
        "20250701134500",
        "1751362200000",
        "110105194912310021",  # check digit wrong
        "111111111111111111",
        "990105194912310028",  # no such region
        "110105194913310020",  # no such day
        "6222021234567890127",  # Luhn fails
        "400-820-8820",
        "02112345678",  # no local number begins with 1
        "12345678901",  # no mobile begins with 12
        "138123456789",
        "周末经理值班",
        "川A级景区",
        "电话打不通",
        "房间1201 2301 3401",
        "版本3.11.2.4",
        "A1381234567B",
        "T13812345678901",
    ],
)
def test_not_found(text):
    assert kinds(text) == []


# The shape of what must not be in an output: eleven digits in a row, no digit beside them.
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
AROUND = st.text(alphabet="请打电话给他吧，。：:;,./_-+()（）abcXYZ \n\t0123456789", max_size=12)


@given(AROUND, st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), AROUND)
def test_no_mobile_survives_in_a_text(before, number, after):
    text = f"{before}{number}{after}"
    masked = Masker("zh", KEY).text(text)
    assert not MOBILE.search(masked)
    if not re.search(rf"\d{number}|{number}\d", text):
        assert number not in masked


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", " ", "-"]))
def test_no_mobile_survives_in_any_column_of_texts(number, between):
    cell = between.join([number[:3], number[3:7], number[7:]])
    for what in fields().values():
        if what.mask != "none":
            made = Masker("zh", KEY).column([cell, "其他", "甲", "A1"], what)
            assert not MOBILE.search(re.sub(r"[ -]", "", str(made[cell])).replace("电话", ""))


@given(st.text(max_size=60))
def test_masking_twice_changes_nothing(text):
    masker = Masker("en", KEY)
    once = masker.text(text)
    assert masker.text(once) == once


@given(st.text(alphabet="张三abc 0123456789-./:@", min_size=1, max_size=30))
def test_what_is_shown_of_a_bad_cell_holds_no_word_and_no_long_number(text):
    shown = shown_cell(text, Masker("en", KEY))
    if re.search(r"[张三a-c]", text):
        assert shown != " ".join(text.split())
        assert not re.search("[张三]", shown)
    assert not MOBILE.search(shown)


def test_pseudonyms_are_stable_different_and_not_the_same_in_another_run():
    masker = Masker("zh")
    cells = [f"U{at}" for at in range(20_000)]
    made = masker.column(cells, fields()["customer_id"])
    assert len(set(made.values())) == len(cells)
    assert masker.cell("U7", "customer") == made["U7"]
    assert Masker("zh").cell("U7", "customer") != made["U7"]
    assert re.fullmatch(r"客户-[0-9a-f]{4,}", made["U7"])
    assert Masker("en").cell("U7", "customer").startswith("customer-")


def test_a_phone_is_one_customer_however_it_is_written():
    masker = Masker("zh", KEY)
    ways = ["13812345678", "138 1234 5678", "+86 138-1234-5678", 13812345678, 13812345678.0]
    assert len({masker.cell(one, "customer") for one in ways}) == 1


def test_columns_of_names_become_pseudonyms_and_codes_stay():
    agent, team = fields()["agent_id"], fields()["team"]
    names = ["张伟", "王芳", "李娜", "刘洋", "欧阳锋", "陈静"]
    made = Masker("zh", KEY).column(names, agent)
    assert all(one.startswith("客服-") for one in made.values())
    western = ["Anna Smith", "Bo Li", "Cy Xu", "Di Wu"]
    made = Masker("en", KEY).column(western, agent)
    assert all(one.startswith("agent-") for one in made.values())
    codes = ["A01", "A02", "A03", "A04"]
    assert set(Masker("zh", KEY).column(codes, agent).values()) == set(codes)
    teams = ["North Team", "South Team", "East Team", "West Team"]
    assert set(Masker("en", KEY).column(teams, team).values()) == set(teams)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["物流", "退款", "质量", "安装", "咨询", "高级"], False),
        (["上海", "北京", "广州", "成都", "南京"], False),
        (["张三丰", "李四", "王五", "赵六"], True),
        (["张伟", "王芳"], False),  # too few to tell
        (["黄色", "白色", "金属", "红色"], False),
    ],
)
def test_names_are_told_from_other_short_words(values, expected):
    assert are_names(values, western=False) is expected
    assert not is_name("安装")


def test_record_numbers_keep_their_digits_unless_they_are_phones():
    what = fields()["row_id"]
    cells = ["T13812345678", "202507010001234", "6222021234567890128", "13812345678", "a@b.cn"]
    made = Masker("zh", KEY).column(cells, what)
    assert [made[one] == one for one in cells] == [True, True, True, False, False]
    cards = Masker("zh", KEY).column(["6222021234567890128", "4111111111111111"], what)
    assert all(one.startswith("银行卡-") for one in cards.values())


def test_names_beside_a_text_are_masked_in_it():
    masker = Masker("zh", KEY)
    assert "司马相如" not in masker.text("司马相如要求退款", ["司马相如"])


def test_check_digits():
    assert is_id_number("11010519491231002X")
    assert is_card("4111 1111 1111 1111")
    assert not is_card("4111 1111 1111 1112")
    assert whole_kind("订单13812345678") is None
